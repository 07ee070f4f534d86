"""The accepted orders as the manufacturer sees them: what `report --json` prints."""

import msgspec
from sqlalchemy import Connection, select

from manufacturer_server.status import read_record
from manufacturer_server.storage.schema import orders


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


class Report(msgspec.Struct, frozen=True):
    """All accepted orders, oldest first."""

    orders: list[ReportRow]


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
    return Report(rows)
