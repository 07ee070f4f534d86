"""The account's feed: rows and cursor together, proved by counts and hash, bad rows set aside, exchanged whole."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.contract.wire import Checkpoint, Del, Put, hash_text, row_hash
from desktop_app.errors import StorageFailed
from desktop_app.storage.account_writer import AccountWriter
from desktop_app.storage.condition_repository import ConditionRepository
from desktop_app.storage.desk_database import DeskDatabase
from tests.support.desk_world import KEY, START, DeskWorld, put

SUMS = {
    **dict.fromkeys(("goods", "eco", "carriage", "fees", "total", "online_bonus"), "0.00"),
    "vat": {"20": "0.00"},
}
ORDER = {
    "order_id": "o1",
    "order_no": "C-1",
    "revision": 1,
    "status": "accepted",
    "received_at": "2026-06-09T08:00:00Z",
    "sub_orders": [],
    "totals": {name: sum_ for name, sum_ in SUMS.items() if name != "online_bonus"},
    "online_bonus": "0.00",
}
TERM = {"step": "base", "value": "1", "unit": "%", "buyer": "all", "product": "all"}


def term(name: str, **changed: str) -> Put:
    return put("terms", name, {"id": name, **TERM, **changed})


def names(world: DeskWorld) -> set[str]:
    return {one.id for one in ConditionRepository(world.desk.connection).conditions()}


def test_a_page_is_counted_hashed_and_remembered(world: DeskWorld) -> None:
    applied = world.feed(term("A"), term("B"), Del("terms", "G30"), Del("terms", "unknown"))
    assert applied.counts == {"terms": 4}
    assert applied.agrees is True
    assert applied.terms_changed
    assert names(world) == {"A", "B", "G35", "Q10", "P38", "N612", "B540"}
    position = world.state.position()
    assert position is not None
    assert position.version == world.version


def test_the_last_row_of_a_name_wins(world: DeskWorld) -> None:
    applied = world.feed(term("A", value="1"), term("A", value="2"), Del("terms", "B"), term("B"))
    assert applied.agrees is True
    values = {one.id: str(one.value) for one in ConditionRepository(world.desk.connection).conditions()}
    assert values["A"] == "2"


def test_a_page_with_more_to_come_is_not_compared(world: DeskWorld) -> None:
    applied = world.writer.apply([term("A")], world.checkpoint(more=True), world.now())
    assert applied.agrees is None
    assert not any(one.verified for one in world.state.sums())


def test_a_difference_to_the_server_is_noticed(world: DeskWorld) -> None:
    wrong = msgspec.structs.replace(world.checkpoint(), hash={"terms": hash_text(1)})
    assert world.writer.apply([], wrong, world.now()).agrees is False
    short = msgspec.structs.replace(world.checkpoint(), counts={"terms": 5}, hash={})
    assert world.writer.apply([], short, world.now()).agrees is False


@pytest.mark.parametrize(
    "document",
    [{"value": "1e400"}, {"value": "12,90"}, {"value": "-0"}, {"value": 12.5}, {"unit": "bushel"}, {"id": 3}],
)
def test_a_broken_row_keeps_the_last_good_one_and_the_others_are_taken(
    world: DeskWorld, document: dict[str, object]
) -> None:
    broken = put("terms", "G30", {"id": "G30", **TERM, **document})
    applied = world.feed(term("A"), broken, term("B"))
    ((collection, row_id, reason),) = [(bad.collection, bad.id, bad.reason) for bad in applied.bad_rows]
    assert (collection, row_id, bool(reason)) == ("terms", "G30", True)
    assert applied.agrees is True
    assert names(world) >= {"A", "B", "G30"}
    mended = world.feed(term("G30", value="7"))
    assert mended.bad_rows == ()
    assert ConditionRepository(world.desk.connection).defects() == []


@pytest.mark.parametrize(
    ("change", "rev"),
    [
        ({}, 1 << 70),
        ({}, -1),
        ({"revision": 1 << 70}, 2),
        ({"received_at": "0001-01-01T00:00:00+14:00"}, 2),
        ({"received_at": "2026-06-09T08:00:00"}, 2),
        ({"created_at": "9999-12-31T23:59:59-14:00"}, 2),
        ({"online_bonus": "much"}, 2),
        ({"history": [{"at": "9999-12-31T23:59:59Z", "state": "shipped"}]}, 2),
        ({"sub_orders": [{"wholesaler": "N", "lines": [], **SUMS, "vat": {"reduced": "1.00"}}]}, 2),
        ({"sub_orders": [{"wholesaler": "N", "lines": [], **SUMS, "goods": "1e400"}]}, 2),
    ],
)
def test_an_order_no_desk_could_show_is_set_aside(world: DeskWorld, change: dict[str, Any], rev: int) -> None:
    line = msgspec.structs.replace(put("orders", "o1", ORDER | change), rev=rev)
    applied = world.writer.apply([line, term("A")], world.checkpoint(), world.now())
    assert [bad.id for bad in applied.bad_rows] == ["o1"]
    assert "A" in names(world)
    assert world.orders.list() == ()


def test_unknown_collections_are_passed_over_but_counted(world: DeskWorld) -> None:
    lines: list[Put | Del] = [put("shipments", "x", {}), Del("messages", "y"), term("A")]
    applied = world.writer.apply(lines, world.checkpoint(), world.now())
    assert (applied.ignored, applied.counts) == (2, {"terms": 1})


def test_fields_of_a_later_version_survive(world: DeskWorld) -> None:
    world.feed(term("A", colour="petrol"))
    world.restart()
    (doc,) = world.desk.connection.execute("SELECT doc FROM feed_rows WHERE id = 'A'").fetchone()
    assert b'"colour":"petrol"' in doc


def test_a_page_that_cannot_be_written_changes_nothing(world: DeskWorld) -> None:
    before = (names(world), world.state.position(), world.state.sums())
    world.desk.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageFailed):
        world.feed(term("A"))
    world.desk.connection.execute("PRAGMA query_only = OFF")
    assert (names(world), world.state.position(), world.state.sums()) == before


def test_an_exchange_replaces_every_row_and_nothing_made_here(world: DeskWorld) -> None:
    session = world.orders.new_order([("TN1", 1, "")], reference="mine", round_up=False)
    session.submit()
    lines = [term("A"), put("account", "D42", world.dealer)]
    rows = {("terms", "A"): 1, ("account", "D42"): 1}
    checkpoint = Checkpoint(
        "fresh",
        False,
        "e2",
        world.time,
        900,
        {"terms": 1, "account": 1, "orders": 0},
        {"terms": hash_text(row_hash("A", 1)), "account": hash_text(row_hash("D42", rows["account", "D42"]))},
    )
    applied = world.writer.exchange(lines, checkpoint, world.now())
    assert applied.agrees is True
    assert names(world) == {"A"}
    position = world.state.position()
    assert position is not None
    assert (position.cursor, position.epoch) == ("fresh", "e2")
    assert [order.reference for order in world.orders.list()] == ["mine"]
    assert len(world.outbox.rows()) == 1


def test_an_exchange_that_is_cut_off_leaves_the_old_rows(world: DeskWorld) -> None:
    def cut_off() -> Iterator[Put]:
        yield term("A")
        raise EOFError

    before = names(world)
    with pytest.raises(EOFError):
        world.writer.exchange(cut_off(), world.checkpoint(), world.now())
    assert names(world) == before
    assert world.desk.connection.execute("SELECT count(*) FROM feed_staging").fetchone() == (0,)


def test_an_exchange_keeps_good_documents_of_rows_that_come_broken(world: DeskWorld) -> None:
    broken = put("terms", "G30", {"id": "G30"})
    applied = world.writer.exchange([broken, Del("terms", "X"), term("A")], world.checkpoint(), world.now())
    assert [bad.id for bad in applied.bad_rows] == ["G30"]
    assert applied.agrees is False
    assert names(world) == {"G30", "A"}


changes = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.one_of(st.none(), st.integers(1, 99))), min_size=1, max_size=12
)


@settings(max_examples=25)
@given(pages=st.lists(changes, min_size=1, max_size=4))
def test_the_running_sums_equal_a_count_from_nothing(pages: list[list[tuple[str, int | None]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = DeskDatabase(Path(folder) / "desk.db", KEY, now=lambda: START)
        writer, rows = AccountWriter(desk.connection), dict[str, int]()
        for page in pages:
            lines: list[Put | Del] = []
            for name, rev in page:
                lines.append(Del("terms", name) if rev is None else msgspec.structs.replace(term(name), rev=rev))
                if rev is None:
                    rows.pop(name, None)
                else:
                    rows[name] = rev
            told = hash_text(sum(row_hash(name, rev) for name, rev in rows.items()))
            checkpoint = Checkpoint("c", False, "e", START, 1, {"terms": len(rows)}, {"terms": told})
            assert writer.apply(lines, checkpoint, START).agrees is True
        desk.close()
