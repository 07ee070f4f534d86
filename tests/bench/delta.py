"""10,000 products change at the manufacturer, and a running desktop takes them in: how late its screen is meanwhile."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from pathlib import Path

from tests.bench.desktop_pull import pauses
from tests.bench.figure import Figure
from tests.bench.practice_catalog import table
from tests.bench.practice_desk import served
from tests.support.programs import run

CHANGES = 10_000
MEDIAN_MS, P99_MS = 16, 100


def measure() -> Iterable[Figure]:
    """The lateness of a tick due sixty times a second, from the beginning of the round until it is on screen."""
    with served("delta") as profile:
        data = profile.with_name(f"{profile.name}-server")
        dearer = _dearer(profile.with_name("products.csv"))
        late = pauses(profile, lambda: run("comptoir-server", "import", "--data", data, "--merge", dearer))
    yield Figure(f"{CHANGES:,} changes taken in by a desktop", late["ms"])
    yield Figure("pause of its screen meanwhile, median", late["p50"], goal=MEDIAN_MS)
    yield Figure("pause of its screen meanwhile, p99", late["p99"], goal=P99_MS)
    yield Figure("pause of its screen meanwhile, longest", late["worst"])


def _dearer(path: Path) -> Path:
    """A file of that many products, each a euro dearer."""
    rows = list(islice(table("products"), CHANGES))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, sorted({name for row in rows for name in row}))
        writer.writeheader()
        writer.writerows(row | {"list_price": str(Decimal(row["list_price"]) + 1)} for row in rows)
    return path
