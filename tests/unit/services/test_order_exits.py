"""Ways out of stuck orders, with the queue, the books and the journal after them."""

from datetime import timedelta

import msgspec
import pytest

from desktop_app.contract.orders import HistoryEntry, OrderRecord, RecordLine, RecordSubOrder, TotalsDoc
from desktop_app.contract.wire import Put
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import AnsweredMessage
from desktop_app.errors import ActionNotPossible
from desktop_app.services.ways_out import Exit
from desktop_app.storage.lost_answers import LostAnswers
from tests.support.desk_world import START, DeskWorld, put

LATER = timedelta(days=9)


def in_the_books(order_id: str, quantity: int = 5) -> Put:
    """The manufacturer's row of an order with other lines than this desk's."""
    totals = TotalsDoc("459.95", "0.00", "12.50", "0.00", {"20": "94.49"}, "566.94")
    line = RecordLine("TN1", "Toner noir 12k", quantity, "91.9894", "459.95")
    part = RecordSubOrder("N", [line], "459.95", "0.00", "12.50", "0.00", {"20": "94.49"}, "566.94", "2.30")
    history = [HistoryEntry(START, "accepted")]
    document = OrderRecord(
        order_id, "4500077", 1, Status.ACCEPTED, START, [part], totals, "2.30", desk_no="B-2026-0001", history=history
    )
    return put("orders", order_id, msgspec.to_builtins(document))


def stuck(world: DeskWorld, reason: str) -> str:
    """An order of two that left, and that the server will never take as it is."""
    order_id = world.orders.new_order([("TN1", 2, "")], reference="BC-7", round_up=False).submit().summary.order_id
    world.sent(order_id)
    decision = world.decision(order_id, 1, DeliveryState.ATTENTION, reason=reason)
    assert world.repository.apply_outcome(decision, world.now())
    return order_id


def lost(world: DeskWorld, reason: str = "history-lost") -> str:
    """An order that was accepted and that a person is asked about."""
    order_id = world.orders.new_order([("TN1", 2, "")], round_up=False).submit().summary.order_id
    world.accept(order_id)
    assert LostAnswers(world.desk.connection).ask_person(answered(world), reason, world.now())
    return order_id


def answered(world: DeskWorld) -> AnsweredMessage:
    return next(world.outbox.answered_since(START - LATER))[-1]


def shown(world: DeskWorld, order_id: str) -> list[tuple[str, int]]:
    """The lines a person sees of the order, as (sku, quantity)."""
    view = world.orders.get(order_id)
    return [(line.sku, line.quantity) for part in view.sub_orders or view.progress for line in part.lines]


@pytest.mark.parametrize("reason", ["key-reused", "already-accepted", "superseded"])
def test_theirs_is_shown_with_their_lines_under_their_number(world: DeskWorld, reason: str) -> None:
    order_id = stuck(world, reason)
    with pytest.raises(ActionNotPossible):
        world.orders.exits.take(order_id, Exit.TAKE_THEIRS)
    world.feed(in_the_books(order_id))
    world.desk.connection.execute("UPDATE outbox SET state = 'attention', next_try = NULL")
    with pytest.raises(ActionNotPossible):
        world.orders.cancel(order_id)
    view = world.orders.exits.take(order_id, Exit.TAKE_THEIRS)
    summary = view.summary
    assert (summary.status, summary.order_no, summary.delivery_state) == (Status.ACCEPTED, "4500077", "done")
    assert (shown(world, order_id), str(view.totals.total)) == ([("TN1", 5)], "566.94")
    assert (view.history[-1].code, world.outbox.rows()) == ("closed-by-books", [])
    assert world.orders.cancel(order_id).summary.status is Status.ACCEPTED


def test_my_lines_go_into_a_new_draft_and_theirs_stays(world: DeskWorld) -> None:
    order_id = stuck(world, "key-reused")
    world.feed(in_the_books(order_id))
    world.desk.connection.execute("UPDATE outbox SET state = 'attention', next_try = NULL")
    draft = world.orders.exits.take(order_id, Exit.AS_NEW)
    assert (draft.summary.status, draft.summary.reference) == (Status.DRAFT, "BC-7")
    assert draft.summary.order_id != order_id
    assert (shown(world, draft.summary.order_id), shown(world, order_id)) == ([("TN1", 2)], [("TN1", 5)])
    world.orders.submit(draft.summary.order_id)


