"""A campaign that goes on where it ended: numbered cases of a seed, run in parts on all cores, kept in build/.

The state is kept with a digest of the rules: everything that decides what a case is and what comes out of it. Where
they are others it begins at case 0. What a case is and when it fails: the campaign's own module.
"""

import hashlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
SHOWN_EVERY_S = 10


class Seed(msgspec.Struct):
    """How far one seed is: cases 0 to `cases` are done, in `seconds`; the numbers of those that failed, and `counts`
    of what was met on the way."""

    cases: int = 0
    seconds: float = 0.0
    failed: list[int] = []
    counts: dict[str, int] = {}

    @property
    def rate(self) -> float:
        """Cases a second, over all runs."""
        return self.cases / self.seconds if self.seconds else 0.0


class State(msgspec.Struct):
    """All seeds run with the same rules."""

    rules: str
    seeds: dict[int, Seed] = {}


class Part(msgspec.Struct):
    """What some cases came to: the numbers of those that failed, and counts."""

    failed: list[int] = []
    counts: dict[str, int] = {}


def files_of(*patterns: str) -> list[Path]:
    """The files of the repository that `patterns` name, without those that a pattern with `!` before it names."""
    found = {file for pattern in patterns if not pattern.startswith("!") for file in ROOT.glob(pattern)}
    left_out = {file for pattern in patterns if pattern.startswith("!") for file in ROOT.glob(pattern[1:])}
    return sorted(found - left_out)


def rules_digest(*patterns: str) -> str:
    """A digest of those files."""
    digest = hashlib.sha256()
    for file in files_of(*patterns):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def read_state(path: Path, rules: str) -> State:
    """What earlier runs left; an empty state where there is none or its rules are others."""
    if path.is_file():
        state = msgspec.json.decode(path.read_bytes(), type=State)
        if state.rules == rules:
            return state
        print("The rules changed since the last run: starting at case 0.")
    return State(rules)


def write_state(path: Path, state: State) -> None:
    """Keep it, whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(msgspec.json.encode(state))
    part.replace(path)


def run(
    seed: int,
    cases: int,
    state: State,
    path: Path,
    *,
    run_part: Callable[[int, int, int], Part],
    at_once: int,
    told: Callable[[int], str],
    workers: int | None = None,
) -> Seed:
    """Run `cases` more cases of a seed, in order, and keep the state after each part of `at_once` cases.

    `run_part(seed, first, end)` runs in a process of its own; `told(number)` names a failed case, for a person who
    wants to look at it again.
    """
    done = state.seeds.setdefault(seed, Seed())
    begun, earlier, shown = time.monotonic(), done.seconds, time.monotonic()
    first_case = done.cases
    parts = list(_parts(done.cases, done.cases + cases, at_once))
    with ProcessPoolExecutor(workers or os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        columns = [seed] * len(parts), [first for first, _ in parts], [end for _, end in parts]
        for (_, end), part in zip(parts, pool.map(run_part, *columns), strict=True):
            done.cases, done.seconds = end, earlier + time.monotonic() - begun
            done.failed += part.failed
            for name, count in part.counts.items():
                done.counts[name] = done.counts.get(name, 0) + count
            for number in part.failed:
                print(told(number), flush=True)
            write_state(path, state)
            if time.monotonic() - shown > SHOWN_EVERY_S:
                shown = time.monotonic()
                rate = (end - first_case) / (shown - begun)
                print(f"{end:,} cases, {rate:,.1f} a second, {len(done.failed)} failed", flush=True)
    return done


def _parts(first: int, end: int, at_once: int) -> Iterator[tuple[int, int]]:
    for start in range(first, end, at_once):
        yield start, min(start + at_once, end)
