"""The part of all choices that a search node stands for, and how much work a search may still take."""

from enum import StrEnum
from typing import NamedTuple

# First and last class, both included.
Range = tuple[int, int]


class Kind(StrEnum):
    """What a node's ranges of classes are of."""

    GOODS = "goods"
    WEIGHT = "weight"
    DOCUMENT = "document"


class Classes(NamedTuple):
    """The part of all choices a node stands for.

    `closed` and `must` are bits of deliveries; per wholesaler the first and last class of goods, of weight, and of
    the document discounts by their rank (one past the last: none).
    """

    closed: int
    must: int
    goods: tuple[Range, ...]
    weights: tuple[Range, ...]
    documents: tuple[Range, ...]

    def narrowed(self, kind: Kind, at: int, part: Range) -> "Classes":
        """The same with one range of a wholesaler replaced by a part of it."""
        if kind is Kind.GOODS:
            return self._replace(goods=_with(self.goods, at, part))
        if kind is Kind.WEIGHT:
            return self._replace(weights=_with(self.weights, at, part))
        return self._replace(documents=_with(self.documents, at, part))


class Meter:
    """The work a search may still take, in steps of about a microsecond: the same on every machine."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def take(self, steps: int) -> None:
        """Count steps that were taken."""
        self.left -= steps

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0


def _with(ranges: tuple[Range, ...], at: int, part: Range) -> tuple[Range, ...]:
    return (*ranges[:at], part, *ranges[at + 1 :])
