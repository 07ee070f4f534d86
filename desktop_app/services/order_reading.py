"""Finding orders and putting their dossiers together from what lies on disk. Nothing is written here."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from msgspec.structs import replace

from desktop_app.contract.orders import OrderRecord, RequestAnswer
from desktop_app.domain.order import Status, Totals
from desktop_app.errors import UnknownOrder
from desktop_app.services.changed_order import as_changed, is_changed
from desktop_app.services.draft_lines import DraftLine, DraftLines
from desktop_app.services.draft_shares import DraftShares
from desktop_app.services.draft_views import StockReader
from desktop_app.services.order_document import product_facts
from desktop_app.services.order_terms import TermsAnswer, changed_terms, terms_answer
from desktop_app.services.order_views import OrderViews, order_summary
from desktop_app.services.price_basis import PriceBasis
from desktop_app.services.views import ChangeView, DuplicateWarning, OrderSummary, OrderView
from desktop_app.services.ways_out import Exit, ways_out
from desktop_app.storage.database import Connection
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_records import FROM_FEED, OrderRecords
from desktop_app.storage.order_repository import OrderRepository, fingerprint
from desktop_app.storage.order_requests import OrderRequests
from desktop_app.storage.order_rows import OrderRow, Snapshot
from desktop_app.storage.outbox import HISTORY_LOST, Outbox
from desktop_app.storage.stuck_messages import StuckMessages

SAME_LINES_WITHIN = timedelta(hours=24)


class OrderReading:
    """Reads the orders of one desk."""

    def __init__(self, connection: Connection, basis: Callable[[], PriceBasis], stock_view: StockReader) -> None:
        self._basis = basis
        self._orders = OrderRepository(connection)
        self._outbox = Outbox(connection)
        self._journal = Journal(connection)
        self._records = OrderRecords(connection)
        self._stuck, self._requests = StuckMessages(connection), OrderRequests(connection)
        self._shares = DraftShares(connection)
        self._views = OrderViews(lambda: basis().catalog(), stock_view)

    def find(self, number: str) -> OrderRow:
        """The order with that id, desk number or manufacturer's number; this desk's own before another's.

        Raises UnknownOrder.
        """
        found = self._orders.find(number)
        if not found:
            raise UnknownOrder(f"No order here has the id or number {number}.", order=number)
        return found[0]

    def matching(self, text: str, statuses: Collection[Status]) -> tuple[OrderSummary, ...]:
        """The rows of the list, newest first."""
        shares = self._shares.all()
        return tuple(
            replace(order_summary(order), shared=shares.get(order.order_id))
            for order in self._orders.matching(text=text, statuses=statuses)
        )

    def summary(self, order: OrderRow) -> OrderSummary:
        """One row of the list."""
        return replace(order_summary(order), shared=self._shares.of(order.order_id))

    def view(self, order: OrderRow) -> OrderView:
        """The dossier of an order."""
        answer = self._orders.answer(order.order_id)
        snapshot, record = self.snapshot(order), self.record(order)
        if record is not None and is_changed(record):
            snapshot = as_changed(snapshot, record)
        view = self._views.dossier(
            order,
            snapshot=snapshot,
            answer=None if answer is None else answer[0],
            record=record,
            journal=self._journal.entries(order.order_id),
        )
        view = replace(
            view,
            summary=self.summary(order),
            ways_out=self.ways_out(order),
            asked_again=order.status is not Status.SUBMITTED and self._stuck.answer_awaited(order.order_id),
            change=self.change(order),
        )
        terms = self.terms(order)
        return view if terms is None else replace(view, changed_terms=changed_terms(terms, view.names))

    def ways_out(self, order: OrderRow) -> tuple[Exit, ...]:
        """What a person can do where the order is stuck."""
        lost_copy = order.origin == FROM_FEED and order.reason == HISTORY_LOST
        in_the_books = self._records.get(order.order_id) is not None
        return ways_out(self._stuck.of(order.order_id), lost_copy=lost_copy, in_the_books=in_the_books)

    def change(self, order: OrderRow) -> ChangeView | None:
        """The change of the order that was asked for last, None where none was."""
        found = self._requests.latest_change(order.order_id)
        if found is None:
            return None
        request, answer, state = found.request, found.answer, "given-up" if found.given_up else "waiting"
        code, detail = found.reason, ""
        if isinstance(answer, RequestAnswer):
            state, code, detail = "done" if answer.granted else "refused", answer.code, answer.detail
        elif answer is not None:
            state, code, detail = "refused", answer.slug, answer.detail or answer.title
        return ChangeView(
            state=state,
            at=found.at,
            delivery_state=found.state,
            lines=tuple((line.sku, line.wholesaler, line.quantity) for line in request.lines),
            wanted_date=request.wanted_date,
            no_date=request.no_date,
            reference=request.reference,
            note=request.note,
            code=code,
            detail=detail,
        )

    def record(self, order: OrderRow) -> OrderRecord | None:
        """The order as the manufacturer has it, or last had it; None where it has told nothing of this revision."""
        record = self._records.last_known(order.order_id)
        return record if record is not None and record.revision >= order.revision else None

    def snapshot(self, order: OrderRow) -> Snapshot:
        """The prices the order was submitted with; those of now for a draft; nothing for another desk's order."""
        kept = self._orders.snapshot(order.order_id)
        if kept is not None:
            return kept
        if order.origin == FROM_FEED:
            return Snapshot((), Totals())
        rows = self._orders.lines(order.order_id)
        drawn = [DraftLine(row.key, row.place, row.sku, row.quantity, row.asked, row.wholesaler) for row in rows]
        lines = DraftLines(self._basis(), drawn, order.end_client, order.delivery)
        names, _ = product_facts(lines.catalog, (line.sku for line in drawn))
        return Snapshot(lines.basket().sub_orders(), lines.basket().totals(), lines.problems(), names)

    def terms(self, order: OrderRow) -> TermsAnswer | None:
        """The changed terms that wait for a decision on this order, None where there are none."""
        if order.status is not Status.TO_CONFIRM:
            return None
        message = self._outbox.get_order(order.order_id, order.revision)
        answer = self._orders.answer(order.order_id)
        if message is None or answer is None:
            return None
        return terms_answer(message.body, *answer)

    def duplicates(
        self, order_id: str, reference: str, lines: Collection[tuple[str, int]], now: datetime
    ) -> tuple[DuplicateWarning, ...]:
        """Other orders with this customer reference, or sent within 24 hours with these lines of (sku, quantity)."""
        found = [("same-reference", order) for order in self._orders.same_reference(reference, other_than=order_id)]
        since = now - SAME_LINES_WITHIN
        for order in self._orders.same_lines(fingerprint(lines), since, other_than=order_id) if lines else ():
            found.append(("same-lines", order))
        return tuple(
            DuplicateWarning(code, order.order_id, order.desk_no, order.reference, order.created_at)
            for code, order in found
        )
