"""All checks, in the order they are made: later ones stand on what earlier ones brought."""

from conformance import afterwards, entering, hints, ordering, problems, pulling, receipts, snapshots, versions
from conformance.checking import Check
from conformance.findings import Broken, Finding
from conformance.orders import cancel_body, new_id, put_cancel
from conformance.peer import document
from conformance.visit import Visit
from desktop_app.contract.orders import RequestAnswer

CHECKS: tuple[Check, ...] = (
    *entering.CHECKS,
    *pulling.CHECKS,
    *snapshots.CHECKS,
    *ordering.CHECKS,
    *receipts.CHECKS,
    *hints.CHECKS,
    *versions.CHECKS,
    *afterwards.CHECKS,
    *problems.CHECKS,
)


def make_all(visit: Visit) -> list[Finding]:
    """Make every check, then cancel the test orders that were accepted."""
    try:
        return [check.find(visit) for check in CHECKS]
    finally:
        cancel_test_orders(visit)


def cancel_test_orders(visit: Visit) -> None:
    """Ask for the accepted test orders to be cancelled; those that cannot be stay in `visit.left`."""
    for order_id, order_no in visit.test_orders().items():
        request_id = new_id()
        body = cancel_body(order_id, request_id)
        try:
            answer = put_cancel(visit.peer, visit.discovery.epoch, order_id, request_id, body)
            done = answer.is_success and document(answer, RequestAnswer).result == "done"
        except Broken:
            done = False
        if not done:
            visit.left.append(order_no)
