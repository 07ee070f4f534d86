"""Options: what comes from whom, and when."""

from datetime import date, timedelta
from typing import Any

from desktop_app.domain.catalog import Offer
from desktop_app.domain.planning.model import Conditions, Model
from desktop_app.domain.planning.options import SPLIT_CENTS, UNKNOWN_WAIT, Demand
from desktop_app.domain.planning.tariff import Pricing
from desktop_app.domain.pricing import Terms
from tests.support.trade import DAY, product, wholesaler

HOUSES = (wholesaler("N", delivery_days=1), wholesaler("S", delivery_days=2), wholesaler("X"))


def model(quantity: int, *offers: Offer, ways: int = 2_500, **more: Any) -> Model:
    demand = Demand(product("A", "10", **more), quantity, offers, {})
    return Model([demand], Conditions(Pricing(Terms([], "D42"), DAY), HOUSES), ways=ways)


def test_units_wait_for_the_wholesaler_and_for_what_he_lacks() -> None:
    later = DAY + timedelta(4)
    order = model(10, Offer("N", "A", 6, later))
    (option,) = order.lines[0].options
    assert option.backordered == 4
    # Monday the 2nd: six on Tuesday, four on Friday's arrival plus a working day, the 9th.
    assert option.days == 6 * 1 + 4 * 7
    assert {order.deliveries[bit][1] for bit in range(2)} == {DAY + timedelta(1), date(2026, 3, 9)}
    assert option.deliveries == 0b11


def test_a_day_nobody_knows_comes_last() -> None:
    (option,) = model(3, Offer("X", "A", 5)).lines[0].options
    assert option.days == 3 * UNKNOWN_WAIT


def test_a_split_counts_five_cents_a_part() -> None:
    order = model(10, Offer("N", "A", 6), Offer("S", "A", 4))
    (option,) = order.lines[0].options
    assert (len(option.parts), option.cents, option.goods) == (2, 10_000 + SPLIT_CENTS, (6_000, 4_000))


def test_ways_that_are_no_options_are_only_left_out_where_splitting_is_not_worth_while() -> None:
    ample = model(10, Offer("N", "A", 50), Offer("S", "A", 50), ways=0).lines[0]
    assert (ample.complete, ample.doubtful, ample.unseen, len(ample.options)) == (False, False, 0, 2)
    # Nobody has it all: every way to split it is looked at.
    short = model(10, Offer("N", "A", 8), Offer("S", "A", 8), ways=0).lines[0]
    assert (short.complete, len(short.options)) == (True, 7)


def test_expanding_gives_a_line_all_its_ways_once() -> None:
    order = model(10, Offer("N", "A", 50), Offer("S", "A", 50), ways=0)
    assert len(order.expand(0)) == 9
    assert (order.expand(0), order.complete, len(order.lines[0].options)) == ([], True, 11)


def test_packs_stay_whole() -> None:
    order = model(20, Offer("N", "A", 12), Offer("S", "A", 13), pack_multiple=5)
    assert [[part.quantity for part in option.parts] for option in order.lines[0].options] == [[10, 10]]
