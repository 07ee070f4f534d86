"""When rounds happen, in virtual time: the engine is told apart from when it runs."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from desktop_app.errors import ComptoirError, Offline, ServerBusy, ServerTooNew
from desktop_app.events import EventBus, OrderChanged
from desktop_app.sync.engine import RoundResult, SyncEngine
from desktop_app.sync.scheduler import Scheduler
from desktop_app.sync.status import RoundStatus
from tests.support.desk_world import START, WORKED_EXAMPLE, DeskWorld
from tests.support.virtual_time import VirtualTime


class ScriptedEngine:
    """Rounds that end as told, and remember when they began."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.began: list[datetime] = []
        self.trouble: ComptoirError | None = None
        self.left_to_other = False
        self.work: Callable[[], None] = lambda: None

    async def round(self) -> RoundResult:
        self.began.append(self._now())
        await asyncio.sleep(0)
        self.work()
        return RoundResult(Counter(), 0, reached=True, trouble=self.trouble, left_to_other=self.left_to_other)


class Bench:
    """A scheduler with a real queue and nothing else real."""

    def __init__(self, world: DeskWorld) -> None:
        self.world = world
        self.time = VirtualTime(START)
        self.engine = ScriptedEngine(self.time.now)
        self.events = EventBus()
        self.status = RoundStatus()
        self.elsewhere = False
        self.scheduler = Scheduler(
            cast(SyncEngine, self.engine),
            world.outbox,
            self.events,
            self.status,
            interval=lambda: timedelta(minutes=5),
            changed_elsewhere=self._changed,
            now=self.time.now,
            rng=random.Random(4),
            sleep=self.time.sleep,
        )

    def run(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run `work` beside the started scheduler."""

        async def main() -> None:
            self.scheduler.start()
            await work()
            await self.scheduler.stop()

        asyncio.run(main())

    def submit(self) -> str:
        """Put an order into the queue, as the desk does."""
        session = self.world.orders.new_order(WORKED_EXAMPLE, round_up=False)
        order_id = session.submit().summary.order_id
        self.events.publish(OrderChanged((order_id,)))
        return order_id

    def answer_all(self) -> None:
        """Every queued order is accepted."""
        for row in self.world.outbox.rows():
            self.world.accept(row.subject)

    @property
    def rounds(self) -> int:
        return len(self.engine.began)

    def _changed(self) -> bool:
        changed, self.elsewhere = self.elsewhere, False
        return changed


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    world = DeskWorld(tmp_path)
    yield Bench(world)
    world.close()


def test_a_round_at_once_and_then_every_five_minutes_with_jitter(bench: Bench) -> None:
    async def work() -> None:
        await bench.time.pass_(hours=1)
        assert bench.scheduler.started

    bench.run(work)
    assert bench.engine.began[0] == START
    gaps = [later - earlier for earlier, later in zip(bench.engine.began, bench.engine.began[1:], strict=False)]
    assert all(timedelta(minutes=4) <= gap <= timedelta(minutes=6) for gap in gaps)
    assert len(set(gaps)) == len(gaps)


def test_what_is_submitted_leaves_at_once(bench: Bench) -> None:
    async def work() -> None:
        await bench.time.pass_(seconds=10)
        bench.engine.work = bench.answer_all
        bench.submit()
        await bench.time.pass_(seconds=0.001)
        assert bench.rounds == 2
        await bench.time.pass_(seconds=60)
        assert bench.rounds == 2

    bench.run(work)


def test_while_failing_waits_grow_but_a_new_order_is_tried_at_once(bench: Bench) -> None:
    async def work() -> None:
        bench.engine.trouble = Offline("no")
        await bench.time.pass_(hours=3)
        tries = bench.rounds
        assert 15 <= tries <= 90
        assert bench.status.reason == "offline"
        assert bench.status.next_try is not None
        bench.submit()
        await bench.time.pass_(seconds=0.001)
        assert bench.rounds == tries + 1
        await bench.time.pass_(hours=1)
        assert bench.rounds <= tries + 60

    bench.run(work)


def test_the_server_s_wish_is_kept(bench: Bench) -> None:
    async def work() -> None:
        bench.engine.trouble = ServerBusy("later", retry_after="1800")
        await bench.time.pass_(minutes=29)
        assert bench.rounds == 1
        await bench.time.pass_(minutes=2)
        assert bench.rounds == 2

    bench.run(work)


def test_a_message_that_stays_due_does_not_make_it_spin(bench: Bench) -> None:
    async def work() -> None:
        await bench.time.pass_(seconds=1)
        bench.submit()
        await bench.time.pass_(hours=1)
        assert bench.rounds <= 60

    bench.run(work)


def test_a_clock_set_back_by_a_day_stalls_nothing(bench: Bench) -> None:
    async def work() -> None:
        await bench.time.pass_(minutes=1)
        bench.time.set_back(timedelta(days=1))
        await bench.time.pass_(minutes=6)
        assert bench.rounds >= 2

    bench.run(work)


def test_another_program_s_order_is_noticed(bench: Bench) -> None:
    async def work() -> None:
        await bench.time.pass_(seconds=1)
        bench.world.orders.new_order(WORKED_EXAMPLE, round_up=False).submit()
        bench.elsewhere = True
        bench.engine.work = bench.answer_all
        await bench.time.pass_(seconds=3)
        assert bench.rounds == 2

    bench.run(work)


def test_a_profile_another_program_synchronises_is_taken_over_soon(bench: Bench) -> None:
    async def work() -> None:
        bench.engine.left_to_other = True
        await bench.time.pass_(seconds=35)
        assert 3 <= bench.rounds <= 5
        assert bench.status.reason == "left-to-other"

    bench.run(work)


def test_hurrying_forgets_the_waits(bench: Bench) -> None:
    async def work() -> None:
        bench.engine.trouble = Offline("no")
        await bench.time.pass_(hours=1)
        before = bench.rounds
        bench.scheduler.hurry()
        await bench.time.pass_(seconds=0.001)
        assert bench.rounds == before + 1

    bench.run(work)


def test_rounds_never_overlap(bench: Bench) -> None:
    running: list[int] = []

    async def slow() -> RoundResult:
        running.append(1)
        assert len(running) == 1
        await asyncio.sleep(0)
        running.pop()
        return RoundResult(Counter(), 0, reached=True)

    async def work() -> None:
        bench.engine.round = slow  # type: ignore[method-assign]
        await asyncio.gather(*(bench.scheduler.round() for _ in range(5)))

    bench.run(work)
    assert bench.status.running is False


def test_a_defect_of_ours_is_shown_and_not_swallowed(bench: Bench) -> None:
    shown: list[object] = []

    async def broken() -> RoundResult:
        raise KeyError("defect")

    async def work() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: shown.append(context["exception"]))
        bench.engine.round = broken  # type: ignore[method-assign]
        await bench.time.pass_(seconds=1)

    bench.run(work)
    assert [type(defect) for defect in shown] == [KeyError]


def test_hurrying_in_the_middle_of_a_round_makes_another_one_follow(bench: Bench) -> None:
    async def work() -> None:
        await bench.time.pass_(seconds=1)
        bench.engine.work = lambda: bench.scheduler.hurry() if bench.rounds == 2 else None
        bench.scheduler.hurry()
        await bench.time.pass_(seconds=10)
        assert bench.rounds == 3

    bench.run(work)


def test_all_is_well_after_a_round_of_its_own_that_went_through(bench: Bench) -> None:
    async def work() -> None:
        assert not bench.scheduler.well
        for trouble, elsewhere, well in ((None, False, True), (Offline("no"), False, False), (None, True, False)):
            bench.engine.trouble, bench.engine.left_to_other = trouble, elsewhere
            await bench.scheduler.round()
            assert bench.scheduler.well is well

    bench.run(work)


def test_a_program_that_is_too_old_asks_no_more_often_than_others(bench: Bench) -> None:
    async def work() -> None:
        bench.engine.trouble = ServerTooNew("too old", minimum="2")
        await bench.time.pass_(seconds=1)
        bench.submit()
        await bench.time.pass_(hours=1)
        assert 10 <= bench.rounds <= 18
        assert bench.status.params == {"minimum": "2"}
        bench.engine.trouble = None
        await bench.time.pass_(minutes=7)
        assert (bench.status.reason, bench.status.params) == ("", {})

    bench.run(work)
