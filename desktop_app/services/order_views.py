"""Orders as a front end reads them: rows of the list with their lights, and the dossier of one order."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

import msgspec

from desktop_app.contract.orders import Accepted, HistoryEntry, OrderRecord, RecordLine, RecordSubOrder, TotalsDoc
from desktop_app.contract.wire import FieldError
from desktop_app.domain.catalog import CatalogReader
from desktop_app.domain.money import amount_text
from desktop_app.domain.order import DeliveryState, Problem, Status, Totals
from desktop_app.domain.validation import CREDIT_HOLD, CREDIT_LIMIT
from desktop_app.services.draft_views import StockReader
from desktop_app.services.views import (
    JournalEntry,
    Lights,
    LineProgress,
    OrderSummary,
    OrderView,
    SubOrderProgress,
)
from desktop_app.storage.journal import MANUFACTURER, JournalRow
from desktop_app.storage.order_rows import OrderRow, Snapshot

DONE, WAITING, OFF, STOP = "done", "waiting", "off", "stop"
# What the manufacturer's history says of an order he held for its credit and let go again.
CREDIT_RELEASED = "credit-released"
_OF_THE_CREDIT = (CREDIT_LIMIT, CREDIT_HOLD)
_UNDER_WAY = (Status.SUBMITTED, Status.TO_CONFIRM)


def lights(order: OrderRow) -> Lights:
    """The three lights: on this desk, with the manufacturer, in their system."""
    if order.status is Status.DRAFT or (order.status is Status.CANCELLED and not order.order_no):
        return Lights(OFF if order.status is Status.DRAFT else STOP, OFF, OFF)
    if order.status is Status.REFUSED:
        return Lights(DONE, STOP, OFF)
    stuck = order.delivery_state is DeliveryState.ATTENTION and order.status is Status.SUBMITTED
    manufacturer = STOP if stuck else WAITING if order.status in _UNDER_WAY else DONE
    return Lights(DONE, manufacturer, DONE if order.order_no else OFF)


def order_summary(order: OrderRow) -> OrderSummary:
    """One row of the order list."""
    return OrderSummary(
        order_id=order.order_id,
        desk_no=order.desk_no,
        order_no=order.order_no,
        revision=order.revision,
        reference=order.reference,
        status=order.status,
        delivery_state=order.delivery_state,
        lights=lights(order),
        created_at=order.created_at,
        updated_at=order.updated_at,
        lines=order.line_count,
        total=order.total,
        reason=order.reason,
        author=order.author,
    )


def totals_from(doc: TotalsDoc | RecordSubOrder, online_bonus: str) -> Totals:
    """Totals read from the wire, which tells the online bonus apart."""
    return Totals(
        goods=Decimal(doc.goods),
        eco=Decimal(doc.eco),
        carriage=Decimal(doc.carriage),
        fees=Decimal(doc.fees),
        vat={Decimal(rate): Decimal(amount) for rate, amount in doc.vat.items()},
        total=Decimal(doc.total),
        online_bonus=Decimal(online_bonus or 0),
        private_copy=Decimal(doc.private_copy),
        discount=Decimal(doc.discount),
        vat_reason=doc.vat_reason,
    )


class OrderViews:
    """Puts the pieces of a dossier together. `stock_view` names the wholesalers' marks."""

    def __init__(self, catalog: Callable[[], CatalogReader], stock_view: StockReader) -> None:
        self._catalog = catalog
        self._stock_view = stock_view

    def dossier(
        self,
        order: OrderRow,
        *,
        snapshot: Snapshot,
        answer: bytes | None,
        record: OrderRecord | None,
        journal: list[JournalRow],
    ) -> OrderView:
        """One order without its changed terms, which `order_terms` reads."""
        accepted = _accepted(answer)
        progress = record.sub_orders if record is not None else accepted.sub_orders if accepted is not None else []
        names = snapshot.names | {line.sku: line.name for part in progress for line in part.lines if line.name}
        totals = snapshot.totals
        if not snapshot.sub_orders and record is not None:
            totals = totals_from(record.totals, record.online_bonus)
        warnings = () if accepted is None else tuple(_warning(error) for error in accepted.problems)
        problems = (*snapshot.problems, *_not_said_before(warnings, snapshot.problems))
        if record is not None and any(entry.state == CREDIT_RELEASED for entry in record.history):
            problems = tuple(problem for problem in problems if problem.code != CREDIT_HOLD)
        return OrderView(
            summary=order_summary(order),
            delivery=order.delivery,
            author=order.author,
            end_client=order.end_client,
            note=order.note,
            sub_orders=snapshot.sub_orders,
            names=names,
            totals=totals,
            problems=problems,
            progress=tuple(self._progress(part) for part in progress),
            changed_terms=None,
            history=history(journal, record),
            marks={
                part.wholesaler: self._mark(part.wholesaler, (line.sku for line in part.lines))
                for part in snapshot.sub_orders
            },
        )

    def _progress(self, part: RecordSubOrder) -> SubOrderProgress:
        name, letter = self._mark(part.wholesaler, (line.sku for line in part.lines))
        return SubOrderProgress(
            wholesaler=part.wholesaler,
            name=name,
            letter=letter,
            lines=tuple(_line_progress(line) for line in part.lines),
            total=Decimal(part.total),
            goods=Decimal(part.goods),
            totals=totals_from(part, part.online_bonus),
        )

    def _mark(self, code: str, skus: Iterable[str]) -> tuple[str, str]:
        """A wholesaler's name and letter, as the stock of a product it delivers says."""
        for sku in skus:
            for view in self._stock_view(sku):
                if view.wholesaler == code:
                    return view.name, view.letter
        wholesaler = self._catalog().wholesaler(code)
        return (wholesaler.name if wholesaler is not None else "") or code, code[:1]


