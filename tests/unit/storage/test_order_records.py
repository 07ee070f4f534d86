"""What the manufacturer tells about orders moves them here, and lists those of the account's other desks."""

from datetime import datetime, timedelta

import msgspec
import pytest

from desktop_app.contract.orders import HistoryEntry, OrderRecord, RecordLine, RecordSubOrder, TotalsDoc
from desktop_app.contract.wire import Del, Put
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import UnknownOrder
from desktop_app.storage.account_writer import AccountApplied
from desktop_app.storage.order_records import OrderRecords
from tests.support.desk_world import START, DeskWorld, put


def record(order_id: str, status: Status = Status.CONFIRMED, *, revision: int = 1, desk_no: str = "B-9") -> Put:
    totals = TotalsDoc("91.99", "0.00", "12.50", "0.00", {"20": "20.90"}, "125.39")
    line = RecordLine("TN1", "Toner noir 12k", 1, "91.9894", "91.99", confirmed=1)
    part = RecordSubOrder("N", [line], "91.99", "0.00", "12.50", "0.00", {"20": "20.90"}, "125.39", "0.46")
    document = OrderRecord(
        order_id,
        "4500077",
        revision,
        status,
        START,
        [part],
        totals,
        "0.46",
        desk_no=desk_no,
        reference="autre",
        history=[HistoryEntry(START, "confirmed", "N", "TN1", 1)],
    )
    return put("orders", order_id, msgspec.to_builtins(document))


def mine(world: DeskWorld) -> str:
    view = world.orders.new_order([("TN1", 1, "")], reference="mine", round_up=False).submit()
    world.accept(view.summary.order_id)
    return view.summary.order_id


def test_an_order_of_this_desk_follows_and_keeps_what_was_made_here(world: DeskWorld) -> None:
    order_id = mine(world)
    applied = world.feed(record(order_id, Status.SHIPPED))
    assert applied.changed_orders == (order_id,)
    assert applied.agrees is True
    view = world.orders.get(order_id)
    assert (view.summary.status, view.summary.order_no, view.summary.delivery_state) == ("shipped", "4500077", "done")
    assert (view.summary.reference, view.summary.desk_no) == ("mine", "B-2026-0001")
    assert view.progress[0].lines[0].confirmed == 1
    codes = [(entry.source, entry.code) for entry in view.history]
    assert ("manufacturer", "status-received") in codes
    assert ("manufacturer", "confirmed") in codes


def test_an_older_revision_of_the_record_moves_nothing(world: DeskWorld) -> None:
    order_id = mine(world)
    world.desk.connection.execute("UPDATE orders SET revision = 2 WHERE order_id = ?", (order_id,))
    world.feed(record(order_id, Status.CONFIRMED, revision=1))
    assert world.orders.get(order_id).summary.status == "accepted"


def test_orders_of_other_desks_are_listed_and_cannot_be_edited(world: DeskWorld) -> None:
    applied = world.feed(record("other-1", desk_no="B-2026-0001"))
    assert applied.changed_orders == ("other-1",)
    (order,) = world.orders.list()
    assert (order.order_no, order.reference, order.status, order.delivery_state) == (
        "4500077",
        "autre",
        "confirmed",
        "done",
    )
    assert (order.lines, str(order.total)) == (1, "125.39")
    view = world.orders.get("4500077")
    assert view.sub_orders == ()
    assert str(view.totals.total) == "125.39"
    own = world.orders.new_draft()
    assert own.desk_no == "B-2026-0001"
    assert world.orders.get("B-2026-0001").summary.order_id == own.order_id


def test_what_is_no_longer_visible_goes_unless_it_was_made_here(world: DeskWorld) -> None:
    order_id = mine(world)
    world.feed(record("other-1"), record(order_id))
    applied = world.feed(Del("orders", "other-1", "revoked"), Del("orders", order_id, "revoked"))
    assert applied.agrees is True
    assert applied.changed_orders == ("other-1",)
    assert [order.order_id for order in world.orders.list()] == [order_id]


def test_an_exchange_tells_which_orders_differ(world: DeskWorld) -> None:
    order_id = mine(world)
    world.feed(record(order_id), record("other-1"), record("gone"))
    kept = world.desk.connection.execute("SELECT rev FROM feed_rows WHERE id = 'other-1'").fetchone()[0]
    same = msgspec.structs.replace(record("other-1"), rev=kept)
    moved = msgspec.structs.replace(record(order_id, Status.INVOICED), rev=kept + 50)
    applied = world.writer.exchange([same, moved], world.checkpoint(), world.now())
    assert set(applied.changed_orders) >= {order_id, "gone"}
    assert world.orders.get(order_id).summary.status == "invoiced"
    assert {order.order_id for order in world.orders.list()} == {order_id, "other-1"}


