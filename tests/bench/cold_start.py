"""From the start of the process until typed text has results on screen, against a process with a bare Qt window."""

from collections.abc import Iterable

from tests.bench.desktop_runs import measured
from tests.bench.figure import Figure

GOAL = 2.5


def measure() -> Iterable[Figure]:
    """The median of several starts, disk cache warm."""
    runs = measured()
    yield Figure("cold start to first results", runs.desktop_ms, floor=runs.window_ms, goal=GOAL)
