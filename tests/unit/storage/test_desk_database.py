"""desk.db: encrypted, whole after any end, backed up, and shared between a desktop and a command."""

import random
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.storage import desk_database
from desktop_app.storage.database import open_encrypted
from desktop_app.storage.desk_database import (
    BACKUPS_KEPT,
    DeskDatabase,
    found_desk,
    moment_text,
    optional_moment,
    settle,
)
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
    with pytest.raises(StorageFailed, match="key does not fit") as caught:
        DeskDatabase(tmp_path / "desk.db", bytes(32), now=Clock())
    assert caught.value.params["path"] == str(tmp_path / "desk.db")
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


def damaged(folder: Path, share: float = 0.9) -> None:
    """A few hundred journal entries; then the closed file is, from there on, not what was written."""
    desk = opened(folder)
    with desk.transaction():
        for number in range(500):
            Journal(desk.connection).add(f"order-{number}", START, "something-happened-to-this-order")
    desk.close()
    file = folder / "desk.db"
    with file.open("r+b") as bytes_:
        start = int(file.stat().st_size * share)
        bytes_.seek(start)
        bytes_.write(random.Random(5).randbytes(file.stat().st_size - start))


def read_all(desk: DeskDatabase) -> int:
    return len(desk.connection.execute("SELECT * FROM journal").fetchall())


def test_a_damaged_file_is_put_aside_once_and_written_no_more(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.back_up_daily()
    desk.close()
    damaged(tmp_path)
    before = (tmp_path / "desk.db").read_bytes()
    desk = opened(tmp_path)
    with pytest.raises(StorageFailed) as caught:
        read_all(desk)
    assert caught.value.params["reason"] == "desk-damaged"
    assert caught.value.params["backup"] == str(desk.backups()[-1])
    copies = list((tmp_path / "damaged").iterdir())
    assert [copy.read_bytes() for copy in copies] == [before]
    assert str(copies[0]) in caught.value.message
    with pytest.raises(StorageFailed, match="damaged"), desk.transaction():
        Journal(desk.connection).add("order-1", START, "later")
    desk.close()
    with pytest.raises(StorageFailed, match="damaged"):
        opened(tmp_path)
    assert (tmp_path / "desk.db").read_bytes() == before
    assert list((tmp_path / "damaged").iterdir()) == copies


def test_a_file_too_damaged_to_open_is_put_aside_too(tmp_path: Path) -> None:
    damaged(tmp_path, share=0.2)
    for _ in range(2):
        with pytest.raises(StorageFailed) as caught:
            opened(tmp_path)
        assert caught.value.params["reason"] == "desk-damaged"
    assert len(list((tmp_path / "damaged").iterdir())) == 1


def test_a_file_put_back_from_the_backup_opens_again(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.back_up_daily()
    backup = desk.backups()[0]
    desk.close()
    damaged(tmp_path)
    desk = opened(tmp_path)
    with pytest.raises(StorageFailed):
        read_all(desk)
    desk.close()
    (tmp_path / "desk.db").write_bytes(backup.read_bytes())
    desk = opened(tmp_path)
    assert read_all(desk) == 0
    desk.close()


@pytest.mark.parametrize("content", [None, b""])
def test_a_desk_whose_file_is_gone_is_not_made_anew(tmp_path: Path, content: bytes | None) -> None:
    path, founded = tmp_path / "desk.db", tmp_path / "desk.db.new"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StorageFailed) as caught:
        settle(path, founded)
    assert caught.value.params["reason"] == "desk-missing"


def test_the_file_of_a_desk_just_connected_takes_its_place(tmp_path: Path) -> None:
    path, founded = tmp_path / "desk.db", tmp_path / "desk.db.new"
    found_desk(founded, bytes(32), now=Clock())
    found_desk(founded, KEY, now=Clock())
    settle(path, founded)
    settle(path, founded)
    assert [file.name for file in tmp_path.iterdir()] == ["desk.db"]
    opened(tmp_path).close()