def test_an_order_that_is_in_no_books_is_cancelled_when_its_lines_go_into_a_new_draft(world: DeskWorld) -> None:
    order_id = stuck(world, "superseded")
    draft = world.orders.exits.take(order_id, Exit.AS_NEW)
    assert world.orders.get(order_id).summary.status is Status.CANCELLED
    assert [row.subject for row in world.outbox.rows()] == []
    assert dict(world.orders.get(order_id).history[-1].params) == {
        "desk_no": draft.summary.desk_no,
        "by": "Nadia Perrot",
    }


def test_a_stuck_order_leaves_once_more_after_a_look_up(world: DeskWorld) -> None:
    order_id = stuck(world, "status-500")
    world.desk.connection.execute("UPDATE outbox SET attempts = 7")
    view = world.orders.exits.take(order_id, Exit.RESEND)
    (row,) = world.outbox.due(world.now())
    assert (row.state, row.attempts, view.summary.reason) == (DeliveryState.IN_DOUBT, 0, "")
    assert view.ways_out == ()


def test_an_order_the_server_lost_is_left_as_it_is(world: DeskWorld) -> None:
    order_id = lost(world)
    assert world.orders.get(order_id).ways_out == ("leave", "resend")
    with pytest.raises(ActionNotPossible):
        world.orders.cancel(order_id)
    view = world.orders.exits.take(order_id, Exit.LEAVE)
    assert (view.summary.delivery_state, view.summary.reason, view.history[-1].code) == ("done", "", "left-as-is")
    assert view.ways_out == ()
    assert world.orders.cancel(order_id).summary.status is Status.ACCEPTED


def test_an_order_the_server_lost_is_sent_again_with_its_answer(world: DeskWorld) -> None:
    order_id = lost(world)
    answer = answered(world).answer
    world.desk.connection.execute("UPDATE outbox SET receipt = 'v1.r'")
    view = world.orders.exits.take(order_id, Exit.RESEND)
    (row,) = world.outbox.due(world.now())
    assert (row.state, row.earlier, row.receipt) == (DeliveryState.PENDING, answer, "v1.r")
    assert (view.asked_again, view.summary.status) == (True, Status.ACCEPTED)


def test_a_new_answer_is_taken_by_looking_it_up(world: DeskWorld) -> None:
    order_id = lost(world, "answer-changed")
    world.orders.exits.take(order_id, Exit.TAKE_THEIRS)
    (row,) = world.outbox.due(world.now())
    assert (row.subject, row.state, row.earlier) == (order_id, DeliveryState.IN_DOUBT, None)


def test_a_wish_to_cancel_that_gets_nowhere_is_given_up(world: DeskWorld) -> None:
    order_id = world.orders.new_order([("TN1", 2, "")], round_up=False).submit().summary.order_id
    world.accept(order_id)
    world.orders.cancel(order_id)
    world.desk.connection.execute("UPDATE outbox SET state = 'attention', reason = 'not-found' WHERE kind = 'cancel'")
    assert world.orders.get(order_id).ways_out == ("resend", "leave")
    world.orders.exits.take(order_id, Exit.LEAVE)
    assert world.outbox.rows() == []
    world.orders.cancel(order_id)


def test_an_order_of_another_desk_that_was_lost_can_be_made_again(world: DeskWorld) -> None:
    world.feed(in_the_books("other"))
    world.writer.exchange([], msgspec.structs.replace(world.checkpoint(), epoch="e2"), world.now())
    assert world.orders.get("other").ways_out == ("as-new",)
    with pytest.raises(ActionNotPossible):
        world.orders.cancel("other")
    draft = world.orders.exits.take("other", Exit.AS_NEW)
    assert shown(world, draft.summary.order_id) == [("TN1", 5)]
    assert world.orders.get("other").summary.reason == "history-lost"


def test_nothing_happens_to_what_is_not_stuck(world: DeskWorld) -> None:
    order_id = world.orders.new_order([("TN1", 2, "")], round_up=False).submit().summary.order_id
    for way in Exit:
        with pytest.raises(ActionNotPossible):
            world.orders.exits.take(order_id, way)
