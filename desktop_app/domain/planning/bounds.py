"""What the choices of a search node come to at least: the best option per line, with what its needs are worth (a
Lagrangian bound). Finding those worths: `lifting`; which nodes there are: `search`.
"""

from typing import NamedTuple

from desktop_app.domain.planning.classes import Classes, Meter
from desktop_app.domain.planning.discounts import DiscountBounds
from desktop_app.domain.planning.families import FamilySearch, Found
from desktop_app.domain.planning.goal import Goal
from desktop_app.domain.planning.model import Model
from desktop_app.domain.planning.needs import Need, Needs, Pulls
from desktop_app.domain.planning.options import Option, PlannedLine


class Relaxed(NamedTuple):
    """A lower bound and the choice it comes from. `worths` are what a unit of each need was taken to be worth."""

    bound: int
    chosen: tuple[Option, ...]
    needs: tuple[Need, ...] = ()
    worths: tuple[int, ...] = ()


class Reduced(NamedTuple):
    """For each line its options with what they cost above the best one, and the sum of the best: a lower bound."""

    total: int
    options: tuple[tuple[tuple[int, Option], ...], ...]


class Bounds:
    """Bounds by one goal. The options' values must be this goal's, and the best of a line's options its first."""

    def __init__(self, model: Model, goal: Goal, meter: Meter) -> None:
        self._model = model
        self._goal = goal
        self._meter = meter
        self.discounts = DiscountBounds(model)
        self.needs = Needs(model, self.discounts)
        self._families = [(numbers, FamilySearch(model, numbers, goal, meter)) for numbers in model.families]
        self._found: dict[tuple[object, ...], Found | None] = {}
        bound = {number for numbers in model.families for number in numbers}
        self._free = [number for number in range(len(model.lines)) if number not in bound]

    def plain(self, classes: Classes) -> Relaxed | None:
        """The bound of a node as if nothing were needed; None where a line has no option left."""
        if self._model.has_documents:
            return self.pulled(classes, (), ())
        chosen: list[Option | None] = [None] * len(self._model.lines)
        total, closed = 0, classes.closed
        self._meter.take(len(self._free) // 4 + 10)
        for number in self._free:
            line = self._model.lines[number]
            for option in line.options:
                if not option.deliveries & closed:
                    chosen[number] = option
                    total += option.value
                    break
            else:
                return None
            if not line.complete:
                allowed = [(one.value, one) for one in line.options if not one.deliveries & closed]
                total -= self._unseen(line, option.value, allowed)
        return self._with_families(classes, total, chosen, (), ())

    def pulled(self, classes: Classes, needs: tuple[Need, ...], worths: tuple[int, ...]) -> Relaxed | None:
        """The bound of a node where each unit given to a need is worth so much."""
        chosen: list[Option | None] = [None] * len(self._model.lines)
        total = sum(worth * need.amount for worth, need in zip(worths, needs, strict=True))
        pulls = self.pulls(classes, needs, worths)
        for number in self._free:
            line = self._model.lines[number]
            self._meter.take(len(line.options))
            valued = [
                (option.value - pull_of(pulls, line, option), option)
                for option in line.options
                if not option.deliveries & classes.closed
            ]
            if not valued:
                return None
            best, chosen[number] = min(valued, key=lambda one: one[0])
            total += best
            if not line.complete:
                total -= self._unseen(line, best, valued)
        return self._with_families(classes, total, chosen, needs, worths)

    def reduced(self, classes: Classes, relaxed: Relaxed) -> Reduced:
        """The options left in a node by what they cost above their line's best, with its needs' worths.

        Lines of a family count with the best prices they could have.
        """
        total = sum(worth * need.amount for worth, need in zip(relaxed.worths, relaxed.needs, strict=True))
        pulls = self.pulls(classes, relaxed.needs, relaxed.worths)
        found = []
        for line in self._model.lines:
            self._meter.take(2 * len(line.options))
            valued = [
                (self._least(pulls, line, option), option)
                for option in line.options
                if not option.deliveries & classes.closed
            ]
            least = min(value for value, _ in valued)
            total += least
            found.append(tuple(sorted(((value - least, option) for value, option in valued), key=lambda one: one[0])))
        return Reduced(total, tuple(found))

    def charged(self, classes: Classes) -> int:
        """What charges and deliveries that a node must have come to at least, less what discounts take off at most."""
        goal = self._goal
        total = classes.must.bit_count() * goal.delivery
        musts = {at for bit, (at, _) in enumerate(self._model.deliveries) if classes.must >> bit & 1}
        for at, house in enumerate(self._model.houses):
            least = house.charges.least(classes.goods[at], classes.weights[at])
            charge = least.cents * goal.cent + least.refusals * goal.refusal
            if house.documents:
                among = classes.documents[at]
                charge -= self.discounts.fixed(at, among) * goal.cent
                charge -= self.discounts.roundings(at, among) * goal.cent // 2
            total += charge if at in musts else min(charge, 0)
        return total

    def pulls(self, classes: Classes, needs: tuple[Need, ...], worths: tuple[int, ...]) -> Pulls:
        """What goods and weight are worth in a node besides their price."""
        return Pulls(classes, self.discounts, self._goal.cent, needs, worths)

    def _unseen(self, line: PlannedLine, best: int, valued: list[tuple[int, Option]]) -> int:
        """What a way that is no option could be below the best option.

        Such a way lies a pack at least from each option, on the line between two. Its roundings win only where these
        two, one of them a split, are hardly apart.
        """
        slack = line.unseen * self._goal.cent
        near = [option for value, option in valued if value <= best + slack * line.packs] if slack else []
        return slack if len(near) > 1 and any(len(option.parts) > 1 for option in near) else 0

    def _with_families(
        self,
        classes: Classes,
        total: int,
        chosen: list[Option | None],
        needs: tuple[Need, ...],
        worths: tuple[int, ...],
    ) -> Relaxed | None:
        """The bound of the free lines and that of the families, each at its best."""
        pulls = self.pulls(classes, needs, worths)
        for place, (numbers, search) in enumerate(self._families):
            key = (place, classes.closed, *search.pulled_by(pulls))
            if key not in self._found:
                self._found[key] = search.best(classes.closed, pulls)
            found = self._found[key]
            if found is None:
                return None
            total += found.bound
            total -= sum(self._model.lines[number].unseen for number in numbers) * self._goal.cent
            for number, option in zip(numbers, found.options, strict=True):
                chosen[number] = option
        return Relaxed(total, tuple(option for option in chosen if option is not None), needs, worths)

    def _least(self, pulls: Pulls, line: PlannedLine, option: Option) -> int:
        """The value of an option at its best prices."""
        if option.cents is not None:
            return option.value - pull_of(pulls, line, option)
        total = option.value
        for part in option.parts:
            rate = pulls.of_goods(line.document_keys, part.at)
            total += part.weight * pulls.of_weight[part.at] + min(
                (amounts.goods + amounts.fees) * self._goal.cent - amounts.goods * rate
                for amounts in self._model.possible_amounts(line, part)
            )
        return total


def pull_of(pulls: Pulls, line: PlannedLine, option: Option) -> int:
    """What an option of a line that is alone is worth besides its price."""
    total = 0
    for part, goods in zip(option.parts, option.goods, strict=True):
        total += goods * pulls.of_goods(line.document_keys, part.at) - part.weight * pulls.of_weight[part.at]
    return total
