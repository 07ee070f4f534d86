"""What sets one kind of message apart from another: its address, how it is looked up, what its recorded answer means.

Everything else (keeping, sending, repeating, looking up when in doubt, telling a person) is the same for every kind:
`push` and `reconcile` ask here, and what came of it is written by `storage.outcomes`. A new kind is one entry more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import msgspec

from desktop_app.contract.orders import Accepted, Outcome, OutcomeQuery, RequestAnswer
from desktop_app.contract.wire import Problem
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import (
    AnsweredMessage,
    JournalNote,
    MessageKind,
    OutcomeDecision,
    QueuedMessage,
    decide,
    note,
)
from desktop_app.remote.client import RemoteClient

# Why a success cannot be the answer to a message.
UNREADABLE, MISMATCH = "answer-unreadable", "answer-mismatch"

Message = QueuedMessage | AnsweredMessage


@dataclass(frozen=True, slots=True)
class Route:
    """One kind of message.

    `path` is its address below the account, `query` how its recorded answer is asked for, `stands` how that of what it
    stands or falls with is once history was lost: of itself, or of the order that a request is about. `taken` reads a
    success (why it is none, where it is not the answer to this message), `refused` a problem that is recorded for ever
    (None for every other). `correctable`: what was never recorded may be changed by a person and leave anew.
    """

    path: Callable[[QueuedMessage], str]
    query: Callable[[Message], OutcomeQuery]
    stands: Callable[[Message], OutcomeQuery]
    taken: Callable[[QueuedMessage, bytes], OutcomeDecision | str]
    refused: Callable[[QueuedMessage, Problem, bytes], OutcomeDecision | None]
    correctable: bool = False


async def look_up(
    client: RemoteClient, messages: Sequence[Message], *, after_loss: bool = False
) -> list[Outcome | None]:
    """What the server has recorded for each message, in the order given; None where it has not.

    `after_loss`: for what each stands or falls with instead. Raises what the client raises.
    """
    routes = [ROUTES[message.kind] for message in messages]
    queries = [
        route.stands(message) if after_loss else route.query(message)
        for route, message in zip(routes, messages, strict=True)
    ]
    found = await client.outcomes(queries)
    # A server of before does not know such questions, and answers for the revision of the order.
    return [
        outcome if outcome is not None and outcome.request_id == query.request_id else None
        for query, outcome in zip(queries, found, strict=True)
    ]


def revision_path(message: Message) -> str:
    """The address of one revision of an order."""
    return f"orders/{quote(message.subject, safe='')}/revisions/{message.revision}"


def _request_path(message: QueuedMessage) -> str:
    return f"orders/{quote(message.subject, safe='')}/requests/{quote(message.id, safe='')}"


def _revision_query(message: Message) -> OutcomeQuery:
    return OutcomeQuery(message.subject, message.revision)


def _request_query(message: Message) -> OutcomeQuery:
    return OutcomeQuery(message.subject, message.revision, message.id)


# --- orders -----------------------------------------------------------------------------------------------------------


def _order_taken(message: QueuedMessage, body: bytes) -> OutcomeDecision | str:
    try:
        accepted = msgspec.json.decode(body, type=Accepted)
    except (msgspec.MsgspecError, RecursionError):
        return UNREADABLE
    if (accepted.order_id, accepted.revision) != (message.subject, message.revision) or not accepted.order_no:
        return MISMATCH
    return decide(
        message,
        DeliveryState.DONE,
        status=Status.ACCEPTED,
        order_no=accepted.order_no,
        answer=body,
        journal=_told_of_acceptance(message, accepted),
    )


def _told_of_acceptance(message: QueuedMessage, accepted: Accepted) -> tuple[JournalNote, ...]:
    number = ("order_no", accepted.order_no)
    told = note("accepted" if message.earlier is None else "sent-again", (number,))
    if not accepted.renumbered_from:
        return (told,)
    return told, note("renumbered", (number, ("renumbered_from", accepted.renumbered_from)))


def _order_refused(message: QueuedMessage, problem: Problem, body: bytes) -> OutcomeDecision | None:
    slug = problem.slug
    if slug == "terms-changed":
        lines = str(len(problem.errors))
        return decide(
            message,
            DeliveryState.ATTENTION,
            status=Status.TO_CONFIRM,
            reason=slug,
            answer=body,
            journal=(note(slug, (("differences", lines),)),),
        )
    if slug == "rejected":
        told = (note("refused", (("detail", words_of(problem)),)),)
        return decide(message, DeliveryState.DONE, status=Status.REFUSED, reason=slug, answer=body, journal=told)
    if slug == "already-accepted" and problem.order_no:
        # Another revision of this order is in the manufacturer's books: this one can never be taken.
        params = (("order_no", problem.order_no), ("revision", str(problem.revision)))
        return decide(
            message,
            DeliveryState.ATTENTION,
            order_no=problem.order_no,
            reason=slug,
            attempts=message.attempts + 1,
            journal=(note(slug, params),),
        )
    return None


def words_of(problem: Problem) -> str:
    """What a refusal says, in the server's words."""
    return problem.detail or "; ".join(error.detail or error.code for error in problem.errors) or problem.title


# --- requests ---------------------------------------------------------------------------------------------------------


def _request(granted: str, refused: str) -> Route:
    """A wish about an accepted order; `granted` and `refused` are what the journal says of its answer."""

    def taken(message: QueuedMessage, body: bytes) -> OutcomeDecision | str:
        answered = request_answer(body)
        if answered is None or (answered.request_id, answered.order_id) != (message.id, message.subject):
            return UNREADABLE
        done = answered.granted
        told = (("detail", answered.detail), *((("code", answered.code),) if answered.code else ()))
        return decide(
            message,
            DeliveryState.DONE,
            status=answered.status,
            reason="" if done else refused,
            answer=body,
            journal=(note(granted if done else refused, told),),
        )

    def not_taken(message: QueuedMessage, problem: Problem, body: bytes) -> OutcomeDecision | None:
        if problem.slug != "rejected":
            return None
        told = (note(refused, (("detail", words_of(problem)),)),)
        return decide(message, DeliveryState.DONE, reason=refused, answer=body, journal=told)

    return Route(_request_path, _request_query, _revision_query, taken, not_taken)


def request_answer(body: bytes) -> RequestAnswer | None:
    """The recorded answer to a request, None where it is none."""
    try:
        return msgspec.json.decode(body, type=RequestAnswer)
    except (msgspec.MsgspecError, RecursionError):
        return None


def was_granted(body: bytes) -> bool:
    """Whether a recorded answer grants the request it answers."""
    answered = request_answer(body)
    return answered is not None and answered.granted


ROUTES: Mapping[MessageKind, Route] = {
    MessageKind.ORDER: Route(
        revision_path, _revision_query, _revision_query, _order_taken, _order_refused, correctable=True
    ),
    MessageKind.CANCEL: _request("cancelled", "cancel-refused"),
    MessageKind.AMEND: _request("amended", "amend-refused"),
}
