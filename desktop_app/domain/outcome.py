"""What leaves the desk and what comes back about it: a queued message, and the decision its answer leads to.

Who decides: `sync.reconcile`. Who writes it down: `storage.order_repository`. Neither is here.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from desktop_app.domain.order import DeliveryState, Status

# Why a person is asked: the manufacturer answers an order otherwise than he did before his history was lost.
ANSWER_CHANGED = "answer-changed"

JournalNote = tuple[str, tuple[tuple[str, str], ...]]


class MessageKind(StrEnum):
    """What a queued message is: a revision of an order, or the wish to cancel or to change an accepted one."""

    ORDER = "order"
    CANCEL = "cancel"
    AMEND = "amend"


# Wishes about an order that the manufacturer has accepted.
REQUESTS = frozenset({MessageKind.CANCEL, MessageKind.AMEND})


class QueuedMessage(Struct, frozen=True):
    """One row of the outbox as it lies on disk. `body` are the exact bytes, `sha256` their digest in hexadecimal.

    `subject` is the id of what the message is about: of an order, or of another document. `attempts` counts sends that
    reached nobody's record; `first_try_at` is None until the first byte left. `seq` is its place in the queue.
    `earlier` is the answer it once had and the server has lost since, `receipt` the server's own proof of that answer;
    both are told to the server before the message leaves again.
    """

    id: str
    subject: str
    revision: int
    kind: MessageKind
    state: DeliveryState
    body: bytes
    sha256: str
    created_at: datetime
    attempts: int = 0
    next_try: datetime | None = None
    first_try_at: datetime | None = None
    reason: str = ""
    seq: int = 0
    receipt: str = ""
    earlier: bytes | None = None


class AnsweredMessage(Struct, frozen=True):
    """A message with the answer that was recorded for it, as far as a comparison with the server's record needs it.

    `receipt` is empty where the answer came without one. `status` is how far its order is now, not the
    answer's; None where it is about no order.
    """

    id: str
    subject: str
    revision: int
    kind: MessageKind
    sha256: str
    body: bytes
    answer: bytes
    receipt: str
    answered_at: datetime
    status: Status | None


class LossDecision(StrEnum):
    """What becomes of an answered message after the server may have lost its history.

    AGREES: the server still says the same. SEND_AGAIN: it lost an acceptance, the message leaves again with the
    earlier answer. TELL_AGAIN: it lost a refusal, only that is told. PERSON: goods may be under way, nothing is done
    unasked. TAKE_THEIRS: it now says something else, which is taken as a new answer.
    """

    AGREES = "agrees"
    SEND_AGAIN = "send_again"
    TELL_AGAIN = "tell_again"
    PERSON = "person"
    TAKE_THEIRS = "take_theirs"


class OutcomeDecision(Struct, frozen=True):
    """What one answer (or its absence) means for a message and its order; written in one transaction.

    `delivery_state` is the new state of the message: `done` only with a recorded outcome, `pending` (not recorded,
    may leave again at once), `waiting` (not recorded, try again at `next_try`), `in_doubt` (nobody knows: look up
    before sending again) or `attention` (a person is needed: with an outcome the order is `to_confirm`, without one
    the message is stuck; it is still tried at `next_try` where that is given).
    `never_left` True: no byte of this message was ever taken in by the server, it may be corrected as if never tried.
    `status` None leaves the order's status as it is; an empty `order_no` leaves its number. `attempts` is the new
    count of the message. `answer` are the recorded bytes (an `Accepted`, a `RequestAnswer` or a problem) where there
    is an outcome, `receipt` the server's proof that it gave them. `journal` holds (code, params) notes.
    """

    message_id: str
    kind: MessageKind
    subject: str
    revision: int
    delivery_state: DeliveryState
    status: Status | None = None
    order_no: str = ""
    reason: str = ""
    attempts: int = 0
    next_try: datetime | None = None
    never_left: bool = False
    journal: tuple[JournalNote, ...] = ()
    answer: bytes | None = None
    receipt: str = ""

    @property
    def settled(self) -> bool:
        """True where the manufacturer's record decides: this message never leaves again."""
        return self.answer is not None


def note(code: str, params: Iterable[tuple[str, str]] = ()) -> JournalNote:
    """A journal note, its params as (name, text) pairs."""
    return code, tuple(params)


def decide(
    message: QueuedMessage,
    delivery_state: DeliveryState,
    *,
    status: Status | None = None,
    order_no: str = "",
    reason: str = "",
    attempts: int | None = None,
    next_try: datetime | None = None,
    never_left: bool = False,
    journal: tuple[JournalNote, ...] = (),
    answer: bytes | None = None,
) -> OutcomeDecision:
    """The decision about this message; the count of its attempts stays where no other is given."""
    return OutcomeDecision(
        message_id=message.id,
        kind=message.kind,
        subject=message.subject,
        revision=message.revision,
        delivery_state=delivery_state,
        status=status,
        order_no=order_no,
        reason=reason,
        attempts=message.attempts if attempts is None else attempts,
        next_try=next_try,
        never_left=never_left,
        journal=journal,
        answer=answer,
    )
