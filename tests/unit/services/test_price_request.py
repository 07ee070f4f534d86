"""The words of a request for a special price."""

from datetime import date

from desktop_app.services.price_request import NOTE_LENGTH, AskedLine, fitted, request_words

DAY = date(2026, 6, 9)


def test_each_line_is_told_with_both_prices() -> None:
    lines = [AskedLine("TN1", "Toner noir", 12, "91.6185", "95.0000"), AskedLine("OLD", "", 1, "10.0000", "")]
    assert request_words(lines, DAY, "B-2026-0412") == (
        "Special price asked for on 2026-06-09 (order B-2026-0412): "
        "12 x TN1 Toner noir: ordered at 91.6185 EUR, offered at 95.0000 EUR. "
        "1 x OLD: ordered at 10.0000 EUR, not offered any more."
    )


def test_a_note_takes_whole_sentences_and_says_how_many_are_left_out() -> None:
    words = fitted("Head:", ["x" * 99] * 12)
    assert len(words) <= NOTE_LENGTH
    assert words.startswith("Head: x")
    assert words.endswith(" (+3)")
