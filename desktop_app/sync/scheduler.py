"""When rounds happen: at the start, when something is to be sent, every few minutes, and later when failing."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from desktop_app.errors import ServerTooNew, StorageFailed
from desktop_app.events import DraftToTell, Event, EventBus, OrderChanged, SyncStatusChanged
from desktop_app.storage.database import storage_errors
from desktop_app.storage.outbox import Outbox
from desktop_app.sync.engine import RoundResult, SyncEngine
from desktop_app.sync.retry import delay, poll_delay
from desktop_app.sync.status import RoundStatus

# How often another program's work on the same profile is noticed.
WATCH = timedelta(seconds=2)
# How often it is tried to take over from a program that holds the sync lock.
OTHER_PROGRAM = timedelta(seconds=10)
# How long to leave files alone that something else holds.
UNREADABLE = timedelta(seconds=30)
_ZERO = timedelta(0)


class Scheduler:
    """Runs the engine's rounds one at a time: those it decides on itself, and those asked for.

    `interval` gives the time between two rounds that go through; `changed_elsewhere` tells, once, that another program
    wrote to the profile.
    """

    def __init__(
        self,
        engine: SyncEngine,
        outbox: Outbox,
        events: EventBus,
        status: RoundStatus,
        *,
        interval: Callable[[], timedelta],
        changed_elsewhere: Callable[[], bool],
        now: Callable[[], datetime],
        rng: random.Random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._engine, self._outbox, self._events, self._status = engine, outbox, events, status
        self._interval, self._changed_elsewhere = interval, changed_elsewhere
        self._now, self._rng, self._sleep = now, rng, sleep
        self._one_at_a_time = asyncio.Lock()
        self._wake = asyncio.Event()
        self._failures = 0
        self._hurried = False
        self._well = False
        self._wait = _ZERO
        self._next_round: datetime | None = None
        self._last_start = now()
        self._left_due: set[int] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._unsubscribe: Callable[[], None] = lambda: None

    @property
    def started(self) -> bool:
        """Whether it decides on rounds itself; else they are only run when asked for."""
        return bool(self._tasks)

    @property
    def well(self) -> bool:
        """Whether the last round went through, and this program is the one that synchronises the profile."""
        return self._well

    def start(self) -> None:
        """Begin, with a round at once. Needs a running loop."""
        if self._tasks:
            return
        self._unsubscribe = self._events.subscribe(self._on_event)
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._watch())]
        for task in self._tasks:
            task.add_done_callback(report_defect)

    async def stop(self) -> None:
        """End; a round under way is cut off, and what it had in flight is looked up next time."""
        self._unsubscribe()
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        # A defect was shown when its task ended; it must not keep the files from being closed.
        await asyncio.gather(*tasks, return_exceptions=True)

    async def round(self) -> RoundResult:
        """Run a round now, after the one under way if there is one."""
        async with self._one_at_a_time:
            self._status.running, self._hurried = True, False
            self._last_start = self._now()
            self._events.publish(SyncStatusChanged())
            try:
                result = await self._engine.round()
                self._plan(result)
                return result
            finally:
                self._status.running = False
                self._events.publish(SyncStatusChanged())

    def hurry(self) -> None:
        """Run a round as soon as possible, whatever was planned; after the one under way, which may have missed it."""
        self._failures = 0
        self._hurried = True
        self._wake.set()

    def _plan(self, result: RoundResult) -> None:
        """Decide when the next round is due, and note what went wrong."""
        self._status.reason, self._status.message, self._status.params = result.reason, result.message, result.params
        self._well = result.trouble is None and not result.left_to_other
        try:
            with storage_errors():
                self._wait = self._wait_after(result)
        except StorageFailed as error:
            self._unreadable(error)
        self._next_round = self._status.next_try = self._now() + self._wait

    def _wait_after(self, result: RoundResult) -> timedelta:
        """How long to wait after that round; a message that is still due counts as a failure, so nothing spins."""
        now = self._now()
        self._left_due = {place for place, _ in self._outbox.due_places(now)}
        if result.left_to_other:
            self._failures = 0
            return min(self._interval(), OTHER_PROGRAM)
        if isinstance(result.trouble, ServerTooNew):
            # It passes by an update, or at the manufacturer's: to ask more often would help nobody.
            self._failures = 0
            return poll_delay(self._interval(), self._rng)
        if result.trouble is not None or self._left_due:
            self._failures += 1
            return delay(self._failures, self._rng, result.retry_after)
        self._failures = 0
        pause, moment = poll_delay(self._interval(), self._rng), self._outbox.next_moment()
        return pause if moment is None else min(pause, moment - now)

    def _unreadable(self, error: StorageFailed) -> None:
        """The queue cannot be read just now: say so, and try again in a while."""
        self._status.reason, self._status.message, self._status.params = error.code, error.message, {}
        self._failures += 1
        self._wait = UNREADABLE

    def _time_left(self) -> timedelta:
        """How long until the next round: a clock that was set back never makes it longer than planned."""
        now = self._now()
        if self._hurried or self._next_round is None or now < self._last_start or self._something_new(now):
            return _ZERO
        return max(min(self._next_round - now, self._wait), _ZERO)

    def _something_new(self, now: datetime) -> bool:
        """Whether something was queued or released since the last round: that is tried at once, even while failing."""
        return any(not planned and place not in self._left_due for place, planned in self._outbox.due_places(now))

    async def _run(self) -> None:
        while True:
            try:
                with storage_errors():
                    left = self._time_left()
            except StorageFailed as error:
                self._unreadable(error)
                left = self._wait
            if left > _ZERO:
                await self._pause(left)
            else:
                await self.round()

    async def _pause(self, duration: timedelta) -> None:
        """Sleep until then, or until woken."""
        self._wake.clear()
        waits = [asyncio.ensure_future(self._sleep(duration.total_seconds())), asyncio.create_task(self._woken())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _woken(self) -> None:
        await self._wake.wait()

    async def _watch(self) -> None:
        """Notice what another program on the same profile has put into the queue."""
        while True:
            await self._sleep(WATCH.total_seconds())
            try:
                with storage_errors():
                    changed = self._changed_elsewhere()
            except StorageFailed:
                # Seen again next time; what cannot be read for long is told by the rounds.
                continue
            if changed:
                self._wake.set()

    def _on_event(self, event: Event) -> None:
        if isinstance(event, DraftToTell):
            self.hurry()
        elif isinstance(event, OrderChanged) and not self._status.running:
            self._wake.set()


def report_defect(task: asyncio.Task[None]) -> None:
    """A defect of ours must not end the synchronisation silently: the loop's handler shows it."""
    if not task.cancelled() and (defect := task.exception()) is not None:
        task.get_loop().call_exception_handler(
            {"message": "The synchronisation has stopped", "exception": defect, "task": task}
        )
