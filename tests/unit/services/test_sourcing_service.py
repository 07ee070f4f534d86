"""What a person relies on when plans are shown: they are the engine's prices, and nothing moves until one is taken."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop_app.domain.order import Delivery
from desktop_app.errors import ActionNotPossible
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.sourcing_service import PlanKind, PlansView, SourcingService
from tests.support.desk_world import START, DeskWorld, put

LINES = [("TN1", 12, ""), ("PK5", 100, ""), ("BK1", 3, "")]


@pytest.fixture
def sourcing(world: DeskWorld) -> SourcingService:
    # Ramettes are dearer in the north, and only three toners are in the south.
    world.products["PK5"]["prices"] = [{"list_price": "4.50", "wholesaler": "N"}]
    world.publish_catalog()
    return SourcingService(basis=world.basis, stock_view=world.stock_view, now=world.now)


def draft(world: DeskWorld) -> DraftSession:
    session = world.orders.new_draft()
    session.add_many(LINES)
    return session


def total(session: DraftSession) -> Decimal:
    totals = session.summary().totals
    return totals.total - sum(totals.vat.values(), Decimal(0))


def shown(session: DraftSession) -> list[tuple[str, int, str]]:
    return [(line.sku, line.quantity, line.wholesaler) for line in session.lines()]


def kinds(view: PlansView) -> list[str]:
    return [plan.kind.value for plan in view.plans]


def test_all_plans_stand_side_by_side(world: DeskWorld, sourcing: SourcingService) -> None:
    session = draft(world)
    view = sourcing.plans(session)
    assert kinds(view) == ["cheapest", "fewest", "earliest", "by-hand"]
    cheapest, by_hand = view.plan(PlanKind.CHEAPEST), view.plan(PlanKind.BY_HAND)
    assert by_hand.total == total(session)
    assert cheapest.difference == 0
    assert by_hand.difference == by_hand.total - cheapest.total
    assert all(plan.pieces == 115 for plan in view.plans)
    assert all(plan.total - plan.difference == cheapest.total for plan in view.plans)
    assert view.elapsed_ms > 0
    with pytest.raises(KeyError):
        PlansView((), (), 0).plan(PlanKind.CHEAPEST)


def test_making_plans_changes_nothing(world: DeskWorld, sourcing: SourcingService) -> None:
    session = draft(world)
    before = (shown(session), session.saved_at, total(session))
    sourcing.plans(session)
    assert sourcing.move_cost(session, 1, "S") is not None
    assert (shown(session), session.saved_at, total(session)) == before


def test_a_plan_taken_is_the_plan_that_was_shown(world: DeskWorld, sourcing: SourcingService) -> None:
    for kind in (PlanKind.CHEAPEST, PlanKind.FEWEST, PlanKind.EARLIEST):
        session = draft(world)
        plan = sourcing.plans(session).plan(kind)
        session.take_plan(plan)
        assert total(session) == plan.total
        assert {(one.sku, one.quantity, one.wholesaler) for one in plan.allocations} == set(shown(session))
        after = sourcing.plans(session).plan(PlanKind.BY_HAND)
        assert (after.total, after.deliveries, after.complete_on) == (plan.total, plan.deliveries, plan.complete_on)


def test_taking_a_plan_is_one_act_on_disk_that_can_be_taken_back(world: DeskWorld, sourcing: SourcingService) -> None:
    world.stock |= {"N/TN1": 8, "S/TN1": 9}
    world.publish_catalog()
    session = draft(world)
    before = shown(session)
    session.take_plan(sourcing.plans(session).plan(PlanKind.CHEAPEST))
    taken = shown(session)
    assert taken != before
    world.restart()
    assert shown(world.orders.open_draft(session.order_id)) == taken
    session = draft(world)
    session.take_plan(sourcing.plans(session).plan(PlanKind.CHEAPEST))
    session.undo()
    assert shown(session) == before
    session.redo()
    assert shown(session) == taken


def test_a_split_makes_two_lines_of_one_product(world: DeskWorld, sourcing: SourcingService) -> None:
    world.stock |= {"N/TN1": 8, "S/TN1": 9}
    world.publish_catalog()
    session = draft(world)
    plan = sourcing.plans(session).plan(PlanKind.CHEAPEST)
    assert sum(one.backordered for one in plan.allocations) == plan.backordered == 0
    change = session.take_plan(plan)
    toners = [(line.quantity, line.wholesaler, line.number) for line in session.lines() if line.sku == "TN1"]
    assert sum(quantity for quantity, _, _ in toners) == 12
    assert {code for _, code, _ in toners} == {"N", "S"}
    # Right below each other, the rest in their places.
    assert [number for _, _, number in toners] == [1, 2]
    assert len(change.added) == 1
    assert [line.sku for line in session.lines()] == ["TN1", "TN1", "PK5", "BK1"]
    # What was split can be put together again by a plan.
    world.stock |= {"N/TN1": 100}
    world.publish_catalog()
    world.time += timedelta(days=1)
    session.refresh_terms()
    session.take_plan(sourcing.plans(session).plan(PlanKind.FEWEST))
    assert [line.sku for line in session.lines()] == ["TN1", "PK5", "BK1"]


def test_a_plan_for_other_lines_is_refused(world: DeskWorld, sourcing: SourcingService) -> None:
    session = draft(world)
    plan = sourcing.plans(session).plan(PlanKind.CHEAPEST)
    session.set_quantity(1, 13)
    with pytest.raises(ActionNotPossible, match="make the plans again"):
        session.take_plan(plan)
    session.undo()
    session.remove(3)
    with pytest.raises(ActionNotPossible):
        session.take_plan(plan)


def test_moving_a_line_costs_what_it_then_costs(world: DeskWorld, sourcing: SourcingService) -> None:
    session = draft(world)
    before = total(session)
    for key, code in ((1, "S"), (2, "N"), (2, "S")):
        cost = sourcing.move_cost(session, key, code)
        session.set_wholesaler(key, code)
        assert cost == total(session) - before
        session.undo()
    assert sourcing.move_cost(session, 3, "S") is None
    assert sourcing.move_cost(session, 1, "X") is None


def test_named_lines_stay_where_they_are_if_asked(world: DeskWorld, sourcing: SourcingService) -> None:
    session = draft(world)
    session.set_wholesaler(1, "S")
    kept = sourcing.plans(session, keep_named=True).plan(PlanKind.CHEAPEST)
    assert {(one.sku, one.wholesaler) for one in kept.allocations} >= {("TN1", "S")}
    moved = sourcing.plans(session).plan(PlanKind.CHEAPEST)
    assert ("TN1", "N") in {(one.sku, one.wholesaler) for one in moved.allocations}


def test_stale_stock_is_told_and_can_be_left_out(world: DeskWorld, sourcing: SourcingService) -> None:
    world.stock_dates = {"N": (START - timedelta(hours=2)).isoformat(), "S": (START - timedelta(days=2)).isoformat()}
    world.publish_catalog()
    session = draft(world)
    view = sourcing.plans(session)
    (stale,) = view.stale
    assert (stale.wholesaler, stale.name, stale.letter, stale.as_of.date()) == (
        "S",
        "Grossiste Sud",
        "S",
        date(2026, 6, 7),
    )
    without = sourcing.plans(session, without_stale=True)
    for plan in without.plans[:3]:
        assert {one.wholesaler for one in plan.allocations} == {"N"}
    # By hand is what the draft says, whoever is stale.
    assert without.plan(PlanKind.BY_HAND).total == total(session)


def test_lines_that_cannot_be_placed_stay_as_they_are(world: DeskWorld, sourcing: SourcingService) -> None:
    session = world.orders.new_draft()
    session.put_all([("TN1", 12, ""), ("XX", 5, ""), ("MF9", 1, "S")], round_up=False)
    view = sourcing.plans(session, keep_named=True)
    for plan in view.plans:
        assert {(problem.line, problem.code) for problem in plan.problems if problem.blocking} == {
            (2, "unknown-product"),
            (3, "not-listed"),
        }
        assert plan.refused
    session.take_plan(view.plan(PlanKind.CHEAPEST))
    assert shown(session) == [("TN1", 12, "N"), ("XX", 5, ""), ("MF9", 1, "S")]
    nothing = world.orders.new_draft()
    nothing.put_all([("XX", 5, "")], round_up=False)
    assert kinds(sourcing.plans(nothing)) == ["by-hand"]
    assert kinds(sourcing.plans(world.orders.new_draft())) == ["by-hand"]


def test_plans_for_lines_that_are_no_draft(world: DeskWorld, sourcing: SourcingService) -> None:
    session = draft(world)
    view = sourcing.plans_for(LINES)
    of_draft = sourcing.plans(session)
    assert [plan.total for plan in view.plans] == [plan.total for plan in of_draft.plans]
    assert world.orders.list() != ()
    odd = sourcing.plans_for([("PK5", 7, "")])
    assert "min-quantity" in {problem.code for problem in odd.plans[0].problems}
    raised = sourcing.plans_for([("PK5", 7, "")], round_up=True)
    assert (raised.plans[0].pieces, raised.plans[0].refused) == (10, False)


def test_delivery_and_client_of_the_draft_count(world: DeskWorld, sourcing: SourcingService) -> None:
    world.wholesalers["N"]["express_fee"] = "20"
    world.publish_catalog()
    session = draft(world)
    plain = sourcing.plans(session).plan(PlanKind.CHEAPEST)
    session.set_details(delivery=Delivery(express=True))
    express = sourcing.plans(session).plan(PlanKind.CHEAPEST)
    # South has no express delivery.
    assert {one.wholesaler for one in express.allocations} == {"N"}
    assert not express.refused
    assert express.total > plain.total
    bid = {"id": "BX", "step": "bid", "value": "1", "unit": "NET", "buyer": "all", "product": "sku:TN1"}
    world.feed(put("terms", "BX", {**bid, "end_client": "Mairie"}))
    session.refresh_terms()
    session.set_details(end_client="Mairie")
    assert sourcing.plans(session).plan(PlanKind.CHEAPEST).total < express.total
