"""Coroutines from Qt's side: the event loop, and tasks whose end comes back as a call. The only place with qasync.

Imports stay inside the functions: the first picture does not wait for asyncio and all it brings.
"""

import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from desktop_app.errors import ComptoirError

if TYPE_CHECKING:
    from asyncio import Task

Done = Callable[[Any], None]
Failed = Callable[[ComptoirError], None]


def run_until_complete(app: QApplication, work: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `work` on Qt's loop to its end and return its answer. Windows closing do not end the loop: `work` does."""
    import asyncio

    from qasync import QEventLoop

    app.setQuitOnLastWindowClosed(False)
    with QEventLoop(app) as loop:
        asyncio.set_event_loop(loop)
        try:
            return int(loop.run_until_complete(work()))
        finally:
            asyncio.set_event_loop(None)


class Tasks:
    """Coroutines started by buttons. What they await must never open a dialog with `exec`: see the architecture."""

    def __init__(self) -> None:
        self._running: set[Task[Any]] = set()
        self._early: list[Callable[[], None]] | None = None

    def wait_for_loop(self) -> None:
        """From now on keep what is started, until `loop_runs`: Qt is alone with the first picture."""
        self._early = []

    def loop_runs(self) -> None:
        """Begin what was started before the loop ran."""
        early, self._early = self._early or [], None
        for begin in early:
            begin()

    def start(self, work: Coroutine[Any, Any, Any], done: Done | None = None, failed: Failed | None = None) -> None:
        """Begin `work`; `done` gets its result, `failed` an expected refusal. Anything else is a defect of ours."""
        if self._early is not None:
            self._early.append(partial(self.start, work, done, failed))
            return
        import asyncio

        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(partial(self._end, done, failed))

    async def cancel(self) -> None:
        """Stop everything still running and wait for it."""
        import asyncio

        tasks = tuple(self._running)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _end(self, done: Done | None, failed: Failed | None, finished: "Task[Any]") -> None:
        self._running.discard(finished)
        if finished.cancelled():
            return
        error = finished.exception()
        if error is None:
            if done is not None:
                done(finished.result())
        elif isinstance(error, ComptoirError) and failed is not None:
            failed(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)
