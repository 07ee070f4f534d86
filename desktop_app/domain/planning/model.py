"""An order as a search sees it, and what a choice of ways comes to: the rules of the engine, counted in whole cents so
that they can be asked a thousand times. Searching is done elsewhere.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from msgspec import Struct

from desktop_app.domain.applying import Case
from desktop_app.domain.catalog import Wholesaler
from desktop_app.domain.condition import Condition
from desktop_app.domain.party import Address
from desktop_app.domain.planning.bindings import assortments, families, scarce_records
from desktop_app.domain.planning.charges import Charges
from desktop_app.domain.planning.options import WAYS_OF_A_LINE, Deliveries, Demand, Option, Part, PlannedLine
from desktop_app.domain.planning.placements import Parts, all_ways
from desktop_app.domain.planning.tariff import Amounts, Levels, Pricing, cents
from desktop_app.domain.vat import Territory, product_rate

# An order whose lines have no more placements than this is searched with all of them.
WAYS_OF_AN_ORDER = 2_500

# For a wholesaler and an assortment, how many breaks have begun.
LevelsAt = Mapping[tuple[int, str], int]
Choice = Sequence[Option]


class Conditions(Struct, frozen=True):
    """What prices, charges and days follow from."""

    pricing: Pricing
    wholesalers: tuple[Wholesaler, ...]
    destination: Address = Address()
    express: bool = False
    territory: Territory = Territory.MAINLAND


class Figures(NamedTuple):
    """What a choice comes to. `cents` is the payable before VAT and what the splits count; `deliveries` are bits."""

    refusals: int
    backordered: int
    cents: int
    deliveries: int
    days: int


class SubOrderClasses(NamedTuple):
    """Where one wholesaler's part falls: its classes of goods and weight, the rank of its document discount (one past
    the last: none) and what that takes off in cents. `bases` are its goods by the document keys of their lines.
    """

    at: int
    goods_class: int
    weight_class: int
    document: int
    discount: int
    bases: Mapping[tuple[str, ...], int]


# Goods in cents by wholesaler, document keys of the line and VAT rate; only where there are document discounts.
_Bases = dict[tuple[int, tuple[str, ...], Decimal], int]


class Sums(NamedTuple):
    """What a choice adds up to before charges and discounts; goods and weights per wholesaler."""

    goods: list[int]
    weights: list[int]
    cents: int
    days: int
    backordered: int
    deliveries: int
    houses: int
    taken: dict[str, int]
    bases: _Bases


class House(NamedTuple):
    """One wholesaler: its charges, and the document discounts that can count there, best first."""

    code: str
    charges: Charges
    documents: tuple[Condition, ...]


class Model:
    """The whole order: at least one demand, each with an offer of one of the wholesalers.

    Without `any_backorder` only ways with the fewest backordered units are options. Where the ways are no more than
    `ways` all of them are.
    """

    def __init__(
        self,
        demands: Sequence[Demand],
        conditions: Conditions,
        *,
        any_backorder: bool = False,
        ways: int = WAYS_OF_AN_ORDER,
    ) -> None:
        self._pricing = conditions.pricing
        self._terms = conditions.pricing.terms
        self._any_backorder = any_backorder
        self._places = Deliveries(conditions.wholesalers, conditions.pricing.day)
        self.houses = tuple(
            House(
                one.code,
                Charges(one, conditions.destination, conditions.express),
                self._terms.documents.holding(self._case(one.code)),
            )
            for one in conditions.wholesalers
        )
        self._units = assortments(demands, self._terms)
        at = {house.code: place for place, house in enumerate(self.houses)}
        self.lines = [self._line(demand, at, conditions.territory) for demand in demands]
        self.left = scarce_records(self.lines)
        for line in self.lines:
            line.alone = not line.keys and self.left.keys().isdisjoint(line.limits)
        self.families = families(self.lines, self.left)
        self.has_documents = any(house.documents for house in self.houses)
        self._give_options(ways)

    @property
    def deliveries(self) -> Sequence[tuple[int, date | None]]:
        """The deliveries there can be, by bit: wholesaler (its index) and day."""
        return self._places.all

    # --- what a choice comes to -----------------------------------------------------------------------------------

    def figures(self, choice: Choice) -> Figures:
        """What one option per line comes to, exactly as the engine counts it."""
        sums = self.sums(choice)
        refusals = sum(sums.taken[condition] > left for condition, left in self.left.items())
        payable = sums.cents
        for at, house in enumerate(self.houses):
            if sums.houses >> at & 1:
                won = self._document(at, sums.bases) if house.documents else None
                discount = 0 if won is None else won[1]
                charge = house.charges.at(sums.goods[at] - discount, sums.weights[at])
                refusals += charge.refusals
                payable += charge.cents - discount
        return Figures(refusals, sums.backordered, payable, sums.deliveries, sums.days)

    def sub_orders(self, choice: Choice) -> list[SubOrderClasses]:
        """The classes of each sub-order there is."""
        sums = self.sums(choice)
        found = []
        for at, house in enumerate(self.houses):
            if sums.houses >> at & 1:
                won = self._document(at, sums.bases) if house.documents else None
                document, discount = (len(house.documents), 0) if won is None else won
                goods_class = house.charges.goods_class(sums.goods[at] - discount)
                weight_class = house.charges.weight_class(sums.weights[at])
                bases: dict[tuple[str, ...], int] = defaultdict(int)
                for (place, keys, _), amount in sums.bases.items():
                    if place == at:
                        bases[keys] += amount
                found.append(SubOrderClasses(at, goods_class, weight_class, document, discount, bases))
        return found

    def sums(self, choice: Choice) -> Sums:
        """What one option per line adds up to."""
        count = len(self.houses)
        goods, weights, cents = [0] * count, [0] * count, 0
        days = lacking = deliveries = houses = 0
        levels = self.levels(choice)
        taken: dict[str, int] = dict.fromkeys(self.left, 0)
        bases: _Bases = {}
        documents = self.has_documents
        for line, option in zip(self.lines, choice, strict=True):
            days += option.days
            lacking += option.backordered
            deliveries |= option.deliveries
            houses |= option.houses
            if option.cents is not None:
                cents += option.cents
                for part, amount in zip(option.parts, option.goods, strict=True):
                    goods[part.at] += amount
                    weights[part.at] += part.weight
                    if documents:
                        base = (part.at, line.document_keys, line.rate)
                        bases[base] = bases.get(base, 0) + amount
                continue
            cents += option.split
            for part in option.parts:
                amounts = line.tariffs[part.at].amounts(part.quantity, levels_at(line, part.at, levels))
                cents += amounts.goods + amounts.fees
                goods[part.at] += amounts.goods
                weights[part.at] += part.weight
                if documents:
                    base = (part.at, line.document_keys, line.rate)
                    bases[base] = bases.get(base, 0) + amounts.goods
                for condition in amounts.takes:
                    if condition in taken:
                        taken[condition] += part.quantity
        return Sums(goods, weights, cents, days, lacking, deliveries, houses, taken, bases)

    def levels(self, choice: Choice) -> dict[tuple[int, str], int]:
        """How many breaks of each assortment have begun at each wholesaler."""
        counted: dict[tuple[int, str], int] = defaultdict(int)
        if self._units:
            for line, option in zip(self.lines, choice, strict=True):
                for key in line.keys:
                    for part in option.parts:
                        counted[part.at, key] += part.quantity
        return {place: bisect_right(self.starts(place[1]), units) for place, units in counted.items()}

    def starts(self, key: str) -> tuple[int, ...]:
        """The quantities at which the breaks of an assortment begin."""
        return self._terms.match_thresholds(key)

    def _document(self, at: int, bases: _Bases) -> tuple[int, int] | None:
        """The rank of the document discount that a sub-order earns, and what it takes off in cents."""
        of_keys: dict[str, dict[Decimal, int]] = {}
        for (place, keys, rate), amount in bases.items():
            if place == at and amount:
                for key in keys:
                    rates = of_keys.setdefault(key, {})
                    rates[rate] = rates.get(rate, 0) + amount
        euros = {
            key: {rate: Decimal(amount).scaleb(-2) for rate, amount in rates.items()} for key, rates in of_keys.items()
        }
        house = self.houses[at]
        won = self._terms.documents.best(euros, self._case(house.code))
        return None if won is None else (house.documents.index(won.condition), cents(won.total))

    def goods_of(self, line: PlannedLine, option: Option, levels: LevelsAt) -> list[tuple[Part, int]]:
        """The parts of an option with their goods in cents, at these levels."""
        if option.cents is not None:
            return list(zip(option.parts, option.goods, strict=True))
        return [
            (part, line.tariffs[part.at].amounts(part.quantity, levels_at(line, part.at, levels)).goods)
            for part in option.parts
        ]

    def goods_range(self, line: PlannedLine, part: Part) -> tuple[int, int]:
        """The least and the most that the goods of a part can cost in cents, whatever other lines do."""
        goods = [amounts.goods for amounts in self.possible_amounts(line, part)]
        return min(goods), max(goods)

    def possible_amounts(self, line: PlannedLine, part: Part) -> list[Amounts]:
        """What a part can cost, whatever the other lines of its assortments do."""
        known = line.possible.get((part.at, part.quantity))
        if known is None:
            # Many levels cost the same.
            levels = (range(bisect_right(self.starts(key), self._units[key]) + 1) for key in line.keys)
            amounts = (line.tariffs[part.at].amounts(part.quantity, at_levels) for at_levels in product(*levels))
            known = line.possible[part.at, part.quantity] = list(dict.fromkeys(amounts))
        return known

    # --- options --------------------------------------------------------------------------------------------------

    @property
    def complete(self) -> bool:
        """Whether every line has every way of its own among its options."""
        return all(line.complete for line in self.lines)

    @property
    def bounded(self) -> bool:
        """Whether a bound made of the options holds for all ways."""
        return all(line.bounded or line.complete for line in self.lines)

    def expand(self, number: int) -> list[Option]:
        """Give line `number` all its ways; the options that are new."""
        return [] if self._any_backorder else self.lines[number].expand(self._places)

    def _case(self, code: str) -> Case:
        pricing = self._pricing
        return Case(code, pricing.day, pricing.end_client, pricing.channel)

    def _line(self, demand: Demand, at: Mapping[str, int], territory: Territory) -> PlannedLine:
        matched = self._terms.match_keys(demand.product)
        keys = tuple(key for key in matched if key in self._units)
        own_turns = [start for key in matched if key not in self._units for start in self.starts(key) if start > 1]
        line = PlannedLine(demand, at, self._pricing, keys, own_turns)
        line.rate = product_rate(demand.product, territory)
        return line

    def _give_options(self, room: int) -> None:
        turning = [line.turning(any_backorder=self._any_backorder) for line in self.lines]
        ways = self._all_ways(turning, room)
        for line, of_line in zip(self.lines, turning if ways is None else ways, strict=True):
            line.complete = ways is not None
            line.give(of_line, self._places)
            if line.doubtful and not self._any_backorder:
                line.expand(self._places)

    def _all_ways(self, turning: Iterable[Sequence[Parts]], room: int) -> list[Sequence[Parts]] | None:
        """Every way of every line; None where there are more of them than `room`."""
        found: list[Sequence[Parts]] = []
        for line, known in zip(self.lines, turning, strict=True):
            ways = all_ways(line.line, known, min(room, WAYS_OF_A_LINE), any_backorder=self._any_backorder)
            room -= len(ways.parts)
            if not ways.complete or room < 0:
                return None
            found.append(ways.parts)
        return found


def levels_at(line: PlannedLine, at: int, levels: LevelsAt) -> Levels:
    """The levels of a line's own assortments at one wholesaler."""
    return tuple(levels.get((at, key), 0) for key in line.keys)
