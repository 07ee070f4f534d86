"""A basket that keeps its prices and sums right while lines come, change and go, touching only what a change touches.

Prices come from `terms`, sums from `totals`, refusals from `validation`, wholesalers for unnamed lines from `sourcing`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from desktop_app.domain.agreement import Accrual
from desktop_app.domain.applying import Case
from desktop_app.domain.back_margin import earned_by
from desktop_app.domain.catalog import CatalogReader, Offer, Product, Wholesaler
from desktop_app.domain.document_discount import DocumentDiscount
from desktop_app.domain.limits import SharedLimits
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.money import ZERO, round_amount, round_unit
from desktop_app.domain.off_invoice import off_invoice
from desktop_app.domain.order import MAX_QUANTITY, Delivery, PricedBasket, PricedLine, Problem, SubOrder, Totals
from desktop_app.domain.party import Dealer
from desktop_app.domain.sourcing import choose
from desktop_app.domain.terms import ONLINE, Terms
from desktop_app.domain.totals import Shipping, Tally, sub_order_totals, sum_totals
from desktop_app.domain.validation import (
    bid_exhausted,
    check_credit,
    check_express,
    check_line,
    check_minimum,
    check_vat_id,
    duplicate_line,
)
from desktop_app.domain.vat import product_rate, territory_of

# The dealer's own address, no express.
ANYHOW = Delivery()


class BasketLine(Struct, frozen=True):
    """One line as it stands. `chosen` is False where nobody named the wholesaler and the sourcing rule took it.

    `priced` is None where there is no price to give; `problems` then say why. Their `line` is not filled in here.
    """

    key: int
    sku: str
    quantity: int
    wholesaler: str
    chosen: bool
    priced: PricedLine | None
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Entry:
    """A line with what it was looked up to be; kept so that re-pricing never reads the catalogue again."""

    key: int
    place: int
    sku: str
    quantity: int
    named: bool
    code: str
    product: Product | None
    offer: Offer | None
    wholesaler: Wholesaler | None
    match_keys: tuple[str, ...] = ()
    document_keys: tuple[str, ...] = ()
    accruals: tuple[Accrual, ...] = ()
    priced: PricedLine | None = None
    own_problems: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def can_be_priced(self) -> bool:
        return self.wholesaler is not None and self.offer is not None and 1 <= self.quantity <= MAX_QUANTITY

    @property
    def weight(self) -> Decimal:
        return ZERO if self.product is None else self.product.weight * self.quantity


class _Part:
    """One wholesaler's sub-order: its sums, and per assortment its lines and their quantity."""

    __slots__ = ("counted", "discount", "members", "tally", "totals", "wholesaler")

    def __init__(self, wholesaler: Wholesaler) -> None:
        self.wholesaler = wholesaler
        self.tally = Tally()
        self.counted: dict[str, int] = {}
        self.members: dict[str, set[int]] = {}
        self.discount: DocumentDiscount | None = None
        self.totals: Totals | None = None


class _Change:
    """What a change touches, as it was before: quantities per wholesaler and assortment, and lines."""

    __slots__ = ("counts", "lines")

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], int] = {}
        self.lines: dict[int, tuple[PricedLine | None, tuple[Problem, ...]]] = {}

    def touch(self, entry: _Entry) -> None:
        self.lines.setdefault(entry.key, (entry.priced, entry.problems))


