"""Shared drafts for desks without a server: the server's announcement, and the documents of a colleague."""

from typing import Any

import msgspec

from desktop_app.contract.drafts import DRAFTS_FEATURE, DraftDoc, DraftLineDoc, DraftState
from desktop_app.contract.wire import Discovery
from tests.support.desk_world import START, DeskWorld, put

DRAFT_ID = "00000000-0000-7000-8000-00000000d001"
LINES = (DraftLineDoc(1, 1.0, "TN1", 12), DraftLineDoc(2, 2.0, "BK1", 3))


def announce_drafts(world: DeskWorld) -> None:
    """The server keeps drafts for its desks, and says so."""
    world.state.discovery = Discovery("Fabrique", "s-1", ["1"], "e1", START, features=[DRAFTS_FEATURE])


def colleagues(**changes: Any) -> DraftDoc:
    """A draft that Sophie holds."""
    document = DraftDoc(
        draft_id=DRAFT_ID,
        desk_no="B-2026-0031",
        created_at=START,
        updated_at=START,
        held_since=START,
        lines=list(LINES),
        holder="Sophie Morel",
        author="Sophie Morel",
        reference="BC-31",
        total="1369.88",
    )
    return msgspec.structs.replace(document, **changes)


def feed_draft(world: DeskWorld, document: DraftDoc) -> int:
    """The feed brings a draft; returns its revision."""
    plain = msgspec.to_builtins(document)
    world.feed(put("drafts", document.draft_id, plain))
    return world.version


def feed_back(world: DeskWorld, draft_id: str, **changes: Any) -> int:
    """The feed brings a draft of this desk as the server has it after `changes` of a colleague."""
    drafts = world.orders.sharing._drafts
    draft = drafts.get(draft_id)
    assert draft is not None
    document = drafts.document(draft)
    assert document is not None
    return feed_draft(world, msgspec.structs.replace(document, **changes))


def acknowledged(world: DeskWorld, draft_id: str) -> None:
    """The server has taken the draft as it is here now."""
    drafts = world.orders.sharing._drafts
    draft = drafts.get(draft_id)
    assert draft is not None
    document = drafts.document(draft)
    assert document is not None
    drafts.note_sent(draft_id, document)
    rev = feed_draft(world, document)
    kept = drafts.get(draft_id)
    assert kept is not None
    assert (kept.told, kept.rev) == (True, rev)


__all__ = [
    "DRAFT_ID",
    "LINES",
    "DraftState",
    "acknowledged",
    "announce_drafts",
    "colleagues",
    "feed_back",
    "feed_draft",
]
