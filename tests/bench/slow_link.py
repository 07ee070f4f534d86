"""First sync of the practice catalogue over a link of 20 Mbit/s; the floor is the time its bytes take."""

import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.bench.catalog_server import served
from tests.bench.figure import Figure
from tests.bench.first_sync import files
from tests.bench.practice_catalog import snapshot
from tests.bench.sync_child import first_sync

RUNS = 5
BITS_A_SECOND = 20_000_000
GOAL_MS = 2_000


def measure() -> Iterable[Figure]:
    """The time to a catalogue in force, and how much longer than the download alone that is."""
    packed, manifest = snapshot()
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path, described = files(root, packed, manifest)
        for number in range(RUNS):
            with served(path, described, BITS_A_SECOND) as (url, code):
                runs.append(first_sync(root / f"desk-{number}", url, code).ms)
    took = statistics.median(runs)
    yield Figure("first sync at 20 Mbit/s", took, goal=GOAL_MS, note=f"{len(packed) / 1e6:.1f} MB to download")
    yield Figure("the same, beside its bytes alone", took, floor=len(packed) * 8_000 / BITS_A_SECOND)
