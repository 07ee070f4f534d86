"""The drafts this desk shares with the others of its account: which it holds, and what the server has of them.

A draft held here is an order row like any other draft; beside it stands what the server's revision says. Following the
other desks: `draft_following`; the colleagues' drafts are rows of the feed only.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from desktop_app.contract.drafts import NEW_DRAFT, DraftDoc, DraftLineDoc, DraftState
from desktop_app.contract.orders import delivery_doc
from desktop_app.domain.money import amount_text
from desktop_app.domain.order import Status
from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.order_rows import LineRow, OrderRow


class SharedDraft(Struct, frozen=True):
    """A draft held here: it builds on `base`, revision `rev` of the server (0: it has none).

    `told`: that revision is this desk's own, else it is still a wish to share or to take over. `sent` went out and
    has no answer yet. `theirs`, revision `theirs_rev`, is what a person must look at beside it. `reason` is why the
    server did not keep what was sent.
    """

    draft_id: str
    holder: str
    held_since: datetime
    rev: int = NEW_DRAFT
    base: DraftDoc | None = None
    told: bool = False
    sent: DraftDoc | None = None
    theirs: DraftDoc | None = None
    theirs_rev: int = 0
    reason: str = ""


class Present(Struct, frozen=True):
    """What the server has of a draft now."""

    rev: int
    doc: DraftDoc


_SELECT = "SELECT draft_id, holder, held_since, rev, base, told, sent, theirs, theirs_rev, reason FROM shared_drafts"


def same_work(one: DraftDoc, other: DraftDoc) -> bool:
    """Whether two documents say the same order, whoever holds them."""
    return _work(one) == _work(other)


class SharedDrafts:
    """Every writing method is one small write that joins the caller's transaction. Raises StorageFailed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._orders = OrderRepository(connection)
        self._documents = msgspec.json.Decoder(DraftDoc)

    # --- reading --------------------------------------------------------------------------------------------------

    def get(self, draft_id: str) -> SharedDraft | None:
        """One draft held here, None where it is not shared or not held."""
        rows = self._rows("WHERE draft_id = ?", draft_id)
        return rows[0] if rows else None

    def all(self) -> list[SharedDraft]:
        """Every draft held here."""
        return self._rows("ORDER BY draft_id")

    def present(self, draft_id: str) -> Present | None:
        """The draft as the feed has it, None where it has none."""
        row = self._connection.execute(
            "SELECT rev, doc FROM feed_rows WHERE collection = 'drafts' AND id = ? AND doc IS NOT NULL", (draft_id,)
        ).fetchone()
        return None if row is None else Present(row[0], self._documents.decode(row[1]))

    def offered(self) -> list[Present]:
        """The open drafts of the other desks: of none is there an order, here or at the manufacturer."""
        rows = self._connection.execute(
            "SELECT rev, doc FROM feed_rows AS row WHERE collection = 'drafts' AND doc IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM orders WHERE order_id = row.id)"
            " AND NOT EXISTS (SELECT 1 FROM feed_rows WHERE collection = 'orders' AND id = row.id)"
        )
        found = [Present(rev, self._documents.decode(doc)) for rev, doc in rows]
        return [one for one in found if one.doc.state is DraftState.OPEN]

    def document(self, draft: SharedDraft) -> DraftDoc | None:
        """The draft as it is at this desk now; None where there is no such order here any more."""
        order = self._orders.get(draft.draft_id)
        if order is None:
            return None
        return DraftDoc(
            draft_id=order.order_id,
            desk_no=order.desk_no,
            created_at=order.created_at,
            updated_at=order.updated_at,
            held_since=draft.held_since,
            lines=[
                DraftLineDoc(row.key, row.place, row.sku, row.quantity, row.asked, row.wholesaler)
                for row in self._orders.lines(order.order_id)
            ],
            holder=draft.holder,
            author=order.author,
            reference=order.reference,
            end_client=order.end_client,
            note=order.note,
            delivery=delivery_doc(order.delivery),
            total=amount_text(order.total),
            state=self._state(order),
        )

    def was_queued(self, order_id: str) -> bool:
        """Whether a revision of the order lies in the queue, answered or not: then it belongs to this desk alone."""
        row = self._connection.execute("SELECT 1 FROM outbox WHERE subject = ? LIMIT 1", (order_id,)).fetchone()
        return row is not None

    # --- writing --------------------------------------------------------------------------------------------------

    def hold(self, draft_id: str, present: Present | None, holder: str, now: datetime) -> None:
        """`holder` works on the draft at this desk from now on, on that revision; the server is still to be told."""
        rev, base = (NEW_DRAFT, None) if present is None else (present.rev, _bytes(present.doc))
        self._connection.execute(
            "INSERT OR REPLACE INTO shared_drafts (draft_id, rev, base, holder, held_since) VALUES (?, ?, ?, ?, ?)",
            (draft_id, rev, base, holder, moment_text(now)),
        )

    def take(self, present: Present, holder: str, now: datetime) -> OrderRow:
        """A colleague's draft becomes one of this desk, without prices, and is held here."""
        doc = present.doc
        order = OrderRow(
            order_id=doc.draft_id,
            desk_no=doc.desk_no,
            created_at=doc.created_at,
            updated_at=now,
            reference=doc.reference,
            end_client=doc.end_client,
            note=doc.note,
            author=doc.author,
            delivery=doc.delivery.to_domain(),
            line_count=len(doc.lines),
        )
        self._orders.create(order)
        self._orders.put_lines(order.order_id, rows_of(doc))
        self.hold(order.order_id, present, holder, now)
        return order

    def follow(self, draft: SharedDraft, present: Present, now: datetime) -> None:
        """Nothing was done here yet: the draft takes the content it has now, and goes on being claimed."""
        order_id, doc = draft.draft_id, present.doc
        self._connection.execute("DELETE FROM order_lines WHERE order_id = ?", (order_id,))
        self._orders.put_lines(order_id, rows_of(doc))
        self._connection.execute(
            "UPDATE orders SET reference = ?, end_client = ?, note = ?, delivery = ?, line_count = ?, updated_at = ?"
            " WHERE order_id = ?",
            (
                *(doc.reference, doc.end_client, doc.note, msgspec.json.encode(doc.delivery), len(doc.lines)),
                moment_text(now),
                order_id,
            ),
        )
        self.build_on(draft.draft_id, present)

    def build_on(self, draft_id: str, present: Present | None) -> None:
        """The draft builds on that revision from now on, on none where it is None; it is still to be told."""
        rev, base = (NEW_DRAFT, None) if present is None else (present.rev, _bytes(present.doc))
        self._settle(draft_id, rev, base, told=False)

    def acknowledge(self, draft_id: str, rev: int, doc: DraftDoc) -> None:
        """The server has what was sent; a draft that ended so is shared no longer once nothing can come of it."""
        if doc.state is DraftState.DROPPED:
            self.forget(draft_id)
        else:
            self._settle(draft_id, rev, _bytes(doc), told=True)

    def note_sent(self, draft_id: str, doc: DraftDoc) -> None:
        """A document is about to leave; until its answer nobody knows whether the server has it."""
        self._connection.execute(
            "UPDATE shared_drafts SET sent = ?, reason = '' WHERE draft_id = ?", (_bytes(doc), draft_id)
        )

    def note_refused(self, draft_id: str, reason: str) -> None:
        """The server does not keep what was sent; it is not sent again before something else is in it."""
        self._connection.execute("UPDATE shared_drafts SET reason = ? WHERE draft_id = ?", (reason, draft_id))

    def note_theirs(self, draft_id: str, present: Present) -> bool:
        """A person must look at another's version beside this one; False where that was known."""
        return bool(
            self._connection.execute(
                "UPDATE shared_drafts SET theirs = ?1, theirs_rev = ?2, sent = NULL WHERE draft_id = ?3"
                " AND (theirs IS NULL OR theirs <> ?1 OR theirs_rev <> ?2)",
                (_bytes(present.doc), present.rev, draft_id),
            ).rowcount
        )

    def let_go(self, draft_id: str) -> None:
        """Another desk has it now, or it ended: nothing of it stays in the list of this desk's orders."""
        self.forget(draft_id)
        self._connection.execute("DELETE FROM orders WHERE order_id = ?", (draft_id,))

    def let_go_discarded(self, draft_id: str) -> None:
        """A draft that was dropped here goes on at another desk: there it is, no longer among the cancelled here."""
        self._connection.execute(
            "DELETE FROM orders WHERE order_id = ?1 AND status = 'cancelled' AND NOT EXISTS"
            " (SELECT 1 FROM outbox WHERE subject = ?1)",
            (draft_id,),
        )

    def forget(self, draft_id: str) -> None:
        """The draft is not shared by this desk any more; its order row stays as it is."""
        self._connection.execute("DELETE FROM shared_drafts WHERE draft_id = ?", (draft_id,))

    # --- inside ---------------------------------------------------------------------------------------------------

    def _state(self, order: OrderRow) -> DraftState:
        if self.was_queued(order.order_id):
            return DraftState.SENT
        if order.status is Status.DRAFT:
            return DraftState.OPEN
        return DraftState.DROPPED if order.status is Status.CANCELLED else DraftState.SENT

    def _settle(self, draft_id: str, rev: int, base: bytes | None, *, told: bool) -> None:
        self._connection.execute(
            "UPDATE shared_drafts SET rev = ?, base = ?, told = ?, sent = NULL, theirs = NULL, theirs_rev = 0,"
            " reason = '' WHERE draft_id = ?",
            (rev, base, told, draft_id),
        )

    def _rows(self, where: str, *values: str) -> list[SharedDraft]:
        def document(body: bytes | None) -> DraftDoc | None:
            return None if body is None else self._documents.decode(body)

        return [
            SharedDraft(
                draft_id,
                holder,
                datetime.fromisoformat(held_since),
                rev,
                document(base),
                bool(told),
                document(sent),
                document(theirs),
                theirs_rev,
                reason,
            )
            for draft_id, holder, held_since, rev, base, told, sent, theirs, theirs_rev, reason in (
                self._connection.execute(f"{_SELECT} {where}", values)
            )
        ]


def rows_of(doc: DraftDoc) -> Iterable[LineRow]:
    """The lines of a document as they lie in an order of this desk, without prices."""
    return [LineRow(row.key, row.place, row.sku, row.quantity, row.asked, row.wholesaler) for row in doc.lines]


def _work(doc: DraftDoc) -> tuple[object, ...]:
    lines = sorted(doc.lines, key=lambda row: (row.place, row.key))
    said = tuple((row.sku, row.quantity, row.wholesaler) for row in lines)
    return said, doc.reference, doc.end_client, doc.note, doc.delivery


def _bytes(doc: DraftDoc) -> bytes:
    return msgspec.json.encode(doc)
