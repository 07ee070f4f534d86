"""Each kind of message has its address, its look-up, and its own reading of a recorded answer; all is else the same."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

import msgspec
import pytest

from desktop_app.contract.orders import Outcome, OutcomeQuery, RequestAnswer
from desktop_app.contract.wire import Problem, problem_type
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision, QueuedMessage
from desktop_app.remote.client import RemoteClient
from desktop_app.sync.routes import MISMATCH, ROUTES, UNREADABLE, look_up

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
SHA = hashlib.sha256(b"{}").hexdigest()


def message(kind: MessageKind, message_id: str = "r/1") -> QueuedMessage:
    return QueuedMessage(message_id, "o/1", 2, kind, DeliveryState.PENDING, b"{}", SHA, NOW)


class Server:
    """Answers each question with the outcome given for it."""

    def __init__(self, *told: Outcome | None) -> None:
        self.told, self.asked = told, list[OutcomeQuery]()

    async def outcomes(self, queries: Sequence[OutcomeQuery]) -> list[Outcome | None]:
        self.asked = list(queries)
        return list(self.told)


def outcome(request_id: str = "") -> Outcome:
    return Outcome("o/1", 2, 200, SHA, msgspec.Raw(b"{}"), request_id=request_id)


def test_every_kind_has_a_route() -> None:
    assert set(ROUTES) == set(MessageKind)


def test_an_address_holds_ids_as_they_are() -> None:
    assert ROUTES[MessageKind.ORDER].path(message(MessageKind.ORDER)) == "orders/o%2F1/revisions/2"
    for kind in (MessageKind.CANCEL, MessageKind.AMEND):
        assert ROUTES[kind].path(message(kind)) == "orders/o%2F1/requests/r%2F1"


def test_each_is_asked_for_by_its_own_id() -> None:
    server = Server(outcome(), outcome("r/1"))
    found = asyncio.run(look_up(cast(RemoteClient, server), [message(MessageKind.ORDER), message(MessageKind.CANCEL)]))
    assert server.asked == [OutcomeQuery("o/1", 2), OutcomeQuery("o/1", 2, "r/1")]
    assert found == [outcome(), outcome("r/1")]


def test_a_server_that_answers_for_the_order_has_said_nothing_of_the_request() -> None:
    server = Server(outcome())
    assert asyncio.run(look_up(cast(RemoteClient, server), [message(MessageKind.CANCEL)])) == [None]


def test_after_a_loss_a_request_is_asked_about_by_its_order() -> None:
    server = Server(outcome())
    found = asyncio.run(look_up(cast(RemoteClient, server), [message(MessageKind.AMEND)], after_loss=True))
    assert (server.asked, found) == ([OutcomeQuery("o/1", 2)], [outcome()])


@pytest.mark.parametrize(
    ("kind", "granted", "refused"),
    [(MessageKind.CANCEL, "cancelled", "cancel-refused"), (MessageKind.AMEND, "amended", "amend-refused")],
)
def test_the_answer_to_a_request_grants_or_refuses_it(kind: MessageKind, granted: str, refused: str) -> None:
    asked = message(kind)
    for result, said, reason in (("done", granted, ""), ("refused", refused, refused)):
        body = msgspec.json.encode(RequestAnswer("r/1", "o/1", result, Status.ACCEPTED, "Why", "shipped"))
        decision = ROUTES[kind].taken(asked, body)
        assert isinstance(decision, OutcomeDecision)
        assert (decision.delivery_state, decision.status, decision.reason) == ("done", "accepted", reason)
        assert decision.journal == ((said, (("detail", "Why"), ("code", "shipped"))),)
    other = msgspec.json.encode(RequestAnswer("r/2", "o/1", "done", Status.CANCELLED))
    assert ROUTES[kind].taken(asked, other) == UNREADABLE


def test_a_request_of_the_wrong_shape_is_refused_for_good_and_the_order_stays() -> None:
    problem = Problem(problem_type("rejected"), "No", 422, detail="It cannot be read")
    decision = ROUTES[MessageKind.AMEND].refused(message(MessageKind.AMEND), problem, b"{}")
    assert decision is not None
    assert (decision.status, decision.reason, decision.settled) == (None, "amend-refused", True)


def test_an_acceptance_of_another_order_settles_nothing() -> None:
    body = b'{"order_id":"x","order_no":"MF-1","revision":2,"received_at":"2026-03-10T09:30:00Z","terms_version":1,'
    body += b'"sub_orders":[],"totals":{"goods":"0.00","eco":"0.00","carriage":"0.00","fees":"0.00","vat":{},'
    body += b'"total":"0.00"},"online_bonus":"0.00"}'
    assert ROUTES[MessageKind.ORDER].taken(message(MessageKind.ORDER), body) == MISMATCH
