"""Which lines of an order change each other's prices: through an assortment's breaks, or a record that runs out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from desktop_app.domain.planning.options import Demand, PlannedLine
from desktop_app.domain.terms import Terms


def assortments(demands: Iterable[Demand], terms: Terms) -> dict[str, int]:
    """The assortments of more than one line whose first break the order can reach, with all their units."""
    lines: dict[str, int] = defaultdict(int)
    units: dict[str, int] = defaultdict(int)
    for demand in demands:
        for key in terms.match_keys(demand.product):
            lines[key] += 1
            units[key] += demand.quantity
    return {key: units[key] for key in lines if lines[key] > 1 and units[key] >= terms.match_thresholds(key)[0]}


def scarce_records(lines: Iterable[PlannedLine]) -> dict[str, int]:
    """The limited records that the order could exhaust, with the units they have left."""
    left: dict[str, int] = {}
    wanted: dict[str, int] = defaultdict(int)
    for line in lines:
        for condition, units in line.limits.items():
            left[condition] = units
            wanted[condition] += line.demand.quantity
    return {condition: units for condition, units in left.items() if wanted[condition] > units}


def families(lines: Sequence[PlannedLine], scarce: Iterable[str]) -> tuple[tuple[int, ...], ...]:
    """The numbers of the lines that are not alone, in groups that leave each other's prices as they are."""
    running_out = set(scarce)
    group_of: dict[str, int] = {}
    groups: dict[int, set[int]] = {}
    names: dict[int, set[str]] = {}
    for number, line in enumerate(lines):
        bonds = {*line.keys, *(f"limit {condition}" for condition in line.limits if condition in running_out)}
        if not bonds:
            continue
        members, all_names = {number}, set(bonds)
        for old in {group_of[name] for name in bonds if name in group_of}:
            members |= groups.pop(old)
            all_names |= names.pop(old)
        groups[number], names[number] = members, all_names
        group_of |= dict.fromkeys(all_names, number)
    return tuple(tuple(sorted(members)) for members in groups.values())
