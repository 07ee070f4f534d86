"""A queue of 10,000 orders of 20 lines sent to the manufacturer's server on this machine, both programs as they are.

The floor is the bare work of one order: two commits in the desk's encrypted file with `synchronous=FULL` (the mark and
the answer), and one exchange of as many bytes with a process that commits them before it answers.
"""

import asyncio
import statistics
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from time import perf_counter

import httpx

from desktop_app.application import Application
from tests.bench.bare_server import ANSWER_BYTES
from tests.bench.figure import Figure
from tests.bench.long_queue import LINES, ORDERS, fill
from tests.bench.practice_desk import own_copy, served
from tests.bench.save_order import BareFiles

A_SECOND = 200
EXCHANGES = 1_000
ORDER_BYTES = 2_700
TICK_S = 1 / 60


def measure(orders: int = ORDERS) -> Iterable[Figure]:
    """Milliseconds per order over the whole queue, and how late the event loop of the desk was meanwhile."""
    with served("drain") as profile:
        fill(profile, orders)
        took_s, late_ms, sent = asyncio.run(_drain(profile))
    assert sent == orders
    floor = _bare_exchanges(own_copy("drain-bare"))
    note = f"{orders:,} of {LINES} lines"
    yield Figure("an order of a long queue sent", took_s * 1000 / orders, goal=1000 / A_SECOND, note=note)
    yield Figure("the same, beside bare exchanges", took_s * 1000 / orders, floor=floor)
    yield Figure("pause of the desk meanwhile, p99", statistics.quantiles(late_ms, n=100)[98], goal=16)
    yield Figure("pause of the desk meanwhile, longest", max(late_ms), goal=100)


async def _drain(profile: Path) -> tuple[float, list[float], int]:
    """Seconds until nothing waits, by how many milliseconds each sixtieth of a second was late, and how many left."""
    application = Application.open(profile)
    late: list[float] = []
    ticking = asyncio.create_task(_tick(late))
    try:
        start = perf_counter()
        report = await application.sync.round()
        took = perf_counter() - start
        assert (report.waiting, report.attention) == (0, 0), report
        return took, late, report.pushed
    finally:
        ticking.cancel()
        await application.close()


async def _tick(late: list[float]) -> None:
    while True:
        due = perf_counter() + TICK_S
        await asyncio.sleep(TICK_S)
        late.append((perf_counter() - due) * 1000)


def _bare_exchanges(folder: Path) -> float:
    """The median milliseconds of one bare order."""
    command = [sys.executable, "-m", "tests.bench.bare_server", str(folder / "bare-server.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            return asyncio.run(_exchanges(server.stdout.readline().strip(), folder / "bare.db"))
        finally:
            server.terminate()


async def _exchanges(url: str, file: Path) -> float:
    times = []
    async with httpx.AsyncClient() as client:
        with closing(BareFiles(file)) as bare:
            for number in range(EXCHANGES):
                start = perf_counter()
                bare.commit()
                answer = await client.put(f"{url}/{number}", content=bytes(ORDER_BYTES))
                bare.commit()
                times.append((perf_counter() - start) * 1000)
                assert len(answer.content) == ANSWER_BYTES
    return statistics.median(times)
