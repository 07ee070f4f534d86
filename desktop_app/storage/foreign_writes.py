"""Noticing what another program writes into the same `desk.db`: a command beside an open desktop."""

from collections.abc import Callable
from datetime import datetime

from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text


class ForeignWrites:
    """Remembers how the file was last seen through `connection`."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._connection, self._now = connection, now
        self._version = self._read_version()
        self._seen_at = now()

    def orders(self) -> tuple[str, ...] | None:
        """The orders changed since last asked where another connection has written, None where none has.

        Orders this connection changed itself in that time may be among them.
        """
        since, self._seen_at = self._seen_at, self._now()
        version = self._read_version()
        if version == self._version:
            return None
        self._version = version
        rows = self._connection.execute("SELECT order_id FROM orders WHERE updated_at >= ?", (moment_text(since),))
        return tuple(order_id for (order_id,) in rows)

    def _read_version(self) -> int:
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return version
