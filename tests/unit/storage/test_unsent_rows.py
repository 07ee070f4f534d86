"""What has not left is read out whole and put back so that it is looked up before it is sent, and never twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from desktop_app.contract.sealed import UnsentOrder
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.storage.journal import Journal
from desktop_app.storage.unsent_rows import UnsentRow, UnsentRows
from tests.support.desk_world import ACCOUNT, START, WORKED_EXAMPLE, DeskWorld

SENDER = {"server_id": "s", "account": ACCOUNT, "client_instance": "i"}


@pytest.fixture
def other(tmp_path: Path) -> Iterator[DeskWorld]:
    """A desk that knows nothing of the first one's orders."""
    folder = tmp_path / "other"
    folder.mkdir()
    other = DeskWorld(folder)
    other._ids = 50
    yield other
    other.close()


def submitted(world: DeskWorld, reference: str = "") -> str:
    return world.orders.new_order(WORKED_EXAMPLE, reference=reference, round_up=False).submit().summary.order_id


def read_out(world: DeskWorld) -> list[tuple[UnsentRow, UnsentOrder]]:
    rows = UnsentRows(world.desk.connection)
    found = [(row, rows.content(row, **SENDER)) for row in rows.unsettled()]
    return [(row, content) for row, content in found if content is not None]


def put_back(world: DeskWorld, content: UnsentOrder, *, held: bool = False) -> bool:
    return UnsentRows(world.desk.connection).put_back(content, held=held, now=world.now())


def test_an_order_comes_back_in_another_file_with_bytes_lines_and_picture(world: DeskWorld, other: DeskWorld) -> None:
    order_id = submitted(world, "REF 7")
    before = world.orders.get(order_id)
    ((row, content),) = read_out(world)
    assert row == UnsentRow(f"{order_id}/1", order_id, row.since)
    assert put_back(other, content)
    assert not put_back(other, content)
    back = other.orders.get(order_id)
    assert back.summary.delivery_state is DeliveryState.IN_DOUBT
    assert (back.summary.status, back.summary.desk_no) == (Status.SUBMITTED, before.summary.desk_no)
    assert (back.summary.reference, back.summary.total) == ("REF 7", before.summary.total)
    assert back.sub_orders == before.sub_orders
    assert [code for _, _, code, _ in Journal(other.desk.connection).entries(order_id)] == ["recovered"]
    was, now = world.outbox.get_order(order_id, 1), other.outbox.get_order(order_id, 1)
    assert was is not None
    assert now is not None
    assert (now.body, now.sha256) == (was.body, was.sha256)


def test_no_desk_number_is_given_again(world: DeskWorld, other: DeskWorld) -> None:
    for _ in range(3):
        submitted(world)
    for _, content in read_out(world):
        put_back(other, content)
    assert other.orders.new_draft().desk_no == "B-2026-0004"


def test_a_number_given_again_meanwhile_stops_no_order(world: DeskWorld, other: DeskWorld) -> None:
    submitted(other)
    order_id = submitted(world)
    ((_, content),) = read_out(world)
    assert put_back(other, content)
    assert other.orders.get(order_id).summary.desk_no == "B-2026-0001-R"


def test_a_held_order_comes_back_held(world: DeskWorld, other: DeskWorld) -> None:
    order_id = submitted(world)
    world.orders.hold(order_id)
    ((row, content),) = read_out(world)
    assert row.held
    put_back(other, content, held=True)
    assert other.orders.get(order_id).summary.delivery_state is DeliveryState.HELD
    other.orders.release(order_id)
    assert other.outbox.due(other.now())


