"""The ways to place one line on wholesalers in whole packs. What they cost and which is taken is decided elsewhere.

A backorder that can be avoided never is made: of all ways only those with the fewest backordered units count.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

# A placement: (index of the wholesaler, units), by index, without those that get nothing.
Parts = tuple[tuple[int, int], ...]
# Turning ways of one line that are tried at most, and of how many parts they are where there are more.
TURNING_WAYS, _PARTS = 10_000, 3


class Source(Struct, frozen=True):
    """One wholesaler that lists the product: its index and units in stock.

    `kept` units stay there whatever the plan; `turns` are the quantities from which another unit net may hold. With
    `closed` it gets nothing but what it keeps.
    """

    at: int
    available: int
    kept: int = 0
    turns: tuple[int, ...] = ()
    closed: bool = False


class Line(Struct, frozen=True):
    """What is to be placed: `quantity` units in packs of `multiple`, at least `minimum` at a wholesaler."""

    quantity: int
    sources: tuple[Source, ...]
    multiple: int = 1
    minimum: int = 1

    @property
    def free(self) -> int:
        """The units that are not kept anywhere."""
        return self.quantity - sum(source.kept for source in self.sources)


class Ways(NamedTuple):
    """Placements of one line. `complete`: there are no others, of those that were asked for."""

    parts: tuple[Parts, ...]
    complete: bool


class _Packs(NamedTuple):
    """A source counted in packs above what it keeps: the fewest it takes if any, and where something changes."""

    source: Source
    fewest: int
    turns: tuple[int, ...]


def backordered(line: Line, parts: Parts) -> int:
    """The units of a placement that are not in stock."""
    available = {source.at: source.available for source in line.sources}
    return sum(max(quantity - available[at], 0) for at, quantity in parts)


def turning_ways(line: Line, *, any_backorder: bool = False, limit: int = TURNING_WAYS) -> Ways:
    """The placements between which every other one lies: where a stock ends, a price turns, a minimum is met.

    Without `any_backorder` only those with the fewest backordered units. Where more than `limit` would have to be
    tried, those where stocks end go before those where prices turn, and those of few parts before the others.
    """
    packs = _in_packs(line, any_backorder=any_backorder)
    if packs is None:
        return Ways(_of_fewest_backordered(line, set(_whole_rests(line)), any_backorder), True)
    total = line.free // line.multiple
    tried = list(islice(_turning_counts(packs, total, len(packs)), limit + 1))
    complete = len(tried) <= limit
    if not complete:
        of_stock = replace(line, sources=tuple(replace(source, turns=()) for source in line.sources))
        stocks = _in_packs(of_stock, any_backorder=any_backorder) or []
        tried = [
            *islice(_turning_counts(stocks, total, len(stocks)), limit),
            *islice(_turning_counts(packs, total, _PARTS), limit),
        ]
    # Where what is free is less than the minimum everywhere it could go, it goes whole too.
    found = {_parts(line, packs, counts) for counts in tried} or set(_whole_rests(line))
    return Ways(_of_fewest_backordered(line, found, any_backorder), complete)


def all_ways(line: Line, known: Sequence[Parts], limit: int, *, any_backorder: bool = False) -> Ways:
    """Every placement with as few backordered units as `known` ones; `known` alone where there are more than `limit`.

    `known` are the line's turning ways. With `any_backorder` their backordered units do not matter.
    """
    packs = _in_packs(line)
    if packs is None or not known:
        return Ways(tuple(known), True)
    most = line.quantity if any_backorder else backordered(line, known[0])
    found: list[Parts] = []
    for counts in _every_count(line, packs, line.free // line.multiple, most):
        if len(found) == limit:
            return Ways(tuple(known), False)
        found.append(_parts(line, packs, counts))
    return Ways(tuple(sorted(found)) or tuple(known), True)


def _in_packs(line: Line, *, any_backorder: bool = False) -> list[_Packs] | None:
    """The sources counted in packs; None where the line cannot be divided into packs."""
    whole = line.free % line.multiple == 0 and all(source.kept % line.multiple == 0 for source in line.sources)
    if not whole or line.quantity < line.minimum:
        return None
    size, total = line.multiple, line.free // line.multiple
    may_lack = (
        any_backorder or sum(max(one.available - one.kept, 0) // size for one in line.sources if not one.closed) < total
    )
    found = []
    for source in line.sources:
        fewest = total + 1 if source.closed else max(-(-(line.minimum - source.kept) // size), 1)
        left = source.available - source.kept
        turns = {fewest} if fewest > 1 else set()
        turns.add(left // size)
        if may_lack:
            turns.add(-(-left // size))
        for turn in source.turns:
            after = -(-(turn - source.kept) // size)
            turns |= {after - 1, after}
        found.append(_Packs(source, fewest, tuple(sorted(one for one in turns if fewest <= one < total))))
    return found


def _turning_counts(packs: Sequence[_Packs], total: int, parts_at_most: int) -> Iterator[tuple[int, ...]]:
    """Packs per source: all but one stand at a turn or at nothing, that one takes the rest."""
    places = range(len(packs))
    for rest in places:
        others = [place for place in places if place != rest]
        for chosen, left in _choices(packs, others, total, parts_at_most - 1):
            if left == 0 or left >= packs[rest].fewest:
                counts = dict(chosen)
                counts[rest] = left
                yield tuple(counts.get(place, 0) for place in places)


def _choices(
    packs: Sequence[_Packs], places: Sequence[int], total: int, parts: int
) -> Iterator[tuple[tuple[tuple[int, int], ...], int]]:
    """Ways to give the sources at `places` a turn each or nothing, at most `parts` of them, and what is left."""
    if not places:
        yield (), total
        return
    first, *others = places
    yield from _choices(packs, others, total, parts)
    if parts <= 0:
        return
    for turn in packs[first].turns:
        if turn <= total:
            for chosen, left in _choices(packs, others, total - turn, parts - 1):
                yield ((first, turn), *chosen), left


def _every_count(line: Line, packs: Sequence[_Packs], total: int, most: int) -> Iterator[tuple[int, ...]]:
    """Every division of `total` packs with at most `most` backordered units."""
    size = line.multiple
    stock_behind = [0]
    for one in reversed(packs):
        stock_behind.append(stock_behind[-1] + max(one.source.available - one.source.kept, 0))
    stock_behind.reverse()
    kept_short = sum(max(one.source.kept - one.source.available, 0) for one in packs)

    def short(one: _Packs, count: int) -> int:
        """The units `count` packs add to what the source lacks."""
        before = max(one.source.kept - one.source.available, 0)
        return max(one.source.kept + count * size - one.source.available, 0) - before

    def divide(place: int, left: int, allowed: int) -> Iterator[tuple[int, ...]]:
        if left * size - stock_behind[place] > allowed:
            return
        if place == len(packs) - 1:
            if (left == 0 or left >= packs[place].fewest) and short(packs[place], left) <= allowed:
                yield (left,)
            return
        for count in range(left + 1):
            if 0 < count < packs[place].fewest:
                continue
            lacking = short(packs[place], count)
            if lacking > allowed:
                return
            for others in divide(place + 1, left - count, allowed - lacking):
                yield (count, *others)

    yield from divide(0, total, most - kept_short)


def _whole_rests(line: Line) -> Iterator[Parts]:
    """What is free goes to one wholesaler: a line whose quantity cannot be divided into orderable parts."""
    for taker in (source for source in line.sources if not source.closed):
        given = [(one.at, one.kept + (line.free if one is taker else 0)) for one in line.sources]
        yield tuple(sorted((at, quantity) for at, quantity in given if quantity))


def _parts(line: Line, packs: Sequence[_Packs], counts: tuple[int, ...]) -> Parts:
    given = [(one.source.at, one.source.kept + count * line.multiple) for one, count in zip(packs, counts, strict=True)]
    return tuple(sorted((at, quantity) for at, quantity in given if quantity))


def _of_fewest_backordered(line: Line, found: set[Parts], any_backorder: bool) -> tuple[Parts, ...]:
    if any_backorder:
        return tuple(sorted(found))
    lacking = {parts: backordered(line, parts) for parts in found}
    fewest = min(lacking.values(), default=0)
    return tuple(sorted(parts for parts, units in lacking.items() if units == fewest))
