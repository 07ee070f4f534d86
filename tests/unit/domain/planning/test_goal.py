"""Goals: one number for a choice's figures, in the order the goal puts them."""

import itertools
import random

from desktop_app.domain.planning import goal as goals
from desktop_app.domain.planning.goal import Goal, Most
from desktop_app.domain.planning.model import Figures
from desktop_app.domain.planning.options import UNKNOWN_WAIT

MOST = Most(days=200 * UNKNOWN_WAIT, deliveries=9, units=200)


def some_figures(rng: random.Random) -> Figures:
    return Figures(
        rng.randrange(3),
        rng.randrange(3),
        rng.choice([10, 11, 5_000_000]),
        rng.choice([0b1, 0b11, 0b1111]),
        rng.choice([3, 4, 150 * UNKNOWN_WAIT]),
    )


def check(goal: Goal, order: tuple[str, ...]) -> None:
    rng = random.Random(3)
    drawn = [some_figures(rng) for _ in range(60)]

    def key(figures: Figures) -> tuple[int, ...]:
        said = figures._asdict() | {"deliveries": figures.deliveries.bit_count()}
        return tuple(said[name] for name in ("refusals", "backordered", *order))

    for one, other in itertools.combinations(drawn, 2):
        assert (goal.value(one) < goal.value(other)) == (key(one) < key(other))


def test_the_cheapest_goes_by_cost_then_deliveries_then_days() -> None:
    check(goals.cheapest(MOST), ("cents", "deliveries", "days"))


def test_the_fewest_goes_by_deliveries_then_cost_then_days() -> None:
    check(goals.fewest(MOST), ("deliveries", "cents", "days"))


def test_the_earliest_goes_by_days_then_cost_then_deliveries() -> None:
    check(goals.earliest(MOST), ("days", "cents", "deliveries"))


def test_a_bound_between_two_cents_is_that_of_the_next_one() -> None:
    for goal in (goals.cheapest(MOST), goals.fewest(MOST), goals.earliest(MOST)):
        assert goal.snapped(7 * goal.cent + goal.cent // 2) == 8 * goal.cent
        # What counts below a cent is none of its parts.
        assert goal.snapped(7 * goal.cent + goal.cent // 2_000) == 7 * goal.cent + goal.cent // 2_000
