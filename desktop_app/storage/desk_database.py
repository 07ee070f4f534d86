"""Opening `desk.db`: encrypted, brought to this program's shape, backed up. What lies in it: the repositories."""

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.storage.database import (
    Connection,
    backup_encrypted,
    migrate,
    open_encrypted,
    remove_database,
    transaction,
)
from desktop_app.storage.desk_connection import DeskConnection

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

DESK_FILE = "desk.db"
BACKUP_FOLDER = "backup"
BACKUPS_KEPT = 7
DESK_SCHEMA = 1
_STAMP = "%Y-%m-%dT%H-%M-%S-%f"


def moment_text(moment: datetime) -> str:
    """A moment as it lies in a row: UTC, ISO 8601 with microseconds, so that the texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def optional_moment(text: str | None) -> datetime | None:
    """A moment read back from a row, None where there is none."""
    return None if text is None else datetime.fromisoformat(text)


class DeskDatabase:
    """The open `desk.db` of one profile: one connection, used on one thread.

    `transaction()` writes all or nothing with the write lock taken at once, so that a command beside an open desktop
    waits its turn. Backups are complete, encrypted with the same key, and lie in the folder `backup` beside the file.
    """

    def __init__(self, path: Path, key: bytes, *, now: Callable[[], datetime]) -> None:
        self.path = path
        self._key = key
        self._now = now
        with contextlib.ExitStack() as unless_open:
            self.connection: Connection = open_encrypted(path, key, DeskConnection)
            unless_open.callback(self.connection.close)
            migrate(self.connection, DESK_SCHEMA, _load_migrations, before=self._back_up)
            unless_open.pop_all()

    def transaction(self) -> contextlib.AbstractContextManager[Connection]:
        """All or nothing; joins an outer one. Raises StorageFailed where the file cannot be written."""
        return transaction(self.connection)

    def back_up_daily(self) -> bool:
        """Back up unless a backup of today (UTC) exists; True if one was made. Raises StorageFailed."""
        today = self._now().astimezone(UTC).strftime("%Y-%m-%d")
        if any(path.name.startswith(f"desk-{today}") for path in self.backups()):
            return False
        self._back_up()
        return True

    def backups(self) -> list[Path]:
        """The backups there are, oldest first."""
        return sorted((self.path.parent / BACKUP_FOLDER).glob("desk-*.db"))

    def close(self) -> None:
        """Close the connection; the last one out leaves no -wal file."""
        self.connection.close()

    def _back_up(self) -> None:
        folder = self.path.parent / BACKUP_FOLDER
        folder.mkdir(exist_ok=True)
        stamp = self._now().astimezone(UTC).strftime(_STAMP)
        backup_encrypted(self.connection, self._key, folder / f"desk-{stamp}.db")
        for old in self.backups()[:-BACKUPS_KEPT]:
            remove_database(old)


def _load_migrations() -> "Migrations":
    from desktop_app.storage.desk_migrations import desk_migrations

    return desk_migrations
