"""Boxes of break levels for families: what parts come to there at least, what it costs to bring a choice into one.

Which boxes are looked at is decided in `families`.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from desktop_app.domain.planning.classes import Range
from desktop_app.domain.planning.model import Model
from desktop_app.domain.planning.options import Option, PlannedLine

# A wholesaler and an assortment there.
Place = tuple[int, str]
# For each place the fewest and the most breaks begun.
Box = Mapping[Place, Range]
# How often a bound is lifted.
_ROUNDS = 6


class ReadyPart:
    """Units of a line at one wholesaler: what they come to at each level of the line's assortments."""

    def __init__(self, line: PlannedLine, at: int, quantity: int, weight: int) -> None:
        self.at = at
        self.quantity = quantity
        self._line = line
        self._weight = weight
        self._worths: dict[tuple[int, ...], int] = {}
        self._lows: dict[tuple[Range, ...], int] = {}
        self._sure: dict[tuple[Range, ...], frozenset[str]] = {}
        self._cent = self._rate = self._weighs = 0

    def value_by(self, cent: int, rate: int, weighs: int) -> None:
        """From now on a cent counts `cent`, less `rate` for one of goods; a unit of weight counts `weighs`."""
        if (cent, rate, weighs) != (self._cent, self._rate, self._weighs):
            self._cent, self._rate, self._weighs = cent, rate, weighs
            self._worths.clear()
            self._lows.clear()

    def worth(self, levels: tuple[int, ...]) -> int:
        """The value at these levels."""
        known = self._worths.get(levels)
        if known is None:
            amounts = self._line.tariffs[self.at].amounts(self.quantity, levels)
            known = (amounts.goods + amounts.fees) * self._cent - amounts.goods * self._rate
            known += self._weight * self._weighs
            self._worths[levels] = known
        return known

    def low(self, ranges: tuple[Range, ...]) -> int:
        """The least value within ranges of levels."""
        known = self._lows.get(ranges)
        if known is None:
            known = min(map(self.worth, _levels_within(ranges)))
            self._lows[ranges] = known
        return known

    def takes(self, levels: tuple[int, ...]) -> tuple[str, ...]:
        """The limited records its price takes from at these levels."""
        return self._line.tariffs[self.at].amounts(self.quantity, levels).takes

    def surely_takes(self, ranges: tuple[Range, ...]) -> frozenset[str]:
        """The limited records its price takes from at all levels within ranges."""
        known = self._sure.get(ranges)
        if known is None:
            taken = (frozenset(self.takes(levels)) for levels in _levels_within(ranges))
            known = self._sure[ranges] = frozenset.intersection(*taken)
        return known


class Way(NamedTuple):
    """An option with its parts made ready, and its units per wholesaler."""

    option: Option
    parts: tuple[ReadyPart, ...]
    units: tuple[int, ...]


Ways = tuple[tuple[Way, ...], ...]
# The line that meets a demand only in part, and the two ways it stands between.
Torn = tuple[int, Way, Way]


class Lifted(NamedTuple):
    """A bound of a box, choices that were filled up on the way to it, and the line that is torn."""

    bound: int
    filled: list[tuple[Way, ...]]
    torn: Torn | None


