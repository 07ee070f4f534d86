"""What brings a stuck message further."""

import pytest

from desktop_app.domain.order import DeliveryState
from desktop_app.storage.stuck_messages import StuckMessages
from tests.support.desk_world import DeskWorld


@pytest.fixture
def order_id(world: DeskWorld) -> str:
    """An order that has left."""
    view = world.orders.new_order([("TN1", 1, "")], round_up=False).submit()
    world.sent(view.summary.order_id)
    return view.summary.order_id


def state(world: DeskWorld, order_id: str) -> DeliveryState:
    message = world.outbox.get_order(order_id, 1)
    assert message is not None
    return message.state


@pytest.mark.parametrize(
    ("before", "revision", "after"),
    [("attention", 1, "in_doubt"), ("waiting", 1, "in_doubt"), ("attention", 2, "attention"), ("held", 1, "held")],
)
def test_what_is_in_the_books_is_looked_up(
    world: DeskWorld, order_id: str, before: str, revision: int, after: str
) -> None:
    world.desk.connection.execute("UPDATE outbox SET state = ?, next_try = '2099-01-01'", (before,))
    StuckMessages(world.desk.connection).look_up(order_id, revision)
    assert state(world, order_id) == after


def test_what_was_answered_is_not_looked_up(world: DeskWorld, order_id: str) -> None:
    decision = world.decision(order_id, 1, DeliveryState.ATTENTION, answer={})
    assert world.outbox.record(decision, world.now())
    StuckMessages(world.desk.connection).look_up(order_id, 1)
    assert state(world, order_id) is DeliveryState.ATTENTION


def test_what_the_queue_holds_of_an_order_is_known(world: DeskWorld, order_id: str) -> None:
    stuck = StuckMessages(world.desk.connection)
    assert stuck.answer_awaited(order_id)
    world.outbox.record(world.decision(order_id, 1, DeliveryState.DONE, answer={}), world.now())
    world.outbox.add_cancel("r1", order_id, 1, b"{}", world.now())
    assert not stuck.answer_awaited(order_id)
