"""Whatever goes wrong with desk.db has a name: locked, read-only, damaged."""

from pathlib import Path

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.storage.database import IntegrityError
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.journal import Journal
from tests.support.desk_world import KEY, START


def opened(folder: Path) -> DeskDatabase:
    return DeskDatabase(folder / "desk.db", KEY, now=lambda: START)


def test_a_file_another_program_keeps_locked(tmp_path: Path) -> None:
    one, other = opened(tmp_path), opened(tmp_path)
    other.connection.execute("PRAGMA busy_timeout = 1")
    with one.transaction(), pytest.raises(StorageFailed) as refused:
        Journal(other.connection).add("order", START, "blocked")
    assert refused.value.params["reason"] == "locked"
    assert refused.value.params["path"] == str(tmp_path / "desk.db")
    one.close()
    other.close()


def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageFailed, match="read-only"):
        Journal(desk.connection).add("order", START, "refused")
    desk.close()


def test_a_damaged_page_is_told_and_never_silently_passed_over(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    with desk.transaction():
        for number in range(2_000):
            Journal(desk.connection).add("order", START, "filling", {"number": str(number)})
    desk.close()
    path = tmp_path / "desk.db"
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4_096] = bytes(4_096)
    path.write_bytes(data)
    again = opened(tmp_path)
    with pytest.raises(StorageFailed):
        Journal(again.connection).entries("order")
    again.close()


def test_broken_constraints_stay_what_they_are(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.connection.execute("INSERT INTO state VALUES ('a', 'b')")
    with pytest.raises(IntegrityError):
        desk.connection.execute("INSERT INTO state VALUES ('a', 'c')")
    with pytest.raises(IntegrityError), desk.transaction():
        desk.connection.execute("INSERT INTO state VALUES ('a', 'c')")
    desk.close()
