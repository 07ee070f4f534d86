"""What a person may do with drafts and orders. Each act is one transaction, then one event; prices: `draft_session`."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

import msgspec

from desktop_app.contract.orders import CancelRequest
from desktop_app.contract.wire import Limits
from desktop_app.domain.order import DeliveryState, Status, Totals
from desktop_app.domain.outcome import MessageKind
from desktop_app.errors import ActionNotPossible, NewTerms
from desktop_app.events import EventBus, OrderChanged
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.draft_sharing import DraftSharing
from desktop_app.services.draft_views import StockReader
from desktop_app.services.order_changes import OrderChanges
from desktop_app.services.order_document import priced_order
from desktop_app.services.order_exits import OrderExits
from desktop_app.services.order_import import OrderImport
from desktop_app.services.order_reading import OrderReading
from desktop_app.services.order_writing import OrderWriting
from desktop_app.services.price_basis import PriceBasis
from desktop_app.services.terms_answers import TermsAnswers
from desktop_app.services.terms_policy import TermsPolicy
from desktop_app.services.views import DuplicateWarning, OrderDetails, OrderSummary, OrderView
from desktop_app.services.ways_out import decided_first
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.order_requests import OrderRequests
from desktop_app.storage.order_rows import OrderRow
from desktop_app.storage.outbox import Outbox
from desktop_app.storage.stuck_messages import StuckMessages

_CANCELLED_BY_REQUEST = (Status.ACCEPTED, Status.CONFIRMED)
_ANSWERED = (Status.TO_CONFIRM, Status.REFUSED)

_Order = OrderRow | DraftSession


class OrderService:
    """Drafts and orders of one desk. `basis` gives what prices follow from now, `author` who sits at the desk.

    Every act takes an order's id or number and returns the order as it is then. Raises UnknownOrder where nobody has
    it, ActionNotPossible where its state does not allow the act, StorageFailed where it cannot be written: then
    nothing was changed.
    """

    def __init__(
        self,
        desk: DeskDatabase,
        *,
        basis: Callable[[], PriceBasis],
        stock_view: StockReader,
        events: EventBus,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        author: Callable[[], str],
        limits: Callable[[], Limits] = Limits,
        takes_changes: Callable[[], bool] = lambda: True,
    ) -> None:
        self._desk = desk
        self._basis = basis
        self._stock_view = stock_view
        self._events = events
        self._now, self._new_id, self._author = now, new_id, author
        self._orders = OrderRepository(desk.connection)
        self._outbox = Outbox(desk.connection)
        self._stuck, self._requests = StuckMessages(desk.connection), OrderRequests(desk.connection)
        self._journal = Journal(desk.connection)
        self._reading = OrderReading(desk.connection, basis, stock_view)
        self._writing = OrderWriting(desk.connection, basis=basis, now=now, new_id=new_id, author=author, limits=limits)
        self._answers = TermsAnswers(
            desk, self._reading, self._writing, basis=basis, events=events, now=now, session=self._session
        )
        self.exits = OrderExits(desk, self._reading, self._writing, events=events, now=now, session=self._session)
        self.changes = OrderChanges(
            desk,
            self._reading,
            basis=basis,
            events=events,
            now=now,
            new_id=new_id,
            author=author,
            takes_changes=takes_changes,
        )
        self.sharing = DraftSharing(
            desk,
            self._reading,
            self._writing,
            basis=basis,
            events=events,
            now=now,
            author=author,
            session=self._session,
        )
        self.imports = OrderImport(lambda: basis().catalog())

    # --- reading --------------------------------------------------------------------------------------------------

    def list(self, *, text: str = "", statuses: Collection[Status] = ()) -> tuple[OrderSummary, ...]:
        """The orders whose numbers, reference or client contain `text`, newest first; no status means any."""
        return self._reading.matching(text, statuses)

    def drafts(self) -> tuple[OrderSummary, ...]:
        """The drafts, newest first."""
        return self._reading.matching("", (Status.DRAFT,))

    def get(self, number: str) -> OrderView:
        """One order by its id, desk number or manufacturer's number."""
        return self._reading.view(self._reading.find(number))

    def summary(self, number: str) -> OrderSummary:
        """One row of the list."""
        return self._reading.summary(self._reading.find(number))

    def duplicate_warnings(self, session: DraftSession) -> tuple[DuplicateWarning, ...]:
        """Orders with the same customer reference, and orders with the same lines sent within 24 hours."""
        lines = [(line.sku, line.quantity) for line in session.priced.all()]
        return self._reading.duplicates(session.order_id, session.details.reference, lines, self._now())

    # --- drafts ---------------------------------------------------------------------------------------------------

    def new_draft(self, reference: str = "") -> DraftSession:
        """Create an empty draft, with its desk number, and open it."""
        with self._desk.transaction():
            order = self._writing.create(OrderDetails(reference=reference.strip()))
        self._events.publish(OrderChanged((order.order_id,)))
        return self._session(order)

    def new_order(
        self,
        lines: Iterable[tuple[str, int, str]],
        *,
        reference: str = "",
        round_up: bool,
        arrange: Callable[[DraftSession], object] | None = None,
    ) -> DraftSession:
        """Create a draft with these lines of (sku, quantity, wholesaler or ""), all of them or nothing at all.

        With `round_up` quantities are raised to the next that can be ordered; `arrange` may then place the lines.
        Raises OrderRefused for a line or an order that could not be sent as it is.
        """
        with self._desk.transaction():
            session = self._session(self._writing.create(OrderDetails(reference=reference.strip())))
            session.put_all(lines, round_up=round_up)
            if arrange is not None:
                arrange(session)
            self._writing.document(session, session.details, priced_order(session.priced), revision=1)
        self._events.publish(OrderChanged((session.order_id,)))
        return session

    def open_draft(self, number: str) -> DraftSession:
        """Open a draft for editing."""
        order = self._reading.find(number)
        if order.status is not Status.DRAFT:
            raise ActionNotPossible(f"{order.desk_no} is not a draft any more.", order_id=order.order_id)
        return self._session(order)

    # --- on its way -----------------------------------------------------------------------------------------------

    def submit(self, number: str) -> OrderView:
        """Queue a draft. Raises NewTerms where prices are not those last shown, OrderRefused for what stops it."""
        return self._submit(self.open_draft(number))

    def send(self, number: str) -> OrderView:
        """Whatever brings the order on its way: submit a draft, release a held order, try a waiting one at once."""
        order = self._reading.find(number)
        if order.status is Status.DRAFT:
            return self.submit(order.order_id)
        if order.delivery_state is DeliveryState.HELD:
            return self.release(order.order_id)
        if order.status is not Status.SUBMITTED:
            raise ActionNotPossible(f"{_name(order)} cannot be sent: it is {order.status}.", action="send")
        self._outbox.try_now(order.order_id)
        return self._changed(order)

    def hold(self, number: str) -> OrderView:
        """Keep back an order that has not left."""
        return self._before_it_leaves(number, self._outbox.hold, "held")

    def release(self, number: str) -> OrderView:
        """Let a held order go."""
        return self._before_it_leaves(number, self._outbox.release, "released")

    def withdraw(self, number: str) -> OrderView:
        """Make a draft again of an order that has not left, was put away, or that the manufacturer did not take."""
        now, by = self._now(), self._writing.by()
        with self._desk.transaction():
            order = self._reading.find(number)
            self._take_back(order)
            self._orders.back_to_draft(order.order_id, now)
            self._journal.add(order.order_id, now, "withdrawn", {"revision": str(order.revision)} | by)
        return self._changed(order)

    def correct(self, number: str) -> DraftSession:
        """Withdraw the order and open it for editing."""
        return self.open_draft(self.withdraw(number).summary.order_id)

    def cancel(self, number: str, reason: str = "") -> OrderView:
        """Cancel a draft or an order that has not left at once; ask the manufacturer for one it has.

        Of an order whose arrival nobody knows yet the wish is kept and sent after its outcome.
        """
        now = self._now()
        with self._desk.transaction():
            order = self._reading.find(number)
            if order.status in (Status.DRAFT, Status.TO_CONFIRM) or self._has_not_left(order):
                if order.status is not Status.DRAFT:
                    self._take_back(order)
                self._orders.cancel(order.order_id, now)
                self._journal.add(order.order_id, now, "cancelled", self._writing.by())
            else:
                self._ask_to_cancel(order, reason, now)
        return self._changed(order)

    # --- changed terms --------------------------------------------------------------------------------------------

    def confirm(
        self, number: str, without: Iterable[str] = (), ask: Iterable[str] = (), request: str = ""
    ) -> OrderView:
        """Take the manufacturer's terms: the next revision is queued without the skus of `without` and `ask`.

        The lines of `ask` become a draft of their own whose note asks for a special price in the words of `request`
        (English ones where it is empty).
        """
        return self.get(self._answers.confirm(number, without, ask, request))

    def preview_confirm(self, number: str, without: Iterable[str] = (), ask: Iterable[str] = ()) -> Totals:
        """The sums the order would have if it were confirmed so. Raises ActionNotPossible as `confirm` does."""
        return self._answers.preview(number, without, ask)

    def take_by_rule(self, policy: TermsPolicy) -> int:
        """Take every changed order that the dealer's own rule covers; returns how many are on their way again."""
        return self._answers.take_by_rule(policy)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _session(self, order: OrderRow) -> DraftSession:
        return DraftSession(
            order,
            self._desk,
            self._orders,
            basis=self._basis,
            stock_view=self._stock_view,
            now=self._now,
            submit=self._submit,
        )

    def _submit(self, session: DraftSession) -> OrderView:
        self.sharing.check_alone(session.order_id)
        lines, changed = session.on_current_basis()
        if changed:
            raise NewTerms("\n".join(problem.message for problem in changed), changed)
        priced = priced_order(lines)
        with self._desk.transaction():
            self._writing.queue(session, session.details, priced, session.saved_at)
        return self._changed(session)

    def _before_it_leaves(self, number: str, move: Callable[[str], None], done: str) -> OrderView:
        order, now = self._reading.find(number), self._now()
        if order.status is not Status.SUBMITTED:
            raise ActionNotPossible(f"{_name(order)} cannot be {done}: it is {order.status}.", action=move.__name__)
        with self._desk.transaction():
            move(order.order_id)
            self._orders.touch(order.order_id, now)
            self._journal.add(order.order_id, now, done, self._writing.by())
        return self._changed(order)

    def _take_back(self, order: OrderRow) -> None:
        if order.status in _ANSWERED:
            self._outbox.close_decided(order.order_id)
        elif order.status is Status.SUBMITTED:
            self._outbox.withdraw(order.order_id)
        elif order.status is not Status.CANCELLED or order.delivery_state is not DeliveryState.NONE:
            raise ActionNotPossible(f"{_name(order)} cannot be withdrawn: it is {order.status}.", action="withdraw")

    def _has_not_left(self, order: OrderRow) -> bool:
        message = self._outbox.get_order(order.order_id, order.revision)
        return order.status is Status.SUBMITTED and message is not None and message.first_try_at is None

    def _ask_to_cancel(self, order: OrderRow, reason: str, now: datetime) -> None:
        if order.status is not Status.SUBMITTED and order.status not in _CANCELLED_BY_REQUEST:
            raise ActionNotPossible(f"{_name(order)} cannot be cancelled: it is {order.status}.", action="cancel")
        asked = self._requests.open(order.order_id)
        if order.cancel_wished or asked is not None:
            what = "A change" if asked is MessageKind.AMEND else "The cancellation"
            raise ActionNotPossible(f"{what} of {_name(order)} is already on its way.", action="cancel")
        if decided_first(self._reading.ways_out(order)):
            raise ActionNotPossible(
                f"The manufacturer does not have {_name(order)} as it is here: decide first what it shall be.",
                action="cancel",
            )
        # Also one that was accepted once and is being confirmed again: there is nothing to cancel before that.
        under_way = order.status is Status.SUBMITTED or self._stuck.answer_awaited(order.order_id)
        request_id = self._new_id()
        request = CancelRequest(order.order_id, request_id, now, self._author(), reason)
        body = msgspec.json.encode(request)
        if under_way:
            self._orders.wish_cancelled(order.order_id, body, now)
            self._journal.add(order.order_id, now, "cancel-wished", self._writing.by())
        else:
            self._outbox.add_cancel(request_id, order.order_id, order.revision, body, now)
            self._journal.add(order.order_id, now, "cancel-queued", self._writing.by())

    def _changed(self, order: _Order) -> OrderView:
        self._events.publish(OrderChanged((order.order_id,)))
        return self.get(order.order_id)


def _name(order: OrderRow) -> str:
    return order.order_no or order.desk_no
