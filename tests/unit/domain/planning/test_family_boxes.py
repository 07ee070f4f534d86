"""Boxes of break levels: what they come to at least, and choices brought into them."""

import itertools
from bisect import bisect_right

from desktop_app.domain.planning import goal as goals
from desktop_app.domain.planning.classes import Meter
from desktop_app.domain.planning.families import FamilySearch
from desktop_app.domain.planning.family_boxes import Box, BoxLifting, ReadyPart, Ways, counted
from desktop_app.domain.planning.model import Model
from desktop_app.domain.planning.search import value_options
from tests.support.sourcing_orders import overlapping, tangled
from tests.unit.domain.planning.test_families import pulls_of

FAR = 10**60


def ready(model: Model, numbers: tuple[int, ...]) -> tuple[FamilySearch, Ways, Box]:
    goal = goals.cheapest(goals.most_of(model))
    value_options(model, goal)
    search = FamilySearch(model, numbers, goal, Meter(10**7))
    ways = tuple(search._ways(number, 0, pulls_of(model)) for number in range(len(numbers)))
    return search, ways, search._whole_box(ways)


def test_no_choice_inside_a_box_is_below_its_lifted_bound() -> None:
    looked_at = 0
    for seed in range(900):
        model = tangled(seed, stock=(3, 50)).model()
        for numbers in model.families:
            search, ways, box = ready(model, numbers)
            every = list(itertools.product(*ways))
            if len(every) > 200:
                continue
            lifting = BoxLifting(model, search.lines, FAR)
            for chosen in every[:10]:
                # The box of just these levels.
                units = counted(search.lines, chosen)
                levels = {place: bisect_right(model.starts(place[1]), units.get(place, 0)) for place in box}
                inner = {place: (level, level) for place, level in levels.items()}
                bound, least, lows = search._relaxed(inner, ways)
                lifted = lifting.lifted(inner, ways, least, lows, FAR)
                assert search._actual(chosen) >= max(bound, lifted.bound), seed
                looked_at += 1
    assert looked_at > 300


def test_a_line_counts_for_its_own_assortments_alone() -> None:
    # Lines of a family bound in pairs: some by their family of products, some by their brand, some by both.
    looked_at = 0
    for seed in range(60):
        model = overlapping(seed).model()
        for numbers in model.families:
            search, ways, box = ready(model, numbers)
            every = list(itertools.product(*ways))
            if len(every) > 400:
                continue
            lifting = BoxLifting(model, search.lines, FAR)
            least_at: dict[tuple[tuple[tuple[int, str], int], ...], int] = {}
            for chosen in every:
                units = counted(search.lines, chosen)
                levels = tuple((place, bisect_right(model.starts(place[1]), units.get(place, 0))) for place in box)
                value = search._actual(chosen)
                least_at[levels] = min(least_at.get(levels, value), value)
            for levels, value in least_at.items():
                inner = {place: (level, level) for place, level in levels}
                bound, least, lows = search._relaxed(inner, ways)
                assert value >= max(bound, lifting.lifted(inner, ways, least, lows, FAR).bound), seed
                looked_at += 1
    assert looked_at > 100


def test_a_demand_that_cannot_be_met_makes_a_box_impossible() -> None:
    for seed in range(900):
        model = tangled(seed, stock=(3, 50)).model()
        for numbers in model.families:
            search, ways, box = ready(model, numbers)
            for place in box:
                starts = model.starts(place[1])
                reachable = box[place][1]
                if reachable < len(starts):
                    wanted = {**box, place: (len(starts), len(starts))}
                    _, least, lows = search._relaxed({**box, place: (0, reachable)}, ways)
                    assert BoxLifting(model, search.lines, FAR).lifted(wanted, ways, least, lows, FAR).bound == FAR
                    return


def test_a_part_comes_to_the_least_of_its_levels() -> None:
    for seed in range(300):
        model = tangled(seed, stock=(50,)).model()
        for numbers in model.families:
            line = model.lines[numbers[0]]
            at = min(line.tariffs)
            part = ReadyPart(line, at, 2, 7)
            part.value_by(100, 30, 5)
            top = tuple(len(model.starts(key)) for key in line.keys)
            values = [part.worth(levels) for levels in itertools.product(*(range(high + 1) for high in top))]
            assert part.low(tuple((0, high) for high in top)) == min(values)
            amounts = line.tariffs[at].amounts(2, top)
            assert part.worth(top) == (amounts.goods + amounts.fees) * 100 - amounts.goods * 30 + 35


def test_units_are_counted_per_assortment_and_wholesaler() -> None:
    for seed in range(200):
        model = tangled(seed).model()
        for numbers in model.families:
            search, ways, _ = ready(model, numbers)
            chosen = tuple(of_line[0] for of_line in ways)
            units = counted(search.lines, chosen)
            for line, way in zip(search.lines, chosen, strict=True):
                for key in line.keys:
                    assert sum(found for (_, one), found in units.items() if one == key) >= sum(way.units)


def test_what_a_part_surely_takes_it_takes_at_every_level() -> None:
    looked_at = 0
    for seed in range(600):
        model = tangled(seed, stock=(3, 50)).model()
        for line in model.lines:
            ranges = tuple((0, len(model.starts(key))) for key in line.keys)
            if not line.limits or not ranges:
                continue
            for at in line.tariffs:
                part = ReadyPart(line, at, line.demand.quantity, 0)
                everywhere = itertools.product(*(range(most + 1) for _, most in ranges))
                assert part.surely_takes(ranges) == set.intersection(*(set(part.takes(one)) for one in everywhere))
                looked_at += 1
    assert looked_at > 20
