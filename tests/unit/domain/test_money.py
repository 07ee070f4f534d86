"""Money is rounded half up, written plainly and read as people write it."""

from decimal import Decimal

import pytest

from desktop_app.domain.money import amount_text, parse_decimal, round_amount, round_unit, unit_text


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("1.005", "1.01"),
        ("1.0049999", "1.00"),
        ("436.884", "436.88"),
        ("0.125", "0.13"),
        ("2.3089", "2.31"),
        ("0", "0.00"),
    ],
)
def test_amounts_are_rounded_half_up_to_the_cent(value: str, cents: str) -> None:
    assert str(round_amount(Decimal(value))) == cents


def test_unit_prices_are_rounded_half_up_to_four_decimals() -> None:
    assert str(round_unit(Decimal("91.618475"))) == "91.6185"
    assert str(round_unit(Decimal("0.00005"))) == "0.0001"


def test_money_travels_with_its_decimals_and_without_an_exponent() -> None:
    assert amount_text(Decimal("1E+3")) == "1000.00"
    assert amount_text(Decimal(12)) == "12.00"
    assert unit_text(Decimal("13.993")) == "13.9930"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234\u202f567,5", "1234567.5"),
        ("1\u00a0234.5", "1234.5"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1'234.5", "1234.5"),
        ("12,5 €", "12.5"),
        ("€ 12.5", "12.5"),
        ("12,90 EUR", "12.90"),
        ("1,234", "1.234"),
        (",5", "0.5"),
        ("7.", "7"),
        ("-2,5", "-2.5"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: str) -> None:
    assert parse_decimal(text) == Decimal(value)


def test_minus_nothing_is_nothing() -> None:
    assert str(parse_decimal("-0")) == "0"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        ",",
        "abc",
        "12a",
        "1e400",
        "NaN",
        "Infinity",
        "1 23",
        "1,23.4",
        "1.234.5",
        "1€50",
        "--1",
        "+1",
        "٣",
        "9" * 13,
        "0." + "1" * 40,
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_decimal(text)
