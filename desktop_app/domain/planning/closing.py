"""The last step inside a search node: every choice whose reduced costs leave room for something better, one by one."""

from typing import NamedTuple

from desktop_app.domain.planning.bounds import Bounds, Relaxed
from desktop_app.domain.planning.classes import Classes, Meter
from desktop_app.domain.planning.goal import Goal
from desktop_app.domain.planning.model import Model
from desktop_app.domain.planning.options import Option

# What it takes to count up a line, alone and where prices hang together.
_STEPS_ALONE, _STEPS_ENTANGLED = 1, 5


class Outcome(NamedTuple):
    """The best choice that was better, if any; `finished`: there is no other in the node."""

    choice: tuple[Option, ...] | None
    finished: bool


class _Place(NamedTuple):
    """A line that is not settled: its number, and per option what it costs above the best and gives to each need."""

    number: int
    near: list[tuple[int, Option, tuple[int, ...]]]


def close(
    model: Model,
    bounds: Bounds,
    goal: Goal,
    classes: Classes,
    relaxed: Relaxed,
    charged: int,
    *,
    limit: int,
    meter: Meter,
) -> Outcome:
    """Look for a choice of the node below `limit`. `charged` is what its charges come to at least."""
    reduced = bounds.reduced(classes, relaxed)
    room = limit - reduced.total - charged
    chosen = list(relaxed.chosen)
    needs = bounds.needs.of(classes)
    lacking = [need.amount for need in needs]
    places: list[_Place] = []
    for number, options in enumerate(reduced.options):
        near = [
            (cost, option, bounds.needs.given(needs, classes, model.lines[number], option))
            for cost, option in options
            if cost < room
        ]
        if not near:
            return Outcome(None, True)
        chosen[number] = near[0][1]
        if len(near) > 1:
            places.append(_Place(number, near))
        else:
            lacking = [lack - gift for lack, gift in zip(lacking, near[0][2], strict=True)]
    # Lines that soon get dear come first: they leave little to try.
    places.sort(key=lambda place: (-place.near[1][0], place.number))
    return _Closing(model, goal, places, chosen, limit, room).run(lacking, meter)


class _Closing:
    """A walk over the options of the lines that are not settled, cheapest first, cut where nothing can come of it."""

    def __init__(
        self, model: Model, goal: Goal, places: list[_Place], chosen: list[Option], limit: int, room: int
    ) -> None:
        self._model = model
        self._goal = goal
        self._places = places
        self._chosen = chosen
        self._limit = limit
        self._room = room
        entangled = bool(model.families) or model.has_documents
        self._leaf = 5 + len(chosen) * (_STEPS_ENTANGLED if entangled else _STEPS_ALONE)
        self._best: tuple[Option, ...] | None = None

    def run(self, lacking: list[int], meter: Meter) -> Outcome:
        """Walk until nothing is left or the meter is empty."""
        places, chosen = self._places, self._chosen
        coming = self._coming(len(lacking))
        stack: list[tuple[int, int, int, tuple[int, ...]]] = [(0, 0, 0, tuple(lacking))]
        while stack and not meter.empty:
            depth, spent, index, lacks = stack.pop()
            meter.take(2)
            if any(lack > most for lack, most in zip(lacks, coming[depth], strict=True)):
                continue
            if depth == len(places):
                meter.take(self._leaf)
                self._try()
                continue
            near = places[depth].near
            if index == len(near) or spent + near[index][0] >= self._room:
                continue
            stack.append((depth, spent, index + 1, lacks))
            cost, option, gifts = near[index]
            chosen[places[depth].number] = option
            # What is below sees this option: the line above is only looked at again once all of it is done.
            stack.append((depth + 1, spent + cost, 0, tuple(a - b for a, b in zip(lacks, gifts, strict=True))))
        return Outcome(self._best, not stack)

    def _coming(self, needs: int) -> list[tuple[int, ...]]:
        """For each depth the most that the lines from there on can give to each need."""
        coming = [(0,) * needs]
        for place in reversed(self._places):
            most = [max(gifts[need] for _, _, gifts in place.near) for need in range(needs)]
            coming.append(tuple(a + b for a, b in zip(most, coming[-1], strict=True)))
        return coming[::-1]

    def _try(self) -> None:
        value = self._goal.value(self._model.figures(self._chosen))
        if value < self._limit:
            self._room -= self._limit - value
            self._limit, self._best = value, tuple(self._chosen)
