"""Families: the best of lines that change each other's prices."""

import itertools

from desktop_app.domain.planning import goal as goals
from desktop_app.domain.planning.classes import Meter
from desktop_app.domain.planning.discounts import DiscountBounds
from desktop_app.domain.planning.families import FamilySearch
from desktop_app.domain.planning.model import Model
from desktop_app.domain.planning.needs import Pulls
from desktop_app.domain.planning.options import Option
from desktop_app.domain.planning.search import value_options
from tests.support.sourcing_orders import long_order, tangled
from tests.unit.domain.planning.test_needs import whole


def pulls_of(model: Model) -> Pulls:
    return Pulls(whole(model), DiscountBounds(model), 0, (), ())


def value(model: Model, numbers: tuple[int, ...], options: tuple[Option, ...], goal: goals.Goal) -> int:
    """What a family's options come to, counted apart from everything else."""
    choice = [line.options[0] for line in model.lines]
    for number, option in zip(numbers, options, strict=True):
        choice[number] = option
    levels, total = model.levels(choice), 0
    taken = dict.fromkeys(model.left, 0)
    for number, option in zip(numbers, options, strict=True):
        line = model.lines[number]
        total += option.value
        for part in option.parts:
            here = tuple(levels.get((part.at, key), 0) for key in line.keys)
            amounts = line.tariffs[part.at].amounts(part.quantity, here)
            total += (amounts.goods + amounts.fees) * goal.cent
            for condition in amounts.takes:
                if condition in taken:
                    taken[condition] += part.quantity
    return total + goal.refusal * sum(taken[condition] > left for condition, left in model.left.items())


def test_the_best_of_a_family_is_that_of_trying_everything() -> None:
    looked_at = 0
    for seed in range(1_500):
        model = tangled(seed, stock=(3, 50)).model()
        goal = goals.cheapest(goals.most_of(model))
        for numbers in model.families:
            value_options(model, goal)
            every = list(itertools.product(*(tuple(model.lines[number].options) for number in numbers)))
            if len(every) > 400 or len(model.families) > 1:
                continue
            found = FamilySearch(model, numbers, goal, Meter(10**8)).best(0, pulls_of(model))
            assert found is not None
            least = min(value(model, numbers, options, goal) for options in every)
            assert (found.bound, value(model, numbers, found.options, goal)) == (least, least), seed
            looked_at += 1
    assert looked_at > 100


def test_without_work_the_bound_still_holds() -> None:
    model = long_order(1, 40, 3, assortments=True).model()
    goal = goals.cheapest(goals.most_of(model))
    value_options(model, goal)
    for numbers in model.families:
        hasty = FamilySearch(model, numbers, goal, Meter(0)).best(0, pulls_of(model))
        patient = FamilySearch(model, numbers, goal, Meter(10**8)).best(0, pulls_of(model))
        assert hasty is not None
        assert patient is not None
        assert hasty.bound <= value(model, numbers, patient.options, goal)
        assert value(model, numbers, hasty.options, goal) >= patient.bound


def test_a_line_without_an_option_left_has_no_best() -> None:
    model = long_order(1, 40, 3, assortments=True).model()
    goal = goals.cheapest(goals.most_of(model))
    value_options(model, goal)
    assert FamilySearch(model, model.families[0], goal, Meter(10**6)).best(-1, pulls_of(model)) is None
