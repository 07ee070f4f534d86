"""Opening files: encryption, versions, migrations, backups, and failures that say what is wrong."""

import os
from pathlib import Path

import pytest
from filelock import FileLock
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from desktop_app.errors import StorageFailed
from desktop_app.storage import database
from desktop_app.storage.database import (
    IntegrityError,
    backup_encrypted,
    migrate,
    open_encrypted,
    open_plain,
    remove_database,
    transaction,
    wal_is_safe,
)

KEY = bytes(range(32))


def _two_steps(calls: list[str] | None = None) -> Migrations:
    if calls is not None:
        calls.append("load")
    migrations = Migrations("test")

    @migrations()
    def m1(db: Database) -> None:
        db.table("drafts").create({"id": str, "text": str}, pk="id")

    @migrations()
    def m2(db: Database) -> None:
        db.table("drafts").add_column("note", str)

    return migrations


def _one_step() -> Migrations:
    migrations = Migrations("test")

    @migrations()
    def m1(db: Database) -> None:
        db.table("drafts").create({"id": str, "text": str}, pk="id")

    return migrations


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 44, 6), True),
        ((3, 44, 5), False),
        ((3, 45, 9), False),
        ((3, 40, 1), False),
    ],
)
def test_versions_that_lose_transactions_are_known(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_an_encrypted_file_holds_no_readable_text_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    connection = open_encrypted(path, KEY)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    connection.execute("CREATE TABLE t (text TEXT)")
    connection.execute("INSERT INTO t VALUES ('secret margin')")
    connection.close()
    assert b"SQLite format" not in path.read_bytes()
    assert b"secret margin" not in path.read_bytes()
    again = open_encrypted(path, KEY)
    assert again.execute("SELECT text FROM t").fetchall() == [("secret margin",)]
    again.close()


def test_no_wal_on_an_unsafe_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "sqlite_version", lambda: (3, 51, 2))
    connection = open_encrypted(tmp_path / "desk.db", KEY)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def test_a_wrong_key_is_a_clear_failure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "desk.db"
    open_encrypted(path, KEY).close()
    before = path.read_bytes()
    with pytest.raises(StorageFailed) as caught:
        open_encrypted(path, os.urandom(32))
    assert caught.value.params["reason"] == "not-a-database"
    assert path.read_bytes() == before
    assert capfd.readouterr().err == ""
    with pytest.raises(ValueError, match="32 bytes"):
        open_encrypted(path, b"short")


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalog-1.db"
    path.write_bytes(b"not a database at all" * 500)
    with pytest.raises(StorageFailed) as caught:
        open_plain(path)
    assert caught.value.params["reason"] == "not-a-database"
    assert str(path) in caught.value.message


def test_a_missing_folder_and_a_missing_file_are_clear_failures(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed) as caught:
        open_plain(tmp_path / "nowhere" / "catalog-1.db")
    assert caught.value.params["reason"] == "cannot-open"
    with pytest.raises(StorageFailed):
        open_plain(tmp_path / "catalog-1.db", read_only=True)
    assert not (tmp_path / "catalog-1.db").exists()


def test_a_read_only_connection_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "catalog 1#.db"
    writer = open_plain(path)
    writer.execute("CREATE TABLE t (a)")
    reader = open_plain(path, read_only=True)
    with pytest.raises(StorageFailed) as caught, transaction(reader):
        reader.execute("INSERT INTO t VALUES (1)")
    assert caught.value.params["reason"] == "read-only"
    reader.close()
    writer.close()


def test_a_full_disk_fails_before_anything_is_saved(tmp_path: Path) -> None:
    connection = open_encrypted(tmp_path / "desk.db", KEY)
    connection.execute("CREATE TABLE t (a)")
    connection.execute("PRAGMA max_page_count = 3")
    with pytest.raises(StorageFailed) as caught, transaction(connection):
        connection.executemany("INSERT INTO t VALUES (randomblob(?))", [(10,), (100_000,)])
    assert caught.value.params["reason"] == "full"
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    connection.close()


def test_a_locked_file_is_said_to_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 10)
    first = open_plain(tmp_path / "a.db")
    second = open_plain(tmp_path / "a.db")
    with transaction(first), pytest.raises(StorageFailed) as caught, transaction(second):
        pass
    assert caught.value.params["reason"] == "locked"
    first.close()
    second.close()


def test_a_transaction_is_all_or_nothing_and_joins_an_outer_one(tmp_path: Path) -> None:
    connection = open_plain(tmp_path / "a.db")
    connection.execute("CREATE TABLE t (a UNIQUE)")
    with transaction(connection), transaction(connection):
        connection.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(IntegrityError), transaction(connection):
        connection.executemany("INSERT INTO t VALUES (?)", [(2,), (1,)])
    with pytest.raises(ZeroDivisionError), transaction(connection):
        connection.execute("INSERT INTO t VALUES (?)", (3 // len(""),))
    assert connection.execute("SELECT a FROM t").fetchall() == [(1,)]
    connection.close()


def test_migrations_run_once_and_a_backup_comes_before_the_second(tmp_path: Path) -> None:
    connection = open_encrypted(tmp_path / "desk.db", KEY)
    calls: list[str] = []
    assert migrate(connection, 1, _one_step, before=lambda: calls.append("backup")) is True
    connection.execute("INSERT INTO drafts VALUES ('1', 'kept')")
    assert migrate(connection, 2, lambda: _two_steps(calls), before=lambda: calls.append("backup")) is True
    assert migrate(connection, 2, lambda: _two_steps(calls), before=lambda: calls.append("backup")) is False
    assert calls == ["backup", "load"]
    assert connection.execute("SELECT id, text, note FROM drafts").fetchall() == [("1", "kept", None)]
    with pytest.raises(StorageFailed) as caught:
        migrate(connection, 1, _one_step)
    assert caught.value.params["reason"] == "newer-version"
    connection.close()


def test_a_file_another_program_is_changing_is_waited_for_and_then_said_to_be_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MIGRATION_TIMEOUT_S", 0.05)
    connection = open_encrypted(tmp_path / "desk.db", KEY)
    migrate(connection, 1, _one_step)
    with FileLock(tmp_path / "desk.db.migrate.lock"), pytest.raises(StorageFailed) as caught:
        migrate(connection, 2, _two_steps)
    assert caught.value.params["reason"] == "locked"
    assert migrate(connection, 2, _two_steps) is True
    connection.close()


def test_a_backup_is_encrypted_complete_and_replaces_the_older_one(tmp_path: Path) -> None:
    connection = open_encrypted(tmp_path / "desk.db", KEY)
    connection.execute("CREATE TABLE t (text TEXT)")
    target = tmp_path / "backup.db"
    for number in range(2):
        connection.execute("INSERT INTO t VALUES (?)", (f"secret margin {number}",))
        backup_encrypted(connection, KEY, target)
    connection.close()
    assert b"secret margin" not in target.read_bytes()
    copy = open_encrypted(target, KEY)
    assert copy.execute("SELECT count(*) FROM t").fetchone() == (2,)
    copy.close()
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_into_a_missing_folder_fails_clearly(tmp_path: Path) -> None:
    connection = open_encrypted(tmp_path / "desk.db", KEY)
    with pytest.raises(StorageFailed):
        backup_encrypted(connection, KEY, tmp_path / "nowhere" / "backup.db")
    connection.close()


def test_removing_takes_the_side_files_too(tmp_path: Path) -> None:
    path = tmp_path / "catalog-1.db"
    connection = open_plain(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    (tmp_path / "catalog-1.db-wal").touch()
    assert remove_database(path) is True
    assert list(tmp_path.iterdir()) == []
