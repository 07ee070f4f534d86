"""Orders line by line on disk, and the one transaction in which an answer changes them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from desktop_app.domain.order import Delivery, DeliveryState, Status
from desktop_app.errors import StorageFailed
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_repository import fingerprint
from desktop_app.storage.order_rows import LineRow, OrderRow
from tests.support.desk_world import START, WORKED_EXAMPLE, DeskWorld


def order(world: DeskWorld, name: str = "o1") -> OrderRow:
    row = OrderRow(name, f"B-{name}", START, START)
    world.repository.create(row)
    return row


def test_lines_keep_their_places_and_change_one_by_one(world: DeskWorld) -> None:
    order(world)
    lines = [
        LineRow(1, 1.0, "TN1", 12, None, "N", Decimal("91.6185")),
        LineRow(2, 2.0, "PK5", 15, 12),
        LineRow(3, 1.5, "BK1", 1),
    ]
    world.repository.put_lines("o1", lines)
    assert world.repository.lines("o1") == [lines[0], lines[2], lines[1]]
    changed = LineRow(1, 9.0, "TN1", 13, None, "S")
    world.repository.put_lines("o1", [changed])
    world.repository.put_prices("o1", [(2, Decimal("4.0000"))])
    world.repository.delete_lines("o1", [3])
    world.restart()
    assert world.repository.lines("o1") == [LineRow(2, 2.0, "PK5", 15, 12, "", Decimal("4.0000")), changed]


def test_desk_numbers_are_never_given_twice(world: DeskWorld) -> None:
    assert [world.repository.next_desk_no(2026) for _ in range(2)] == ["B-2026-0001", "B-2026-0002"]
    world.restart()
    assert world.repository.next_desk_no(2026) == "B-2026-0003"
    assert world.repository.next_desk_no(2027) == "B-2027-0001"
    world.desk.connection.execute("UPDATE desk_numbers SET last = 12345 WHERE year = 2026")
    assert world.repository.next_desk_no(2026) == "B-2026-12346"


def test_a_draft_changed_since_it_was_read_is_not_written(world: DeskWorld) -> None:
    order(world)
    later = START + timedelta(seconds=1)
    assert world.repository.put_sums("o1", 1, Decimal("2.50"), seen=START, now=later)
    assert not world.repository.put_sums("o1", 2, Decimal("9"), seen=START, now=later)
    details = {"reference": "x", "end_client": "", "note": "", "delivery": Delivery()}
    assert not world.repository.put_details("o1", **details, seen=START, now=later)  # type: ignore[arg-type]
    assert world.repository.put_details("o1", **details, seen=later, now=later)  # type: ignore[arg-type]
    row = world.repository.get("o1")
    assert row is not None
    assert (row.line_count, row.total, row.reference) == (1, Decimal("2.50"), "x")


def test_the_fingerprint_ignores_the_order_of_lines() -> None:
    assert fingerprint([("A", 1), ("B", 2)]) == fingerprint([("B", 2), ("A", 1)])
    assert len({fingerprint(lines) for lines in ([("A", 1)], [("A", 2)], [("A", 1), ("A", 1)], [("A1", 1)], [])}) == 5


def submitted(world: DeskWorld) -> str:
    return world.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id


def test_an_outcome_changes_order_message_and_journal_together(world: DeskWorld) -> None:
    order_id = submitted(world)
    world.sent(order_id)
    decision = world.decision(
        order_id,
        1,
        DeliveryState.DONE,
        status=Status.ACCEPTED,
        order_no="45",
        answer={"order_no": "45"},
        journal=(("accepted", (("order_no", "45"),)),),
    )
    world.desk.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageFailed):
        world.repository.apply_outcome(decision, world.now())
    world.desk.connection.execute("PRAGMA query_only = OFF")
    assert world.orders.get(order_id).summary.delivery_state == "in_flight"
    assert world.repository.apply_outcome(decision, world.now())
    row = world.repository.get(order_id)
    assert row is not None
    assert (row.status, row.order_no, row.delivery_state) == (Status.ACCEPTED, "45", DeliveryState.DONE)
    assert world.repository.answer(order_id) is not None
    (*_, last) = Journal(world.desk.connection).entries(order_id)
    assert last[1:] == ("manufacturer", "accepted", (("order_no", "45"),))


def test_an_outcome_is_taken_once(world: DeskWorld) -> None:
    order_id = submitted(world)
    assert world.accept(order_id)
    late = world.decision(order_id, 1, DeliveryState.DONE, status=Status.REFUSED, answer={})
    assert not world.repository.apply_outcome(late, world.now())
    unknown = world.decision("nobody", 1, DeliveryState.DONE, status=Status.ACCEPTED, answer={})
    assert not world.repository.apply_outcome(unknown, world.now())
    row = world.repository.get(order_id)
    assert row is not None
    assert row.status is Status.ACCEPTED


def test_a_try_without_an_outcome_only_says_why(world: DeskWorld) -> None:
    order_id = submitted(world)
    world.sent(order_id)
    waiting = world.decision(
        order_id, 1, DeliveryState.WAITING, reason="busy", journal=(("send-failed", (("reason", "busy"),)),)
    )
    world.repository.apply_outcome(waiting, world.now())
    row = world.repository.get(order_id)
    assert row is not None
    assert (row.status, row.delivery_state, row.reason) == (Status.SUBMITTED, DeliveryState.WAITING, "busy")
    (*_, last) = Journal(world.desk.connection).entries(order_id)
    assert last[1:3] == ("desk", "send-failed")


def test_a_new_submission_follows_the_last_answered_revision(world: DeskWorld) -> None:
    order_id = submitted(world)
    assert world.repository.next_revision(order_id) == 2
    world.orders.withdraw(order_id)
    assert world.repository.next_revision(order_id) == 1
