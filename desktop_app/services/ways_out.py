"""Which ways out a person has where an order is stuck. Pure; taking one: `order_exits`."""

from collections.abc import Collection
from enum import StrEnum

from desktop_app.domain.outcome import ANSWER_CHANGED, REQUESTS
from desktop_app.storage.stuck_messages import StuckMessage

# Said of a revision that can never be taken as it is: the manufacturer has another one.
ANOTHER_IN_THE_BOOKS = ("key-reused", "already-accepted", "superseded")


class Exit(StrEnum):
    """RESEND: let it leave once more. TAKE_THEIRS: the order becomes what the manufacturer has. AS_NEW: its lines into
    a new draft. LEAVE: nothing more is sent, the manufacturer has it or the wish is given up.
    """

    RESEND = "resend"
    TAKE_THEIRS = "take-theirs"
    AS_NEW = "as-new"
    LEAVE = "leave"


def ways_out(stuck: StuckMessage | None, *, lost_copy: bool, in_the_books: bool) -> tuple[Exit, ...]:
    """The ways out of an order, the safest first; none where nothing is stuck.

    `lost_copy`: another desk's order that vanished with the server's history. `in_the_books`: the manufacturer's feed
    has the order.
    """
    if stuck is None:
        return (Exit.AS_NEW,) if lost_copy else ()
    if stuck.answered:
        return (Exit.LEAVE, Exit.TAKE_THEIRS if stuck.reason == ANSWER_CHANGED else Exit.RESEND)
    if stuck.kind in REQUESTS:
        return (Exit.RESEND, Exit.LEAVE)
    if stuck.reason in ANOTHER_IN_THE_BOOKS:
        return (Exit.TAKE_THEIRS, Exit.AS_NEW) if in_the_books else (Exit.AS_NEW,)
    return (Exit.RESEND,)


def decided_first(ways: Collection[str]) -> bool:
    """Whether the manufacturer has the order otherwise, so that nothing can be cancelled before that is settled."""
    return bool(ways) and ways not in ((Exit.RESEND,), (Exit.RESEND, Exit.LEAVE))
