"""Judging schedules: one, many, the smallest that still violates a rule. What a run is: `run`."""

from collections import Counter

from tests.campaign.resumable import Part
from tests.simulation.run import Result, simulate
from tests.simulation.schedule import Schedule, make, smaller

REPEATED_EVERY = 50


def judged(schedule: Schedule) -> Result:
    """A run of the schedule; every fiftieth is run twice, and must be the same both times (K7)."""
    result = simulate(schedule)
    if schedule.number % REPEATED_EVERY == 0 and (again := simulate(schedule)).digest != result.digest:
        differing = [f"{a} | {b}" for a, b in zip(result.story, again.story, strict=False) if a != b][:1]
        return Result((*result.violations, f"K7: two runs differ: {differing}"), result.story, result.counts, "")
    return result


def run_part(seed: int, first: int, end: int) -> Part:
    """The schedules from `first` to before `end`."""
    failed, counts = [], Counter[str]()
    for number in range(first, end):
        result = judged(make(seed, number))
        counts.update(result.counts)
        if result.violations:
            failed.append(number)
    return Part(failed, dict(counts))


def reduced(schedule: Schedule, result: Result) -> tuple[Schedule, Result]:
    """The smallest schedule, step by step, that still violates the same rule first."""
    rule = result.violations[0][:2]
    found = True
    while found:
        found = False
        for candidate in smaller(schedule):
            tried = simulate(candidate)
            if any(violation.startswith(rule) for violation in tried.violations):
                schedule, result, found = candidate, tried, True
                break
    return schedule, result


def first_violation(seed: int, count: int) -> int:
    """Run schedules in this process until one violates something: tell what; 0 where none does."""
    for number in range(count):
        if (result := simulate(make(seed, number))).violations:
            print(f"schedule {number}: {result.violations[0]}")
            return 1
    return 0
