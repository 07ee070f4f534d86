"""The progress of orders in the store: facts added or corrected, the feed's rows and the account kept in step.

The rules of progress themselves are in `progress`; how status.csv is taken in is in `importing.facts`.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

import msgspec
from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from desktop_app.contract.documents import AccountDoc
from desktop_app.contract.orders import HistoryEntry, OrderRecord
from desktop_app.domain.money import amount_text
from desktop_app.domain.order import Status
from manufacturer_server import progress, reservations
from manufacturer_server.progress import Reported
from manufacturer_server.storage.documents import dealer_scope, read_one, save
from manufacturer_server.storage.schema import facts, orders

_KEY = ["order_no", "wholesaler", "sku", "state", "at", "tracking", "invoice_no"]
_MINE = (orders.c.account == bindparam("of_account"), orders.c.order_id == bindparam("of_order"))
_UNDELIVERED_OF = select(orders.c.undelivered).where(*_MINE)
_MOVE = update(orders).where(*_MINE).values(status=bindparam("status"), undelivered=bindparam("undelivered"))


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
    known = facts_of(connection, row.order_no)
    record = progress.with_facts(record, known.values(), HistoryEntry(at=row.received_at, state=Status.ACCEPTED))
    write_record(connection, account, record)
    return record


def write_record(connection: Connection, account: str, record: OrderRecord) -> None:
    """Make `record` the feed's row of its order; the order's status and the account's sum follow it."""
    # A desk takes only what names its own account; records of before do not name any.
    record = msgspec.structs.replace(record, account=account)
    save(connection, "orders", dealer_scope(account), {record.order_id: msgspec.json.encode(record)})
    mine = {"of_account": account, "of_order": record.order_id}
    before = Decimal(connection.execute(_UNDELIVERED_OF, mine).scalar_one())
    open_now = amount_text(progress.undelivered(record))
    connection.execute(_MOVE, {**mine, "status": record.status.value, "undelivered": open_now})
    reservations.follow(connection, account, record)
    # Only the difference: to add up all open orders for each one would make every order slower than the last.
    _put_undelivered(connection, account, lambda known: known + Decimal(open_now) - before)


def refresh_account(connection: Connection, account: str) -> None:
    """Make the dealer's undelivered sum that of the open orders, if there is such a dealer."""
    open_sums = connection.execute(
        select(orders.c.undelivered).where(orders.c.account == account, orders.c.undelivered != "0.00")
    ).scalars()
    total = sum(map(Decimal, open_sums), Decimal(0))
    _put_undelivered(connection, account, lambda known: total)


def _put_undelivered(connection: Connection, account: str, figure: Callable[[Decimal], Decimal]) -> None:
    stored = read_one(connection, "account", dealer_scope(account), account)
    if stored is not None:
        doc = msgspec.json.decode(stored.body, type=AccountDoc)
        doc = msgspec.structs.replace(doc, undelivered=amount_text(figure(Decimal(doc.undelivered))))
        save(connection, "account", dealer_scope(account), {account: msgspec.json.encode(doc)})


def facts_of(connection: Connection, order_no: str) -> dict[tuple[object, ...], Reported]:
    """What has been reported about an order, by `key_of`, in the order it came."""
    rows = connection.execute(select(facts).where(facts.c.order_no == order_no).order_by(facts.c.id))
    found = [
        Reported(
            row.wholesaler, row.sku, row.state, row.quantity, row.at, row.tracking, row.invoice_no, row.invoice_total
        )
        for row in rows
    ]
    return {key_of(fact): fact for fact in found}


def key_of(fact: Reported) -> tuple[object, ...]:
    """What makes two reports the same fact, the later one correcting the earlier."""
    return fact.wholesaler, fact.sku, fact.state, fact.at, fact.tracking, fact.invoice_no
