"""Versions, where a server asks for them: of the desk's program, and of the form of its orders."""

from http import HTTPStatus

from conformance.checking import Check, check
from conformance.findings import Broken, NotTried
from conformance.orders import ask_outcomes, check_not_recorded, new_id, put_order, wrong_price
from conformance.peer import DISCOVERY, Answer, expect, refusal
from conformance.visit import Visit
from desktop_app.contract.orders import ORDER_SCHEMA

OTHER_SCHEMA = "order/conformance"


@check(24, "A desk that is too old is told so, whatever it asks for, and may always ask who answers")
def too_old(visit: Visit) -> None:
    """Without a version, and with the oldest there can be."""
    minimum = visit.discovery.client_minimum
    if not minimum:
        raise NotTried("this server serves desks of every version")
    for version in ("", "0"):
        expect(visit.peer.ask("GET", DISCOVERY, headers={"Client-Version": version}, signed=False), HTTPStatus.OK)
        for answer in _knocks(visit, version):
            problem = refusal(answer, HTTPStatus.UPGRADE_REQUIRED, "client-too-old")
            if problem.client_minimum != minimum:
                said = problem.client_minimum or "nothing"
                raise Broken(f"426 client-too-old names {said} as client_minimum, discovery {minimum}.")


def _knocks(visit: Visit, version: str) -> list[Answer]:
    """A request to read, and one to write."""
    peer, order_id, told = visit.peer, new_id(), {"Client-Version": version}
    return [
        peer.ask("GET", peer.under_account("/catalog"), headers=told),
        put_order(peer, visit.discovery.epoch, order_id, 1, b"{}", told),
    ]


@check(24, "An order in a form that discovery does not list is refused and leaves no trace", writes=True)
def unlisted_form(visit: Visit) -> None:
    """The same revision in the present form is then judged as if it were the first."""
    listed = [one.schema for one in visit.discovery.order_schemas]
    if not listed:
        raise NotTried("discovery lists no forms of the order document")
    if ORDER_SCHEMA not in listed:
        raise Broken(f"Discovery lists {', '.join(listed)}, but not {ORDER_SCHEMA}.")
    order, order_id = visit.refused(), new_id()
    body = wrong_price(order, order_id, 1)
    other = body.replace(ORDER_SCHEMA.encode(), OTHER_SCHEMA.encode(), 1)
    answer = put_order(visit.peer, visit.discovery.epoch, order_id, 1, other)
    refusal(answer, HTTPStatus.UPGRADE_REQUIRED, "schema-unknown")
    expect(ask_outcomes(visit.peer, [(order_id, 1)]), HTTPStatus.OK)
    check_not_recorded(visit.peer, order_id, 1, "426 schema-unknown")
    refusal(put_order(visit.peer, visit.discovery.epoch, order_id, 1, body), HTTPStatus.CONFLICT, "terms-changed")


CHECKS: tuple[Check, ...] = (too_old, unlisted_form)