class Basket:
    """The lines of one order, priced. Keys are the caller's; lines keep the order in which they were first put."""

    def __init__(
        self,
        catalog: CatalogReader,
        terms: Terms,
        dealer: Dealer,
        day: date,
        *,
        end_client: str = "",
        channel: str = ONLINE,
        delivery: Delivery = ANYHOW,
        accruals: Sequence[Accrual] = (),
    ) -> None:
        self._catalog = catalog
        self._terms = terms
        self._dealer = dealer
        self._day = day
        self._end_client = end_client
        self._channel = channel
        self._bonus_percent = dealer.bonus_percent_on(day) if channel == ONLINE else ZERO
        self._accruals = tuple(accruals)
        self._shipping = _shipping(delivery, dealer)
        self._entries: dict[int, _Entry] = {}
        self._parts: dict[str, _Part] = {}
        self._same: dict[tuple[str, str], list[int]] = {}
        self._limits = SharedLimits()
        self._next_place = 0

    def put(self, key: int, sku: str, quantity: int, wholesaler: str = "") -> frozenset[int]:
        """Add line `key`, or change it in its place; with `wholesaler` "" the sourcing rule takes one.

        Returns the keys whose price or problems changed, `key` always among them.
        """
        change = _Change()
        old = self._entries.get(key)
        if old is not None:
            self._detach(old, change)
        entry = self._look_up(key, sku, quantity, wholesaler)
        entry.place = old.place if old is not None else self._take_place()
        self._entries[key] = entry
        self._attach(entry, change)
        return self._settle(change, key)

    def remove(self, key: int) -> frozenset[int]:
        """Take line `key` out; raises KeyError if there is none. Returns `key` and the keys that changed with it."""
        change = _Change()
        self._detach(self._entries.pop(key), change)
        return self._settle(change, key)

    def set_delivery(self, delivery: Delivery) -> frozenset[int]:
        """Send the goods somewhere else or in another way. Returns the keys of the lines that look different now."""
        before, self._shipping = self._shipping, _shipping(delivery, self._dealer)
        for part in self._parts.values():
            part.totals = None
        change = _Change()
        if self._shipping.territory is not before.territory:
            for entry in self._entries.values():
                if entry.priced is not None:
                    change.touch(entry)
                    self._price(entry, self._parts[entry.code])
        return frozenset(self._changed(change))

    def source(self, sku: str, quantity: int) -> str:
        """The code of the wholesaler that the sourcing rule takes for such a line; "" where nobody lists it."""
        product = self._catalog.product(sku)
        offer = self._sourced(product, quantity) if product is not None else None
        return offer.wholesaler if offer is not None else ""

    def line(self, key: int) -> BasketLine:
        """Line `key` as it stands; raises KeyError if there is none."""
        return _shown(self._entries[key])

    def lines(self) -> tuple[BasketLine, ...]:
        """All lines, in the order in which they were first put."""
        return tuple(_shown(entry) for entry in self._entries.values())

    def sub_orders(self) -> tuple[SubOrder, ...]:
        """One sub-order per wholesaler that has a priced line, by code; lines as in the basket."""
        lines: dict[str, list[PricedLine]] = {}
        for entry in self._entries.values():
            if entry.priced is not None:
                lines.setdefault(entry.code, []).append(entry.priced)
        return tuple(self._sub_order(code, lines[code]) for code in sorted(lines))

    def totals(self) -> Totals:
        """The sums of all sub-orders."""
        return sum_totals(self._part_totals(code) for code in sorted(self._parts))

    def problems(self) -> tuple[Problem, ...]:
        """Every problem: those of the lines with their 1-based number, then per wholesaler, then the credit."""
        of_lines = (
            replace(problem, line=number)
            for number, entry in enumerate(self._entries.values(), start=1)
            if entry.problems
            for problem in entry.problems
        )
        return (*of_lines, *self.order_problems())

    def line_problems(self) -> dict[int, tuple[Problem, ...]]:
        """The problems of the lines that have some, by key; their `line` is not filled in here."""
        return {key: entry.problems for key, entry in self._entries.items() if entry.problems}

    def order_problems(self) -> tuple[Problem, ...]:
        """The problems of the whole order: per wholesaler, by code, then the credit."""
        destination = self._shipping.destination or self._dealer.address
        found: list[Problem | None] = []
        for code in sorted(self._parts):
            part, totals = self._parts[code], self._part_totals(code)
            found.append(check_minimum(part.wholesaler, totals.goods - totals.discount))
            if self._shipping.express:
                found.append(check_express(part.wholesaler, part.tally.weight, destination))
        if self._parts:
            found.append(check_vat_id(destination, self._dealer))
        found.append(check_credit(self._dealer, self.totals().total))
        return tuple(problem for problem in found if problem is not None)

    def priced(self) -> PricedBasket:
        """The whole basket as a frozen value."""
        return PricedBasket(self.sub_orders(), self.totals(), self.problems())

    def _take_place(self) -> int:
        self._next_place += 1
        return self._next_place

    def _look_up(self, key: int, sku: str, quantity: int, named: str) -> _Entry:
        product = self._catalog.product(sku)
        offer: Offer | None = None
        if product is not None and named:
            offer = next((one for one in self._catalog.offers(sku) if one.wholesaler == named), None)
        elif product is not None:
            offer = self._sourced(product, quantity)
        code = named or (offer.wholesaler if offer is not None else "")
        return _Entry(
            key=key,
            place=0,
            sku=sku,
            quantity=quantity,
            named=bool(named),
            code=code,
            product=product,
            offer=offer,
            wholesaler=self._catalog.wholesaler(code) if code else None,
            match_keys=self._terms.match_keys(product) if product is not None else (),
            document_keys=self._terms.documents.keys(product) if product is not None else (),
            accruals=earned_by(self._accruals, product, self._channel, self._day) if product is not None else (),
        )

    def _sourced(self, product: Product, quantity: int) -> Offer | None:
        """The rule's choice for the line on its own, so that it never depends on the other lines or on their order."""

        def unit_net(offer: Offer) -> Decimal:
            return self._terms.unit_net(
                product,
                offer.wholesaler,
                list_price_on(product, offer, self._day)[0],
                quantity,
                self._day,
                end_client=self._end_client,
                channel=self._channel,
            )

        return choose(self._catalog.offers(product.sku), quantity, unit_net, self._catalog.wholesaler)

    def _attach(self, entry: _Entry, change: _Change) -> None:
        if entry.can_be_priced and entry.wholesaler is not None:
            part = self._parts.setdefault(entry.code, _Part(entry.wholesaler))
            for match_key in entry.match_keys:
                counted = part.counted.get(match_key, 0)
                change.counts.setdefault((entry.code, match_key), counted)
                part.counted[match_key] = counted + entry.quantity
                part.members.setdefault(match_key, set()).add(entry.key)
            self._price(entry, part)
        rivals = self._same.setdefault((entry.sku, entry.code), [])
        rivals.append(entry.key)
        rivals.sort(key=lambda key: self._entries[key].place)
        self._recheck(rivals, change)

    def _detach(self, entry: _Entry, change: _Change) -> None:
        part = self._parts.get(entry.code)
        if part is not None and entry.priced is not None:
            for match_key in entry.match_keys:
                change.counts.setdefault((entry.code, match_key), part.counted[match_key])
                part.counted[match_key] -= entry.quantity
                part.members[match_key].discard(entry.key)
            part.tally.remove(entry.priced, entry.document_keys, entry.weight)
            part.totals = None
            self._limits.drop(entry.key)
            if not part.tally.lines:
                del self._parts[entry.code]
        rivals = self._same[entry.sku, entry.code]
        rivals.remove(entry.key)
        if not rivals:
            del self._same[entry.sku, entry.code]
        self._recheck(rivals, change)

    def _recheck(self, keys: Iterable[int], change: _Change) -> None:
        """Find the problems of these lines anew: all of one sku and wholesaler, in their order."""
        for position, key in enumerate(keys):
            entry = self._entries[key]
            change.touch(entry)
            problems = check_line(entry.sku, entry.quantity, entry.code, entry.product, entry.wholesaler, entry.offer)
            if position and entry.code:
                problems = (*problems, duplicate_line(entry.sku, entry.code))
            entry.own_problems = problems
            entry.problems = (*problems, *self._overdrawn(entry))

    def _settle(self, change: _Change, key: int) -> frozenset[int]:
        """Re-price the assortments whose quantity passed the start of a break; `key` and what changed besides it."""
        crossed: set[int] = set()
        for (code, match_key), counted_before in change.counts.items():
            part = self._parts.get(code)
            if part is None:
                continue
            starts = self._terms.match_thresholds(match_key)
            if bisect_right(starts, counted_before) != bisect_right(starts, part.counted.get(match_key, 0)):
                crossed |= part.members.get(match_key, set())
        for other in crossed - {key}:
            entry = self._entries[other]
            change.touch(entry)
            self._price(entry, self._parts[entry.code])
        return frozenset({key, *self._changed(change)})

    def _changed(self, change: _Change) -> set[int]:
        """The lines that look different after `change`, once those that share a limited record are told anew."""
        # A line that no longer takes of a record is beside none of its takers: what was touched is told anew as well.
        for key in self._limits.stirred() | (change.lines.keys() & self._entries.keys()):
            entry = self._entries[key]
            change.touch(entry)
            entry.problems = (*entry.own_problems, *self._overdrawn(entry))
        changed = set()
        for other, was in change.lines.items():
            entry_now = self._entries.get(other)
            if entry_now is not None and (entry_now.priced, entry_now.problems) != was:
                changed.add(other)
        return changed

    def _overdrawn(self, entry: _Entry) -> tuple[Problem, ...]:
        return tuple(
            bid_exhausted(
                entry.sku, entry.quantity, one.condition, _label(entry.priced, one.condition), one.left, one.wanted
            )
            for one in self._limits.overdrawn(entry.key)
        )

    def _price(self, entry: _Entry, part: _Part) -> None:
        product, offer = entry.product, entry.offer
        if product is None or offer is None:
            return
        if entry.priced is not None:
            part.tally.remove(entry.priced, entry.document_keys, entry.weight)
        list_price, dated = list_price_on(product, offer, self._day)
        price = self._terms.unit_price(
            product,
            entry.code,
            list_price,
            entry.quantity,
            self._day,
            matched=part.counted,
            end_client=self._end_client,
            channel=self._channel,
            dated=dated,
        )
        real_cost, rows = off_invoice(price.unit_net, self._bonus_percent, self._dealer, entry.accruals)
        self._limits.put(entry.key, entry.quantity, price.limits)
        entry.priced = PricedLine(
            sku=entry.sku,
            wholesaler=entry.code,
            quantity=entry.quantity,
            list_price=round_unit(list_price),
            unit_net=price.unit_net,
            line_total=round_amount(price.unit_net * entry.quantity),
            eco=round_amount(product.eco_fee * entry.quantity),
            vat_rate=product_rate(product, self._shipping.territory),
            real_cost=real_cost,
            trace=price.trace,
            private_copy=round_amount(product.private_copy_fee * entry.quantity),
            off_invoice=rows,
        )
        part.tally.add(entry.priced, entry.document_keys, entry.weight)
        part.totals = None

    def _part_totals(self, code: str) -> Totals:
        part = self._parts[code]
        if part.totals is None:
            case = Case(code, self._day, self._end_client, self._channel)
            part.discount = self._terms.documents.best(part.tally.goods_by_key(), case)
            part.totals = sub_order_totals(
                part.tally, part.wholesaler, self._bonus_percent, part.discount, self._shipping
            )
        return part.totals

    def _sub_order(self, code: str, lines: list[PricedLine]) -> SubOrder:
        totals = self._part_totals(code)
        discount = self._parts[code].discount
        trace = () if discount is None else (discount.trace(totals.goods),)
        return SubOrder(code, tuple(lines), totals, trace)


