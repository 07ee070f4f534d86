"""What a front end sees of a draft that two desks of an account have changed."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from desktop_app.services.views import OrderDetails


class Side(StrEnum):
    """What can be done where two versions of a draft stand side by side."""

    BOTH = "keep-both"
    THEIRS = "take-theirs"
    MINE = "put-mine-over"


class Theirs(StrEnum):
    """What became of the colleague's version: still worked on, ordered, or dropped."""

    OPEN = "open"
    SENT = "sent"
    DROPPED = "dropped"


class ComparedLine(Struct, frozen=True):
    """A product and a wholesaler ("" where none is named) in both versions: quantities, 0 where it is not in one."""

    sku: str
    name: str
    wholesaler: str
    mine: int
    theirs: int

    @property
    def differs(self) -> bool:
        """Whether the two versions say different things of it."""
        return self.mine != self.theirs


class DraftConflict(Struct, frozen=True):
    """A draft of this desk beside the one a colleague has made of it.

    `lines` are those of both, mine first; `mine` and
    `theirs` are what is said of the order besides; the total of theirs is None where it was not told.
    """

    draft_id: str
    desk_no: str
    holder: str
    changed_at: datetime
    state: Theirs
    lines: tuple[ComparedLine, ...]
    mine: OrderDetails
    theirs: OrderDetails
    total_mine: Decimal
    total_theirs: Decimal | None
    sides: tuple[Side, ...]
