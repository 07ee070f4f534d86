"""First sync of the practice catalogue: the whole way of a desk from snapshot bytes to a file readers can open."""

import gc
import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from desktop_app.contract.documents import FamilyDoc, ProductDoc, StockDoc, WholesalerDoc
from desktop_app.storage.catalog_rows import COLLECTIONS
from desktop_app.storage.catalog_schema import INDEXES, TABLES
from desktop_app.storage.catalog_words import INSERT_PARTS, INSERT_WORDS, index_rows
from desktop_app.storage.database import Connection, open_plain, remove_database
from tests.bench.figure import Figure, time_ms
from tests.bench.practice_catalog import build, snapshot

RUNS = 5
GOAL = 1.5


class _Line(msgspec.Struct, tag_field="c", gc=False):
    rev: int


class _Family(_Line, tag="families", gc=False):
    d: FamilyDoc


class _Wholesaler(_Line, tag="wholesalers", gc=False):
    d: WholesalerDoc


class _Product(_Line, tag="products", gc=False):
    d: ProductDoc


class _Stock(_Line, tag="stock", gc=False):
    d: StockDoc


_Any = _Family | _Wholesaler | _Product | _Stock
_NAMES: dict[type, str] = {_Family: "families", _Wholesaler: "wholesalers", _Product: "products", _Stock: "stock"}


def measure() -> Iterable[Figure]:
    """The client's way beside the bare work, in turn, so that a busy machine slows both."""
    packed, manifest = snapshot()
    with tempfile.TemporaryDirectory() as folder:
        target, bare = Path(folder) / "catalog-1.db", Path(folder) / "bare.db"
        texts = index_rows(_texts(packed))
        _bare(packed, bare, texts)
        build(target)
        pairs = [(time_ms(lambda: build(target)), _bare_ms(packed, bare, texts)) for _ in range(RUNS)]
        size = target.stat().st_size
    client, floor = (statistics.median(times) for times in zip(*pairs, strict=True))
    rows = f"{manifest.counts['products']:,} products, {manifest.counts['stock']:,} stock rows"
    yield Figure("first sync: snapshot bytes to catalogue", client, floor=floor, goal=GOAL, note=rows)
    yield Figure("catalogue file", size / 1e6, unit="MB", note=f"{len(packed) / 1e6:.1f} MB to download")


def _decoded(packed: bytes) -> list[_Any]:
    raw = zstandard.decompress(packed)
    return msgspec.json.Decoder(_Any).decode_lines(raw[: raw.rstrip().rfind(b"\n")])


def _texts(packed: bytes) -> list[tuple[Any, ...]]:
    """What the indexes hold, made beforehand: folding text is the client's work, not the floor's."""
    lines = (line for line in _decoded(packed) if isinstance(line, _Product))
    rows = enumerate((COLLECTIONS["products"].row(line.d, line.rev) for line in lines), 1)
    return [(number, row[1], row[6], row[7], row[0], row[5], row[4], row[15], row[16]) for number, row in rows]


def _bare_ms(packed: bytes, path: Path, texts: tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]) -> float:
    """The bare work at its quickest: without the garbage collector, which so many rows at once would wake."""
    gc.collect()
    gc.disable()
    try:
        return time_ms(lambda: _bare(packed, path, texts))
    finally:
        gc.enable()


def _bare(packed: bytes, path: Path, texts: tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]) -> None:
    """Zstd, decode, raw inserts, indexes and full text of the same rows: nothing verified, nothing looked after."""
    lines = _decoded(packed)
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLLECTIONS}
    for line in lines:
        name = _NAMES[type(line)]
        rows[name].append(COLLECTIONS[name].row(line.d, line.rev))
    remove_database(path)
    connection: Connection = open_plain(path)
    connection.execute("PRAGMA journal_mode = OFF").fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -65536")
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    for name, values in rows.items():
        connection.executemany(COLLECTIONS[name].insert, values)
    for index in INDEXES:
        connection.execute(index)
    connection.executemany(INSERT_WORDS, texts[0])
    connection.executemany(INSERT_PARTS, texts[1])
    connection.execute("COMMIT")
    connection.close()
