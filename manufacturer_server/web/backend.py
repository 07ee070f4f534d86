"""The bridge from the event loop to the database: one thread that writes, a few that read."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from manufacturer_server.problems import Refused
from manufacturer_server.storage.database import READERS, Database, is_busy

T = TypeVar("T")


class Backend:
    """What every route is given: the database behind threads, the clock, and the source of ids."""

    def __init__(self, database: Database, now: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self.now = now
        self.new_id = new_id
        self.database = database
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._makers = ThreadPoolExecutor(1, "snapshot")

    @property
    def folder(self) -> Path:
        """The server's data folder."""
        return self.database.folder

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a reader thread on one unchanging state. Raises Refused (`busy`)."""

        def run() -> T:
            with self.database.reading() as connection:
                return work(connection)

        return await self._in(self._readers, run)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` as the one write transaction. Raises Refused (`busy`) where another program writes too long."""

        def run() -> T:
            with self.database.writing() as connection:
                return work(connection)

        return await self._in(self._writer, run)

    async def make(self, work: Callable[[], T]) -> T:
        """Run `work` after any other such work: a snapshot is made once, however many ask for it."""
        return await self._in(self._makers, work)

    async def _in(self, threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, work)
        except OperationalError as error:
            if is_busy(error):
                raise Refused("busy", "Another program is writing; the same request will work soon.") from error
            raise
        except PoolTimeout as error:
            raise Refused("busy", "Too many requests at once.") from error

    def close(self) -> None:
        """Let running work end, then close the database."""
        for threads in (self._writer, self._readers, self._makers):
            threads.shutdown(wait=True)
        self.database.close()
