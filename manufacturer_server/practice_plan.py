"""What the practice manufacturer will do with an order: a plan drawn by rule, the same for the same order. Pure."""

import random
from collections.abc import Iterable, Mapping
from decimal import Decimal

import msgspec

from desktop_app.contract.orders import OrderRecord, RecordSubOrder
from desktop_app.domain.money import amount_text
from desktop_app.domain.order import DeliveryMode
from manufacturer_server.progress import weight

Units = dict[str, int]
# Spans in minutes of the practice clock, each drawn evenly between its bounds.
_TO_CONFIRM = (0.7, 1.3)
_TO_SHIP = (0.8, 1.4)
_TO_INVOICE = (0.8, 1.4)
_TO_ARRIVE = (2.0, 3.5)


class PlannedFact(msgspec.Struct, frozen=True, omit_defaults=True):
    """Some units of a line reaching a state."""

    wholesaler: str
    sku: str
    state: str
    quantity: int
    tracking: str = ""
    invoice_no: str = ""
    invoice_total: str = ""


class PlannedStep(msgspec.Struct, frozen=True):
    """What happens at one moment, in minutes after the order was seen."""

    after_minutes: float
    facts: list[PlannedFact]


def plan_for(record: OrderRecord, available: Mapping[tuple[str, str], int]) -> list[PlannedStep]:
    """The steps from `accepted` to `invoiced`; `available` is the stock by (wholesaler, sku), the rest comes later."""
    steps = [
        step
        for sub_order in record.sub_orders
        for step in _Part(
            record, sub_order, available, random.Random(f"{record.order_id}/{sub_order.wholesaler}")
        ).steps()
    ]
    return sorted(steps, key=lambda step: step.after_minutes)


class _Part:
    """One wholesaler's part of an order."""

    def __init__(
        self,
        record: OrderRecord,
        sub_order: RecordSubOrder,
        available: Mapping[tuple[str, str], int],
        rng: random.Random,
    ) -> None:
        self._record, self._sub_order, self._rng = record, sub_order, rng
        self._ordered = {line.sku: line.quantity for line in sub_order.lines}
        self._ready = {
            sku: min(quantity, available.get((sub_order.wholesaler, sku), 0)) for sku, quantity in self._ordered.items()
        }
        self._late = {sku: quantity - self._ready[sku] for sku, quantity in self._ordered.items()}
        self._invoices = 0
        self._invoiced = Decimal(0)

    def steps(self) -> list[PlannedStep]:
        """Confirmed with backorders, shipped in parts, invoiced; what was on backorder follows."""
        minute = self._after(0, _TO_CONFIRM)
        steps = [self._step(minute, [*self._facts("confirmed", self._ready), *self._facts("backorder", self._late)])]
        if self._record.delivery.mode is DeliveryMode.COMPLETE:
            minute = self._after(minute, _TO_ARRIVE) if any(self._late.values()) else minute
            return steps + self._deliver(minute, [self._ordered])
        first = _about_half(self._ready)
        rest = {sku: quantity - first[sku] for sku, quantity in self._ready.items()}
        steps += self._deliver(minute, [first, rest])
        if any(self._late.values()):
            minute = self._after(steps[-1].after_minutes, _TO_ARRIVE)
            steps += self._deliver(minute, [self._late])
        return [step for step in steps if step.facts]

    def _deliver(self, minute: float, parcels: list[Units]) -> list[PlannedStep]:
        """Each parcel shipped after the other, then one invoice for all of them."""
        steps = []
        total: Units = dict.fromkeys(self._ordered, 0)
        for parcel in parcels:
            minute = self._after(minute, _TO_SHIP)
            tracking = f"{self._sub_order.wholesaler}{self._rng.randrange(10**9):09d}"
            steps.append(self._step(minute, self._facts("shipped", parcel, tracking=tracking)))
            total = {sku: total[sku] + parcel[sku] for sku in total}
        minute = self._after(minute, _TO_INVOICE)
        if any(total.values()):
            steps.append(self._step(minute, self._invoice(total)))
        return steps

    def _invoice(self, units: Units) -> list[PlannedFact]:
        self._invoices += 1
        number = f"FA-{self._record.order_no}-{self._sub_order.wholesaler}{self._invoices}"
        facts = self._facts("invoiced", units, invoice_no=number)
        amount = amount_text(self._amount_of(units))
        return [msgspec.structs.replace(fact, invoice_total=amount) for fact in facts]

    def _amount_of(self, units: Units) -> Decimal:
        """The part of the total TTC that falls on these units; the last invoice takes what rounding left."""
        total = Decimal(self._sub_order.total)
        weights = {line.sku: weight(line) for line in self._sub_order.lines}
        whole = sum((weights[sku] * quantity for sku, quantity in self._ordered.items()), Decimal(0))
        part = sum((weights[sku] * quantity for sku, quantity in units.items()), Decimal(0))
        last = units == self._late or units == self._ordered
        amount = total - self._invoiced if last else Decimal(amount_text(total * part / whole))
        self._invoiced += amount
        return amount

    def _facts(self, state: str, units: Units, *, tracking: str = "", invoice_no: str = "") -> list[PlannedFact]:
        code = self._sub_order.wholesaler
        return [
            PlannedFact(code, sku, state, quantity, tracking, invoice_no) for sku, quantity in units.items() if quantity
        ]

    def _step(self, minute: float, facts: Iterable[PlannedFact]) -> PlannedStep:
        return PlannedStep(round(minute, 3), list(facts))

    def _after(self, minute: float, span: tuple[float, float]) -> float:
        return minute + self._rng.uniform(*span)


def _about_half(units: Units) -> Units:
    """Half of the lines, or half of the units of the only one: so that a part is seen to be shipped first."""
    ready = [sku for sku, quantity in units.items() if quantity]
    if len(ready) == 1:
        return {sku: quantity // 2 for sku, quantity in units.items()}
    first = set(ready[: len(ready) // 2])
    return {sku: quantity if sku in first else 0 for sku, quantity in units.items()}
