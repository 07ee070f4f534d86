"""A desk without a screen that joins a server and makes its first round, as a process that is measured.

`python -m tests.bench.sync_child PROFILE URL CODE` prints one JSON object: `ms` from the first byte of the catalogue
asked for until the new one is in force, how late the event loop was meanwhile, and the most memory held.
"""

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from desktop_app.application import Application
from desktop_app.events import CatalogChanged, Event, SyncProgress
from tests.support.programs import environment

TICK_S = 1 / 60


@dataclass(frozen=True)
class FirstSync:
    """How long it took, the lateness of the loop's ticks (99th percentile, worst), the peak of memory if known."""

    ms: float
    late_p99_ms: float
    late_worst_ms: float
    peak_mb: float | None


def first_sync(profile: Path, url: str, code: str) -> FirstSync:
    """Join and synchronise in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.sync_child", str(profile), url, code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment())
    return FirstSync(**json.loads(done.stdout))


async def _measured(application: Application, url: str, code: str) -> FirstSync:
    secrets = await application.connection.join(url, code, "", vault=False)
    os.environ["COMPTOIR_TOKEN"], os.environ["COMPTOIR_DESK_KEY"] = secrets.token, secrets.key.hex()
    began: list[float] = []
    ended: list[float] = []
    late: list[float] = []

    def on_event(event: Event) -> None:
        if isinstance(event, SyncProgress) and not began:
            began.append(perf_counter())
        elif isinstance(event, CatalogChanged):
            ended.append(perf_counter())

    async def tick() -> None:
        while True:
            due = perf_counter() + TICK_S
            await asyncio.sleep(TICK_S)
            late.append((perf_counter() - due) * 1000)

    application.events.subscribe(on_event)
    ticking = asyncio.create_task(tick())
    report = await application.sync.round()
    ticking.cancel()
    assert report.reason == "", report
    return FirstSync((ended[0] - began[0]) * 1000, statistics.quantiles(late, n=100)[98], max(late), peak_mb())


def peak_mb() -> float | None:
    """The most memory this process has held, where the system tells."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else None


async def main() -> None:
    """Do what the arguments say."""
    profile, url, code = sys.argv[1:]
    application = Application.open(Path(profile))
    try:
        measured = await _measured(application, url, code)
    finally:
        await application.close()
    sys.stdout.write(json.dumps({name: getattr(measured, name) for name in FirstSync.__dataclass_fields__}) + "\n")


if __name__ == "__main__":
    asyncio.run(main())
