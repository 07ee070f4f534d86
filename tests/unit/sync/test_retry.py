"""When to try again: bounded, spread, never stalled."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.sync.retry import Breaker, delay, is_poison, poll_delay

NOW = datetime(2026, 6, 9, 12, tzinfo=UTC)


@given(st.integers(0, 10_000), st.integers())
def test_a_wait_is_never_longer_than_ten_minutes(failures: int, seed: int) -> None:
    assert timedelta(0) <= delay(failures, random.Random(seed)) <= timedelta(minutes=10)


@pytest.mark.parametrize(("failures", "ceiling"), [(1, 2), (2, 4), (3, 8), (9, 512), (10, 600), (500, 600)])
def test_waits_spread_over_the_whole_range_up_to_twice_the_last(failures: int, ceiling: float) -> None:
    rng = random.Random(1)
    waits = [delay(failures, rng).total_seconds() for _ in range(2_000)]
    assert max(waits) <= ceiling
    assert max(waits) > 0.95 * ceiling
    assert min(waits) < 0.05 * ceiling


def test_the_server_s_wish_is_the_least() -> None:
    assert delay(1, random.Random(1), retry_after=120.0) == timedelta(seconds=120)


def test_at_most_sixty_requests_an_hour_while_failing() -> None:
    rng = random.Random(3)
    for _ in range(200):
        elapsed, tries = timedelta(0), 0
        while elapsed < timedelta(hours=1):
            tries += 1
            elapsed += delay(tries, rng)
        assert tries <= 60


def test_desks_do_not_ask_in_step() -> None:
    rng = random.Random(1)
    waits = {poll_delay(timedelta(minutes=5), rng) for _ in range(100)}
    assert len(waits) > 90
    assert min(waits) >= timedelta(minutes=4)
    assert max(waits) <= timedelta(minutes=6)


@pytest.mark.parametrize(
    ("attempts", "minutes", "poison"), [(5, 15, True), (4, 60, False), (50, 14, False), (5, None, False)]
)
def test_poison_needs_five_tries_over_a_quarter_of_an_hour(attempts: int, minutes: int | None, poison: bool) -> None:
    first = None if minutes is None else NOW - timedelta(minutes=minutes)
    assert is_poison(attempts, first, NOW) is poison


def test_the_breaker_asks_after_three_failures_in_a_row_and_after_one_once_it_was_open() -> None:
    breaker = Breaker()
    assert [breaker.failed(), breaker.failed(), breaker.failed()] == [False, False, True]
    breaker.opened()
    assert breaker.failed()
    breaker.blames_records()
    assert [breaker.failed(), breaker.failed()] == [False, False]
    breaker.passed()
    assert [breaker.failed(), breaker.failed(), breaker.failed()] == [False, False, True]
