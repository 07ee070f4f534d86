"""The catalogue as one immutable compressed file: when a new one is made, and how. Its lines are those of `feed`."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import zstandard
from sqlalchemy import Connection, Row, delete, insert, select

from desktop_app.contract.documents import SHARED_COLLECTIONS, StockDoc
from desktop_app.contract.wire import Checkpoint, Manifest, Put
from desktop_app.domain.catalog import ProductStatus
from manufacturer_server import feed
from manufacturer_server.lineage import mark_of
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.documents import SHARED, Stored, read, state
from manufacturer_server.storage.identity import Identity, identity
from manufacturer_server.storage.schema import snapshots

FOLDER = "snapshots"
SUFFIX = ".ndjson.zst"
LEVEL = 9
KEPT_FILES = 3
AT_MOST_EVERY = timedelta(hours=1)
_SHAPE = ("families", "wholesalers", "products")


class CatalogueEmpty(Exception):
    """Nothing has been imported yet."""


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


def current(database: Database, now: datetime) -> Snapshot:
    """The snapshot now in force, made first where none fits. Raises CatalogueEmpty.

    A new one is made when families, wholesalers or products changed, at most once an hour: changes since then, and
    those of stock, reach a desk through the feed.
    """
    with database.reading() as connection:
        who = identity(connection)
        query = select(snapshots).where(snapshots.c.epoch == who.epoch).order_by(snapshots.c.version.desc())
        latest = connection.execute(query.limit(1)).first()
        if latest is not None and (database.folder / FOLDER / latest.file).is_file():
            young = timedelta(0) <= now - latest.made_at < AT_MOST_EVERY
            fresh = young or latest.shape == _shape(connection)
            if fresh:
                return _described(connection, database.folder, who, latest)
        if latest is None and state(connection, "products", SHARED).count == 0:
            raise CatalogueEmpty
        made = _make(database.folder, connection, who, now)
    with database.writing() as connection:
        connection.execute(delete(snapshots).where(snapshots.c.version == made["version"]))
        connection.execute(insert(snapshots).values(made))
        row = connection.execute(select(snapshots).where(snapshots.c.version == made["version"])).one()
        _forget_old(database.folder, connection)
        return _described(connection, database.folder, who, row)


def file_path(folder: Path, name: str) -> Path | None:
    """The file behind a manifest's address; None where it is gone or was never ours."""
    path = folder / FOLDER / name
    known = name.endswith(SUFFIX) and name.removesuffix(SUFFIX).isalnum()
    return path if known and path.is_file() else None


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


def _make(folder: Path, connection: Connection, who: Identity, now: datetime) -> dict[str, object]:
    version = feed.head(connection, feed.shared_feed())
    counts, hashes = feed.totals(connection, feed.shared_feed())
    cursor = feed.make_cursor(who, feed.shared_feed(), version, mark_of(connection, version))
    end = Checkpoint(cursor, False, who.epoch, now, version, counts, hashes)
    lines = msgspec.json.Encoder().encode_lines([*_rows(connection), end])
    packed = zstandard.ZstdCompressor(level=LEVEL, threads=-1).compress(lines)
    sha256 = hashlib.sha256(packed).hexdigest()
    name = sha256 + SUFFIX
    _write(folder / FOLDER, name, packed)
    return {
        "version": version,
        "epoch": who.epoch,
        "shape": _shape(connection),
        "file": name,
        "bytes": len(packed),
        "sha256": sha256,
        "counts": msgspec.json.encode(counts).decode(),
        "hash": msgspec.json.encode(hashes).decode(),
        "made_at": now,
    }


def _rows(connection: Connection) -> Iterator[Put]:
    """Families, wholesalers, products (what a dealer is likely to want first), stock in the order of the products."""
    everything = {name: read(connection, name, SHARED) for name in SHARED_COLLECTIONS}
    stock = [(msgspec.json.decode(row.body, type=StockDoc), row) for row in everything["stock"].values()]
    in_stock = {doc.sku for doc, _ in stock if doc.available}
    products = sorted(everything["products"].values(), key=lambda row: (_is_stopped(row), row.id not in in_stock))
    place = {row.id: number for number, row in enumerate(products)}
    stock.sort(key=lambda pair: place.get(pair[0].sku, len(place)))
    ordered = {
        "families": list(everything["families"].values()),
        "wholesalers": list(everything["wholesalers"].values()),
        "products": products,
        "stock": [row for _, row in stock],
        "stock_dates": list(everything["stock_dates"].values()),
    }
    for collection in SHARED_COLLECTIONS:
        for row in ordered[collection]:
            yield Put(collection, row.id, row.seq, msgspec.Raw(row.body))


class _StatusOnly(msgspec.Struct):
    status: ProductStatus = ProductStatus.ACTIVE


def _is_stopped(product: Stored) -> bool:
    return msgspec.json.decode(product.body, type=_StatusOnly).status is ProductStatus.STOPPED


def _write(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(exist_ok=True)
    part = folder / f"{name}.{os.getpid()}.part"
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / name)


def _forget_old(folder: Path, connection: Connection) -> None:
    """Keep the last few files, since a desk may still be half-way through one of them."""
    kept = connection.execute(select(snapshots.c.version, snapshots.c.file).order_by(snapshots.c.version.desc()))
    old = kept.all()[KEPT_FILES:]
    for version, name in old:
        connection.execute(delete(snapshots).where(snapshots.c.version == version))
        (folder / FOLDER / name).unlink(missing_ok=True)
