"""The queue: a message leaves it only by a recorded answer, or by the person before any byte left."""

from datetime import timedelta

import pytest

from desktop_app.domain.order import DeliveryState
from desktop_app.domain.outcome import MessageKind
from desktop_app.errors import ActionNotPossible
from desktop_app.storage.database import IntegrityError
from desktop_app.storage.order_rows import OrderRow
from desktop_app.storage.outbox import order_message_id
from tests.support.desk_world import DeskWorld

MINUTE = timedelta(minutes=1)


def queued(world: DeskWorld, name: str = "o1", body: bytes = b"{}") -> str:
    world.repository.create(OrderRow(name, f"B-{name}", world.now(), world.now()))
    return world.outbox.add_order(name, 1, body, world.now()).id


def state(world: DeskWorld, message_id: str) -> DeliveryState:
    message = world.outbox.get_order(message_id.partition("/")[0], 1)
    assert message is not None
    return message.state


def test_a_message_keeps_its_bytes_and_their_digest(world: DeskWorld) -> None:
    queued(world, body=b'{"a": "\xc3\xa9"}')
    world.restart()
    message = world.outbox.get_order("o1", 1)
    assert message is not None
    assert (message.body, message.kind, message.state) == (
        b'{"a": "\xc3\xa9"}',
        MessageKind.ORDER,
        DeliveryState.PENDING,
    )
    assert len(message.sha256) == 64
    assert world.outbox.get_order("o1", 2) is None


def test_one_revision_is_queued_once(world: DeskWorld) -> None:
    queued(world)
    with pytest.raises(IntegrityError):
        world.outbox.add_order("o1", 1, b"other", world.now())


def test_messages_are_due_oldest_first(world: DeskWorld) -> None:
    ids = [queued(world, name) for name in ("o3", "o1", "o2")]
    assert [message.id for message in world.outbox.due(world.now())] == ids


def test_in_flight_is_in_doubt_after_a_restart(world: DeskWorld) -> None:
    sent, waiting = queued(world, "o1"), queued(world, "o2")
    assert world.outbox.mark_in_flight(sent, world.now())
    assert [message.id for message in world.outbox.due(world.now())] == [waiting]
    world.restart()
    assert world.outbox.recover_in_doubt() == ("o1",)
    assert world.outbox.recover_in_doubt() == ()
    assert state(world, sent) is DeliveryState.IN_DOUBT
    assert [message.id for message in world.outbox.due(world.now())] == [sent, waiting]


def test_the_first_try_is_remembered_for_good(world: DeskWorld) -> None:
    message_id = queued(world)
    first = world.now()
    world.outbox.mark_in_flight(message_id, first)
    world.outbox.mark_in_flight(message_id, world.now())
    message = world.outbox.get_order("o1", 1)
    assert message is not None
    assert message.first_try_at == first


def test_a_message_held_or_withdrawn_meanwhile_does_not_leave(world: DeskWorld) -> None:
    held, withdrawn = queued(world, "o1"), queued(world, "o2")
    world.outbox.hold("o1")
    world.outbox.withdraw("o2")
    assert not world.outbox.mark_in_flight(held, world.now())
    assert not world.outbox.mark_in_flight(withdrawn, world.now())
    world.outbox.release("o1")
    assert world.outbox.mark_in_flight(held, world.now())


def test_waiting_ends_when_its_time_has_come(world: DeskWorld) -> None:
    message_id = queued(world)
    world.outbox.mark_in_flight(message_id, world.now())
    later = world.now() + MINUTE
    world.outbox.record(
        world.decision("o1", 1, DeliveryState.WAITING, attempts=1, next_try=later, reason="busy"), world.now()
    )
    message = world.outbox.get_order("o1", 1)
    assert message is not None
    assert (message.attempts, message.next_try, message.reason) == (1, later, "busy")
    assert world.outbox.due(world.now()) == []
    assert len(world.outbox.due(later)) == 1


