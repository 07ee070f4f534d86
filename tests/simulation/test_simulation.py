"""The simulation: what it finds in the programs as they are, and that it can be repeated, told and reduced."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.campaign.resumable import Part
from tests.simulation import judging
from tests.simulation.__main__ import main, replay
from tests.simulation.run import Result, simulate
from tests.simulation.schedule import MANUFACTURER, Fault, Schedule, Step, in_words, make
from tests.simulation.virtual_loop import Stuck, VirtualClock, VirtualLoop, run

# How many schedules run on each change, in parts of `EACH`; many more: `make simulate`.
SCHEDULES = 300
EACH = 50


@pytest.mark.parametrize("part", range(SCHEDULES // EACH))
def test_nothing_is_lost_doubled_or_changed_whatever_fails(part: int) -> None:
    found = judging.run_part(20, part * EACH, (part + 1) * EACH)
    assert not found.failed, f"python -m tests.simulation --seed 20 --schedule {found.failed[0]}"
    assert found.counts["faults"] > EACH
    assert found.counts["crashes"] > EACH // 2
    assert found.counts["orders"] > EACH


def test_a_schedule_is_the_same_each_time_and_so_is_its_run() -> None:
    assert make(3, 5) == make(3, 5) != make(3, 6)
    one, again = simulate(make(3, 5)), simulate(make(3, 5))
    assert one.story == again.story
    assert one.digest == again.digest != simulate(make(3, 6)).digest


# Nothing to hold there: with the last step the network is well, and the order before it has had its time.
STILL_FAILING = Step(60.0, "D43", "hold", 0)


def test_a_crash_between_the_answer_and_its_record_is_looked_up() -> None:
    """One schedule by hand: the faults do what their words say."""
    steps = (Step(1.0, "D42", "order", 5), STILL_FAILING)
    result = simulate(Schedule(0, 0, False, steps, (Fault("D42", "PUT", 0, "desk-dies-after", 3),)))
    told = "\n".join(result.story)
    assert result.violations == ()
    assert result.counts == {"requests": result.counts["requests"], "faults": 1, "crashes": 1, "orders": 1}
    assert told.index("PUT D42/orders") < told.index("D42 crashes") < told.index("POST D42/orders:outcomes")


def test_a_server_that_dies_at_a_statement_has_taken_all_or_nothing() -> None:
    steps = (Step(1.0, "D42", "order", 5), STILL_FAILING)
    for write in range(12):
        result = simulate(Schedule(0, 0, False, steps, (Fault("D42", "PUT", 0, "server-dies", write),)))
        assert result.violations == ()
        assert result.counts["crashes"] == 1


def test_an_order_corrected_while_a_round_is_under_way_leaves_as_corrected() -> None:
    """The round has read the queue already and is busy with the orders before it."""
    acts = (
        (1.0, "order", 9),
        (1.1, "order", 19),
        (1.2, "order", 30),
        *((2.0 + n / 4, "correct", 2) for n in range(24)),
    )
    for number in range(6):
        steps = tuple(Step(at, "D43", act, n) for at, act, n in acts)
        assert simulate(Schedule(5, number, False, steps, ())).violations == ()


@pytest.mark.parametrize("restore", ["restore", "restore-by-hand"])
def test_an_order_exported_then_cancelled_then_forgotten_is_told_as_cancelled(restore: str) -> None:
    steps = (
        Step(1.0, MANUFACTURER, "backup", 0),
        Step(2.0, "D42", "order", 1),
        Step(600.0, MANUFACTURER, "export", 0),
        Step(700.0, "D42", "cancel", 0),
        Step(1_300.0, MANUFACTURER, restore, 0),
    )
    assert simulate(Schedule(0, 0, False, steps, ())).violations == ()


def test_what_is_violated_is_named_told_in_words_and_reduced(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A stand-in for a wrong engine: whoever exports breaks a rule."""

    def judge(schedule: Schedule) -> Result:
        broken = any(step.act == "export" for step in schedule.steps)
        return Result(("K2: exported",) if broken else (), ("a story",), {}, "")

    monkeypatch.setattr(judging, "simulate", judge)
    steps = (Step(1.0, "D42", "order", 5), Step(2.0, "manufacturer", "export", 1), Step(3.0, "D43", "order", 2))
    schedule = Schedule(1, 9, False, steps, (Fault("D42", "GET", 0, "lost", 1),))
    assert replay(schedule, reduce=True) == 1
    told = capsys.readouterr().out
    assert "manufacturer exports the new orders" in told
    assert "submits an order" not in told
    assert "VIOLATED\nK2: exported" in told
    assert replay(Schedule(1, 9, False, steps[:1], ()), reduce=True) == 0
    numbers = [number for number in range(20) if judge(make(4, number)).violations]
    assert judging.run_part(4, 0, 20) == Part(numbers)
    assert judging.first_violation(4, 20) == 1


def test_runs_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = tmp_path / "build" / "simulation.json"
    assert main(["--n", "2", "--seed", "4"], state) == 0
    assert main(["--n", "1", "--seed", "4"], state) == 0
    told = capsys.readouterr().out
    assert "seed 4: 3 schedules" in told
    assert "violated: 0" in told


def test_everything_that_may_happen_has_words() -> None:
    for number in range(300):
        assert all(line.strip() for line in in_words(make(2, number)))


def test_days_pass_in_a_moment_and_a_thread_is_refused() -> None:
    loop = VirtualLoop()
    clock = VirtualClock(loop, datetime(2026, 3, 10, tzinfo=UTC))

    async def wait() -> datetime:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(60):
                await asyncio.sleep(3_600)
        await asyncio.sleep(86_400)
        with pytest.raises(RuntimeError, match="thread"):
            await asyncio.to_thread(clock)
        return clock()

    assert run(loop, wait()) == datetime(2026, 3, 11, 0, 1, tzinfo=UTC)


def test_who_waits_for_ever_is_told() -> None:
    loop = VirtualLoop()
    with pytest.raises(Stuck):
        run(loop, asyncio.wait_for(loop.create_future(), None))


def test_who_runs_in_circles_is_told() -> None:
    loop = VirtualLoop()

    def again() -> None:
        loop.call_soon(again)

    again()
    with pytest.raises(Stuck, match="circles"):
        run(loop, asyncio.wait_for(loop.create_future(), None))
