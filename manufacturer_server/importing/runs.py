"""The runs of `import` that changed something: numbering them, and what became of their files."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from manufacturer_server.storage.schema import import_runs


class FileCounts(msgspec.Struct, frozen=True):
    """What became of one file, or one sheet, of a run: numbers of rows."""

    file: str
    kind: str
    added: int
    changed: int
    withdrawn: int
    unchanged: int
    refused: int


class Run(msgspec.Struct, frozen=True):
    """One run: when it began, whether it was told to withdraw nothing, and its files."""

    number: int
    at: datetime
    merge: bool
    files: list[FileCounts]


def open_run(connection: Connection, at: datetime, *, merge: bool) -> int:
    """Write down a new run; its number is returned (the first is 1)."""
    last: int = connection.execute(select(func.coalesce(func.max(import_runs.c.number), 0))).scalar_one()
    connection.execute(insert(import_runs).values(number=last + 1, at=at, merge=int(merge), files="[]"))
    return last + 1


def add_file(connection: Connection, number: int, counts: FileCounts) -> None:
    """Add what became of a file to its run."""
    files = [*_files(connection, number), counts]
    written = msgspec.json.encode(files).decode()
    connection.execute(update(import_runs).where(import_runs.c.number == number).values(files=written))


def all_runs(connection: Connection) -> list[Run]:
    """Every run, the latest first."""
    rows = connection.execute(select(import_runs).order_by(import_runs.c.number.desc()))
    return [Run(row.number, row.at, bool(row.merge), _decoded(row.files)) for row in rows]


def _files(connection: Connection, number: int) -> list[FileCounts]:
    query = select(import_runs.c.files).where(import_runs.c.number == number)
    return _decoded(connection.execute(query).scalar_one())


def _decoded(files: str) -> list[FileCounts]:
    return msgspec.json.decode(files, type=list[FileCounts])
