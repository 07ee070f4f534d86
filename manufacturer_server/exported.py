"""Export files that lie in the folder already, though this history has not written them: what left in them stays there.

They were written before history was lost, or by an export that was cut short before its orders were marked.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.order import Status
from manufacturer_server import credit
from manufacturer_server.errors import StorageUnusable
from manufacturer_server.sheets import as_text
from manufacturer_server.storage.schema import counters, exported_elsewhere, exports, orders

ORDERS, AMENDMENTS, CANCELLATIONS = "orders", "amendments", "cancellations"
_NAME = re.compile(r"(?P<kind>orders|amendments|cancellations)-(?P<number>\d{6,9})-[0-9a-f]{8}\.csv")
_TAKEN = (
    select(exported_elsewhere.c.order_no, exports.c.number)
    .join(exports, exports.c.file == exported_elsewhere.c.file)
    .where(exported_elsewhere.c.order_id == bindparam("order_id"))
)


@dataclass(frozen=True, slots=True)
class Taken:
    """An order that left before history was lost: the number it had, and that of the file."""

    order_no: str
    export: int


@dataclass(frozen=True, slots=True)
class Adopted:
    """One file that was found, and how many orders it names."""

    path: Path
    orders: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Found:
    """One order as a file names it."""

    order_no: str
    order_id: str
    account: str


def adopt_files(connection: Connection, folder: Path, now: datetime) -> list[Adopted]:
    """Take note of the export files in `folder` that this history does not know; their orders do not leave again.

    A file of amendments says how orders stood then: what stands now is told again.

    Raises StorageUnusable where such a file cannot be read.
    """
    known = set(connection.execute(select(exports.c.file)).scalars())
    adopted = []
    for path, kind, number in _files(folder):
        if path.name in known:
            continue
        content = _content(path)
        if not _is_free(connection, number):
            number = next_number(connection)
        sha256 = hashlib.sha256(content).hexdigest()
        connection.execute(insert(exports).values(number=number, file=path.name, sha256=sha256, made_at=now))
        found = _orders_in(path, content)
        for one in found:
            if kind == CANCELLATIONS:
                _note_cancelled(connection, one, number)
            elif kind == ORDERS:
                _note_exported(connection, one, path.name, number, now)
        adopted.append(Adopted(path, len(found), kind))
    return adopted


def taken(connection: Connection, order_id: str) -> Taken | None:
    """How an order that this history does not have left before; None where nothing says that it did."""
    row = connection.execute(_TAKEN, {"order_id": as_text(order_id)}).first()
    return None if row is None else Taken(row.order_no, row.number)


def next_number(connection: Connection) -> int:
    """One above all files of this history, and above where the numbers jumped to when an epoch began."""
    latest: int = connection.execute(select(func.max(exports.c.number))).scalar() or 0
    jumped: int = connection.execute(select(counters.c.value).where(counters.c.name == "exports")).scalar() or 0
    return max(latest, jumped) + 1


def _files(folder: Path) -> Iterator[tuple[Path, str, int]]:
    try:
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise StorageUnusable(f"{folder} cannot be read: {error.strerror}; no order was exported.") from error
    for path in paths:
        if (name := _NAME.fullmatch(path.name)) is not None:
            yield path, name["kind"], int(name["number"])


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StorageUnusable(f"{path} cannot be read: {error.strerror}; no order was exported.") from error


def _orders_in(path: Path, content: bytes) -> list[_Found]:
    """The orders a file names, each once. Raises StorageUnusable."""
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        found = dict.fromkeys(_Found(row["order_no"], row["order_id"], row["account"]) for row in rows)
    except (UnicodeDecodeError, csv.Error, KeyError) as error:
        raise StorageUnusable(
            f"{path} has the name of an export but cannot be read as one; no order was exported. "
            "Put it back as it was written, or move it elsewhere if its orders are to leave again."
        ) from error
    return list(found)


def _is_free(connection: Connection, number: int) -> bool:
    return connection.execute(select(exports.c.number).where(exports.c.number == number)).first() is None


def _note_exported(connection: Connection, found: _Found, file: str, number: int, now: datetime) -> None:
    row = connection.execute(select(orders).where(_is(found))).first()
    if row is None:
        values = {"order_no": found.order_no, "order_id": found.order_id, "file": file, "found_at": now}
        connection.execute(insert(exported_elsewhere).values(values).on_conflict_do_nothing())
        return
    if row.export is None:
        connection.execute(update(orders).where(_is(found)).values(export=number))
    if row.credit_hold and row.status != Status.CANCELLED.value:
        # Its release was lost with the history.
        credit.release(connection, row.order_no, "", now)


def _note_cancelled(connection: Connection, found: _Found, number: int) -> None:
    """Where the wish itself was lost, the order is not cancelled here, and is told of again once it is."""
    told = _is(found) & (orders.c.status == Status.CANCELLED.value) & orders.c.cancellation_export.is_(None)
    connection.execute(update(orders).where(told).values(cancellation_export=number))


def _is(found: _Found) -> ColumnElement[bool]:
    # Ids are written so that no spreadsheet takes them for a formula.
    ids = {found.order_id, found.order_id.removeprefix("'")}
    return (orders.c.account == found.account) & orders.c.order_id.in_(ids)
