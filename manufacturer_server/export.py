"""Taking accepted orders out, each once, as CSV files for the manufacturer's own system.

A file is safely on disk before the transaction that marks its orders: after a crash in between, the next run finds the
file and marks them.
"""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, insert, select, tuple_, update

from desktop_app.contract.documents import AddressDoc
from desktop_app.contract.orders import NO_AMOUNT, OrderDocument, OrderRecord
from desktop_app.domain.order import Status
from manufacturer_server.access import account_doc
from manufacturer_server.amending import standing
from manufacturer_server.durable import write_durably
from manufacturer_server.errors import StorageUnusable
from manufacturer_server.exported import AMENDMENTS, CANCELLATIONS, ORDERS, adopt_files, next_number
from manufacturer_server.progress import AMENDED
from manufacturer_server.sheets import as_text
from manufacturer_server.status import read_record
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from manufacturer_server.storage.schema import amendments, exports, orders

LINE_COLUMNS = ("line", "wholesaler", "sku", "name", "quantity", "unit_net", "line_total", "order_total")
COLUMNS = (
    "order_no",
    "order_id",
    "revision",
    "account",
    "dealer",
    "received_at",
    "desk_no",
    "reference",
    "author",
    "end_client",
    "note",
    "delivery_mode",
    "wanted_date",
    "delivery_name",
    "delivery_street",
    "delivery_postcode",
    "delivery_city",
    "delivery_country",
    *LINE_COLUMNS,
)
CANCELLATION_COLUMNS = ("order_no", "order_id", "account", "cancelled_at", "reason")
OrderRow = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Written:
    """One file of an export and the number of orders in it; `kind` is `orders`, `amendments` or `cancellations`.

    `found`: it lay there before, not marked as exported.
    """

    path: Path
    orders: int
    kind: str
    found: bool = False


def export_orders(database: Database, folder: Path, now: datetime) -> list[Written]:
    """Write to new files in `folder` the accepted orders not yet exported, and those exported but changed or cancelled
    since.

    Orders held back for their credit wait. What files in `folder` name that this history has not written does not leave
    again (see `exported`); no file is ever replaced.

    Raises StorageUnusable where the folder cannot be read or written; then nothing is marked.
    """
    with database.writing() as connection:
        written = [
            Written(file.path, file.orders, file.kind, found=True) for file in adopt_files(connection, folder, now)
        ]
        cancelled = orders.c.status == Status.CANCELLED.value
        new = _found(connection, orders.c.export.is_(None) & ~cancelled & (orders.c.credit_hold == 0))
        if new:
            written.append(_export(connection, folder, now, new, ORDERS, _csv(connection, new)))
        changed = _found(connection, _is_changed() & orders.c.export.is_not(None) & ~cancelled)
        if changed:
            written.append(_export(connection, folder, now, changed, AMENDMENTS, _amendments(connection, changed)))
        gone = _found(connection, orders.c.export.is_not(None) & cancelled & orders.c.cancellation_export.is_(None))
        if gone:
            written.append(_export(connection, folder, now, gone, CANCELLATIONS, _cancellations(connection, gone)))
    return written


def _is_changed() -> ColumnElement[bool]:
    """Whether an order was changed since the last file that told of it."""
    untold = select(amendments.c.order_id).where(
        amendments.c.account == orders.c.account,
        amendments.c.order_id == orders.c.order_id,
        amendments.c.export.is_(None),
    )
    return untold.exists()


def _found(connection: Connection, which: ColumnElement[bool]) -> list[OrderRow]:
    return list(connection.execute(select(orders).where(which).order_by(orders.c.received_at, orders.c.order_no)))


def _export(
    connection: Connection,
    folder: Path,
    now: datetime,
    found: list[OrderRow],
    kind: str,
    content: bytes,
) -> Written:
    """Write one file under the next number and mark its orders with it."""
    number, epoch = next_number(connection), identity(connection).epoch[:8]
    while (folder / (file := f"{kind}-{number:06d}-{epoch}.csv")).exists():
        number += 1
    _write(folder, file, content)
    sha256 = hashlib.sha256(content).hexdigest()
    connection.execute(insert(exports).values(number=number, file=file, sha256=sha256, made_at=now))
    for start in range(0, len(found), 500):
        _mark(connection, found[start : start + 500], kind, number)
    return Written(folder / file, len(found), kind)


