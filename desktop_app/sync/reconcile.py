"""What an answer means for the message it answers. Pure: (message, answer) -> decision; writing it is storage's.

A message is settled only by a recorded outcome that parses and names this very order and revision. Everything else
leaves it queued: to be repeated, to be looked up, or in front of a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec.structs import replace

from desktop_app.contract.orders import Accepted, Outcome
from desktop_app.contract.wire import Problem, problem_type
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import (
    ANSWER_CHANGED,
    REQUESTS,
    AnsweredMessage,
    LossDecision,
    MessageKind,
    OutcomeDecision,
    QueuedMessage,
    decide,
    note,
)
from desktop_app.remote.failures import Answer, problem_of
from desktop_app.sync.retry import STUCK_RETRY, is_poison
from desktop_app.sync.routes import MISMATCH, ROUTES, UNREADABLE, was_granted

AT_ONCE = frozenset({400, 404, 413, 415, 428})
_MAY_BE_SAID_ON_THE_WAY = frozenset({408, 426, 429})
# The sign-in, the account or this program is: the queue stays as it is until that is settled.
_NOT_THE_MESSAGE_S_FAULT = frozenset({401, 403, 426})
# The one order is in a form of long ago; the others leave.
SCHEMA_UNKNOWN = "schema-unknown"
_RECORDED_AS_ACCEPTED = 201
# Told by a request, by the manufacturer, or both: there is nothing to deliver.
_ENDED = (Status.CANCELLED, Status.REFUSED)
# Goods may be under way: to send such an order again unasked could deliver it twice.
_UNDER_WAY = (Status.CONFIRMED, Status.PARTLY_SHIPPED, Status.SHIPPED, Status.INVOICED)

_ANOTHER_IN_THE_BOOKS = ("key-reused", "already-accepted", "superseded")
# Prices are read anew after the first time; if the server still does not know them, they must be seen by a person.
TERMS_UNKNOWN = "terms-unknown"


@dataclass(frozen=True, slots=True)
class Trial:
    """One try to send or look up: when, and when the next one would be due if this one led to nothing.

    `unrecorded`: the server was asked just before this try, and has never recorded any earlier one.
    """

    now: datetime
    retry_at: datetime
    unrecorded: bool = False

    def only_try_of(self, message: QueuedMessage) -> bool:
        """Whether this is the only try of the message that can ever have taken effect."""
        return message.earlier is None and (self.unrecorded or message.first_try_at is None)


def from_answer(message: QueuedMessage, answer: Answer, trial: Trial) -> OutcomeDecision:
    """What the server's answer to the sent message means."""
    return _beside_earlier(message, replace(_from_answer(message, answer, trial), receipt=answer.receipt))


def _from_answer(message: QueuedMessage, answer: Answer, trial: Trial) -> OutcomeDecision:
    status = answer.status
    if 200 <= status < 300:
        return _recorded(message, answer.body, trial) or _unknown(message, UNREADABLE, trial)
    problem = own_problem(answer)
    if problem is not None:
        return _refused(message, problem, answer.body) or _not_recorded(message, status, problem, trial)
    if 400 <= status < 500 and status not in _MAY_BE_SAID_ON_THE_WAY:
        # Something between here and the server says so: what the server itself did is not known.
        return _unknown(message, f"status-{status}", trial)
    return not_taken(message, f"status-{status}", trial)


def _not_recorded(message: QueuedMessage, status: int, problem: Problem, trial: Trial) -> OutcomeDecision:
    """The server itself says why it has not recorded the message."""
    slug = problem.slug
    if status in _NOT_THE_MESSAGE_S_FAULT and slug != SCHEMA_UNKNOWN:
        return _queued(message, slug)
    if status == 412:
        return _queued(message, "epoch-changed") if message.first_try_at is None else _unknown(message, "epoch-changed")
    if status in AT_ONCE or slug == SCHEMA_UNKNOWN or (slug == TERMS_UNKNOWN and message.attempts):
        return _unfit(message, slug, trial)
    for_good = 400 <= status < 500 and status not in _MAY_BE_SAID_ON_THE_WAY
    if problem.retry in ("never", "confirm") or (for_good and problem.retry not in ("later", "resync", "reauth")):
        certain = slug not in _ANOTHER_IN_THE_BOOKS and trial.only_try_of(message)
        return _attention(message, slug, message.attempts + 1, never_left=certain)
    return not_taken(message, slug, trial)


