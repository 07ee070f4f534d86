"""An answer the server lost: it leaves again, is kept for a person, or gives way to another one."""

from datetime import timedelta

import pytest

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import AnsweredMessage
from desktop_app.storage.lost_answers import LostAnswers
from tests.support.desk_world import DeskWorld


@pytest.fixture
def message(world: DeskWorld) -> AnsweredMessage:
    """An order that was accepted."""
    view = world.orders.new_order([("TN1", 1, "")], round_up=False).submit()
    world.accept(view.summary.order_id)
    ((answered,),) = world.outbox.answered_since(world.now() - timedelta(days=1))
    return answered


def codes(world: DeskWorld, order_id: str) -> list[str]:
    return [entry.code for entry in world.orders.get(order_id).history]


def test_the_first_receipt_is_kept(world: DeskWorld, message: AnsweredMessage) -> None:
    lost = LostAnswers(world.desk.connection)
    lost.keep_receipt(message, "")
    lost.keep_receipt(message, "v1.a")
    row = world.outbox.get_order(message.subject, 1)
    assert row is not None
    assert row.receipt == "v1.a"


def test_it_leaves_again_once(world: DeskWorld, message: AnsweredMessage) -> None:
    lost = LostAnswers(world.desk.connection)
    assert lost.send_again(message, world.now())
    assert not lost.send_again(message, world.now())
    (row,) = world.outbox.due(world.now())
    assert (row.id, row.earlier) == (message.id, None)
    assert codes(world, message.subject).count("history-lost") == 1


def test_a_person_is_asked_once_and_the_answer_stays(world: DeskWorld, message: AnsweredMessage) -> None:
    lost = LostAnswers(world.desk.connection)
    assert lost.ask_person(message, "history-lost", world.now())
    assert not lost.ask_person(message, "history-lost", world.now())
    summary = world.orders.get(message.subject).summary
    assert (summary.status, summary.delivery_state, summary.reason) == (
        Status.ACCEPTED,
        DeliveryState.ATTENTION,
        "history-lost",
    )
    world.outbox.try_now()
    assert world.outbox.due(world.now() + timedelta(days=9)) == []
    assert codes(world, message.subject).count("history-lost") == 1


def test_another_answer_is_waited_for(world: DeskWorld, message: AnsweredMessage) -> None:
    lost = LostAnswers(world.desk.connection)
    assert lost.drop_answer(message, world.now())
    assert not lost.drop_answer(message, world.now())
    assert codes(world, message.subject)[-1] == "answer-changed"


def test_a_refusal_told_again_is_in_the_journal(world: DeskWorld, message: AnsweredMessage) -> None:
    LostAnswers(world.desk.connection).told(message, world.now())
    assert codes(world, message.subject)[-1] == "answer-told-again"
