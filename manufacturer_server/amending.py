"""Changing an accepted order at its dealer's wish: what is asked is judged, and done in the same transaction.

Only less can be asked, and only of what the wholesalers have not begun with. What is left is priced by the rules and
the terms of the day the order was received: no unit price of it may become another.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.contract.documents import AccountDoc
from desktop_app.contract.orders import (
    AmendRequest,
    HistoryEntry,
    OrderDocument,
    OrderLineDoc,
    OrderRecord,
    RecordLine,
    RecordSubOrder,
)
from desktop_app.domain.order import Status
from desktop_app.domain.pricing import Terms
from desktop_app.domain.pricing_day import pricing_day
from desktop_app.domain.validation import BELOW_MINIMUM, MIN_QUANTITY, PACK_MULTIPLE
from manufacturer_server import comparison, practice, progress, status
from manufacturer_server.comparison import Priced, Seller
from manufacturer_server.progress import AMENDED, Key
from manufacturer_server.storage.documents import dealer_scope
from manufacturer_server.storage.identity import identity
from manufacturer_server.storage.schema import amendments, orders
from manufacturer_server.storage.versions import read_at
from manufacturer_server.stored_catalog import StoredCatalog, conditions_of

# What a smaller quantity can break; everything else was judged when the order was received.
_BROKEN_BY_LESS = (PACK_MULTIPLE, MIN_QUANTITY, BELOW_MINIMUM)


@dataclass
class NotAmended(Exception):
    """Why an order stays as it is: a code for programs, and words."""

    code: str
    detail: str


def amend(connection: Connection, account: str, request: AmendRequest, at: datetime) -> OrderRecord:
    """Change the order as asked; returns its record then. Raises NotAmended, and nothing has changed."""
    record = status.read_record(connection, account, request.order_id)
    _check_state(record)
    row = connection.execute(
        select(orders).where(orders.c.account == account, orders.c.order_id == request.order_id)
    ).one()
    facts = list(status.facts_of(connection, row.order_no).values())
    less = _less(record, request, facts)
    before = standing(connection, account, request.order_id, row.document)
    document = _changed(before, request, less)
    if document == before:
        raise NotAmended("nothing-asked", "All that is asked for is so already.")
    record = replace(record, reference=document.reference, delivery=document.delivery)
    if less:
        priced = _priced(connection, account, document, row.received_at)
        _check_prices(record, priced)
        record = replace(record, sub_orders=priced.sub_orders, totals=priced.totals, online_bonus=priced.online_bonus)
    record = replace(record, history=[*record.history, *_entries(request, less, at)])
    record = progress.with_facts(record, facts, HistoryEntry(at=row.received_at, state=Status.ACCEPTED))
    _keep(connection, account, document, at)
    practice.plan_anew(connection, row.order_no)
    status.write_record(connection, account, record)
    return record


def standing(connection: Connection, account: str, order_id: str, received: bytes) -> OrderDocument:
    """What is ordered now: the document as it was received, or as it was changed since."""
    body = connection.execute(
        select(amendments.c.document).where(amendments.c.account == account, amendments.c.order_id == order_id)
    ).scalar()
    return msgspec.json.decode(body or received, type=OrderDocument)


def _check_state(record: OrderRecord) -> None:
    match record.status:
        case Status.CANCELLED:
            raise NotAmended("cancelled", "The order is cancelled.")
        case Status.REFUSED:
            raise NotAmended("refused", "The order was refused.")
        case Status.PARTLY_SHIPPED | Status.SHIPPED | Status.INVOICED:
            raise NotAmended("shipped", "Goods have already left.")


def _less(record: OrderRecord, request: AmendRequest, facts: list[progress.Reported]) -> dict[Key, int]:
    """The new quantity of each line that shall be less; 0 takes it out."""
    ordered: dict[Key, RecordLine] = {
        (part.wholesaler, line.sku): line for part in record.sub_orders for line in part.lines
    }
    less: dict[Key, int] = {}
    for asked in request.lines:
        key = (asked.wholesaler, asked.sku)
        line = ordered.get(key)
        if line is None or key in less:
            raise NotAmended("unknown-line", f"{asked.sku} from {asked.wholesaler} is no line of this order.")
        if asked.quantity >= line.quantity:
            raise NotAmended("not-less", f"{asked.quantity} of {asked.sku} is not less than {line.quantity}.")
        begun = progress.excess(replace(line, quantity=asked.quantity), (fact for fact in facts if fact.line == key))
        if begun:
            raise NotAmended("confirmed", f"{asked.sku}: {begun}.")
        less[key] = asked.quantity
    if less and not any(less.get(key, line.quantity) for key, line in ordered.items()):
        raise NotAmended("nothing-left", "No line would be left: the order can be cancelled instead.")
    return less


def _changed(document: OrderDocument, request: AmendRequest, less: dict[Key, int]) -> OrderDocument:
    def changed(line: OrderLineDoc) -> OrderLineDoc | None:
        quantity = less.get((line.wholesaler, line.sku), line.quantity)
        return replace(line, quantity=quantity) if quantity else None

    delivery = document.delivery
    if request.wanted_date is not None or request.no_date:
        delivery = replace(delivery, wanted_date=request.wanted_date)
    return replace(
        document,
        lines=[line for line in map(changed, document.lines) if line is not None],
        delivery=delivery,
        reference=document.reference if request.reference is None else request.reference,
        note=document.note if request.note is None else request.note,
    )


def _entries(request: AmendRequest, less: dict[Key, int], at: datetime) -> list[HistoryEntry]:
    """What the history says of it: the change as a whole, then each line with what is left of it."""
    lines = [
        HistoryEntry(at=at, state=AMENDED, wholesaler=wholesaler, sku=sku, quantity=quantity)
        for (wholesaler, sku), quantity in less.items()
    ]
    return [HistoryEntry(at=at, state=AMENDED, text=request.reason), *lines]


def _priced(connection: Connection, account: str, document: OrderDocument, received_at: datetime) -> Priced:
    """What is left of an order, at the terms of the moment it was received. Raises NotAmended."""
    stored = read_at(connection, "account", dealer_scope(account), received_at).get(account)
    if stored is None:
        raise LookupError(f"there was no dealer {account} at {received_at}")
    dealer = msgspec.json.decode(stored.body, type=AccountDoc)
    # Its own units are among those that are gone of a limited condition: as if there was no limit.
    conditions = [replace(one, quota=None, stock_cap=None) for one in conditions_of(connection, dealer, received_at)]
    seller = Seller(
        catalog=StoredCatalog(connection, ((line.sku, line.wholesaler) for line in document.lines), received_at),
        terms=Terms(conditions, dealer.account, dealer.group),
        dealer=dealer.to_domain(),
        day=pricing_day(received_at, identity(connection).time_zone),
        terms_version=document.terms_version,
        catalog_version=document.catalog_version,
        left={},
    )
    verdict = comparison.judge(document, seller)
    for found in verdict.priced.basket.problems:
        if found.blocking and found.code in _BROKEN_BY_LESS:
            raise NotAmended(found.code, found.message)
    return verdict.priced


def _check_prices(record: OrderRecord, priced: Priced) -> None:
    """A quantity that is less may lose the price it earned: that is never done unasked."""
    agreed = _unit_prices(record.sub_orders)
    for (wholesaler, sku), unit_net in _unit_prices(priced.sub_orders).items():
        if unit_net != agreed[wholesaler, sku]:
            was = agreed[wholesaler, sku]
            raise NotAmended("price-changed", f"{sku} from {wholesaler} would cost {unit_net}, not {was}.")


def _unit_prices(parts: list[RecordSubOrder]) -> dict[Key, str]:
    return {(part.wholesaler, line.sku): line.unit_net for part in parts for line in part.lines}


def _keep(connection: Connection, account: str, document: OrderDocument, at: datetime) -> None:
    statement = insert(amendments).values(
        account=account,
        order_id=document.order_id,
        amended_at=at,
        document=msgspec.json.encode(document),
        export=None,
    )
    again = {name: statement.excluded[name] for name in ("amended_at", "document", "export")}
    connection.execute(statement.on_conflict_do_update(index_elements=["account", "order_id"], set_=again))
