"""kill -9 of desk or server at any moment, behind a network that fails: no order is lost, doubled or stuck."""

import os

import pytest

from tests.campaign.kill import day_of_strokes

DAYS = range(2)


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("day", DAYS)
def test_ten_strokes_lose_double_and_stop_nothing(day: int) -> None:
    assert day_of_strokes(2026, day) == []
