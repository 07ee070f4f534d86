"""The best options of lines that change each other's prices: through an assortment's breaks, or a record that runs out.

Branch and bound over the number of breaks begun at each wholesaler; the sub-order's charges are not seen here.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from desktop_app.domain.planning.classes import Meter, Range
from desktop_app.domain.planning.family_boxes import Box, BoxLifting, Place, ReadyPart, Torn, Way, Ways, counted
from desktop_app.domain.planning.goal import Goal
from desktop_app.domain.planning.model import Model, levels_at
from desktop_app.domain.planning.needs import Pulls
from desktop_app.domain.planning.options import Option

# Nodes of one search at most, and the part of the work left that it may take.
_NODES, _SHARE = 400, 5


class Found(NamedTuple):
    """What is known of a family: no choice is below `bound`; `options` is the best one found, one per line."""

    bound: int
    options: tuple[Option, ...]


class _Node(NamedTuple):
    """A part of all choices: how many breaks may have begun, and which options each line still has.

    `torn` is the line that a demand of the box is met with only in part, and the two ways it stands between.
    """

    box: Box
    allowed: Ways
    chosen: tuple[Way, ...]
    torn: Torn | None


class FamilySearch:
    """The best choice for one family (the numbers of its lines) by one goal."""

    def __init__(self, model: Model, numbers: Sequence[int], goal: Goal, meter: Meter) -> None:
        self._model = model
        self._goal = goal
        self._meter = meter
        self._numbers = numbers
        self._expanded = False
        self.lines = [model.lines[number] for number in numbers]
        self._lifting = BoxLifting(model, self.lines, goal.refusal * 1_000)
        self._parts: list[dict[tuple[int, int], ReadyPart]] = [{} for _ in self.lines]
        self._drawn = sorted({(line.document_keys, at) for line in self.lines for at in line.tariffs})
        limits = {condition for line in self.lines for condition in line.limits}
        self._left = {condition: left for condition, left in model.left.items() if condition in limits}

    def pulled_by(self, pulls: Pulls) -> tuple[int, ...]:
        """The worths that the best choice depends on."""
        return (*(pulls.of_goods(keys, at) for keys, at in self._drawn), *pulls.of_weight)

    def best(self, closed: int, pulls: Pulls) -> Found | None:
        """The best choice without the deliveries of `closed`, goods and weight being worth so much besides their
        price; None where a line has no option left.
        """
        found = self._searched(closed, pulls)
        # Where only the lines are left to decide, all their ways must be seen.
        return self._searched(closed, pulls) if found is None and self._expanded else found

    def _searched(self, closed: int, pulls: Pulls) -> Found | None:
        self._expanded = False
        allowed = tuple(self._ways(number, closed, pulls) for number in range(len(self.lines)))
        if not all(allowed):
            return None
        complete = all(line.complete for line in self.lines)
        # The least bound of what only ways that are no options could better.
        unseen: int | None = None
        serial = count()
        heap: list[tuple[int, int, _Node]] = []
        best: tuple[int, tuple[Way, ...]] | None = None

        def add(box: Box, ways: Ways) -> None:
            nonlocal best
            self._meter.take(sum(map(len, ways)))
            bound, chosen, lows = self._relaxed(box, ways)
            value = self._actual(chosen)
            if best is None or value < best[0]:
                best = value, chosen
            torn = None
            if bound < best[0]:
                lifted = self._lifting.lifted(box, ways, chosen, lows, best[0])
                bound, torn = max(bound, lifted.bound) + self._refused(box, ways), lifted.torn
                for choice in lifted.filled:
                    value = self._actual(choice)
                    if value < best[0]:
                        best = value, choice
            if bound < best[0]:
                heappush(heap, (bound, next(serial), _Node(box, ways, chosen, torn)))

        # One family must not use up what the others need too.
        spared = self._meter.left - self._meter.left // _SHARE
        add(self._whole_box(allowed), allowed)
        for _ in range(_NODES):
            if not heap or best is None or heap[0][0] >= best[0] or self._meter.left <= spared:
                break
            bound, _, node = heappop(heap)
            levels = self._levels(node.chosen)
            place = self._undecided(node, levels)
            if place is None and not complete:
                if self._expand():
                    return None
                unseen = bound if unseen is None else min(unseen, bound)
            for box, ways in self._by_line(node) if place is None else self._by_level(node, place, levels):
                add(box, ways)
        assert best is not None
        open_bounds = [bound for bound in (unseen, heap[0][0] if heap else None) if bound is not None]
        return Found(min([best[0], *open_bounds]), tuple(way.option for way in best[1]))

    def _expand(self) -> bool:
        """Give the lines all their ways; whether there are more now."""
        for number, line in zip(self._numbers, self.lines, strict=True):
            more = self._model.expand(number)
            self._meter.take(10 * len(more))
            for option in more:
                option.value = self._goal.of_option(option)
            line.options.sort(key=lambda option: (option.value, option.parts))
            self._expanded = self._expanded or bool(more)
        return self._expanded

    # --- values ---------------------------------------------------------------------------------------------------

    def _ways(self, number: int, closed: int, pulls: Pulls) -> tuple[Way, ...]:
        line, parts = self.lines[number], self._parts[number]
        houses = len(self._model.houses)
        found = []
        for option in line.options:
            if option.deliveries & closed:
                continue
            ready, units = [], [0] * houses
            for part in option.parts:
                place = (part.at, part.quantity)
                if place not in parts:
                    parts[place] = ReadyPart(line, part.at, part.quantity, part.weight)
                rate = pulls.of_goods(line.document_keys, part.at)
                parts[place].value_by(self._goal.cent, rate, pulls.of_weight[part.at])
                ready.append(parts[place])
                units[part.at] = part.quantity
            found.append(Way(option, tuple(ready), tuple(units)))
        return tuple(found)

    def _whole_box(self, allowed: Ways) -> Box:
        most: dict[Place, int] = {}
        for line, ways in zip(self.lines, allowed, strict=True):
            for key in line.keys:
                for at in line.tariffs:
                    most[at, key] = most.get((at, key), 0) + max(way.units[at] for way in ways)
        return {place: (0, bisect_right(self._model.starts(place[1]), units)) for place, units in most.items()}

    def _relaxed(self, box: Box, allowed: Ways) -> tuple[int, tuple[Way, ...], list[list[int]]]:
        """The sum of each line's least value within the box, the ways that have it, and the least of all ways."""
        total, chosen, lows = 0, [], []
        known: dict[tuple[str, ...], dict[int, tuple[Range, ...]]] = {}
        for line, ways in zip(self.lines, allowed, strict=True):
            # Most lines of a family are bound by the same assortments.
            within = known.setdefault(line.keys, {})
            for at in line.tariffs:
                if at not in within:
                    within[at] = tuple(box[at, key] for key in line.keys)
            of_line = []
            for way in ways:
                low = way.option.value
                for part in way.parts:
                    low += part.low(within[part.at])
                of_line.append(low)
            least = min(of_line)
            total += least
            chosen.append(ways[of_line.index(least)])
            lows.append(of_line)
        return total, tuple(chosen), lows

    def _actual(self, chosen: tuple[Way, ...]) -> int:
        levels = self._levels(chosen)
        total = 0
        taken = dict.fromkeys(self._left, 0)
        for line, way in zip(self.lines, chosen, strict=True):
            total += way.option.value
            for part in way.parts:
                here = levels_at(line, part.at, levels)
                total += part.worth(here)
                if taken:
                    for condition in part.takes(here):
                        if condition in taken:
                            taken[condition] += part.quantity
        return total + self._goal.refusal * sum(taken[condition] > left for condition, left in self._left.items())

    def _levels(self, chosen: tuple[Way, ...]) -> dict[Place, int]:
        return {
            place: bisect_right(self._model.starts(place[1]), units)
            for place, units in counted(self.lines, chosen).items()
        }

    # --- bounds ---------------------------------------------------------------------------------------------------

    def _refused(self, box: Box, allowed: Ways) -> int:
        """What the records cost that run out whatever is chosen within the box."""
        if not self._left:
            return 0
        taken = dict.fromkeys(self._left, 0)
        for line, ways in zip(self.lines, allowed, strict=True):
            within = {at: tuple(box[at, key] for key in line.keys) for at in line.tariffs}
            sure = [_surely_taken(way, within) for way in ways]
            for condition in taken:
                taken[condition] += min(one.get(condition, 0) for one in sure)
        return self._goal.refusal * sum(taken[condition] > left for condition, left in self._left.items())

    # --- branching ------------------------------------------------------------------------------------------------

    def _by_level(self, node: _Node, place: Place, levels: Mapping[Place, int]) -> Iterator[tuple[Box, Ways]]:
        """The node in two, parted by how many breaks of one assortment have begun at one wholesaler."""
        lowest, highest = node.box[place]
        split = min(max(levels.get(place, 0), lowest), highest - 1)
        yield {**node.box, place: (lowest, split)}, node.allowed
        yield {**node.box, place: (split + 1, highest)}, node.allowed

    def _by_line(self, node: _Node) -> Iterator[tuple[Box, Ways]]:
        """The node in two: by the line that is torn, else by whether the line with most units keeps its way."""
        found = [number for number, ways in enumerate(node.allowed) if len(ways) > 1]
        if not found:
            return
        if node.torn is not None:
            number, now, other = node.torn
            at = next(at for at, units in enumerate(other.units) if units != now.units[at])
            middle = now.units[at] + other.units[at]
            kept = tuple(way for way in node.allowed[number] if 2 * way.units[at] < middle)
        else:
            number = max(found, key=lambda one: (self.lines[one].demand.quantity, -one))
            kept = (node.chosen[number],)
        others = tuple(way for way in node.allowed[number] if way not in kept)
        before, after = node.allowed[:number], node.allowed[number + 1 :]
        yield node.box, (*before, kept, *after)
        yield node.box, (*before, others, *after)

    def _undecided(self, node: _Node, levels: Mapping[Place, int]) -> Place | None:
        """The assortment at a wholesaler whose breaks lose most against what the bound assumed."""
        losses: dict[Place, int] = {}
        for line, way in zip(self.lines, node.chosen, strict=True):
            for part in way.parts:
                within = tuple(node.box[part.at, key] for key in line.keys)
                loss = part.worth(levels_at(line, part.at, levels)) - part.low(within)
                for key, (lowest, highest) in zip(line.keys, within, strict=True):
                    if lowest < highest:
                        losses[part.at, key] = losses.get((part.at, key), 0) + loss
        place = max(losses, key=lambda one: (losses[one], -one[0], one[1]), default=None)
        if place is not None and losses[place] > 0:
            return place
        # A bound that was lifted: the boxes are not met yet.
        for place, (lowest, highest) in node.box.items():
            if lowest < highest and not lowest <= levels.get(place, 0) <= highest:
                return place
        return None


def _surely_taken(way: Way, within: Mapping[int, tuple[Range, ...]]) -> dict[str, int]:
    """The units that a way takes of each record at all levels of a box, given by wholesaler."""
    taken: dict[str, int] = {}
    for part in way.parts:
        for condition in part.surely_takes(within[part.at]):
            taken[condition] = taken.get(condition, 0) + part.quantity
    return taken
