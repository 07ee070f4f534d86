"""Opening `desk.db`: encrypted, brought to this program's shape, backed up. What lies in it: the repositories."""

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from desktop_app.durable import make_folder
from desktop_app.errors import StorageFailed
from desktop_app.storage.database import (
    Connection,
    backup_encrypted,
    copy_database,
    migrate,
    open_encrypted,
    remove_database,
    replace_durably,
    storage_errors,
    transaction,
)
from desktop_app.storage.desk_connection import DeskConnection

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

BACKUP_FOLDER = "backup"
DAMAGED_FOLDER = "damaged"
BACKUPS_KEPT = 7
DESK_SCHEMA = 7
_STAMP = "%Y-%m-%dT%H-%M-%S-%f"


def moment_text(moment: datetime) -> str:
    """A moment as it lies in a row: UTC, ISO 8601 with microseconds, so that the texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def found_desk(path: Path, key: bytes, *, now: Callable[[], datetime]) -> None:
    """Make the empty file of a new desk at `path`; what an attempt that broke off left there goes."""
    remove_database(path)
    DeskDatabase(path, key, now=now).close()


def settle(path: Path, founded: Path) -> None:
    """Make sure that the `desk.db` of a connected desk is there before it is opened, which would make a new one.

    `founded` is that of a desk just connected: it takes its place now. Raises StorageFailed where there is none.
    """
    with storage_errors(path):
        if not path.exists() and founded.exists():
            replace_durably(founded, path)
        if path.exists() and path.stat().st_size:
            return
    newest, remedy = _newest_backup(path)
    raise StorageFailed(
        f"The file with the orders of this desk ({path}) is gone or empty. It is not made anew, because orders may "
        f"have been in it: `comptoir recover` puts a backup and the unsent orders back; {remedy}.",
        reason="desk-missing",
        path=str(path),
        backup=newest,
    )


def optional_moment(text: str | None) -> datetime | None:
    """A moment read back from a row, None where there is none."""
    return None if text is None else datetime.fromisoformat(text)


class DeskDatabase:
    """The open `desk.db` of one profile: one connection, used on one thread.

    `transaction()` writes all or nothing with the write lock taken at once, so that a command beside an open desktop
    waits its turn. Backups are complete, encrypted with the same key, and lie in the folder `backup` beside the file.

    A file found damaged is never mended or made anew by itself: a copy of it is put aside, nothing more is written, and
    it is not opened again until it is whole (StorageFailed with reason `desk-damaged`, the copy and the newest backup).
    """

    def __init__(self, path: Path, key: bytes, *, now: Callable[[], datetime]) -> None:
        self.path = path
        self._key = key
        self._now = now
        with contextlib.ExitStack() as unless_open:
            self.connection = self._open(key)
            unless_open.callback(self.connection.close)
            self.connection.keep(path, self._put_aside)
            # One that was found damaged before may still be.
            if (path.parent / DAMAGED_FOLDER).exists():
                self.prove_whole()
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
        return backups(self.path)

    def prove_whole(self) -> None:
        """Read the file through. Raises StorageFailed where it is damaged, and puts a copy of it aside."""
        damage = self.connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if damage != "ok":
            raise self._put_aside(StorageFailed(str(damage), reason="damaged", detail=str(damage)))

    def close(self) -> None:
        """Close the connection; the last one out leaves no -wal file."""
        self.connection.close()

    def _open(self, key: bytes) -> DeskConnection:
        try:
            return cast(DeskConnection, open_encrypted(self.path, key, DeskConnection))
        except StorageFailed as failure:
            # `not-a-database` is more likely a key that does not fit: the file may be whole.
            if failure.params["reason"] != "damaged":
                raise
            raise self._put_aside(failure) from failure

    def _put_aside(self, failure: StorageFailed) -> StorageFailed:
        """The file is damaged: keep a copy of it as it is. Returns the failure as people meet it."""
        # Named after the state the file is in: every program that meets the same damage finds the copy there.
        changed = datetime.fromtimestamp(self.path.stat().st_mtime, UTC).strftime(_STAMP)
        copy = self.path.parent / DAMAGED_FOLDER / f"desk-{changed}.db"
        try:
            copy_database(self.path, copy)
            kept = f"A copy of it as it is was put into {copy}."
        except StorageFailed as error:
            kept = f"A copy of it could not be put aside: {error.message}"
        newest, remedy = _newest_backup(self.path)
        return StorageFailed(
            f"The file with the orders of this desk ({self.path}) is damaged. {kept} Nothing more is written to it. "
            f"`comptoir recover` puts a backup and the unsent orders back; {remedy}.",
            reason="desk-damaged",
            path=str(copy),
            backup=newest,
            detail=failure.params.get("detail", ""),
        )

    def _back_up(self) -> None:
        folder = self.path.parent / BACKUP_FOLDER
        make_folder(folder)
        stamp = self._now().astimezone(UTC).strftime(_STAMP)
        backup_encrypted(self.connection, self._key, folder / f"desk-{stamp}.db")
        for old in self.backups()[:-BACKUPS_KEPT]:
            remove_database(old)


def backups(path: Path) -> list[Path]:
    """The backups of the desk.db at `path`, oldest first."""
    return sorted((path.parent / BACKUP_FOLDER).glob("desk-*.db"))


def _newest_backup(path: Path) -> tuple[str, str]:
    """The newest backup of the file, "" where there is none, and the same in words."""
    made = backups(path)
    return (str(made[-1]), f"the newest backup is {made[-1]}") if made else ("", "there is no backup yet")


def _load_migrations() -> "Migrations":
    from desktop_app.storage.desk_migrations import desk_migrations

    return desk_migrations
