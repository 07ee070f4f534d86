"""Taking accepted orders out, each once, as CSV files for the manufacturer's own system.

A file is safely on disk before the transaction that marks its orders: after a crash in between, the next run finds the
file and marks them.
"""

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Row, insert, select, update

from desktop_app.contract.documents import AddressDoc
from desktop_app.contract.orders import OrderDocument, OrderRecord
from desktop_app.domain.order import Status
from manufacturer_server.access import account_doc
from manufacturer_server.durable import write_whole
from manufacturer_server.errors import StorageUnusable
from manufacturer_server.exported import adopt_files, next_number
from manufacturer_server.sheets import as_text
from manufacturer_server.status import read_record
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from manufacturer_server.storage.schema import exports, orders

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
    "line",
    "wholesaler",
    "sku",
    "name",
    "quantity",
    "unit_net",
    "line_total",
    "order_total",
)
CANCELLATION_COLUMNS = ("order_no", "order_id", "account", "cancelled_at", "reason")
OrderRow = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Written:
    """One file of an export and the number of orders in it; `found`: it lay there before, not marked as exported."""

    path: Path
    orders: int
    cancellations: bool
    found: bool = False


def export_orders(database: Database, folder: Path, now: datetime) -> list[Written]:
    """Write to new files in `folder` the accepted orders not yet exported, and those exported but cancelled since.

    Orders held back for their credit wait. What files in `folder` name that this history has not written does not leave
    again (see `exported`); no file is ever replaced.

    Raises StorageUnusable where the folder cannot be read or written; then nothing is marked.
    """
    with database.writing() as connection:
        written = [
            Written(file.path, file.orders, file.cancellations, found=True)
            for file in adopt_files(connection, folder, now)
        ]
        cancelled = orders.c.status == Status.CANCELLED.value
        new = _found(connection, orders.c.export.is_(None) & ~cancelled & (orders.c.credit_hold == 0))
        if new:
            written.append(_export(connection, folder, now, new, orders.c.export, "orders", _csv(connection, new)))
        gone = _found(connection, orders.c.export.is_not(None) & cancelled & orders.c.cancellation_export.is_(None))
        if gone:
            content = _cancellations(connection, gone)
            written.append(
                _export(connection, folder, now, gone, orders.c.cancellation_export, "cancellations", content)
            )
    return written


def _found(connection: Connection, which: ColumnElement[bool]) -> list[OrderRow]:
    return list(connection.execute(select(orders).where(which).order_by(orders.c.received_at, orders.c.order_no)))


def _export(
    connection: Connection,
    folder: Path,
    now: datetime,
    found: list[OrderRow],
    mark: Column[int],
    name: str,
    content: bytes,
) -> Written:
    """Write one file under the next number and mark its orders with it."""
    number, epoch = next_number(connection), identity(connection).epoch[:8]
    while (folder / (file := f"{name}-{number:06d}-{epoch}.csv")).exists():
        number += 1
    _write(folder, file, content)
    sha256 = hashlib.sha256(content).hexdigest()
    connection.execute(insert(exports).values(number=number, file=file, sha256=sha256, made_at=now))
    numbers = [row.order_no for row in found]
    for start in range(0, len(numbers), 500):
        part = orders.c.order_no.in_(numbers[start : start + 500])
        connection.execute(update(orders).where(part).values({mark.name: number}))
    return Written(folder / file, len(found), mark is orders.c.cancellation_export)


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
        record = read_record(connection, row.account, row.order_id)
        dealer = account_doc(connection, row.account)
        order = msgspec.json.decode(row.document, type=OrderDocument)
        address = order.delivery.address or (dealer.address if dealer is not None else AddressDoc())
        head = _head(record, order, row.account, dealer.name if dealer is not None else "")
        place = (address.name, address.street, address.postcode, address.city, address.country)
        number = 0
        for sub_order in record.sub_orders:
            for line in sub_order.lines:
                number += 1
                money = (line.unit_net, line.line_total, record.totals.total)
                cells = (*head, *place, number, sub_order.wholesaler, line.sku, line.name, line.quantity, *money)
                writer.writerow([as_text(cell) for cell in cells])
    return text.getvalue().encode()


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
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, content)
    except OSError as error:
        raise StorageUnusable(f"{folder} cannot be written: {error.strerror}; no order was exported.") from error
