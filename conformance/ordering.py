"""Pushing: what is recorded for ever, what leaves no trace, and that an order is never accepted twice."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import msgspec

from conformance.checking import Check, check
from conformance.findings import Broken, NotTried
from conformance.orders import (
    REPLAYED,
    Sent,
    check_not_recorded,
    new_id,
    of_proposal,
    outcomes,
    put_order,
    refusal_in_words,
    wrong_price,
)
from conformance.peer import Answer, document, expect, refusal
from conformance.visit import Visit
from desktop_app.contract.orders import Accepted

NO_EPOCH = "00000000-0000-0000-0000-000000000000"
COPIES = 4
FAR_AHEAD = 1 << 40


@check(18, "An order at another price is answered with every difference and a proposal", writes=True)
def terms_changed(visit: Visit) -> None:
    """The desk's price never becomes true; a person is asked."""
    order = visit.refused()
    if order.problem.retry != "confirm":
        raise Broken(f"409 terms-changed says retry {order.problem.retry or 'nothing'} instead of confirm.")
    price = [error for error in order.problem.errors if error.pointer == "/lines/0/unit_price"]
    if not price:
        raise Broken("The wrong price is not among the differences as /lines/0/unit_price.")
    ours = order.proposal.sub_orders[0].lines[0].unit_net
    if (price[0].yours, price[0].ours) != (order.line.unit_price, ours):
        told = f"yours {price[0].yours}, ours {price[0].ours}"
        raise Broken(f"The difference says {told}; {order.line.unit_price} was sent and {ours} is proposed.")


@check(13, "A copy of a refused revision gets the identical answer", writes=True)
def refusal_repeated(visit: Visit) -> None:
    """Byte for byte, and marked as a copy's."""
    order = visit.refused()
    _check_copy(visit, order.order_id, 1, order.first, 409, "refused")


@check(15, "Another document under a revision that was answered is refused", writes=True)
def other_body_after_refusal(visit: Visit) -> None:
    """And changes nothing: the first document keeps its answer."""
    order = visit.refused()
    other = wrong_price(order, order.order_id, 1, "another document")
    refusal(_put(visit, order.order_id, 1, other), 422, "key-reused")
    _check_copy(visit, order.order_id, 1, order.first, 409, "refused")


@check(18, "The revision made of a proposal is accepted as it stands", writes=True)
def proposal_accepted(visit: Visit) -> None:
    """With a number, under the id and revision that were sent, at the totals proposed."""
    order = visit.accepted()
    told = order.final
    if (told.order_id, told.revision) != (order.order_id, 2) or not told.order_no:
        raise Broken(f"201 names the order {told.order_id!r}, revision {told.revision}, number {told.order_no!r}.")
    if told.totals != order.proposal.totals:
        raise Broken(f"Accepted at {told.totals.total}, proposed at {order.proposal.totals.total}.")
    if REPLAYED in order.winner.answer.headers:
        raise Broken(f"The first answer to a revision has the header {REPLAYED}.")


@check(13, "A copy of an accepted revision gets the identical answer", writes=True)
def acceptance_repeated(visit: Visit) -> None:
    """Byte for byte, with 200 instead of 201: no second order, no second number."""
    order = visit.accepted()
    _check_copy(visit, order.order_id, 2, order.winner, 200, "accepted")


@check(15, "Another document under the accepted revision is refused", writes=True)
def other_body_after_acceptance(visit: Visit) -> None:
    """A desk never learns that another document was accepted than its own."""
    order = visit.accepted()
    refusal(_put(visit, order.order_id, 2, of_proposal(order, note="another document")), 422, "key-reused")


@check(13, "A late copy of a refused revision stays refused after the next one is accepted", writes=True)
def refusals_are_remembered(visit: Visit) -> None:
    """The network may deliver it weeks later."""
    order = visit.accepted()
    _check_copy(visit, order.order_id, 1, order.first, 409, "refused")


