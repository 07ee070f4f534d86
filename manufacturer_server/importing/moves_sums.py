"""Adding up moves product by product, so that what a dealer shares with his group need not be added up again."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from manufacturer_server.importing.moves import Move

# What was free before has risen beyond all per cent.
_BOUNDLESS = Decimal(10**9)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sum:
    """Some moves together; `free` of them were free before and have no per cent."""

    count: int = 0
    dearer: int = 0
    free: int = 0
    total: Decimal = _NOTHING
    smallest: Decimal | None = None
    largest: Decimal | None = None

    @property
    def mean(self) -> Decimal | None:
        """The mean move in per cent."""
        counted = self.count - self.free
        return self.total / counted if counted else None


def _sum_of(moves: Sequence[Move]) -> Sum:
    percents = [percent for percent in (move.percent for move in moves) if percent is not None]
    return Sum(
        len(moves),
        sum(move.new > move.old for move in moves),
        len(moves) - len(percents),
        sum(percents, _NOTHING),
        min(percents, default=None),
        max(percents, default=None),
    )


def _size(move: Move) -> tuple[Decimal, Decimal]:
    return _BOUNDLESS if move.percent is None else abs(move.percent), abs(move.new - move.old)


class MoveSums:
    """The moves of one audience, added up; of each product the largest is kept."""

    def __init__(self) -> None:
        self._sums: dict[str, Sum] = {}
        self._best: dict[str, tuple[tuple[Decimal, Decimal], Move]] = {}
        self._inherited = Sum()
        self._inherited_best: list[Move] = []

    def add(self, sku: str, moves: Sequence[Move]) -> None:
        """Add the moves of one product."""
        self._sums[sku] = _sum_of(moves)
        best = max(moves, key=_size)
        self._best[sku] = _size(best), best

    def inherit(self, group: "MoveSums", own: frozenset[str]) -> None:
        """Add what a group's moves are besides those of the products in `own`."""
        self._inherited = group.without(own)
        self._inherited_best = list(group.by_size(own))

    @property
    def whole(self) -> Sum:
        """All moves together."""
        return _added([*self._sums.values(), self._inherited])

    def largest(self, how_many: int) -> list[Move]:
        """The largest moves, of each product only its own largest, the largest first."""
        mine = heapq.nlargest(how_many, self._best.values(), key=lambda entry: entry[0])
        candidates = [*(move for _, move in mine), *self._inherited_best[:how_many]]
        return sorted(candidates, key=_size, reverse=True)[:how_many]

    def without(self, own: frozenset[str]) -> Sum:
        """All moves together but those of some products: quick where these are few."""
        left = [self._sums[sku] for sku in own if sku in self._sums]
        whole, gone = self._whole, _added(left)
        return Sum(
            whole.count - gone.count,
            whole.dearer - gone.dearer,
            whole.free - gone.free,
            whole.total - gone.total,
            next((one.smallest for sku, one in self._rising if sku not in own), None),
            next((one.largest for sku, one in self._falling if sku not in own), None),
        )

    def by_size(self, own: frozenset[str], how_many: int = 10) -> Iterator[Move]:
        """The largest moves of products but those in `own`."""
        for sku, move in self._sizes:
            if how_many == 0:
                return
            if sku not in own:
                how_many -= 1
                yield move

    @cached_property
    def _whole(self) -> Sum:
        return _added(self._sums.values())

    @cached_property
    def _rising(self) -> list[tuple[str, Sum]]:
        known = [(sku, one) for sku, one in self._sums.items() if one.smallest is not None]
        return sorted(known, key=lambda entry: entry[1].smallest or _NOTHING)

    @cached_property
    def _falling(self) -> list[tuple[str, Sum]]:
        known = [(sku, one) for sku, one in self._sums.items() if one.largest is not None]
        return sorted(known, key=lambda entry: entry[1].largest or _NOTHING, reverse=True)

    @cached_property
    def _sizes(self) -> list[tuple[str, Move]]:
        ordered = sorted(self._best.items(), key=lambda entry: entry[1][0], reverse=True)
        return [(sku, move) for sku, (_, move) in ordered]


def _added(sums: Iterable[Sum]) -> Sum:
    found = list(sums)
    return Sum(
        sum(one.count for one in found),
        sum(one.dearer for one in found),
        sum(one.free for one in found),
        sum((one.total for one in found), _NOTHING),
        min((one.smallest for one in found if one.smallest is not None), default=None),
        max((one.largest for one in found if one.largest is not None), default=None),
    )
