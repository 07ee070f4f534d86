"""The connection of `desk.db`: whatever SQLite refuses, at any statement, is a `StorageFailed` with its reason.

Broken constraints stay what they are. The repositories can so speak to it without a guard around each statement.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from desktop_app.storage.database import Connection, Cursor, DatabaseError, IntegrityError, storage_failure

P = ParamSpec("P")
T = TypeVar("T")


def _naming(act: Callable[P, T]) -> Callable[P, T]:
    """`act` with the failures of SQLite turned into `StorageFailed`."""

    def named(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return act(*args, **kwargs)
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise storage_failure(error) from error

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
            raise storage_failure(error) from error


class DeskConnection(Connection):
    """`execute` and `executemany` of a connection go through its cursors."""

    def cursor(self, factory: Any = DeskCursor) -> Any:
        """A cursor that names its failures."""
        return super().cursor(factory)