@check(15, "No further revision is accepted once one is", writes=True)
def already_accepted(visit: Visit) -> None:
    """The refusal names the order and the revision that count, and leaves no trace."""
    order = visit.accepted()
    problem = refusal(_put(visit, order.order_id, 3, of_proposal(order, revision=3)), 409, "already-accepted")
    if (problem.order_no, problem.revision) != (order.final.order_no, 2):
        raise Broken(f"409 already-accepted names {problem.order_no!r}, revision {problem.revision}.")
    check_not_recorded(visit.peer, order.order_id, 3, "409 already-accepted")


@check(15, "A revision below one that was answered is superseded", writes=True)
def superseded(visit: Visit) -> None:
    """It was overtaken on the way; nobody waits for it any more."""
    order, order_id = visit.refused(), new_id()
    refusal(_put(visit, order_id, 2, wrong_price(order, order_id, 2)), 409, "terms-changed")
    refusal(_put(visit, order_id, 1, of_proposal(order, order_id, 1)), 409, "superseded")
    check_not_recorded(visit.peer, order_id, 1, "409 superseded")


@check(15, "Copies that arrive together are one order", writes=True)
def copies_at_once(visit: Visit) -> None:
    """One is the first, the others are copies, all name one number."""
    order, order_id = visit.accepted(), new_id()
    body = of_proposal(order, order_id, 1)
    with ThreadPoolExecutor(COPIES) as pool:
        answers = list(pool.map(lambda _: _put(visit, order_id, 1, body), range(COPIES)))
    taken = [answer for answer in answers if answer.status_code in (200, 201)]
    refused = [answer for answer in answers if answer.status_code not in (200, 201, 503)]
    if refused:
        raise Broken(f"One of {COPIES} copies sent together was answered {refusal_in_words(refused[0])}.")
    if not taken:
        raise NotTried("the server was busy")
    if len({answer.content for answer in taken}) > 1:
        numbers = sorted({document(answer, Accepted).order_no for answer in taken})
        raise Broken(f"Copies of one order sent together got different answers: {', '.join(numbers)}.")
    if [answer.status_code for answer in taken].count(201) != 1:
        raise Broken("Of several copies sent together not exactly one was answered 201.")


@check(13, "A document with a fault is rejected by name, and a copy of it too", writes=True)
def rejected(visit: Visit) -> None:
    """A field that is missing, one that nobody knows, a quantity of nothing."""
    order = visit.refused()
    for change, pointer, code in (
        ({"totals": None}, "/totals", "missing"),
        ({"status": "accepted"}, "/status", "unknown-field"),
        ({"lines": [{"sku": "X", "wholesaler": "X", "quantity": 0, "unit_price": "1.0000"}]}, "/lines/0", "invalid"),
    ):
        order_id = new_id()
        plain = msgspec.json.decode(wrong_price(order, order_id, 1), type=dict) | change
        body = msgspec.json.encode({name: value for name, value in plain.items() if value is not None})
        answer = _put(visit, order_id, 1, body)
        errors = refusal(answer, 422, "rejected").errors
        if not any(error.code == code and error.pointer.startswith(pointer) for error in errors):
            told = ", ".join(f"{error.pointer} {error.code}" for error in errors)
            raise Broken(f"The fault at {pointer} ({code}) is not named; the errors are: {told or 'none'}.")
        _check_copy(visit, order_id, 1, Sent(body, answer), 422, "rejected")


@check(14, "What is no document leaves no trace", writes=True)
def malformed(visit: Visit) -> None:
    """No JSON, another media type, an id that is not the address's: the right document can still follow."""
    order, order_id = visit.refused(), new_id()
    good = wrong_price(order, order_id, 1)
    refusal(_put(visit, order_id, 1, good[:-2]), 400, "malformed")
    refusal(_put(visit, order_id, 1, good, {"Content-Type": "text/plain"}), 415, "media-type")
    refusal(_put(visit, order_id, 1, wrong_price(order, new_id(), 1)), 400, "malformed")
    check_not_recorded(visit.peer, order_id, 1, "A request that could not be read")
    refusal(_put(visit, order_id, 1, good), 409, "terms-changed")


@check(12, "An Idempotency-Key that names another document is refused", writes=True)
def key_mismatch(visit: Visit) -> None:
    """It may be left out; where it is given it must match."""
    order, order_id = visit.refused(), new_id()
    body = wrong_price(order, order_id, 1)
    wrong = {"Idempotency-Key": f'"{order_id}/2"'}
    refusal(_put(visit, order_id, 1, body, wrong), 400, "key-mismatch")
    check_not_recorded(visit.peer, order_id, 1, "400 key-mismatch")
    refusal(_put(visit, order_id, 1, body, {"Idempotency-Key": ""}), 409, "terms-changed")


