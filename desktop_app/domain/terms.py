"""A dealer's terms: the unit net price of one product and why, by the fixed procedure of `docs/pricing.md`.

Which record wins a step is decided in `ranking`; lines, sub-orders and VAT are added up in `basket` and `totals`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from desktop_app.domain.applying import Case
from desktop_app.domain.catalog import DatedPrice, Product
from desktop_app.domain.condition import Combine, Condition, Step
from desktop_app.domain.conflicts import TermsConflict
from desktop_app.domain.document_discount import DocumentDiscounts
from desktop_app.domain.money import ZERO, round_unit
from desktop_app.domain.order import MAX_QUANTITY, NOTE_FLOOR, NOTE_LESS_FAVOURABLE, NOTE_QUOTA, TraceStep
from desktop_app.domain.ranking import NOTHING_USED, Plan, RankedConditions, Rule, winners
from desktop_app.domain.validation import round_up

ONLINE = "online"

_BLOCKED_BY_NET = (Step.BASE, Step.QTY)
_ALONE: Mapping[str, int] = {}


class UnitPrice(Struct, frozen=True):
    """A unit net at 4 decimals, before VAT, and the rows that explain it; the first row is `list`.

    `limits` are the applied records that serve no more than so many units: (condition id, units left).
    """

    unit_net: Decimal
    trace: tuple[TraceStep, ...]
    limits: tuple[tuple[str, int], ...] = ()


class PriceShape(Struct, frozen=True):
    """What a product's unit net at one wholesaler depends on besides the assortments of its sub-order.

    `turns` are the quantities of the line, ascending, from which another unit net may hold; `limits` the records that
    may count and serve no more than so many units: (condition id, units left).
    """

    turns: tuple[int, ...]
    limits: tuple[tuple[str, int], ...]


class _Taken(NamedTuple):
    """What one step did: the exact price after it, and what the record alone would have made."""

    step: Step
    rule: Rule
    applied: bool
    price: Decimal
    candidate: Decimal
    note: str


class Terms:
    """The conditions of one dealer, indexed; built once per set of terms, then asked for any number of prices.

    Conditions of other dealers and groups may be among `conditions`; they are passed over. `conflicts` names the
    records that were left out because nothing ranks one before the other. `used` maps the id of a condition with a
    quota to the units this dealer has had at it.
    """

    def __init__(
        self, conditions: Iterable[Condition], account: str, group: str = "", used: Mapping[str, int] = NOTHING_USED
    ) -> None:
        self._ranked = RankedConditions(conditions, account, group, used)

    @property
    def documents(self) -> DocumentDiscounts:
        """The discounts on whole sub-orders."""
        return self._ranked.documents

    @property
    def conflicts(self) -> tuple[TermsConflict, ...]:
        """The records left out, in groups, ordered by id."""
        return self._ranked.conflicts

    def unit_net(
        self,
        product: Product,
        wholesaler: str,
        list_price: Decimal,
        quantity: int,
        day: date,
        *,
        matched: Mapping[str, int] | None = None,
        end_client: str = "",
        channel: str = ONLINE,
    ) -> Decimal:
        """The unit net at 4 decimals, without the trace; arguments as in `unit_price`."""
        plan = self._ranked.plan(product, Case(wholesaler, day, end_client, channel))
        taken = _walk(plan, list_price, quantity, matched)
        return round_unit(taken[-1].price if taken else list_price)

    def unit_price(
        self,
        product: Product,
        wholesaler: str,
        list_price: Decimal,
        quantity: int,
        day: date,
        *,
        matched: Mapping[str, int] | None = None,
        end_client: str = "",
        channel: str = ONLINE,
        dated: DatedPrice | None = None,
    ) -> UnitPrice:
        """The unit net of `quantity` units at a wholesaler (its code) on the pricing day, with its trace.

        `list_price` is that wholesaler's tarif, `dated` the dated price it comes from. `matched` gives, per
        product key, the quantity of all lines of the sub-order that the key matches, this line's included; without it
        the line stands alone.
        """
        plan = self._ranked.plan(product, Case(wholesaler, day, end_client, channel))
        shown = round_unit(list_price)
        trace = [_list_row(shown, dated)]
        limits = []
        for row in _walk(plan, list_price, quantity, matched):
            if row.applied and row.rule.limit is not None:
                limits.append((row.rule.condition.id, row.rule.limit))
            after = round_unit(row.price)
            trace.append(_trace_row(row, after, after - shown))
            shown = after
        return UnitPrice(shown, tuple(trace), tuple(limits))

    def breaks(
        self,
        product: Product,
        wholesaler: str,
        list_price: Decimal,
        day: date,
        *,
        end_client: str = "",
        channel: str = ONLINE,
    ) -> tuple[tuple[int, Decimal], ...]:
        """The orderable quantities from which another unit net holds for a line on its own, ascending.

        The first entry is the smallest orderable quantity. A used-up quota shows as a later, dearer entry.
        """
        plan = self._ranked.plan(product, Case(wholesaler, day, end_client, channel))
        points = {1}
        for rule in plan:
            points.add(max(rule.qty_min, 1))
            if rule.limit is not None:
                points.add(rule.limit + 1)
        orderable = sorted({round_up(product, point) for point in points if point <= MAX_QUANTITY})
        found: list[tuple[int, Decimal]] = []
        for quantity in orderable:
            taken = _walk(plan, list_price, quantity, None)
            price = round_unit(taken[-1].price if taken else list_price)
            if not found or found[-1][1] != price:
                found.append((quantity, price))
        return tuple(found)

    def shape(
        self, product: Product, wholesaler: str, day: date, *, end_client: str = "", channel: str = ONLINE
    ) -> PriceShape:
        """On which quantities and on which limited records the unit net at a wholesaler may depend."""
        plan = self._ranked.plan(product, Case(wholesaler, day, end_client, channel))
        turns: set[int] = set()
        limits: dict[str, int] = {}
        for rule in plan:
            if rule.qty_min > 1 and not rule.match_key:
                turns.add(rule.qty_min)
            if rule.limit is not None:
                turns.add(rule.limit + 1)
                limits[rule.condition.id] = rule.limit
        return PriceShape(tuple(sorted(turns)), tuple(limits.items()))

    def match_keys(self, product: Product) -> tuple[str, ...]:
        """The keys under which this product shares breaks with other lines of its sub-order (its assortments)."""
        return self._ranked.match_keys(product)

    def match_thresholds(self, match_key: str) -> tuple[int, ...]:
        """The quantities at which the breaks of one assortment begin, ascending."""
        return self._ranked.thresholds(match_key)


def _walk(plan: Plan, list_price: Decimal, quantity: int, matched: Mapping[str, int] | None) -> list[_Taken]:
    """The steps that a record won, in order, with unrounded prices."""
    price = list_price
    taken: list[_Taken] = []
    net_applied = False
    for rule in winners(plan, quantity, matched or _ALONE):
        step = rule.step
        if net_applied and step in _BLOCKED_BY_NET:
            continue
        row = _take(step, rule, price, list_price, quantity)
        price = row.price
        net_applied = net_applied or (row.applied and step is Step.NET)
        taken.append(row)
    return taken


def _take(step: Step, rule: Rule, price: Decimal, list_price: Decimal, quantity: int) -> _Taken:
    candidate = rule.candidate(price, list_price)
    note = ""
    if candidate < ZERO:
        candidate, note = ZERO, NOTE_FLOOR
    if rule.limit is not None and rule.limit < quantity:
        return _Taken(step, rule, False, price, candidate, NOTE_QUOTA)
    if rule.condition.combine is Combine.BEST and candidate >= price:
        return _Taken(step, rule, False, price, candidate, NOTE_LESS_FAVOURABLE)
    return _Taken(step, rule, True, candidate, candidate, note)


def _list_row(price: Decimal, dated: DatedPrice | None) -> TraceStep:
    if dated is None:
        return TraceStep(Step.LIST, "", True, price, ZERO, "")
    return TraceStep(Step.LIST, "", True, price, ZERO, dated.label, start=dated.start, end=dated.end)


def _trace_row(row: _Taken, after: Decimal, delta: Decimal) -> TraceStep:
    condition = row.rule.condition
    return TraceStep(
        step=row.step,
        condition=condition.id,
        applied=row.applied,
        price_after=after,
        delta=delta,
        label=condition.label,
        value=condition.value,
        unit=condition.unit,
        combine=condition.combine,
        candidate=None if row.applied else round_unit(row.candidate),
        note=row.note,
        start=condition.start,
        end=condition.end,
        contract_ref=condition.contract_ref,
        version=condition.rev,
    )
