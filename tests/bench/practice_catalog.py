"""The practice catalogue as a snapshot file and as a desk's catalogue file, for the benches: no server needed."""

import csv
import hashlib
import io
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import zstandard

from desktop_app.contract.wire import Manifest, hash_text, row_hash
from desktop_app.sync.snapshot import build_catalog
from manufacturer_server.practice_dates import practice_dates

PRACTICE = Path(__file__).resolve().parents[2] / "resources" / "practice"
IMPORTED = datetime(2026, 3, 2, 8, tzinfo=UTC)
NUMBERS = frozenset({"stock_shelf_hours", "pack_multiple", "min_qty", "available", "next_qty", "delivery_days"})
KEYS = {"families": ("code",), "wholesalers": ("code",), "products": ("sku",), "stock": ("wholesaler", "sku")}


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one file of the practice set as on `IMPORTED`, without their empty fields."""
    text = zstandard.decompress((PRACTICE / f"{name}.csv.zst").read_bytes()).decode()
    dates = practice_dates(IMPORTED)
    for row in csv.DictReader(io.StringIO(text)):
        yield {key: _dated(value, dates) for key, value in row.items() if value}


def _dated(value: str, dates: Mapping[str, str]) -> str:
    return value.format_map(dates) if "{" in value else value


@cache
def snapshot() -> tuple[bytes, Manifest]:
    """The compressed snapshot of the practice set and its manifest."""
    lines = []
    counts: Counter[str] = Counter()
    hashes: Counter[str] = Counter()
    for rev, (collection, row_id, document) in enumerate(rows(), 1):
        lines.append({"op": "put", "c": collection, "id": row_id, "rev": rev, "d": document})
        counts[collection] += 1
        hashes[collection] += row_hash(row_id, rev)
    shared: dict[str, Any] = {"cursor": "c", "epoch": "e", "version": len(lines)}
    moment = "2026-03-02T08:00:00Z"
    lines.append({"op": "checkpoint", "more": False, "server_time": moment, **shared, "counts": counts})
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    packed = zstandard.compress(text.encode(), 9)
    sums = {collection: hash_text(value) for collection, value in hashes.items()}
    sha256 = hashlib.sha256(packed).hexdigest()
    return packed, Manifest(url="", bytes=len(packed), sha256=sha256, counts=dict(counts), hash=sums, **shared)


def build(target: Path) -> Path:
    """The catalogue file that a desk makes of the snapshot."""
    packed, manifest = snapshot()
    chunks = (packed[start : start + 65_536] for start in range(0, len(packed), 65_536))
    build_catalog(chunks, manifest, target, now=lambda: IMPORTED)
    return target


def copy_of(source: Path, target: Path) -> Path:
    """A copy of a closed catalogue file."""
    shutil.copyfile(source, target)
    return target


def rows() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Collection, id and document of each row of the practice set, in the order of a snapshot."""
    stock = sorted(table("stock"), key=itemgetter("sku", "wholesaler"))
    in_stock = {row["sku"] for row in stock if row["available"] != "0"}
    products = list(table("products"))
    products.sort(key=lambda row: (row.get("status") == "stopped", row["sku"] not in in_stock))
    tables = {"families": table("families"), "wholesalers": table("wholesalers"), "products": products, "stock": stock}
    for collection, keys in KEYS.items():
        for row in tables[collection]:
            document = {key: int(value) if key in NUMBERS else value for key, value in row.items()}
            yield collection, "/".join(row[key] for key in keys), document