def _unfit(message: QueuedMessage, slug: str, trial: Trial) -> OutcomeDecision:
    """No repeating helps. A person may correct it once it is certain that no earlier try was taken: looked up first."""
    certain = trial.only_try_of(message)
    if certain or not ROUTES[message.kind].correctable or message.earlier is not None:
        return _attention(message, slug, message.attempts + 1, never_left=certain)
    return _unknown(message, slug, trial)


def from_outcome(message: QueuedMessage, outcome: Outcome | None, trial: Trial) -> OutcomeDecision:
    """What a look-up says about a message in doubt; None: the server has never recorded it, so it may leave again."""
    if outcome is None:
        if is_poison(message.attempts, message.first_try_at, trial.now):
            reason, certain = message.reason or "not-taken", trial.unrecorded and message.earlier is None
            return _attention(message, reason, message.attempts, trial.now, never_left=certain)
        return _queued(message, "", keep_left=True)
    asked = ROUTES[message.kind].query(message)
    named = (outcome.order_id, outcome.revision) == (asked.order_id, asked.revision)
    if named and outcome.sha256 != message.sha256:
        return _attention(message, "key-reused", message.attempts)
    body = bytes(outcome.body)
    decision: OutcomeDecision | None = None
    if named and 200 <= outcome.status < 300:
        decision = _recorded(message, body, trial)
    elif named and (problem := problem_of(body)) is not None:
        decision = _refused(message, problem, body)
    if decision is None:
        return _attention(message, "protocol-violation", message.attempts + 1, trial.now)
    return _beside_earlier(message, replace(decision, receipt=outcome.receipt))


def own_problem(answer: Answer) -> Problem | None:
    """The problem in an answer, None where it has none of this protocol: then something else may have answered."""
    return answer.problem if answer.problem is not None and _is_own(answer.problem) else None


def _is_own(problem: Problem) -> bool:
    return problem.type.startswith(problem_type(""))


def after_loss(message: AnsweredMessage, outcome: Outcome | None, *, cancelled_here: bool = False) -> LossDecision:
    """What becomes of an answered message now that the server's history may be another one.

    `outcome` is what the server has recorded for this revision of the order, also where the message is a request.
    `cancelled_here`: this desk has the order cancelled, and can prove that it was accepted before.
    """
    theirs = None if outcome is None else _order_no(bytes(outcome.body))
    if message.kind in REQUESTS:
        # A request is repeated where its order stands: one that is known there already gets the same answer.
        stands = bool(theirs) or cancelled_here
        return LossDecision.SEND_AGAIN if stands and was_granted(message.answer) else LossDecision.AGREES
    ours = _order_no(message.answer)
    if outcome is None:
        return _forgotten(message, accepted=bool(ours), cancelled_here=cancelled_here)
    if outcome.sha256 != message.sha256:
        return LossDecision.PERSON
    if ours == theirs and (ours or _slug(message.answer) == _slug(bytes(outcome.body))):
        return LossDecision.AGREES
    return LossDecision.TAKE_THEIRS if theirs or message.status not in _UNDER_WAY else LossDecision.PERSON


def recorded_status(answer: bytes) -> int:
    """The HTTP status a recorded answer was given with."""
    problem = problem_of(answer)
    return _RECORDED_AS_ACCEPTED if problem is None else problem.status


def is_cancelled(answers: Iterable[AnsweredMessage]) -> bool:
    """Whether an order with these answers was accepted, as a receipt proves, and then cancelled by a request."""
    of_it = list(answers)
    accepted = any(one.kind is MessageKind.ORDER and one.receipt and _order_no(one.answer) for one in of_it)
    return accepted and any(one.kind is MessageKind.CANCEL and was_granted(one.answer) for one in of_it)


def _forgotten(message: AnsweredMessage, *, accepted: bool, cancelled_here: bool) -> LossDecision:
    if not accepted:
        return LossDecision.TELL_AGAIN
    if message.status in _ENDED:
        # It may have left for the manufacturer's own system, which only a cancellation in the books keeps from
        # delivering it: the order comes back, and its cancellation right behind it.
        return LossDecision.SEND_AGAIN if cancelled_here and message.receipt else LossDecision.AGREES
    return LossDecision.PERSON if message.status in _UNDER_WAY else LossDecision.SEND_AGAIN


