"""A clock that only moves when everybody sleeps: hours of waiting pass in a moment, always in the same order."""

import asyncio
import heapq
from datetime import datetime, timedelta

# How often the loop turns until every task has had its say.
TURNS = 50


class VirtualTime:
    """`now` and `sleep` for a program under test; `pass_` lets time go by."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> datetime:
        """The moment."""
        return self._now

    def set_back(self, duration: timedelta) -> None:
        """The person corrects the clock; sleepers sleep on for as long as they meant to."""
        self._now -= duration
        self._sleepers = [(due - duration, number, sleeper) for due, number, sleeper in self._sleepers]

    async def sleep(self, seconds: float) -> None:
        """Wait in virtual time."""
        self._count += 1
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + timedelta(seconds=seconds), self._count, sleeper))
        await sleeper

    async def pass_(self, **duration: float) -> None:
        """Let that much time go by, waking everybody in turn."""
        end = self._now + timedelta(**duration)
        await self._settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            due, _, sleeper = heapq.heappop(self._sleepers)
            if not sleeper.done():
                self._now = max(self._now, due)
                sleeper.set_result(None)
                await self._settle()
        self._now = end

    async def _settle(self) -> None:
        for _ in range(TURNS):
            await asyncio.sleep(0)
