"""What a desk does after sending: looking up recorded answers, asking to cancel or change an accepted order."""

from collections.abc import Sequence
from typing import cast

import msgspec
from sqlalchemy import Connection, insert, select

from desktop_app.contract.orders import (
    AmendRequest,
    CancelRequest,
    HistoryEntry,
    OrderRecord,
    OrderRequest,
    Outcome,
    OutcomeQuery,
    RequestAnswer,
)
from desktop_app.domain.order import Status
from manufacturer_server import amending, status
from manufacturer_server.accepting import Received, Reply
from manufacturer_server.bodies import Misshapen, decode
from manufacturer_server.lineage import Under, check_under
from manufacturer_server.problems import Refused
from manufacturer_server.receipts import Answered, receipt
from manufacturer_server.storage.identity import identity
from manufacturer_server.storage.schema import orders, outcomes, requests

# The status that every recorded answer to a request was given with.
RECORDED = 200
_TOO_LATE = (Status.PARTLY_SHIPPED, Status.SHIPPED, Status.INVOICED, Status.REFUSED)


def look_up(connection: Connection, account: str, queries: Sequence[OutcomeQuery]) -> list[Outcome | None]:
    """The recorded answer of each revision or request asked for, in the order asked, or None.

    Those of revisions come with their receipts.
    """
    who = identity(connection)
    found: dict[tuple[str, int | str], Outcome] = _requests(connection, account, queries)
    ids = list(dict.fromkeys(query.order_id for query in queries if not query.request_id))
    rows = connection.execute(select(outcomes).where(outcomes.c.account == account, outcomes.c.order_id.in_(ids)))
    for row in rows:
        proof = receipt(who, Answered(account, row.order_id, row.revision, row.status, row.sha256, row.body))
        outcome = Outcome(row.order_id, row.revision, row.status, row.sha256, msgspec.Raw(row.body), proof)
        found[row.order_id, row.revision] = outcome
    return [found.get((query.order_id, query.request_id or query.revision)) for query in queries]


def _requests(
    connection: Connection, account: str, queries: Sequence[OutcomeQuery]
) -> dict[tuple[str, int | str], Outcome]:
    """The recorded answers to those of the queries that ask about requests, by order and request."""
    asked = {(query.order_id, query.request_id): query.revision for query in queries if query.request_id}
    if not asked:
        return {}
    ids = list({order_id: None for order_id, _ in asked})
    rows = connection.execute(select(requests).where(requests.c.account == account, requests.c.order_id.in_(ids)))
    return {
        (row.order_id, row.request_id): Outcome(
            row.order_id,
            asked[row.order_id, row.request_id],
            RECORDED,
            row.sha256,
            msgspec.Raw(row.body),
            request_id=row.request_id,
        )
        for row in rows
        if (row.order_id, row.request_id) in asked
    }


def receive_request(
    connection: Connection, account: str, order_id: str, request_id: str, received: Received, under: Under
) -> Reply:
    """Answer a wish to cancel or to change an order; the answer is recorded for ever, in the transaction that does it.

    It is done while nothing is shipped or invoiced, else refused with the reason. Raises Refused, HistoryLost for what
    is not recorded.
    """
    check_under(connection, identity(connection), under)
    key = (requests.c.account == account) & (requests.c.order_id == order_id) & (requests.c.request_id == request_id)
    known = connection.execute(select(requests).where(key)).first()
    if known is not None:
        if known.sha256 != received.sha256:
            raise Refused("key-reused", "Another request was already sent under this id.")
        return Reply(200, known.body, replayed=True)
    order = connection.execute(select(orders).where(orders.c.account == account, orders.c.order_id == order_id)).first()
    if order is None:
        raise Refused("not-found", "No accepted order has this id.")
    try:
        request = decode(received.body, cast("type[OrderRequest]", OrderRequest))
    except Misshapen as misshapen:
        raise Refused("rejected", "The request was not recorded.", [misshapen.error]) from misshapen
    if (request.order_id, request.request_id) != (order_id, request_id):
        raise Refused("malformed", "The document names another order or request than its address.")
    if isinstance(request, CancelRequest):
        answer = _cancel(connection, account, order_id, request, received)
    else:
        answer = _amend(connection, account, request, received)
    body = msgspec.json.encode(answer)
    connection.execute(
        insert(requests).values(
            account=account,
            order_id=order_id,
            request_id=request_id,
            sha256=received.sha256,
            body=body,
            recorded_at=received.at,
        )
    )
    return Reply(200, body)


def _cancel(
    connection: Connection, account: str, order_id: str, request: CancelRequest, received: Received
) -> RequestAnswer:
    record: OrderRecord = status.read_record(connection, account, order_id)
    if record.status in _TOO_LATE:
        was_refused = record.status is Status.REFUSED
        detail, code = ("The order was refused.", "refused") if was_refused else ("Goods have already left.", "shipped")
        return RequestAnswer(request.request_id, order_id, "refused", record.status, detail, code)
    if record.status is not Status.CANCELLED:
        entry = HistoryEntry(at=received.at, state=Status.CANCELLED, text=request.reason)
        cancelled = msgspec.structs.replace(record, status=Status.CANCELLED, history=[*record.history, entry])
        status.write_record(connection, account, cancelled)
    return RequestAnswer(request.request_id, order_id, "done", Status.CANCELLED)


def _amend(connection: Connection, account: str, request: AmendRequest, received: Received) -> RequestAnswer:
    try:
        record = amending.amend(connection, account, request, received.at)
    except amending.NotAmended as why:
        record = status.read_record(connection, account, request.order_id)
        ids = (request.request_id, request.order_id)
        return RequestAnswer(*ids, "refused", record.status, why.detail, why.code)
    return RequestAnswer(request.request_id, request.order_id, "done", record.status)
