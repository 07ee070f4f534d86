"""Hearing at once that something has changed, while rounds go through. When rounds happen: `scheduler`.

A hint only brings the next round forward. Losing the stream changes nothing but that: it is no trouble that anybody is
told of, and rounds every few minutes go on.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from desktop_app.contract.documents import SHARED_COLLECTIONS
from desktop_app.contract.wire import Hint
from desktop_app.errors import ComptoirError, StorageFailed
from desktop_app.events import Event, EventBus, SyncStatusChanged
from desktop_app.remote.client import RemoteClient
from desktop_app.storage.database import storage_errors
from desktop_app.storage.sync_state import SyncState
from desktop_app.sync.retry import delay
from desktop_app.sync.scheduler import Scheduler, report_defect

FEATURE = "events"
# What many desks hear of in the same moment; they must not all ask in it.
SHARED = frozenset(SHARED_COLLECTIONS)
COMMON = SHARED | {"terms", "agreements"}
COMMON_SPREAD_S = 30.0
OWN_SPREAD_S = 1.5
# A stream that lasted this long was a good one: the next is opened soon after it.
LASTING = timedelta(minutes=2)
_logger = logging.getLogger(__name__)


class Listener:
    """Keeps one stream open while the last round went through and the server offers it, and hurries by its hints."""

    def __init__(
        self,
        client: RemoteClient,
        scheduler: Scheduler,
        state: SyncState,
        events: EventBus,
        *,
        now: Callable[[], datetime],
        rng: random.Random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client, self._scheduler, self._state, self._events = client, scheduler, state, events
        self._now, self._rng, self._sleep = now, rng, sleep
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._round: asyncio.Task[None] | None = None
        self._round_at: datetime | None = None
        self._heard: list[Hint] = []
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin to listen as soon as a round has gone through. Needs a running loop."""
        if self._task is None:
            self._unsubscribe = self._events.subscribe(self._on_event)
            self._task = asyncio.create_task(self._run())
            self._task.add_done_callback(report_defect)

    async def stop(self) -> None:
        """Close the stream and forget what was heard."""
        self._unsubscribe()
        tasks = [task for task in (self._task, self._round) if task is not None]
        self._task = self._round = self._round_at = None
        self._heard.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        failures = 0
        while True:
            await self._until(self._wanted)
            began, asked = self._now(), None
            try:
                await self._listen()
            except ComptoirError as error:
                _logger.debug("no stream of events: %s: %s", error.code, error.message)
                asked = error.params.get("retry_after", "")
            failures = 1 if self._now() - began >= LASTING else failures + 1
            pause = delay(failures, self._rng, float(asked) if asked else None)
            await self._sleep(pause.total_seconds())

    async def _listen(self) -> None:
        """Hear hints until the stream ends, or is no longer wanted. Raises what `RemoteClient.listen` raises."""
        hearing = asyncio.ensure_future(self._client.listen(self._on_hint))
        leaving = asyncio.create_task(self._until(lambda: not self._wanted()))
        try:
            await asyncio.wait((hearing, leaving), return_when=asyncio.FIRST_COMPLETED)
            if hearing.done():
                hearing.result()
        finally:
            hearing.cancel()
            leaving.cancel()
            await asyncio.gather(hearing, leaving, return_exceptions=True)

    def _wanted(self) -> bool:
        """Not while offline, shut out, failing, or while another program has the profile's synchronisation."""
        if not self._scheduler.well:
            return False
        try:
            with storage_errors():
                discovery = self._state.discovery
        except StorageFailed:
            return False
        return discovery is not None and FEATURE in discovery.features

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._changed.clear()
            await self._changed.wait()

    def _on_event(self, event: Event) -> None:
        if isinstance(event, SyncStatusChanged):
            self._changed.set()

    def _on_hint(self, hint: Hint) -> None:
        """Plan a round, unless one is planned sooner: soon for what concerns this dealer alone, else some time on."""
        spread = COMMON_SPREAD_S if COMMON.issuperset(hint.collections) else OWN_SPREAD_S
        self._heard.append(hint)
        wait = self._rng.uniform(0.0, spread)
        due = self._now() + timedelta(seconds=wait)
        if self._round is not None and self._round_at is not None:
            if self._round_at <= due:
                return
            self._round.cancel()
        self._round_at, self._round = due, asyncio.create_task(self._hurry_after(wait))
        self._round.add_done_callback(report_defect)

    async def _hurry_after(self, wait: float) -> None:
        await self._sleep(wait)
        heard, self._heard, self._round_at = self._heard, [], None
        if self._scheduler.well and not all(self._is_read(hint) for hint in heard):
            self._scheduler.hurry()

    def _is_read(self, hint: Hint) -> bool:
        """Whether a round has read it already, as it has what this desk itself sent."""
        # The version of a catalogue is another file's; a needless round is no harm.
        if hint.version == 0 or not SHARED.isdisjoint(hint.collections):
            return False
        try:
            with storage_errors():
                position = self._state.position()
        except StorageFailed:
            return False
        return position is not None and position.version >= hint.version
