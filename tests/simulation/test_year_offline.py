"""Weeks out of reach, here; the whole year by command."""

import pytest

from tests.simulation.checkers import REQUESTS_AN_HOUR
from tests.simulation.year_offline import main, year_offline


def test_after_weeks_out_of_reach_each_order_leaves_once() -> None:
    year = year_offline(16, 13)
    assert year.violations == []
    assert year.orders == len(year.answers) == 13
    assert set(year.answers.values()) == {1}
    assert year.requests > 1_000
    assert year.busiest <= REQUESTS_AN_HOUR


def test_it_says_what_it_came_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--days", "1", "--orders", "3"]) == 0
    told = capsys.readouterr().out
    assert "3 orders, 3 of them with one recorded answer" in told
    assert told.endswith("NOTHING VIOLATED\n")