@check(16, "A write without its epoch is refused and leaves no trace", writes=True)
def epoch_missing(visit: Visit) -> None:
    """Else a desk could send under a history that no longer holds."""
    _check_epoch(visit, "", 428, "epoch-missing")


@check(16, "A write under another epoch is refused and leaves no trace", writes=True)
def epoch_changed(visit: Visit) -> None:
    """The answer names the present one."""
    _check_epoch(visit, NO_EPOCH, 412, "epoch-changed")


@check(18, "An order priced with terms that were never given out leaves no trace", writes=True)
def terms_unknown(visit: Visit) -> None:
    """The desk reads everything again and may send it once more."""
    order, order_id = visit.refused(), new_id()
    plain = msgspec.json.decode(wrong_price(order, order_id, 1), type=dict) | {"terms_version": FAR_AHEAD}
    problem = refusal(_put(visit, order_id, 1, msgspec.json.encode(plain)), 409, "terms-unknown")
    if problem.retry != "resync":
        raise Broken(f"409 terms-unknown says retry {problem.retry or 'nothing'} instead of resync.")
    check_not_recorded(visit.peer, order_id, 1, "409 terms-unknown")


@check(14, "A document beyond the published size is refused", writes=True)
def too_large(visit: Visit) -> None:
    """One byte more than discovery says."""
    order, order_id = visit.refused(), new_id()
    body = wrong_price(order, order_id, 1)
    try:
        answer = _put(visit, order_id, 1, body.ljust(visit.discovery.limits.order_bytes + 1))
    except Broken as broken:
        raise NotTried("the server ended the connection before it answered, which is allowed") from broken
    refusal(answer, 413, "too-large")
    check_not_recorded(visit.peer, order_id, 1, "413 too-large")


def _put(visit: Visit, order_id: str, revision: int, body: bytes, headers: dict[str, str] | None = None) -> Answer:
    return put_order(visit.peer, visit.discovery.epoch, order_id, revision, body, headers)


def _check_copy(visit: Visit, order_id: str, revision: int, first: Sent, status: int, what: str) -> None:
    """A copy gets the same body under `status`, marked as a copy's; the look-up agrees."""
    copy = _put(visit, order_id, revision, first.body)
    if copy.is_success and not first.answer.is_success:
        raise Broken(f"A copy of a {what} revision was accepted.")
    expect(copy, status)
    if copy.content != first.answer.content:
        raise Broken(f"A copy of a {what} revision got another body than the first.")
    if copy.headers.get(REPLAYED, "").lower() != "true":
        raise Broken(f"The answer to a copy of a {what} revision has no header {REPLAYED}: true.")
    kept = outcomes(visit.peer, (order_id, revision))[0]
    if kept is None or kept.sha256.lower() != sha256(first.body).hexdigest():
        raise Broken(f"The look-up does not know the {what} revision by the SHA-256 of its document.")


def _check_epoch(visit: Visit, epoch: str, status: int, slug: str) -> None:
    order, order_id = visit.refused(), new_id()
    body = wrong_price(order, order_id, 1)
    answer = put_order(visit.peer, epoch, order_id, 1, body)
    problem = refusal(answer, status, slug)
    if problem.epoch != visit.discovery.epoch:
        raise Broken(f"{status} {slug} names the epoch {problem.epoch!r}, discovery {visit.discovery.epoch!r}.")
    check_not_recorded(visit.peer, order_id, 1, f"{status} {slug}")


CHECKS: tuple[Check, ...] = (
    terms_changed,
    refusal_repeated,
    other_body_after_refusal,
    proposal_accepted,
    acceptance_repeated,
    other_body_after_acceptance,
    refusals_are_remembered,
    already_accepted,
    superseded,
    copies_at_once,
    rejected,
    malformed,
    key_mismatch,
    epoch_missing,
    epoch_changed,
    terms_unknown,
    too_large,
)
