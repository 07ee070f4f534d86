"""Messages that repeating alone brings no further, and what is known of an order's messages besides its latest.

The ordinary life of a message: `outbox`.
"""

from desktop_app.storage.database import Connection

_OPEN = "state <> 'done'"
_UNANSWERED = "answer IS NULL AND state <> 'done'"


class StuckMessages:
    """Writes join the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def look_up(self, order_id: str, revision: int) -> None:
        """The manufacturer has this revision in his books: a message of it that waits is looked up, not sent again."""
        self._connection.execute(
            "UPDATE outbox SET state = 'in_doubt', next_try = NULL WHERE order_id = ? AND kind = 'order'"
            f" AND revision = ? AND {_UNANSWERED} AND state IN ('waiting', 'attention')",
            (order_id, revision),
        )

    def cancel_asked(self, order_id: str) -> bool:
        """Whether a request to cancel the order is in the queue."""
        return self._any("order_id = ? AND kind = 'cancel' AND " + _OPEN, order_id)

    def answer_awaited(self, order_id: str) -> bool:
        """Whether a revision of the order is in the queue without an answer."""
        return self._any("order_id = ? AND kind = 'order' AND " + _UNANSWERED, order_id)

    def _any(self, where: str, order_id: str) -> bool:
        return (
            self._connection.execute(f"SELECT 1 FROM outbox WHERE {where} LIMIT 1", (order_id,)).fetchone() is not None
        )
