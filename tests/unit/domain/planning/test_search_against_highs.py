"""Long orders against HiGHS, a mixed-integer solver that knows the rules from other words.

It counts unrounded prices: its bound may be above a plan by half a cent per amount of a part, never by more. A plan
that says it is proven is within that of the bound; one that does not is within the tolerance below.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.sourcing_milp import least_payable
from tests.support.sourcing_orders import Order, long_order, make_plans
from tests.unit.domain.planning.test_making import cost

# What a plan may cost above the solver's bound where it is not proven, as a part of it.
TOLERANCE = Decimal("0.0005")
CASES = {
    "plain": long_order(0, 120, 3),
    "five wholesalers": long_order(1, 150, 5),
    "thresholds that bite": long_order(2, 100, 3, thresholds=50),
    "thresholds of a short order": long_order(3, 20, 3, thresholds=20),
    "assortments": long_order(4, 100, 3, assortments=True),
    "assortments and thresholds": long_order(1, 60, 3, thresholds=40, assortments=True),
    "document discounts": long_order(6, 100, 3, documents=True),
    "everything": long_order(7, 60, 3, thresholds=20, assortments=True, documents=True),
}


@pytest.mark.parametrize("name", CASES)
def test_the_cheapest_plan_is_as_cheap_as_the_solver_knows(name: str, tmp_path: Path) -> None:
    order = CASES[name]
    (plan, *_) = make_plans(order.wanted, order.grounds)
    ours = Decimal(cost(order, plan)) / 100
    bound, best = least_payable(order, tmp_path, 60)
    gap = ours - bound
    print(f"{name}: ours {ours}, solver {bound} to {best}, gap {gap:.3f} ({gap / bound:.6%}), proven {plan.proven}")
    rounding = roundings(order)
    assert gap >= -rounding
    assert gap <= (rounding if plan.proven else bound * TOLERANCE)
    # What is said to be the bound of all plans is below the best that the solver found.
    assert plan.bound <= best + rounding


def roundings(order: Order) -> Decimal:
    """Half a cent for each line's goods and fees, twice for a split, and for the discount of each wholesaler."""
    return Decimal("0.005") * (2 * 2 * len(order.lines) + len(order.wholesalers))
