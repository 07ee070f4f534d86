"""What the terms were before: kept with its time, whole or not at all, and let go of in the end."""

from datetime import datetime, timedelta

import msgspec
import pytest

from desktop_app.contract.wire import Checkpoint, Del, Put
from desktop_app.storage import term_history
from desktop_app.storage.database import IntegrityError
from desktop_app.storage.term_history import KEPT_FOR, TermHistory
from tests.support.desk_world import DeskWorld, put

TERM = {"step": "base", "unit": "%", "buyer": "all", "product": "all"}
AGREEMENT = {
    "id": "R1",
    "buyer": "all",
    "start": "2026-01-01",
    "end": "2026-12-31",
    "tiers": [{"turnover_from": "0", "percent": "1"}],
}


def term(value: str, name: str = "A", **more: object) -> Put:
    return put("terms", name, {"id": name, "value": value, **TERM, **more})


def ended(world: DeskWorld, since: datetime, collection: str = "terms") -> list[tuple[str, str]]:
    rows = TermHistory(world.desk.connection).ended_after(since, collection)
    return [(row.id, msgspec.json.decode(row.doc).get("value", "")) for row in rows]


def begun(world: DeskWorld, since: datetime) -> set[str]:
    return TermHistory(world.desk.connection).begun_after(since)


def exchange(world: DeskWorld, *lines: Put) -> None:
    world.writer.exchange(lines, Checkpoint("c", False, "e2", world.time, 900), world.now())


def test_what_was_there_from_the_start_is_not_new(world: DeskWorld) -> None:
    assert begun(world, world.time - timedelta(days=9)) == set()
    known = TermHistory(world.desk.connection).known_since()
    assert known is not None
    assert known <= world.time


def test_a_document_replaced_or_withdrawn_is_kept_with_its_time(world: DeskWorld) -> None:
    world.feed(term("1"))
    between = world.now()
    world.feed(term("2"))
    world.feed(Del("terms", "A"))
    first, second = TermHistory(world.desk.connection).ended_after(between)
    assert [msgspec.json.decode(row.doc)["value"] for row in (first, second)] == ["1", "2"]
    assert first.since is not None
    assert first.since < between < first.until == second.since
    assert ended(world, second.until) == []


def test_agreements_are_kept_too_and_nothing_else_is(world: DeskWorld) -> None:
    start = world.now()
    world.feed(put("agreements", "R1", AGREEMENT), put("account", "D42", world.dealer))
    world.feed(put("agreements", "R1", {**AGREEMENT, "label": "RFA"}), put("account", "D42", world.dealer))
    assert [row_id for row_id, _ in ended(world, start, "agreements")] == ["R1"]
    assert world.desk.connection.execute("SELECT DISTINCT collection FROM term_history").fetchall() == [("agreements",)]


def test_what_others_used_up_and_what_comes_again_is_no_change(world: DeskWorld) -> None:
    world.feed(term("1", stock_cap=9))
    start = world.now()
    world.feed(term("1", stock_cap=9, stock_used=4), term("1", stock_cap=9, stock_used=5))
    assert (ended(world, start), begun(world, start)) == ([], set())


def test_a_damaged_version_ends_nothing(world: DeskWorld) -> None:
    world.feed(term("1"))
    start = world.now()
    world.feed(term("much"))
    assert (ended(world, start), begun(world, start)) == ([], set())
    world.feed(term("2"))
    assert ended(world, start) == [("A", "1")]


def test_a_complete_reading_is_compared_row_by_row(world: DeskWorld) -> None:
    world.feed(term("1"), term("1", "B"), term("1", "C"), put("agreements", "R1", AGREEMENT))
    start = world.now()
    exchange(
        world, term("1"), term("2", "B"), term("1", "D"), put("agreements", "R1", dict(reversed(AGREEMENT.items())))
    )
    kept = dict(ended(world, start))
    assert {name: kept[name] for name in ("B", "C")} == {"B": "1", "C": "1"}
    assert kept.keys() >= {"G30", "N612"}
    assert "A" not in kept
    assert begun(world, start) == {"B", "D"}
    assert ended(world, start, "agreements") == []


def test_history_is_written_with_the_change_or_not_at_all(world: DeskWorld) -> None:
    world.feed(term("1"))
    start = world.now()
    world.desk.connection.execute("CREATE TRIGGER no BEFORE INSERT ON cursors BEGIN SELECT raise(ABORT, 'no'); END")
    with pytest.raises(IntegrityError):
        world.feed(term("2"))
    assert (ended(world, start), begun(world, start)) == ([], set())


def test_the_old_goes_after_400_days_and_is_not_promised_any_more(world: DeskWorld) -> None:
    world.feed(term("1"))
    world.feed(term("2"))
    gone = world.time
    world.time += KEPT_FOR + timedelta(days=1)
    world.feed(term("3"))
    history = TermHistory(world.desk.connection)
    assert ended(world, gone - timedelta(days=1)) == [("A", "2")]
    known = history.known_since()
    assert known is not None
    assert gone - timedelta(seconds=1) < known <= gone


def test_a_manufacturer_who_changes_everything_does_not_fill_the_disk(
    world: DeskWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(term_history, "MOST_KEPT", 5)
    start = world.now()
    for value in range(20):
        world.feed(term(str(value)))
    assert ended(world, start) == [("A", str(value)) for value in range(14, 19)]
    oldest = TermHistory(world.desk.connection).ended_after(start)[0]
    known = TermHistory(world.desk.connection).known_since()
    assert known is not None
    assert known == oldest.since
