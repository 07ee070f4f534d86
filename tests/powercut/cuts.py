"""Many power cuts of one recorded day, at moments of a seed's own, each looked at with the programs' own eyes."""

import traceback
from collections.abc import Iterator
from random import Random

from tests.powercut.checks import broken
from tests.powercut.disk import Promise, Sync, SyncFolder, materialise
from tests.powercut.workload import Recorded, record, scratch

CUTS = 250


def day_of_cuts(seed: int, number: int) -> list[str]:
    """What is violated after `CUTS` cuts of the day `number` of a seed, each once with the first cut that shows it."""
    found: dict[str, str] = {}
    for cut, words in enumerate(cuts(record(f"day {seed}/{number}"), Random(f"cuts {seed}/{number}"), CUTS)):
        for one in words:
            found.setdefault(one, f"cut {cut}: {one}")
    return list(found.values())


def cuts(day: Recorded, rng: Random, amount: int) -> Iterator[list[str]]:
    """What is violated after each of `amount` cuts, in the order of their moments."""
    disk, done = day.disk(), 0
    for moment in sorted(_moment(day, rng) for _ in range(amount)):
        for operation in day.operations[done:moment]:
            disk.apply(operation)
        done = moment
        with scratch() as root:
            materialise(disk.cut(rng), root)
            try:
                yield list(broken(root, disk.promises))
            except Exception as error:  # whatever keeps a program from starting is what the cuts look for
                where = traceback.extract_tb(error.__traceback__)[-1]
                yield [
                    f"{type(error).__name__}: {str(error).replace(str(root), '')} ({where.name}, line {where.lineno})"
                ]


def _moment(day: Recorded, rng: Random) -> int:
    """Any moment, as often as not just after a sync or a promise."""
    moment = rng.randint(0, len(day.operations))
    if rng.random() < 0.5:
        while moment < len(day.operations) and not isinstance(day.operations[moment], Sync | SyncFolder | Promise):
            moment += 1
        moment = min(moment + 1, len(day.operations))
    return moment
