"""The last step inside a node: all that could still be better."""

from desktop_app.domain.planning import goal as goals
from desktop_app.domain.planning.bounds import Bounds
from desktop_app.domain.planning.classes import Meter
from desktop_app.domain.planning.closing import close
from desktop_app.domain.planning.search import value_options
from tests.support.sourcing_orders import choice_count, choices, tangled
from tests.unit.domain.planning.test_needs import whole


def test_closing_the_whole_finds_the_best_choice() -> None:
    for seed in range(200):
        model = tangled(seed).model()
        if choice_count(model) > 300:
            continue
        goal = goals.cheapest(goals.most_of(model))
        value_options(model, goal)
        bounds, classes = Bounds(model, goal, Meter(10**7)), whole(model)
        relaxed = bounds.plain(classes)
        assert relaxed is not None
        values = [goal.value(model.figures(choice)) for choice in choices(model)]
        outcome = close(
            model, bounds, goal, classes, relaxed, bounds.charged(classes), limit=max(values) + 1, meter=Meter(10**8)
        )
        assert outcome.finished
        assert outcome.choice is not None
        assert goal.value(model.figures(outcome.choice)) == min(values)
        # Nothing is better than the best.
        again = close(
            model, bounds, goal, classes, relaxed, bounds.charged(classes), limit=min(values), meter=Meter(10**8)
        )
        assert again == (None, True)


def test_an_empty_meter_ends_it() -> None:
    model = tangled(7, lines=(4,), stock=(100,)).model()
    goal = goals.cheapest(goals.most_of(model))
    value_options(model, goal)
    bounds, classes = Bounds(model, goal, Meter(10**7)), whole(model)
    relaxed = bounds.plain(classes)
    assert relaxed is not None
    outcome = close(model, bounds, goal, classes, relaxed, 0, limit=goal.refusal, meter=Meter(3))
    assert not outcome.finished
