"""Bounds: no choice of a node is below."""

from desktop_app.domain.planning import goal as goals
from desktop_app.domain.planning.bounds import Bounds
from desktop_app.domain.planning.classes import Classes, Meter
from desktop_app.domain.planning.model import Model
from desktop_app.domain.planning.search import value_options
from tests.support.sourcing_orders import choice_count, choices, tangled
from tests.unit.domain.planning.test_needs import node_of, whole

GOALS = (goals.cheapest, goals.fewest, goals.earliest)


def bounds_of(model: Model, goal: goals.Goal) -> Bounds:
    value_options(model, goal)
    return Bounds(model, goal, Meter(10**6))


def test_no_choice_is_below_the_bound_of_the_whole_or_of_its_own_node() -> None:
    for seed in range(150):
        model = tangled(seed).model()
        if choice_count(model) > 300:
            continue
        every = list(choices(model))
        for make in GOALS:
            goal = make(goals.most_of(model))
            bounds = bounds_of(model, goal)
            classes = whole(model)
            relaxed = bounds.plain(classes)
            assert relaxed is not None
            below = relaxed.bound + bounds.charged(classes)
            assert all(goal.value(model.figures(choice)) >= below for choice in every), seed
            for choice in every[:5]:
                own = node_of(model, choice)
                relaxed = bounds.plain(own)
                assert relaxed is not None
                assert goal.value(model.figures(choice)) >= relaxed.bound + bounds.charged(own)


def test_a_need_that_is_worth_something_leaves_the_bound_one() -> None:
    for seed in range(150):
        model = tangled(seed).model()
        goal = goals.cheapest(goals.most_of(model))
        bounds = bounds_of(model, goal)
        for choice in list(choices(model))[:5]:
            own = node_of(model, choice)
            needs = bounds.needs.of(own)
            for worth in (1, goal.cent // 50, goal.cent):
                pulled = bounds.pulled(own, needs, (worth,) * len(needs))
                assert pulled is not None
                assert goal.value(model.figures(choice)) >= pulled.bound + bounds.charged(own), seed


def test_reduced_costs_add_up_to_no_more_than_a_choice() -> None:
    for seed in range(100):
        model = tangled(seed).model()
        goal = goals.cheapest(goals.most_of(model))
        bounds = bounds_of(model, goal)
        classes = whole(model)
        relaxed = bounds.plain(classes)
        assert relaxed is not None
        reduced = bounds.reduced(classes, relaxed)
        costs = [{id(option): cost for cost, option in options} for options in reduced.options]
        for choice in list(choices(model))[:30]:
            spent = sum(of_line[id(option)] for of_line, option in zip(costs, choice, strict=True))
            assert goal.value(model.figures(choice)) >= reduced.total + spent + bounds.charged(classes)


def test_a_node_in_which_a_line_has_no_option_has_no_bound() -> None:
    model = tangled(1).model()
    bounds = bounds_of(model, goals.cheapest(goals.most_of(model)))
    assert bounds.plain(whole(model)._replace(closed=-1)) is None


def test_what_must_be_there_is_charged() -> None:
    model = tangled(1).model()
    goal = goals.fewest(goals.most_of(model))
    bounds = bounds_of(model, goal)
    classes: Classes = whole(model)
    assert bounds.charged(classes._replace(must=1)) >= bounds.charged(classes) + goal.delivery
