"""What becomes of an answered message whose answer the server has lost, or gives otherwise now.

Which of it: `sync.reconcile`. The message's ordinary life: `outbox`.
"""

from datetime import datetime

from desktop_app.domain.outcome import AnsweredMessage
from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text
from desktop_app.storage.journal import MANUFACTURER, Journal
from desktop_app.storage.outbox import HISTORY_LOST, Outbox


class LostAnswers:
    """Each act is told in the order's journal. Writes join the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._outbox, self._journal = Outbox(connection), Journal(connection)

    def keep_receipt(self, message: AnsweredMessage, receipt: str) -> None:
        """The server still says the same: keep its proof of it where there was none."""
        if receipt and not message.receipt:
            self._connection.execute(
                "UPDATE outbox SET receipt = ? WHERE subject = ? AND id = ?", (receipt, message.subject, message.id)
            )

    def send_again(self, message: AnsweredMessage, now: datetime) -> bool:
        """The message leaves again, the earlier answer told before it where it can be proved. False if it does so
        already."""
        earlier = message.answer if message.receipt else None
        if not self._outbox.queue_again(message.subject, message.id, earlier, message.receipt, now):
            return False
        self._journal.add(message.subject, now, HISTORY_LOST, source=MANUFACTURER)
        return True

    def ask_person(self, message: AnsweredMessage, reason: str, now: datetime) -> bool:
        """Nothing is done unasked; the answer is kept. False where the person is asked already."""
        changed = self._connection.execute(
            "UPDATE outbox SET state = 'attention', reason = ?1, next_try = NULL"
            " WHERE subject = ?2 AND id = ?3 AND answer IS NOT NULL AND NOT (state = 'attention' AND reason = ?1)",
            (reason, message.subject, message.id),
        ).rowcount
        if not changed:
            return False
        self._connection.execute(
            "UPDATE orders SET reason = ?, updated_at = ? WHERE order_id = ?",
            (reason, moment_text(now), message.subject),
        )
        self._journal.add(message.subject, now, reason, source=MANUFACTURER)
        return True

    def told(self, message: AnsweredMessage, now: datetime) -> None:
        """The server knows its earlier refusal again."""
        self._journal.add(message.subject, now, "answer-told-again")

    def drop_answer(self, message: AnsweredMessage, now: datetime) -> bool:
        """The server gives another answer now: the message waits for that one. False where it had none."""
        if not self._outbox.queue_again(message.subject, message.id, None, "", now):
            return False
        self._journal.add(message.subject, now, "answer-changed", source=MANUFACTURER)
        return True
