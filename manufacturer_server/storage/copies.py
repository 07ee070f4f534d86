"""Copies of the server's file: a backup of it while it is in use, and a backup put in its place."""

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as dbapi

from manufacturer_server.durable import sync_file, sync_folder
from manufacturer_server.errors import NoServerHere, StorageUnusable
from manufacturer_server.storage.database import FILE_NAME

# What SQLite keeps beside a file in use, and leaves there when the machine stops.
_BESIDE = ("-wal", "-shm", "-journal")
# How long a program that is about to end is waited for.
_PATIENCE_MS = 2_000


@dataclass(frozen=True, slots=True)
class Known:
    """What can be read in a server's file that is about to be replaced: whose it is, and how far it had come.

    `epochs` are all of its history, `counters` values by name, `desks` pairs of account and installation with a token.
    """

    server_id: str
    epochs: frozenset[str]
    counters: dict[str, int]
    desks: frozenset[tuple[str, str]]


def copy_file(source: Path, to: Path) -> None:
    """Write a server's file to the new file `to`, whole and checked, whatever is written to it meanwhile.

    Raises NoServerHere, StorageUnusable; then there is no file `to`.
    """
    if not source.is_file():
        raise NoServerHere(f"There is no server's file {source}.")
    if to.exists():
        raise StorageUnusable(f"{to} exists already; a copy replaces nothing.")
    part = to.with_name(f".{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _forget(part)
        try:
            _copy(source, part)
            sync_file(part)
            part.rename(to)
            sync_folder(to.parent)
        finally:
            _forget(part)
    except (OSError, dbapi.Error) as error:
        raise StorageUnusable(f"{source} could not be copied to {to}: {error}.") from error


def read_known(folder: Path) -> Known | None:
    """What the server's file in `folder` says; None where there is none, or it cannot be read."""
    if not (folder / FILE_NAME).is_file():
        return None
    try:
        with closing(dbapi.connect(str(folder / FILE_NAME))) as connection:
            settings = dict(connection.execute("SELECT name, value FROM settings"))
            counters = dict(connection.execute("SELECT name, value FROM counters"))
            files = connection.execute("SELECT coalesce(max(number), 0) FROM exports").fetchone()[0]
            counters["exports"] = max(counters.get("exports", 0), files)
            desks = frozenset(connection.execute("SELECT account, client_instance FROM tokens"))
            epochs = frozenset({settings["epoch"], *_former_epochs(connection)})
            return Known(settings["server_id"], epochs, counters, desks)
    except (dbapi.Error, KeyError):
        return None


def _former_epochs(connection: dbapi.Connection) -> list[str]:
    # A file that no program of this version has opened yet has no such table.
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'epochs'").fetchone() is None:
        return []
    return [epoch for (epoch,) in connection.execute("SELECT epoch FROM epochs")]


def put_in_place(staged: Path, folder: Path, aside: Path) -> bool:
    """Make the server's file in `staged` that of `folder`; what was there goes to the new folder `aside`.

    Nothing is ever deleted. Returns whether there was anything. Raises StorageUnusable where it is in use.
    """
    present = folder / FILE_NAME
    try:
        _make_single(staged / FILE_NAME)
        replaced = present.exists()
        if replaced:
            _make_single(present)
            aside.mkdir()
            for path in filter(Path.exists, _beside(present)):
                path.rename(aside / path.name)
            # The name never points to nothing: it has the file before until it has the new one.
            _keep(present, aside / FILE_NAME)
        (staged / FILE_NAME).replace(present)
        sync_folder(folder)
        shutil.rmtree(staged)
    except OSError as error:
        raise StorageUnusable(f"{present} could not be replaced: {error}.") from error
    return replaced


def _keep(path: Path, to: Path) -> None:
    try:
        os.link(path, to)
    except OSError:  # a file system without second names
        shutil.copy2(path, to)
        sync_file(to)
    sync_folder(to.parent)


def _copy(source: Path, to: Path) -> None:
    with closing(dbapi.connect(str(source))) as here, closing(dbapi.connect(str(to))) as there:
        here.execute("PRAGMA query_only = ON")
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")
        (verdict,) = there.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise dbapi.DatabaseError(f"it is damaged ({verdict})")


def _make_single(path: Path) -> None:
    """Take what lies beside a file into it, which SQLite does only for the one program that has it open.

    A damaged file is left as it is. Raises StorageUnusable where another program has it open.
    """
    try:
        with closing(dbapi.connect(str(path), isolation_level=None)) as connection:
            connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except dbapi.OperationalError as error:
        if "locked" in str(error):
            raise StorageUnusable(f"{path} is in use by another program; end it first.") from error
    except dbapi.DatabaseError:
        return


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in _BESIDE]


def _forget(path: Path) -> None:
    for one in (path, *_beside(path)):
        one.unlink(missing_ok=True)
