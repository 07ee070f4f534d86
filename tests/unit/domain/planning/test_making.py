"""Plans of whole orders: what is placed, what is kept, what wins."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest

from desktop_app.domain.catalog import Offer, Product, Wholesaler
from desktop_app.domain.planning import search
from desktop_app.domain.plans import Grounds, Plan, PlanKind, Wanted, complete_on
from tests.support.sourcing_orders import (
    Order,
    choices,
    long_order,
    make_plans,
    payable_cents,
    places_of,
    refusals,
    tangled,
)
from tests.support.trade import DAY, product, wholesaler

NORTH = wholesaler("N", carriage_fee="10", free_carriage_from="100", delivery_days=1)
SOUTH = wholesaler("S", carriage_fee="10", free_carriage_from="100", delivery_days=2)


def order(*offers: Offer, wholesalers: Sequence[Wholesaler] = (NORTH, SOUTH), **quantities: int) -> Order:
    lines = [(product(sku, "10"), units) for sku, units in quantities.items()]
    return Order(wholesalers, offers, lines)


def placed(plan: Plan) -> list[tuple[int, str, int]]:
    return sorted((one.key, one.wholesaler, one.quantity) for one in plan.allocations)


def plans_of(one: Order, wanted: Iterable[Wanted] | None = None, **how: bool) -> tuple[Plan, ...]:
    return make_plans(one.wanted if wanted is None else wanted, one.grounds, **how)


def test_carriage_is_counted_when_lines_are_placed() -> None:
    # South is ten cents cheaper on B, but would cost carriage.
    both = order(Offer("N", "A", 50), Offer("N", "B", 50), Offer("S", "B", 50, None, None, Decimal("9.90")), A=9, B=1)
    for plan in plans_of(both):
        assert placed(plan) == [(1, "N", 9), (2, "N", 1)]
        assert plan.proven


def test_a_backorder_that_can_be_avoided_is_not_made_to_save_money() -> None:
    cheap = Offer("N", "A", 0, DAY, None, Decimal(1))
    (plan, *_) = plans_of(order(cheap, Offer("S", "A", 50), A=20))
    assert placed(plan) == [(1, "S", 20)]


def test_a_line_is_split_where_no_one_has_it_all() -> None:
    (plan, *_) = plans_of(order(Offer("N", "A", 12), Offer("S", "A", 50, None, None, Decimal(11)), A=30))
    assert placed(plan) == [(1, "N", 12), (1, "S", 18)]
    assert sum(one.backordered for one in plan.allocations) == 0


def test_a_line_is_not_split_for_a_rounding() -> None:
    # Two at 1.004 cost 2.01, one and one apart 2.00.
    offers = [Offer(code, sku, 500, None, None, Decimal("1.004")) for code in "NS" for sku in "AB"]
    (plan, *_) = plans_of(order(*offers, A=2, B=300))
    assert len(plan.allocations) == 2


def test_what_would_be_refused_loses_to_any_backorder() -> None:
    strict = wholesaler("N", order_minimum="500", delivery_days=1)
    open_house = wholesaler("S", delivery_days=1)
    for plan in plans_of(order(Offer("N", "A", 50), Offer("S", "A", 0), wholesalers=(strict, open_house), A=3)):
        assert placed(plan) == [(1, "S", 3)]


def test_what_is_refused_in_any_case_still_has_plans() -> None:
    strict = wholesaler("N", order_minimum="500", delivery_days=1)
    (plan, *_) = plans_of(order(Offer("N", "A", 50), wholesalers=(strict,), A=3))
    assert placed(plan) == [(1, "N", 3)]


def test_the_fewest_deliveries_and_the_earliest_days_cost_what_they_must() -> None:
    slow = wholesaler("S", delivery_days=6)
    offers = [
        Offer("N", "A", 50, None, None, Decimal(11)),
        Offer("S", "A", 50, None, None, Decimal(10)),
        Offer("S", "B", 50),
    ]
    cheapest, fewest, earliest = plans_of(order(*offers, wholesalers=(NORTH, slow), A=20, B=20))
    assert placed(cheapest) == placed(fewest) == [(1, "S", 20), (2, "S", 20)]
    assert placed(earliest) == [(1, "N", 20), (2, "S", 20)]
    assert complete_on(earliest.allocations) == complete_on(cheapest.allocations)


def test_the_earliest_is_complete_soonest() -> None:
    later = DAY + timedelta(20)
    slow = wholesaler("S", delivery_days=4)
    offers = [Offer("N", "A", 4, later), Offer("S", "A", 50)]
    *_, earliest = plans_of(order(*offers, wholesalers=(NORTH, slow), A=10))
    assert placed(earliest) == [(1, "N", 4), (1, "S", 6)]


def test_named_lines_are_moved_unless_they_are_kept() -> None:
    dear = Offer("S", "A", 50, None, None, Decimal(12))
    one = order(Offer("N", "A", 50), dear, A=20)
    named = [Wanted(1, "A", 20, "S", named=True)]
    assert placed(plans_of(one, named)[0]) == [(1, "N", 20)]
    assert placed(plans_of(one, named, keep_named=True)[0]) == [(1, "S", 20)]
    # Where nobody named it, where it goes now does not matter.
    assert placed(plans_of(one, [Wanted(1, "A", 20, "S")], keep_named=True)[0]) == [(1, "N", 20)]


def test_lines_of_one_product_are_placed_together_and_keep_their_keys() -> None:
    offers = [Offer("N", "A", 12), Offer("S", "A", 50, None, None, Decimal(11))]
    wanted = [Wanted(7, "A", 10, "S", named=True), Wanted(3, "A", 20, "N")]
    (plan, *_) = plans_of(order(*offers, A=30), wanted)
    assert placed(plan) == [(3, "N", 12), (7, "S", 18)]
    assert plan.lines == (3, 7)
    # All fit at one wholesaler: the other line is merged into it.
    (merged, *_) = plans_of(order(Offer("N", "A", 50), offers[1], A=30), wanted)
    assert placed(merged) == [(3, "N", 30)]


def test_what_cannot_be_priced_is_in_no_plan() -> None:
    one = order(Offer("N", "A", 50), A=5, B=5)
    wanted = [Wanted(1, "A", 5), Wanted(2, "B", 5), Wanted(3, "X", 5), Wanted(4, "A", 0)]
    for plan in plans_of(one, wanted):
        assert plan.lines == (1,)
    assert plans_of(one, [Wanted(2, "B", 5)]) == ()
    # A line kept where nobody lists it stays out too.
    (kept, *_) = plans_of(one, [Wanted(1, "A", 5), Wanted(2, "A", 5, "S", named=True)], keep_named=True)
    assert kept.lines == (1,)


def test_wholesalers_that_are_left_out_are_used_only_where_nobody_else_lists_it() -> None:
    one = order(Offer("N", "A", 50), Offer("S", "A", 50), Offer("N", "B", 50), A=20, B=20)
    grounds = msgspec.structs.replace(one.grounds, without=frozenset({"N"}))
    (plan, *_) = make_plans(one.wanted, grounds)
    assert placed(plan) == [(1, "S", 20), (2, "N", 20)]


def test_the_other_part_of_a_kept_product_does_not_go_to_a_wholesaler_that_is_left_out() -> None:
    one = order(Offer("N", "A", 50), Offer("S", "A", 50, None, None, Decimal(20)), A=8)
    wanted = [Wanted(1, "A", 3, "N", named=True), Wanted(2, "A", 5, "N")]
    grounds = msgspec.structs.replace(one.grounds, without=frozenset({"N"}))
    for plan in make_plans(wanted, grounds, keep_named=True):
        assert placed(plan) == [(1, "N", 3), (2, "S", 5)]


def test_what_is_left_of_a_kept_product_is_placed_though_it_is_below_the_minimum() -> None:
    one = Order((NORTH, SOUTH), [Offer("N", "A", 50), Offer("S", "A", 50)], [(product("A", "10", min_qty=4), 4)])
    wanted = [Wanted(1, "A", 2, "N", named=True), Wanted(2, "A", 1, "S", named=True), Wanted(3, "A", 1, "N")]
    for plan in plans_of(one, wanted, keep_named=True):
        assert sum(part.quantity for part in plan.allocations) == 4


def test_a_product_stays_where_one_of_its_lines_has_a_quantity_nobody_can_order() -> None:
    # Moved to where that line is, the other one would be merged into it.
    one = order(Offer("N", "A", 50), Offer("S", "A", 50), Offer("N", "B", 50), Offer("S", "B", 50), A=5, B=1)
    for quantity in (0, 1_000_000):
        wanted = [Wanted(1, "A", 5, "S"), Wanted(2, "A", quantity, "N", named=True), Wanted(3, "B", 1, "N")]
        for plan in plans_of(one, wanted)[:2]:
            # What stays counts: the second product saves its own carriage.
            assert placed(plan) == [(1, "S", 5), (3, "S", 1)]


def test_more_than_can_be_ordered_of_a_product_stays_where_it_is() -> None:
    one = order(Offer("N", "A", 50), Offer("S", "A", 50), A=5)
    wanted = [Wanted(1, "A", 600_000, "N"), Wanted(2, "A", 600_000, "S")]
    for plan in plans_of(one, wanted):
        assert placed(plan) == [(1, "N", 600_000), (2, "S", 600_000)]


FIVE = tuple(wholesaler(code, delivery_days=1) for code in "NOPQS")


def test_as_many_wholesalers_as_it_takes_deliver_a_line() -> None:
    for units in (40, 50):
        short = order(*(Offer(code, "A", 10) for code in "NOPQS"), wholesalers=FIVE, A=units)
        for plan in plans_of(short):
            assert len(plan.allocations) == units // 10
            assert sum(one.backordered for one in plan.allocations) == 0


def test_the_cheapest_stocks_are_used_up_however_many_they_are() -> None:
    stocks = (("N", 10, 1), ("O", 10, 2), ("P", 10, 3), ("Q", 100, 10))
    offers = [Offer(code, "A", available, None, None, Decimal(price)) for code, available, price in stocks]
    (plan, *_) = plans_of(order(*offers, wholesalers=FIVE, A=40))
    assert (placed(plan), plan.proven) == ([(1, "N", 10), (1, "O", 10), (1, "P", 10), (1, "Q", 10)], True)


def test_nothing_is_put_on_backorder_to_be_complete_on_a_day_that_is_known() -> None:
    # North would refuse it, so something must be on backorder: one unit whose day nobody knows, or two by tomorrow.
    houses = (wholesaler("N", order_minimum="1000", delivery_days=1), wholesaler("P"), wholesaler("S", delivery_days=1))
    short = Order(
        houses,
        [Offer("N", "A", 4), Offer("P", "A", 3), Offer("S", "A", 2, DAY)],
        [(product("A", "10", pack_multiple=4), 4)],
    )
    for plan in plans_of(short):
        assert placed(plan) == [(1, "P", 4)]


def test_plans_that_were_cut_short_claim_nothing_of_what_they_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    orders = [tangled(seed, lines=(2, 2, 3)) for seed in range(300)]
    patient = [plans_of(one) for one in orders]
    monkeypatch.setattr(search, "steps_for", lambda model: 1)
    proven = 0
    for one, best in zip(orders, patient, strict=True):
        hasty_plans = plans_of(one)
        refused = [lacks(one, plan)[0] for plan in hasty_plans]
        assert refused[:2] == [min(refused)] * 2
        for hasty, plan in zip(hasty_plans, best, strict=True):
            if hasty.proven:
                assert lacks(one, hasty) == lacks(one, plan)
                proven += 1
    assert proven > 200


def lacks(one: Order, plan: Plan) -> tuple[int, int]:
    """How often a plan is refused, and its units on backorder."""
    return refusals(one.priced(places(one, plan))), sum(part.backordered for part in plan.allocations)


def test_each_plan_is_the_best_by_its_goal_as_the_engine_prices_it() -> None:
    """Against every placement of small tangled orders, from scratch: other words of the same rules."""
    looked_at = 0
    for seed in range(500):
        one = tangled(seed)
        model = one.model()
        every = list(choices(model))
        if len(every) > 60:
            continue
        figures = []
        for choice in every:
            where = places_of(choice)
            basket, counted = one.priced(where), model.figures(choice)
            last = max(
                (day or DAY + timedelta(9_999))
                for bit, (_, day) in enumerate(model.deliveries)
                if counted.deliveries >> bit & 1
            )
            costs = payable_cents(basket, where)
            figures.append((refusals(basket), counted, last, costs))
        refused = min(row[0] for row in figures)
        if refused:
            continue
        able = [row for row in figures if row[0] == refused]
        cheapest, fewest, earliest = plans_of(one)
        assert cost(one, cheapest) == min(row[3] for row in able), seed
        by_deliveries = min((row[1].deliveries.bit_count(), row[3]) for row in able)
        assert (deliveries(fewest), cost(one, fewest)) == by_deliveries, seed
        by_days = min((row[2], row[1].days, row[3]) for row in able)
        assert (complete_on(earliest.allocations) or DAY + timedelta(9_999), cost(one, earliest)) == (
            by_days[0],
            by_days[2],
        ), seed
        looked_at += 1
    assert looked_at > 200


def cost(one: Order, plan: Plan) -> int:
    where = places(one, plan)
    return payable_cents(one.priced(where), where)


def places(one: Order, plan: Plan) -> list[tuple[tuple[int, int], ...]]:
    codes = sorted(house.code for house in one.wholesalers)
    return [
        tuple(sorted((codes.index(part.wholesaler), part.quantity) for part in plan.allocations if part.key == key))
        for key in range(1, len(one.lines) + 1)
    ]


def deliveries(plan: Plan) -> int:
    found = {(one.wholesaler, one.stock_arrives) for one in plan.allocations if one.in_stock}
    return len(found | {(one.wholesaler, one.arrives) for one in plan.allocations if one.backordered})


def test_no_plan_of_a_long_order_beats_the_goal_of_another() -> None:
    for seed in range(4):
        one = long_order(seed, 80, 3, thresholds=8, assortments=True, documents=True)
        cheapest, fewest, earliest = plans_of(one)
        assert [plan.kind for plan in (cheapest, fewest, earliest)] == [
            PlanKind.CHEAPEST,
            PlanKind.FEWEST,
            PlanKind.EARLIEST,
        ]
        assert cost(one, cheapest) <= min(cost(one, fewest), cost(one, earliest))
        assert deliveries(fewest) <= min(deliveries(cheapest), deliveries(earliest))
        assert cheapest.bound <= Decimal(cost(one, cheapest)) / 100
        for plan in (cheapest, fewest, earliest):
            assert sum(part.quantity for part in plan.allocations) == sum(units for _, units in one.lines)


def test_express_goes_to_whoever_has_it() -> None:
    fast = wholesaler("S", delivery_days=1, carriage_fee="10")
    fast = msgspec.structs.replace(fast, express_fee=Decimal(5))
    one = order(
        Offer("N", "A", 50), Offer("S", "A", 50, None, None, Decimal(12)), wholesalers=(wholesaler("N"), fast), A=5
    )
    express = replace(one, delivery=msgspec.structs.replace(one.delivery, express=True))
    assert placed(plans_of(one)[0]) == [(1, "N", 5)]
    assert placed(plans_of(express)[0]) == [(1, "S", 5)]


def test_a_plan_needs_nothing_but_what_is_asked_for() -> None:
    empty: list[tuple[Product, int]] = []
    assert make_plans([], Grounds(Order((NORTH,), (), empty).catalog, order(A=1).terms, order(A=1).dealer, DAY)) == ()
