"""A sent order as the manufacturer has it after he changed it: the prices of then, the quantities and sums of now."""

from decimal import Decimal

from msgspec.structs import replace

from desktop_app.contract.orders import OrderRecord, RecordLine, RecordSubOrder
from desktop_app.domain.condition import Step
from desktop_app.domain.money import ZERO, round_amount
from desktop_app.domain.order import PricedLine, SubOrder, Totals
from desktop_app.services.order_views import totals_from
from desktop_app.storage.order_records import AMENDED
from desktop_app.storage.order_rows import Snapshot


def is_changed(record: OrderRecord | None) -> bool:
    """Whether the manufacturer has changed the order since he accepted it."""
    return record is not None and any(entry.state == AMENDED for entry in record.history)


def as_changed(snapshot: Snapshot, record: OrderRecord) -> Snapshot:
    """The order without what was taken out; what a unit costs, and why, is as it was when it was sent."""
    parts = {part.wholesaler: part for part in record.sub_orders}
    sub_orders = tuple(_part(part, parts[part.wholesaler]) for part in snapshot.sub_orders if part.wholesaler in parts)
    rfa = sum((part.totals.rfa for part in sub_orders), ZERO)
    totals = replace(totals_from(record.totals, record.online_bonus), rfa=rfa)
    return replace(snapshot, sub_orders=sub_orders, totals=totals if snapshot.sub_orders else snapshot.totals)


def _part(part: SubOrder, record: RecordSubOrder) -> SubOrder:
    left = {line.sku: line for line in record.lines}
    lines = tuple(_line(line, left[line.sku]) for line in part.lines if line.sku in left)
    return replace(part, lines=lines, totals=_totals(record, lines))


def _line(line: PricedLine, record: RecordLine) -> PricedLine:
    if line.quantity == record.quantity:
        return line
    share = Decimal(record.quantity) / line.quantity
    return replace(
        line,
        quantity=record.quantity,
        line_total=Decimal(record.line_total),
        eco=round_amount(line.eco * share),
        private_copy=round_amount(line.private_copy * share),
    )


def _totals(record: RecordSubOrder, lines: tuple[PricedLine, ...]) -> Totals:
    accrued = sum(
        (
            -row.delta * line.quantity
            for line in lines
            for row in line.off_invoice
            if row.step is Step.RFA and row.applied
        ),
        ZERO,
    )
    return replace(totals_from(record, record.online_bonus), rfa=round_amount(accrued))