def price_basket(
    lines: Iterable[tuple[str, int, str]],
    catalog: CatalogReader,
    terms: Terms,
    dealer: Dealer,
    day: date,
    *,
    end_client: str = "",
    channel: str = ONLINE,
    delivery: Delivery = ANYHOW,
    accruals: Sequence[Accrual] = (),
) -> PricedBasket:
    """Price lines of (sku, quantity, wholesaler or "") at once."""
    basket = Basket(
        catalog,
        terms,
        dealer,
        day,
        end_client=end_client,
        channel=channel,
        delivery=delivery,
        accruals=accruals,
    )
    for key, (sku, quantity, wholesaler) in enumerate(lines):
        basket.put(key, sku, quantity, wholesaler)
    return basket.priced()


def _shipping(delivery: Delivery, dealer: Dealer) -> Shipping:
    destination = delivery.address or dealer.address
    return Shipping(territory_of(destination, dealer), destination, delivery.express)


def _label(priced: PricedLine | None, condition: str) -> str:
    rows = () if priced is None else priced.trace
    return next((row.label for row in rows if row.condition == condition), "")


def _shown(entry: _Entry) -> BasketLine:
    return BasketLine(entry.key, entry.sku, entry.quantity, entry.code, entry.named, entry.priced, entry.problems)
