"""The outbox: what must reach the manufacturer, with its exact bytes, until a recorded answer settles it.

When a message is sent and what an answer means: `sync`. Here only what may become of a row.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from desktop_app.domain.order import DeliveryState
from desktop_app.domain.outcome import MessageKind, OutcomeDecision, QueuedMessage
from desktop_app.errors import ActionNotPossible
from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text, optional_moment

_COLUMNS = "id, order_id, revision, kind, state, body, sha256, created_at, attempts, next_try, first_try_at, reason"
_UNANSWERED = "answer IS NULL AND state <> 'done'"


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

    def hold(self, order_id: str) -> None:
        """Keep back an order that has not left. Raises ActionNotPossible once a byte may have left."""
        self._move_unsent(order_id, DeliveryState.HELD, "hold")

    def release(self, order_id: str) -> None:
        """Let a held order go. Raises ActionNotPossible where it is not held."""
        changed = self._connection.execute(
            "UPDATE outbox SET state = 'pending', next_try = NULL, reason = ''"
            " WHERE order_id = ? AND kind = 'order' AND state = 'held'",
            (order_id,),
        ).rowcount
        if not changed:
            raise ActionNotPossible("This order is not held.", action="release")

    def withdraw(self, order_id: str) -> None:
        """Take an order that has not left out of the queue. Raises ActionNotPossible once a byte may have left."""
        self._move_unsent(order_id, None, "withdraw")

    # --- the sync worker ------------------------------------------------------------------------------------------

    def due(self, now: datetime) -> list[QueuedMessage]:
        """What may be sent or looked up now, oldest first: pending, and waiting, in doubt or stuck ones whose time
        has come. A stuck one (`attention`) comes back only where a next try was set."""
        return self._messages(
            f"{_UNANSWERED} AND (state = 'pending'"
            " OR state IN ('waiting', 'in_doubt') AND (next_try IS NULL OR next_try <= ?1)"
            " OR state = 'attention' AND next_try <= ?1)",
            moment_text(now),
        )

    def mark_in_flight(self, message_id: str, now: datetime) -> bool:
        """Note on disk that the first byte is about to leave; False where the row was held or withdrawn meanwhile."""
        return bool(
            self._connection.execute(
                "UPDATE outbox SET state = 'in_flight', first_try_at = coalesce(first_try_at, ?)"
                f" WHERE id = ? AND {_UNANSWERED} AND state <> 'held'",
                (moment_text(now), message_id),
            ).rowcount
        )

    def recover_in_doubt(self) -> tuple[str, ...]:
        """On start: a row still in flight was cut off, nobody knows its outcome. Returns the ids of the orders.

        To be called only by the holder of the profile's sync lock.
        """
        rows = self._connection.execute(
            "UPDATE outbox SET state = 'in_doubt', next_try = NULL WHERE state = 'in_flight' RETURNING order_id"
        ).fetchall()
        return tuple(order_id for (order_id,) in rows)

    def clamp_due(self, now: datetime, cap: timedelta, stuck_cap: timedelta | None = None) -> None:
        """No row waits longer than `cap` from now, no stuck one (`attention`) longer than `stuck_cap`, where that is
        given: a clock that was set back stalls nothing."""
        for states, limit in (("'waiting', 'in_doubt'", cap), ("'attention'", stuck_cap)):
            if limit is not None:
                self._connection.execute(
                    f"UPDATE outbox SET next_try = ?1 WHERE next_try > ?1 AND state IN ({states})",
                    (moment_text(now + limit),),
                )

    def try_now(self, order_id: str = "") -> None:
        """Make every unanswered row that waits (or those of one order) due at once, stuck ones too; held ones stay."""
        self._connection.execute(
            "UPDATE outbox SET next_try = NULL, state = CASE WHEN state <> 'attention' THEN state"
            " WHEN first_try_at IS NULL THEN 'pending' ELSE 'in_doubt' END"
            f" WHERE {_UNANSWERED} AND state IN ('waiting', 'in_doubt', 'attention') AND ?1 IN ('', order_id)",
            (order_id,),
        )

    def record(self, decision: OutcomeDecision, now: datetime) -> bool:
        """Write what became of a message; False where it is unknown or was answered before."""
        return bool(
            self._connection.execute(
                "UPDATE outbox SET state = ?, attempts = ?, next_try = ?, reason = ?, answer = ?, answered_at = ?,"
                f" first_try_at = CASE WHEN ? THEN NULL ELSE first_try_at END"
                f" WHERE order_id = ? AND id = ? AND {_UNANSWERED}",
                (
                    decision.delivery_state,
                    decision.attempts,
                    None if decision.next_try is None else moment_text(decision.next_try),
                    decision.reason,
                    decision.answer,
                    moment_text(now) if decision.settled else None,
                    decision.never_left,
                    decision.order_id,
                    decision.message_id,
                ),
            ).rowcount
        )

    def close_decided(self, order_id: str) -> None:
        """The person has decided on an answered order: its row no longer asks for anybody."""
        self._connection.execute(
            "UPDATE outbox SET state = 'done' WHERE order_id = ? AND answer IS NOT NULL", (order_id,)
        )

    # --- reading --------------------------------------------------------------------------------------------------

    def rows(self) -> list[QueuedMessage]:
        """Everything that is not done, oldest first: unanswered messages, and answers that wait for a decision."""
        return self._messages("state <> 'done'")

    def get_order(self, order_id: str, revision: int) -> QueuedMessage | None:
        """The message that carries one revision of an order, None where there is none."""
        found = self._messages("order_id = ?1 AND id = ?2", order_id, order_message_id(order_id, revision))
        return found[0] if found else None

    def counts(self) -> Mapping[DeliveryState, int]:
        """How many rows are in each state other than `done`."""
        rows = self._connection.execute("SELECT state, count(*) FROM outbox WHERE state <> 'done' GROUP BY state")
        return {DeliveryState(state): count for state, count in rows}

    # --- inside ---------------------------------------------------------------------------------------------------

    def _add(
        self,
        message_id: str,
        order_id: str,
        revision: int,
        kind: MessageKind,
        body: bytes,
        now: datetime,
        picture: bytes | None = None,
    ) -> QueuedMessage:
        message = QueuedMessage(
            message_id, order_id, revision, kind, DeliveryState.PENDING, body, hashlib.sha256(body).hexdigest(), now
        )
        self._connection.execute(
            "INSERT INTO outbox (id, order_id, revision, kind, state, body, sha256, created_at, picture)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (message.id, order_id, revision, kind, message.state, body, message.sha256, moment_text(now), picture),
        )
        return message

    def _move_unsent(self, order_id: str, state: DeliveryState | None, action: str) -> None:
        where = (
            f"WHERE order_id = ? AND kind = 'order' AND {_UNANSWERED} AND first_try_at IS NULL"
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
    message_id, order_id, revision, kind, state, body, sha256, created_at, attempts, next_try, first_try_at, reason = (
        row
    )
    return QueuedMessage(
        id=message_id,
        order_id=order_id,
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
    )
