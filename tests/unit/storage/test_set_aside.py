"""One row that cannot be read keeps nobody from the others, and none of its bytes is lost."""

import pytest

from desktop_app.domain.order import DeliveryState
from desktop_app.storage.set_aside import SetAside, Sieve
from tests.support.desk_world import START, WORKED_EXAMPLE, DeskWorld


def submitted(world: DeskWorld, reference: str) -> str:
    order = world.orders.new_order(WORKED_EXAMPLE, reference=reference, round_up=False)
    order.submit()
    return order.order_id


def sift(world: DeskWorld) -> int:
    return Sieve(world.desk.connection, world.now()).run()


def everything(world: DeskWorld) -> dict[str, list[tuple[object, ...]]]:
    tables = ("orders", "order_lines", "outbox", "journal")
    return {table: world.desk.connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def test_what_can_be_read_stays_as_it_is(world: DeskWorld) -> None:
    submitted(world, "good")
    world.orders.new_draft("draft")
    before = everything(world)
    assert sift(world) == 0
    assert SetAside(world.desk.connection).rows() == []
    assert everything(world) == before
    assert [row.reference for row in world.repository.matching()] == ["draft", "good"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("delivery", b"{"),
        ("delivery", b'{"mode": "by-balloon"}'),
        ("status", "teleported"),
        ("total", "a lot"),
        ("updated_at", "yesterday"),
        ("cancel_wish", b"\xff"),
        ("revision", "two"),
    ],
)
def test_an_order_goes_whole_and_the_others_are_listed(world: DeskWorld, column: str, value: object) -> None:
    bad, good = submitted(world, "bad"), submitted(world, "good")
    (message,) = [row for row in world.outbox.rows() if row.subject == bad]
    world.desk.connection.execute(f"UPDATE orders SET {column} = ? WHERE order_id = ?", (value, bad))
    assert sift(world) > 3
    assert [row.order_id for row in world.repository.matching()] == [good]
    rows = SetAside(world.desk.connection).rows()
    assert {row.table for row in rows} == {"orders", "order_lines", "outbox", "journal"}
    assert {row.key for row in rows} == {bad}
    contents = {row.table: row.content for row in rows}
    assert contents["orders"][column] == value
    assert contents["outbox"]["body"] == message.body
    assert world.desk.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert sift(world) == 0


def test_a_text_that_is_no_utf_8_is_kept_with_its_bytes(world: DeskWorld) -> None:
    bad, good = submitted(world, "bad"), submitted(world, "good")
    world.desk.connection.execute("UPDATE orders SET reference = CAST(? AS TEXT) WHERE order_id = ?", (b"caf\xe9", bad))
    assert sift(world)
    assert [row.order_id for row in world.repository.matching()] == [good]
    (order,) = [row for row in SetAside(world.desk.connection).rows() if row.table == "orders"]
    assert (order.content["reference"], order.reason) == (b"caf\xe9", "ValueError: reference is no UTF-8")


def test_a_key_that_is_no_utf_8_goes_too(world: DeskWorld) -> None:
    submitted(world, "good")
    world.desk.connection.execute(
        "INSERT INTO journal SELECT CAST(? AS TEXT), 1, at, source, code, params FROM journal LIMIT 1", (b"\xe9",)
    )
    assert sift(world) == 1
    assert sift(world) == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [("state", "teleported"), ("next_try", "soon"), ("attempts", "few"), ("picture", b"no picture")],
)
def test_a_message_whose_bytes_are_there_stays_in_the_queue_and_is_looked_up(
    world: DeskWorld, column: str, value: object
) -> None:
    order_id = submitted(world, "bad")
    (before,) = world.outbox.rows()
    world.desk.connection.execute(f"UPDATE outbox SET {column} = ?", (value,))
    assert sift(world) == 1
    (after,) = world.outbox.rows()
    assert (after.id, after.body, after.sha256) == (before.id, before.body, before.sha256)
    assert after.state is DeliveryState.IN_DOUBT
    # A byte may have left: it is never taken back without asking.
    assert after.first_try_at is not None
    (kept,) = SetAside(world.desk.connection).rows()
    assert (kept.key, kept.content[column]) == (f"{order_id}/{before.id}", value)
    assert sift(world) == 0


def test_a_message_of_an_unknown_kind_is_set_aside(world: DeskWorld) -> None:
    submitted(world, "bad")
    world.desk.connection.execute("UPDATE outbox SET kind = 'telegram'")
    assert sift(world) == 1
    assert world.outbox.rows() == []


def test_a_line_goes_alone_and_its_order_says_so(world: DeskWorld) -> None:
    draft = world.orders.new_order(WORKED_EXAMPLE, reference="bad", round_up=False)
    world.desk.connection.execute("UPDATE order_lines SET quantity = 'many' WHERE sku = 'MF9'")
    assert sift(world) == 1
    assert [row.sku for row in world.repository.lines(draft.order_id)] == ["TN1", "BK1"]
    entry = world.orders.get(draft.order_id).history[-1]
    assert (entry.code, dict(entry.params)) == ("line-set-aside", {"sku": "MF9"})


def test_a_note_of_the_history_that_makes_no_sense_goes_alone(world: DeskWorld) -> None:
    order_id = submitted(world, "bad")
    world.desk.connection.execute("UPDATE journal SET params = '[]' WHERE code = 'created'")
    assert sift(world) == 1
    assert [entry.code for entry in world.orders.get(order_id).history] == ["submitted"]


def test_what_is_in_a_file_waits_for_nobody(world: DeskWorld) -> None:
    submitted(world, "bad")
    world.desk.connection.execute("UPDATE journal SET params = '[]' WHERE code = 'created'")
    sift(world)
    aside = SetAside(world.desk.connection)
    assert aside.waiting() == 1
    aside.exported(START)
    assert (aside.waiting(), len(aside.rows())) == (0, 1)
