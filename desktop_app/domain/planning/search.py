"""Branch and bound for the best choice of a model by one goal: which deliveries there are, and which classes of goods,
weight and discount the sub-orders fall into. Bounds: `bounds`; the last step inside a node: `closing`.
"""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from desktop_app.domain.planning.bounds import Bounds, Relaxed
from desktop_app.domain.planning.classes import Classes, Kind, Meter, Range
from desktop_app.domain.planning.closing import close
from desktop_app.domain.planning.discounts import PARTS_OF_ONE
from desktop_app.domain.planning.goal import Goal
from desktop_app.domain.planning.lifting import Lifting
from desktop_app.domain.planning.model import Choice, Figures, Model
from desktop_app.domain.planning.options import Option

# Work of a search: for any order, for each of its lines, and what a small one may take besides, to be proven.
_STEPS, _STEPS_PER_LINE, _STEPS_OF_SMALL, _SMALL = 30_000, 60, 90_000, 100
# Once the cents are proven, what may still be spent on fewer deliveries and earlier days.
_STEPS_BELOW, _STEPS_BELOW_PER_LINE = 10_000, 40


class Result(NamedTuple):
    """The best choice found and what it comes to. `bound`: no choice has a lower value. `cent` is the goal's weight;
    `roundings` the cents that rounding document discounts may make of a bound.
    """

    choice: tuple[Option, ...]
    figures: Figures
    value: int
    bound: int
    cent: int
    roundings: int

    @property
    def gap(self) -> int:
        """The cents by which another choice could be better; 0 where none can."""
        whole = self.value - self.value % self.cent
        return max(-((self.bound - whole) // self.cent), 0)

    @property
    def proven(self) -> bool:
        """Whether no choice is better, but for the roundings of document discounts.

        Of equally good ones another might have fewer deliveries or waiting days.
        """
        return self.gap <= self.roundings


class _Node(NamedTuple):
    """A part of all choices with its bound; `tries`: how often its lines were gone through without an end."""

    classes: Classes
    relaxed: Relaxed
    figures: Figures
    bound: int
    tries: int = 0


class _Split(NamedTuple):
    """A way to part a node, and the value its bound misses where it is not parted so."""

    loss: int
    parts: tuple[Classes, Classes]


class Search:
    """One search. The model's options are put in the order of the goal, so one search works on a model at a time."""

    def __init__(self, model: Model, goal: Goal, steps: int | None = None) -> None:
        self._model = model
        self._goal = goal
        self.meter = Meter(steps_for(model) if steps is None else steps)
        # The lines of one node may take so much of it at first.
        self._share = self.meter.left // 4
        self._below = _STEPS_BELOW + _STEPS_BELOW_PER_LINE * len(model.lines)
        self._serial = count()
        self._heap: list[tuple[int, int, _Node]] = []
        self._best: tuple[int, tuple[Option, ...], Figures] | None = None
        # The least bound of what was given up for lack of steps.
        self._given_up: int | None = None
        value_options(model, goal)
        self._bounds = Bounds(model, goal, self.meter)
        self._roundings = self._bounds.discounts.roundings_of_all()
        self._lifting = Lifting(model, goal, self._bounds, self.meter)

    def run(self, closed: int = 0, known: Iterable[Choice] = ()) -> Result | None:
        """The best choice without the deliveries of `closed` that the steps allow; None where there is no choice.

        None is worse than one of the `known` choices that has none of these deliveries.
        """
        for choice in known:
            if not any(option.deliveries & closed for option in choice):
                self._offer(tuple(choice))
        self._add(self._root(closed), None)
        if self._best is None:
            return None
        while self._heap and not self.meter.empty and self._heap[0][0] < self._best[0]:
            self._spare()
            node = heappop(self._heap)[2]
            children = self._children(node)
            if children:
                for classes in children:
                    self._add(classes, node.relaxed)
            else:
                self._close(node)
        value, choice, figures = self._best
        rest = [one for one in (self._given_up, self._heap[0][0] if self._heap else None) if one is not None]
        if not self._model.bounded:
            rest.append(0)
        return Result(choice, figures, value, min([value, *rest]), self._goal.cent, self._roundings)

    def _spare(self) -> None:
        """Spend little on what is below a cent, or below the roundings of the bound."""
        assert self._best is not None
        best, cent = self._best[0], self._goal.cent
        if self._heap[0][0] >= best - best % cent - self._roundings * cent:
            self.meter.left = min(self.meter.left, self._below)

    def _root(self, closed: int) -> Classes:
        houses = self._model.houses
        return Classes(
            closed,
            self._sure_deliveries(closed),
            tuple((0, len(house.charges.goods_steps)) for house in houses),
            tuple((0, len(house.charges.weight_steps)) for house in houses),
            tuple((0, len(house.documents)) for house in houses),
        )

    def _sure_deliveries(self, closed: int) -> int:
        """The deliveries that some line cannot do without."""
        sure = 0
        for line in self._model.lines:
            common = -1
            for option in line.options:
                if not option.deliveries & closed:
                    common &= option.deliveries
                    if not common & ~sure:
                        break
            sure |= common if common != -1 else 0
        return sure

    def _add(self, classes: Classes, before: Relaxed | None) -> None:
        charged = self._bounds.charged(classes)
        enough = self._goal.refusal * 10**6 if self._best is None else self._best[0] - charged
        lifted = self._lifting.lifted(classes, before, enough)
        if lifted is None:
            return
        relaxed = lifted.relaxed
        bound = self._goal.snapped(relaxed.bound + charged)
        figures = self._offer(relaxed.chosen)
        for filled in lifted.filled:
            self._offer(filled)
        assert self._best is not None
        if bound < self._best[0]:
            heappush(self._heap, (bound, -next(self._serial), _Node(classes, relaxed, figures, bound)))

    def _offer(self, choice: tuple[Option, ...]) -> Figures:
        self.meter.take(2 * len(choice))
        figures = self._model.figures(choice)
        value = self._goal.value(figures)
        if self._best is None or value < self._best[0]:
            self._best = value, choice, figures
        return figures

    # --- branching ------------------------------------------------------------------------------------------------

    def _children(self, node: _Node) -> list[Classes]:
        """The two parts of a node, by what its bound misses most; none where only the lines are left to decide."""
        assert self._best is not None
        splits = [*self._by_delivery(node), *self._by_class(node)]
        split = max(splits, key=lambda one: one.loss, default=None)
        # What is worth less than a cent does not close a gap of cents: the lines themselves must.
        if split is None or split.loss < self._goal.cent <= self._best[0] - node.bound:
            return []
        return list(split.parts)

    def _by_delivery(self, node: _Node) -> Iterator[_Split]:
        """By whether there is a delivery that the choice uses and the bound has not counted."""
        classes = node.classes
        musts = {at for bit, (at, _) in enumerate(self._model.deliveries) if classes.must >> bit & 1}
        for bit, (at, _) in enumerate(self._model.deliveries):
            delivery = 1 << bit
            if not node.figures.deliveries & ~classes.must & delivery:
                continue
            loss = self._goal.delivery
            if at not in musts:
                charge = self._model.houses[at].charges.least(classes.goods[at], classes.weights[at])
                loss += charge.cents * self._goal.cent + charge.refusals * self._goal.refusal
            closed = classes.closed | delivery
            yield _Split(
                loss,
                (
                    classes._replace(must=classes.must | delivery),
                    classes._replace(closed=closed, must=classes.must | self._sure_deliveries(closed)),
                ),
            )

    def _by_class(self, node: _Node) -> Iterator[_Split]:
        """By the classes of a sub-order whose charge or discount is not what the bound assumed."""
        classes, goal = node.classes, self._goal
        for one in self._model.sub_orders(node.relaxed.chosen):
            at, charges = one.at, self._model.houses[one.at].charges
            among = classes.documents[at]
            document = _parted(among, one.document)
            if document is not None:
                assumed = self._bounds.discounts.fixed(at, among) + sum(
                    goods * self._bounds.discounts.most(keys, at, among) // PARTS_OF_ONE
                    for keys, goods in one.bases.items()
                )
                yield self._split((assumed - one.discount) * goal.cent, classes, Kind.DOCUMENT, at, document)
            real = charges.of(one.goods_class, one.weight_class)
            least = charges.least(classes.goods[at], classes.weights[at])
            loss = (real.refusals - least.refusals) * goal.refusal + (real.cents - least.cents) * goal.cent
            by_goods = _parted(classes.goods[at], one.goods_class)
            by_weight = _parted(classes.weights[at], one.weight_class)
            if loss > 0 and by_goods is not None:
                yield self._split(loss, classes, Kind.GOODS, at, by_goods)
            elif loss > 0 and by_weight is not None:
                yield self._split(loss, classes, Kind.WEIGHT, at, by_weight)

    def _split(self, loss: int, classes: Classes, kind: Kind, at: int, ranges: tuple[Range, Range]) -> _Split:
        first, second = (classes.narrowed(kind, at, part) for part in ranges)
        return _Split(loss, (first, second))

    def _close(self, node: _Node) -> None:
        """Try what is left inside a node, line by line."""
        assert self._best is not None
        share = min(self.meter.left, self._share << node.tries)
        meter = Meter(share)
        outcome = close(
            self._model,
            self._bounds,
            self._goal,
            node.classes,
            node.relaxed,
            self._bounds.charged(node.classes),
            limit=self._best[0],
            meter=meter,
        )
        self.meter.take(share - meter.left)
        if outcome.choice is not None:
            self._offer(outcome.choice)
        if not outcome.finished and not self.meter.empty:
            heappush(self._heap, (node.bound, -next(self._serial), node._replace(tries=node.tries + 1)))
        elif not outcome.finished or not self._model.complete:
            # Where lines have more ways than were looked at, one of those may be better than all that were.
            self._given_up = node.bound if self._given_up is None else min(self._given_up, node.bound)


def steps_for(model: Model) -> int:
    """The work that a search of this model may take."""
    lines = len(model.lines)
    return _STEPS + _STEPS_PER_LINE * lines + _STEPS_OF_SMALL * max(_SMALL - lines, 0) // _SMALL


def value_options(model: Model, goal: Goal) -> None:
    """Give every option its value by the goal, as far as it follows from its line alone, and put the best first."""
    for line in model.lines:
        for option in line.options:
            option.value = goal.of_option(option)
        line.options.sort(key=lambda option: (option.value, option.parts))


def _parted(whole: Range, real: int) -> tuple[Range, Range] | None:
    """A range of classes parted behind the real one, or before the last; None where it is one class."""
    first, last = whole
    if first == last:
        return None
    split = min(max(real, first), last - 1)
    return (first, split), (split + 1, last)
