"""Several messages on their way at once: one while the server is in trouble, more the longer it answers well."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

MOST = 4


class Message(Protocol):
    """What is sent. Two about the same subject never travel together: the second may depend on the first."""

    @property
    def subject(self) -> str:
        """What it is about."""


M = TypeVar("M", bound=Message)
A = TypeVar("A")
Arrived = Sequence[tuple[M, asyncio.Task[A]]]


class Window(Generic[M, A]):
    """Sends messages in their order, at most `MOST` at a time, and at first one by one.

    `leave` writes down that these are about to leave and returns those that may; `put` sends one. `record` writes down
    what became of some, each an answer, an error or cancelled; `judge` then tells of each whether it went well,
    None where nothing more is to leave. Where any of the four raises, what is on its way is still recorded.
    """

    def __init__(
        self,
        leave: Callable[[Sequence[M]], Sequence[M]],
        put: Callable[[M], Coroutine[Any, Any, A]],
        record: Callable[[Arrived[M, A]], None],
        judge: Callable[[asyncio.Task[A]], Awaitable[bool | None]],
    ) -> None:
        self._leave, self._put, self._record, self._judge = leave, put, record, judge
        self._flying: dict[asyncio.Task[A], M] = {}
        self._ahead: M | None = None
        self._width = 1

    async def run(self, due: Iterator[M]) -> bool:
        """Send everything that is due; False where `judge` put an end to it."""
        try:
            while True:
                while chosen := self._next(due):
                    for message in self._leave(chosen):
                        self._flying[asyncio.ensure_future(self._put(message))] = message
                if not self._flying:
                    return True
                await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
                for task in self._land():
                    if not await self._go_on_after(task):
                        return False
                # The screen comes first: it does not wait for two commits in a row.
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            for task in self._flying:
                task.cancel()
            raise
        finally:
            if self._flying:
                await asyncio.wait(self._flying)
                self._land()

    def _next(self, due: Iterator[M]) -> list[M]:
        """What may leave now."""
        chosen: list[M] = []
        under_way = {message.subject for message in self._flying.values()}
        while len(self._flying) + len(chosen) < self._width:
            message = self._ahead or next(due, None)
            self._ahead = None
            if message is None:
                break
            if message.subject in under_way:
                self._ahead = message
                break
            under_way.add(message.subject)
            chosen.append(message)
        return chosen

    def _land(self) -> list[asyncio.Task[A]]:
        """Record what has arrived, in the order it left."""
        tasks = [task for task in self._flying if task.done()]
        self._record([(self._flying.pop(task), task) for task in tasks])
        return tasks

    async def _go_on_after(self, task: asyncio.Task[A]) -> bool:
        well = await self._judge(task)
        # The server, or what lies between, is not asked for more than one thing before it has answered well again.
        self._width = min(2 * self._width, MOST) if well else 1
        return well is not None
