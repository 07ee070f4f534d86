"""What was asked about an accepted order: the one wish that waits, its answer, and what a granted one leads to."""

import msgspec
import pytest

from desktop_app.contract.orders import AmendRequest, RequestAnswer
from desktop_app.contract.wire import Problem, problem_type
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision
from desktop_app.storage.order_requests import OrderRequests
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld


@pytest.fixture
def order_id(world: DeskWorld) -> str:
    """An accepted order."""
    session = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    session.submit()
    assert world.accept(session.order_id)
    return session.order_id


def ask(world: DeskWorld, order_id: str, request_id: str = "a1", note: str = "Ring twice") -> None:
    request = AmendRequest(order_id, request_id, world.now(), note=note)
    world.outbox.add_amend(request_id, order_id, 1, msgspec.json.encode(request), world.now())


def settle(world: DeskWorld, order_id: str, answer: RequestAnswer | Problem, request_id: str = "a1") -> None:
    decision = OutcomeDecision(
        request_id, MessageKind.AMEND, order_id, 1, DeliveryState.DONE, answer=msgspec.json.encode(answer)
    )
    assert world.repository.apply_outcome(decision, world.now())


def answered(order_id: str, result: str, request_id: str = "a1") -> RequestAnswer:
    return RequestAnswer(request_id, order_id, result, Status.ACCEPTED)


def test_what_waits_is_known_until_it_is_answered(world: DeskWorld, order_id: str) -> None:
    requests = OrderRequests(world.desk.connection)
    assert (requests.open(order_id), requests.latest_change(order_id)) == (None, None)
    ask(world, order_id)
    assert requests.open(order_id) is MessageKind.AMEND
    change = requests.latest_change(order_id)
    assert change is not None
    assert (change.request.note, change.state, change.answer, change.given_up) == ("Ring twice", "pending", None, False)
    settle(world, order_id, answered(order_id, "done"))
    change = requests.latest_change(order_id)
    assert change is not None
    assert isinstance(change.answer, RequestAnswer)
    assert requests.open(order_id) is None
    world.outbox.add_cancel("c1", order_id, 1, b"{}", world.now())
    assert requests.open(order_id) is MessageKind.CANCEL


def test_a_wish_given_up_is_told_from_one_that_was_answered(world: DeskWorld, order_id: str) -> None:
    ask(world, order_id)
    world.desk.connection.execute("UPDATE outbox SET state = 'done' WHERE id = 'a1'")
    change = OrderRequests(world.desk.connection).latest_change(order_id)
    assert change is not None
    assert change.given_up


def test_the_note_follows_what_was_granted_only(world: DeskWorld, order_id: str) -> None:
    ask(world, order_id, "a1", "first")
    settle(world, order_id, answered(order_id, "refused"))
    assert world.orders.get(order_id).note == ""
    ask(world, order_id, "a2", "second")
    settle(world, order_id, answered(order_id, "done", "a2"), "a2")
    assert world.orders.get(order_id).note == "second"
    ask(world, order_id, "a3", "third")
    settle(world, order_id, Problem(problem_type("rejected"), "No", 422), "a3")
    assert world.orders.get(order_id).note == "second"
    change = OrderRequests(world.desk.connection).latest_change(order_id)
    assert change is not None
    assert isinstance(change.answer, Problem)


def test_an_order_that_is_accepted_anew_has_its_granted_changes_asked_for_again(
    world: DeskWorld, order_id: str
) -> None:
    ask(world, order_id, "a1")
    settle(world, order_id, answered(order_id, "done"))
    ask(world, order_id, "a2")
    settle(world, order_id, answered(order_id, "refused", "a2"), "a2")
    queued = world.outbox.get_order(order_id, 1)
    assert queued is not None
    world.outbox.queue_again(order_id, queued.id, None, "", world.now())
    world.accept(order_id)
    assert [(row.id, row.state) for row in world.outbox.rows()] == [("a1", DeliveryState.PENDING)]
    assert world.orders.get(order_id).history[-1].code == "amend-queued"
