"""Many orders that change quickly are told of some at a time; the first at once, and none is forgotten."""

import asyncio

import pytest

from desktop_app.events import Event, EventBus, OrderChanged, SyncStatusChanged
from desktop_app.sync import announcements
from desktop_app.sync.announcements import AT_ONCE, Announcements


class Told:
    """What was published."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        bus = EventBus()
        bus.subscribe(self.events.append)
        self.announcements = Announcements(bus)

    @property
    def orders(self) -> list[tuple[str, ...]]:
        return [event.order_ids for event in self.events if isinstance(event, OrderChanged)]


async def test_the_first_order_is_told_at_once_and_each_next_score_together() -> None:
    told = Told()
    for number in range(2 * AT_ONCE + 2):
        told.announcements.changed(f"o{number}")
    assert [len(orders) for orders in told.orders] == [1, AT_ONCE, AT_ONCE]
    assert told.events.count(SyncStatusChanged()) == 3
    told.announcements.finish()
    assert [order_id for orders in told.orders for order_id in orders] == [f"o{n}" for n in range(2 * AT_ONCE + 2)]


async def test_what_follows_slowly_is_told_after_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "PAUSE_S", 0.02)
    told = Told()
    for order_id in ("o1", "o1", "o2"):
        told.announcements.changed(order_id)
    assert told.orders == [("o1",)]
    await asyncio.sleep(0.1)
    assert told.orders == [("o1",), ("o1", "o2")]
    told.announcements.changed("o3")
    assert told.orders[2:] == [("o3",)]


async def test_nothing_is_told_twice_or_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "PAUSE_S", 0.02)
    told = Told()
    told.announcements.finish()
    assert told.events == []
    told.announcements.changed("o1")
    told.announcements.changed("o2")
    told.announcements.finish()
    told.announcements.finish()
    await asyncio.sleep(0.05)
    assert told.orders == [("o1",), ("o2",)]
