"""How far each back-margin agreement is, and what a purchase made now earns of it. The sums: `domain.back_margin`."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import islice

from msgspec import Struct

from desktop_app.domain.agreement import Accrual, Agreement, CountedOrders, Tier, TierMode, Turnover
from desktop_app.domain.back_margin import Gate, accrual, counts, in_force, meter
from desktop_app.domain.catalog import Product
from desktop_app.domain.money import ZERO
from desktop_app.events import CatalogChanged, Event, EventBus, OrderChanged, TermsChanged
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.price_basis import CatalogSource
from desktop_app.services.under_way import GoodsLine
from desktop_app.services.under_way_orders import OrdersUnderWay
from desktop_app.storage.account_repository import AccountRepository
from desktop_app.storage.agreement_repository import AgreementRepository

# So many orders are read in less time than a picture on the screen lasts.
AT_ONCE = 50


class GateState(StrEnum):
    """Whether a condition for the back-margin is met; `unknown` where the manufacturer told nothing of it."""

    OPEN = "open"
    SHUT = "shut"
    UNKNOWN = "unknown"


class GateView(Struct, frozen=True):
    """One gate of an agreement. `kind` is `paid` or `growth`.

    `paid`: `reached` are the euros overdue, `needed` is 0. `growth`: both are per cent over the reference turnover.
    """

    kind: str
    state: GateState
    reached: Decimal | None = None
    needed: Decimal | None = None


class MeterView(Struct, frozen=True):
    """One agreement and the way to its next tier. Amounts are euros of net goods before VAT, rates per cent.

    `turnover` is what the manufacturer counted up to `as_of` (None: he told nothing yet), `under_way` what this desk
    knows besides, `basket` the open draft; `accrued` is the back-margin on all three at the rate reached, `percent`.
    With `missing` euros more the next tier is reached: `gain` more back-margin; all None beyond the last tier.
    """

    agreement: str
    label: str
    contract_ref: str
    mode: TierMode
    base: CountedOrders
    start: date
    end: date
    as_of: datetime | None
    turnover: Decimal
    under_way: Decimal
    basket: Decimal
    accrued: Decimal
    percent: Decimal
    next_from: Decimal | None
    next_percent: Decimal | None
    missing: Decimal | None
    gain: Decimal | None
    gates: tuple[GateView, ...] = ()
    tiers: tuple[Tier, ...] = ()

    @property
    def reached(self) -> Decimal:
        """All that counts: what is invoiced, what is under way, and this basket."""
        return self.turnover + self.under_way + self.basket

    @property
    def shut(self) -> bool:
        """Whether a gate keeps the back-margin from being due as things are."""
        return any(gate.state is GateState.SHUT for gate in self.gates)


@dataclass(slots=True)
class _Standing:
    """One agreement in force, what is known of it, and which products it counts (found once each).

    `under_way` is the sum of `of_order`: the euros of each order under way that the agreement counts.
    """

    agreement: Agreement
    known: Turnover | None
    under_way: Decimal = ZERO
    of_order: dict[str, Decimal] = field(default_factory=dict)
    counted: dict[str, bool] = field(default_factory=dict)


class BackMarginService:
    """The meters of one desk. What does not follow from an open draft is kept until terms or catalogue change; of the
    orders only those that changed are counted anew.

    `today` is the pricing day. Every method raises StorageFailed where the files cannot be read.
    """

    def __init__(
        self,
        agreements: AgreementRepository,
        account: AccountRepository,
        orders: OrdersUnderWay,
        catalog: Callable[[], CatalogSource],
        events: EventBus,
        *,
        today: Callable[[], date],
    ) -> None:
        self._agreements, self._account, self._orders = agreements, account, orders
        self._catalog, self._today = catalog, today
        self._news = 0
        self._changed: set[str] = set()
        self._read: tuple[object, tuple[_Standing, ...]] | None = None
        self._ahead: tuple[object, Iterator[str]] | None = None
        events.subscribe(self._on_event)

    def read_ahead(self, at_most: int = AT_ONCE) -> bool:
        """Read so many more of the orders that count; True once `meters` needs to read none, so that it is quick."""
        key = self._key()
        if self._read is not None and self._read[0] == key:
            return True
        if self._ahead is None or self._ahead[0] != key:
            self._ahead = key, self._reading_ahead()
        done = sum(1 for _ in islice(self._ahead[1], at_most)) < at_most
        if done:
            self._ahead = None
        return done

    def meters(self, session: DraftSession | None = None) -> tuple[MeterView, ...]:
        """The agreements in force today with `session` as the open draft: most gain per missing euro first."""
        standings = self._standings()
        if not standings:
            return ()
        basket = () if session is None else session.goods()
        views = [_view(one, self._counted(one, basket)) for one in standings]
        return tuple(sorted(views, key=_worth, reverse=True))

    def accruals(self) -> tuple[Accrual, ...]:
        """The rates that a purchase made now earns; none of an agreement that a gate keeps from being due."""
        found = []
        for one in self._standings():
            gates = meter(one.agreement, one.known, one.under_way).gates
            earned = accrual(one.agreement, one.known, one.under_way)
            if earned.percent and not any(gate.open is False for gate in gates):
                found.append(earned)
        return tuple(found)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _key(self) -> object:
        """Changes with everything that is read anew."""
        return self._agreements.stamp(), self._today(), self._news

    def _reading_ahead(self) -> Iterator[str]:
        agreements, known = self._known()
        for one in agreements:
            counted = known.get(one.id)
            yield from self._orders.reading_ahead(one.start, one.end, None if counted is None else counted.as_of)

    def _standings(self) -> tuple[_Standing, ...]:
        key = self._key()
        if self._read is None or self._read[0] != key:
            self._read = key, self._read_anew()
        elif self._changed:
            for one in self._read[1]:
                self._count_orders(one, self._changed)
        self._changed.clear()
        return self._read[1]

    def _known(self) -> tuple[tuple[Agreement, ...], Mapping[str, Turnover]]:
        """The agreements in force, and what the manufacturer has counted of each."""
        dealer = self._account.dealer()
        found = in_force(
            self._agreements.agreements(dealer.account, dealer.group), dealer.account, dealer.group, self._today()
        )
        return found, self._agreements.turnover() if found else {}

    def _read_anew(self) -> tuple[_Standing, ...]:
        found, known = self._known()
        standings = tuple(_Standing(agreement, known.get(agreement.id)) for agreement in found)
        for one in standings:
            self._count_orders(one)
        return standings

    def _count_orders(self, standing: _Standing, among: Collection[str] | None = None) -> None:
        """Count what is under way; of the orders `among` these ids only, where all others were counted before."""
        agreement, known = standing.agreement, standing.known
        as_of = None if known is None else known.as_of
        goods = self._orders.goods(agreement.start, agreement.end, as_of, among)
        for order_id in goods if among is None else among:
            now = self._counted(standing, goods.get(order_id, ()))
            standing.under_way += now - standing.of_order.get(order_id, ZERO)
            standing.of_order[order_id] = now

    def _counted(self, standing: _Standing, lines: Iterable[GoodsLine]) -> Decimal:
        """The euros of `lines` that the agreement counts."""
        wanted = list(lines)
        unknown = {line.sku for line in wanted if line.sku not in standing.counted}
        if unknown:
            products = self._catalog().products_many(unknown)
            for sku in unknown:
                # Of a product that is gone nothing but its number is known.
                product = products.get(sku) or Product(sku, "", ZERO, ZERO)
                standing.counted[sku] = counts(standing.agreement, product)
        return sum((line.amount for line in wanted if standing.counted[line.sku]), ZERO)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, OrderChanged):
            self._changed.update(event.order_ids)
        elif isinstance(event, TermsChanged | CatalogChanged):
            self._news += 1


def _view(standing: _Standing, basket: Decimal) -> MeterView:
    agreement, known = standing.agreement, standing.known
    found = meter(agreement, known, standing.under_way, basket)
    ahead = found.next_tier
    return MeterView(
        agreement=agreement.id,
        label=agreement.label,
        contract_ref=agreement.contract_ref,
        mode=agreement.mode,
        base=agreement.base,
        start=agreement.start,
        end=agreement.end,
        as_of=None if known is None else known.as_of,
        turnover=ZERO if known is None else known.turnover,
        under_way=standing.under_way,
        basket=basket,
        accrued=found.accrued,
        percent=found.percent,
        next_from=None if ahead is None else ahead.turnover_from,
        next_percent=None if ahead is None else ahead.percent,
        missing=found.missing,
        gain=found.gain,
        gates=tuple(_gate(gate) for gate in found.gates),
        tiers=agreement.tiers,
    )


def _gate(gate: Gate) -> GateView:
    state = GateState.UNKNOWN if gate.open is None else GateState.OPEN if gate.open else GateState.SHUT
    return GateView(gate.kind, state, gate.reached, gate.needed)


def _worth(view: MeterView) -> tuple[bool, Decimal, Decimal]:
    """What a further euro is worth on the way to the next tier; those without one come last, the richest first."""
    if not view.missing or view.gain is None:
        return False, ZERO, view.accrued
    return True, view.gain / view.missing, view.accrued
