"""Taking a way out of a stuck order. Which there are: `ways_out`."""

from collections.abc import Callable
from datetime import datetime

from desktop_app.errors import ActionNotPossible
from desktop_app.events import EventBus, OrderChanged, SyncStatusChanged
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.order_reading import OrderReading
from desktop_app.services.order_writing import OrderWriting, details_of
from desktop_app.services.views import OrderView
from desktop_app.services.ways_out import ANOTHER_IN_THE_BOOKS, Exit
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_records import OrderRecords
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.order_rows import LineRow, OrderRow
from desktop_app.storage.stuck_messages import StuckMessage, StuckMessages


class OrderExits:
    """Each act is one transaction, then one event. `session` opens a draft."""

    def __init__(
        self,
        desk: DeskDatabase,
        reading: OrderReading,
        writing: OrderWriting,
        *,
        events: EventBus,
        now: Callable[[], datetime],
        session: Callable[[OrderRow], DraftSession],
    ) -> None:
        self._desk, self._reading, self._writing = desk, reading, writing
        self._events, self._now, self._session = events, now, session
        self._orders, self._records = OrderRepository(desk.connection), OrderRecords(desk.connection)
        self._stuck, self._journal = StuckMessages(desk.connection), Journal(desk.connection)

    def take(self, number: str, way: Exit) -> OrderView:
        """Take a way out of the order of that id or number; returns the order as it is then, of AS_NEW the new draft.

        Raises ActionNotPossible where it is none of `OrderView.ways_out`, UnknownOrder, StorageFailed.
        """
        now = self._now()
        with self._desk.transaction():
            order = self._reading.find(number)
            if way not in self._reading.ways_out(order):
                name = order.order_no or order.desk_no
                raise ActionNotPossible(f"This is no way out of the present state of {name}.", action=way.value)
            shown = order.order_id
            stuck = self._stuck.of(order.order_id)
            if way is Exit.AS_NEW:
                shown = self._as_new(order, stuck, now)
            elif stuck is not None:
                self._settle(way, order, stuck, now)
        self._events.publish(OrderChanged(tuple(dict.fromkeys((order.order_id, shown)))))
        self._events.publish(SyncStatusChanged())
        return self._reading.view(self._reading.find(shown))

    # --- inside ---------------------------------------------------------------------------------------------------

    def _settle(self, way: Exit, order: OrderRow, stuck: StuckMessage, now: datetime) -> None:
        if way is Exit.LEAVE:
            self._stuck.close(stuck, now)
            self._journal.add(order.order_id, now, "left-as-is", self._writing.by())
        elif way is Exit.TAKE_THEIRS and stuck.reason in ANOTHER_IN_THE_BOOKS:
            self._take_theirs(order, stuck, now)
        else:
            if way is Exit.TAKE_THEIRS:
                self._stuck.take_new_answer(stuck, now)
            else:
                self._stuck.try_again(stuck, now)
            self._journal.add(order.order_id, now, "tried-again", self._writing.by())

    def _take_theirs(self, order: OrderRow, stuck: StuckMessage, now: datetime) -> None:
        record = self._records.get(order.order_id)
        if record is None:
            raise ActionNotPossible("The manufacturer has told nothing of this order yet.", action="take-theirs")
        self._stuck.close(stuck, now, never_taken=True)
        self._records.take_theirs(record, now)
        self._journal.add(order.order_id, now, "closed-by-books", {"order_no": record.order_no} | self._writing.by())

    def _as_new(self, order: OrderRow, stuck: StuckMessage | None, now: datetime) -> str:
        """A draft with the lines of this desk, of another desk's order those the manufacturer had; returns its id."""
        lines = self._orders.lines(order.order_id) or self._recorded_lines(order.order_id)
        draft = self._writing.create(details_of(order))
        self._orders.put_lines(draft.order_id, lines)
        self._session(draft).refresh_terms()
        self._journal.add(order.order_id, now, "taken-as-new", {"desk_no": draft.desk_no} | self._writing.by())
        if stuck is None:
            return draft.order_id
        if self._records.get(order.order_id) is not None:
            self._take_theirs(order, stuck, now)
        else:
            self._stuck.close(stuck, now)
            self._orders.cancel(order.order_id, now)
        return draft.order_id

    def _recorded_lines(self, order_id: str) -> list[LineRow]:
        record = self._records.last_known(order_id)
        parts = [] if record is None else record.sub_orders
        lines = [(line, part.wholesaler) for part in parts for line in part.lines]
        return [
            LineRow(key, float(key), line.sku, line.quantity, None, wholesaler)
            for key, (line, wholesaler) in enumerate(lines, start=1)
        ]
