"""Plan views answer two questions of their own."""

from decimal import Decimal

import msgspec
import pytest

from desktop_app.domain.order import Problem
from desktop_app.domain.plans import PlanKind
from desktop_app.services.plan_views import PlansView
from tests.unit.services.test_plan_edits import plan


def test_a_plan_that_something_stops_is_refused() -> None:
    able = plan()
    assert not able.refused
    told = msgspec.structs.replace(able, problems=(Problem("stock-short", "short", blocking=False),))
    assert not told.refused
    stopped = msgspec.structs.replace(able, problems=(Problem("below-minimum", "too small"),))
    assert stopped.refused


def test_plans_are_found_by_their_kind() -> None:
    cheapest = plan()
    by_hand = msgspec.structs.replace(cheapest, kind=PlanKind.BY_HAND, total=Decimal(5))
    view = PlansView((cheapest, by_hand), (), 1.5)
    assert view.plan(PlanKind.BY_HAND) is by_hand
    with pytest.raises(KeyError):
        view.plan(PlanKind.EARLIEST)
