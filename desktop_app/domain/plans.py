"""What a plan over the wholesalers is: where each line of an order goes, by what goal. How they are found: `planning`.

What a plan is good by is said in `docs/sourcing.md`; the choice for a line on its own is in `sourcing`.
"""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from desktop_app.domain.catalog import CatalogReader, Offer, Wholesaler
from desktop_app.domain.order import Delivery
from desktop_app.domain.party import Dealer
from desktop_app.domain.terms import ONLINE, Terms
from desktop_app.domain.working_days import backorder_arrival, stock_arrival


class PlanKind(StrEnum):
    """The goals of a plan; `by-hand` is what the order says now."""

    CHEAPEST = "cheapest"
    FEWEST = "fewest"
    EARLIEST = "earliest"
    BY_HAND = "by-hand"


class Wanted(Struct, frozen=True):
    """One line of an order, by the caller's key. `wholesaler` is where it goes now; `named`: a person said so."""

    key: int
    sku: str
    quantity: int
    wholesaler: str = ""
    named: bool = False


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


class Plan(Struct, frozen=True):
    """One plan. `lines` are the keys of the lines it places; those without an allocation are merged into others.

    `proven`: no other plan is better by its goal, down to the cent; `bound`: none costs less than this many euros
    before VAT, where a split counts as five cents a part.
    """

    kind: PlanKind
    lines: tuple[int, ...]
    allocations: tuple[Allocation, ...]
    proven: bool
    bound: Decimal


class Grounds(Struct, frozen=True):
    """What plans follow from. The stock of the wholesalers in `without` is not used where another lists the product."""

    catalog: CatalogReader
    terms: Terms
    dealer: Dealer
    day: date
    end_client: str = ""
    channel: str = ONLINE
    delivery: Delivery = Delivery()
    without: Collection[str] = ()


def allocation(key: int, sku: str, quantity: int, offer: Offer, wholesaler: Wholesaler, day: date) -> Allocation:
    """Units of a line at one wholesaler, with the days they are there if they are ordered on `day`."""
    in_stock = min(quantity, max(offer.available, 0))
    from_stock = stock_arrival(wholesaler, day) if in_stock else None
    arrives = from_stock if in_stock == quantity else backorder_arrival(wholesaler, offer, day)
    if arrives is not None and from_stock is not None:
        arrives = max(arrives, from_stock)
    return Allocation(key, sku, offer.wholesaler, quantity, in_stock, arrives, from_stock)


def complete_on(allocations: Iterable[Allocation]) -> date | None:
    """The day everything is there; None where nobody knows it or there is nothing."""
    latest: date | None = None
    for one in allocations:
        if one.arrives is None:
            return None
        latest = one.arrives if latest is None else max(latest, one.arrives)
    return latest
