"""The most memory a desktop held that has searched the whole catalogue and synchronised, against a bare Qt window."""

from collections.abc import Iterable

from tests.bench.desktop_runs import at_work, starts
from tests.bench.figure import Figure


def measure() -> Iterable[Figure]:
    """Nothing where the system does not tell."""
    peak = at_work().peak_mb
    if peak is not None:
        yield Figure("memory of the desktop", peak, "MB", floor=starts().window.peak_mb)