def test_a_record_that_names_another_order_is_set_aside(world: DeskWorld) -> None:
    stranger = record("one")
    applied = world.feed(Put("orders", "two", 1, stranger.d))
    assert [bad.id for bad in applied.bad_rows] == ["two"]
    assert world.orders.list() == ()
    assert OrderRecords(world.desk.connection).get("two") is None


def test_a_late_answer_does_not_set_back_what_the_feed_told(world: DeskWorld) -> None:
    order_id = world.orders.new_order([("TN1", 1, "")], round_up=False).submit().summary.order_id
    world.feed(record(order_id, Status.CONFIRMED))
    assert world.orders.get(order_id).summary.status == "confirmed"
    assert len(world.outbox.rows()) == 1
    world.accept(order_id, order_no="4500077")
    view = world.orders.get(order_id)
    assert (view.summary.status, view.summary.delivery_state) == ("confirmed", "done")


def test_a_cancellation_of_another_desks_order_outlives_its_copy(world: DeskWorld) -> None:
    world.feed(record("other-1"))
    assert world.orders.cancel("other-1").summary.delivery_state == "pending"
    world.feed(record("other-1", Status.CONFIRMED))
    assert world.orders.get("other-1").summary.delivery_state == "pending"
    world.feed(Del("orders", "other-1", "revoked"))
    assert len(world.outbox.rows()) == 1
    assert [order.order_id for order in world.orders.list()] == ["other-1"]


def reread(world: DeskWorld, *rows: Put, epoch: str = "e2", now: datetime | None = None) -> AccountApplied:
    """The whole feed is read from its start, now in `epoch`."""
    checkpoint = msgspec.structs.replace(world.checkpoint(), epoch=epoch)
    return world.writer.exchange(rows, checkpoint, now or world.now())


def test_what_vanishes_with_the_server_s_history_is_kept_until_it_is_back(world: DeskWorld) -> None:
    order_id = mine(world)
    world.feed(record("other-1"), record(order_id, Status.SHIPPED))
    assert reread(world).changed_orders == ("other-1",)
    for name, reason in (("other-1", "history-lost"), (order_id, "")):
        view = world.orders.get(name)
        assert (view.summary.order_no, view.summary.reason) == ("4500077", reason)
        assert view.progress[0].lines[0].confirmed == 1
    reread(world, record("other-1", Status.CONFIRMED))
    assert world.orders.get("other-1").summary.reason == ""
    records = OrderRecords(world.desk.connection)
    assert records.last_known(order_id) is not None
    assert reread(world).changed_orders == ("other-1",)
    with pytest.raises(UnknownOrder):
        world.orders.get("other-1")


def test_what_was_lost_half_a_year_ago_goes(world: DeskWorld) -> None:
    order_id = mine(world)
    world.feed(record("other-1"), record(order_id))
    reread(world)
    reread(world, now=world.now() + timedelta(days=179))
    assert world.orders.get("other-1").summary.reason == "history-lost"
    reread(world, now=world.now() + timedelta(days=181))
    with pytest.raises(UnknownOrder):
        world.orders.get("other-1")
    assert OrderRecords(world.desk.connection).last_known(order_id) is None
    assert world.orders.get(order_id).summary.status == "confirmed"


def test_what_the_manufacturer_has_instead_keeps_the_number_of_this_desk(world: DeskWorld) -> None:
    order_id = mine(world)
    world.feed(record(order_id, desk_no=""))
    records = OrderRecords(world.desk.connection)
    theirs = records.get(order_id)
    assert theirs is not None
    records.take_theirs(theirs, world.now())
    row = world.repository.get(order_id)
    assert row is not None
    assert (row.origin, row.desk_no, row.order_no) == ("feed", "B-2026-0001", "4500077")
    assert world.repository.lines(order_id) == []


def test_a_file_put_back_to_before_the_accepted_revision_shows_what_was_accepted(world: DeskWorld) -> None:
    order_id = world.orders.new_order([("TN1", 60, "")], round_up=False).submit().summary.order_id
    world.outbox.record(world.decision(order_id, 1, DeliveryState.ATTENTION, answer={}), world.now())
    world.feed(record(order_id, Status.ACCEPTED, revision=2))
    view = world.orders.get(order_id)
    assert (view.summary.order_no, view.summary.revision, str(view.summary.total)) == ("4500077", 2, "125.39")
    assert view.summary.delivery_state is DeliveryState.DONE
    assert world.outbox.rows() == []
