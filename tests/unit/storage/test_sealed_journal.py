"""The segments of the second copy: nothing that counts is lost, nothing settled comes back, no program waits."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import FileIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop_app.contract.sealed import Sealed, SealedTo
from desktop_app.errors import StorageFailed
from desktop_app.storage import sealed_journal
from desktop_app.storage.sealed_journal import SealedJournal

if TYPE_CHECKING:
    from typing_extensions import Buffer

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
TO = (SealedTo("ab" * 8, b"k" * 48),)
Begin = Callable[[], SealedJournal]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Begins another run of a program on the same folder."""
    numbers, runs = count(1), []

    def run() -> SealedJournal:
        runs.append(SealedJournal(tmp_path / "unsent", lambda: f"{next(numbers):04}"))
        return runs[-1]

    yield run
    for journal in runs:
        journal.close()


def order(name: str, minute: int = 0, box: bytes = b"box") -> Sealed:
    return Sealed(f"{name}/1", "order", NOW + timedelta(minutes=minute), "s", "D42", TO, b"n" * 12, box)


def settled(name: str, minute: int) -> Sealed:
    return Sealed(f"{name}/1", "void", NOW + timedelta(minutes=minute), "s", "D42")


def names(journal: SealedJournal) -> list[str]:
    return [record.key for record in journal.records()]


def test_nothing_is_made_before_there_is_something_to_keep(tmp_path: Path, begin: Begin) -> None:
    journal = begin()
    assert journal.records() == []
    assert not (tmp_path / "unsent").exists()


def test_what_was_kept_is_there_for_the_next_run(tmp_path: Path, begin: Begin) -> None:
    first = begin()
    first.append([order("a"), order("b", 1)])
    first.append([settled("a", 2)], durable=False)
    # Nothing is closed: a crash.
    again = begin()
    assert names(again) == ["b/1"]
    assert again.entry("a/1") is None
    entry = again.entry("b/1")
    assert entry is not None
    assert entry.readers == {"ab" * 8}
    assert [one.key for one in again.of("b")] == ["b/1"]


def test_a_file_cut_at_any_byte_keeps_all_before_and_is_not_written_on(tmp_path: Path, begin: Begin) -> None:
    journal = begin()
    journal.append([order("a"), order("b", 1)])
    (segment,) = (tmp_path / "unsent").iterdir()
    whole = segment.read_bytes()
    half = len(whole) // 2
    for place in range(len(whole)):
        segment.write_bytes(whole[:place])
        after = begin()
        assert names(after) == (["a/1"] if place >= half else [])
        assert after.health().damaged_bytes == place % half
    after.append([order("c", 2)])
    assert names(begin()) == ["a/1", "c/1"]
    assert segment.read_bytes() == whole[:-1]


def test_two_programs_see_and_settle_what_the_other_kept(tmp_path: Path, begin: Begin) -> None:
    one, other = begin(), begin()
    one.append([order("a")])
    other.append([order("b", 1)])
    assert names(one) == names(other) == ["a/1", "b/1"]
    other.append([settled("a", 2)])
    assert names(one) == ["b/1"]


def test_the_newest_record_counts_wherever_it_lies(tmp_path: Path, begin: Begin) -> None:
    one, other = begin(), begin()
    one.append([order("a", 0, b"old")])
    other.append([settled("a", 1)])
    one.append([order("a", 2, b"new")])
    assert [record.box for record in begin().records()] == [b"new"]


def test_records_are_dated_upwards_although_the_clock_goes_back(tmp_path: Path, begin: Begin) -> None:
    journal = begin()
    assert journal.moment(NOW) == NOW
    journal.append([order("a", 5)])
    assert journal.moment(NOW) > order("a", 5).at
    assert journal.moment(NOW + timedelta(minutes=6)) == NOW + timedelta(minutes=6)


def test_segments_go_when_nothing_in_them_counts(tmp_path: Path, begin: Begin) -> None:
    folder = tmp_path / "unsent"
    first = begin()
    first.append([order("a"), order("b", 1)])
    first.close()
    second = begin()
    second.refresh()
    second.append([settled("a", 2)])
    second.close()
    third = begin()
    third.refresh()
    third.prune()
    # The word that `a` is settled stays as long as `a` lies somewhere.
    assert len(list(folder.iterdir())) == 2
    assert names(begin()) == ["b/1"]
    third.append([settled("b", 3)])
    third.prune()
    assert [path.name for path in folder.iterdir()] == ["unsent-0003.seal"]
    assert names(begin()) == []


def test_a_segment_written_to_after_it_was_read_stays(begin: Begin) -> None:
    running, tidy = begin(), begin()
    running.append([order("a"), settled("a", 1)])
    tidy.refresh()
    running.append([order("b", 2)])
    tidy.prune()
    assert names(tidy) == ["b/1"]


def test_a_segment_removed_under_a_running_program_is_begun_anew(tmp_path: Path, begin: Begin) -> None:
    folder = tmp_path / "unsent"
    running, tidy = begin(), begin()
    running.append([order("a"), settled("a", 1)])
    tidy.refresh()
    tidy.prune()
    assert list(folder.iterdir()) == []
    running.append([order("b", 2)])
    assert names(begin()) == names(running) == ["b/1"]


def test_a_large_segment_is_left_for_a_small_one(tmp_path: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_journal, "CUT_OVER_BYTES", 2_000)
    folder = tmp_path / "unsent"
    journal = begin()
    journal.append([order(f"a{number}") for number in range(40)])
    journal.append([settled(f"a{number}", 1) for number in range(39)])
    journal.prune()
    assert [path.name for path in folder.iterdir()] == ["unsent-0002.seal"]
    assert names(journal) == names(begin()) == ["a39/1"]
    journal.append([order("b", 2)])
    assert names(begin()) == ["a39/1", "b/1"]


def test_where_it_cannot_be_written_it_is_said_and_tried_again(tmp_path: Path, begin: Begin) -> None:
    folder = tmp_path / "unsent"
    folder.write_bytes(b"a file in the way")
    journal = begin()
    with pytest.raises(StorageFailed):
        journal.append([order("a")])
    folder.unlink()
    journal.append([order("a")])
    assert names(begin()) == ["a/1"]


def test_a_full_disk_tears_no_later_record(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = begin()
    journal.append([order("a")])

    class Full(FileIO):
        def write(self, data: "Buffer", /) -> int:
            assert isinstance(data, bytes)
            return super().write(data[: len(data) // 2])

    monkeypatch.setattr(sealed_journal, "FileIO", Full)
    journal.close()
    with pytest.raises(StorageFailed) as failed:
        journal.append([order("b", 1)])
    assert failed.value.params["reason"] == "full"
    monkeypatch.undo()
    journal.append([order("c", 2)])
    assert names(journal) == names(begin()) == ["a/1", "c/1"]
