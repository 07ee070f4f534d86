"""The connection of `desk.db`: whatever SQLite refuses, at any statement, is a `StorageFailed` with its reason.

Broken constraints stay what they are. The repositories can so speak to it without a guard around each statement. It is
also the one place that notices that the file is damaged.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from desktop_app.errors import StorageFailed
from desktop_app.storage.database import DAMAGED, Connection, Cursor, DatabaseError, IntegrityError, storage_failure

P = ParamSpec("P")
T = TypeVar("T")


def _naming(act: Callable[Concatenate["DeskCursor", P], T]) -> Callable[Concatenate["DeskCursor", P], T]:
    """`act` with the failures of SQLite turned into `StorageFailed`."""

    def named(cursor: "DeskCursor", /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return act(cursor, *args, **kwargs)
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise cursor.failure(error) from error

    return named


class DeskCursor(Cursor):
    """Every way in which a statement can fail."""

    execute = _naming(Cursor.execute)
    executemany = _naming(Cursor.executemany)
    fetchone = _naming(Cursor.fetchone)
    fetchall = _naming(Cursor.fetchall)

    def __next__(self) -> Any:
        """The next row."""
        # Written out: it runs for every row.
        try:
            return super().__next__()
        except DatabaseError as error:
            raise self.failure(error) from error

    def failure(self, error: DatabaseError) -> StorageFailed:
        """What `error` means for the desk."""
        connection = self.connection
        return connection.failure(error) if isinstance(connection, DeskConnection) else storage_failure(error)


class DeskConnection(Connection):
    """`execute` and `executemany` of a connection go through its cursors, from `keep` on.

    Until then failures are SQLite's own: whoever opens the file names them.
    """

    _path: Path | None = None
    _damage: StorageFailed | None = None
    _on_damage: Callable[[StorageFailed], StorageFailed]

    def keep(self, path: Path, on_damage: Callable[[StorageFailed], StorageFailed]) -> None:
        """The file at `path` is open. `on_damage` is called once, when it is found damaged; what that returns is every
        later failure, and nothing more is written."""
        self._path, self._on_damage = path, on_damage

    def failure(self, error: DatabaseError) -> StorageFailed:
        """What `error` means for the desk."""
        if self._damage is None:
            failure = storage_failure(error, self._path)
            if failure.params["reason"] not in DAMAGED:
                return failure
            with contextlib.suppress(DatabaseError):
                self.cursor(Cursor).execute("PRAGMA query_only = ON")
            self._damage = self._on_damage(failure)
        return self._damage

    def cursor(self, factory: Any = None) -> Any:
        """A cursor that names its failures."""
        return super().cursor(factory or (Cursor if self._path is None else DeskCursor))
