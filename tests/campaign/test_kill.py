"""The ledger of the killing campaign sees what was lost, doubled, stuck or told differently on the two sides."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.campaign.kill import Ledger, exported, handed_out, verdict


def seen(
    ledger: Ledger,
    kept: Mapping[str, tuple[str, str | None]],
    books: list[tuple[str, str, str]],
    queue: list[Any] | None = None,
) -> list[str]:
    """The kinds of what is violated; `kept` has (status, number) by order, `books` (order, number, status)."""
    rows = [
        {"order_id": order, "order_no": number, "status": status, "total": str(place)}
        for place, (order, number, status) in enumerate(books)
    ]
    desk = {
        order: {"order_id": order, "status": status, "order_no": number} for order, (status, number) in kept.items()
    }
    return sorted({words.partition(":")[0] for words in verdict(ledger, desk, rows, queue or [])})


def test_what_went_well_is_not_complained_of() -> None:
    kept = {"a": ("accepted", "1"), "b": ("cancelled", "2"), "c": ("cancelled", None), "d": ("draft", None)}
    books = [("a", "1", "accepted"), ("b", "2", "cancelled")]
    assert seen(Ledger({"a", "b", "c"}, {"b", "c"}), kept, books) == []


def test_an_announced_order_that_nobody_has_is_lost() -> None:
    assert seen(Ledger({"a"}), {"a": ("submitted", None)}, []) == ["apart", "lost"]
    assert seen(Ledger({"a"}), {}, []) == ["lost"]


def test_a_cancellation_that_was_announced_and_never_arrived_is_lost() -> None:
    assert seen(Ledger({"a"}, {"a"}), {"a": ("accepted", "1")}, [("a", "1", "accepted")]) == ["lost"]


def test_an_order_a_number_or_a_sum_twice_is_doubled() -> None:
    kept = {"a": ("accepted", "1"), "b": ("accepted", "1")}
    assert seen(Ledger(), kept, [("a", "1", "accepted"), ("a", "1", "accepted")][:2]) == ["apart", "doubled"]
    assert seen(Ledger(), kept, [("a", "1", "accepted"), ("b", "1", "accepted")]) == ["doubled"]


def test_what_is_still_queued_after_the_healthy_rounds_is_stuck() -> None:
    assert seen(Ledger(), {}, [], [{"order_id": "a"}]) == ["stuck"]


def test_what_is_handed_out_twice_or_never_is_seen(tmp_path: Path) -> None:
    (tmp_path / "orders-000001-00000000.csv").write_text("order_no,order_id\n1,a\n1,a\n2,b\n", encoding="utf-8")
    (tmp_path / "orders-000002-00000000.csv").write_text("order_no,order_id\n1,a\n", encoding="utf-8")
    books = [{"order_id": order, "status": "accepted"} for order in ("a", "b", "c")]
    files = exported(tmp_path)
    assert (files["a"], files["b"]) == (2, 1)
    assert [words.partition(":")[0] for words in handed_out(books, files)] == ["doubled", "lost"]
    assert list(handed_out([{"order_id": "c", "status": "cancelled"}], exported(tmp_path / "none"))) == []


def test_two_sides_that_tell_different_things_are_apart() -> None:
    assert seen(Ledger(), {"a": ("accepted", "1")}, [("a", "2", "accepted")]) == ["apart"]
    assert seen(Ledger(), {"a": ("cancelled", "1")}, [("a", "1", "accepted")]) == ["apart"]
    assert seen(Ledger(), {}, [("a", "1", "accepted")]) == ["apart"]
