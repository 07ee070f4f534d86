"""Versions of the desk's program as they travel: whole numbers with dots, compared number by number."""

import re

_NUMBERS = re.compile(r"\s*v?([0-9]{1,9}(?:\.[0-9]{1,9})*)", re.IGNORECASE)


def numbers_of(version: str) -> tuple[int, ...]:
    """`0.10.2` as (0, 10, 2); what follows the numbers does not count, and what has none is older than all."""
    found = _NUMBERS.match(version)
    numbers = [int(part) for part in found[1].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_older(version: str, minimum: str) -> bool:
    """Whether a program of `version` is too old for a server that wants `minimum`; "" is wanted by none."""
    return numbers_of(version) < numbers_of(minimum)
