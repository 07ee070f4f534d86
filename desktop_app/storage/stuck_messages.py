"""Messages that repeating alone brings no further, and what is known of an order's messages besides its latest.

The ordinary life of a message: `outbox`.
"""

from datetime import datetime

from msgspec import Struct

from desktop_app.domain.outcome import ANSWER_CHANGED, MessageKind
from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text
from desktop_app.storage.outbox import HISTORY_LOST, Outbox

_UNANSWERED = "answer IS NULL AND state <> 'done'"


class StuckMessage(Struct, frozen=True):
    """A message in front of a person. `answered`: it has its answer, but the manufacturer's books say otherwise."""

    id: str
    order_id: str
    kind: MessageKind
    reason: str
    answered: bool


class StuckMessages:
    """Writes join the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._outbox = connection, Outbox(connection)

    def of(self, order_id: str) -> StuckMessage | None:
        """The latest stuck message of an order; None too where changed terms wait for their answer."""
        row = self._connection.execute(
            "SELECT id, subject, kind, reason, answer IS NOT NULL FROM outbox WHERE subject = ? AND"
            f" state = 'attention' AND (answer IS NULL OR reason IN ('{HISTORY_LOST}', '{ANSWER_CHANGED}'))"
            " ORDER BY seq DESC LIMIT 1",
            (order_id,),
        ).fetchone()
        if row is None:
            return None
        message_id, order, kind, reason, answered = row
        return StuckMessage(message_id, order, MessageKind(kind), reason, bool(answered))

    def after_a_loss(self) -> tuple[int, int]:
        """How many messages whose answer the server lost are still to be answered again, and how many need a person."""
        leaving, person = self._connection.execute(
            "SELECT count(*) FILTER (WHERE answer IS NULL AND (earlier IS NOT NULL OR reason = ?1)),"
            " count(*) FILTER (WHERE answer IS NOT NULL AND state = 'attention' AND reason IN (?1, ?2))"
            " FROM outbox WHERE state <> 'done'",
            (HISTORY_LOST, ANSWER_CHANGED),
        ).fetchone()
        return leaving, person

    def try_again(self, stuck: StuckMessage, now: datetime) -> None:
        """Let it leave once more: the answer the server lost is told before it; else it is looked up first."""
        if stuck.answered:
            answer, receipt = self._connection.execute(
                "SELECT answer, receipt FROM outbox WHERE subject = ? AND id = ?", (stuck.order_id, stuck.id)
            ).fetchone()
            self._outbox.queue_again(stuck.order_id, stuck.id, answer if receipt else None, receipt, now)
        else:
            self._outbox.try_now(stuck.order_id)
            # Counted anew: else it would be in front of the person again before it is sent.
            self._connection.execute(
                "UPDATE outbox SET attempts = 0 WHERE subject = ? AND id = ?", (stuck.order_id, stuck.id)
            )
        self._ask_nobody(stuck, now)

    def take_new_answer(self, stuck: StuckMessage, now: datetime) -> None:
        """Give the earlier answer up: what the server has recorded since is looked up and counts."""
        self._outbox.queue_again(stuck.order_id, stuck.id, None, "", now)
        self._connection.execute(
            "UPDATE outbox SET state = 'in_doubt' WHERE subject = ? AND id = ?", (stuck.order_id, stuck.id)
        )
        self._ask_nobody(stuck, now)

    def close(self, stuck: StuckMessage, now: datetime, *, never_taken: bool = False) -> None:
        """Nothing more is sent, nor any wish to cancel that waited for the answer.

        `never_taken`: the picture of what the manufacturer does not have goes too.
        """
        self._connection.execute(
            "UPDATE outbox SET state = 'done', next_try = NULL, picture = CASE WHEN ? THEN NULL ELSE picture END"
            " WHERE subject = ? AND id = ?",
            (never_taken, stuck.order_id, stuck.id),
        )
        self._connection.execute("UPDATE orders SET cancel_wish = NULL WHERE order_id = ?", (stuck.order_id,))
        self._ask_nobody(stuck, now)

    def look_up(self, order_id: str, revision: int) -> None:
        """The manufacturer has this revision in his books: a message of it that waits is looked up, not sent again."""
        self._connection.execute(
            "UPDATE outbox SET state = 'in_doubt', next_try = NULL WHERE subject = ? AND kind = 'order'"
            f" AND revision = ? AND {_UNANSWERED} AND state IN ('waiting', 'attention')",
            (order_id, revision),
        )

    def outdated(self, order_id: str) -> None:
        """The manufacturer has a later revision: what was answered to this one asks nobody, its prices are gone."""
        self._connection.execute(
            "UPDATE outbox SET picture = NULL, next_try = CASE WHEN answer IS NULL THEN next_try END,"
            " state = CASE WHEN answer IS NULL THEN state ELSE 'done' END WHERE subject = ? AND kind = 'order'",
            (order_id,),
        )

    def answer_awaited(self, order_id: str) -> bool:
        """Whether a revision of the order is in the queue without an answer."""
        row = self._connection.execute(
            f"SELECT 1 FROM outbox WHERE subject = ? AND kind = 'order' AND {_UNANSWERED} LIMIT 1", (order_id,)
        ).fetchone()
        return row is not None

    def _ask_nobody(self, stuck: StuckMessage, now: datetime) -> None:
        self._connection.execute(
            "UPDATE orders SET reason = '', updated_at = ? WHERE order_id = ?", (moment_text(now), stuck.order_id)
        )
