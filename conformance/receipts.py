"""Receipts, where a server gives them: by them it knows answers again that it gave before its history was lost."""

from dataclasses import dataclass
from hashlib import sha256

from conformance.checking import Check, check
from conformance.findings import Broken, NotTried
from conformance.orders import Accepting, Sent, new_id, outcomes, put_order, wrong_price
from conformance.peer import JSON, Answer, expect, refusal
from conformance.visit import Visit

RECEIPT = "Outcome-Receipt"


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it is brought back: as it was given, but for what is named here."""

    sent: Sent
    body: bytes = b""
    status: int = 0
    receipt: str = ""
    digest: str = ""


@check(17, "A receipt is the same wherever its answer is given again", writes=True)
def receipts(visit: Visit) -> None:
    """With the answer, with the answer to a copy, and in the look-up."""
    order = _order_with_receipts(visit)
    for revision, sent in ((1, order.first), (2, order.winner)):
        receipt = sent.answer.headers.get(RECEIPT, "")
        if not receipt:
            raise Broken(f"{sent.answer.status_code} has no {RECEIPT}, though other recorded answers have one.")
        copy = put_order(visit.peer, visit.discovery.epoch, order.order_id, revision, sent.body)
        kept = outcomes(visit.peer, (order.order_id, revision))[0]
        if copy.headers.get(RECEIPT) != receipt or kept is None or kept.receipt != receipt:
            raise Broken(f"The receipt of revision {revision} differs between the answer, a copy's and the look-up.")


@check(17, "An answer that is brought back though it is known changes nothing", writes=True)
def known_answer(visit: Visit) -> None:
    """A desk brings back what it holds whenever it is in doubt."""
    order = _order_with_receipts(visit)
    for revision, sent in ((1, order.first), (2, order.winner)):
        expect(_bring_back(visit, order.order_id, revision, Shown(sent)), 204)
        copy = put_order(visit.peer, visit.discovery.epoch, order.order_id, revision, sent.body)
        if copy.content != sent.answer.content:
            raise Broken(f"After its answer was brought back, a copy of revision {revision} gets another body.")


@check(17, "An answer that this server never gave is refused, and the order priced like any other", writes=True)
def made_up_answer(visit: Visit) -> None:
    """Else a desk could make up an acceptance at its own price."""
    order, order_id = _order_with_receipts(visit), new_id()
    sent, never = order.winner, wrong_price(order, order_id, 1)
    other, cheaper = sha256(never).hexdigest(), sent.answer.content.replace(order.final.totals.total.encode(), b"0.01")
    for revision, shown in (
        (2, Shown(sent, body=cheaper)),
        (2, Shown(sent, status=409)),
        (2, Shown(sent, receipt="v1.invented")),
        (2, Shown(sent, digest=other)),
        (3, Shown(sent)),
    ):
        refusal(_bring_back(visit, order.order_id, revision, shown), 422, "receipt-invalid")
    refusal(_bring_back(visit, order_id, 1, Shown(sent, digest=other)), 422, "receipt-invalid")
    refusal(put_order(visit.peer, visit.discovery.epoch, order_id, 1, never), 409, "terms-changed")


@check(16, "An answer is brought back under the present epoch only", writes=True)
def answer_under_epoch(visit: Visit) -> None:
    """Like every write."""
    order = _order_with_receipts(visit)
    refusal(_bring_back(visit, order.order_id, 2, Shown(order.winner), epoch=""), 428, "epoch-missing")


def _order_with_receipts(visit: Visit) -> Accepting:
    """The accepted test order. Raises NotTried where none of its answers has a receipt."""
    order = visit.accepted()
    if not any(RECEIPT in sent.answer.headers for sent in (order.first, order.winner)):
        raise NotTried("this server gives no receipts")
    return order


def _bring_back(visit: Visit, order_id: str, revision: int, shown: Shown, epoch: str | None = None) -> Answer:
    """Bring back an answer; `epoch` takes the place of the present one."""
    told = shown.sent.answer
    headers = {
        "Content-Type": JSON,
        "Sync-Epoch": visit.discovery.epoch if epoch is None else epoch,
        "Outcome-Status": str(shown.status or told.status_code),
        RECEIPT: shown.receipt or told.headers.get(RECEIPT, ""),
        "Document-SHA256": shown.digest or sha256(shown.sent.body).hexdigest(),
    }
    path = visit.peer.under_account(f"/orders/{order_id}/revisions/{revision}/answer")
    return visit.peer.ask("PUT", path, headers=headers, content=shown.body or told.content)


CHECKS: tuple[Check, ...] = (receipts, known_answer, made_up_answer, answer_under_epoch)
