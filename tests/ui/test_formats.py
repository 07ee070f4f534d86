"""Figures, dates and ages as French and English people write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from ui.formats import MINUS, NBSP, THIN, Formats, french_typography, server_text
from ui.translation import Translation

FR, EN = Formats("fr", UTC), Formats("en", UTC)
NOW = datetime(2026, 6, 9, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        ("0", f"0,00{NBSP}€", "€0.00"),
        ("1234.5", f"1{THIN}234,50{NBSP}€", "€1,234.50"),
        ("-1234567.895", f"{MINUS}1{THIN}234{THIN}567,90{NBSP}€", f"{MINUS}€1,234,567.90"),
        ("-0.004", f"0,00{NBSP}€", "€0.00"),
        ("999.995", f"1{THIN}000,00{NBSP}€", "€1,000.00"),
    ],
)
def test_amounts(value: str, french: str, english: str) -> None:
    assert FR.amount(Decimal(value)) == french
    assert EN.amount(Decimal(value)) == english


def test_unit_prices_have_four_decimals() -> None:
    assert FR.unit(Decimal("198.835")) == "198,8350"
    assert EN.unit(Decimal("1198.83505")) == "1,198.8351"
    assert FR.unit_price(Decimal("2")) == f"2,0000{NBSP}€"


def test_changes_show_their_sign() -> None:
    assert FR.signed_unit(Decimal("-89.7")) == f"{MINUS}{THIN}89,7000"
    assert EN.signed_unit(Decimal("-89.7")) == f"{MINUS}89.7000"
    assert FR.signed_unit(Decimal("1.5")) == f"+{THIN}1,5000"
    assert FR.signed_unit(Decimal("0")) == "0,0000"
    assert FR.signed_amount(Decimal("109.55")) == f"+{THIN}109,55{NBSP}€"
    assert EN.signed_amount(Decimal("109.55")) == "+€109.55"


def test_per_cent() -> None:
    assert FR.percent(Decimal("30.0")) == f"30{THIN}%"
    assert FR.percent(Decimal("0.5")) == f"0,5{THIN}%"
    assert EN.percent(Decimal("5.50")) == "5.5%"


def test_whole_numbers() -> None:
    assert FR.number(47551) == f"47{THIN}551"
    assert EN.number(-47551) == f"{MINUS}47,551"
    assert FR.number(999) == "999"


def test_days() -> None:
    assert FR.day(date(2026, 6, 1)) == "1er juin"
    assert FR.day(date(2026, 6, 9), year=True) == "9 juin 2026"
    assert EN.day(date(2026, 6, 9)) == "9 June"
    assert FR.long_day(date(2026, 6, 9)) == "Mardi 9 juin 2026"
    assert EN.long_day(date(2026, 6, 9)) == "Tuesday 9 June 2026"
    assert FR.short_day(date(2026, 6, 9)) == "09/06"
    assert EN.short_day(date(2026, 6, 9)) == "9 Jun"


def test_moments_say_what_day_they_were() -> None:
    assert EN.moment(NOW - timedelta(hours=1), NOW) == "09:30"
    assert EN.moment(NOW - timedelta(hours=12), NOW) == "yesterday 22:30"
    assert EN.moment(NOW - timedelta(days=5), NOW) == "4 June"
    assert EN.moment(NOW - timedelta(days=365), NOW) == "9 June 2025"


def test_moments_stand_inside_a_sentence() -> None:
    assert EN.at(NOW - timedelta(hours=1), NOW) == "at 09:30"
    assert EN.at(NOW - timedelta(hours=12), NOW) == "yesterday at 22:30"
    assert EN.at(NOW - timedelta(days=5), NOW) == "on 4 June"
    assert EN.at(NOW + timedelta(days=5), NOW) == "on 14 June"


def test_french_moments_have_their_preposition(translation: Translation) -> None:
    translation.use("fr")
    assert FR.at(NOW - timedelta(hours=1), NOW) == "à 09:30"
    assert FR.at(NOW - timedelta(hours=12), NOW) == "hier à 22:30"
    assert FR.at(NOW - timedelta(days=5), NOW) == "le 4 juin"
    assert FR.since(NOW - timedelta(hours=12), NOW) == "hier 22:30"
    assert FR.since(NOW - timedelta(days=5), NOW) == "le 4 juin"
    assert FR.read_words(NOW - timedelta(days=5), NOW) == "relevé le 4 juin"


def test_when_a_figure_was_read() -> None:
    assert EN.read_words(NOW - timedelta(hours=2), NOW) == "read at 08:30, 2 h ago"
    assert EN.read_words(NOW - timedelta(days=5), NOW) == "read on 4 June"
    assert EN.read_words(NOW + timedelta(hours=30), NOW) == "read just now"
    assert EN.read_words(None, NOW) == "never read"


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(hours=2, minutes=10), f"2{NBSP}h{NBSP}10 ago"),
        (timedelta(hours=9, minutes=40), "9 h ago"),
        (timedelta(days=3), "3 d ago"),
    ],
)
def test_ages(passed: timedelta, words: str) -> None:
    assert EN.age(NOW - passed, NOW) == words


def test_a_figure_never_read_says_so() -> None:
    assert EN.ago_words(None, NOW) == "never read"


def test_french_typography() -> None:
    assert french_typography("Attention : 30 % ! « oui »") == f"Attention{THIN}: 30{THIN}%{THIN}! «{THIN}oui{THIN}»"
    assert french_typography("l'encours") == "l’encours"
    assert EN.typography("Attention : 30 %") == "Attention : 30 %"


def test_text_from_outside_is_one_tame_line() -> None:
    assert server_text("a\x00b\u202ec\u200bd") == "abcd"
    assert server_text("one\r\n\ttwo") == "one two"
    assert server_text("מסך") == "\u2068מסך\u2069"
    assert server_text("<b>x</b>") == "<b>x</b>"


def test_a_monstrous_text_is_cut_with_a_mark() -> None:
    cut = server_text("x" * 1_000_000)
    assert len(cut) < 500
    assert cut.endswith("…")


def test_a_semicolon_stands_off_in_french_alone() -> None:
    assert Formats("fr").semicolons(["a", "b"]) == f"a{THIN}; b"
    assert Formats("en").semicolons(["a", "b"]) == "a; b"
