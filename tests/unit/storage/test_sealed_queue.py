"""The queue read out sealed: all that has no answer, nothing else; what may be sent by others counts as maybe sent."""

from collections.abc import Sequence

import pytest

from desktop_app import sealing
from desktop_app.contract.sealed import Sealed, UnsentOrder
from desktop_app.contract.wire import FieldError
from desktop_app.domain.order import DeliveryState
from desktop_app.errors import ActionNotPossible
from desktop_app.storage.journal import Journal
from desktop_app.storage.sealed_queue import SealedQueue
from tests.support.desk_world import ACCOUNT, WORKED_EXAMPLE, DeskWorld

PRIVATE = bytes(range(1, 33))


def submitted(world: DeskWorld) -> str:
    return world.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id


def queue(world: DeskWorld) -> SealedQueue:
    return SealedQueue(world.desk.connection, server_id="s", account=ACCOUNT, client_instance="i")


def read_out(world: DeskWorld) -> Sequence[tuple[Sealed, UnsentOrder]]:
    found = queue(world)
    return list(found.sealed(found.rows(), world.now(), [sealing.public_key(PRIVATE)]))


def test_only_what_has_no_answer_is_read_out_held_orders_marked(world: DeskWorld) -> None:
    waits, held, done, asked = (submitted(world) for _ in range(4))
    world.orders.hold(held)
    world.accept(done)
    world.answer_terms_changed(asked, [], [FieldError("/totals", "price-changed")], "1.00")
    found = read_out(world)
    assert [(record.key, record.held) for record, _ in found] == [(f"{waits}/1", False), (f"{held}/1", True)]
    record, message = found[0]
    sent = world.outbox.get_order(waits, 1)
    assert sent is not None
    assert message.body == sent.body
    assert message.picture is None
    assert sealing.open_sealed(record, PRIVATE) == message
    assert (record.server_id, record.account, message.client_instance) == ("s", ACCOUNT, "i")


def test_a_wish_to_cancel_comes_behind_its_order(world: DeskWorld) -> None:
    order_id = submitted(world)
    world.sent(order_id)
    world.orders.cancel(order_id)
    other = submitted(world)
    assert [message.kind for _, message in read_out(world)] == ["order", "order", "cancel"]
    assert [message.order_id for _, message in read_out(world)] == [order_id, other, order_id]


def test_what_lies_in_a_file_may_have_left(world: DeskWorld) -> None:
    waits, held = submitted(world), submitted(world)
    world.orders.hold(held)
    found = queue(world)
    found.note_exported(found.rows(), world.now())
    (row,) = [row for row in world.outbox.headers() if row.order_id == waits]
    assert (row.state, row.reason) == (DeliveryState.IN_DOUBT, "exported")
    with pytest.raises(ActionNotPossible):
        world.orders.correct(waits)
    # What was held back leaves by nobody's hand but a person's: it stays in this one's.
    world.orders.correct(held)
    assert Journal(world.desk.connection).entries(waits)[-1][2] == "exported"
    before = world.outbox.rows()
    found.note_exported(found.rows(), world.now())
    assert world.outbox.rows() == before