class BoxLifting:
    """Lifts the bounds of boxes for one family. `impossible` stands for a box that no choice is in."""

    def __init__(self, model: Model, lines: Sequence[PlannedLine], impossible: int) -> None:
        self._model = model
        self._lines = lines
        self._impossible = impossible

    def lifted(self, box: Box, allowed: Ways, chosen: tuple[Way, ...], lows: list[list[int]], enough: int) -> Lifted:
        """The bound of the box where a unit of an assortment is worth something as long as one is wanted (a
        Lagrangian bound), no further than `enough`. `lows` are the least values of all ways in the box.
        """
        best, now, values = 0, chosen, lows
        worths: dict[tuple[Place, int], int] = {}
        filled: list[tuple[Way, ...]] = []
        torn: Torn | None = None
        for _ in range(_ROUNDS):
            demand = self._demand(box, counted(self._lines, now))
            if demand is None or best >= enough:
                break
            place, sign, _ = demand
            slope, changes = self._moved(allowed, now, values, demand)
            if changes is None:
                return Lifted(self._impossible, filled, None)
            full = list(now)
            for number, way in changes:
                full[number] = way
            filled.append(tuple(full))
            last, way = changes[-1]
            torn = last, now[last], way
            worths[place, sign] = worths.get((place, sign), 0) + slope
            values = [
                _less_worth(of_line, ways, _worth_at(line, worths))
                for line, of_line, ways in zip(self._lines, lows, allowed, strict=True)
            ]
            least = [min(of_line) for of_line in values]
            now = tuple(ways[of_line.index(low)] for ways, of_line, low in zip(allowed, values, least, strict=True))
            wanted = sum(worth * sign * self._wanted(box, place, sign) for (place, sign), worth in worths.items())
            best = max(best, sum(least) + wanted)
            if slope <= 0:
                break
        return Lifted(best, filled, torn)

    def _wanted(self, box: Box, place: Place, sign: int) -> int:
        """The units of an assortment that a box asks for at a wholesaler: at least (1) or at most (-1)."""
        lowest, highest = box[place]
        starts = self._model.starts(place[1])
        return starts[lowest - 1] if sign > 0 else starts[highest] - 1

    def _demand(self, box: Box, units_at: Mapping[Place, int]) -> tuple[Place, int, int] | None:
        """Where an assortment lacks most for the box (1) or has most too many (-1), and the units; None: nowhere."""
        worst: tuple[Place, int, int] | None = None
        for place, (lowest, highest) in box.items():
            units, starts = units_at.get(place, 0), self._model.starts(place[1])
            if lowest and units < starts[lowest - 1]:
                found = (place, 1, starts[lowest - 1] - units)
            elif highest < len(starts) and units >= starts[highest]:
                found = (place, -1, units - starts[highest] + 1)
            else:
                continue
            if worst is None or found[2] > worst[2]:
                worst = found
        return worst

    def _moved(
        self,
        allowed: Ways,
        chosen: tuple[Way, ...],
        values: list[list[int]],
        demand: tuple[Place, int, int],
    ) -> tuple[int, list[tuple[int, Way]] | None]:
        """The ways to change so that a demand is met, with their lines, and what a unit costs at the last of them.

        None where it cannot be met.
        """
        (at, key), sign, need = demand
        steps: list[tuple[float, int, int, Way]] = []
        for number, (line, ways, way, of_line) in enumerate(zip(self._lines, allowed, chosen, values, strict=True)):
            if key not in line.keys or len(ways) == 1:
                continue
            gained, spent = 0, of_line[ways.index(way)]
            found = [
                (sign * (other.units[at] - way.units[at]), value, other)
                for other, value in zip(ways, of_line, strict=True)
            ]
            while found := [one for one in found if one[0] > gained]:
                gain, value, other = min(found, key=lambda one: ((one[1] - spent) / (one[0] - gained), -one[0]))
                steps.append(((value - spent) / (gain - gained), gain - gained, number, other))
                gained, spent = gain, value
        changes = []
        for slope, gain, number, other in sorted(steps, key=lambda one: (one[0], -one[1], one[2])):
            changes.append((number, other))
            need -= gain
            if need <= 0:
                return max(int(slope), 0), changes
        return 0, None


def counted(lines: Sequence[PlannedLine], chosen: Sequence[Way]) -> dict[Place, int]:
    """The units of each assortment at each wholesaler."""
    units: dict[Place, int] = {}
    for line, way in zip(lines, chosen, strict=True):
        for key in line.keys:
            for part in way.parts:
                units[part.at, key] = units.get((part.at, key), 0) + part.quantity
    return units


def _worth_at(line: PlannedLine, worths: Mapping[tuple[Place, int], int]) -> list[tuple[int, int]]:
    """What a unit of a line is worth at each wholesaler for the demands met so far: those of its own assortments."""
    found: dict[int, int] = {}
    for ((at, key), sign), worth in worths.items():
        if key in line.keys:
            found[at] = found.get(at, 0) + worth * sign
    return list(found.items())


def _less_worth(lows: list[int], ways: Sequence[Way], worth_at: list[tuple[int, int]]) -> list[int]:
    """The values of a line's ways less what their units are worth."""
    for at, worth in worth_at:
        lows = [low - way.units[at] * worth for low, way in zip(lows, ways, strict=True)]
    return lows


def _levels_within(ranges: tuple[Range, ...]) -> Iterator[tuple[int, ...]]:
    return product(*(range(lowest, highest + 1) for lowest, highest in ranges))
