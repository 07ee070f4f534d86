"""What a plan says of days."""

from datetime import date, timedelta

from desktop_app.domain.catalog import Offer
from desktop_app.domain.plans import Allocation, allocation, complete_on
from tests.support.trade import DAY, wholesaler

NORTH = wholesaler("N", delivery_days=1)
FRIDAY = DAY + timedelta(4)


def test_what_is_in_stock_and_what_is_not_come_on_days_of_their_own() -> None:
    one = allocation(1, "A", 10, Offer("N", "A", 6, FRIDAY), NORTH, DAY)
    assert (one.quantity, one.in_stock, one.backordered) == (10, 6, 4)
    assert (one.stock_arrives, one.arrives) == (DAY + timedelta(1), date(2026, 3, 9))


def test_all_from_stock_is_there_on_one_day() -> None:
    one = allocation(1, "A", 6, Offer("N", "A", 6), NORTH, DAY)
    assert one.stock_arrives == one.arrives == DAY + timedelta(1)


def test_a_day_nobody_knows_is_none() -> None:
    assert allocation(1, "A", 7, Offer("N", "A", 6), NORTH, DAY).arrives is None
    assert allocation(1, "A", 6, Offer("X", "A", 6), wholesaler("X"), DAY).arrives is None
    assert allocation(1, "A", 6, Offer("N", "A", -2, FRIDAY), NORTH, DAY).stock_arrives is None


def test_everything_is_there_when_the_last_part_is() -> None:
    first = allocation(1, "A", 6, Offer("N", "A", 6), NORTH, DAY)
    last = allocation(2, "B", 6, Offer("N", "B", 0, FRIDAY), NORTH, DAY)
    assert complete_on([last, first]) == date(2026, 3, 9)
    assert complete_on([first, Allocation(3, "C", "N", 1, 0, None)]) is None
    assert complete_on([]) is None
