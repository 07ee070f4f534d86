"""The figures of plans, priced by the engine: one basket goes from plan to plan, so that only what differs costs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from desktop_app.domain.basket import Basket, BasketLine
from desktop_app.domain.money import ZERO, round_amount
from desktop_app.domain.order import PricedLine, Problem, SubOrder
from desktop_app.domain.plans import Allocation, Plan, PlanKind, allocation, complete_on
from desktop_app.services.draft_lines import DraftLines
from desktop_app.services.draft_views import DraftViews
from desktop_app.services.plan_edits import payable
from desktop_app.services.plan_views import DeliveryView, PlanView

# A line of a basket that stands for a plan: product, wholesaler, units.
_Placed = tuple[str, str, int]


class _Priced(Struct, frozen=True):
    """A plan with what the engine says of it."""

    plan: Plan
    sub_orders: tuple[SubOrder, ...]
    total: Decimal
    fees: Decimal
    problems: tuple[Problem, ...]


class PlanFigures:
    """Prices plans for the lines of one draft. `rows` are these lines as they are now."""

    def __init__(self, lines: DraftLines, rows: Sequence[BasketLine], views: DraftViews) -> None:
        self._lines = lines
        self._rows = rows
        self._views = views
        basis = lines.basis
        self._basket = Basket(
            lines.catalog,
            basis.terms,
            basis.dealer,
            basis.day,
            end_client=lines.end_client,
            delivery=lines.delivery,
        )
        self._keys: dict[_Placed, int] = {}
        self._next_key = 0

    def views(self, plans: Sequence[Plan]) -> tuple[PlanView, ...]:
        """The plans and what the draft says now, compared with each other."""
        priced = [self._priced(plan) for plan in plans]
        cheapest = priced[0].total if priced else None
        priced.append(self._by_hand(priced[0].plan.bound if priced else ZERO))
        days = [day for one in priced for row in one.plan.allocations for day in _days(row) if day is not None]
        return tuple(
            self._view(one, min(days, default=None), one.total if cheapest is None else cheapest) for one in priced
        )

    # --- pricing --------------------------------------------------------------------------------------------------

    def _priced(self, plan: Plan) -> _Priced:
        """The plan in the basket, with the lines it does not place as they are."""
        placed = [(one.sku, one.wholesaler, one.quantity) for one in plan.allocations]
        number_of = {(one.sku, one.wholesaler): self._lines.number(one.key) for one in plan.allocations}
        keys = set(plan.lines)
        left = [row for row in self._rows if row.key not in keys]
        for row in left:
            placed.append((row.sku, row.wholesaler, row.quantity))
            number_of[row.sku, row.wholesaler] = self._lines.number(row.key)
        self._put(placed)
        totals = self._basket.totals()
        problems = sorted(
            (
                replace(problem, line=number_of[self._place_of(key)])
                for key, found in self._basket.line_problems().items()
                for problem in found
            ),
            key=lambda problem: problem.line or 0,
        )
        whole = replace(plan, allocations=(*plan.allocations, *self._as_they_are(left)))
        return _Priced(
            whole,
            self._basket.sub_orders(),
            payable(totals),
            totals.fees,
            (*problems, *self._basket.order_problems()),
        )

    def _by_hand(self, bound: Decimal) -> _Priced:
        """What the draft says now; its basket is priced already."""
        basket = self._lines.basket()
        totals = basket.totals()
        keys = tuple(row.key for row in self._rows if row.priced is not None)
        plan = Plan(PlanKind.BY_HAND, keys, tuple(self._as_they_are(self._rows)), False, bound)
        return _Priced(plan, basket.sub_orders(), payable(totals), totals.fees, self._lines.problems())

    def _put(self, placed: Iterable[_Placed]) -> None:
        """Make the basket hold just these lines."""
        wanted = set(placed)
        for gone in self._keys.keys() - wanted:
            self._basket.remove(self._keys.pop(gone))
        for new in sorted(wanted - self._keys.keys()):
            self._next_key += 1
            self._keys[new] = self._next_key
            sku, wholesaler, quantity = new
            self._basket.put(self._next_key, sku, quantity, wholesaler)

    def _place_of(self, key: int) -> tuple[str, str]:
        line = self._basket.line(key)
        return line.sku, line.wholesaler

    def _as_they_are(self, rows: Iterable[BasketLine]) -> Iterable[Allocation]:
        catalog, day = self._lines.catalog, self._lines.basis.day
        for row in rows:
            wholesaler = catalog.wholesaler(row.wholesaler) if row.priced is not None else None
            offer = next((one for one in catalog.offers(row.sku) if one.wholesaler == row.wholesaler), None)
            if wholesaler is not None and offer is not None:
                yield allocation(row.key, row.sku, row.quantity, offer, wholesaler, day)

    # --- the views ------------------------------------------------------------------------------------------------

    def _view(self, priced: _Priced, first_day: date | None, cheapest: Decimal) -> PlanView:
        plan = priced.plan
        deliveries = self._deliveries(priced)
        return PlanView(
            kind=plan.kind,
            lines=plan.lines,
            allocations=plan.allocations,
            total=priced.total,
            difference=priced.total - cheapest,
            fees=priced.fees,
            carriage=self._views.carriage(self._lines, priced.sub_orders),
            deliveries=deliveries,
            pieces=sum(one.pieces for one in deliveries),
            pieces_by_first_day=sum(one.pieces for one in deliveries if first_day and one.day == first_day),
            first_day=first_day,
            complete_on=complete_on(plan.allocations),
            backordered=sum(one.backordered for one in plan.allocations),
            problems=priced.problems,
            proven=plan.proven,
            bound=plan.bound,
        )

    def _deliveries(self, priced: _Priced) -> tuple[DeliveryView, ...]:
        """What comes from whom on which day, soonest first, unknown days last."""
        lines = {(line.sku, line.wholesaler): line for part in priced.sub_orders for line in part.lines}
        found: dict[tuple[str, date | None], list[tuple[str, int, Decimal]]] = defaultdict(list)
        for one in priced.plan.allocations:
            line = lines.get((one.sku, one.wholesaler))
            from_stock = _goods_of(line, one.in_stock)
            if one.in_stock:
                found[one.wholesaler, one.stock_arrives].append((one.sku, one.in_stock, from_stock))
            if one.backordered:
                rest = _goods_of(line, one.quantity) - from_stock
                found[one.wholesaler, one.arrives].append((one.sku, one.backordered, rest))
        ordered = sorted(found, key=lambda place: (place[1] or date.max, place[0]))
        return tuple(self._delivery(wholesaler, day, found[wholesaler, day]) for wholesaler, day in ordered)

    def _delivery(self, code: str, day: date | None, rows: list[tuple[str, int, Decimal]]) -> DeliveryView:
        wholesaler = self._lines.catalog.wholesaler(code)
        return DeliveryView(
            wholesaler=code,
            name=code if wholesaler is None else wholesaler.name or code,
            letter=self._views.letter(rows[0][0], code),
            day=day,
            lines=len(rows),
            pieces=sum(pieces for _, pieces, _ in rows),
            goods=sum((goods for _, _, goods in rows), ZERO),
        )


def _days(one: Allocation) -> tuple[date | None, ...]:
    """The days on which units of an allocation arrive."""
    return (one.stock_arrives, one.arrives) if one.backordered else (one.stock_arrives,)


def _goods_of(line: PricedLine | None, units: int) -> Decimal:
    """The goods of so many units of a line; the whole line's where it is all of them."""
    if line is None or not units:
        return ZERO
    return line.line_total if units == line.quantity else round_amount(line.unit_net * units)
