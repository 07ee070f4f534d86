"""Opening, migrating, copying and naming the failures of the desk's SQLite files. What lies in them: the repositories.

Every file is opened through sqlcipher3, whose SQLite is newer than the one Python brings and has FTS5.
"""

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3
import sqlcipher3.dbapi2

from desktop_app.durable import make_folder, sync_folder
from desktop_app.errors import StorageFailed

if TYPE_CHECKING:
    import sqlite3 as dbapi  # the same interface, with types

    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations
else:
    from sqlcipher3 import dbapi2 as dbapi

# sqlite_utils takes its exceptions from pysqlite3 where there is one: it must be this module, not Python's sqlite3.
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

Connection = dbapi.Connection
Cursor = dbapi.Cursor
Row = dbapi.Row
DatabaseError = dbapi.DatabaseError
IntegrityError = dbapi.IntegrityError

KEY_BYTES = 32
BUSY_TIMEOUT_MS = 5_000
# Another program that brings the same file to its new shape backs it up first, which takes a while for a large one.
MIGRATION_TIMEOUT_S = 120.0

# The reasons of a `StorageFailed` that mean: the file is not what was written.
DAMAGED = frozenset({"damaged", "not-a-database"})
_REASONS = {
    5: ("locked", "Another program keeps the file locked"),
    6: ("locked", "Another program keeps the file locked"),
    8: ("read-only", "The file or its folder is read-only"),
    10: ("input-output", "The disk reported an error"),
    11: ("damaged", "The file is damaged"),
    13: ("full", "The disk is full"),
    14: ("cannot-open", "The file cannot be opened or created there"),
    23: ("read-only", "The file may not be written"),
    26: ("not-a-database", "The file is not a database of this program, or the key does not fit"),
}


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite version is free of the WAL-reset bug, which can lose committed transactions."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def sqlite_version() -> tuple[int, int, int]:
    """The version of the SQLite library in use."""
    major, minor, patch = dbapi.sqlite_version_info
    return major, minor, patch


def storage_failure(error: Exception, path: Path | None = None) -> StorageFailed:
    """The failure of SQLite or of the file system as people meet it; `params` hold `reason`, `path` and `detail`."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, OSError):
        code = {13: 8, 30: 8, 28: 13, 122: 13}.get(error.errno or 0, 14)
    elif code == 14 and path is not None and path.exists() and not os.access(path.parent, os.W_OK):
        # What lies beside a file while it is open cannot be made there.
        code = 8
    reason, words = _REASONS.get((code or 1) & 0xFF, ("failed", "The file could not be used"))
    where = f" ({path})" if path else ""
    return StorageFailed(f"{words}{where}: {error}.", reason=reason, path=str(path or ""), detail=str(error))


@contextlib.contextmanager
def storage_errors(path: Path | None = None) -> Iterator[None]:
    """Turn what SQLite or the file system raises inside the block into `StorageFailed`; broken constraints stay."""
    try:
        yield
    except IntegrityError:
        raise
    except (dbapi.Error, OSError) as error:
        raise storage_failure(error, path) from error


@contextlib.contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """All or nothing; takes the write lock at once. Inside another transaction it joins that one.

    Raises StorageFailed where SQLite cannot begin, write or commit; the changes are then rolled back.
    """
    if connection.in_transaction:
        yield connection
        return
    with storage_errors():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def open_encrypted(path: Path, key: bytes, factory: type[Connection] = Connection) -> Connection:
    """Open or create an encrypted file with a raw 256-bit `key`: WAL, synchronous=FULL, foreign keys, autocommit.

    `factory` is the kind of connection that is made.
    Raises StorageFailed (reason `not-a-database` where the key does not fit), ValueError for a key of another size.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    with storage_errors(path), contextlib.ExitStack() as undo:
        connection = dbapi.connect(str(path), isolation_level=None, factory=factory)
        undo.callback(connection.close)
        _unlock(connection, key)
        _tune(connection, synchronous="FULL")
        undo.pop_all()
        return connection


def open_plain(path: Path, *, read_only: bool = False) -> Connection:
    """Open or create an unencrypted file: WAL, synchronous=NORMAL, autocommit. `read_only` needs an existing file.

    For data that can be fetched again. Raises StorageFailed.
    """
    with storage_errors(path), contextlib.ExitStack() as undo:
        mode = "ro" if read_only else "rwc"
        connection = dbapi.connect(f"{path.absolute().as_uri()}?mode={mode}", isolation_level=None, uri=True)
        undo.callback(connection.close)
        if read_only:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        else:
            _tune(connection, synchronous="NORMAL")
        undo.pop_all()
        return connection


