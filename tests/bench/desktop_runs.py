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
from pathlib import Path

from desktop_app.paths import ProfilePaths
from desktop_app.settings import ROOM, Settings
from tests.bench.long_queue import fill
from tests.bench.practice_desk import own_copy

RUNS, FULL_RUNS, MEMORY_RUNS = 11, 7, 3


@dataclass(frozen=True)
class Run:
    """Medians of one kind of start: on the clock, of the processor, most memory (None where the system is silent)."""

    ms: float
    cpu_ms: float
    peak_mb: float | None


@dataclass(frozen=True)
class Starts:
    """A bare window; the desktop whose window was left in the catalogue; the desktop that opens at home first."""

    window: Run
    catalogue: Run
    home: Run


@cache
def starts() -> Starts:
    """All kinds in turn, the first turn not counted: the disk cache is warm then."""
    profile = own_copy("cold_start")
    answers: dict[str, list[dict[str, float | None]]] = defaultdict(list)
    for _ in range(RUNS + 1):
        answers["window"].append(_start("window", profile))
        for room in ("catalogue", "home"):
            Settings(ProfilePaths(profile).settings).set(ROOM, room)
            answers[room].append(_start("search", profile))
    return Starts(*(_median(answers[kind][1:]) for kind in ("window", "catalogue", "home")))


def full_and_empty(orders: int) -> tuple[Run, Run]:
    """The desktop that opens at home with so many orders waiting, and with none; in turn, the first not counted."""
    profiles = {"full": own_copy("start_full"), "empty": own_copy("start_empty")}
    fill(profiles["full"], orders)
    answers: dict[str, list[dict[str, float | None]]] = defaultdict(list)
    for profile in profiles.values():
        Settings(ProfilePaths(profile).settings).set(ROOM, "home")
    for _ in range(FULL_RUNS + 1):
        for kind, profile in profiles.items():
            answers[kind].append(_start("search", profile))
    return _median(answers["full"][1:]), _median(answers["empty"][1:])


def at_work() -> Run:
    """The desktop some seconds after its first search, the first round with its manufacturer behind it."""
    profile = own_copy("memory")
    return _median([_start("work", profile) for _ in range(MEMORY_RUNS)])


def _start(kind: str, profile: Path) -> dict[str, float | None]:
    # As on a person's machine: the compiled modules of the first start are kept for the next.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "tests.bench.desktop_child", kind, str(time.monotonic()), str(profile)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, env=environment)
    answer: dict[str, float | None] = json.loads(done.stdout)
    return answer


def _median(answers: list[dict[str, float | None]]) -> Run:
    def median(key: str) -> float | None:
        values = [value for answer in answers if (value := answer[key]) is not None]
        return statistics.median(values) if values else None

    return Run(median("ms") or 0.0, median("cpu_ms") or 0.0, median("peak_mb"))
