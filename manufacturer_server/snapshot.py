"""The catalogue as one immutable compressed file: when a new one is made, and how. Its lines are those of `feed`.

It is made when the catalogue has changed, before anybody asks for it, and row by row: a million products take no more
memory than a thousand.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import msgspec
import zstandard
from filelock import FileLock
from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.exc import DBAPIError

from desktop_app.contract.documents import SHARED_COLLECTIONS
from desktop_app.contract.wire import Checkpoint, Manifest, Put
from manufacturer_server import feed
from manufacturer_server.durable import make_folder, replace_durably
from manufacturer_server.lineage import mark_of
from manufacturer_server.snapshot_address import LIFE
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.documents import SHARED, state
from manufacturer_server.storage.identity import Identity, identity
from manufacturer_server.storage.schema import snapshots

FOLDER = "snapshots"
LOCK_NAME = "snapshots.lock"
SUFFIX = ".ndjson.zst"
LEVEL = 9
# More threads than that only take memory: the rows come no faster.
THREADS = min(4, os.cpu_count() or 1)
AT_MOST_EVERY = timedelta(hours=1)
# An address is good until the end of the hour of its last moment, and may be given until the next file is in the books.
KEPT = LIFE + timedelta(hours=2)
# However long another program takes to make one.
LOCK_PATIENCE_S = 600.0
_ROWS_AT_ONCE = 1_000
_SHAPE = ("families", "wholesalers", "products")

_LIVE = "SELECT id, seq, body FROM documents WHERE collection = ? AND scope = '' AND body IS NOT NULL ORDER BY "
# Best first: those that can be had now, then those that cannot, then those that are no longer made.
_BEST_FIRST = """json_extract(CAST(body AS TEXT), '$.status') IS 'stopped', id NOT IN (
    SELECT json_extract(CAST(body AS TEXT), '$.sku') FROM documents
    WHERE collection = 'stock' AND scope = '' AND body IS NOT NULL
    AND json_extract(CAST(body AS TEXT), '$.available') > 0), position"""
# As a desk keeps them, so that its rows are only added at the end.
_BY_PRODUCT = "substr(id, instr(id, '/') + 1), id"
_ORDERS = {"products": _BEST_FIRST, "stock": _BY_PRODUCT}


class CatalogueEmpty(Exception):
    """Nothing has been imported yet."""


class NotMade(Exception):
    """The file could not be made or written down; the text says why. What is in force stays so."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One finished file and what its manifest says."""

    name: str
    path: Path
    epoch: str
    cursor: str
    bytes: int
    sha256: str
    counts: dict[str, int]
    hash: dict[str, str]
    version: int

    def manifest(self, url: str) -> Manifest:
        """The manifest under which a desk finds the file at `url`."""
        return Manifest(self.epoch, self.cursor, url, self.bytes, self.sha256, self.counts, self.hash, self.version)


def latest(connection: Connection, folder: Path) -> Snapshot | None:
    """The newest snapshot of this history, None where there is none; what changed since is in the feed."""
    who = identity(connection)
    row = _newest(connection, folder, who)
    return None if row is None else _described(connection, folder, who, row)


def current(database: Database, now: datetime) -> Snapshot:
    """The newest snapshot of this history, made first where there is none. Raises CatalogueEmpty, NotMade."""
    with _alone(database.folder):
        with database.reading() as connection:
            found = latest(connection, database.folder)
        if found is None:
            _make(database, now)
            with database.reading() as connection:
                found = latest(connection, database.folder)
        if found is None:
            raise NotMade("its file is gone again")
        return found


def publish(database: Database, now: datetime) -> None:
    """Make a new snapshot if one is due, and delete those that no address leads to any more.

    One is due when families, wholesalers or products have changed since the newest, at most once an hour: until then,
    and for stock alone, the feed carries the changes. Raises CatalogueEmpty, NotMade.
    """
    if _is_due(database, now):
        with _alone(database.folder):
            # Another program may have made it meanwhile.
            if _is_due(database, now):
                _make(database, now)
    with _named_failures():
        _forget_old(database, now)


def file_path(folder: Path, name: str) -> Path | None:
    """The file behind a manifest's address; None where it is gone or was never ours."""
    path = folder / FOLDER / name
    known = name.endswith(SUFFIX) and name.removesuffix(SUFFIX).isalnum()
    return path if known and path.is_file() else None


