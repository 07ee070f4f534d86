"""How a bound is lifted: what a unit of each unmet need is worth is raised until the choice meets it. On the way
choices are filled up until they meet a need; a line is split for that where it pays.
"""

from typing import NamedTuple

from desktop_app.domain.planning.bounds import Bounds, Relaxed
from desktop_app.domain.planning.classes import Classes, Meter
from desktop_app.domain.planning.goal import Goal
from desktop_app.domain.planning.model import Model, levels_at
from desktop_app.domain.planning.needs import Need, Pulls
from desktop_app.domain.planning.options import Option, PlannedLine

_ROUNDS = 8
# A bound that no choice is under.
_IMPOSSIBLE = 10**6


class Lifted(NamedTuple):
    """The best bound found, and choices that meet the needs one by one."""

    relaxed: Relaxed
    filled: tuple[tuple[Option, ...], ...]


class _Step(NamedTuple):
    """Replacing a line's option: its cost per unit given to the need, the units, and what replaces it."""

    slope: float
    gain: int
    number: int
    option: Option


class Lifting:
    """Lifts the bounds of one search."""

    def __init__(self, model: Model, goal: Goal, bounds: Bounds, meter: Meter) -> None:
        self._model = model
        self._goal = goal
        self._bounds = bounds
        self._meter = meter

    def lifted(self, classes: Classes, before: Relaxed | None, enough: int) -> Lifted | None:
        """The bound of a node with all it needs, no further than `enough`; None where a line has no option left.

        `before` is that of the node it is a part of: what a need was worth there it is likely to be here.
        """
        needs = self._bounds.needs.of(classes)
        if not needs:
            plain = self._bounds.plain(classes)
            return None if plain is None else Lifted(plain, ())
        known = {} if before is None else dict(zip(before.needs, before.worths, strict=True))
        worths = [known.get(need, 0) for need in needs]
        now = self._bounds.pulled(classes, needs, tuple(worths))
        if now is None:
            return None
        best = now
        if len(needs) > 1 and not self._bounds.needs.can_be_met(needs, classes):
            return self._impossible(now)
        filled: list[tuple[Option, ...]] = []
        for _ in range(_ROUNDS):
            lacks = self._bounds.needs.lacking(classes, needs, self._model.sums(now.chosen))
            place = max(range(len(needs)), key=lambda one: lacks[one] / (abs(needs[one].amount) + 1))
            if lacks[place] <= 0 or best.bound >= enough:
                break
            slope, full = self._filled(now.chosen, self._steps(classes, now, place), lacks[place])
            if full is None:
                return self._impossible(now)
            filled += [full, *self._split(classes, needs[place], full, now.chosen)]
            filled += self._repaired(classes, now, full)
            worths[place] += int(slope)
            pulled = self._bounds.pulled(classes, needs, tuple(worths))
            if pulled is None or pulled == now:
                break
            now = pulled
            best = max(best, now, key=lambda one: one.bound)
            if slope <= 0:
                break
        return Lifted(best, tuple(filled))

    def _impossible(self, plain: Relaxed) -> Lifted:
        return Lifted(plain._replace(bound=self._goal.refusal * _IMPOSSIBLE), ())

    def _steps(self, classes: Classes, now: Relaxed, place: int) -> list[_Step]:
        """The replacements that give more to a need, cheapest per unit first, each line's one after the other."""
        need, bit = now.needs[place], 1 << now.needs[place].at
        levels = self._model.levels(now.chosen)
        pulls = self._bounds.pulls(classes, now.needs, now.worths)
        steps: list[_Step] = []
        for number, (line, option) in enumerate(zip(self._model.lines, now.chosen, strict=True)):
            if not any(other.houses & bit for other in line.options):
                continue
            self._meter.take(4 * len(line.options))
            spent, gained = self._worth(classes, pulls, need, line, option, levels)
            rest = [
                (*self._worth(classes, pulls, need, line, other, levels), other)
                for other in line.options
                if not other.deliveries & classes.closed
            ]
            while rest := [one for one in rest if one[1] > gained]:
                value, given, other = min(rest, key=lambda one: ((one[0] - spent) / (one[1] - gained), -one[1]))
                steps.append(_Step((value - spent) / (given - gained), given - gained, number, other))
                spent, gained = value, given
        steps.sort(key=lambda one: (one.slope, -one.gain, one.number))
        return steps

    def _worth(
        self,
        classes: Classes,
        pulls: Pulls,
        need: Need,
        line: PlannedLine,
        option: Option,
        levels: dict[tuple[int, str], int],
    ) -> tuple[int, int]:
        """An option's value with all the worths so far, and what it gives to one need, at the present levels."""
        value, given = option.value, 0
        for part, goods in self._model.goods_of(line, option, levels):
            if option.cents is None:
                amounts = line.tariffs[part.at].amounts(part.quantity, levels_at(line, part.at, levels))
                value += (amounts.goods + amounts.fees) * self._goal.cent
            rate, weighs = pulls.of_goods(line.document_keys, part.at), pulls.of_weight[part.at]
            value += part.weight * weighs - goods * rate
            if part.at == need.at:
                given += self._bounds.needs.gift(need, classes, line, part.weight, goods)
        return value, given

    def _filled(
        self, chosen: tuple[Option, ...], steps: list[_Step], lacking: int
    ) -> tuple[float, tuple[Option, ...] | None]:
        """The choice with as many steps taken as the need lacks, and the cost per unit of the last one."""
        filled = list(chosen)
        for step in steps:
            filled[step.number] = step.option
            lacking -= step.gain
            if lacking <= 0:
                return max(step.slope, 0.0), tuple(filled)
        return 0.0, None

    def _repaired(self, classes: Classes, now: Relaxed, full: tuple[Option, ...]) -> list[tuple[Option, ...]]:
        """The choice with the needs met that it no longer meets since one of them was filled up, as far as it goes."""
        repaired: list[tuple[Option, ...]] = []
        for _ in range(len(now.needs)):
            lacks = self._bounds.needs.lacking(classes, now.needs, self._model.sums(full))
            place = max(range(len(lacks)), key=lambda one: lacks[one] / (abs(now.needs[one].amount) + 1))
            if lacks[place] <= 0:
                break
            changed = now._replace(chosen=full)
            _, fuller = self._filled(full, self._steps(classes, changed, place), lacks[place])
            if fuller is None:
                break
            full = fuller
            repaired.append(full)
        return repaired[-1:]

    def _split(
        self, classes: Classes, need: Need, full: tuple[Option, ...], before: tuple[Option, ...]
    ) -> list[tuple[Option, ...]]:
        """The filled choice with the line that met the need split so that it gives no more than it must."""
        moved = [number for number, option in enumerate(full) if option is not before[number]]
        surplus = -self._bounds.needs.lacking(classes, [need], self._model.sums(full))[0]
        best: tuple[int, int, Option] | None = None
        for number in moved:
            line, option = self._model.lines[number], full[number]
            if line.complete or not line.alone:
                continue
            more = self._model.expand(number)
            self._meter.take(10 * len(more))
            for other in more:
                other.value = self._goal.of_option(other)
            line.options.sort(key=lambda one: (one.value, one.parts))
            enough = self._bounds.needs.given([need], classes, line, option)[0] - surplus
            for other in more:
                gain = option.value - other.value
                given = self._bounds.needs.given([need], classes, line, other)[0]
                if given >= enough and not other.deliveries & classes.closed and (best is None or gain > best[0]):
                    best = gain, number, other
        if best is None or best[0] <= 0:
            return []
        _, number, option = best
        return [(*full[:number], option, *full[number + 1 :])]
