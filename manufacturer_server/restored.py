"""Answers given before history was lost, brought back by the desks that kept them: believed by their receipt, honoured.

A refusal counts again at once. An acceptance waits for its document, which the desk sends again as it first did; the
order then has its number, its prices and its time of before.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.contract.orders import Accepted, OrderDocument
from desktop_app.contract.wire import FieldError
from manufacturer_server import accepting, reservations
from manufacturer_server.accepting import Received, Reply
from manufacturer_server.comparison import Seller
from manufacturer_server.exported import taken
from manufacturer_server.lineage import Under, check_under
from manufacturer_server.problems import Refused
from manufacturer_server.receipts import Answered, is_genuine
from manufacturer_server.storage.identity import Identity, identity
from manufacturer_server.storage.schema import earlier_answers

ACCEPTED = 201
RENUMBERED = "renumbered"
_REFUSALS = (409, 422)
_BROUGHT = select(earlier_answers.c.revision, earlier_answers.c.sha256, earlier_answers.c.body).where(
    earlier_answers.c.account == bindparam("account"), earlier_answers.c.order_id == bindparam("order_id")
)


def receive_answer(connection: Connection, answer: Answered, shown: str, under: Under, at: datetime) -> None:
    """Take in an answer given before, with the receipt that was given with it. Raises Refused, HistoryLost.

    One that is known already changes nothing.
    """
    who = identity(connection)
    check_under(connection, who, under)
    if answer.status not in (ACCEPTED, *_REFUSALS) or not is_genuine(who, answer, shown):
        raise Refused("receipt-invalid", "Its receipt does not belong to it.")
    if accepting.recorded(connection, answer.account, answer.order_id, answer.revision) is not None:
        return
    if answer.status in _REFUSALS:
        accepting.record(connection, who, answer, at)
        return
    statement = insert(earlier_answers).values(
        account=answer.account,
        order_id=answer.order_id,
        revision=answer.revision,
        sha256=answer.sha256,
        status=answer.status,
        body=answer.body,
        received_at=at,
    )
    connection.execute(statement.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Before:
    """How a document was accepted before history was lost, and the exact answer of then."""

    accepted: Accepted
    body: bytes


def earlier_acceptance(connection: Connection, received: Received) -> Before | None:
    """How this very document was accepted before, if it was and a desk has said so.

    Raises Refused where another document or another revision of the order was.
    """
    order = {"account": received.account, "order_id": received.order_id}
    # More than one revision can have been accepted: each in a history of its own, and all of them lost.
    brought = {row.revision: row for row in connection.execute(_BROUGHT, order)}
    if not brought:
        return None
    known = brought.get(received.revision) or next(iter(brought.values()))
    accepted = msgspec.json.decode(known.body, type=Accepted)
    if known.revision != received.revision:
        detail = f"Revision {known.revision} of this order was accepted as {accepted.order_no}."
        raise Refused("already-accepted", detail, order_no=accepted.order_no, revision=known.revision)
    if known.sha256 != received.sha256:
        raise Refused("key-reused", f"Revision {received.revision} of this order was received with another content.")
    return Before(accepted, known.body)


def honour(
    connection: Connection, who: Identity, received: Received, document: OrderDocument, before: Before, seller: Seller
) -> Reply:
    """Accept a document as it was accepted before, at the prices of then; its credit is not judged again.

    It has another number only where another order has got its own meanwhile. What its lines take of limited conditions
    is reserved also beyond what is left, because the dealer has these prices; `seller` prices as if there was no limit.
    """
    accepted, body = before.accepted, before.body
    if accepting.is_taken(connection, accepted.order_no):
        accepted = _renumbered(accepted, accepting.next_order_no(connection, who, received.at))
        body = msgspec.json.encode(accepted)
    left = taken(connection, received.order_id)
    export = left.export if left is not None else None
    accepting.place(connection, received, document, accepted, restored_at=received.at, export=export)
    basket = seller.price([(line.sku, line.quantity, line.wholesaler) for line in document.lines], document)
    reservations.reserve(connection, received.account, accepted.order_no, basket, seller.left)
    return accepting.record(connection, who, received.answered(ACCEPTED, body), received.at)


def _renumbered(accepted: Accepted, order_no: str) -> Accepted:
    was = accepted.order_no
    told = FieldError("", RENUMBERED, was, order_no, "Another order has got the number meanwhile.")
    problems = [*accepted.problems, told]
    return msgspec.structs.replace(accepted, order_no=order_no, renumbered_from=was, problems=problems)