def test_a_wish_and_a_request_to_cancel_come_back(world: DeskWorld, other: DeskWorld) -> None:
    wished, accepted = submitted(world), submitted(world)
    world.sent(wished)
    world.orders.cancel(wished)
    world.accept(accepted)
    world.orders.cancel(accepted)
    contents = read_out(world)
    assert sorted(row.order_id for row, _ in contents) == sorted([wished, wished, accepted])
    for row, content in contents:
        assert row.key.startswith(f"{row.order_id}/")
        assert put_back(other, content)
        assert not put_back(other, content)
    order = other.repository.get(wished)
    assert order is not None
    assert order.cancel_wished
    (request,) = [row for row in other.outbox.rows() if row.subject == accepted]
    assert (request.kind, request.state) == ("cancel", DeliveryState.IN_DOUBT)


def test_a_draft_of_a_backup_becomes_the_order_it_was(world: DeskWorld) -> None:
    session = world.orders.new_order([("TN1", 1, "")], round_up=False)
    connection = world.desk.connection
    world.desk.connection.execute("SAVEPOINT before")
    session.submit()
    ((_, content),) = read_out(world)
    connection.execute("ROLLBACK TO before")
    connection.execute("RELEASE before")
    assert world.orders.get(session.order_id).summary.status is Status.DRAFT
    assert put_back(world, content)
    assert world.orders.get(session.order_id).summary.status is Status.SUBMITTED


def test_other_bytes_of_the_same_revision_give_way_to_the_copy(world: DeskWorld, other: DeskWorld) -> None:
    order_id = submitted(world)
    ((_, first),) = read_out(world)
    put_back(other, first)
    session = world.orders.correct(order_id)
    session.put_all([("TN1", 3, "")], round_up=False)
    session.submit()
    ((_, second),) = read_out(world)
    assert (second.order_id, second.revision, second.body != first.body) == (order_id, 1, True)
    assert put_back(other, second)
    message = other.outbox.get_order(order_id, 1)
    assert message is not None
    assert message.body == second.body


def test_a_queue_of_a_backup_sends_nothing_that_may_have_been_taken_back(world: DeskWorld) -> None:
    known, left, unknown, held = (submitted(world) for _ in range(4))
    world.sent(left)
    world.orders.hold(held)
    rows = UnsentRows(world.desk.connection)
    assert rows.after_backup({f"{known}/1"}, world.now()) == [unknown]
    states = {row.subject: row.state for row in world.outbox.rows()}
    in_doubt, kept = DeliveryState.IN_DOUBT, DeliveryState.HELD
    assert states == {known: in_doubt, left: in_doubt, unknown: kept, held: kept}


def test_what_is_settled_and_what_this_file_only_does_not_know(world: DeskWorld) -> None:
    answered, taken_back, waiting = (submitted(world) for _ in range(3))
    copied = world.now()
    world.accept(answered)
    world.orders.withdraw(taken_back)
    rows = UnsentRows(world.desk.connection)
    assert rows.is_settled(f"{answered}/1", copied)
    assert rows.is_settled(f"{taken_back}/1", copied)
    assert not rows.is_settled(f"{waiting}/1", copied)
    assert not rows.is_settled("never-heard-of/1", copied)
    # An order of which the copy knows more than this file, which was put back to an earlier state.
    assert not rows.is_settled(f"{waiting}/2", world.now() + timedelta(hours=1))


def test_many_orders_are_asked_for_at_once(world: DeskWorld) -> None:
    ids = [submitted(world), *(f"none-{number}" for number in range(1_200)), submitted(world)]
    assert [row.order_id for row in UnsentRows(world.desk.connection).of(ids)] == [ids[0], ids[-1]]
    assert UnsentRows(world.desk.connection).content(UnsentRow("gone/1", "gone", START), **SENDER) is None


def test_a_message_is_known_again_by_the_moment_it_was_queued(world: DeskWorld, other: DeskWorld) -> None:
    taken_back = submitted(world)
    ((_, content),) = read_out(world)
    world.orders.withdraw(taken_back)
    assert UnsentRows(world.desk.connection).had(content)
    assert not UnsentRows(other.desk.connection).had(content)
    later = msgspec.structs.replace(content, created_at=content.created_at + timedelta(microseconds=1))
    assert not UnsentRows(world.desk.connection).had(later)
