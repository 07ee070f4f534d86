"""The figures of a plan: deliveries, pieces and days that add up."""

from datetime import date, timedelta
from decimal import Decimal

from desktop_app.domain.plans import PlanKind
from desktop_app.services.plan_views import PlanView
from desktop_app.services.sourcing_service import SourcingService
from tests.support.desk_world import DeskWorld


def plans(world: DeskWorld, *lines: tuple[str, int, str]) -> dict[PlanKind, PlanView]:
    world.publish_catalog()
    service = SourcingService(basis=world.basis, stock_view=world.stock_view, now=world.now)
    return {plan.kind: plan for plan in service.plans_for(lines).plans}


def test_deliveries_are_told_by_wholesaler_and_day(world: DeskWorld) -> None:
    world.stock |= {"N/TN1": 8, "S/TN1": 0}
    plan = plans(world, ("TN1", 12, ""), ("BK1", 3, ""))[PlanKind.CHEAPEST]
    # Tuesday the 9th: in stock on Wednesday, the rest nobody knows when.
    first, last = plan.deliveries
    assert (first.wholesaler, first.day, first.lines, first.pieces) == ("N", date(2026, 6, 10), 2, 11)
    assert (last.day, last.lines, last.pieces) == (None, 1, 4)
    assert (plan.pieces, plan.backordered, plan.complete_on) == (15, 4, None)
    assert (plan.first_day, plan.pieces_by_first_day) == (date(2026, 6, 10), 11)


def test_goods_of_deliveries_are_the_goods_of_the_order(world: DeskWorld) -> None:
    world.stock |= {"N/TN1": 7, "S/TN1": 2}
    for plan in plans(world, ("TN1", 12, ""), ("BK1", 3, ""), ("PK5", 35, "")).values():
        goods = sum((one.goods for one in plan.deliveries), Decimal(0))
        assert goods == plan.total - plan.fees - sum((one.carriage for one in plan.carriage), Decimal(0))


def test_the_first_day_is_the_same_for_all_plans(world: DeskWorld) -> None:
    world.stock |= {"N/BK1": 0, "S/BK1": 5}
    found = plans(world, ("TN1", 2, ""), ("BK1", 3, ""), ("PK5", 20, "S"))
    assert {plan.first_day for plan in found.values()} == {date(2026, 6, 10)}


def test_week_ends_are_passed_over(world: DeskWorld) -> None:
    world.time += timedelta(days=3)
    plan = plans(world, ("BK1", 3, ""))[PlanKind.EARLIEST]
    assert plan.complete_on == date(2026, 6, 15)


def test_small_order_fees_are_told_apart(world: DeskWorld) -> None:
    world.wholesalers["M"]["small_order_fee"] = "15"
    plan = plans(world, ("MIN", 3, ""))[PlanKind.CHEAPEST]
    assert (plan.fees, plan.total, plan.refused) == (Decimal("15.00"), Decimal("36.00"), False)
    world.wholesalers["M"].pop("small_order_fee")
    plan = plans(world, ("MIN", 3, ""))[PlanKind.CHEAPEST]
    assert (plan.fees, plan.refused) == (Decimal(0), True)


def test_what_is_proven_is_bounded_by_itself(world: DeskWorld) -> None:
    found = plans(world, ("TN1", 12, ""), ("BK1", 3, ""))
    cheapest = found[PlanKind.CHEAPEST]
    assert (cheapest.proven, cheapest.bound) == (True, cheapest.total)
    assert (found[PlanKind.BY_HAND].proven, found[PlanKind.BY_HAND].bound) == (False, cheapest.bound)
