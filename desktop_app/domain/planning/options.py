"""The lines of an order for a search: their tariffs, the ways each can be placed, and when its units are there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from desktop_app.domain.catalog import Offer, Product, Wholesaler
from desktop_app.domain.planning.charges import scaled_weight
from desktop_app.domain.planning.placements import Line, Parts, Source, all_ways, turning_ways
from desktop_app.domain.planning.tariff import Amounts, Pricing, Tariff
from desktop_app.domain.validation import check_quantity
from desktop_app.domain.working_days import backorder_arrival, stock_arrival

# A split counts as five cents a part: more than the roundings of its parts can ever win, so none is made for them.
SPLIT_CENTS = 5
# What the roundings of goods, eco-participation and copie privée can make of one part and its rival, in cents.
_ROUNDINGS = 3
# A day nobody knows is later than every day.
UNKNOWN_WAIT = 1_000_000
# Placements of one line that are looked at one by one; of a line that has more, only the turning ones.
WAYS_OF_A_LINE = 400


class Demand(Struct, frozen=True):
    """What is wanted of one product. `kept` units stay at their wholesalers, by code, whatever the plan.

    The wholesalers in `closed` get nothing but those.
    """

    product: Product
    quantity: int
    offers: tuple[Offer, ...]
    kept: Mapping[str, int]
    closed: Collection[str] = ()


class Part(NamedTuple):
    """Units of one line at one wholesaler (its index), and their weight."""

    at: int
    quantity: int
    weight: int


class Option:
    """One way to place a line.

    `cents` are the goods, fees and the split of a line that is alone (None: it is not), `goods` its goods per part;
    `days` the waiting days of all units; `deliveries` and `houses` are sets of bits. `value` is the search's.
    """

    __slots__ = ("backordered", "cents", "days", "deliveries", "goods", "houses", "parts", "split", "value")

    def __init__(self, parts: tuple[Part, ...], days: int, deliveries: int, backordered: int) -> None:
        self.parts = parts
        self.days = days
        self.deliveries = deliveries
        self.backordered = backordered
        self.houses = sum(1 << part.at for part in parts)
        self.split = SPLIT_CENTS * (len(parts) - 1)
        self.cents: int | None = None
        self.goods: tuple[int, ...] = ()
        self.value = 0


class Deliveries:
    """The deliveries there can be, each a wholesaler (its index) and a day, numbered as bits."""

    def __init__(self, wholesalers: Sequence[Wholesaler], day: date) -> None:
        self.day = day
        self.all: list[tuple[int, date | None]] = []
        self._bits: dict[tuple[int, date | None], int] = {}
        self._wholesalers = wholesalers
        self._stock = [stock_arrival(one, day) for one in wholesalers]

    def of_stock(self, at: int) -> tuple[int, int]:
        """The bit of what a wholesaler has in stock, and the days until it is there."""
        return self._numbered(at, self._stock[at])

    def of_backorder(self, at: int, offer: Offer) -> tuple[int, int]:
        """The bit of what a wholesaler has yet to receive, and the days until it is there."""
        return self._numbered(at, backorder_arrival(self._wholesalers[at], offer, self.day))

    def _numbered(self, at: int, arrives: date | None) -> tuple[int, int]:
        bit = self._bits.get((at, arrives))
        if bit is None:
            bit = self._bits[at, arrives] = 1 << len(self.all)
            self.all.append((at, arrives))
        return bit, UNKNOWN_WAIT if arrives is None else (arrives - self.day).days


class PlannedLine:
    """One line with its tariffs (by index of the wholesaler) and options.

    `keys` are the assortments it shares with other lines. `alone`: no other line changes what it costs. `complete`:
    the options are all its ways. `bounded`: no way is better than its options are, but for roundings.
    """

    def __init__(
        self, demand: Demand, at: Mapping[str, int], pricing: Pricing, keys: tuple[str, ...], own_turns: Iterable[int]
    ) -> None:
        self.demand = demand
        self.keys = keys
        self.alone = not keys
        self.complete = False
        self.bounded = True
        self.options: list[Option] = []
        # What parts can cost, by wholesaler and quantity; filled as they are asked for.
        self.possible: dict[tuple[int, int], list[Amounts]] = {}
        self.document_keys = pricing.terms.documents.keys(demand.product)
        self.rate = Decimal(0)
        self._offers = {at[offer.wholesaler]: offer for offer in demand.offers}
        turns = tuple(own_turns)
        self.tariffs = {
            place: Tariff(demand.product, offer, pricing, keys, turns) for place, offer in self._offers.items()
        }
        self.line = self._divisible()
        self._weight = scaled_weight(demand.product.weight)

    @property
    def limits(self) -> dict[str, int]:
        """The limited records that may count for the line, with the units they have left."""
        return {condition: units for tariff in self.tariffs.values() for condition, units in tariff.limits}

    @property
    def unseen(self) -> int:
        """The cents by which a way that is no option could be below two splits it lies between."""
        most = max(len(option.parts) for option in self.options)
        # Between two whole placements the split itself counts more than all roundings.
        return 0 if self.complete or most == 1 else _ROUNDINGS * most

    @property
    def packs(self) -> int:
        """The packs that can be divided."""
        return self.line.free // self.line.multiple

    @property
    def doubtful(self) -> bool:
        """Whether ways that are no options could be better than all options: where splitting is worth while."""
        if self.complete or len(self.options) < 2:
            return False
        splits = [option for option in self.options if len(option.parts) > 1]
        wholes = [option.cents for option in self.options if len(option.parts) == 1 and option.cents is not None]
        if not splits or not wholes:
            return bool(splits)
        least = min(wholes) + self.unseen * self.packs
        return any(option.cents is not None and option.cents < least for option in splits)

    def turning(self, *, any_backorder: bool) -> tuple[Parts, ...]:
        """The turning ways of the line."""
        ways = turning_ways(self.line, any_backorder=any_backorder)
        self.bounded = ways.complete
        return ways.parts

    def give(self, ways: Iterable[Parts], deliveries: Deliveries) -> list[Option]:
        """Add ways to the options; those that were added."""
        more = [self._option(parts, deliveries) for parts in ways]
        self.options += more
        return more

    def expand(self, deliveries: Deliveries) -> list[Option]:
        """Add all ways that are not there yet, if they are not too many; those that were added."""
        if self.complete:
            return []
        known = [tuple((part.at, part.quantity) for part in option.parts) for option in self.options]
        ways = all_ways(self.line, known, WAYS_OF_A_LINE)
        self.complete = ways.complete
        return self.give(sorted(set(ways.parts).difference(known)), deliveries)

    def _divisible(self) -> Line:
        demand, product = self.demand, self.demand.product
        sources = tuple(
            Source(
                place,
                max(offer.available, 0),
                demand.kept.get(offer.wholesaler, 0),
                self.tariffs[place].turns,
                offer.wholesaler in demand.closed,
            )
            for place, offer in sorted(self._offers.items())
        )
        if check_quantity(product, demand.quantity) is None:
            return Line(demand.quantity, sources, product.pack_multiple, product.min_qty)
        # Where the quantity is no number of packs, one pack holds it all.
        return Line(demand.quantity, sources, demand.quantity)

    def _option(self, parts: Parts, deliveries: Deliveries) -> Option:
        days = bits = lacking = 0
        for at, quantity in parts:
            offer = self._offers[at]
            in_stock = min(quantity, max(offer.available, 0))
            if in_stock:
                bit, wait = deliveries.of_stock(at)
                bits |= bit
                days += in_stock * wait
            if quantity > in_stock:
                bit, wait = deliveries.of_backorder(at, offer)
                bits |= bit
                days += (quantity - in_stock) * wait
                lacking += quantity - in_stock
        option = Option(tuple(Part(at, units, self._weight * units) for at, units in parts), days, bits, lacking)
        if self.alone:
            amounts = [self.tariffs[at].amounts(quantity, ()) for at, quantity in parts]
            option.goods = tuple(one.goods for one in amounts)
            option.cents = option.split + sum(one.goods + one.fees for one in amounts)
        return option