def test_a_stuck_message_comes_back_only_when_a_try_was_set(world: DeskWorld) -> None:
    once, daily = queued(world, "o1"), queued(world, "o2")
    later = world.now() + timedelta(days=1)
    world.outbox.record(world.decision("o1", 1, DeliveryState.ATTENTION), world.now())
    world.outbox.record(world.decision("o2", 1, DeliveryState.ATTENTION, next_try=later), world.now())
    assert [message.id for message in world.outbox.due(later + MINUTE)] == [daily]
    assert world.outbox.counts() == {DeliveryState.ATTENTION: 2}
    world.outbox.try_now()
    assert {message.id for message in world.outbox.due(world.now())} == {once, daily}


def test_trying_now_leaves_held_messages_and_looks_up_doubtful_ones_first(world: DeskWorld) -> None:
    held, stuck = queued(world, "o1"), queued(world, "o2")
    world.outbox.hold("o1")
    world.outbox.mark_in_flight(stuck, world.now())
    world.outbox.record(world.decision("o2", 1, DeliveryState.ATTENTION), world.now())
    world.outbox.try_now()
    assert (state(world, held), state(world, stuck)) == (DeliveryState.HELD, DeliveryState.IN_DOUBT)


def test_a_recorded_answer_is_final(world: DeskWorld) -> None:
    message_id = queued(world)
    world.outbox.mark_in_flight(message_id, world.now())
    assert world.outbox.record(world.decision("o1", 1, DeliveryState.DONE, answer={"order_no": "45"}), world.now())
    assert not world.outbox.record(world.decision("o1", 1, DeliveryState.WAITING), world.now())
    assert not world.outbox.record(world.decision("unknown", 1, DeliveryState.DONE, answer={}), world.now())
    assert world.outbox.rows() == []
    assert not world.outbox.mark_in_flight(message_id, world.now())
    kept = world.desk.connection.execute("SELECT state, answer FROM outbox").fetchall()
    assert kept == [("done", b'{"order_no":"45"}')]


def test_an_answer_that_asks_for_a_decision_stays_in_sight_but_does_not_leave_again(world: DeskWorld) -> None:
    message_id = queued(world)
    world.outbox.mark_in_flight(message_id, world.now())
    world.outbox.record(world.decision("o1", 1, DeliveryState.ATTENTION, answer={}), world.now())
    assert [message.id for message in world.outbox.rows()] == [message_id]
    world.outbox.try_now()
    assert world.outbox.due(world.now() + timedelta(days=9)) == []
    world.outbox.close_decided("o1")
    assert world.outbox.rows() == []


def test_a_clock_set_back_stalls_nothing(world: DeskWorld) -> None:
    queued(world)
    far = world.now() + timedelta(days=400)
    world.outbox.record(world.decision("o1", 1, DeliveryState.WAITING, next_try=far), world.now())
    world.outbox.clamp_due(world.now(), timedelta(minutes=10))
    assert len(world.outbox.due(world.now() + timedelta(minutes=11))) == 1
    world.outbox.record(world.decision("o1", 1, DeliveryState.ATTENTION, next_try=far), world.now())
    world.outbox.clamp_due(world.now(), timedelta(minutes=10))
    assert world.outbox.due(world.now() + timedelta(days=2)) == []
    world.outbox.clamp_due(world.now(), timedelta(minutes=10), timedelta(days=1))
    assert len(world.outbox.due(world.now() + timedelta(days=2))) == 1


def test_only_what_never_left_can_be_held_or_withdrawn(world: DeskWorld) -> None:
    message_id = queued(world)
    world.outbox.mark_in_flight(message_id, world.now())
    world.outbox.record(world.decision("o1", 1, DeliveryState.WAITING), world.now())
    for act in (world.outbox.hold, world.outbox.withdraw):
        with pytest.raises(ActionNotPossible, match="may already have left"):
            act("o1")
    with pytest.raises(ActionNotPossible, match="not held"):
        world.outbox.release("o1")
    world.outbox.record(world.decision("o1", 1, DeliveryState.PENDING, never_left=True), world.now())
    world.outbox.withdraw("o1")
    assert world.outbox.rows() == []


def test_a_cancellation_has_its_own_id_and_row(world: DeskWorld) -> None:
    queued(world)
    world.outbox.add_cancel("r1", "o1", 1, b"{}", world.now())
    assert [(message.id, message.kind) for message in world.outbox.rows()] == [
        (order_message_id("o1", 1), MessageKind.ORDER),
        ("r1", MessageKind.CANCEL),
    ]
