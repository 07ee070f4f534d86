"""When it is listened, and what a hint leads to, in virtual time: the client and the rounds are told what happens."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from desktop_app.contract.wire import Checkpoint, Discovery, Hint
from desktop_app.errors import ComptoirError, Offline, ServerBusy
from desktop_app.events import EventBus, SyncStatusChanged
from desktop_app.remote.client import RemoteClient
from desktop_app.sync.listener import COMMON_SPREAD_S, LASTING, OWN_SPREAD_S, Listener
from desktop_app.sync.scheduler import Scheduler
from tests.support.desk_world import START, DeskWorld
from tests.support.virtual_time import VirtualTime

MOMENT = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)
OWN, COMMON = Hint(["orders"]), Hint(["stock", "terms"])


class ScriptedClient:
    """Streams that stay open until told otherwise, or fail at once by `trouble`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.opened: list[datetime] = []
        self.trouble: ComptoirError | None = None
        self.told: Callable[[Hint], None] | None = None
        self._end: asyncio.Future[None] | None = None

    async def listen(self, told: Callable[[Hint], None]) -> None:
        self.opened.append(self._now())
        if self.trouble is not None:
            raise self.trouble
        self.told, self._end = told, asyncio.get_running_loop().create_future()
        try:
            await self._end
        finally:
            self.told = None

    def hint(self, hint: Hint) -> None:
        assert self.told is not None, "nobody listens"
        self.told(hint)

    def end(self) -> None:
        assert self._end is not None
        self._end.set_result(None)


