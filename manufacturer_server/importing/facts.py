"""Taking in status.csv: its rows become facts about orders, or defects where they contradict one."""

from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from desktop_app.contract.orders import OrderRecord
from desktop_app.domain.order import Status
from manufacturer_server import progress, status
from manufacturer_server.importing.applying import moment_of
from manufacturer_server.importing.rows import Fact
from manufacturer_server.importing.table import Table
from manufacturer_server.progress import Reported
from manufacturer_server.storage.documents import Changes
from manufacturer_server.storage.schema import orders


def apply_facts(connection: Connection, table: Table, time_zone: str) -> Changes:
    """Take in the rows of status.csv; what contradicts an order becomes a defect of `table`."""
    zone = ZoneInfo(time_zone)
    by_order: dict[str, list[str]] = {}
    for key, doc in table.documents.items():
        by_order.setdefault(cast(Fact, doc).order_no, []).append(key)
    changes = Changes()
    for order_no, keys in by_order.items():
        changes += _apply_to_order(connection, table, order_no, keys, zone)
    return changes


def _apply_to_order(connection: Connection, table: Table, order_no: str, keys: list[str], zone: ZoneInfo) -> Changes:
    row = connection.execute(select(orders).where(orders.c.order_no == order_no)).first()
    refusal = ""
    if row is None:
        refusal = f"there is no order {order_no!r}"
    elif row.status == Status.CANCELLED:
        refusal = f"the order {order_no} is cancelled"
    if row is None or refusal:
        for key in keys:
            table.refuse(key, "order_no", refusal)
        return Changes()
    record = status.read_record(connection, row.account, row.order_id)
    known = status.facts_of(connection, order_no)
    changes = Changes()
    for key in keys:
        fact = _reported(cast(Fact, table.documents[key]), zone, row.received_at)
        defect = _contradiction(record, known, fact)
        if defect is not None:
            table.refuse(key, *defect)
            continue
        changes += _what_changes(known, fact, key)
        known[status.key_of(fact)] = fact
    if changes.any:
        status.add_facts(connection, order_no, known.values())
        status.refresh(connection, row.account, row.order_id)
    return changes


def _reported(row: Fact, zone: ZoneInfo, received_at: datetime) -> Reported:
    """A row as a fact; what is dated the day of the order did not happen before the order."""
    at = moment_of(row.date, zone)
    if not isinstance(row.date, datetime) and at.astimezone(zone).date() == received_at.astimezone(zone).date():
        at = max(at, received_at)
    return Reported(
        row.wholesaler, row.sku, row.state, row.quantity, at, row.tracking, row.invoice_no, row.invoice_total
    )


def _contradiction(
    record: OrderRecord, known: dict[tuple[object, ...], Reported], fact: Reported
) -> tuple[str, str] | None:
    """(column, reason) where a fact cannot be true of this order."""
    sub_order = next((part for part in record.sub_orders if part.wholesaler == fact.wholesaler), None)
    if sub_order is None:
        return "wholesaler", f"the order {record.order_no} has nothing at {fact.wholesaler!r}"
    line = next((line for line in sub_order.lines if line.sku == fact.sku), None)
    if line is None:
        return "sku", f"the order {record.order_no} has no {fact.sku!r} at {fact.wholesaler!r}"
    others = [other for key, other in known.items() if other.line == fact.line and key != status.key_of(fact)]
    reason = progress.excess(line, [*others, fact])
    return ("quantity", reason) if reason else None


def _what_changes(known: dict[tuple[object, ...], Reported], fact: Reported, key: str) -> Changes:
    before = known.get(status.key_of(fact))
    if before is None:
        return Changes(added=(key,))
    return Changes(unchanged=1) if before == fact else Changes(changed=(key,))
