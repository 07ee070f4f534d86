"""Looking a profile's files over: whole or damaged, how large, how many rows could not be read. Changes nothing."""

from pathlib import Path

from msgspec import Struct

from desktop_app.errors import StorageFailed
from desktop_app.storage.database import Connection, open_plain, sqlite_version, storage_errors, wal_is_safe


class FileCheck(Struct, frozen=True):
    """One database file: its size in bytes, and what is wrong with it ("" where nothing is)."""

    path: Path
    size: int
    damage: str


class Engine(Struct, frozen=True):
    """The SQLite in use, its encryption, and whether write-ahead logging is safe with it."""

    sqlite: str
    sqlcipher: str
    wal_safe: bool


def engine(connection: Connection) -> Engine:
    """What the files are read with."""
    cipher = connection.execute("PRAGMA cipher_version").fetchone()
    return Engine(".".join(map(str, sqlite_version())), str(cipher[0]) if cipher else "", wal_is_safe(sqlite_version()))


def check_open_file(connection: Connection, path: Path) -> FileCheck:
    """Whether an open file is whole: its pages, and the references in it."""
    try:
        with storage_errors(path):
            damage = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except StorageFailed as error:
        return FileCheck(path, _size(path), error.message)
    if damage == "ok":
        damage = f"a row of {broken[0]} belongs to nothing" if broken else ""
    return FileCheck(path, _size(path), damage)


def check_plain_file(path: Path) -> FileCheck:
    """Whether an unencrypted file is whole."""
    try:
        connection = open_plain(path, read_only=True)
    except StorageFailed as error:
        return FileCheck(path, _size(path), error.message)
    try:
        return check_open_file(connection, path)
    finally:
        connection.close()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
