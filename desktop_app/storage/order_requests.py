"""What was asked of the manufacturer about an accepted order: to cancel it, or to change it. Sending it: `outbox`."""

from datetime import datetime

import msgspec
from msgspec import Struct

from desktop_app.contract.orders import AmendRequest, RequestAnswer
from desktop_app.contract.wire import Problem
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision
from desktop_app.storage.database import Connection
from desktop_app.storage.journal import Journal
from desktop_app.storage.outbox import Outbox


class StoredChange(Struct, frozen=True):
    """A wish to change an order, and what was answered to it: `answer` None while nothing was.

    `given_up`: a person gave it up before it was answered.
    """

    request: AmendRequest
    state: DeliveryState
    reason: str
    answer: RequestAnswer | Problem | None
    at: datetime
    given_up: bool = False


class OrderRequests:
    """Reads the requests about one order. Writes join the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._outbox, self._journal = connection, Outbox(connection), Journal(connection)

    def open(self, order_id: str) -> MessageKind | None:
        """The kind of request that waits for its answer, None where none does."""
        row = self._connection.execute(
            "SELECT kind FROM outbox WHERE subject = ? AND kind IN ('cancel', 'amend') AND state <> 'done' LIMIT 1",
            (order_id,),
        ).fetchone()
        return None if row is None else MessageKind(row[0])

    def latest_change(self, order_id: str) -> StoredChange | None:
        """The change asked for last, None where none was."""
        row = self._connection.execute(
            "SELECT body, state, reason, answer, coalesce(answered_at, created_at) FROM outbox"
            " WHERE subject = ? AND kind = 'amend' ORDER BY seq DESC LIMIT 1",
            (order_id,),
        ).fetchone()
        if row is None:
            return None
        body, state, reason, answer, at = row
        request = msgspec.json.decode(body, type=AmendRequest)
        given_up = answer is None and state == DeliveryState.DONE
        told = None if answer is None else _answer(answer)
        return StoredChange(request, DeliveryState(state), reason, told, datetime.fromisoformat(at), given_up)

    def follow(self, decision: OutcomeDecision, now: datetime) -> None:
        """What a recorded answer about an order or a request leads to besides what it says."""
        if decision.kind is MessageKind.ORDER and decision.status is Status.ACCEPTED:
            self._ask_again(decision.subject, now)
        elif decision.kind is MessageKind.AMEND:
            self._keep_note(decision.subject)

    def _ask_again(self, order_id: str, now: datetime) -> None:
        """The manufacturer had lost the order and has it as it was first: what he granted since is asked for again."""
        rows = self._connection.execute(
            "SELECT id, answer FROM outbox WHERE subject = ? AND kind = 'amend' AND answer IS NOT NULL ORDER BY seq",
            (order_id,),
        ).fetchall()
        for message_id in [message_id for message_id, answer in rows if _is_granted(_answer(answer))]:
            self._outbox.queue_again(order_id, message_id, None, "", now)
            self._journal.add(order_id, now, "amend-queued")

    def _keep_note(self, order_id: str) -> None:
        """The feed tells of everything that was changed but the note."""
        change = self.latest_change(order_id)
        if change is not None and change.request.note is not None and _is_granted(change.answer):
            self._connection.execute("UPDATE orders SET note = ? WHERE order_id = ?", (change.request.note, order_id))


def _answer(body: bytes) -> RequestAnswer | Problem:
    try:
        return msgspec.json.decode(body, type=RequestAnswer)
    except msgspec.ValidationError:
        return msgspec.json.decode(body, type=Problem)


def _is_granted(answer: RequestAnswer | Problem | None) -> bool:
    return isinstance(answer, RequestAnswer) and answer.granted
