"""What becomes of the drafts held here when the server has them otherwise: nothing of what was done here is lost.

A draft in which nothing was done follows: it goes where a colleague has taken it, or with the order he made of it. One
in which something was done that the server has not seen stays, and a person looks at both (`SharedDraft.theirs`).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from desktop_app.contract.drafts import NEW_DRAFT, DraftDoc, DraftLineDoc, DraftState
from desktop_app.contract.orders import OrderRecord
from desktop_app.storage.database import Connection
from desktop_app.storage.order_records import OrderRecords
from desktop_app.storage.shared_drafts import Present, SharedDraft, SharedDrafts, same_work


class DraftFollowing:
    """Joins the caller's transaction. Raises StorageFailed."""

    def __init__(self, connection: Connection) -> None:
        self._drafts = SharedDrafts(connection)
        self._records = OrderRecords(connection)

    def follow(self, draft_ids: Iterable[str], now: datetime) -> None:
        """Bring the drafts named in step with what the feed says now."""
        for draft_id in draft_ids:
            draft, present = self._drafts.get(draft_id), self._drafts.present(draft_id)
            if draft is not None:
                self.meet(draft, present, now)
            elif present is not None and present.doc.state is DraftState.OPEN:
                self._drafts.let_go_discarded(draft_id)

    def meet(self, draft: SharedDraft, present: Present | None, now: datetime) -> None:
        """The server has `present` of a draft held here, or nothing."""
        mine = self._drafts.document(draft)
        record = self._records.get(draft.draft_id)
        if mine is None:
            self._drafts.forget(draft.draft_id)
        elif mine.state is DraftState.SENT:
            self._follow_own_order(draft, present, ordered=record is not None)
        elif record is not None:
            self._meet_order(draft, mine, present, record)
        elif present is None:
            if draft.rev:
                # It was lost there: shared anew.
                self._drafts.build_on(draft.draft_id, None)
        elif present.rev != draft.rev:
            self._meet_other(draft, mine, present, now)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _follow_own_order(self, draft: SharedDraft, present: Present | None, *, ordered: bool) -> None:
        """It left from here as an order: that has its own life, and once it is in the books there is no draft."""
        ended = draft.told and draft.base is not None and draft.base.state is DraftState.SENT
        if ordered and (ended or present is None or present.rev > draft.rev):
            self._drafts.forget(draft.draft_id)

    def _meet_order(self, draft: SharedDraft, mine: DraftDoc, present: Present | None, record: OrderRecord) -> None:
        """A colleague has ordered it. What he ordered was made from this desk's revision where his is a later one."""
        followed = _untouched(draft, mine) and present is not None and present.rev > draft.rev
        if mine.state is DraftState.DROPPED or followed or _is_ordered_as(mine, record):
            self._drafts.let_go(draft.draft_id)
        else:
            self._drafts.note_theirs(draft.draft_id, Present(draft.rev, _as_draft(record, mine)))

    def _meet_other(self, draft: SharedDraft, mine: DraftDoc, present: Present, now: datetime) -> None:
        """The server has another revision than the one this draft builds on."""
        theirs, untouched = present.doc, _untouched(draft, mine)
        if theirs == draft.sent:
            # What was sent last arrived; only the answer was lost.
            self._drafts.acknowledge(draft.draft_id, present.rev, theirs)
        elif present.rev < draft.rev:
            # The server was put back: this desk has seen that revision, and has built on it.
            self._drafts.build_on(draft.draft_id, present)
        elif mine.state is DraftState.DROPPED:
            self._drafts.forget(draft.draft_id)
        elif theirs.state is DraftState.SENT:
            self._let_go_or_ask(draft, present, nothing_lost=untouched or same_work(mine, theirs))
        elif theirs.state is DraftState.DROPPED and draft.rev == NEW_DRAFT:
            # Dropped once, taken up again at this desk.
            self._drafts.build_on(draft.draft_id, present)
        elif theirs.state is DraftState.OPEN and untouched and not draft.told and _same_hand(draft, theirs):
            self._drafts.follow(draft, present, now)
        else:
            self._let_go_or_ask(draft, present, nothing_lost=untouched)

    def _let_go_or_ask(self, draft: SharedDraft, present: Present, *, nothing_lost: bool) -> None:
        if nothing_lost:
            self._drafts.let_go(draft.draft_id)
        else:
            self._drafts.note_theirs(draft.draft_id, present)


def _untouched(draft: SharedDraft, mine: DraftDoc) -> bool:
    """Whether nothing was done here that the server's revision does not have."""
    return draft.base is not None and same_work(mine, draft.base)


def _same_hand(draft: SharedDraft, theirs: DraftDoc) -> bool:
    """Whether the draft is still with the colleague it is being taken over from."""
    base = draft.base
    return base is not None and (theirs.holder, theirs.held_since) == (base.holder, base.held_since)


def _is_ordered_as(mine: DraftDoc, record: OrderRecord) -> bool:
    ordered: Counter[str] = Counter()
    for part in record.sub_orders:
        for line in part.lines:
            ordered[line.sku] += line.quantity
    wanted: Counter[str] = Counter()
    for row in mine.lines:
        wanted[row.sku] += row.quantity
    same_words = (mine.reference, mine.end_client) == (record.reference, record.end_client)
    return ordered == wanted and same_words and mine.delivery == record.delivery


def _as_draft(record: OrderRecord, mine: DraftDoc) -> DraftDoc:
    """A colleague's order beside which this desk's draft is shown."""
    lines = [(line, part.wholesaler) for part in record.sub_orders for line in part.lines]
    return DraftDoc(
        draft_id=record.order_id,
        desk_no=record.desk_no or mine.desk_no,
        created_at=mine.created_at,
        updated_at=record.received_at,
        held_since=record.received_at,
        lines=[
            DraftLineDoc(key, float(key), line.sku, line.quantity, None, wholesaler)
            for key, (line, wholesaler) in enumerate(lines, start=1)
        ],
        holder=record.author,
        author=record.author,
        reference=record.reference,
        end_client=record.end_client,
        delivery=record.delivery,
        total=record.totals.total,
        state=DraftState.SENT,
    )
