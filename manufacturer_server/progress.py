"""How far an order is, derived from the facts reported about its lines: pure functions over the order's record.

A fact says that some units of a line reached a state. Quantities of one state add up: shipped twice 4 is shipped 8.
Units never reported are just accepted; `backorder` is what still waits, so units shipped later leave it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import msgspec

from desktop_app.contract.orders import HistoryEntry, OrderRecord, RecordLine, RecordSubOrder
from desktop_app.domain.money import amount_text, round_amount
from desktop_app.domain.order import Status
from desktop_app.domain.validation import CREDIT_HOLD

Key = tuple[str, str]
# The history of an order that was held for its dealer's credit and let go.
CREDIT_RELEASED = "credit-released"
# That a desk brought an order back after the server's history was lost; the text is the number it had, if another.
RESTORED = "restored"
# That an order was sealed at its desk and brought by another one, or in a file that the manufacturer was given.
OTHER_DESK, BY_FILE = "other-desk", "by-file"
# The states of goods that have left: no refusal can follow.
_GONE = ("shipped", "invoiced")
# That an order was changed at its dealer's wish: as a whole, and for each line what is left of it.
AMENDED = "amended"
# What was said of an order besides the progress of its goods.
_KEPT = (CREDIT_HOLD, CREDIT_RELEASED, RESTORED, AMENDED, OTHER_DESK, BY_FILE, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Reported:
    """One fact about units of a line; `state` is confirmed, backorder, shipped, invoiced or refused."""

    wholesaler: str
    sku: str
    state: str
    quantity: int
    at: datetime
    tracking: str = ""
    invoice_no: str = ""
    invoice_total: str = ""

    @property
    def line(self) -> Key:
        """Which line it is about."""
        return self.wholesaler, self.sku


def excess(line: RecordLine, facts: Iterable[Reported]) -> str:
    """Why the facts about one line cannot all be true; empty where they can.

    A refusal takes back what was confirmed or promised for later, but not goods that have left.
    """
    sums = _sums(facts)
    refused = sums.get("refused", 0)
    for state, total in sums.items():
        taken_back = refused if state in _GONE else 0
        if total > line.quantity - taken_back:
            less = f", {refused} of them refused" if taken_back else ""
            return f"{total} {state} in all, but only {line.quantity} ordered{less}"
    return ""


def with_facts(record: OrderRecord, facts: Iterable[Reported], first: HistoryEntry) -> OrderRecord:
    """The order's record as these facts make it; `first` opens its history. A cancelled order stays cancelled."""
    by_line: dict[Key, list[Reported]] = {}
    ordered = sorted(facts, key=lambda fact: fact.at)
    for fact in ordered:
        by_line.setdefault(fact.line, []).append(fact)
    sub_orders = [
        msgspec.structs.replace(
            sub_order,
            lines=[_line_with(line, by_line.get((sub_order.wholesaler, line.sku), ())) for line in sub_order.lines],
        )
        for sub_order in record.sub_orders
    ]
    status = record.status if record.status is Status.CANCELLED else status_of(sub_orders)
    said = [entry for entry in record.history if entry.state in _KEPT]
    history = [first, *sorted([*said, *map(_entry, ordered)], key=lambda entry: entry.at)]
    return msgspec.structs.replace(record, sub_orders=sub_orders, status=status, history=history)


def status_of(sub_orders: Iterable[RecordSubOrder]) -> Status:
    """The state of an order from the progress of its lines; refused units count as if never ordered."""
    lines = [(line, line.quantity - line.refused) for sub_order in sub_orders for line in sub_order.lines]
    live = [(line, units) for line, units in lines if units]
    if not live:
        return Status.REFUSED
    if all(line.invoiced >= units for line, units in live):
        return Status.INVOICED
    if all(line.shipped >= units for line, units in live):
        return Status.SHIPPED
    if any(line.shipped for line, _ in live):
        return Status.PARTLY_SHIPPED
    if all(line.confirmed + line.backorder >= units for line, units in live):
        return Status.CONFIRMED
    return Status.ACCEPTED


def undelivered(record: OrderRecord) -> Decimal:
    """TTC of what is neither invoiced, refused nor cancelled: each sub-order's total by the share of its goods."""
    if record.status in (Status.CANCELLED, Status.REFUSED, Status.INVOICED):
        return Decimal(0)
    return sum((_open_part(sub_order) for sub_order in record.sub_orders), Decimal(0))


def weight(line: RecordLine) -> Decimal:
    """The weight of one unit when a sub-order's total is shared out; goods given away weigh a little too."""
    return Decimal(line.unit_net) * 10_000 + 1


def _open_part(sub_order: RecordSubOrder) -> Decimal:
    total = Decimal(sub_order.total)
    whole = sum((weight(line) * line.quantity for line in sub_order.lines), Decimal(0))
    still = sum((weight(line) * (line.quantity - line.refused - line.invoiced) for line in sub_order.lines), Decimal(0))
    return round_amount(total * still / whole)


def _sums(facts: Iterable[Reported]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for fact in facts:
        sums[fact.state] = sums.get(fact.state, 0) + fact.quantity
    return sums


def _line_with(line: RecordLine, facts: Iterable[Reported]) -> RecordLine:
    sums = _sums(facts)
    refused = sums.get("refused", 0)
    invoiced = sums.get("invoiced", 0)
    shipped = max(sums.get("shipped", 0), invoiced)
    confirmed = min(max(sums.get("confirmed", 0), shipped), line.quantity - refused)
    waiting = line.quantity - refused - confirmed
    return msgspec.structs.replace(
        line,
        confirmed=confirmed,
        backorder=min(sums.get("backorder", 0), waiting),
        shipped=shipped,
        invoiced=invoiced,
        refused=refused,
    )


def _entry(fact: Reported) -> HistoryEntry:
    return HistoryEntry(
        at=fact.at,
        state=fact.state,
        wholesaler=fact.wholesaler,
        sku=fact.sku,
        quantity=fact.quantity,
        tracking=fact.tracking,
        invoice_no=fact.invoice_no,
        invoice_total=amount_text(Decimal(fact.invoice_total)) if fact.invoice_total else "",
    )
