"""Writing an accepted order down: its number, its row, its record in the feed, and the answer recorded for ever."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from desktop_app.contract.orders import Accepted, HistoryEntry, OrderDocument, OrderRecord
from desktop_app.domain.order import Status
from desktop_app.domain.pricing_day import pricing_day
from desktop_app.domain.validation import CREDIT_HOLD
from manufacturer_server import progress, status
from manufacturer_server.receipts import Answered, receipt
from manufacturer_server.storage.documents import next_numbers
from manufacturer_server.storage.identity import Identity
from manufacturer_server.storage.schema import exported_elsewhere, orders, outcomes

_ORDER_OF = select(orders.c.order_no).where(orders.c.order_no == bindparam("order_no"))
_EXPORT_OF = select(exported_elsewhere.c.order_no).where(exported_elsewhere.c.order_no == bindparam("order_no"))
_OUTCOME = select(outcomes.c.status, outcomes.c.sha256, outcomes.c.body).where(
    outcomes.c.account == bindparam("account"),
    outcomes.c.order_id == bindparam("order_id"),
    outcomes.c.revision == bindparam("revision"),
)
_NEW_ORDER, _NEW_OUTCOME = insert(orders), insert(outcomes)


@dataclass(frozen=True, slots=True)
class Reply:
    """A recorded answer: its HTTP status and exact body, `replayed` where it was recorded before, and its receipt.

    Answers to requests have no receipt.
    """

    status: int
    body: bytes
    replayed: bool = False
    receipt: str = ""


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

    def answered(self, status: int, body: bytes) -> Answered:
        """An answer to it."""
        return Answered(self.account, self.order_id, self.revision, status, self.sha256, body)


def next_order_no(connection: Connection, who: Identity, at: datetime) -> str:
    """The next number that no order has, neither here nor in a file that was exported before history was lost."""
    year = pricing_day(at, who.time_zone).year
    while True:
        order_no = f"{who.order_prefix}-{year}-{next_numbers(connection, f'orders-{year}'):06d}"
        if not is_taken(connection, order_no) and not _was_exported(connection, order_no):
            return order_no


def is_taken(connection: Connection, order_no: str) -> bool:
    """Whether an order of this history has the number."""
    return connection.execute(_ORDER_OF, {"order_no": order_no}).first() is not None


def _was_exported(connection: Connection, order_no: str) -> bool:
    return connection.execute(_EXPORT_OF, {"order_no": order_no}).first() is not None


def place(
    connection: Connection,
    received: Received,
    document: OrderDocument,
    accepted: Accepted,
    *,
    restored_at: datetime | None = None,
    export: int | None = None,
) -> None:
    """Make `accepted` an order of this history, with its row in the feed.

    `restored_at`: it is brought back after history was lost; `export`: the number of the file it left in before that.
    An order whose acceptance warns of the dealer's credit is held back, unless it has left.
    """
    held = export is None and any(warning.code == CREDIT_HOLD for warning in accepted.problems)
    record = _new_record(document, accepted, held=held, restored_at=restored_at)
    values = {
        "account": received.account,
        "order_id": received.order_id,
        "order_no": accepted.order_no,
        "revision": received.revision,
        "received_at": accepted.received_at,
        "status": record.status.value,
        "undelivered": "0.00",  # nothing of it is in the account's sum yet: its record brings it in
        "document": received.body,
        "export": export,
        "credit_hold": int(held),
        "restored_at": restored_at,
    }
    connection.execute(_NEW_ORDER, values)
    status.write_record(connection, received.account, record)


def _new_record(
    document: OrderDocument, accepted: Accepted, *, held: bool, restored_at: datetime | None
) -> OrderRecord:
    """The feed's row of an order that has just been accepted, or accepted again as it was before."""
    history = [HistoryEntry(at=accepted.received_at, state=Status.ACCEPTED)]
    if held:
        history.append(HistoryEntry(at=accepted.received_at, state=CREDIT_HOLD))
    if restored_at is not None:
        history.append(HistoryEntry(at=restored_at, state=progress.RESTORED, text=accepted.renumbered_from))
    return OrderRecord(
        order_id=accepted.order_id,
        order_no=accepted.order_no,
        revision=accepted.revision,
        status=Status.ACCEPTED,
        received_at=accepted.received_at,
        sub_orders=accepted.sub_orders,
        totals=accepted.totals,
        online_bonus=accepted.online_bonus,
        desk_no=document.desk_no,
        reference=document.reference,
        author=document.author,
        end_client=document.end_client,
        created_at=document.created_at,
        delivery=document.delivery,
        history=history,
    )


def recorded(connection: Connection, account: str, order_id: str, revision: int) -> Answered | None:
    """The answer recorded for one revision, or None."""
    asked = {"account": account, "order_id": order_id, "revision": revision}
    row = connection.execute(_OUTCOME, asked).first()
    return None if row is None else Answered(account, order_id, revision, row.status, row.sha256, row.body)


def record(connection: Connection, who: Identity, answer: Answered, at: datetime) -> Reply:
    """Record the answer to one revision for ever."""
    values = {
        "account": answer.account,
        "order_id": answer.order_id,
        "revision": answer.revision,
        "status": answer.status,
        "sha256": answer.sha256,
        "body": answer.body,
        "recorded_at": at,
    }
    connection.execute(_NEW_OUTCOME, values)
    return Reply(answer.status, answer.body, receipt=receipt(who, answer))
