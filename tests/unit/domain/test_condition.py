"""A condition holds on its first and its last day, and its steps have one order."""

from datetime import date

import pytest

from desktop_app.domain.condition import STEPS, Step
from tests.support.trade import condition

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("start", "end", "day", "holds"),
    [
        (FIRST, LAST, FIRST, True),
        (FIRST, LAST, LAST, True),
        (FIRST, LAST, date(2026, 2, 28), False),
        (FIRST, LAST, date(2026, 4, 1), False),
        (None, LAST, date(1990, 1, 1), True),
        (FIRST, None, date(2099, 1, 1), True),
        (None, None, FIRST, True),
    ],
)
def test_both_days_are_included_and_empty_is_open(start: date | None, end: date | None, day: date, holds: bool) -> None:
    assert condition("C", "base", "5", start=start, end=end).holds_on(day) is holds


def test_the_steps_have_the_order_of_the_procedure() -> None:
    assert STEPS == (Step.NET, Step.BASE, Step.QTY, Step.PROMO, Step.BID)
