"""Plans over the wholesalers: where each line of an order goes, by what goal. The choice for one line: `sourcing`."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class PlanKind(StrEnum):
    """The goals of a plan; `by-hand` is what the order says now."""

    CHEAPEST = "cheapest"
    FEWEST = "fewest"
    EARLIEST = "earliest"
    BY_HAND = "by-hand"


class Allocation(Struct, frozen=True):
    """Units of one line that one wholesaler delivers. Several of one `key`: the line is split.

    `in_stock` of them are there now and arrive on `stock_arrives`; the others are a backorder. `arrives` is the day
    all of them are there. A day is None where nobody knows it, `stock_arrives` also where nothing is in stock.
    """

    key: int
    sku: str
    wholesaler: str
    quantity: int
    in_stock: int
    arrives: date | None
    stock_arrives: date | None = None

    @property
    def backordered(self) -> int:
        """The units that are not in stock."""
        return self.quantity - self.in_stock
