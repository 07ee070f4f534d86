"""From the start of the process until typed text has results on screen, with 10,000 orders waiting: as without any."""

from collections.abc import Iterable

from tests.bench.desktop_runs import full_and_empty
from tests.bench.figure import Figure
from tests.bench.long_queue import LINES, ORDERS

GOAL = 1.3


def measure(orders: int = ORDERS) -> Iterable[Figure]:
    """The median of several starts at home, disk cache warm; the floor is the same start with an empty queue."""
    full, empty = full_and_empty(orders)
    note = f"{orders:,} of {LINES} lines"
    yield Figure("start with a long queue", full.ms, floor=empty.ms, goal=GOAL, note=note)
    yield Figure("the same, processor time", full.cpu_ms, floor=empty.cpu_ms)
    if full.peak_mb is not None and empty.peak_mb is not None:
        yield Figure("its memory", full.peak_mb, unit="MB", floor=empty.peak_mb)
