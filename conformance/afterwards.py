"""What a desk learns later: recorded answers, the accepted order in the feed, its cancelling, proofs of answers."""

import msgspec

from conformance.checking import Check, check
from conformance.findings import Broken, NotTried
from conformance.orders import (
    REPLAYED,
    cancel_body,
    new_id,
    outcomes,
    put_cancel,
)
from conformance.peer import JSON, document, expect, in_short, refusal
from conformance.reading import Reading, check_sums, decoded
from conformance.visit import Visit
from desktop_app.contract.orders import OrderRecord, RequestAnswer
from desktop_app.domain.order import Status


@check(17, "Recorded answers can be looked up, in the order asked, null for what was never recorded", writes=True)
def look_up(visit: Visit) -> None:
    """Status and body are those that were first given."""
    order, never = visit.accepted(), new_id()
    found = outcomes(visit.peer, (order.order_id, 2), (never, 1), (order.order_id, 1))
    if found[1] is not None:
        raise Broken("The look-up has an answer to a revision that was never sent.")
    for kept, revision, first in ((found[0], 2, order.winner), (found[2], 1, order.first)):
        if kept is None or (kept.order_id, kept.revision) != (order.order_id, revision):
            raise Broken(f"The look-up does not have revision {revision} in its place.")
        if kept.status != first.answer.status_code:
            raise Broken(f"The look-up says {kept.status} of what was answered {first.answer.status_code}.")
        if msgspec.json.decode(kept.body) != msgspec.json.decode(first.answer.content):
            raise Broken(f"The look-up has another body of revision {revision} than was answered.")


@check(17, "A look-up takes as many revisions as discovery says, and no more")
def look_up_limit(visit: Visit) -> None:
    """None of them was ever sent."""
    most = visit.discovery.limits.outcome_ids
    ids = [(new_id(), 1) for _ in range(most)]
    if any(outcomes(visit.peer, *ids)):
        raise Broken("The look-up has answers to revisions that were never sent.")
    path = visit.peer.under_account("/orders:outcomes")
    many = [{"order_id": order_id, "revision": 1} for order_id, _ in [*ids, (new_id(), 1)]]
    content = msgspec.json.encode({"ids": many})
    answer = visit.peer.ask("POST", path, headers={"Content-Type": JSON}, content=content)
    if answer.status_code not in (400, 413):
        raise Broken(f"A look-up of {most + 1:,} revisions was answered {in_short(answer)} instead of 400 or 413.")


@check(19, "An accepted order appears in the feed", writes=True)
def order_in_feed(visit: Visit) -> None:
    """Under its id and number, after the cursor a desk had before; counts and hash agree."""
    order = visit.accepted()
    record = _record(visit, order.order_id)
    told = order.final
    if (record.order_no, record.revision, record.totals) != (told.order_no, told.revision, told.totals):
        raise Broken(f"The row of {told.order_no} has another number, revision or totals than its acceptance.")
    if record.account not in ("", visit.peer.account):
        raise Broken(f"The row of {told.order_no} says that it belongs to {record.account}.")


@check(19, "A wish to cancel gets one answer, a copy of it the same", writes=True)
def cancelling(visit: Visit) -> None:
    """Done while nothing is shipped; the feed says so."""
    order, request_id = visit.accepted(), new_id()
    body = cancel_body(order.order_id, request_id)
    first = expect(put_cancel(visit.peer, visit.discovery.epoch, order.order_id, request_id, body), 200)
    told = document(first, RequestAnswer)
    if (told.order_id, told.request_id) != (order.order_id, request_id) or told.result not in ("done", "refused"):
        raise Broken(f"The wish to cancel was answered with the result {told.result!r} for {told.order_id!r}.")
    copy = expect(put_cancel(visit.peer, visit.discovery.epoch, order.order_id, request_id, body), 200)
    if copy.content != first.content or copy.headers.get(REPLAYED, "").lower() != "true":
        raise Broken(f"A copy of the wish to cancel got another body, or no header {REPLAYED}: true.")
    other = cancel_body(order.order_id, request_id, "another wish")
    refusal(put_cancel(visit.peer, visit.discovery.epoch, order.order_id, request_id, other), 422, "key-reused")
    if told.result == "refused":
        raise NotTried(f"the wish was refused with the status {told.status}, so the feed shows nothing")
    visit.cancelled.add(order.order_id)
    status = _record(visit, order.order_id).status
    if (told.status, status) != (Status.CANCELLED, Status.CANCELLED):
        raise Broken(f"The cancelled order has the status {told.status} in the answer and {status} in the feed.")


@check(16, "A wish to cancel carries its epoch like every write", writes=True)
def cancelling_under_epoch(visit: Visit) -> None:
    """Without it nothing is done."""
    order, request_id = visit.accepted(), new_id()
    refusal(
        put_cancel(visit.peer, "", order.order_id, request_id, cancel_body(order.order_id, request_id)),
        428,
        "epoch-missing",
    )


def _record(visit: Visit, order_id: str) -> OrderRecord:
    """The order's row after everything that has changed since the beginning. Raises Broken."""
    known = visit.own()
    held = Reading(known.collections, known.checkpoint, dict(known.rows)).go_on(visit.peer)
    if held.checkpoint is not None:
        check_sums(held, held.checkpoint.counts, held.checkpoint.hash, "The checkpoint after the order")
    row = held.rows.get(("orders", order_id))
    if row is None:
        raise Broken("The accepted order is not among the rows of the collection orders.")
    return decoded(row, OrderRecord)


CHECKS: tuple[Check, ...] = (
    look_up_limit,
    look_up,
    order_in_feed,
    cancelling_under_epoch,
    cancelling,
)
