"""Runs that add up over many sittings: numbered cases of a seed, kept in build/ with a digest of what was tried.

A run goes on where the last one ended, and from the first case where the code it tries has changed meanwhile.
"""

import argparse
import hashlib
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
SHOWN_EVERY_S = 10


class Seed(msgspec.Struct):
    """How far one seed is: cases 0 to `cases` are done, in `seconds`; what was violated, in words."""

    cases: int = 0
    seconds: float = 0.0
    violations: list[str] = []


class State(msgspec.Struct):
    """All seeds run with the same code."""

    code: str
    seeds: dict[int, Seed] = {}


@dataclass(frozen=True)
class LongRun:
    """One kind of run. `case(seed, number)` tries one case and tells in words what it violated.

    `tried` are the files, as patterns below the root, whose change makes earlier results worthless. A case counts as
    `size` of what is asked for and reported as `unit`.
    """

    name: str
    unit: str
    case: Callable[[int, int], list[str]]
    tried: Sequence[str]
    size: int = 1

    def main(self, arguments: list[str] | None = None, path: Path | None = None) -> int:
        """Run some more, or one case again; 1 where anything is violated, now or earlier in the seed."""
        parser = argparse.ArgumentParser(description=f"{self.name}: {self.unit}, kept and added up in build/")
        parser.add_argument("--n", type=int, default=1_000, help=f"how many {self.unit} more (1000)")
        parser.add_argument("--seed", type=int, default=1, help="another seed is another set of cases (1)")
        parser.add_argument("--jobs", type=int, default=1, help="how many processes (1)")
        parser.add_argument("--case", type=int, metavar="NUMBER", help="run one case again instead")
        wanted = parser.parse_args(arguments)
        if wanted.case is not None:
            found = self.case(wanted.seed, wanted.case)
            print("\n".join(found) or "nothing is violated")
            return 1 if found else 0
        path = path or ROOT / "build" / f"{self.name}.json"
        state = read_state(path, digest(self.tried))
        done = self._run(wanted.seed, -(-wanted.n // self.size), wanted.jobs, state, path)
        amount = done.cases * self.size
        rate = amount / done.seconds if done.seconds else 0
        print(f"seed {wanted.seed}: {amount:,} {self.unit}, {rate:,.1f} a second, code {state.code}")
        print(f"violations: {len(done.violations)}")
        return 1 if done.violations else 0

    def _run(self, seed: int, cases: int, jobs: int, state: State, path: Path) -> Seed:
        done = state.seeds.setdefault(seed, Seed())
        begun, earlier, told = time.monotonic(), done.seconds, time.monotonic()
        numbers = range(done.cases, done.cases + cases)
        for number, found in zip(numbers, self._results(seed, numbers, jobs), strict=True):
            done.cases, done.seconds = number + 1, earlier + time.monotonic() - begun
            done.violations += found
            for words in found:
                print(f"VIOLATED in case {number} of seed {seed}: {words}", flush=True)
            write_state(path, state)
            if time.monotonic() - told > SHOWN_EVERY_S:
                told = time.monotonic()
                amount, rate = done.cases * self.size, (number + 1 - numbers.start) * self.size / (told - begun)
                print(f"{amount:,} {self.unit}, {rate:,.1f} a second, {len(done.violations)} violations", flush=True)
        return done

    def _results(self, seed: int, numbers: range, jobs: int) -> Iterator[list[str]]:
        if jobs == 1:
            yield from (self.case(seed, number) for number in numbers)
            return
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
            yield from pool.map(self.case, [seed] * len(numbers), numbers)


def digest(patterns: Sequence[str]) -> str:
    """A digest of all files of the patterns."""
    found = hashlib.sha256()
    for file in sorted({file for pattern in patterns for file in ROOT.glob(pattern)}):
        found.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return found.hexdigest()[:16]


def read_state(path: Path, code: str) -> State:
    """What earlier runs left; an empty state where there is none or it is of other code."""
    if path.is_file():
        state = msgspec.json.decode(path.read_bytes(), type=State)
        if state.code == code:
            return state
        print("The code changed since the last run: starting at case 0.")
    return State(code)


def write_state(path: Path, state: State) -> None:
    """Keep it, whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(msgspec.json.encode(state))
    part.replace(path)
