"""Who holds the shared drafts, as the list of orders shows it. Sharing them: `draft_sharing`."""

from decimal import Decimal

from desktop_app.contract.drafts import DraftDoc
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.order_views import OFF
from desktop_app.services.views import DraftShare, Lights, OrderSummary
from desktop_app.storage.database import Connection
from desktop_app.storage.shared_drafts import SharedDraft, SharedDrafts, same_work


class DraftShares:
    """Reads the drafts shared here and those of the colleagues."""

    def __init__(self, connection: Connection) -> None:
        self._drafts = SharedDrafts(connection)

    def all(self) -> dict[str, DraftShare]:
        """Of each draft held here, by its id."""
        return {draft.draft_id: self._held(draft) for draft in self._drafts.all()}

    def of(self, draft_id: str) -> DraftShare | None:
        """Of one draft held here, None where it is not shared."""
        draft = self._drafts.get(draft_id)
        return None if draft is None else self._held(draft)

    def colleagues(self) -> tuple[OrderSummary, ...]:
        """The drafts that colleagues hold, as rows of the list."""
        return tuple(_offered(present.doc) for present in self._drafts.offered())

    def _held(self, draft: SharedDraft) -> DraftShare:
        mine = self._drafts.document(draft)
        known = draft.base is not None and mine is not None and same_work(draft.base, mine)
        return DraftShare(
            holder=draft.holder,
            since=draft.held_since,
            mine=True,
            told=draft.told and known,
            parted=draft.theirs is not None,
            other="" if draft.theirs is None else draft.theirs.holder,
            reason=draft.reason,
        )


def _offered(doc: DraftDoc) -> OrderSummary:
    return OrderSummary(
        order_id=doc.draft_id,
        desk_no=doc.desk_no,
        order_no="",
        revision=1,
        reference=doc.reference,
        status=Status.DRAFT,
        delivery_state=DeliveryState.NONE,
        lights=Lights(OFF, OFF, OFF),
        created_at=doc.created_at,
        updated_at=doc.updated_at,
        lines=len(doc.lines),
        total=Decimal(doc.total or 0),
        shared=DraftShare(doc.holder, doc.held_since, mine=False),
    )
