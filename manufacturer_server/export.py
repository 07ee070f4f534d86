"""Taking accepted orders out, each once, as CSV files for the manufacturer's own system.

The number of a file comes from the database and is used up only in the transaction that marks its orders, after the
file is safely on disk: after a crash in between, the next run writes the same file name anew.
"""

import csv
import hashlib
import io
import os
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from desktop_app.contract.documents import AddressDoc
from desktop_app.contract.orders import OrderDocument, OrderRecord
from desktop_app.domain.order import Status
from manufacturer_server.access import account_doc
from manufacturer_server.errors import StorageUnusable
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
# A spreadsheet takes a cell that begins like this for a formula; the apostrophe makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_orders(database: Database, folder: Path, now: datetime) -> tuple[Path, int] | None:
    """Write the accepted orders not yet exported to a new file in `folder`; None where there are none.

    Raises StorageUnusable where the folder cannot be written; then nothing is marked.
    """
    with database.writing() as connection:
        waiting = connection.execute(
            select(orders)
            .where(orders.c.export.is_(None), orders.c.status != Status.CANCELLED.value)
            .order_by(orders.c.received_at, orders.c.order_no)
        ).all()
        if not waiting:
            return None
        last = connection.execute(select(func.max(exports.c.number))).scalar() or 0
        name = f"orders-{last + 1:06d}-{identity(connection).epoch[:8]}.csv"
        content = _csv(connection, [(row.account, row.order_id, row.document) for row in waiting])
        _write(folder, name, content)
        sha256 = hashlib.sha256(content).hexdigest()
        connection.execute(insert(exports).values(number=last + 1, file=name, sha256=sha256, made_at=now))
        numbers = [row.order_no for row in waiting]
        for start in range(0, len(numbers), 500):
            part = orders.c.order_no.in_(numbers[start : start + 500])
            connection.execute(update(orders).where(part).values(export=last + 1))
    return folder / name, len(waiting)


def _csv(connection: Connection, found: list[tuple[str, str, bytes]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for account, order_id, document in found:
        record = read_record(connection, account, order_id)
        dealer = account_doc(connection, account)
        order = msgspec.json.decode(document, type=OrderDocument)
        address = order.delivery.address or (dealer.address if dealer is not None else AddressDoc())
        head = _head(record, order, account, dealer.name if dealer is not None else "")
        place = (address.name, address.street, address.postcode, address.city, address.country)
        number = 0
        for sub_order in record.sub_orders:
            for line in sub_order.lines:
                number += 1
                money = (line.unit_net, line.line_total, record.totals.total)
                cells = (*head, *place, number, sub_order.wholesaler, line.sku, line.name, line.quantity, *money)
                writer.writerow([_as_text(cell) for cell in cells])
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


def _as_text(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _write(folder: Path, name: str, content: bytes) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{name}.part"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / name)
        _sync_folder(folder)
    except OSError as error:
        raise StorageUnusable(f"{folder} cannot be written: {error.strerror}; no order was exported.") from error


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