@contextlib.contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotMade(error.strerror or str(error)) from error
    except DBAPIError as error:
        raise NotMade(str(error.orig)) from error


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Whoever makes a snapshot does so alone, in whichever program."""
    with _named_failures(), FileLock(folder / LOCK_NAME, timeout=LOCK_PATIENCE_S):
        yield


def _newest(connection: Connection, folder: Path, who: Identity) -> Row[tuple[object, ...]] | None:
    query = select(snapshots).where(snapshots.c.epoch == who.epoch).order_by(snapshots.c.version.desc())
    row = connection.execute(query.limit(1)).first()
    return row if row is not None and (folder / FOLDER / row.file).is_file() else None


def _is_due(database: Database, now: datetime) -> bool:
    with database.reading() as connection:
        newest = _newest(connection, database.folder, identity(connection))
        if newest is None:
            return True
        young = timedelta(0) <= now - newest.made_at < AT_MOST_EVERY
        return not young and newest.shape != _shape(connection)


def _described(connection: Connection, folder: Path, who: Identity, row: Row[tuple[object, ...]]) -> Snapshot:
    return Snapshot(
        name=row.file,
        path=folder / FOLDER / row.file,
        epoch=who.epoch,
        cursor=feed.make_cursor(who, feed.shared_feed(), row.version, mark_of(connection, row.version)),
        bytes=row.bytes,
        sha256=row.sha256,
        counts=msgspec.json.decode(row.counts, type=dict[str, int]),
        hash=msgspec.json.decode(row.hash, type=dict[str, str]),
        version=row.version,
    )


def _shape(connection: Connection) -> int:
    return max(state(connection, name, SHARED).seq for name in _SHAPE)


def _make(database: Database, now: datetime) -> None:
    """Write the catalogue as it is now, and put the file in the books."""
    with database.reading() as connection:
        if state(connection, "products", SHARED).seq == 0:
            raise CatalogueEmpty
        made = _written(database.folder / FOLDER, connection, now)
    with database.writing() as connection:
        connection.execute(delete(snapshots).where(snapshots.c.version == made["version"]))
        connection.execute(insert(snapshots).values(made))


def _written(folder: Path, connection: Connection, now: datetime) -> dict[str, object]:
    who = identity(connection)
    version = feed.head(connection, feed.shared_feed())
    counts, hashes = feed.totals(connection, feed.shared_feed())
    cursor = feed.make_cursor(who, feed.shared_feed(), version, mark_of(connection, version))
    end = Checkpoint(cursor, False, who.epoch, now, version, counts, hashes)
    make_folder(folder)
    part = folder / f".{os.getpid()}.part"
    try:
        with part.open("wb") as file:
            measured = _Measured(file)
            _pack(connection, end, measured)
        name = measured.sha256 + SUFFIX
        replace_durably(part, folder / name)
    finally:
        part.unlink(missing_ok=True)
    return {
        "version": version,
        "epoch": who.epoch,
        "shape": _shape(connection),
        "file": name,
        "bytes": measured.size,
        "sha256": measured.sha256,
        "counts": msgspec.json.encode(counts).decode(),
        "hash": msgspec.json.encode(hashes).decode(),
        "made_at": now,
    }


class _Measured:
    """A file that is written to, its size and digest known at the end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._digest, self.size = file, hashlib.sha256(), 0

    def write(self, chunk: bytes) -> int:
        """Write on."""
        self._digest.update(chunk)
        self.size += len(chunk)
        return self._file.write(chunk)

    @property
    def sha256(self) -> str:
        """The digest of what was written, in hexadecimal."""
        return self._digest.hexdigest()


def _pack(connection: Connection, end: Checkpoint, target: _Measured) -> None:
    """All rows and the last line, in zstd."""
    lines = msgspec.json.Encoder()
    packing = zstandard.ZstdCompressor(level=LEVEL, threads=THREADS)
    with packing.stream_writer(target, closefd=False) as packed:  # type: ignore[arg-type]  # only its `write` is used
        for collection in SHARED_COLLECTIONS:
            statement = _LIVE + _ORDERS.get(collection, "position")
            for rows in connection.exec_driver_sql(statement, (collection,)).partitions(_ROWS_AT_ONCE):
                packed.write(
                    lines.encode_lines([Put(collection, row_id, seq, msgspec.Raw(body)) for row_id, seq, body in rows])
                )
        packed.write(lines.encode(end) + b"\n")


def _forget_old(database: Database, now: datetime) -> None:
    """Delete the files that were replaced so long ago that no address of theirs is good, and what no book names."""
    folder = database.folder / FOLDER
    with database.reading() as connection:
        query = select(snapshots.c.version, snapshots.c.file, snapshots.c.made_at).order_by(snapshots.c.version.desc())
        newest_first = connection.execute(query).all()
    replaced = zip(newest_first[1:], newest_first, strict=False)
    old = {row.version: row.file for row, next_one in replaced if now - next_one.made_at > KEPT}
    if old:
        with database.writing() as connection:
            connection.execute(delete(snapshots).where(snapshots.c.version.in_(old)))
    wanted = {row.file for row in newest_first if row.version not in old}
    for path in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(OSError):  # still being sent, or gone: the next time
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if path.name not in wanted and (path.name in old.values() or now - written > KEPT):
                path.unlink()
