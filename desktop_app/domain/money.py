"""Rounding, reading and plain writing of money. Locale formats for people are the front end's."""

import re
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
UNIT = Decimal("0.0001")
ZERO = Decimal(0)

_SPACES = re.compile(r"[\s\u00a0\u202f'\u2019]|EUR|\u20ac")
_NUMBER = re.compile(r"-?(?:\d+(?:[.,]\d*)?|[.,]\d+)")


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
    """Read a number as people write it: `1 234,56`, `1234.56`, `12,5 €`. Raises ValueError for anything else.

    Both separators in one number are accepted where the last one is the decimal sign (`1.234,56`, `1,234.56`).
    """
    plain = _SPACES.sub("", text)
    if "," in plain and "." in plain:
        grouping = "," if plain.rfind(",") < plain.rfind(".") else "."
        plain = plain.replace(grouping, "")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"not a number: {text!r}")
    return Decimal(plain.replace(",", "."))
