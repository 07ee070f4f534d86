"""Receiving orders: every revision gets one answer, recorded for ever in the transaction that made it true.

Sign-in, size and media type are checked before (`web`); how an order is priced and compared is in `comparison`.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, func, insert, select

from desktop_app.contract.documents import ACCOUNT_COLLECTIONS, SHARED_COLLECTIONS, AccountDoc
from desktop_app.contract.orders import ORDER_SCHEMA, Accepted, HistoryEntry, OrderDocument, OrderRecord
from desktop_app.contract.wire import FieldError, Limits
from desktop_app.domain.order import Status
from desktop_app.domain.pricing import Terms
from desktop_app.domain.pricing_day import pricing_day
from desktop_app.domain.validation import CREDIT_HOLD
from manufacturer_server import comparison, feed, reservations, status
from manufacturer_server.access import account_doc
from manufacturer_server.bodies import Misshapen, decode
from manufacturer_server.comparison import Priced, Seller
from manufacturer_server.problems import Refused, problem
from manufacturer_server.storage.documents import last_seq, next_numbers
from manufacturer_server.storage.identity import Identity, identity
from manufacturer_server.storage.schema import orders, outcomes
from manufacturer_server.stored_catalog import StoredCatalog, conditions_of

LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Reply:
    """A recorded answer: its HTTP status and exact body; `replayed` where it was recorded before."""

    status: int
    body: bytes
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """One revision as it arrived."""

    account: str
    order_id: str
    revision: int
    body: bytes
    at: datetime

    @property
    def sha256(self) -> str:
        """The digest by which a copy is told from another document."""
        return hashlib.sha256(self.body).hexdigest()


def check_epoch(who: Identity, epoch: str) -> None:
    """Every write names the epoch it was made under. Raises Refused."""
    if not epoch:
        raise Refused("epoch-missing", "Every write carries the epoch of the last checkpoint.", epoch=who.epoch)
    if epoch != who.epoch:
        raise Refused("epoch-mismatch", "Look up what was answered before sending anything new.", epoch=who.epoch)


def receive(connection: Connection, dealer: AccountDoc, received: Received, epoch: str) -> Reply:
    """Answer one revision. Raises Refused for what is not recorded; then nothing has changed."""
    who = identity(connection)
    check_epoch(who, epoch)
    known = _recorded(connection, received)
    if known is not None:
        return known
    _check_place(connection, received)
    try:
        document = decode(received.body, OrderDocument)
        defects = _defects(document, received)
    except Misshapen as misshapen:
        defects = [misshapen.error]
    if defects:
        return _record(connection, received, 422, msgspec.json.encode(problem("rejected", errors=defects)))
    # As he stands in this transaction: other orders may have taken his credit or the units of a bid meanwhile.
    dealer = account_doc(connection, dealer.account) or dealer
    seller = _seller(connection, who, dealer, document, received.at)
    verdict = comparison.judge(document, seller)
    if verdict.differences:
        proposal, differences = comparison.propose(document, seller, verdict.differences)
        offer = msgspec.Raw(msgspec.json.encode(proposal))
        changed = problem("terms-changed", errors=differences, proposal=offer)
        return _record(connection, received, 409, msgspec.json.encode(changed))
    accepted = _accept(connection, who, received, document, verdict.priced, seller.terms_version)
    reservations.reserve(connection, received.account, accepted.order_no, verdict.priced.basket, seller.left)
    return _record(connection, received, 201, msgspec.json.encode(accepted))


def _recorded(connection: Connection, received: Received) -> Reply | None:
    row = connection.execute(
        select(outcomes).where(
            outcomes.c.account == received.account,
            outcomes.c.order_id == received.order_id,
            outcomes.c.revision == received.revision,
        )
    ).first()
    if row is None:
        return None
    if row.sha256 != received.sha256:
        raise Refused("key-reused", f"Revision {received.revision} of this order was received with another content.")
    return Reply(200 if row.status == 201 else row.status, row.body, replayed=True)


def _check_place(connection: Connection, received: Received) -> None:
    """A revision is new only after all others, and only while none is accepted."""
    mine = (orders.c.account == received.account) & (orders.c.order_id == received.order_id)
    accepted = connection.execute(select(orders).where(mine)).first()
    if accepted is not None:
        detail = f"Revision {accepted.revision} of this order is accepted as {accepted.order_no}."
        raise Refused("already-accepted", detail, order_no=accepted.order_no, revision=accepted.revision)
    latest = connection.execute(
        select(func.max(outcomes.c.revision)).where(
            outcomes.c.account == received.account, outcomes.c.order_id == received.order_id
        )
    ).scalar()
    if latest is not None and latest > received.revision:
        raise Refused("superseded", f"Revision {latest} of this order was already answered.", revision=latest)


def _defects(document: OrderDocument, received: Received) -> list[FieldError]:
    """What is wrong with a document of the right shape. Raises Refused for what another copy could put right."""
    if (document.order_id, document.revision) != (received.order_id, received.revision):
        raise Refused("malformed", "The document names another order or revision than its address.")
    if len(document.lines) > LIMITS.order_lines:
        raise Refused("too-large", f"An order has at most {LIMITS.order_lines:,} lines.")
    found = []
    if document.schema != ORDER_SCHEMA:
        found.append(FieldError("/schema", "unknown-schema", document.schema, ORDER_SCHEMA))
    if document.created_at.tzinfo is None:
        found.append(FieldError("/created_at", "invalid", detail="A moment needs its offset from UTC."))
    return found + comparison.duplicates(document)


def _seller(connection: Connection, who: Identity, dealer: AccountDoc, document: OrderDocument, at: datetime) -> Seller:
    newest = last_seq(connection)
    if not all(0 <= version <= newest for version in (document.terms_version, document.catalog_version)):
        raise Refused("terms-unknown", "The terms or the catalogue this order was priced with were never given out.")
    conditions = conditions_of(connection, dealer)
    return Seller(
        catalog=StoredCatalog(connection, ((line.sku, line.wholesaler) for line in document.lines)),
        terms=Terms(conditions, dealer.account, dealer.group, dealer.quota_used),
        dealer=dealer.to_domain(),
        day=pricing_day(at, who.time_zone),
        terms_version=feed.head(connection, feed.feed_of(dealer, ACCOUNT_COLLECTIONS)),
        catalog_version=feed.head(connection, feed.feed_of(dealer, SHARED_COLLECTIONS)),
        left=reservations.left(conditions, dealer.quota_used),
    )


def _accept(
    connection: Connection,
    who: Identity,
    received: Received,
    document: OrderDocument,
    priced: Priced,
    terms_version: int,
) -> Accepted:
    year = pricing_day(received.at, who.time_zone).year
    order_no = f"{who.order_prefix}-{year}-{next_numbers(connection, f'orders-{year}'):06d}"
    record = _new_record(received, document, priced, order_no)
    connection.execute(
        insert(orders).values(
            account=received.account,
            order_id=received.order_id,
            order_no=order_no,
            revision=received.revision,
            received_at=received.at,
            status=record.status.value,
            undelivered="0.00",  # nothing of it is in the account's sum yet: its record brings it in
            document=received.body,
            credit_hold=int(_is_held(priced)),
        )
    )
    status.write_record(connection, received.account, record)
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


def _new_record(received: Received, document: OrderDocument, priced: Priced, order_no: str) -> OrderRecord:
    """The feed's row of an order that has just been accepted."""
    return OrderRecord(
        order_id=received.order_id,
        order_no=order_no,
        revision=received.revision,
        status=Status.ACCEPTED,
        received_at=received.at,
        sub_orders=priced.sub_orders,
        totals=priced.totals,
        online_bonus=priced.online_bonus,
        desk_no=document.desk_no,
        reference=document.reference,
        author=document.author,
        end_client=document.end_client,
        created_at=document.created_at,
        delivery=document.delivery,
        history=[
            HistoryEntry(at=received.at, state=Status.ACCEPTED),
            *([HistoryEntry(at=received.at, state=CREDIT_HOLD)] if _is_held(priced) else []),
        ],
    )


def _is_held(priced: Priced) -> bool:
    return any(warning.code == CREDIT_HOLD for warning in priced.warnings)


def _record(connection: Connection, received: Received, code: int, body: bytes) -> Reply:
    connection.execute(
        insert(outcomes).values(
            account=received.account,
            order_id=received.order_id,
            revision=received.revision,
            status=code,
            sha256=received.sha256,
            body=body,
            recorded_at=received.at,
        )
    )
    return Reply(code, body)
