"""What must be so when desk and server start again after the power failed, whatever the disk kept."""

import hashlib
from collections.abc import Hashable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from desktop_app.paths import ProfilePaths
from desktop_app.sealing import open_sealed, own_private_key
from desktop_app.storage.catalog_shelf import CatalogShelf
from desktop_app.storage.database import open_encrypted, open_plain
from desktop_app.storage.desk_database import DeskDatabase, settle
from desktop_app.storage.sealed_journal import SealedJournal
from desktop_app.storage.sync_state import SyncState
from manufacturer_server.snapshot import FOLDER
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from manufacturer_server.storage.schema import exports, orders, outcomes, snapshots
from tests.powercut.workload import DESK, EXPORTS, NEW_SERVER, SERVER
from tests.support.desk_world import KEY

Promises = Mapping[tuple[str, Hashable], Any]
NOW = datetime(2026, 6, 10, 8, 0, tzinfo=UTC)


def broken(root: Path, promises: Promises) -> Iterator[str]:
    """What does not hold in the files found in `root`; each program's own way of opening them is used."""
    yield from _files(root, promises)
    if (
        (root / DESK / "desk.db").exists()
        or (root / DESK / "desk.db.new").exists()
        or promises.get(("connected", DESK))
    ):
        yield from _desk(root, promises)
    yield from _second_copy(root, promises)
    yield from _server(root, promises)
    if wanted := promises.get(("founded", NEW_SERVER)):
        with closing(Database.open(root / NEW_SERVER)) as database, database.reading() as connection:
            if identity(connection).server_id != wanted:
                yield "the new server is another one"


def _second_copy(root: Path, promises: Promises) -> Iterator[str]:
    """What was saved lies in the sealed copy too, with the same bytes."""
    journal = SealedJournal(ProfilePaths(root / DESK).unsent, lambda: "reader")
    opened = [open_sealed(record, own_private_key(KEY)) for record in journal.records()]
    journal.close()
    copies = {(order.order_id, order.body) for order in opened}
    for (kind, key), wanted in promises.items():
        if kind == "copy" and (key[0], wanted) not in copies:  # type: ignore[index]
            yield f"the sealed copy of {key} is gone"


def _files(root: Path, promises: Promises) -> Iterator[str]:
    for (kind, name), wanted in promises.items():
        if kind == "file":
            path = root / str(name)
            if not path.is_file() or path.read_bytes() != wanted:
                yield f"{name} is not as it was kept"
        if kind == "backup":
            if not (root / wanted).is_file():
                yield f"the backup {wanted} is gone"
            else:
                with closing(open_encrypted(root / wanted, KEY)) as copy:
                    yield from _sound(copy, wanted)


def _desk(root: Path, promises: Promises) -> Iterator[str]:
    paths = ProfilePaths(root / DESK)
    if promises.get(("connected", DESK)):
        settle(paths.desk, paths.founded_desk)
    if not paths.desk.exists():
        return
    with closing(DeskDatabase(paths.desk, KEY, now=lambda: NOW)) as desk:
        connection = desk.connection
        yield from _sound(connection, "desk.db")
        numbers = dict(connection.execute("SELECT order_id, desk_no FROM orders"))
        queue = {
            (order, message): (bytes(body), state == "held", first_try is not None, answer, sha256)
            for order, message, body, state, first_try, answer, sha256 in connection.execute(
                "SELECT subject, id, body, state, first_try_at, answer, sha256 FROM outbox"
            )
        }
        cursor = SyncState(connection).position()
        for (kind, key), wanted in promises.items():
            if kind == "order" and numbers.get(key) != wanted:
                yield f"the order {wanted} is gone"
            if kind == "cursor" and (cursor is None or int(cursor.cursor) < wanted):
                yield "the feed was read further"
            if kind in ("message", "left", "answer"):
                yield from _message(kind, key, wanted, queue.get(key))  # type: ignore[call-overload]
        if any(hashlib.sha256(row[0]).hexdigest() != row[4] for row in queue.values()):
            yield "a message has other bytes than its digest says"
        for name, rows in connection.execute("SELECT collection, rows FROM feed_sums"):
            found = connection.execute("SELECT count(*) FROM feed_rows WHERE collection = ?", (name,)).fetchone()[0]
            if found != rows:
                yield f"{name}: {found} rows, said to be {rows}"
        yield from _catalogue(paths, SyncState(connection), promises.get(("catalogue", DESK), 0))


def _message(
    kind: str, key: Hashable, wanted: Any, row: tuple[bytes, bool, bool, bytes | None, str] | None
) -> Iterator[str]:
    if row is None:
        yield f"the message {key} that was saved is gone"
    elif kind == "message" and row[0] != wanted[0]:
        yield f"the message {key} has other bytes"
    elif kind == "message" and row[1] != wanted[1]:
        yield f"the message {key} is {'not ' * wanted[1]}held any more"
    elif kind == "left" and not row[2]:
        yield f"the message {key} left and may be taken back"
    elif kind == "answer" and row[3] != wanted:
        yield f"the answer to {key} is gone"


def _catalogue(paths: ProfilePaths, state: SyncState, wanted: int) -> Iterator[str]:
    """The catalogue in force is there and whole, and none of before the one that was last put in force."""
    if state.generation < wanted or (wanted and not paths.catalog(state.generation).exists()):
        yield f"the catalogue in force, {wanted}, is gone"
    with closing(CatalogShelf(paths.cache, paths.catalog, state)) as shelf:
        counts = shelf.repository().counts()
        if shelf.generation:
            with closing(open_plain(shelf.path(), read_only=True)) as file:
                yield from _sound(file, "the catalogue in force")
            if not counts.get("products"):
                yield "the catalogue in force is empty"


def _server(root: Path, promises: Promises) -> Iterator[str]:
    with closing(Database.open(root / SERVER)) as database, database.reading() as connection:
        damage = connection.exec_driver_sql("PRAGMA quick_check").scalar()
        if damage != "ok":
            yield f"server.db: {damage}"
        recorded = {
            (row.account, row.order_id, row.revision): (row.status, row.body)
            for row in connection.execute(select(outcomes))
        }
        for (kind, key), wanted in promises.items():
            if kind == "recorded" and recorded.get(key) != wanted:  # type: ignore[call-overload]
                yield f"the answer {wanted[0]} to {key} is not recorded"
        accepted = {row.order_id for row in connection.execute(select(orders))}
        if accepted != {key[1] for key, (status, _) in recorded.items() if status == 201}:
            yield "orders and recorded acceptances are not the same"
        yield from _named(root / EXPORTS, ((row.file, row.sha256) for row in connection.execute(select(exports))))
        rows = connection.execute(select(snapshots))
        yield from _named(root / SERVER / FOLDER, ((row.file, row.sha256) for row in rows), may_be_gone=True)


def _named(folder: Path, files: Iterator[tuple[str, str]], *, may_be_gone: bool = False) -> Iterator[str]:
    """The files that the books name are there, with the content they were written with."""
    for name, sha256 in files:
        path = folder / name
        if not path.is_file():
            if not may_be_gone:
                yield f"{name} is in the books and gone"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield f"{name} is not as it was written"


def _sound(connection: Any, name: str) -> Iterator[str]:
    damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        yield f"{name}: {damage}"
