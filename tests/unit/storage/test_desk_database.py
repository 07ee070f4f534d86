"""desk.db: encrypted, whole after any end, backed up, and shared between a desktop and a command."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.storage import desk_database
from desktop_app.storage.database import open_encrypted
from desktop_app.storage.desk_database import BACKUPS_KEPT, DeskDatabase, moment_text, optional_moment
from desktop_app.storage.journal import Journal
from tests.support.desk_world import KEY, START


class Clock:
    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time


def opened(folder: Path, clock: Clock | None = None) -> DeskDatabase:
    return DeskDatabase(folder / "desk.db", KEY, now=clock or Clock())


def test_nothing_readable_lies_on_disk(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    with desk.transaction():
        Journal(desk.connection).add("order", START, "confidential-words")
    desk.close()
    for path in tmp_path.iterdir():
        assert b"confidential-words" not in path.read_bytes()
        assert not path.read_bytes().startswith(b"SQLite format 3")


def test_another_key_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    opened(tmp_path).close()
    before = (tmp_path / "desk.db").read_bytes()
    with pytest.raises(StorageFailed, match="key does not fit"):
        DeskDatabase(tmp_path / "desk.db", bytes(32), now=Clock())
    assert (tmp_path / "desk.db").read_bytes() == before


def test_a_command_beside_an_open_desktop_reads_and_writes(tmp_path: Path) -> None:
    desktop, command = opened(tmp_path), opened(tmp_path)
    with command.transaction():
        Journal(command.connection).add("order", START, "from-command")
    with desktop.transaction():
        Journal(desktop.connection).add("order", START, "from-desktop")
    codes = [code for _, _, code, _ in Journal(command.connection).entries("order")]
    assert codes == ["from-command", "from-desktop"]
    desktop.close()
    command.close()


def test_an_unfinished_transaction_leaves_nothing(tmp_path: Path) -> None:
    desk = opened(tmp_path)

    def half() -> None:
        with desk.transaction():
            Journal(desk.connection).add("order", START, "half")
            raise EOFError

    with pytest.raises(EOFError):
        half()
    assert Journal(desk.connection).entries("order") == []
    desk.close()


def test_one_backup_a_day_and_the_last_seven_stay(tmp_path: Path) -> None:
    clock = Clock()
    desk = opened(tmp_path, clock)
    with desk.transaction():
        Journal(desk.connection).add("order", START, "kept")
    assert desk.back_up_daily()
    assert not desk.back_up_daily()
    for _ in range(BACKUPS_KEPT + 2):
        clock.time += timedelta(days=1)
        assert desk.back_up_daily()
    backups = desk.backups()
    assert len(backups) == BACKUPS_KEPT
    assert backups[-1].name.startswith(f"desk-{clock.time:%Y-%m-%d}")
    copy = open_encrypted(backups[-1], KEY)
    assert [code for _, _, code, _ in Journal(copy).entries("order")] == ["kept"]
    copy.close()
    desk.close()


def test_a_change_of_shape_is_preceded_by_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = opened(tmp_path)
    with desk.transaction():
        Journal(desk.connection).add("order", START, "before")
    assert desk.backups() == []
    # As a file of the version before: the shape this program knows is newer by one.
    desk.close()
    monkeypatch.setattr(desk_database, "DESK_SCHEMA", desk_database.DESK_SCHEMA + 1)
    again = opened(tmp_path)
    assert len(again.backups()) == 1
    assert [code for _, _, code, _ in Journal(again.connection).entries("order")] == ["before"]
    again.close()


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(tmp_path).close()
    monkeypatch.setattr(desk_database, "DESK_SCHEMA", 0)
    with pytest.raises(StorageFailed, match="newer version"):
        opened(tmp_path)


def test_moments_sort_as_texts_whatever_their_offset() -> None:
    paris = timezone(timedelta(hours=2))
    moments = [datetime(2026, 6, 9, 9, 59, tzinfo=paris), START, START + timedelta(microseconds=1)]
    texts = [moment_text(moment) for moment in moments]
    assert texts == sorted(texts)
    assert optional_moment(texts[0]) == moments[0]
    assert optional_moment(None) is None
    assert datetime.fromisoformat(texts[1]).tzinfo == UTC
