"""The most memory a desktop held that has the whole catalogue at hand and has searched, against a bare Qt window."""

from collections.abc import Iterable

from tests.bench.desktop_runs import measured
from tests.bench.figure import Figure


def measure() -> Iterable[Figure]:
    """From the same runs as the cold start; nothing where the system does not tell."""
    runs = measured()
    if runs.desktop_mb is not None:
        yield Figure("memory of the desktop", runs.desktop_mb, "MB", floor=runs.window_mb)
