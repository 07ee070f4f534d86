"""Receiving orders: every revision gets one answer, recorded for ever in the transaction that made it true.

Sign-in, size and media type are checked before (`web`); how an order is priced and compared is in `comparison`.
"""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from desktop_app.contract.documents import ACCOUNT_COLLECTIONS, SHARED_COLLECTIONS, AccountDoc
from desktop_app.contract.orders import Accepted, OrderDocument
from desktop_app.contract.wire import FieldError, Limits
from desktop_app.domain.pricing import Terms
from desktop_app.domain.pricing_day import pricing_day
from manufacturer_server import accepting, comparison, feed, reservations, restored, schemas
from manufacturer_server.accepting import Received, Reply
from manufacturer_server.access import account_doc
from manufacturer_server.bodies import Misshapen, decode
from manufacturer_server.comparison import Priced, Seller
from manufacturer_server.exported import taken
from manufacturer_server.lineage import Under, check_under
from manufacturer_server.problems import Refused, problem
from manufacturer_server.receipts import receipt
from manufacturer_server.storage.documents import last_seq
from manufacturer_server.storage.identity import Identity, identity
from manufacturer_server.storage.schema import orders, outcomes
from manufacturer_server.stored_catalog import StoredCatalog, conditions_of

LIMITS = Limits()

_ACCEPTED = select(orders.c.revision, orders.c.order_no).where(
    orders.c.account == bindparam("account"), orders.c.order_id == bindparam("order_id")
)
_LATEST = select(func.max(outcomes.c.revision)).where(
    outcomes.c.account == bindparam("account"), outcomes.c.order_id == bindparam("order_id")
)


def receive(connection: Connection, dealer: AccountDoc, received: Received, under: Under) -> Reply:
    """Answer one revision. Raises Refused, HistoryLost for what is not recorded; then nothing has changed."""
    who = identity(connection)
    check_under(connection, who, under)
    known = _recorded(connection, who, received)
    if known is not None:
        return known
    _check_place(connection, received)
    before = restored.earlier_acceptance(connection, received)
    if before is None:
        schemas.check(received.body, received.at)
    try:
        document = decode(received.body, OrderDocument)
        defects = _defects(document, received)
    except Misshapen as misshapen:
        defects = [misshapen.error]
    if defects:
        return _record(connection, who, received, 422, msgspec.json.encode(problem("rejected", errors=defects)))
    # As he stands in this transaction: other orders may have taken his credit or the units of a bid meanwhile.
    dealer = account_doc(connection, dealer.account) or dealer
    if before is not None:
        seller = _seller(connection, who, dealer, document, before.accepted.received_at, endless=True)
        return restored.honour(connection, who, received, document, before, seller)
    _check_versions(connection, document)
    seller = _seller(connection, who, dealer, document, received.at)
    verdict = comparison.judge(document, seller)
    if verdict.differences:
        proposal, differences = comparison.propose(document, seller, verdict.differences)
        offer = msgspec.Raw(msgspec.json.encode(proposal))
        changed = problem("terms-changed", errors=differences, proposal=offer)
        return _record(connection, who, received, 409, msgspec.json.encode(changed))
    order_no, export = _number_of(connection, who, received)
    accepted = _accepted(received, order_no, verdict.priced, seller.terms_version)
    accepting.place(connection, received, document, accepted, export=export)
    reservations.reserve(connection, received.account, accepted.order_no, verdict.priced.basket, seller.left)
    return _record(connection, who, received, 201, msgspec.json.encode(accepted))


def _recorded(connection: Connection, who: Identity, received: Received) -> Reply | None:
    known = accepting.recorded(connection, received.account, received.order_id, received.revision)
    if known is None:
        return None
    if known.sha256 != received.sha256:
        raise Refused("key-reused", f"Revision {received.revision} of this order was received with another content.")
    return Reply(200 if known.status == 201 else known.status, known.body, True, receipt(who, known))


def _check_place(connection: Connection, received: Received) -> None:
    """A revision is new only after all others, and only while none is accepted."""
    order = {"account": received.account, "order_id": received.order_id}
    accepted = connection.execute(_ACCEPTED, order).first()
    if accepted is not None:
        detail = f"Revision {accepted.revision} of this order is accepted as {accepted.order_no}."
        raise Refused("already-accepted", detail, order_no=accepted.order_no, revision=accepted.revision)
    latest = connection.execute(_LATEST, order).scalar()
    if latest is not None and latest > received.revision:
        raise Refused("superseded", f"Revision {latest} of this order was already answered.", revision=latest)


def _defects(document: OrderDocument, received: Received) -> list[FieldError]:
    """What is wrong with a document of the right shape. Raises Refused for what another copy could put right."""
    if (document.order_id, document.revision) != (received.order_id, received.revision):
        raise Refused("malformed", "The document names another order or revision than its address.")
    if len(document.lines) > LIMITS.order_lines:
        raise Refused("too-large", f"An order has at most {LIMITS.order_lines:,} lines.")
    found = []
    if document.created_at.tzinfo is None:
        found.append(FieldError("/created_at", "invalid", detail="A moment needs its offset from UTC."))
    return found + comparison.duplicates(document)


def _check_versions(connection: Connection, document: OrderDocument) -> None:
    newest = last_seq(connection)
    if not all(0 <= version <= newest for version in (document.terms_version, document.catalog_version)):
        raise Refused("terms-unknown", "The terms or the catalogue this order was priced with were never given out.")


def _seller(
    connection: Connection,
    who: Identity,
    dealer: AccountDoc,
    document: OrderDocument,
    at: datetime,
    *,
    endless: bool = False,
) -> Seller:
    """What the manufacturer prices with at a moment; `endless`: as if no condition had a limit."""
    conditions = conditions_of(connection, dealer)
    left = reservations.left(conditions, dealer.quota_used)
    if endless:
        conditions = [msgspec.structs.replace(one, quota=None, stock_cap=None) for one in conditions]
    return Seller(
        catalog=StoredCatalog(connection, ((line.sku, line.wholesaler) for line in document.lines)),
        terms=Terms(conditions, dealer.account, dealer.group, dealer.quota_used),
        dealer=dealer.to_domain(),
        day=pricing_day(at, who.time_zone),
        terms_version=feed.head(connection, feed.feed_of(dealer, ACCOUNT_COLLECTIONS)),
        catalog_version=feed.head(connection, feed.feed_of(dealer, SHARED_COLLECTIONS)),
        left=left,
    )


def _number_of(connection: Connection, who: Identity, received: Received) -> tuple[str, int | None]:
    """The number of a new order, and that of the file it left in already, where history was lost since."""
    left = taken(connection, received.order_id)
    if left is not None and not accepting.is_taken(connection, left.order_no):
        # Its desk has not kept the answer of then, but this is the number it is known by where the file went.
        return left.order_no, left.export
    return accepting.next_order_no(connection, who, received.at), left.export if left is not None else None


def _accepted(received: Received, order_no: str, priced: Priced, terms_version: int) -> Accepted:
    return Accepted(
        order_id=received.order_id,
        order_no=order_no,
        revision=received.revision,
        received_at=received.at,
        terms_version=terms_version,
        sub_orders=priced.sub_orders,
        totals=priced.totals,
        online_bonus=priced.online_bonus,
        problems=priced.warnings,
    )


def _record(connection: Connection, who: Identity, received: Received, code: int, body: bytes) -> Reply:
    return accepting.record(connection, who, received.answered(code, body), received.at)
