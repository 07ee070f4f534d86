"""One measured figure beside its floor and its goal, and how a table of them is printed.

A bench module has `measure() -> Iterable[Figure]`; `python -m tests.bench [NAME ...]` runs them.
"""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """What was measured. `floor` is the bare work measured in the same run, in the same unit; None where there is none.

    `goal` limits the ratio to the floor where there is a floor, else the value itself; None means no goal.
    """

    name: str
    value: float
    unit: str = "ms"
    floor: float | None = None
    goal: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor; None without one."""
        return self.value / self.floor if self.floor else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        if self.goal is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.goal

    def as_dict(self) -> dict[str, object]:
        """The figure for a JSON file."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "floor": None if self.floor is None else round(self.floor, 3),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "goal": self.goal,
            "met": self.met,
            "note": self.note,
        }


Row = tuple[str, str, str, str, str, str, str]


def table(figures: Iterable[Figure]) -> str:
    """The figures as lines of text: figure, floor, ratio, goal."""
    rows = _rows(figures)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if column in {0, 5, 6} else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def markdown(figures: Iterable[Figure]) -> str:
    """The figures as a table for a page of the docs."""
    title, *rows = _rows(figures)
    rule = ("---", "---:", "---:", "---:", "---:", "---", "---")
    return "".join(f"| {' | '.join(row)} |\n" for row in (title, rule, *rows))


def _rows(figures: Iterable[Figure]) -> list[Row]:
    """The title and a row per figure."""
    rows: list[Row] = [("figure", "measured", "floor", "ratio", "goal", "", "")]
    rows += [
        (
            figure.name,
            f"{figure.value:,.2f} {figure.unit}",
            "" if figure.floor is None else f"{figure.floor:,.2f} {figure.unit}",
            "" if figure.ratio is None else f"{figure.ratio:.2f}x",
            "" if figure.goal is None else f"<= {figure.goal:g}{'x' if figure.floor else ' ' + figure.unit}",
            {True: "met", False: "MISSED", None: ""}[figure.met],
            figure.note,
        )
        for figure in figures
    ]
    return rows


def percentile(values: Sequence[float], per_cent: int) -> float:
    """The value that `per_cent` per cent of the values do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[per_cent - 1]


def time_ms(work: Callable[[], object]) -> float:
    """Milliseconds that one call of `work` takes."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def median_ms(work: Callable[[], object], times: int, warm_up: int = 1) -> float:
    """The median of `times` calls in milliseconds, after `warm_up` calls that do not count."""
    for _ in range(warm_up):
        work()
    return statistics.median(time_ms(work) for _ in range(times))
