"""Opening the server's SQLite file: one writer at a time, readers beside it. What lies in it: `schema`.

The file is opened through sqlcipher3 (without a key, so it is a plain SQLite file) because the SQLite that Python
brings may be one with the WAL-reset bug, which can lose committed transactions when two programs write at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as dbapi
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from manufacturer_server.durable import make_folder
from manufacturer_server.errors import NoServerHere, StorageUnusable
from manufacturer_server.migrations import upgrade

FILE_NAME = "server.db"
# An import of a whole catalogue holds the write lock for some seconds; an order that arrives meanwhile waits.
BUSY_TIMEOUT_MS = 30_000
READERS = 4
# Shared by all engines: what was compiled for one file serves the others, and a file that is opened again.
_DIALECT = pysqlite.dialect(dbapi=dbapi)
_DIALECT.server_version_info = dbapi.sqlite_version_info
_COMPILED: LRUCache[object, object] = LRUCache(500)
# Where a write has moved the feed on, its end gets a mark of its own (see `lineage`).
_MARK = """
    INSERT INTO marks SELECT value, randomblob(8) FROM counters
    WHERE name = 'feed' AND value > (SELECT coalesce(max(seq), 0) FROM marks)
"""


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite version is free of the WAL-reset bug."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def is_busy(error: DBAPIError) -> bool:
    """Whether `error` says that another program kept the file locked longer than we were ready to wait."""
    return "locked" in str(error.orig) or "busy" in str(error.orig)


class Database:
    """The server's file in `folder`. Each `reading()` sees one state of it; `writing()` is one transaction."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / FILE_NAME
        self._writer = _engine(self._path, "BEGIN IMMEDIATE", pool_size=1, read_only=False)
        self._readers = _engine(self._path, "BEGIN", pool_size=READERS, read_only=True)

    @classmethod
    def create(cls, folder: Path) -> "Database":
        """A new, empty file in `folder` (made where missing) with all tables. Raises StorageUnusable."""
        try:
            make_folder(folder)
        except OSError as error:
            raise StorageUnusable(f"The folder {folder} cannot be made: {error.strerror}.") from error
        return cls(folder)._upgraded()

    @classmethod
    def open(cls, folder: Path) -> "Database":
        """The file already in `folder`, brought up to the current schema. Raises NoServerHere, StorageUnusable."""
        if not (folder / FILE_NAME).is_file():
            raise NoServerHere(f"There is no server in {folder}. Make one with: comptoir-server init --data {folder}")
        return cls(folder)._upgraded()

    def _upgraded(self) -> "Database":
        with _named_failures(self._path), self.writing() as connection:
            upgrade(connection)
        return self

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state until the block ends."""
        with self._readers.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one write transaction of this process, committed at the end of the block, undone by any error."""
        with self._writer.begin() as connection:
            yield connection
            connection.exec_driver_sql(_MARK)

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        """A write transaction that is always undone: to see what would happen."""
        with self._writer.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    def close(self) -> None:
        """Close all connections."""
        self._readers.dispose()
        self._writer.dispose()


def _engine(path: Path, begin: str, *, pool_size: int, read_only: bool) -> Engine:
    def connect() -> Any:
        if not wal_is_safe(dbapi.sqlite_version_info):
            raise StorageUnusable(
                f"SQLite {dbapi.sqlite_version} can lose data when two programs write; install a newer sqlcipher3."
            )
        connection = dbapi.connect(str(path), check_same_thread=False, isolation_level=None)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        # What is sorted beyond a megabyte goes to a file: the catalogue may have more rows than memory.
        connection.execute("PRAGMA temp_store = FILE")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        return connection

    pool = QueuePool(connect, pool_size=pool_size, max_overflow=0, timeout=BUSY_TIMEOUT_MS / 1000, dialect=_DIALECT)
    engine = Engine(pool, _DIALECT, make_url("sqlite://"), execution_options={"compiled_cache": _COMPILED})
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


@contextmanager
def _named_failures(path: Path) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise StorageUnusable(f"{path} cannot be used: {error.orig}.") from error
    except dbapi.Error as error:
        raise StorageUnusable(f"{path} cannot be used: {error}.") from error
