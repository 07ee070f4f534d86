"""The queue read out for others: each message that has no answer yet, sealed."""

from collections.abc import Collection, Iterator
from datetime import datetime

from msgspec.structs import replace

from desktop_app import sealing
from desktop_app.contract.sealed import Sealed, UnsentOrder
from desktop_app.storage.database import Connection, transaction
from desktop_app.storage.desk_database import moment_text
from desktop_app.storage.journal import Journal
from desktop_app.storage.unsent_rows import UnsentRow, UnsentRows

EXPORTED = "exported"


class SealedQueue:
    """Seals the messages of one desk to given keys. Wishes to cancel come last, behind the orders they are about."""

    def __init__(self, connection: Connection, *, server_id: str, account: str, client_instance: str) -> None:
        self._connection, self._rows = connection, UnsentRows(connection)
        self._server_id, self._account, self._client_instance = server_id, account, client_instance

    def rows(self) -> list[UnsentRow]:
        """The messages without an answer, oldest first. One that waits for a decision has its answer."""
        query = "SELECT subject, id FROM outbox WHERE state <> 'done' AND answer IS NOT NULL"
        answered = {tuple(row) for row in self._connection.execute(query)}
        return [row for row in self._rows.unsettled() if (row.order_id, row.message_id) not in answered]

    def sealed(
        self, rows: Collection[UnsentRow], at: datetime, readers: Collection[bytes]
    ) -> Iterator[tuple[Sealed, UnsentOrder]]:
        """The messages as records that only `readers` (raw public keys) can open, each with what lies in it."""
        for row in rows:
            found = self._rows.content(
                row, server_id=self._server_id, account=self._account, client_instance=self._client_instance
            )
            if found is not None:
                # How the order was priced stays here: who takes it in prices it himself.
                message = replace(found, picture=None)
                yield sealing.seal(message, key=row.key, at=at, to=readers, held=row.held), message

    def note_exported(self, rows: Collection[UnsentRow], now: datetime) -> None:
        """Write down that the messages are about to be in a file that another desk may send at any time.

        From then on one that was not held may have left: it is looked up before it is sent, and cancelled by a wish.
        """
        with transaction(self._connection):
            for row in rows:
                if not row.held and not row.wish:
                    self._connection.execute(
                        "UPDATE outbox SET first_try_at = ?1,"
                        " reason = CASE state WHEN 'pending' THEN ?2 ELSE reason END,"
                        " state = CASE state WHEN 'pending' THEN 'in_doubt' ELSE state END"
                        " WHERE subject = ?3 AND id = ?4 AND kind = 'order' AND answer IS NULL"
                        " AND first_try_at IS NULL AND state IN ('pending', 'attention')",
                        (moment_text(now), EXPORTED, row.order_id, row.message_id),
                    )
                Journal(self._connection).add(row.order_id, now, EXPORTED)
