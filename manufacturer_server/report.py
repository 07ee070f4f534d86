"""The accepted orders as the manufacturer sees them: what `report --json` prints."""

import msgspec
from sqlalchemy import Connection, select

from manufacturer_server.status import read_record
from manufacturer_server.storage.schema import exported_elsewhere, orders


class ReportRow(msgspec.Struct, frozen=True):
    """One accepted order; `lines` is their number, `total` the sum TTC. `held`: it waits for a release (credit).

    `restored`: a desk brought it back after history was lost.
    """

    order_no: str
    order_id: str
    revision: int
    account: str
    status: str
    lines: int
    total: str
    held: bool
    restored: bool = False


class MissingRow(msgspec.Struct, frozen=True):
    """An order that left in an export file before history was lost, and that no desk has brought back yet."""

    order_no: str
    order_id: str
    file: str


class Report(msgspec.Struct, frozen=True, omit_defaults=True):
    """All accepted orders, oldest first, and those known from export files alone (not named where there is none)."""

    orders: list[ReportRow]
    missing: list[MissingRow] = []


def report(connection: Connection) -> Report:
    """Every accepted order with its present status."""
    rows = []
    for order in connection.execute(select(orders).order_by(orders.c.received_at, orders.c.order_no)):
        record = read_record(connection, order.account, order.order_id)
        lines = sum(len(sub_order.lines) for sub_order in record.sub_orders)
        rows.append(
            ReportRow(
                order_no=order.order_no,
                order_id=order.order_id,
                revision=order.revision,
                account=order.account,
                status=record.status.value,
                lines=lines,
                total=record.totals.total,
                held=bool(order.credit_hold),
                restored=order.restored_at is not None,
            )
        )
    return Report(rows, _missing(connection))


def _missing(connection: Connection) -> list[MissingRow]:
    here = select(orders.c.order_id)
    query = select(exported_elsewhere).where(exported_elsewhere.c.order_id.not_in(here))
    rows = connection.execute(query.order_by(exported_elsewhere.c.order_no))
    return [MissingRow(row.order_no, row.order_id, row.file) for row in rows]
