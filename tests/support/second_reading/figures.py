"""Exact figures for the second reading of the rules: fractions of euros, rounded only where the rules say so."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

NOTHING = Fraction(0)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Round a value that is not below zero."""
    assert value >= 0
    scale = 10**decimals
    return Fraction((value * scale + Fraction(1, 2)) // 1, scale)


def add(values: Iterable[Fraction]) -> Fraction:
    """Their sum."""
    return sum(values, NOTHING)


def as_decimal(value: Fraction, decimals: int) -> Decimal:
    """A rounded fraction as a Decimal, for comparison with the engine's."""
    scaled = value * 10**decimals
    assert scaled.denominator == 1, "not rounded"
    return Decimal(int(scaled)).scaleb(-decimals)


def shown(value: Fraction) -> Decimal:
    """A unit price as it is shown: 4 decimals."""
    return as_decimal(half_up(value, 4), 4)
