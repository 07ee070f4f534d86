"""First sync of a generated catalogue of a million products: time, pauses and memory. Takes some minutes."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from tests.bench.catalog_server import served
from tests.bench.figure import Figure
from tests.bench.first_sync import bare_ms, figures, folded
from tests.bench.large_catalog import large_snapshot
from tests.bench.sync_child import first_sync

MOST_MB = 250


def measure() -> Iterable[Figure]:
    """One run of the desk and one of the bare work."""
    path, manifest = large_snapshot()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        described = root / "manifest.json"
        described.write_bytes(msgspec.json.encode(manifest))
        with served(path, described) as (url, code):
            synced = first_sync(root / "desk", url, code)
        floor = bare_ms(path, root, folded(path))
    rows = f"{manifest.counts['products']:,} products, {manifest.counts['stock']:,} stock rows"
    yield from figures("first sync of a million", [synced], floor, rows)
    if synced.peak_mb is not None:
        yield Figure("memory of a desk that builds a million", synced.peak_mb, "MB", goal=MOST_MB)
