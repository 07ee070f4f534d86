"""An asyncio loop whose time is virtual: days of waiting pass in a moment, and always in the same order.

`loop.time()` itself moves, so `asyncio.sleep`, `asyncio.timeout` and `call_later` are all virtual. Threads are refused:
what they do would depend on the machine.
"""

import asyncio
import selectors
from collections.abc import Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")
# More than is ever done at one moment.
MOST_TURNS = 100_000


class Stuck(RuntimeError):
    """Nothing is left to happen, or nothing ever moves on, yet the work is not done."""


class _Timeless(selectors.SelectSelector):
    """Waits for nothing: where the loop would sleep, the time is simply later."""

    now = 0.0
    turns = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise Stuck("every task waits for something that never comes")
        self.turns = 0 if timeout > 0 else self.turns + 1
        if self.turns > MOST_TURNS:
            self.turns = 0
            raise Stuck("it runs in circles, and no time passes")
        self.now += max(timeout, 0.0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Begins at time 0.0. `defects` collects what tasks and callbacks raised without anybody taking notice."""

    def __init__(self) -> None:
        self._timeless = _Timeless()
        super().__init__(self._timeless)
        self.defects: list[str] = []
        self.set_exception_handler(self._note)

    def time(self) -> float:
        """Seconds since the beginning."""
        return self._timeless.now

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:  # type: ignore[override]
        """Refused."""
        raise RuntimeError(f"{func} was given to a thread: a run could not be repeated")

    def _note(self, _: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        self.defects.append(f"{context['message']}: {context.get('exception')!r}")


def run(loop: VirtualLoop, work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end; what still runs then is cancelled."""
    try:
        return loop.run_until_complete(work)
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


class VirtualClock:
    """The moment as one machine sees it: the loop's time since `start`, and how wrong its own clock is set."""

    def __init__(self, loop: VirtualLoop, start: datetime) -> None:
        self._loop, self._start = loop, start
        self.wrong = timedelta(0)

    @property
    def seconds(self) -> float:
        """The loop's time, right whatever the clock says."""
        return self._loop.time()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=self._loop.time()) + self.wrong
