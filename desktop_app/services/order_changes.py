"""Asking the manufacturer to change an accepted order: less of a line, another date, reference or note."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

import msgspec
from msgspec import Struct

from desktop_app.contract.orders import AmendLine, AmendRequest
from desktop_app.domain.order import Status
from desktop_app.domain.outcome import MessageKind
from desktop_app.domain.validation import round_up
from desktop_app.errors import ActionNotPossible
from desktop_app.events import EventBus, OrderChanged, SyncStatusChanged
from desktop_app.services.order_reading import OrderReading
from desktop_app.services.price_basis import PriceBasis
from desktop_app.services.views import OrderView
from desktop_app.services.ways_out import decided_first
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.order_requests import OrderRequests
from desktop_app.storage.order_rows import OrderRow
from desktop_app.storage.outbox import Outbox
from desktop_app.storage.stuck_messages import StuckMessages

CHANGEABLE = (Status.ACCEPTED, Status.CONFIRMED)


class Less(Struct, frozen=True):
    """A line of which less is wanted: `quantity` is what is left, 0 takes it out. `wholesaler` "": the only one."""

    sku: str
    quantity: int
    wholesaler: str = ""


class Change(Struct, frozen=True):
    """What shall be otherwise; None leaves it as it is. `no_date`: no date is wanted any more."""

    wanted_date: date | None = None
    no_date: bool = False
    reference: str | None = None
    note: str | None = None
    lines: tuple[Less, ...] = ()


class OrderChanges:
    """One wish at a time waits for each order; the manufacturer decides. Each act is one transaction, then one event.

    `takes_changes` says whether the manufacturer's server knows such wishes.
    """

    def __init__(
        self,
        desk: DeskDatabase,
        reading: OrderReading,
        *,
        basis: Callable[[], PriceBasis],
        events: EventBus,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        author: Callable[[], str],
        takes_changes: Callable[[], bool],
    ) -> None:
        self._desk, self._reading, self._basis = desk, reading, basis
        self._events, self._now, self._new_id, self._author = events, now, new_id, author
        self._takes_changes = takes_changes
        self._outbox, self._journal = Outbox(desk.connection), Journal(desk.connection)
        self._orders, self._requests = OrderRepository(desk.connection), OrderRequests(desk.connection)
        self._stuck = StuckMessages(desk.connection)

    def ask(self, number: str, change: Change, reason: str = "") -> OrderView:
        """Queue the wish to change the order of that id or number; returns the order as it is then.

        Raises ActionNotPossible where its state, or what is asked, does not allow it; UnknownOrder, StorageFailed.
        """
        now = self._now()
        with self._desk.transaction():
            order = self._reading.find(number)
            self._check_state(order)
            view = self._reading.view(order)
            wish = self._wish(order, view, change, reason, now)
            self._outbox.add_amend(wish.request_id, order.order_id, order.revision, msgspec.json.encode(wish), now)
            self._orders.touch(order.order_id, now)
            self._journal.add(order.order_id, now, "amend-queued", {"lines": str(len(wish.lines))})
        self._events.publish(OrderChanged((order.order_id,)))
        self._events.publish(SyncStatusChanged())
        return self._reading.view(self._reading.find(order.order_id))

    def fitting(self, sku: str, quantity: int) -> int:
        """The smallest quantity of a product that can be ordered and is not below `quantity`; of 0 it is 0."""
        product = self._basis().catalog().product(sku)
        return round_up(product, quantity) if product is not None and quantity else quantity

    # --- inside ---------------------------------------------------------------------------------------------------

    def _check_state(self, order: OrderRow) -> None:
        name = order.order_no or order.desk_no
        if order.status not in CHANGEABLE:
            raise ActionNotPossible(f"{name} cannot be changed: it is {order.status}.", action="amend")
        kind = self._requests.open(order.order_id)
        if kind is not None or order.cancel_wished:
            what = "A change" if kind is MessageKind.AMEND else "The cancellation"
            raise ActionNotPossible(f"{what} of {name} is already on its way.", action="amend")
        if decided_first(self._reading.ways_out(order)) or self._stuck.answer_awaited(order.order_id):
            raise ActionNotPossible(
                f"The manufacturer does not have {name} as it is here: it cannot be changed now.", action="amend"
            )
        if not self._takes_changes():
            raise ActionNotPossible("The manufacturer's server takes no changes of orders.", action="amend")

    def _wish(self, order: OrderRow, view: OrderView, change: Change, reason: str, now: datetime) -> AmendRequest:
        date_moves = change.no_date or change.wanted_date is not None
        moves = date_moves and change.wanted_date != order.delivery.wanted_date
        wish = AmendRequest(
            order_id=order.order_id,
            request_id=self._new_id(),
            created_at=now,
            author=self._author(),
            reason=reason,
            wanted_date=change.wanted_date if moves else None,
            no_date=moves and change.wanted_date is None,
            reference=_other_than(order.reference, change.reference),
            note=_other_than(order.note, change.note),
            lines=[self._less(view, line) for line in _once(change.lines)],
        )
        if not (moves or wish.lines or wish.reference is not None or wish.note is not None):
            raise ActionNotPossible("Nothing is to be changed.", action="amend")
        if wish.lines and all(self._left(wish, wholesaler, sku) == 0 for wholesaler, sku in _ordered(view)):
            raise ActionNotPossible("No line is left: cancel the order instead.", action="amend")
        return wish

    def _less(self, view: OrderView, line: Less) -> AmendLine:
        ordered = {key: units for key, units in _ordered(view).items() if key[1] == line.sku}
        found = [key for key in ordered if line.wholesaler in ("", key[0])]
        if not found:
            raise ActionNotPossible(f"{line.sku} is no line of this order.", action="amend", sku=line.sku)
        if len(found) > 1:
            names = ", ".join(sorted(wholesaler for wholesaler, _ in found))
            raise ActionNotPossible(f"{line.sku} is ordered from {names}: name one.", action="amend", sku=line.sku)
        (wholesaler, sku), units = found[0], ordered[found[0]]
        if not 0 <= line.quantity < units:
            raise ActionNotPossible(
                f"{sku}: {units} are ordered, it can only become less.", action="amend", sku=sku, quantity=str(units)
            )
        fits = self.fitting(sku, line.quantity)
        if fits != line.quantity:
            words = (
                f"{sku}: {line.quantity} cannot be ordered, {fits} can."
                if fits < units
                else (f"{sku}: {line.quantity} cannot be ordered.")
            )
            raise ActionNotPossible(words, action="amend", sku=sku, quantity=str(fits))
        return AmendLine(sku, wholesaler, line.quantity)

    @staticmethod
    def _left(wish: AmendRequest, wholesaler: str, sku: str) -> int | None:
        """What is left of a line by this wish, None where it does not name it."""
        return next((one.quantity for one in wish.lines if (one.wholesaler, one.sku) == (wholesaler, sku)), None)


def _ordered(view: OrderView) -> dict[tuple[str, str], int]:
    """The units of each line as the manufacturer has the order, by wholesaler and sku."""
    return {(part.wholesaler, line.sku): line.quantity for part in view.progress for line in part.lines}


def _other_than(present: str, wanted: str | None) -> str | None:
    return None if wanted is None or wanted.strip() == present else wanted.strip()


def _once(lines: Iterable[Less]) -> list[Less]:
    """Each line as it was named last."""
    return list({(line.wholesaler, line.sku): line for line in lines}.values())