def history(journal: list[JournalRow], record: OrderRecord | None) -> tuple[JournalEntry, ...]:
    """What happened here and, where the manufacturer tells it, there; oldest first, nothing twice."""
    here = [JournalEntry(*row) for row in journal]
    # What became of the order as a whole was noted here already when the answer came.
    answered = {entry.code for entry in here if entry.source == MANUFACTURER}
    told = () if record is None else record.history
    there = [_history_entry(entry) for entry in told if entry.sku or entry.state not in answered]
    return tuple(sorted((*here, *there), key=lambda entry: entry.at))


def _history_entry(entry: HistoryEntry) -> JournalEntry:
    facts: Mapping[str, str] = {
        "wholesaler": entry.wholesaler,
        "sku": entry.sku,
        "quantity": str(entry.quantity) if entry.quantity else "",
        "tracking": entry.tracking,
        "invoice_no": entry.invoice_no,
        "invoice_total": entry.invoice_total,
        "text": entry.text,
    }
    return JournalEntry(
        entry.at, MANUFACTURER, entry.state, tuple((name, text) for name, text in facts.items() if text)
    )


def _line_progress(line: RecordLine) -> LineProgress:
    return LineProgress(
        sku=line.sku,
        name=line.name,
        quantity=line.quantity,
        unit_net=Decimal(line.unit_net),
        line_total=Decimal(line.line_total),
        confirmed=line.confirmed,
        backorder=line.backorder,
        shipped=line.shipped,
        invoiced=line.invoiced,
        refused=line.refused,
    )


def _accepted(answer: bytes | None) -> Accepted | None:
    """The recorded acceptance, None where the answer is another one."""
    if answer is None:
        return None
    try:
        return msgspec.json.decode(answer, type=Accepted)
    except msgspec.ValidationError:
        return None


def line_of(pointer: str) -> int | None:
    """The 1-based line a pointer such as `/lines/2/unit_price` names, None for the whole order."""
    parts = pointer.split("/")
    return int(parts[2]) + 1 if len(parts) > 2 and parts[1] == "lines" and parts[2].isdecimal() else None


def _warning(error: FieldError) -> Problem:
    params = {"yours": error.yours, "ours": error.ours}
    if error.code in _OF_THE_CREDIT and error.ours:
        # What is left of the credit, below zero.
        params["over"] = amount_text(-Decimal(error.ours))
    return Problem(error.code, error.detail or error.code, line_of(error.pointer), blocking=False, params=params)


def _not_said_before(warnings: tuple[Problem, ...], said: tuple[Problem, ...]) -> list[Problem]:
    known = {(problem.code, problem.line) for problem in said}
    return [warning for warning in warnings if (warning.code, warning.line) not in known]