def _order_no(answer: bytes) -> str:
    """The number an order was accepted under, "" for a refusal."""
    try:
        return msgspec.json.decode(answer, type=Accepted).order_no
    except (msgspec.MsgspecError, RecursionError):
        return ""


def _slug(answer: bytes) -> str:
    problem = problem_of(answer)
    return "" if problem is None else problem.slug


def _beside_earlier(message: QueuedMessage, decision: OutcomeDecision) -> OutcomeDecision:
    """The decision for a message whose answer the server had lost: what was accepted once is never undone unasked.

    Goods of it may be under way. A refusal is left to a person, the earlier answer stays.
    """
    if message.earlier is None or decision.status not in (Status.TO_CONFIRM, Status.REFUSED):
        return decision
    return replace(
        decision,
        delivery_state=DeliveryState.ATTENTION,
        status=None,
        reason=ANSWER_CHANGED,
        answer=message.earlier,
        receipt=message.receipt,
        journal=(note(ANSWER_CHANGED), *decision.journal),
    )


def unreachable(message: QueuedMessage, reason: str) -> OutcomeDecision:
    """Nothing reached the server in this try."""
    return _queued(message, reason)


def interrupted(message: QueuedMessage, reason: str, trial: Trial) -> OutcomeDecision:
    """The connection broke, or the answer could not be read: whether it was recorded is unknown."""
    return _unknown(message, reason, trial)


def not_taken(message: QueuedMessage, reason: str, trial: Trial) -> OutcomeDecision:
    """The server did not take it and recorded nothing: repeat it later, and tell a person after too many tries."""
    attempts = message.attempts + 1
    if is_poison(attempts, message.first_try_at, trial.now):
        return _attention(message, reason, attempts, trial.now)
    return decide(
        message,
        DeliveryState.WAITING,
        reason=reason,
        attempts=attempts,
        next_try=trial.retry_at,
        journal=(note("send-failed", (("reason", reason),)),),
    )


def _recorded(message: QueuedMessage, body: bytes, trial: Trial) -> OutcomeDecision | None:
    """The decision for a success with `body`, None where the body cannot be read as its answer.

    A replayed refusal may come as a success too: its body is what counts.
    """
    if (problem := problem_of(body)) is not None:
        return _refused(message, problem, body)
    found = ROUTES[message.kind].taken(message, body)
    if isinstance(found, OutcomeDecision):
        return found
    return _unknown(message, found, trial) if found == MISMATCH else None


def _refused(message: QueuedMessage, problem: Problem, body: bytes) -> OutcomeDecision | None:
    """The decision for a problem the server keeps for ever, or will always repeat; None for every other."""
    return ROUTES[message.kind].refused(message, problem, body) if _is_own(problem) else None


def _queued(message: QueuedMessage, reason: str, *, keep_left: bool = False) -> OutcomeDecision:
    """Not recorded, and nobody's fault: it leaves again as soon as it can."""
    return decide(
        message,
        DeliveryState.PENDING,
        reason=reason,
        attempts=message.attempts,
        never_left=not keep_left and message.first_try_at is None,
    )


def _unknown(message: QueuedMessage, reason: str, trial: Trial | None = None) -> OutcomeDecision:
    """Look it up before it may leave again: when the trial says, else at once."""
    return decide(
        message,
        DeliveryState.IN_DOUBT,
        reason=reason,
        attempts=message.attempts + (trial is not None),
        next_try=None if trial is None else trial.retry_at,
        journal=(note("outcome-unknown", (("reason", reason),)),),
    )


def _attention(
    message: QueuedMessage, reason: str, attempts: int, now: datetime | None = None, *, never_left: bool = False
) -> OutcomeDecision:
    """A person must look; with `now` it is still tried once a day. `never_left`: it may be corrected or taken back."""
    return decide(
        message,
        DeliveryState.ATTENTION,
        reason=reason,
        attempts=attempts,
        next_try=None if now is None else now + STUCK_RETRY,
        never_left=never_left,
        journal=(note("needs-attention", (("reason", reason),)),),
    )
