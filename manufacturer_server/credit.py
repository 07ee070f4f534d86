"""Orders over their dealer's credit that the manufacturer holds back: accepted, but not exported until released."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, select, update

from desktop_app.contract.orders import HistoryEntry
from desktop_app.domain.order import Status
from manufacturer_server import status
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.progress import CREDIT_RELEASED
from manufacturer_server.storage.schema import orders


def release(connection: Connection, order_no: str, reason: str, now: datetime) -> None:
    """Let an order go on its way. Raises ServerRefusal where there is no such order, or it is not held."""
    row = connection.execute(select(orders).where(orders.c.order_no == order_no)).first()
    if row is None:
        raise ServerRefusal(f"There is no order {order_no}.")
    if row.status == Status.CANCELLED:
        raise ServerRefusal(f"Order {order_no} is cancelled.")
    if not row.credit_hold:
        raise ServerRefusal(f"Order {order_no} is not held back.")
    connection.execute(update(orders).where(orders.c.order_no == order_no).values(credit_hold=0))
    record = status.read_record(connection, row.account, row.order_id)
    entry = HistoryEntry(at=now, state=CREDIT_RELEASED, text=reason)
    status.write_record(connection, row.account, msgspec.structs.replace(record, history=[*record.history, entry]))
