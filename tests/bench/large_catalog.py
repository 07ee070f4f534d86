"""A generated catalogue of a million products as a snapshot file: the practice set again and again, renamed."""

import atexit
import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from desktop_app.contract.wire import Manifest, hash_text, row_hash
from tests.bench.practice_catalog import KEYS, rows

PRODUCTS = 1_000_000
_MOMENT = "2026-03-02T08:00:00Z"


@cache
def large_snapshot(products: int = PRODUCTS) -> tuple[Path, Manifest]:
    """The snapshot file of that many products, two rows of stock each, and its manifest."""
    folder = Path(tempfile.mkdtemp(prefix="comptoir-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "snapshot.ndjson.zst"
    counts: Counter[str] = Counter()
    hashes: Counter[str] = Counter()
    shared: dict[str, Any] = {"cursor": "c", "epoch": "e"}
    with path.open("wb") as file, zstandard.ZstdCompressor(level=9, threads=-1).stream_writer(file) as packed:
        for rev, (collection, row_id, document) in enumerate(_documents(products), 1):
            line = {"op": "put", "c": collection, "id": row_id, "rev": rev, "d": document}
            packed.write(msgspec.json.encode(line) + b"\n")
            counts[collection] += 1
            hashes[collection] += row_hash(row_id, rev)
        shared["version"] = counts.total()
        end = {"op": "checkpoint", "more": False, "server_time": _MOMENT, **shared, "counts": counts}
        packed.write(msgspec.json.encode(end) + b"\n")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    sums = {name: hash_text(value) for name, value in hashes.items()}
    return path, Manifest(url="", bytes=path.stat().st_size, sha256=sha256, counts=dict(counts), hash=sums, **shared)


def _documents(products: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Collection, id and document of each row: what is wanted first before what is stopped, stock by its product."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in KEYS}
    for collection, _, document in rows():
        found[collection].append(document)
    times, rest = divmod(products, len(found["products"]))
    extra = {document["sku"] for document in found["products"][:rest]}

    def repeated(collection: str) -> Iterator[dict[str, Any]]:
        if collection == "products":
            for number in range(times + 1):
                chosen = found[collection] if number < times else found[collection][:rest]
                yield from (_renamed(document, number) for document in chosen)
        elif collection == "stock":
            for document in found[collection]:
                yield from (_renamed(document, n) for n in range(times + (document["sku"] in extra)))
        else:
            yield from found[collection]

    for collection, keys in KEYS.items():
        for document in repeated(collection):
            yield collection, "/".join(document[key] for key in keys), document


def _renamed(document: dict[str, Any], number: int) -> dict[str, Any]:
    """The same under numbers of its own, but for the first; a product's name differs by a word."""
    if not number:
        return document
    named = document | {"sku": f"{document['sku']}.V{number}"}
    if "name" in document:
        named |= {"name": f"{document['name']} V{number}", "ean": f"{number:02d}{document['ean'][2:]}"}
        if "manufacturer_ref" in document:
            named["manufacturer_ref"] = f"{document['manufacturer_ref']}.V{number}"
    return named
