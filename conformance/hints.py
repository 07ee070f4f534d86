"""Streams of events, where a server offers them: what has changed is hinted at once."""

import time
from collections.abc import Iterator
from http import HTTPStatus
from uuid import uuid4

import msgspec

from conformance.checking import Check, check
from conformance.findings import Broken, NotTried
from conformance.orders import new_id, of_proposal, put_order
from conformance.peer import Answer, expect, media_type, refusal
from conformance.visit import Visit
from desktop_app.contract.wire import Hint

FEATURE, EVENTS = "events", "text/event-stream"
# Far longer than a hint may take.
PATIENCE_S = 30.0


@check(11, "A stream of events is for the desks of the account only, and shows at once that it lives")
def stream_of_events(visit: Visit) -> None:
    """No token, another account, then a stream of its own."""
    path = _path(visit)
    with visit.peer.opened(path, signed=False) as answer:
        _check_refused(answer, HTTPStatus.UNAUTHORIZED, "unauthorized")
    with visit.peer.opened(visit.peer.under_account("/events", f"nobody-{uuid4().hex[:8]}")) as answer:
        _check_refused(answer, HTTPStatus.NOT_FOUND, "not-found")
    with visit.peer.opened(path) as answer:
        expect(answer, HTTPStatus.OK)
        if media_type(answer) != EVENTS or "content-encoding" in answer.headers:
            raise Broken(f"The stream of events comes as {media_type(answer)}, or compressed; it is plain {EVENTS}.")
        next(_said(answer.iter_lines()))


@check(11, "What changes is told in the stream of events", writes=True)
def hint_of_an_order(visit: Visit) -> None:
    """An accepted order changes the collection `orders`."""
    path, order, order_id = _path(visit), visit.accepted(), new_id()
    with visit.peer.opened(path) as answer:
        expect(answer, HTTPStatus.OK)
        said = _said(answer.iter_lines())
        next(said)
        body = of_proposal(order, order_id, 1)
        expect(put_order(visit.peer, visit.discovery.epoch, order_id, 1, body), HTTPStatus.CREATED)
        for line in said:
            if line.startswith("data:") and "orders" in _hint(line).collections:
                return


def _path(visit: Visit) -> str:
    """Where the stream is. Raises NotTried where the server offers none."""
    if FEATURE not in visit.discovery.features:
        raise NotTried("this server offers no events")
    return visit.peer.under_account("/events")


def _check_refused(answer: Answer, status: int, slug: str) -> None:
    if answer.status_code == HTTPStatus.OK:
        raise Broken("A stream of events was opened for a stranger.")
    refusal(answer, status, slug)


def _said(lines: Iterator[str]) -> Iterator[str]:
    """The lines that say anything, for as long as one can be waited for. Raises Broken after that."""
    until = time.monotonic() + PATIENCE_S
    for line in lines:
        if line:
            yield line
        if time.monotonic() > until:
            break
    raise Broken("The stream of events ended, or told nothing of what was to be told.")


def _hint(line: str) -> Hint:
    try:
        return msgspec.json.decode(line.partition(":")[2], type=Hint)
    except (msgspec.DecodeError, ValueError) as error:
        raise Broken(f"The stream says {line[:200]!r}, which is no hint: {error}.") from error


CHECKS: tuple[Check, ...] = (stream_of_events, hint_of_an_order)
