"""Coroutines from Qt's side: the event loop, and tasks whose end comes back as a call. The only place with qasync."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from desktop_app.errors import ComptoirError


def run_until_complete(app: QApplication, work: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `work` on Qt's loop to its end and return its answer. Windows closing do not end the loop: `work` does."""
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
        self._running: set[asyncio.Task[Any]] = set()

    def start(
        self,
        work: Coroutine[Any, Any, Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[ComptoirError], None] | None = None,
    ) -> None:
        """Begin `work`; `done` gets its result, `failed` an expected refusal. Anything else is a defect of ours."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)

        def end(finished: asyncio.Task[Any]) -> None:
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

        task.add_done_callback(end)

    async def cancel(self) -> None:
        """Stop everything still running and wait for it."""
        tasks = tuple(self._running)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
