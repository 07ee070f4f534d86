"""The queue: a message leaves it only by a recorded answer, or by the person before any byte left."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from desktop_app.domain.order import DeliveryState
from desktop_app.domain.outcome import MessageKind
from desktop_app.errors import ActionNotPossible
from desktop_app.storage.database import IntegrityError
from desktop_app.storage.order_rows import OrderRow
from desktop_app.storage.outbox import Outbox, order_message_id
from tests.support.desk_world import DeskWorld

MINUTE = timedelta(minutes=1)


def queued(world: DeskWorld, name: str = "o1", body: bytes = b"{}") -> str:
    world.repository.create(OrderRow(name, f"B-{name}", world.now(), world.now()))
    return world.outbox.add_order(name, 1, body, world.now()).id


def state(world: DeskWorld, message_id: str) -> DeliveryState:
    message = world.outbox.get_order(order_of(message_id), 1)
    assert message is not None
    return message.state


def order_of(message_id: str) -> str:
    return message_id.partition("/")[0]


def answered(world: DeskWorld, name: str, receipt: str = "") -> str:
    message_id = queued(world, name)
    world.outbox.mark_in_flight(name, message_id, world.now())
    decision = world.decision(name, 1, DeliveryState.DONE, answer={"order_no": name}, receipt=receipt)
    assert world.outbox.record(decision, world.now())
    return message_id


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
    assert world.outbox.mark_in_flight(order_of(sent), sent, world.now())
    assert [message.id for message in world.outbox.due(world.now())] == [waiting]
    world.restart()
    assert world.outbox.recover_in_doubt() == ("o1",)
    assert world.outbox.recover_in_doubt() == ()
    assert state(world, sent) is DeliveryState.IN_DOUBT
    assert [message.id for message in world.outbox.due(world.now())] == [sent, waiting]


def test_the_first_try_is_remembered_for_good(world: DeskWorld) -> None:
    message_id = queued(world)
    first = world.now()
    world.outbox.mark_in_flight(order_of(message_id), message_id, first)
    world.outbox.mark_in_flight(order_of(message_id), message_id, world.now())
    message = world.outbox.get_order("o1", 1)
    assert message is not None
    assert message.first_try_at == first


def test_a_message_held_or_withdrawn_meanwhile_does_not_leave(world: DeskWorld) -> None:
    held, withdrawn = queued(world, "o1"), queued(world, "o2")
    world.outbox.hold("o1")
    world.outbox.withdraw("o2")
    assert not world.outbox.mark_in_flight(order_of(held), held, world.now())
    assert not world.outbox.mark_in_flight(order_of(withdrawn), withdrawn, world.now())
    world.outbox.release("o1")
    assert world.outbox.mark_in_flight(order_of(held), held, world.now())


def test_waiting_ends_when_its_time_has_come(world: DeskWorld) -> None:
    message_id = queued(world)
    world.outbox.mark_in_flight(order_of(message_id), message_id, world.now())
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
    world.outbox.mark_in_flight(order_of(stuck), stuck, world.now())
    world.outbox.record(world.decision("o2", 1, DeliveryState.ATTENTION), world.now())
    world.outbox.try_now()
    assert (state(world, held), state(world, stuck)) == (DeliveryState.HELD, DeliveryState.IN_DOUBT)


def test_a_recorded_answer_is_final(world: DeskWorld) -> None:
    message_id = queued(world)
    world.outbox.mark_in_flight(order_of(message_id), message_id, world.now())
    assert world.outbox.record(world.decision("o1", 1, DeliveryState.DONE, answer={"order_no": "45"}), world.now())
    assert not world.outbox.record(world.decision("o1", 1, DeliveryState.WAITING), world.now())
    assert not world.outbox.record(world.decision("unknown", 1, DeliveryState.DONE, answer={}), world.now())
    assert world.outbox.rows() == []
    assert not world.outbox.mark_in_flight(order_of(message_id), message_id, world.now())
    kept = world.desk.connection.execute("SELECT state, answer FROM outbox").fetchall()
    assert kept == [("done", b'{"order_no":"45"}')]


def test_an_answer_that_asks_for_a_decision_stays_in_sight_but_does_not_leave_again(world: DeskWorld) -> None:
    message_id = queued(world)
    world.outbox.mark_in_flight(order_of(message_id), message_id, world.now())
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
    world.outbox.mark_in_flight(order_of(message_id), message_id, world.now())
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


def test_what_is_due_comes_some_at_a_time_and_each_once(world: DeskWorld) -> None:
    ids = [queued(world, name) for name in ("o3", "o1", "o2")]
    first = world.outbox.due(world.now(), limit=2)
    assert [message.id for message in first] == ids[:2]
    world.outbox.hold("o2")
    assert world.outbox.due(world.now(), limit=2, after=first[-1].seq) == []
    world.outbox.release("o2")
    assert [message.id for message in world.outbox.due(world.now(), after=first[-1].seq)] == ids[2:]


def test_what_is_due_is_known_without_reading_it(world: DeskWorld) -> None:
    held = [queued(world, f"o{number}") for number in (1, 2, 3)][2]
    fresh, waiting, _ = (message.seq for message in world.outbox.rows())
    assert world.outbox.next_moment() is None
    later = world.now() + MINUTE
    world.outbox.record(world.decision("o2", 1, DeliveryState.WAITING, next_try=later), world.now())
    world.outbox.hold(order_of(held))
    assert world.outbox.due_places(world.now()) == [(fresh, False)]
    assert world.outbox.due_places(later) == [(fresh, False), (waiting, True)]
    assert world.outbox.next_moment() == later


def test_the_list_tells_of_the_orders_without_their_bytes(world: DeskWorld) -> None:
    view = world.orders.new_order([("TN1", 1, "")], reference="mine", round_up=False).submit()
    (row,) = world.outbox.headers()
    (message,) = world.outbox.rows()
    assert (row.message_id, row.order_id, row.revision, row.since) == (
        message.id,
        message.subject,
        1,
        message.created_at,
    )
    assert (row.kind, row.state, row.attempts, row.next_try, row.reason) == ("order", "pending", 0, None, "")
    assert (row.desk_no, row.reference, row.total) == (view.summary.desk_no, "mine", view.summary.total)
    world.accept(view.summary.order_id)
    assert world.outbox.headers() == []


def test_answered_messages_are_read_with_their_answers_some_at_a_time(
    world: DeskWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(world, "o0")
    begin = world.now() + MINUTE
    monkeypatch.setattr(world, "now", lambda: begin)
    ids = [answered(world, name, receipt=f"v1.{name}") for name in ("o1", "o2", "o3")]
    queued(world, "o4")
    monkeypatch.setattr("desktop_app.storage.outbox.ANSWERED_AT_ONCE", 2)
    lists = list(world.outbox.answered_since(begin))
    assert [[message.id for message in some] for some in lists] == [ids[:2], ids[2:]]
    message = lists[0][0]
    assert (message.subject, message.revision, message.kind, message.status) == ("o1", 1, "order", "draft")
    assert (message.body, message.answer, message.receipt) == (b"{}", b'{"order_no":"o1"}', "v1.o1")
    assert message.answered_at == begin


def test_an_answer_the_server_lost_is_kept_until_there_is_another(world: DeskWorld) -> None:
    message_id = answered(world, "o1", receipt="v1.first")
    sent = world.outbox.get_order("o1", 1)
    assert sent is not None
    assert world.outbox.queue_again("o1", message_id, b"earlier", "v1.first", world.now())
    again = world.outbox.get_order("o1", 1)
    assert again is not None
    assert (again.state, again.reason, again.body) == (DeliveryState.PENDING, "history-lost", b"{}")
    assert (again.earlier, again.receipt, again.first_try_at) == (b"earlier", "v1.first", sent.first_try_at)
    with pytest.raises(ActionNotPossible, match="may already have left"):
        world.outbox.withdraw("o1")
    world.outbox.record(world.decision("o1", 1, DeliveryState.WAITING, receipt="v1.never"), world.now())
    waiting = world.outbox.get_order("o1", 1)
    assert waiting is not None
    assert (waiting.earlier, waiting.receipt) == (b"earlier", "v1.first")
    world.outbox.record(world.decision("o1", 1, DeliveryState.DONE, answer={}, receipt="v1.second"), world.now())
    done = world.outbox.get_order("o1", 1)
    assert done is not None
    assert (done.state, done.earlier, done.receipt) == (DeliveryState.DONE, None, "v1.second")


def test_what_has_no_answer_is_not_queued_again(world: DeskWorld) -> None:
    message_id = queued(world)
    assert not world.outbox.queue_again("o1", message_id, None, "", world.now())
    assert not world.outbox.queue_again("o2", message_id, None, "", world.now())


def test_of_a_long_queue_those_who_need_a_person_are_listed_first(world: DeskWorld) -> None:
    ids = [queued(world, f"o{number}") for number in range(5)]
    world.outbox.hold("o3")
    world.outbox.record(world.decision("o4", 1, DeliveryState.ATTENTION), world.now())
    assert [row.message_id for row in world.outbox.headers(limit=3)] == [ids[0], ids[3], ids[4]]
    assert [row.message_id for row in world.outbox.headers(limit=1)] == [ids[4]]
    assert [row.message_id for row in world.outbox.headers()] == ids


def test_an_answered_message_is_never_due(world: DeskWorld) -> None:
    queued(world, "o1")
    later = world.now() + MINUTE
    for answer in ({"title": "changed"}, None):
        decision = world.decision("o1", 1, DeliveryState.ATTENTION, answer=answer, next_try=later)
        world.outbox.record(decision, world.now())
        assert world.outbox.due(later + MINUTE) == []
        assert world.outbox.due_places(later + MINUTE) == []
        assert world.outbox.next_moment() is None


def test_what_is_in_doubt_is_found_among_much_that_is_due(world: DeskWorld) -> None:
    for number in range(4):
        queued(world, f"o{number}")
    world.outbox.mark_in_flight("o2", "o2/1", world.now())
    world.outbox.recover_in_doubt()
    (found,) = world.outbox.due(world.now(), limit=1, only=DeliveryState.IN_DOUBT)
    assert found.id == "o2/1"
    assert world.outbox.due(world.now(), after=found.seq, only=DeliveryState.IN_DOUBT) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda outbox, now: outbox.due(now),
        lambda outbox, now: outbox.due(now, after=1, only=DeliveryState.IN_DOUBT),
        lambda outbox, now: outbox.due_places(now),
        lambda outbox, now: outbox.next_moment(),
        lambda outbox, now: outbox.counts(),
        lambda outbox, now: outbox.rows(),
        lambda outbox, now: outbox.headers(),
        lambda outbox, now: outbox.headers(limit=1),
        lambda outbox, now: outbox.recover_in_doubt(),
        lambda outbox, now: outbox.clamp_due(now, MINUTE, MINUTE),
        lambda outbox, now: outbox.try_now(),
        lambda outbox, now: outbox.try_now("o1"),
        lambda outbox, now: outbox.mark_in_flight("o1", "o1/1", now),
        lambda outbox, now: outbox.get_order("o1", 1),
        lambda outbox, now: outbox.hold("o1"),
        lambda outbox, now: outbox.close_decided("o1"),
    ],
)
def test_no_question_and_no_move_reads_through_the_whole_queue(
    world: DeskWorld, act: Callable[[Outbox, datetime], object]
) -> None:
    """Neither through what waits nor through what was ever sent: the rows of the table carry bytes and pictures."""
    queued(world)
    asked: list[str] = []
    world.desk.connection.set_trace_callback(asked.append)
    act(world.outbox, world.now())
    world.desk.connection.set_trace_callback(None)
    plans = [
        str(step[3])
        for statement in asked
        if "outbox" in statement
        for step in world.desk.connection.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]
    assert plans
    assert [step for step in plans if step.startswith("SCAN") and "COVERING INDEX outbox_due" not in step] == []


def test_bytes_that_were_corrected_meanwhile_do_not_leave(world: DeskWorld) -> None:
    """A round read the queue, then the person corrected the order under the same revision."""
    message_id = queued(world, body=b'{"quantity": 10}')
    (read,) = world.outbox.due(world.now())
    world.outbox.withdraw("o1")
    world.outbox.add_order("o1", 1, b'{"quantity": 3}', world.now())
    assert not world.outbox.mark_in_flight("o1", message_id, world.now(), read.sha256)
    assert state(world, message_id) is DeliveryState.PENDING
    (corrected,) = world.outbox.due(world.now())
    assert world.outbox.mark_in_flight("o1", message_id, world.now(), corrected.sha256)
