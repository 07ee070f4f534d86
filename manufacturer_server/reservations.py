"""Units of conditions with a quota or a stock cap: reserved with the order, released when it is cancelled or refused.

What is gone of a quota stands in the dealer's account row, what is gone of a stock cap in the condition itself: desks
see both through the feed.
"""

from collections.abc import Collection, Iterable, Mapping

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from desktop_app.contract.documents import AccountDoc, ConditionDoc
from desktop_app.contract.orders import OrderRecord
from desktop_app.domain.condition import Condition
from desktop_app.domain.order import PricedBasket, Status
from manufacturer_server.storage.documents import dealer_scope, read_one, save
from manufacturer_server.storage.schema import documents, reservations

_KEPT = select(reservations).where(reservations.c.order_no == bindparam("order_no"))


def reserve(
    connection: Connection, account: str, order_no: str, basket: PricedBasket, limited: Collection[str]
) -> None:
    """Reserve what the lines of a priced order take of the `limited` conditions: those that have so many units only."""
    rows = [
        {
            "account": account,
            "order_no": order_no,
            "wholesaler": line.wholesaler,
            "sku": line.sku,
            "condition": row.condition,
            "quantity": line.quantity,
        }
        for part in basket.sub_orders
        for line in part.lines
        for row in line.trace
        if row.applied and row.condition in limited
    ]
    if rows:
        connection.execute(insert(reservations), rows)
        _tell(connection, account, {str(row["condition"]) for row in rows})


def left(conditions: Iterable[Condition], used: Mapping[str, int]) -> dict[str, int]:
    """The units still to be had at each limited condition by the dealer who has had `used`."""
    found = ((one.id, one.left(used.get(one.id, 0))) for one in conditions)
    return {name: units for name, units in found if units is not None}


def follow(connection: Connection, account: str, record: OrderRecord) -> None:
    """Release the units of a cancelled order, and those the wholesaler refused."""
    kept = connection.execute(_KEPT, {"order_no": record.order_no}).all()
    if not kept:
        return
    units = {
        (part.wholesaler, line.sku): 0 if record.status is Status.CANCELLED else line.quantity - line.refused
        for part in record.sub_orders
        for line in part.lines
    }
    mine = reservations.c.order_no == record.order_no
    touched = set()
    for row in kept:
        wanted = units.get((row.wholesaler, row.sku), 0)
        if wanted == row.quantity:
            continue
        touched.add(row.condition)
        this = mine & (
            (reservations.c.wholesaler == row.wholesaler)
            & (reservations.c.sku == row.sku)
            & (reservations.c.condition == row.condition)
        )
        if wanted > 0:
            connection.execute(update(reservations).where(this).values(quantity=wanted))
        elif record.status is Status.CANCELLED:
            connection.execute(delete(reservations).where(this))
        else:  # a correction of the refusal takes the units again
            connection.execute(update(reservations).where(this).values(quantity=0))
    if touched:
        _tell(connection, account, touched)


def _tell(connection: Connection, account: str, conditions: set[str]) -> None:
    """Put what is gone of these conditions into the rows that desks read."""
    scope = dealer_scope(account)
    stored = read_one(connection, "account", scope, account)
    if stored is not None:
        doc = msgspec.json.decode(stored.body, type=AccountDoc)
        gone = _sums(connection, conditions, account)
        used = {name: units for name, units in {**doc.quota_used, **gone}.items() if units}
        save(
            connection, "account", scope, {account: msgspec.json.encode(msgspec.structs.replace(doc, quota_used=used))}
        )
    gone = _sums(connection, conditions)
    for row_scope, row_id, body in connection.execute(
        select(documents.c.scope, documents.c.id, documents.c.body).where(
            documents.c.collection == "terms", documents.c.id.in_(conditions), documents.c.body.is_not(None)
        )
    ).all():
        condition = msgspec.json.decode(body, type=ConditionDoc)
        if condition.stock_cap is not None:
            told = msgspec.structs.replace(condition, stock_used=gone[row_id])
            save(connection, "terms", row_scope, {row_id: msgspec.json.encode(told)})


def _sums(connection: Connection, conditions: set[str], account: str = "") -> dict[str, int]:
    """Units reserved of each condition, by one account or by all."""
    query = select(reservations.c.condition, func.sum(reservations.c.quantity)).group_by(reservations.c.condition)
    query = query.where(reservations.c.condition.in_(conditions))
    if account:
        query = query.where(reservations.c.account == account)
    found: dict[str, int] = {name: int(units) for name, units in connection.execute(query)}
    return dict.fromkeys(conditions, 0) | found
