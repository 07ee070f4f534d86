"""What taking a plan does to lines: moved, split below themselves, merged."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.plans import Allocation, PlanKind
from desktop_app.errors import ActionNotPossible
from desktop_app.services.draft_lines import DraftLine, DraftLines
from desktop_app.services.plan_edits import move_cost, payable, plan_edits
from desktop_app.services.plan_views import PlanView
from tests.support.desk_world import DeskWorld

DAY = date(2026, 6, 10)


def plan(*placed: tuple[int, str, str, int], lines: tuple[int, ...] = (1, 2)) -> PlanView:
    return PlanView(
        kind=PlanKind.CHEAPEST,
        lines=lines,
        allocations=tuple(Allocation(key, sku, code, units, units, DAY, DAY) for key, sku, code, units in placed),
        total=Decimal(0),
        difference=Decimal(0),
        fees=Decimal(0),
        carriage=(),
        deliveries=(),
        pieces=0,
        pieces_by_first_day=0,
        first_day=None,
        complete_on=None,
        backordered=0,
        problems=(),
        proven=True,
        bound=Decimal(0),
    )


def lines(world: DeskWorld, *rows: DraftLine) -> DraftLines:
    return DraftLines(world.basis(), rows)


def taken(drawn: DraftLines, view: PlanView) -> list[tuple[int, str, int, str, int | None]]:
    drawn.do(plan_edits(drawn, view))
    return [(one.key, one.sku, one.quantity, one.wholesaler, one.asked) for one in drawn.all()]


def test_a_moved_line_keeps_its_key_place_and_what_was_asked(world: DeskWorld) -> None:
    drawn = lines(world, DraftLine(1, 1.0, "PK5", 10, asked=7), DraftLine(2, 2.0, "BK1", 3))
    view = plan((1, "PK5", "S", 10), (2, "BK1", "N", 3))
    assert taken(drawn, view) == [(1, "PK5", 10, "S", 7), (2, "BK1", 3, "N", None)]


def test_a_split_line_is_followed_by_its_other_parts(world: DeskWorld) -> None:
    drawn = lines(world, DraftLine(1, 1.0, "TN1", 12, None, "S"), DraftLine(2, 2.0, "BK1", 3))
    view = plan((1, "TN1", "N", 9), (1, "TN1", "S", 3), (2, "BK1", "N", 3))
    assert taken(drawn, view) == [(1, "TN1", 3, "S", None), (3, "TN1", 9, "N", None), (2, "BK1", 3, "N", None)]


def test_a_line_without_a_place_is_merged_into_another(world: DeskWorld) -> None:
    drawn = lines(world, DraftLine(1, 1.0, "TN1", 9, None, "N"), DraftLine(2, 2.0, "TN1", 3, None, "S"))
    assert taken(drawn, plan((1, "TN1", "N", 12))) == [(1, "TN1", 12, "N", None)]


def test_a_line_that_the_plan_does_not_place_stays(world: DeskWorld) -> None:
    drawn = lines(world, DraftLine(1, 1.0, "TN1", 9, None, "N"), DraftLine(2, 2.0, "XX", 3))
    view = plan((1, "TN1", "S", 9), (2, "XX", "N", 3), lines=(1,))
    assert taken(drawn, view) == [(1, "TN1", 9, "S", None), (2, "XX", 3, "", None)]


def test_a_plan_of_other_quantities_or_lines_is_refused(world: DeskWorld) -> None:
    drawn = lines(world, DraftLine(1, 1.0, "TN1", 9, None, "N"))
    for view in (plan((1, "TN1", "S", 8), lines=(1,)), plan((2, "TN1", "S", 9), lines=(2,)), plan((1, "TN1", "S", 9))):
        with pytest.raises(ActionNotPossible):
            plan_edits(drawn, view)


def test_trying_leaves_no_trace(world: DeskWorld) -> None:
    drawn = lines(world, DraftLine(1, 1.0, "TN1", 9, None, "N"), DraftLine(2, 2.0, "TN1", 3, None, "S"))
    before = (drawn.all(), drawn.basket().totals())
    # Moved, the line would be merged with the other one.
    cost = move_cost(drawn, 1, "S")
    assert cost is not None
    assert (drawn.all(), drawn.basket().totals()) == before
    drawn.do([(1, DraftLine(1, 1.0, "TN1", 9, None, "S"))])
    assert payable(drawn.basket().totals()) - payable(before[1]) == cost
    assert len(drawn) == 1
