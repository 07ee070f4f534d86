"""Drafts that the desks of an account share: the document a desk puts, and the row of the feed.

A draft is no recorded message: its latest document counts, and `If-Match` decides whose that is.
"""

from enum import StrEnum
from typing import Annotated

import msgspec

from desktop_app.contract.documents import Count, Key, ShortText
from desktop_app.contract.orders import DeliveryDoc, OptionalAmount
from desktop_app.contract.wire import MAX_WHOLE, Limits, Moment, Whole, check_moment

# The feature a server announces that keeps drafts for its desks.
DRAFTS_FEATURE = "drafts"
NEW_DRAFT = 0
DraftLines = Annotated[list["DraftLineDoc"], msgspec.Meta(max_length=Limits().order_lines)]


class DraftState(StrEnum):
    """What a shared draft is: still worked on, left as an order, or dropped."""

    OPEN = "open"
    SENT = "sent"
    DROPPED = "dropped"


class DraftLineDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line. `place` orders the lines; `asked` is the typed quantity where it was rounded up; no wholesaler: none
    was named.
    """

    key: Annotated[int, msgspec.Meta(ge=0, le=MAX_WHOLE)]
    place: float
    sku: Key
    quantity: Count
    asked: Count | None = None
    wholesaler: ShortText = ""


class DraftDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of `PUT /drafts/{draft_id}` and a row of the collection `drafts`; the id is that of the later order.

    `holder` works on it since `held_since`. `total` is what it came to at the holder's desk, incl. VAT.
    """

    draft_id: Key
    desk_no: Key
    created_at: Moment
    updated_at: Moment
    held_since: Moment
    lines: DraftLines = []
    holder: ShortText = ""
    author: ShortText = ""
    reference: ShortText = ""
    end_client: ShortText = ""
    note: ShortText = ""
    delivery: DeliveryDoc = DeliveryDoc()
    total: OptionalAmount = ""
    state: DraftState = DraftState.OPEN

    def __post_init__(self) -> None:
        for moment in (self.created_at, self.updated_at, self.held_since):
            check_moment(moment)
        if len({line.key for line in self.lines}) != len(self.lines):
            raise ValueError("two lines have the same key")


class DraftAnswer(msgspec.Struct, frozen=True):
    """The draft is kept: `rev` is what the next `If-Match` names, the same as in the feed and in `ETag`."""

    draft_id: str
    rev: Whole
