"""Every fault, singly and in pairs, at each kind of request of each story in `scenarios`.

    python -m tests.simulation.faults --n 5000             all faults singly
    python -m tests.simulation.faults --pairs --n 20000    20,000 pairs more, on two requests of one story
    python -m tests.simulation.faults --case 17            one case again, step by step in words

A seed shuffles the cases, so that a part of them is spread over everything; it goes on where the last run ended, until
all were tried.
"""

import sys
from collections.abc import Sequence
from functools import cache
from itertools import combinations, product
from random import Random

from tests.campaign.long_runs import LongRun
from tests.simulation.run import simulate
from tests.simulation.scenarios import FIRST_SYNCHRONISATION, SCENARIOS
from tests.simulation.schedule import DESKS, FAULTS, REQUESTS, Fault, Schedule, Step, in_words
from tests.simulation.tried import DECIDES_THE_SYNC

# How many requests of one kind are disturbed in a story: the first ones are what it is about.
EACH = 2
_DESK = DESKS[0]
# What a fault's own number decides: how much of an answer is cut off, before which write the server dies, how late.
_NUMBERS = (3, 8, 12)


def undisturbed(name: str, number: int = 0) -> Schedule:
    """The story without any fault."""
    steps = tuple(Step(*step) for step in SCENARIOS[name])
    return Schedule(0, number, name == FIRST_SYNCHRONISATION, steps, ())


Case = tuple[str, tuple[Fault, ...]]


@cache
def places(name: str) -> list[tuple[str, int]]:
    """The requests of a story that a fault can meet: (kind, how many of that kind came before)."""
    asked = simulate(undisturbed(name)).asked
    return [(kind, nth) for kind in REQUESTS for nth in range(min(EACH, asked.get(kind, 0)))]


@cache
def singles() -> list[Case]:
    """Each fault at each request of each story."""
    return [
        (name, (Fault(_DESK, *place, kind, _NUMBERS[at % len(_NUMBERS)]),))
        for name in SCENARIOS
        for at, (place, kind) in enumerate(product(places(name), sorted(FAULTS)))
    ]


@cache
def pairs() -> list[Case]:
    """Each two faults at two requests of a story."""
    found: list[Case] = []
    for name in SCENARIOS:
        # A look-up only happens after something has gone wrong.
        met = list(dict.fromkeys([*places(name), ("look-up", 0)]))
        for (first, second), kinds in product(combinations(met, 2), product(sorted(FAULTS), repeat=2)):
            number = _NUMBERS[len(found) % len(_NUMBERS)]
            found.append((name, (Fault(_DESK, *first, kinds[0], number), Fault(_DESK, *second, kinds[1], number))))
    return found


@cache
def shuffled(seed: int, *, in_pairs: bool) -> Sequence[Case]:
    """All cases in the order of a seed."""
    cases = list(pairs() if in_pairs else singles())
    Random(f"faults {seed}").shuffle(cases)
    return cases


def schedule_of(seed: int, number: int, *, in_pairs: bool) -> Schedule | None:
    """One case as a schedule; None where all were tried."""
    cases = shuffled(seed, in_pairs=in_pairs)
    if number >= len(cases):
        return None
    name, faults = cases[number]
    begun = undisturbed(name, number)
    return Schedule(seed, number, begun.fresh, begun.steps, faults)


def _told(seed: int, number: int, *, in_pairs: bool) -> list[str]:
    schedule = schedule_of(seed, number, in_pairs=in_pairs)
    if schedule is None:
        return []
    result = simulate(schedule)
    return [*in_words(schedule), *result.story, *result.violations] if result.violations else []


def one_fault(seed: int, number: int) -> list[str]:
    """A case with one fault: what happened, and what it violated; empty where nothing was."""
    return _told(seed, number, in_pairs=False)


def two_faults(seed: int, number: int) -> list[str]:
    """The same with two."""
    return _told(seed, number, in_pairs=True)


_TRIED = (*DECIDES_THE_SYNC, "tests/simulation/*.py")
SINGLY = LongRun("faults", "faults", "tests.simulation.faults", one_fault, _TRIED)
IN_PAIRS = LongRun("fault-pairs", "pairs of faults", "tests.simulation.faults --pairs", two_faults, _TRIED)


def main(arguments: list[str]) -> int:
    """Run one of the two."""
    run = IN_PAIRS if "--pairs" in arguments else SINGLY
    return run.main([word for word in arguments if word != "--pairs"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
