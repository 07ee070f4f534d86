"""Telling front ends what a round does to many orders: seldom enough to keep up with, soon enough to watch."""

import asyncio

from desktop_app.events import EventBus, OrderChanged, SyncStatusChanged

AT_ONCE = 20
PAUSE_S = 0.25


class Announcements:
    """Publishes an `OrderChanged` and a `SyncStatusChanged` for the first order at once, then one pair for every
    `AT_ONCE` orders or `PAUSE_S` seconds, whatever comes first. Needs a running loop.
    """

    def __init__(self, events: EventBus) -> None:
        self._events = events
        # In the order they changed, each once.
        self._changed: dict[str, None] = {}
        self._pause: asyncio.TimerHandle | None = None

    def changed(self, order_id: str) -> None:
        """This order differs from what was read before."""
        self._changed[order_id] = None
        if self._pause is None or len(self._changed) >= AT_ONCE:
            self._tell()

    def finish(self) -> None:
        """Tell what is left; nothing comes later by itself."""
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        self._publish()

    def _tell(self) -> None:
        if self._pause is not None:
            self._pause.cancel()
        self._pause = asyncio.get_running_loop().call_later(PAUSE_S, self._on_pause_over)
        self._publish()

    def _on_pause_over(self) -> None:
        self._pause = None
        if self._changed:
            self._tell()

    def _publish(self) -> None:
        order_ids, self._changed = tuple(self._changed), {}
        if order_ids:
            self._events.publish(OrderChanged(order_ids))
            self._events.publish(SyncStatusChanged())
