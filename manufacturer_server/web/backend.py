"""The bridge from the event loop to the database: one thread that writes, a few that read.

Where the work really runs is given: a simulation gives no threads, so that a run repeats itself exactly.
"""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from manufacturer_server.hints import Hints
from manufacturer_server.lineage import HistoryLost
from manufacturer_server.problems import Refused
from manufacturer_server.storage.database import READERS, Database, is_busy
from manufacturer_server.storage.writes import Writes

T = TypeVar("T")
Kind = Literal["read", "write", "make"]


class Threads(Protocol):
    """Runs blocking work beside the event loop; work of the kinds `write` and `make` one at a time."""

    async def run(self, kind: Kind, work: Callable[[], T]) -> T:
        """The result of `work`, or what it raised."""

    def close(self) -> None:
        """Let running work end."""


class ThreadPools:
    """The real threads, a pool for each kind of work."""

    def __init__(self) -> None:
        self._pools: dict[Kind, ThreadPoolExecutor] = {
            "read": ThreadPoolExecutor(READERS, "reader"),
            "write": ThreadPoolExecutor(1, "writer"),
            "make": ThreadPoolExecutor(1, "snapshot"),
        }

    async def run(self, kind: Kind, work: Callable[[], T]) -> T:
        """Run `work` in a thread of its kind."""
        return await asyncio.get_running_loop().run_in_executor(self._pools[kind], work)

    def close(self) -> None:
        """Let running work end, then end the threads."""
        for pool in self._pools.values():
            pool.shutdown(wait=True)


class Backend:
    """What every route is given: the database behind threads, the clock, and the source of ids.

    The threads are real ones where none are given. Without `hints` nobody is told of what is written.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        threads: Threads | None = None,
        hints: Hints | None = None,
    ) -> None:
        self.now = now
        self.new_id = new_id
        self.database = database
        self.hints = hints
        self._threads = threads or ThreadPools()
        self._writes = Writes(database, (Refused, HistoryLost))
        self._sometime: dict[str, asyncio.Future[None]] = {}

    @property
    def folder(self) -> Path:
        """The server's data folder."""
        return self.database.folder

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a reader thread on one unchanging state. Raises Refused (`busy`)."""

        def run() -> T:
            with self.database.reading() as connection:
                return work(connection)

        return await self._in("read", run)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in the one write transaction, with others that wait for it.

        Raises Refused (`busy`) where another program writes too long.
        """
        write = self._writes.add(work)
        written = await self._in("write", lambda: self._writes.finish(write))
        if self.hints is not None:
            self.hints.wake()
        return written

    def write_sometime(self, name: str, work: Callable[[Connection], object]) -> None:
        """Run `work` as `write` does, while nobody waits for it, unless one of that name is still to be run.

        Where another program writes too long it is left.
        """
        if name not in self._sometime:
            self._sometime[name] = asyncio.ensure_future(self._written(work))
            self._sometime[name].add_done_callback(lambda _: self._sometime.pop(name))

    async def settle(self) -> None:
        """Wait for what was to be written sometime."""
        await asyncio.gather(*self._sometime.values())

    async def _written(self, work: Callable[[Connection], object]) -> None:
        with contextlib.suppress(Refused):
            await self.write(work)

    async def make(self, work: Callable[[], T]) -> T:
        """Run `work` after any other such work: a snapshot is made once, however many ask for it."""
        return await self._in("make", work)

    async def fetch(self, work: Callable[[], T]) -> T:
        """Run `work` that waits for the disk but needs no database, in a reader thread."""
        return await self._threads.run("read", work)

    async def _in(self, kind: Kind, work: Callable[[], T]) -> T:
        try:
            return await self._threads.run(kind, work)
        except OperationalError as error:
            if is_busy(error):
                raise Refused("busy", "Another program is writing; the same request will work soon.") from error
            raise
        except PoolTimeout as error:
            raise Refused("busy", "Too many requests at once.") from error

    def close(self) -> None:
        """Let running work end, then close the database."""
        self._threads.close()
        self.database.close()