def database(connection: Connection) -> "Database":
    """The connection as a `sqlite_utils.Database`. Imported late: it costs more than opening the files."""
    from sqlite_utils import Database

    return Database(connection)


def migrate(
    connection: Connection,
    latest: int,
    load: "Callable[[], Migrations]",
    *,
    before: Callable[[], None] | None = None,
) -> bool:
    """Bring the file to schema `latest` (the number of its migrations, kept in `user_version`); True if it changed.

    `load` returns the migrations and is only called when some are pending; `before` runs first on a file that holds
    data already: the place for a backup. One program at a time does this to a file, the others wait for it. Raises
    StorageFailed where a newer program made the file, and where another one is at it for too long (`locked`).
    """
    with storage_errors():
        found = _schema(connection, latest)
        if found == latest:
            return False
        # A file that is being made is not yet where another program looks.
        with _alone_with(connection) if found else contextlib.nullcontext():
            # Another program may have done it meanwhile.
            if found and (found := _schema(connection, latest)) == latest:
                return False
            if found and before is not None:
                before()
            load().apply(database(connection))
            connection.execute(f"PRAGMA user_version = {int(latest)}")
            return True


def backup_encrypted(connection: Connection, key: bytes, target: Path) -> None:
    """Write a complete copy of an open encrypted file to `target`, encrypted with the same `key`.

    Other connections may go on writing; `target` appears only when the copy is whole and on disk. Raises StorageFailed.
    """
    part = target.with_name(target.name + ".part")
    with storage_errors(target):
        remove_database(part)
        copy = dbapi.connect(str(part), isolation_level=None)
        try:
            copy.execute(_key_pragma(key))
            connection.backup(copy)
            damage = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            if damage != "ok":
                raise StorageFailed(f"The backup is not readable: {damage}.", reason="damaged", path=str(target))
        finally:
            copy.close()
        replace_durably(part, target)


def copy_database(source: Path, target: Path) -> None:
    """Copy a database file as it is, with what lies in its -wal; an earlier copy stays. Raises StorageFailed."""
    with storage_errors(target):
        make_folder(target.parent)
        for suffix in ("-wal", ""):
            file, copy = (path.with_name(path.name + suffix) for path in (source, target))
            if file.exists() and file.stat().st_size and not copy.exists():
                part = copy.with_name(copy.name + ".part")
                shutil.copyfile(file, part)
                replace_durably(part, copy)


def replace_durably(source: Path, target: Path) -> None:
    """Rename `source` to `target` so that after a power cut `target` is whole or as before. Raises OSError."""
    # Windows flushes a file only through a handle that may write.
    with source.open("rb+") as file:
        os.fsync(file.fileno())
    source.replace(target)
    sync_folder(target.parent)


def remove_database(path: Path) -> bool:
    """Delete a closed database file with its -wal and -shm; False where something still holds it."""
    removed = True
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        try:
            name.unlink(missing_ok=True)
        except OSError:
            removed = False
    return removed


def _schema(connection: Connection, latest: int) -> int:
    current: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if current > latest:
        raise StorageFailed(
            "The data folder was last used by a newer version of this program; install that version.",
            reason="newer-version",
            path="",
        )
    return current


@contextlib.contextmanager
def _alone_with(connection: Connection) -> Iterator[None]:
    """Hold the lock beside the file of `connection` inside the block. Raises StorageFailed, OSError."""
    # Late, because nearly every start finds nothing to do.
    from filelock import FileLock, Timeout

    path = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    try:
        lock = FileLock(path.with_name(path.name + ".migrate.lock"), timeout=MIGRATION_TIMEOUT_S).acquire()
    except Timeout as error:
        raise StorageFailed(
            f"Another program is still bringing the file to a new version ({path}).", reason="locked", path=str(path)
        ) from error
    with lock:
        yield


def _key_pragma(key: bytes) -> str:
    return f"PRAGMA key = \"x'{key.hex()}'\""


def _unlock(connection: Connection, key: bytes) -> None:
    # SQLCipher writes to stderr when a key does not fit; that is told through the exception instead.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(_key_pragma(key))
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _tune(connection: Connection, *, synchronous: str) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    # Without WAL the file is as safe, and readers wait for writers.
    journal = "WAL" if wal_is_safe(sqlite_version()) else "DELETE"
    connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("PRAGMA foreign_keys = ON")
