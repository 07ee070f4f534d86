"""Pushing: revisions of orders, wishes to cancel or change them, and the look-up of recorded answers."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from litestar import Response, post, put
from litestar.di import NamedDependency
from litestar.params import PathParameter
from sqlalchemy import Connection

from desktop_app.contract.orders import (
    Accepted,
    AmendRequest,
    CancelRequest,
    OrderDocument,
    OutcomeAnswer,
    OutcomeRequest,
    RequestAnswer,
)
from desktop_app.contract.wire import Problem
from manufacturer_server import followups, orders, restored
from manufacturer_server.accepting import Received, Reply
from manufacturer_server.bodies import Misshapen, decode
from manufacturer_server.lineage import Under
from manufacturer_server.orders import LIMITS
from manufacturer_server.problems import Refused
from manufacturer_server.receipts import Answered
from manufacturer_server.web.access import Caller, body_of
from manufacturer_server.web.answers import JSON, NO_STORE, PROBLEM_JSON, AnyRequest, json_answer
from manufacturer_server.web.backend import Backend
from manufacturer_server.web.noticing import noticing_loss
from manufacturer_server.web.operations import (
    DOCUMENT_SHA256,
    IDEMPOTENCY_KEY,
    OUTCOME_RECEIPT,
    OUTCOME_STATUS,
    SYNC_EPOCH,
    SYNC_SEEN,
    operation,
)

T = TypeVar("T")
Id = Annotated[str, PathParameter(min_length=1, max_length=200)]
Revision = Annotated[int, PathParameter(ge=1, le=1_000_000)]
# A change may name every line of an order.
REQUEST_BYTES = 1_000_000
_REFUSALS = (400, 409, 412, 413, 415, 422, 426, 428, 503)


@put(
    "/orders/{order_id:str}/revisions/{revision:int}",
    operation_id="putOrder",
    operation_class=operation(
        {201: Accepted, 200: Accepted}, *_REFUSALS, body=OrderDocument, headers=(SYNC_EPOCH, SYNC_SEEN, IDEMPOTENCY_KEY)
    ),
    tags=["push"],
    request_max_body_size=LIMITS.order_bytes,
)
async def put_order(
    request: AnyRequest,
    backend: NamedDependency[Backend],
    caller: NamedDependency[Caller],
    order_id: Id,
    revision: Revision,
) -> Response[bytes]:
    """Send one revision of an order; the answer is recorded for ever and a copy gets the same one."""
    _check_key(request, f'"{order_id}/{revision}"')
    body = await body_of(request)

    def receive(connection: Connection) -> Reply:
        received = Received(caller.account, order_id, revision, body, backend.now())
        return orders.receive(connection, caller.dealer, received, _under(request))

    return _recorded(await _written(backend, receive))


@put(
    "/orders/{order_id:str}/revisions/{revision:int}/answer",
    operation_id="putAnswer",
    status_code=204,
    operation_class=operation(
        {204: None},
        *_REFUSALS,
        body=(Accepted, Problem),
        headers=(SYNC_EPOCH, SYNC_SEEN, OUTCOME_STATUS, OUTCOME_RECEIPT, DOCUMENT_SHA256),
    ),
    tags=["push"],
    request_max_body_size=LIMITS.order_bytes,
)
async def put_answer(
    request: AnyRequest,
    backend: NamedDependency[Backend],
    caller: NamedDependency[Caller],
    order_id: Id,
    revision: Revision,
) -> None:
    """Bring back the exact answer this server gave before its history was lost; known by its receipt, it counts."""
    body = await body_of(request)
    told = request.headers
    # A desk that met its acceptance as a copy was answered 200.
    status = {"200": 201, "201": 201, "409": 409, "422": 422}.get(told.get("outcome-status", ""), 0)
    answer = Answered(caller.account, order_id, revision, status, told.get("document-sha256", "").lower(), body)

    def receive(connection: Connection) -> None:
        shown = told.get("outcome-receipt", "")
        restored.receive_answer(connection, answer, shown, _under(request), backend.now())

    await _written(backend, receive)


@put(
    "/orders/{order_id:str}/requests/{request_id:str}",
    operation_id="putRequest",
    operation_class=operation(
        {200: RequestAnswer}, *_REFUSALS, body=(CancelRequest, AmendRequest), headers=(SYNC_EPOCH, SYNC_SEEN)
    ),
    tags=["push"],
    request_max_body_size=REQUEST_BYTES,
)
async def put_request(
    request: AnyRequest,
    backend: NamedDependency[Backend],
    caller: NamedDependency[Caller],
    order_id: Id,
    request_id: Id,
) -> Response[bytes]:
    """Ask for an accepted order to be cancelled, or changed to less; the answer is recorded for ever."""
    _check_key(request, f'"{order_id}/{request_id}"')
    body = await body_of(request)

    def receive(connection: Connection) -> Reply:
        received = Received(caller.account, order_id, 0, body, backend.now())
        return followups.receive_request(connection, caller.account, order_id, request_id, received, _under(request))

    return _recorded(await _written(backend, receive))


@post(
    "/orders:outcomes",
    operation_id="lookUpOutcomes",
    status_code=200,
    operation_class=operation({200: OutcomeAnswer}, 400, 413, 415, body=OutcomeRequest),
    tags=["push"],
    request_max_body_size=200_000,
)
async def outcomes(
    request: AnyRequest, backend: NamedDependency[Backend], caller: NamedDependency[Caller]
) -> Response[bytes]:
    """The recorded answers to up to 500 revisions and requests, null for those never recorded."""
    try:
        asked = decode(await body_of(request), OutcomeRequest)
    except Misshapen as misshapen:
        raise Refused("malformed", errors=[misshapen.error]) from misshapen
    found = await backend.read(lambda connection: followups.look_up(connection, caller.account, asked.ids))
    return json_answer(OutcomeAnswer(found))


async def _written(backend: Backend, work: Callable[[Connection], T]) -> T:
    return await noticing_loss(backend, "epoch-mismatch", backend.write(work))


def _under(request: AnyRequest) -> Under:
    return Under(request.headers.get("sync-epoch", ""), request.headers.get("sync-seen", ""))


def _check_key(request: AnyRequest, expected: str) -> None:
    given = request.headers.get("idempotency-key")
    if given is not None and given != expected:
        raise Refused("key-mismatch", "It may be left out; where it is given it names the document.")


def _recorded(reply: Reply) -> Response[bytes]:
    headers = dict(NO_STORE)
    if reply.replayed:
        headers["Idempotency-Replayed"] = "true"
    if reply.receipt:
        headers["Outcome-Receipt"] = reply.receipt
    media_type = JSON if reply.status < 400 else PROBLEM_JSON
    return Response(reply.body, status_code=reply.status, media_type=media_type, headers=headers)
