"""Sharing drafts among the desks of an account: share, take over, and choose where two people changed one draft.

Each act is one transaction, then one event; the others hear of it in the next round. No choice loses anything: what is
not chosen stays in the list of this desk, put away, and can be taken up again.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal

from desktop_app.contract.drafts import DRAFTS_FEATURE, DraftDoc, DraftState
from desktop_app.domain.order import Status
from desktop_app.errors import ActionNotPossible, UnknownOrder
from desktop_app.events import DraftToTell, EventBus, OrderChanged
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.draft_shares import DraftShares
from desktop_app.services.order_document import product_facts
from desktop_app.services.order_reading import OrderReading
from desktop_app.services.order_writing import OrderWriting, details_of
from desktop_app.services.price_basis import PriceBasis
from desktop_app.services.shared_views import ComparedLine, DraftConflict, Side, Theirs
from desktop_app.services.views import OrderDetails, OrderSummary
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_records import OrderRecords
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.order_rows import LineRow, OrderRow
from desktop_app.storage.shared_drafts import Present, SharedDraft, SharedDrafts, rows_of, same_work
from desktop_app.storage.sync_state import SyncState


class DraftSharing:
    """`author` is who sits at the desk, `session` opens a draft.

    Raises UnknownOrder, ActionNotPossible, StorageFailed; then nothing was changed.
    """

    def __init__(
        self,
        desk: DeskDatabase,
        reading: OrderReading,
        writing: OrderWriting,
        *,
        basis: Callable[[], PriceBasis],
        events: EventBus,
        now: Callable[[], datetime],
        author: Callable[[], str],
        session: Callable[[OrderRow], DraftSession],
    ) -> None:
        self._desk, self._reading, self._writing, self._basis = desk, reading, writing, basis
        self._events, self._now, self._author, self._session = events, now, author, session
        connection = desk.connection
        self._orders, self._records, self._journal = (
            OrderRepository(connection),
            OrderRecords(connection),
            Journal(connection),
        )
        self._drafts, self._shares, self._state = (
            SharedDrafts(connection),
            DraftShares(connection),
            SyncState(connection),
        )

    # --- reading --------------------------------------------------------------------------------------------------

    @property
    def possible(self) -> bool:
        """Whether the manufacturer's server keeps drafts for its desks, by what it last said."""
        known = self._state.discovery
        return known is not None and DRAFTS_FEATURE in known.features

    def colleagues(self) -> tuple[OrderSummary, ...]:
        """The drafts that colleagues hold, which can be taken over."""
        return self._shares.colleagues()

    def conflict(self, number: str) -> DraftConflict | None:
        """A draft of this desk beside a colleague's version of it, None where there is no other."""
        order = self._reading.find(number)
        draft = self._drafts.get(order.order_id)
        if draft is None or draft.theirs is None:
            return None
        theirs = draft.theirs
        return DraftConflict(
            draft_id=order.order_id,
            desk_no=order.desk_no,
            holder=theirs.holder,
            changed_at=theirs.updated_at,
            state=Theirs(theirs.state),
            lines=self._compared(self._orders.lines(order.order_id), rows_of(theirs)),
            mine=details_of(order),
            theirs=_details(theirs),
            total_mine=order.total,
            total_theirs=Decimal(theirs.total) if theirs.total else None,
            sides=self._sides(order, theirs),
        )

    def check_alone(self, order_id: str) -> None:
        """Raises ActionNotPossible where a colleague has changed the draft, and nobody has looked at both yet."""
        draft = self._drafts.get(order_id)
        if draft is not None and draft.theirs is not None:
            raise ActionNotPossible(
                "A colleague has changed this draft too: look at both versions first, then send it.",
                action="compare",
                order_id=order_id,
            )

    # --- acts -----------------------------------------------------------------------------------------------------

    def share(self, number: str) -> OrderSummary:
        """Let the other desks of the account see a draft, and take it over."""
        order, now = self._reading.find(number), self._now()
        if order.status is not Status.DRAFT or self._drafts.was_queued(order.order_id):
            raise ActionNotPossible(
                f"{order.desk_no} cannot be shared: only a draft that never left can.", action="share"
            )
        if not self.possible:
            raise ActionNotPossible("The manufacturer's server does not keep drafts for its desks.", action="share")
        if self._drafts.get(order.order_id) is None:
            with self._desk.transaction():
                self._drafts.hold(order.order_id, self._drafts.present(order.order_id), self._author(), now)
                self._journal.add(order.order_id, now, "draft-shared")
            self._changed(order.order_id)
        return self._reading.summary(order)

    def take(self, number: str) -> OrderSummary:
        """Take over the draft that a colleague holds, by its id or number: it is held at this desk from now on."""
        found = [one for one in self._drafts.offered() if number in (one.doc.draft_id, one.doc.desk_no)]
        if not found:
            raise UnknownOrder(f"No colleague holds a draft with the id or number {number}.", order=number)
        present, now = found[0], self._now()
        with self._desk.transaction():
            order = self._drafts.take(present, self._author(), now)
            self._journal.add(order.order_id, now, "draft-taken-over", {"holder": present.doc.holder})
            self._session(order).refresh_terms()
        self._changed(order.order_id)
        return self._reading.summary(self._reading.find(order.order_id))

    def settle(self, number: str, side: Side) -> OrderSummary:
        """Choose where a colleague has changed the draft too; returns the draft that goes on being this desk's work.

        BOTH: mine becomes a draft of its own, theirs stays theirs. THEIRS: so, and mine is put away. MINE: mine takes
        the place of theirs, which is put away here.
        """
        now = self._now()
        order = self._reading.find(number)
        draft = self._drafts.get(order.order_id)
        if draft is None or draft.theirs is None:
            raise ActionNotPossible(f"Nobody has changed {order.desk_no} besides this desk.", action=side.value)
        if side not in self._sides(order, draft.theirs):
            raise ActionNotPossible(f"{order.desk_no} is ordered already.", action=side.value)
        with self._desk.transaction():
            if side is Side.MINE:
                kept = self._put_over(order, draft, draft.theirs, now)
            else:
                kept = self._beside(order, now, put_away=side is Side.THEIRS)
        self._changed(order.order_id, kept)
        return self._reading.summary(self._reading.find(kept))

    def worked_on(self, order_id: str) -> None:
        """A person has stopped working on a draft for a while: the others may see what he did."""
        if self._drafts.get(order_id) is not None:
            self._events.publish(DraftToTell())

    # --- inside ---------------------------------------------------------------------------------------------------

    def _put_over(self, order: OrderRow, draft: SharedDraft, theirs: DraftDoc, now: datetime) -> str:
        seen = draft.base is not None and same_work(draft.base, theirs)
        if not seen and not same_work(self._mine(draft), theirs):
            self._put_down(_details(theirs), rows_of(theirs), now, away=True, said=("draft-put-away", order.desk_no))
        self._drafts.hold(order.order_id, Present(draft.theirs_rev, theirs), self._author(), now)
        self._journal.add(order.order_id, now, "draft-put-over", {"holder": theirs.holder})
        return order.order_id

    def _beside(self, order: OrderRow, now: datetime, *, put_away: bool) -> str:
        said = ("draft-put-away" if put_away else "draft-kept-beside", order.desk_no)
        kept = self._put_down(details_of(order), self._orders.lines(order.order_id), now, away=put_away, said=said)
        self._drafts.let_go(order.order_id)
        # What a colleague has ordered of it stands in the list as his order.
        self._records.follow([order.order_id], now)
        return kept

    def _put_down(
        self, details: OrderDetails, lines: Iterable[LineRow], now: datetime, *, away: bool, said: tuple[str, str]
    ) -> str:
        """A draft of its own with these lines; put away it is among the cancelled. Returns its id."""
        code, of = said
        draft = self._writing.create(details)
        self._orders.put_lines(draft.order_id, lines)
        self._session(draft).refresh_terms()
        if away:
            self._orders.cancel(draft.order_id, now)
        self._journal.add(draft.order_id, now, code, {"of": of})
        return draft.order_id

    def _mine(self, draft: SharedDraft) -> DraftDoc:
        mine = self._drafts.document(draft)
        if mine is None:
            raise UnknownOrder("The draft is not here any more.", order=draft.draft_id)
        return mine

    def _sides(self, order: OrderRow, theirs: DraftDoc) -> tuple[Side, ...]:
        over = theirs.state is not DraftState.SENT and self._records.get(order.order_id) is None
        return (Side.BOTH, Side.THEIRS, Side.MINE) if over else (Side.BOTH, Side.THEIRS)

    def _compared(self, mine: Iterable[LineRow], theirs: Iterable[LineRow]) -> tuple[ComparedLine, ...]:
        quantities: dict[tuple[str, str], list[int]] = {}
        for place, rows in enumerate((mine, theirs)):
            for row in rows:
                quantities.setdefault((row.sku, row.wholesaler), [0, 0])[place] += row.quantity
        names, _ = product_facts(self._basis().catalog(), (sku for sku, _ in quantities))
        return tuple(
            ComparedLine(sku, names.get(sku, ""), wholesaler, ours, other)
            for (sku, wholesaler), (ours, other) in quantities.items()
        )

    def _changed(self, *order_ids: str) -> None:
        self._events.publish(OrderChanged(tuple(dict.fromkeys(order_ids))))
        self._events.publish(DraftToTell())


def _details(doc: DraftDoc) -> OrderDetails:
    return OrderDetails(doc.reference, doc.delivery.to_domain(), doc.end_client, doc.note)