def _mark(connection: Connection, found: list[OrderRow], kind: str, number: int) -> None:
    """Note that these orders left in file `number`; how they were changed before is told with them."""
    these = orders.c.order_no.in_([row.order_no for row in found])
    if kind != AMENDMENTS:
        mark = orders.c.export if kind == ORDERS else orders.c.cancellation_export
        connection.execute(update(orders).where(these).values({mark.name: number}))
    told = tuple_(amendments.c.account, amendments.c.order_id).in_([(row.account, row.order_id) for row in found])
    connection.execute(update(amendments).where(told, amendments.c.export.is_(None)).values(export=number))


def _amendments(connection: Connection, found: list[OrderRow]) -> bytes:
    """The orders as they stand now, each as a whole; a line that was taken out is there with the quantity 0."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((*COLUMNS, "amended_at"))
    for row in found:
        at = [
            entry.at for entry in read_record(connection, row.account, row.order_id).history if entry.state == AMENDED
        ]
        moment = at[-1].isoformat(timespec="seconds")
        rows = _rows(connection, row)
        for cells in [*rows, *_taken_out(row, rows)]:
            writer.writerow([as_text(cell) for cell in (*cells, moment)])
    return text.getvalue().encode()


def _taken_out(row: OrderRow, left: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """The lines of an order that it has no more, behind the others."""
    head, total, number = left[0][: -len(LINE_COLUMNS)], left[0][-1], len(left)
    known = {(cells[-7], cells[-6]) for cells in left}
    for line in msgspec.json.decode(row.document, type=OrderDocument).lines:
        if (line.wholesaler, line.sku) not in known:
            number += 1
            yield (*head, number, line.wholesaler, line.sku, "", 0, line.unit_price, NO_AMOUNT, total)


def _cancellations(connection: Connection, found: list[OrderRow]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CANCELLATION_COLUMNS)
    for row in found:
        last = read_record(connection, row.account, row.order_id).history[-1]
        cells = (row.order_no, row.order_id, row.account, last.at.isoformat(timespec="seconds"), last.text)
        writer.writerow([as_text(cell) for cell in cells])
    return text.getvalue().encode()


def _csv(connection: Connection, found: list[OrderRow]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in found:
        for cells in _rows(connection, row):
            writer.writerow([as_text(cell) for cell in cells])
    return text.getvalue().encode()


def _rows(connection: Connection, row: OrderRow) -> list[tuple[object, ...]]:
    """The cells of one order as it stands, line by line."""
    record = read_record(connection, row.account, row.order_id)
    dealer = account_doc(connection, row.account)
    order = standing(connection, row.account, row.order_id, row.document)
    address = order.delivery.address or (dealer.address if dealer is not None else AddressDoc())
    head = _head(record, order, row.account, dealer.name if dealer is not None else "")
    place = (address.name, address.street, address.postcode, address.city, address.country)
    found: list[tuple[object, ...]] = []
    for sub_order in record.sub_orders:
        for line in sub_order.lines:
            money = (line.unit_net, line.line_total, record.totals.total)
            named = (sub_order.wholesaler, line.sku, line.name, line.quantity)
            found.append((*head, *place, len(found) + 1, *named, *money))
    return found


def _head(record: OrderRecord, order: OrderDocument, account: str, dealer: str) -> tuple[object, ...]:
    return (
        record.order_no,
        record.order_id,
        record.revision,
        account,
        dealer,
        record.received_at.isoformat(timespec="seconds"),
        record.desk_no,
        record.reference,
        record.author,
        record.end_client,
        order.note,
        order.delivery.mode.value,
        order.delivery.wanted_date or "",
    )


def _write(folder: Path, name: str, content: bytes) -> None:
    try:
        write_durably(folder / name, content)
    except OSError as error:
        raise StorageUnusable(f"{folder} cannot be written: {error.strerror}; no order was exported.") from error
