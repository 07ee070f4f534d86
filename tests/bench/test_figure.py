"""A figure says truthfully whether its goal is met, and the table shows it."""

import pytest

from tests.bench.figure import Figure, markdown, median_ms, percentile, table


@pytest.mark.parametrize(
    ("figure", "ratio", "met"),
    [
        (Figure("a", 30, floor=20, goal=1.5), 1.5, True),
        (Figure("a", 31, floor=20, goal=1.5), 1.55, False),
        (Figure("a", 8, goal=8), None, True),
        (Figure("a", 9, goal=8), None, False),
        (Figure("a", 9, floor=3), 3, None),
    ],
)
def test_a_goal_limits_the_ratio_or_without_a_floor_the_value(figure: Figure, ratio: float, met: bool) -> None:
    assert (figure.ratio, figure.met) == (ratio, met)


def test_the_table_names_floor_ratio_and_goal() -> None:
    lines = table([Figure("first sync", 1500, floor=1000, goal=1.5), Figure("memory", 90, "MB", goal=80)]).splitlines()
    assert lines[1].split() == ["first", "sync", "1,500.00", "ms", "1,000.00", "ms", "1.50x", "<=", "1.5x", "met"]
    assert lines[2].split() == ["memory", "90.00", "MB", "<=", "80", "MB", "MISSED"]


def test_the_table_of_the_docs_has_a_row_per_figure() -> None:
    lines = markdown([Figure("first sync", 1500, floor=1000, goal=1.5, note="all")]).splitlines()
    assert lines[0].startswith("| figure | measured | floor |")
    assert lines[2] == "| first sync | 1,500.00 ms | 1,000.00 ms | 1.50x | <= 1.5x | met | all |"


def test_percentile_and_median() -> None:
    assert percentile([float(value) for value in range(101)], 95) == 95
    assert median_ms(lambda: None, times=3) >= 0
