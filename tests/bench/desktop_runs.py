"""Starts `desktop_child` again and again for the benches of time and memory, each kind in turn."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from tests.bench.practice_desk import own_copy

RUNS = 9


@dataclass(frozen=True)
class Runs:
    """Medians over the runs; memory is None where the system does not tell."""

    window_ms: float
    desktop_ms: float
    window_mb: float | None
    desktop_mb: float | None


@cache
def measured() -> Runs:
    """Both processes in turn, the first pair not counted: the disk cache is warm then."""
    profile = str(own_copy("cold_start"))
    # As on a person's machine: the compiled modules of the first start are kept for the next.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    answers: dict[str, list[dict[str, float | None]]] = defaultdict(list)
    for _ in range(RUNS + 1):
        for kind in ("window", "search"):
            command = [sys.executable, "-m", "tests.bench.desktop_child", kind, str(time.monotonic()), profile]
            done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, env=environment)
            answers[kind].append(json.loads(done.stdout))

    def median(kind: str, key: str) -> float | None:
        values = [value for answer in answers[kind][1:] if (value := answer[key]) is not None]
        return statistics.median(values) if values else None

    return Runs(
        median("window", "ms") or 0.0,
        median("search", "ms") or 0.0,
        median("window", "peak_mb"),
        median("search", "peak_mb"),
    )