class ScriptedRounds:
    """Stands for the scheduler: whether rounds go through is said, when it is hurried is noted."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.well = False
        self.hurried: list[datetime] = []

    def hurry(self) -> None:
        self.hurried.append(self._now())


class Bench:
    """A listener with the real file of a desk."""

    def __init__(self, world: DeskWorld) -> None:
        self.time = VirtualTime(START)
        self.state, self.events = world.state, EventBus()
        self.client, self.rounds = ScriptedClient(self.time.now), ScriptedRounds(self.time.now)
        self.offers("events")
        self.listener = Listener(
            cast(RemoteClient, self.client),
            cast(Scheduler, self.rounds),
            self.state,
            self.events,
            now=self.time.now,
            rng=random.Random(4),
            sleep=self.time.sleep,
        )

    def offers(self, *features: str) -> None:
        self.state.discovery = Discovery("M", "s", ["1"], "e", MOMENT, features=list(features))

    async def round_ends(self, *, well: bool) -> None:
        self.rounds.well = well
        self.events.publish(SyncStatusChanged())
        await self.time.pass_(seconds=0.001)

    def run(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async def main() -> None:
            self.listener.start()
            await work()
            await self.listener.stop()
            assert self.client.told is None
            assert asyncio.all_tasks() == {asyncio.current_task()}

        asyncio.run(main())


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    world = DeskWorld(tmp_path)
    yield Bench(world)
    world.close()


def test_it_listens_while_rounds_go_through_and_no_longer(bench: Bench) -> None:
    async def work() -> None:
        await bench.time.pass_(hours=1)
        assert not bench.client.opened
        await bench.round_ends(well=True)
        assert bench.client.told is not None
        await bench.round_ends(well=True)
        assert len(bench.client.opened) == 1
        await bench.round_ends(well=False)
        assert bench.client.told is None
        await bench.time.pass_(hours=1)
        assert len(bench.client.opened) == 1

    bench.run(work)


def test_it_does_not_ask_a_server_that_offers_no_events(bench: Bench) -> None:
    async def work() -> None:
        bench.offers("snapshot")
        await bench.round_ends(well=True)
        await bench.time.pass_(hours=1)
        assert not bench.client.opened

    bench.run(work)


def test_what_concerns_this_dealer_is_asked_for_within_two_seconds(bench: Bench) -> None:
    async def work() -> None:
        await bench.round_ends(well=True)
        bench.client.hint(OWN)
        await bench.time.pass_(seconds=OWN_SPREAD_S)
        assert len(bench.rounds.hurried) == 1

    bench.run(work)


def test_what_all_desks_hear_of_is_not_asked_for_in_the_same_moment(bench: Bench) -> None:
    async def work() -> None:
        await bench.round_ends(well=True)
        waits = []
        for _ in range(20):
            heard_at = bench.time.now()
            bench.client.hint(COMMON)
            await bench.time.pass_(seconds=COMMON_SPREAD_S)
            waits.append((bench.rounds.hurried[-1] - heard_at).total_seconds())
        assert len(bench.rounds.hurried) == 20
        assert max(waits) - min(waits) > COMMON_SPREAD_S / 2

    bench.run(work)


def test_many_hints_are_one_round_and_the_soonest_counts(bench: Bench) -> None:
    async def work() -> None:
        await bench.round_ends(well=True)
        for _ in range(100):
            bench.client.hint(COMMON)
        bench.client.hint(OWN)
        await bench.time.pass_(seconds=OWN_SPREAD_S)
        assert len(bench.rounds.hurried) == 1
        await bench.time.pass_(minutes=10)
        assert len(bench.rounds.hurried) == 1

    bench.run(work)


def test_a_round_that_fails_meanwhile_keeps_its_own_pace(bench: Bench) -> None:
    async def work() -> None:
        await bench.round_ends(well=True)
        bench.client.hint(OWN)
        await bench.round_ends(well=False)
        await bench.time.pass_(minutes=10)
        assert not bench.rounds.hurried

    bench.run(work)


def test_what_has_been_read_meanwhile_needs_no_round(bench: Bench) -> None:
    async def work() -> None:
        await bench.round_ends(well=True)
        bench.client.hint(Hint(["account", "orders"], 41))
        bench.state.set_position(Checkpoint("c", False, "e", MOMENT, 41), MOMENT)
        await bench.time.pass_(seconds=OWN_SPREAD_S)
        assert not bench.rounds.hurried
        for unread in (Hint(["orders"], 42), Hint(["orders", "stock"], 41), Hint(["orders"])):
            bench.client.hint(unread)
            bench.client.hint(Hint(["orders"], 40))
            await bench.time.pass_(seconds=OWN_SPREAD_S)
        assert len(bench.rounds.hurried) == 3

    bench.run(work)


def test_a_stream_that_ends_is_opened_again_soon_after_a_long_life(bench: Bench) -> None:
    async def work() -> None:
        await bench.round_ends(well=True)
        for _ in range(5):
            await bench.time.pass_(seconds=LASTING.total_seconds())
            bench.client.end()
            await bench.time.pass_(seconds=2)
        assert len(bench.client.opened) == 6

    bench.run(work)


def test_streams_that_fail_are_tried_more_and_more_rarely(bench: Bench) -> None:
    async def work() -> None:
        bench.client.trouble = Offline("no")
        await bench.round_ends(well=True)
        await bench.time.pass_(hours=3)
        tries = len(bench.client.opened)
        assert 15 <= tries <= 90
        bench.client.trouble = None
        await bench.time.pass_(minutes=10)
        assert bench.client.told is not None

    bench.run(work)


def test_the_wait_a_server_asks_for_is_kept(bench: Bench) -> None:
    async def work() -> None:
        bench.client.trouble = ServerBusy("full", retry_after="1800")
        await bench.round_ends(well=True)
        await bench.time.pass_(minutes=29)
        assert len(bench.client.opened) == 1
        await bench.time.pass_(minutes=2)
        assert len(bench.client.opened) == 2

    bench.run(work)


def test_stopping_forgets_what_was_heard(bench: Bench) -> None:
    async def work() -> None:
        await bench.round_ends(well=True)
        bench.client.hint(COMMON)
        await bench.listener.stop()
        await bench.time.pass_(seconds=COMMON_SPREAD_S)
        assert not bench.rounds.hurried
        assert bench.time.now() - START < timedelta(hours=1)

    bench.run(work)
