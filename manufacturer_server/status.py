"""The progress of orders in the store: facts added or corrected, the feed's rows and the account kept in step.

The rules of progress themselves are in `progress`.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from desktop_app.contract.documents import AccountDoc
from desktop_app.contract.orders import HistoryEntry, OrderRecord
from desktop_app.domain.money import amount_text
from desktop_app.domain.order import Status
from manufacturer_server import progress
from manufacturer_server.importing.apply import moment_of
from manufacturer_server.importing.kinds import Fact
from manufacturer_server.importing.reader import Table
from manufacturer_server.progress import Reported
from manufacturer_server.storage.documents import Changes, dealer_scope, read_one, save
from manufacturer_server.storage.schema import facts, orders

_KEY = ["order_no", "wholesaler", "sku", "state", "at", "tracking", "invoice_no"]


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
    record = read_record(connection, row.account, row.order_id)
    known = _facts_of(connection, order_no)
    changes = Changes()
    for key in keys:
        fact = _reported(cast(Fact, table.documents[key]), zone, row.received_at)
        defect = _contradiction(record, known, fact)
        if defect is not None:
            table.refuse(key, *defect)
            continue
        changes += _what_changes(known, fact, key)
        known[_identity(fact)] = fact
    if changes.any:
        add_facts(connection, order_no, known.values())
        refresh(connection, row.account, row.order_id)
    return changes


def add_facts(connection: Connection, order_no: str, new: Iterable[Reported]) -> None:
    """Record facts about an order; one with the same key corrects the earlier one. `refresh` must follow."""
    rows = [
        {
            "order_no": order_no,
            "wholesaler": fact.wholesaler,
            "sku": fact.sku,
            "state": fact.state,
            "at": fact.at,
            "quantity": fact.quantity,
            "tracking": fact.tracking,
            "invoice_no": fact.invoice_no,
            "invoice_total": fact.invoice_total,
        }
        for fact in new
    ]
    statement = insert(facts)
    corrected = {name: statement.excluded[name] for name in ("quantity", "invoice_total")}
    connection.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=corrected), rows)


def read_record(connection: Connection, account: str, order_id: str) -> OrderRecord:
    """The feed's row of an accepted order."""
    stored = read_one(connection, "orders", dealer_scope(account), order_id)
    if stored is None:
        raise LookupError(f"order {order_id} of {account} has no row in the feed")
    return msgspec.json.decode(stored.body, type=OrderRecord)


def refresh(connection: Connection, account: str, order_id: str) -> OrderRecord:
    """Derive an order's record anew from its facts, and the account's undelivered sum with it."""
    row = connection.execute(select(orders).where(orders.c.account == account, orders.c.order_id == order_id)).one()
    record = read_record(connection, account, order_id)
    known = _facts_of(connection, row.order_no)
    record = progress.with_facts(record, known.values(), HistoryEntry(at=row.received_at, state=Status.ACCEPTED))
    write_record(connection, account, record)
    return record


def write_record(connection: Connection, account: str, record: OrderRecord) -> None:
    """Make `record` the feed's row of its order; the order's status and the account's sum follow it."""
    save(connection, "orders", dealer_scope(account), {record.order_id: msgspec.json.encode(record)})
    connection.execute(
        update(orders)
        .where(orders.c.account == account, orders.c.order_id == record.order_id)
        .values(status=record.status.value, undelivered=amount_text(progress.undelivered(record)))
    )
    _refresh_account(connection, account)


def _refresh_account(connection: Connection, account: str) -> None:
    stored = read_one(connection, "account", dealer_scope(account), account)
    if stored is None:
        return
    open_sums = connection.execute(
        select(orders.c.undelivered).where(orders.c.account == account, orders.c.undelivered != "0.00")
    ).scalars()
    doc = msgspec.json.decode(stored.body, type=AccountDoc)
    doc = msgspec.structs.replace(doc, undelivered=amount_text(sum(map(Decimal, open_sums), Decimal(0))))
    save(connection, "account", dealer_scope(account), {account: msgspec.json.encode(doc)})


def _facts_of(connection: Connection, order_no: str) -> dict[tuple[object, ...], Reported]:
    rows = connection.execute(select(facts).where(facts.c.order_no == order_no).order_by(facts.c.id))
    found = [
        Reported(
            row.wholesaler, row.sku, row.state, row.quantity, row.at, row.tracking, row.invoice_no, row.invoice_total
        )
        for row in rows
    ]
    return {_identity(fact): fact for fact in found}


def _identity(fact: Reported) -> tuple[object, ...]:
    return fact.wholesaler, fact.sku, fact.state, fact.at, fact.tracking, fact.invoice_no


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
    others = [other for key, other in known.items() if other.line == fact.line and key != _identity(fact)]
    reason = progress.excess(line, [*others, fact])
    return ("quantity", reason) if reason else None


def _what_changes(known: dict[tuple[object, ...], Reported], fact: Reported, key: str) -> Changes:
    before = known.get(_identity(fact))
    if before is None:
        return Changes(added=(key,))
    return Changes(unchanged=1) if before == fact else Changes(changed=(key,))
