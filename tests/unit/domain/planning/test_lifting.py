"""Lifted bounds: still below every choice of the node, and never below the plain ones."""

from desktop_app.domain.planning import goal as goals
from desktop_app.domain.planning.bounds import Bounds
from desktop_app.domain.planning.classes import Kind, Meter
from desktop_app.domain.planning.lifting import Lifting
from desktop_app.domain.planning.model import Model
from desktop_app.domain.planning.search import value_options
from tests.support.sourcing_orders import choice_count, choices, long_order, tangled
from tests.unit.domain.planning.test_needs import node_of, whole

FAR = 10**60


def lifting_of(model: Model, goal: goals.Goal) -> tuple[Bounds, Lifting]:
    value_options(model, goal)
    meter = Meter(10**7)
    bounds = Bounds(model, goal, meter)
    return bounds, Lifting(model, goal, bounds, meter)


def test_no_choice_is_below_the_lifted_bound_of_its_node() -> None:
    for seed in range(200):
        model = tangled(seed).model()
        if choice_count(model) > 200:
            continue
        goal = goals.cheapest(goals.most_of(model))
        bounds, lifting = lifting_of(model, goal)
        for choice in list(choices(model))[:20]:
            own = node_of(model, choice)
            lifted = lifting.lifted(own, None, FAR)
            assert lifted is not None
            assert goal.value(model.figures(choice)) >= lifted.relaxed.bound + bounds.charged(own), seed


def test_lifting_never_lowers_a_bound() -> None:
    for seed in range(100):
        model = tangled(seed).model()
        goal = goals.cheapest(goals.most_of(model))
        bounds, lifting = lifting_of(model, goal)
        own = node_of(model, next(iter(choices(model))))
        plain, lifted = bounds.plain(own), lifting.lifted(own, None, FAR)
        assert plain is not None
        assert lifted is not None
        assert lifted.relaxed.bound >= plain.bound


def test_a_need_that_cannot_be_met_makes_a_node_impossible() -> None:
    order = long_order(2, 5, 2, thresholds=10_000)
    model = order.model()
    goal = goals.cheapest(goals.most_of(model))
    _, lifting = lifting_of(model, goal)
    top = len(model.houses[0].charges.goods_steps)
    lifted = lifting.lifted(whole(model).narrowed(Kind.GOODS, 0, (top, top)), None, FAR)
    assert lifted is not None
    assert lifted.relaxed.bound > goal.refusal


def test_choices_that_were_filled_up_meet_the_need() -> None:
    filled = 0
    for seed in range(40):
        model = long_order(seed, 12, 2, thresholds=6).model(ways=0)
        goal = goals.cheapest(goals.most_of(model))
        bounds, lifting = lifting_of(model, goal)
        for at, house in enumerate(model.houses):
            top = len(house.charges.goods_steps)
            node = whole(model).narrowed(Kind.GOODS, at, (top, top))
            lifted = lifting.lifted(node, None, FAR)
            assert lifted is not None
            needs = bounds.needs.of(node)
            for choice in lifted.filled[:1]:
                assert bounds.needs.lacking(node, needs, model.sums(choice))[0] <= 0
                filled += 1
    assert filled > 10
