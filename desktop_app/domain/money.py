"""Rounding, reading and plain writing of money. Locale formats for people are the front end's."""

import re
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
UNIT = Decimal("0.0001")
ZERO = Decimal(0)

# What a decimal of the wire can hold.
MAX_WHOLE_DIGITS = 12
MAX_FRACTION_DIGITS = 8

_CURRENCY = re.compile(r"^(?:EUR|€)\s*|\s*(?:EUR|€)$")
_NUMBER = re.compile(
    r"(?P<minus>-?)"
    r"(?P<whole>[0-9]*|[0-9]{1,3}(?P<group>[ \u00a0\u202f'\u2019.,])[0-9]{3}(?:(?P=group)[0-9]{3})*)"
    r"(?:(?P<sign>[.,])(?P<fraction>[0-9]*))?"
)


def round_amount(value: Decimal) -> Decimal:
    """Half up to the cent (EN 16931)."""
    return value.quantize(CENT, ROUND_HALF_UP)


def round_unit(value: Decimal) -> Decimal:
    """Half up to four decimals: the precision of a unit price."""
    return value.quantize(UNIT, ROUND_HALF_UP)


def amount_text(value: Decimal) -> str:
    """An amount as it travels: 2 decimals, a point, no grouping."""
    return f"{round_amount(value):f}"


def unit_text(value: Decimal) -> str:
    """A unit price as it travels: 4 decimals, a point, no grouping."""
    return f"{round_unit(value):f}"


def parse_decimal(text: str) -> Decimal:
    """Read a number as people write it: `1 234,56`, `1234.56`, `12,5 €`, `1.234,56`, `1,234.56`.

    A single point or comma is the decimal sign (`1,234` is 1.234). Raises ValueError for anything else: groups that
    are not of three, exponents, more than 12 digits before or 8 after the decimal sign.
    """
    found = _NUMBER.fullmatch(_CURRENCY.sub("", text.strip(), count=1))
    if found is not None and (found["group"] is None or found["group"] != found["sign"]):
        whole = re.sub(r"[^0-9]", "", found["whole"])
        fraction = found["fraction"] or ""
        fits = len(whole) <= MAX_WHOLE_DIGITS and len(fraction) <= MAX_FRACTION_DIGITS
        if fits and (whole or fraction):
            value = Decimal(f"{found['minus']}{whole}.{fraction}")
            return value or abs(value)  # minus nothing is nothing
    raise ValueError(f"not a number: {text[:40]!r}")
