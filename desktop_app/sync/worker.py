"""Where long work runs: in one thread beside the screen's, or, for a simulation, in the same one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

T = TypeVar("T")


class Worker(Protocol):
    """Runs blocking work. `concurrent` False: the work only begins when it is awaited, and holds everything up."""

    concurrent: bool

    async def run(self, work: Callable[[], T]) -> T:
        """The result of `work`, or what it raised."""

    def close(self) -> None:
        """Wait for the work under way and end."""


class ThreadWorker:
    """One thread; its work never touches a connection of another thread."""

    concurrent = True

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` in the thread."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "sync-worker")
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Wait for the work under way and end the thread."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


class SameThread:
    """No thread: work runs when awaited, so that a simulation repeats itself exactly."""

    concurrent = False

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` at once."""
        return work()

    def close(self) -> None:
        """Nothing to end."""
