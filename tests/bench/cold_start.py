"""From the start of the process until typed text has results on screen, against a process with a bare Qt window."""

from collections.abc import Iterable

from tests.bench.desktop_runs import starts
from tests.bench.figure import Figure

GOAL = 2.5


def measure() -> Iterable[Figure]:
    """The median of several starts, disk cache warm."""
    runs = starts()
    window, catalogue, home = runs.window, runs.catalogue, runs.home
    yield Figure("cold start to first results", catalogue.ms, floor=window.ms, goal=GOAL, note="left in the catalogue")
    yield Figure("the same, processor time", catalogue.cpu_ms, floor=window.cpu_ms)
    yield Figure("cold start at home, then the catalogue", home.ms, floor=window.ms)
