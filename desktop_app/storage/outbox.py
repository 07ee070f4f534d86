"""The outbox: what must reach the manufacturer, with its exact bytes, until a recorded answer settles it.

When a message is sent and what an answer means: `sync`. Here only what may become of a row.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from msgspec import Struct

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import AnsweredMessage, MessageKind, OutcomeDecision, QueuedMessage
from desktop_app.errors import ActionNotPossible
from desktop_app.storage.database import Connection, transaction
from desktop_app.storage.desk_database import moment_text, optional_moment

HISTORY_LOST = "history-lost"
DUE_AT_ONCE = 200
ANSWERED_AT_ONCE = 500
_COLUMNS = (
    "id, subject, revision, kind, state, body, sha256, created_at, attempts, next_try, first_try_at, reason,"
    " seq, receipt, earlier"
)
_UNANSWERED = "answer IS NULL AND state <> 'done'"
# Everything that is not done is found by an index that holds neither bytes nor what was answered long ago: a search for
# it takes as long as what waits, whatever was ever sent. Named, because without counts SQLite prefers the table.
_OPEN = "outbox INDEXED BY outbox_due"
# A row with an answer has no next try, and is in none of the other states: to tell the two needs no look at the row.
_DUE = (
    "state <> 'done' AND (state = 'pending'"
    " OR state IN ('waiting', 'in_doubt') AND (next_try IS NULL OR next_try <= ?1)"
    " OR state = 'attention' AND next_try <= ?1)"
)
# What a person must see to comes first, then what he holds back; what leaves by itself is oldest first.
_BY_CARE = "CASE state WHEN 'attention' THEN 0 WHEN 'held' THEN 1 ELSE 2 END"


class QueueHeader(Struct, frozen=True):
    """A message that is not done, with what a list says about its order; without its bytes.

    `order_id` is empty, and what follows `since` says nothing, where it is about no order. `total` is that of the order
    with VAT, in the account's currency; `since` when the message was queued.
    """

    message_id: str
    order_id: str
    revision: int
    kind: MessageKind
    state: DeliveryState
    attempts: int
    next_try: datetime | None
    reason: str
    since: datetime
    desk_no: str
    reference: str
    total: Decimal


def order_message_id(order_id: str, revision: int) -> str:
    """The id of the message that carries one revision of an order; also its idempotency key."""
    return f"{order_id}/{revision}"


class Outbox:
    """Rows leave `pending`, `waiting` and `in_doubt` only by a recorded answer, or by the person before any byte left.

    Every writing call joins the caller's transaction, or is one statement of its own.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- putting in and taking back -------------------------------------------------------------------------------

    def add_order(
        self, order_id: str, revision: int, body: bytes, now: datetime, picture: bytes | None = None
    ) -> QueuedMessage:
        """Queue one revision of an order with the exact bytes that will be sent; `picture` is kept beside them."""
        message_id = order_message_id(order_id, revision)
        return self._add(message_id, order_id, revision, MessageKind.ORDER, body, now, picture)

    def add_cancel(self, request_id: str, order_id: str, revision: int, body: bytes, now: datetime) -> QueuedMessage:
        """Queue the request to cancel an accepted order."""
        return self._add(request_id, order_id, revision, MessageKind.CANCEL, body, now)

    def add_amend(self, request_id: str, order_id: str, revision: int, body: bytes, now: datetime) -> QueuedMessage:
        """Queue the request to change an accepted order."""
        return self._add(request_id, order_id, revision, MessageKind.AMEND, body, now)

    def hold(self, order_id: str) -> None:
        """Keep back an order that has not left. Raises ActionNotPossible once a byte may have left."""
        self._move_unsent(order_id, DeliveryState.HELD, "hold")

    def release(self, order_id: str) -> None:
        """Let a held order go. Raises ActionNotPossible where it is not held."""
        changed = self._connection.execute(
            "UPDATE outbox SET state = 'pending', next_try = NULL, reason = ''"
            " WHERE subject = ? AND kind = 'order' AND state = 'held'",
            (order_id,),
        ).rowcount
        if not changed:
            raise ActionNotPossible("This order is not held.", action="release")

    def withdraw(self, order_id: str) -> None:
        """Take an order that has not left out of the queue. Raises ActionNotPossible once a byte may have left."""
        self._move_unsent(order_id, None, "withdraw")

    # --- the sync worker ------------------------------------------------------------------------------------------

    def due(
        self, now: datetime, limit: int = DUE_AT_ONCE, after: int = 0, only: DeliveryState | None = None
    ) -> list[QueuedMessage]:
        """What may be sent or looked up now, oldest first: pending, and waiting, in doubt or stuck ones whose time
        has come. A stuck one (`attention`) comes back only where a next try was set. At most `limit`, behind the place
        `after` (`QueuedMessage.seq`), and `only` those in that state where one is given."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM outbox WHERE seq IN ("
            f"SELECT seq FROM {_OPEN} WHERE seq > ?2 AND ?4 IN ('', state) AND {_DUE} ORDER BY seq LIMIT ?3"
            ") ORDER BY seq",
            (moment_text(now), after, limit, only or ""),
        )
        return [_message(row) for row in rows]

    def due_places(self, now: datetime) -> list[tuple[int, bool]]:
        """The places (`QueuedMessage.seq`) of all messages that are due, oldest first, and whether each has a next try;
        no message is read for it."""
        rows = self._connection.execute(
            f"SELECT seq, next_try IS NOT NULL FROM {_OPEN} WHERE {_DUE} ORDER BY seq", (moment_text(now),)
        )
        return [(place, bool(planned)) for place, planned in rows]

    def next_moment(self) -> datetime | None:
        """The earliest next try of all messages that are not done, None where none is planned."""
        return optional_moment(
            self._connection.execute(f"SELECT min(next_try) FROM {_OPEN} WHERE state <> 'done'").fetchone()[0]
        )

    def together(self) -> AbstractContextManager[Connection]:
        """What is written inside is on disk at its end, all or nothing: the disk is waited for once."""
        return transaction(self._connection)

    def mark_in_flight(self, subject: str, message_id: str, now: datetime, sha256: str = "") -> bool:
        """Note on disk that the first byte is about to leave; False where the row was held or withdrawn meanwhile.

        So, too, where `sha256` is given and the row has other bytes: the order was corrected under the same revision.
        """
        return bool(
            self._connection.execute(
                "UPDATE outbox SET state = 'in_flight', first_try_at = coalesce(first_try_at, ?1)"
                f" WHERE subject = ?2 AND id = ?3 AND {_UNANSWERED} AND state <> 'held' AND ?4 IN ('', sha256)",
                (moment_text(now), subject, message_id, sha256),
            ).rowcount
        )

    def queue_again(self, subject: str, message_id: str, earlier: bytes | None, receipt: str, now: datetime) -> bool:
        """The server lost the answer to this message: let it leave again with the same bytes.

        `earlier` is the answer to tell it first, None where it cannot prove that it was its own. That the message left
        once stays written: it may be asked to be cancelled, never taken back. False where it has no answer.
        """
        return bool(
            self._connection.execute(
                "UPDATE outbox SET state = 'pending', answer = NULL, answered_at = NULL, earlier = ?, receipt = ?,"
                " attempts = 0, next_try = NULL, reason = ?, first_try_at = coalesce(first_try_at, ?)"
                " WHERE subject = ? AND id = ? AND answer IS NOT NULL",
                (earlier, receipt, HISTORY_LOST, moment_text(now), subject, message_id),
            ).rowcount
        )

    def recover_in_doubt(self) -> tuple[str, ...]:
        """On start: a row still in flight was cut off, nobody knows its outcome. Returns the ids of the subjects.

        To be called only by the holder of the profile's sync lock.
        """
        rows = self._connection.execute(
            f"UPDATE {_OPEN} SET state = 'in_doubt', next_try = NULL"
            " WHERE state = 'in_flight' AND state <> 'done' RETURNING subject"
        ).fetchall()
        return tuple(subject for (subject,) in rows)

    def clamp_due(self, now: datetime, cap: timedelta, stuck_cap: timedelta | None = None) -> None:
        """No row waits longer than `cap` from now, no stuck one (`attention`) longer than `stuck_cap`, where that is
        given: a clock that was set back stalls nothing."""
        for states, limit in (("'waiting', 'in_doubt'", cap), ("'attention'", stuck_cap)):
            if limit is not None:
                self._connection.execute(
                    f"UPDATE {_OPEN} SET next_try = ?1 WHERE next_try > ?1 AND state IN ({states}) AND state <> 'done'",
                    (moment_text(now + limit),),
                )

    def try_now(self, subject: str = "") -> None:
        """Make every unanswered row that waits (or those about one subject) due, stuck ones too; held ones stay."""
        self._connection.execute(
            f"UPDATE {'outbox' if subject else _OPEN} SET next_try = NULL, state = CASE"
            " WHEN state <> 'attention' THEN state WHEN first_try_at IS NULL THEN 'pending' ELSE 'in_doubt' END"
            f" WHERE {_UNANSWERED} AND state IN ('waiting', 'in_doubt', 'attention')"
            + (" AND subject = ?1" if subject else ""),
            (subject,) if subject else (),
        )

    def record(self, decision: OutcomeDecision, now: datetime) -> bool:
        """Write what became of a message; False where it is unknown or was answered before.

        An answer takes the place of the earlier one that the server had lost, and its receipt that of the earlier.
        """
        return bool(
            self._connection.execute(
                "UPDATE outbox SET state = ?1, attempts = ?2, next_try = CASE WHEN ?5 IS NULL THEN ?3 END,"
                " reason = ?4, answer = ?5,"
                " answered_at = ?6, first_try_at = CASE WHEN ?7 THEN NULL ELSE first_try_at END,"
                " receipt = CASE WHEN ?5 IS NULL THEN receipt ELSE ?8 END,"
                " earlier = CASE WHEN ?5 IS NULL THEN earlier END"
                f" WHERE subject = ?9 AND id = ?10 AND {_UNANSWERED}",
                (
                    decision.delivery_state,
                    decision.attempts,
                    None if decision.next_try is None else moment_text(decision.next_try),
                    decision.reason,
                    decision.answer,
                    moment_text(now) if decision.settled else None,
                    decision.never_left,
                    decision.receipt,
                    decision.subject,
                    decision.message_id,
                ),
            ).rowcount
        )

    def close_decided(self, order_id: str) -> None:
        """The person has decided on an answered order: its row no longer asks for anybody."""
        self._connection.execute(
            "UPDATE outbox SET state = 'done' WHERE subject = ? AND answer IS NOT NULL", (order_id,)
        )

    # --- reading --------------------------------------------------------------------------------------------------

    def rows(self) -> list[QueuedMessage]:
        """Everything that is not done, oldest first: unanswered messages, and answers that wait for a decision."""
        return self._messages(f"seq IN (SELECT seq FROM {_OPEN} WHERE state <> 'done')")

    def headers(self, limit: int | None = None) -> list[QueueHeader]:
        """The same, each with what is told of its order, without its bytes.

        Of a queue longer than `limit`, as many: first what needs a person, then what is held, then what leaves next.
        """
        chosen = f"SELECT seq FROM {_OPEN} WHERE state <> 'done' ORDER BY {_BY_CARE}, seq LIMIT ?1"
        rows = self._connection.execute(
            "SELECT id, order_id, box.revision, kind, state, attempts, next_try, box.reason, box.created_at, desk_no,"
            f" reference, total FROM outbox AS box LEFT JOIN orders ON order_id = subject WHERE seq IN ({chosen})"
            " ORDER BY seq",
            (-1 if limit is None else limit,),
        )
        return [_header(row) for row in rows]

    def answered_since(self, moment: datetime) -> Iterator[list[AnsweredMessage]]:
        """The messages answered since `moment`, in the order they were queued, at most `ANSWERED_AT_ONCE` at a time.

        Rows may be changed between two lists.
        """
        place = 0
        while True:
            rows = self._connection.execute(
                "SELECT seq, id, subject, box.revision, kind, sha256, body, box.answer, receipt, box.answered_at,"
                " status FROM outbox AS box LEFT JOIN orders ON order_id = subject"
                " WHERE seq > ? AND box.answer IS NOT NULL AND box.answered_at >= ? ORDER BY seq LIMIT ?",
                (place, moment_text(moment), ANSWERED_AT_ONCE),
            ).fetchall()
            if not rows:
                return
            place = rows[-1][0]
            yield [_answered(row[1:]) for row in rows]

    def answers_about(self, subject: str) -> list[AnsweredMessage]:
        """The answered messages about one subject, also those that leave again because the server lost its answer."""
        rows = self._connection.execute(
            "SELECT id, subject, box.revision, kind, sha256, body, coalesce(box.answer, earlier), receipt,"
            " coalesce(box.answered_at, box.created_at), status"
            " FROM outbox AS box LEFT JOIN orders ON order_id = subject"
            " WHERE subject = ? AND coalesce(box.answer, earlier) IS NOT NULL ORDER BY seq",
            (subject,),
        )
        return [_answered(row) for row in rows]

    def get_order(self, order_id: str, revision: int) -> QueuedMessage | None:
        """The message that carries one revision of an order, None where there is none."""
        found = self._messages("subject = ?1 AND id = ?2", order_id, order_message_id(order_id, revision))
        return found[0] if found else None

    def counts(self) -> Mapping[DeliveryState, int]:
        """How many rows are in each state other than `done`."""
        rows = self._connection.execute(f"SELECT state, count(*) FROM {_OPEN} WHERE state <> 'done' GROUP BY state")
        return {DeliveryState(state): count for state, count in rows}

    # --- inside ---------------------------------------------------------------------------------------------------

    def _add(
        self,
        message_id: str,
        subject: str,
        revision: int,
        kind: MessageKind,
        body: bytes,
        now: datetime,
        picture: bytes | None = None,
    ) -> QueuedMessage:
        message = QueuedMessage(
            message_id, subject, revision, kind, DeliveryState.PENDING, body, hashlib.sha256(body).hexdigest(), now
        )
        self._connection.execute(
            "INSERT INTO outbox (id, subject, revision, kind, state, body, sha256, created_at, picture)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (message.id, subject, revision, kind, message.state, body, message.sha256, moment_text(now), picture),
        )
        return message

    def _move_unsent(self, order_id: str, state: DeliveryState | None, action: str) -> None:
        where = (
            f"WHERE subject = ? AND kind = 'order' AND {_UNANSWERED} AND first_try_at IS NULL"
            " AND state IN ('pending', 'waiting', 'held', 'attention')"
        )
        if state is None:
            changed = self._connection.execute(f"DELETE FROM outbox {where}", (order_id,)).rowcount
        else:
            statement = f"UPDATE outbox SET state = ?, next_try = NULL {where}"
            changed = self._connection.execute(statement, (state, order_id)).rowcount
        if not changed:
            raise ActionNotPossible(
                "This order may already have left for the manufacturer: only a cancellation is possible.", action=action
            )

    def _messages(self, where: str, *values: str) -> list[QueuedMessage]:
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM outbox WHERE {where} ORDER BY seq", values)
        return [_message(row) for row in rows]


def _message(row: tuple[Any, ...]) -> QueuedMessage:
    message_id, subject, revision, kind, state, body, sha256, created_at, attempts, next_try, first_try_at = row[:11]
    reason, seq, receipt, earlier = row[11:]
    return QueuedMessage(
        id=message_id,
        subject=subject,
        revision=revision,
        kind=MessageKind(kind),
        state=DeliveryState(state),
        body=body,
        sha256=sha256,
        created_at=datetime.fromisoformat(created_at),
        attempts=attempts,
        next_try=optional_moment(next_try),
        first_try_at=optional_moment(first_try_at),
        reason=reason,
        seq=seq,
        receipt=receipt,
        earlier=earlier,
    )


def _header(row: tuple[Any, ...]) -> QueueHeader:
    message_id, order_id, revision, kind, state, attempts, next_try, reason, since, desk_no, reference, total = row
    return QueueHeader(
        message_id=message_id,
        order_id=order_id or "",
        revision=revision,
        kind=MessageKind(kind),
        state=DeliveryState(state),
        attempts=attempts,
        next_try=optional_moment(next_try),
        reason=reason,
        since=datetime.fromisoformat(since),
        desk_no=desk_no or "",
        reference=reference or "",
        total=Decimal(total or 0),
    )


def _answered(row: tuple[Any, ...]) -> AnsweredMessage:
    message_id, subject, revision, kind, sha256, body, answer, receipt, answered_at, status = row
    return AnsweredMessage(
        id=message_id,
        subject=subject,
        revision=revision,
        kind=MessageKind(kind),
        sha256=sha256,
        body=body,
        answer=answer,
        receipt=receipt,
        answered_at=datetime.fromisoformat(answered_at),
        status=None if status is None else Status(status),
    )
