"""Rows this version of the program could not read: looked for after each change of shape, told, written to a file."""

import json
import logging
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop_app.errors import FileNotWritten
from desktop_app.events import EventBus, Notice
from desktop_app.storage.database import Connection, transaction
from desktop_app.storage.desk_database import DESK_SCHEMA, moment_text
from desktop_app.storage.set_aside import SetAside, SetAsideRow, Sieve
from desktop_app.storage.sync_state import LOOKED_OVER, SyncState
from desktop_app.whole_file import write_whole

_logger = logging.getLogger(__name__)


class UnreadableRows:
    """The rows of one desk that were set aside. Raises StorageFailed where desk.db cannot be read or written."""

    def __init__(self, connection: Connection, events: EventBus, *, now: Callable[[], datetime]) -> None:
        self._connection, self._events, self._now = connection, events, now
        self._rows = SetAside(connection)

    def look_over(self) -> int:
        """Set aside what cannot be read, once for each shape of the file; returns how many rows that were."""
        state = SyncState(self._connection)
        if state.get(LOOKED_OVER) == str(DESK_SCHEMA):
            return 0
        with transaction(self._connection):
            found = Sieve(self._connection, self._now()).run()
            state.put(LOOKED_OVER, str(DESK_SCHEMA))
        if found:
            _logger.warning("%d rows of desk.db could not be read and were set aside", found)
        return found

    def tell(self) -> None:
        """Say so while there are rows that are in no file yet."""
        count = self.waiting()
        if count:
            self._events.publish(Notice("set-aside", "rows-set-aside", "warning", (("count", str(count)),)))

    def all(self) -> list[SetAsideRow]:
        """All that were set aside, also those that are in a file."""
        return self._rows.rows()

    def waiting(self) -> int:
        """How many of them are in no file yet."""
        return self._rows.waiting()

    def export(self, path: Path) -> int:
        """Write all of them to a file, each with all its bytes; returns how many. Raises FileNotWritten."""
        rows = self._rows.rows()
        try:
            write_whole(path, json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=1).encode())
        except OSError as error:
            raise FileNotWritten(f"{path} could not be written ({error}).", path=str(path)) from error
        self._rows.exported(self._now())
        return len(rows)


def _plain(row: SetAsideRow) -> dict[str, object]:
    columns = {
        name: {"base64": b64encode(value).decode()} if isinstance(value, bytes) else value
        for name, value in row.content.items()
    }
    return {"table": row.table, "key": row.key, "reason": row.reason, "at": moment_text(row.at), "columns": columns}
