"""The history of an order: every code in words, what went together told together, names instead of letters."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from desktop_app.domain.order import Delivery, DeliveryState, Status, Totals
from desktop_app.services.views import JournalEntry, Lights, OrderSummary, OrderView
from tests.ui.test_wording import codes_of
from ui.formats import Formats
from ui.journal_words import history_words, journal_words
from ui.translation import Translation

EN = Formats("en", UTC)
NOW = datetime(2026, 6, 9, 10, 30, tzinfo=UTC)


def shipped(sku: str, quantity: int, tracking: str, seconds: int = 0, code: str = "shipped") -> JournalEntry:
    params = (("quantity", str(quantity)), ("sku", sku), ("wholesaler", "S"), ("tracking", tracking))
    return JournalEntry(NOW + timedelta(seconds=seconds), "manufacturer", code, params)


def order(*history: JournalEntry) -> OrderView:
    summary = OrderSummary(
        "id", "B-2026-0001", "MF-1", 1, "", Status.SHIPPED, DeliveryState.DONE, Lights("done", "done", "done"),
        NOW, NOW, 1, Decimal(1),
    )  # fmt: skip
    return OrderView(
        summary, Delivery(), "", "", "", (), {}, Totals(), (), (), None, history, marks={"S": ("Grossiste Sud", "S")}
    )


def told(*history: JournalEntry, limit: int = 40) -> list[str]:
    return [words for _, words in history_words(order(*history), EN, limit)]


@pytest.mark.parametrize("code", codes_of("note", 0) + codes_of("journal.add", 2))
def test_every_journal_note_has_its_words(code: str) -> None:
    words = journal_words([JournalEntry(NOW, "desk", code)], EN)
    assert words
    assert words != code


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("history-lost", "The manufacturer's server was put back and has lost its answer"),
        ("answer-changed", "The manufacturer's server now gives another answer"),
        ("sent-again", "Sent again with the manufacturer's own answer, number MF-2"),
        ("answer-told-again", "The manufacturer was told its earlier answer again"),
        ("renumbered", "The manufacturer gave it number MF-2 instead of MF-1"),
        ("tried-again", "You let it leave once more"),
        ("left-as-is", "You left it as it is: the manufacturer has it"),
        ("closed-by-books", "Closed as the manufacturer has it, number MF-2"),
        ("recovered", "Put back on this desk from the copy of unsent orders"),
    ],
)
def test_what_a_lost_history_brought_is_told(code: str, words: str) -> None:
    params = (("order_no", "MF-2"), ("renumbered_from", "MF-1"))
    assert journal_words([JournalEntry(NOW, "desk", code, params)], EN).replace("’", "'") == words


def test_a_shipment_names_its_wholesaler_and_its_parcel() -> None:
    assert told(shipped("TN1", 6, "8V 4471")) == ["Shipped by Grossiste Sud, parcel 8V 4471: 6 × TN1"]


def test_the_lines_of_one_parcel_are_told_together() -> None:
    assert told(shipped("TN1", 6, "8V 4471"), shipped("MF9", 2, "8V 4471", 5), shipped("BK1", 1, "9Z")) == [
        "Shipped by Grossiste Sud, parcel 9Z: 1 × BK1",
        "Shipped by Grossiste Sud, parcel 8V 4471: 6 × TN1, 2 × MF9",
    ]


def test_many_lines_are_counted() -> None:
    lines = [shipped(f"P{number}", 1, "8V") for number in range(1, 6)]
    assert told(*lines) == ["Shipped by Grossiste Sud, parcel 8V: 1 × P1, 1 × P2, 1 × P3 and 2 other lines"]


def test_a_later_moment_is_told_apart() -> None:
    assert len(told(shipped("TN1", 6, "8V"), shipped("TN1", 6, "8V", 3600))) == 2


def test_an_invoice_says_its_number_and_total() -> None:
    params = (
        ("quantity", "6"), ("sku", "TN1"), ("wholesaler", "S"), ("invoice_no", "FA-1"), ("invoice_total", "940.60"),
    )  # fmt: skip
    words = told(JournalEntry(NOW, "manufacturer", "invoiced", params))
    assert words == ["Invoiced by Grossiste Sud, invoice FA-1, €940.60: 6 × TN1"]


def test_newest_first_and_no_more_than_asked() -> None:
    entries = [JournalEntry(NOW + timedelta(minutes=place), "desk", "held") for place in range(5)]
    shown = history_words(order(*entries), EN, 3)
    assert [at for at, _ in shown] == [entry.at for entry in reversed(entries[2:])]


def test_french_says_colis(translation: Translation) -> None:
    translation.use("fr")
    french = Formats("fr", UTC)
    words = journal_words([shipped("TN1", 6, "8V 4471")], french, {"S": "Grossiste Sud"})
    assert words == "Expédiée par Grossiste Sud, colis 8V 4471\u202f: 6 × TN1"


def test_what_the_rule_took_is_told_with_its_amount() -> None:
    def by_rule(lines: str, difference: str) -> str:
        params = (("lines", lines), ("difference", difference))
        return journal_words([JournalEntry(NOW, "desk", "terms-taken-by-policy", params)], EN)

    assert by_rule("2", "-12.40") == "Taken by your rule: −€12.40 before VAT, 2 prices changed"
    assert by_rule("1", "0.75") == "Taken by your rule: +€0.75 before VAT, 1 price changed"
    assert by_rule("0", "-3.00") == "Taken by your rule: −€3.00 before VAT, the sums changed"


def test_a_request_for_a_price_names_its_draft() -> None:
    asked = JournalEntry(NOW, "desk", "price-asked", (("lines", "2"), ("desk_no", "B-2026-0007")))
    assert journal_words([asked], EN) == "Special price asked for 2 lines, in draft B-2026-0007"


def test_an_order_held_for_its_credit_and_released_says_so() -> None:
    assert told(
        JournalEntry(NOW, "manufacturer", "credit-hold"),
        JournalEntry(NOW + timedelta(minutes=5), "manufacturer", "credit-released"),
    ) == [
        "Released by the manufacturer: it goes on",
        "Held by the manufacturer: it passes your credit limit",
    ]


def test_an_order_that_the_manufacturer_had_lost_and_entered_again_says_so() -> None:
    back = JournalEntry(NOW, "manufacturer", "restored", (("text", "MF-2026-000002"),))
    assert told(back) == ["Entered again: the manufacturer's server had lost it"]


def test_the_history_names_who_did_it() -> None:
    entry = JournalEntry(NOW, "desk", "submitted", (("revision", "1"), ("by", "Paul Leroy")))
    assert told(entry) == ["Saved on this desk, ready to leave · Paul Leroy"]
