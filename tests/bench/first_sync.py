"""First sync of the practice catalogue: the whole way of a desk from a server to a file readers can open.

The floor is the bare work: the same bytes decompressed, decoded and inserted raw with the same indexes and full texts.
"""

import gc
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from desktop_app.contract.documents import FamilyDoc, ProductDoc, StockDoc, WholesalerDoc
from desktop_app.contract.wire import Manifest
from desktop_app.storage.catalog_rows import COLLECTIONS
from desktop_app.storage.catalog_schema import INDEXES, TABLES
from desktop_app.storage.catalog_words import INSERT_PARTS, INSERT_WORDS, index_rows
from desktop_app.storage.database import Connection, open_plain, remove_database
from tests.bench.catalog_server import served
from tests.bench.figure import Figure, time_ms
from tests.bench.practice_catalog import build, snapshot
from tests.bench.sync_child import FirstSync, first_sync

RUNS = 5
GOAL = 1.3
PAUSE_MS = 100
_BLOCK_BYTES = 1 << 20

Texts = list[tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]]


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
        root = Path(folder)
        target = build(root / "catalog-1.db")
        size = target.stat().st_size
        path, described = files(root, packed, manifest)
        texts = folded(path)
        bare_ms(path, root, texts)
        pairs = []
        for number in range(RUNS):
            with served(path, described) as (url, code):
                run = first_sync(root / f"desk-{number}", url, code)
            pairs.append((run, time_ms(lambda: build(target)), bare_ms(path, root, texts)))
    synced, built, floor = zip(*pairs, strict=True)
    rows = f"{manifest.counts['products']:,} products, {manifest.counts['stock']:,} stock rows"
    yield from figures("first sync", list(synced), statistics.median(floor), rows)
    yield Figure(
        "the same, snapshot bytes to catalogue", statistics.median(built), floor=statistics.median(floor), goal=GOAL
    )
    yield Figure("catalogue file", size / 1e6, unit="MB", note=f"{len(packed) / 1e6:.1f} MB to download")


def figures(name: str, runs: list[FirstSync], floor: float, note: str) -> Iterable[Figure]:
    """What a person meets in a first sync: how long it takes, and how it holds up the rest meanwhile."""
    yield Figure(name, statistics.median(run.ms for run in runs), floor=floor, goal=GOAL, note=note)
    pause = statistics.median(run.late_p99_ms for run in runs)
    yield Figure(f"pause of the desk in a {name}, p99", pause, goal=PAUSE_MS)


def files(folder: Path, packed: bytes, manifest: Manifest) -> tuple[Path, Path]:
    """A snapshot and its manifest as files to be served."""
    path, described = folder / "snapshot", folder / "manifest.json"
    path.write_bytes(packed)
    described.write_bytes(msgspec.json.encode(manifest))
    return path, described


def _blocks(path: Path) -> Iterator[list[_Any]]:
    """The lines of a snapshot without the last one, decoded, some thousand at once."""
    decoder = msgspec.json.Decoder(_Any)
    rest = b""
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as lines:
        while block := lines.read(_BLOCK_BYTES):
            head, _, tail = (rest + block).rpartition(b"\n")
            if b'"op":"checkpoint"' in head[-2_000:]:
                head = head[: head.rfind(b"\n")]
            rest = tail
            yield decoder.decode_lines(head)


def folded(path: Path) -> Texts:
    """What the indexes hold, made beforehand: folding text is the client's work, not the floor's."""
    columns = (1, 6, 7, 0, 5, 4, -2, -1)
    number = 0
    texts: Texts = []
    for block in _blocks(path):
        rows = [COLLECTIONS["products"].row(line.d, line.rev) for line in block if isinstance(line, _Product)]
        texts.append(index_rows((number + n, *(row[c] for c in columns)) for n, row in enumerate(rows, 1)))
        number += len(rows)
    return texts


def bare_ms(path: Path, folder: Path, texts: Texts) -> float:
    """The bare work at its quickest: without the garbage collector, which so many rows at once would wake."""
    gc.collect()
    gc.disable()
    try:
        return time_ms(lambda: _bare(path, folder / "bare.db", texts))
    finally:
        gc.enable()


def _bare(path: Path, target: Path, texts: Texts) -> None:
    """Zstd, decode, raw inserts, indexes and full text of the same rows: nothing verified, nothing looked after."""
    remove_database(target)
    connection: Connection = open_plain(target)
    connection.execute("PRAGMA journal_mode = OFF").fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -65536")
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    for block in _blocks(path):
        rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLLECTIONS}
        for line in block:
            name = _NAMES[type(line)]
            rows[name].append(COLLECTIONS[name].row(line.d, line.rev))
        for name, values in rows.items():
            connection.executemany(COLLECTIONS[name].insert, values)
    for index in INDEXES:
        connection.execute(index)
    for words, parts in texts:
        connection.executemany(INSERT_WORDS, words)
        connection.executemany(INSERT_PARTS, parts)
    connection.execute("COMMIT")
    connection.close()
