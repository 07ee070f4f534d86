"""Working days: when ordered goods are there."""

from datetime import date

import pytest

from desktop_app.domain.catalog import Offer, Wholesaler
from desktop_app.domain.working_days import backorder_arrival, stock_arrival, working_day_after

THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 3, day) for day in (5, 6, 7, 8))
MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


@pytest.mark.parametrize(
    ("day", "days", "there"),
    [
        (THURSDAY, 0, THURSDAY),
        (THURSDAY, 1, FRIDAY),
        (THURSDAY, 2, MONDAY),
        (FRIDAY, 1, MONDAY),
        (FRIDAY, 6, date(2026, 3, 16)),
        (SATURDAY, 0, MONDAY),
        (SATURDAY, 1, MONDAY),
        (SUNDAY, 2, TUESDAY),
    ],
)
def test_week_ends_do_not_count(day: date, days: int, there: date) -> None:
    assert working_day_after(day, days) == there


def test_every_step_is_the_next_working_day() -> None:
    day = THURSDAY
    for days in range(1, 60):
        day = working_day_after(day, 1) or date.max
        assert day == working_day_after(THURSDAY, days)
        assert day.weekday() < 5


def test_beyond_the_calendar_nobody_knows() -> None:
    assert working_day_after(date.max, 3) is None


def test_stock_takes_the_wholesalers_delay() -> None:
    assert stock_arrival(Wholesaler("N", delivery_days=2), FRIDAY) == TUESDAY
    assert stock_arrival(Wholesaler("N"), FRIDAY) is None


def test_a_backorder_takes_the_delay_from_its_arrival_on() -> None:
    north = Wholesaler("N", delivery_days=1)
    assert backorder_arrival(north, Offer("N", "A", 0, FRIDAY), THURSDAY) == MONDAY
    # An arrival that should have been is expected today.
    assert backorder_arrival(north, Offer("N", "A", 0, date(2026, 2, 1)), THURSDAY) == FRIDAY
    assert backorder_arrival(north, Offer("N", "A", 0), THURSDAY) is None
    assert backorder_arrival(Wholesaler("N"), Offer("N", "A", 0, FRIDAY), THURSDAY) is None
