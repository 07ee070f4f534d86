"""Short ways to write feed lines, pages, snapshots and catalogue files for tests of the shared feed."""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import zstandard

from desktop_app.contract.feed import FeedPage, read_page
from desktop_app.contract.wire import Manifest, hash_text, row_hash
from desktop_app.sync.snapshot import build_catalog

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Line = Mapping[str, Any]
DATA = Path(__file__).resolve().parents[1] / "data"
FAMILIES = {
    "CASE": ("Boîtiers", "Cases"),
    "GPU": ("Cartes graphiques", "Graphics cards"),
    "KEYBOARD": ("Claviers", "Keyboards"),
    "MEMORY": ("Mémoires", "Memory"),
    "MONITOR": ("Écrans", "Monitors"),
}


def put(collection: str, row_id: str, rev: int, **document: Any) -> dict[str, Any]:
    """A put line of any collection."""
    return {"op": "put", "c": collection, "id": row_id, "rev": rev, "d": document}


def product(sku: str, name: str = "", rev: int = 1, **more: Any) -> dict[str, Any]:
    """A put line of a product at 100 euros and 20 % VAT unless said otherwise."""
    document = {"sku": sku, "name": name or f"Product {sku}", "list_price": "100.00", "vat_rate": "20", **more}
    return put("products", sku, rev, **document)


def stock(wholesaler: str, sku: str, available: int = 10, rev: int = 1, **more: Any) -> dict[str, Any]:
    """A put line of a stock row."""
    return put("stock", f"{wholesaler}/{sku}", rev, wholesaler=wholesaler, sku=sku, available=available, **more)


def wholesaler(code: str, name: str = "", rev: int = 1, **more: Any) -> dict[str, Any]:
    """A put line of a wholesaler."""
    return put("wholesalers", code, rev, code=code, name=name or f"House {code}", **more)


def family(code: str, name_fr: str = "", name_en: str = "", rev: int = 1) -> dict[str, Any]:
    """A put line of a family."""
    return put("families", code, rev, code=code, name_fr=name_fr, name_en=name_en)


def gone(collection: str, row_id: str, reason: str = "deleted") -> dict[str, Any]:
    """A del line."""
    return {"op": "del", "c": collection, "id": row_id, "reason": reason}


def checkpoint(version: int, *, cursor: str = "", more: bool = False, **sums: Any) -> dict[str, Any]:
    """A checkpoint line; the cursor is made from the version unless said otherwise."""
    shared = {"cursor": cursor or f"c{version}", "more": more, "epoch": "e1", "version": version}
    return {"op": "checkpoint", "server_time": "2026-03-02T08:00:00Z", **shared, **sums}


def body(*lines: Line) -> bytes:
    """Lines as they travel."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def page(*lines: Line) -> FeedPage:
    """A page as read from its lines."""
    return read_page(body(*lines))


def sums(rows: Iterable[Line]) -> dict[str, Any]:
    """What a server that holds exactly these rows says in `counts` and `hash`."""
    counts: Counter[str] = Counter()
    hashes: Counter[str] = Counter()
    for row in rows:
        counts[row["c"]] += 1
        hashes[row["c"]] += row_hash(row["id"], row["rev"])
    return {"counts": dict(counts), "hash": {name: hash_text(value) for name, value in hashes.items()}}


def snapshot(rows: Iterable[Line], version: int = 1) -> tuple[bytes, Manifest]:
    """A compressed snapshot of these rows, in this order, and its manifest."""
    rows = list(rows)
    packed = zstandard.compress(body(*rows, checkpoint(version, **sums(rows))))
    return packed, manifest_of(packed, version, **sums(rows))


def manifest_of(packed: bytes, version: int = 1, **sums: Any) -> Manifest:
    """The manifest of any bytes."""
    sha256 = hashlib.sha256(packed).hexdigest()
    return Manifest(epoch="e1", cursor=f"c{version}", url="", bytes=len(packed), sha256=sha256, version=version, **sums)


def catalog_file(path: Path, rows: Iterable[Line], version: int = 1) -> Path:
    """A catalogue file of these rows, in this order, as a desk builds it."""
    packed, manifest = snapshot(rows, version)
    build_catalog([packed], manifest, path, now=lambda: NOW, consent=True)
    return path


def real_products() -> list[dict[str, Any]]:
    """Put lines of 250 real products and of their families, attributed in tests/data/README.md."""
    with (DATA / "product_names.csv").open(encoding="utf-8", newline="") as file:
        products = [product(**row, rev=rev) for rev, row in enumerate(csv.DictReader(file), 1)]
    return [family(code, *names) for code, names in FAMILIES.items()] + products
