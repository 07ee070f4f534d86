"""Prices generated dealers x baskets twice, with the engine and with the second reading, to the last cent and row.

    python -m tests.campaign.pricing --cases 100000 --seed 1     100,000 cases more of seed 1, on all cores
    python -m tests.campaign.pricing --seed 1 --case 72062       one case, in words

The state in build/campaign.json is kept with a digest of the rules: a run goes on where the last one ended, and from
the start where the rules, the second reading or the cases are others.
"""

import argparse
import hashlib
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

import msgspec

from desktop_app.domain.pricing import Terms
from tests.campaign.cases import ACCOUNT, GROUP, Case, make
from tests.campaign.words import case_in_words
from tests.support.second_reading.compare import differences

ROOT = Path(__file__).parents[2]
STATE = ROOT / "build" / "campaign.json"
RULES = ("desktop_app/domain/*.py", "tests/support/second_reading/*.py", "tests/campaign/cases.py")
CHUNK = 1_000
SHOWN_EVERY_S = 10


class Seed(msgspec.Struct):
    """How far one seed is: cases 0 to `cases` are done, in `seconds`; the numbers of those that differ."""

    cases: int = 0
    seconds: float = 0.0
    different: list[int] = []


class State(msgspec.Struct):
    """All seeds run with the same rules."""

    rules: str
    seeds: dict[int, Seed] = {}


def rules_digest() -> str:
    """A digest of everything that decides what a case is and what comes out of it."""
    digest = hashlib.sha256()
    for pattern in RULES:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.name.encode() + file.read_bytes())
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


def different(case: Case, seed: int) -> list[str]:
    """Where engine and second reading part; a crash of either is a difference too.

    Every third basket comes about by a way round: lines put in another order, changed, taken out, sent elsewhere.
    """
    way = Random(f"way {seed}/{case.number}") if case.number % 3 == 0 else None
    try:
        terms = Terms(case.conditions, ACCOUNT, GROUP, used=case.about.dealer.quota_used)
        return differences(case.lines, case.about, terms, way)
    except Exception as error:  # whatever it is, it is what the campaign looks for
        return [f"stopped with {type(error).__name__}: {error}"]


def run_chunk(seed: int, first: int, end: int) -> list[int]:
    """The numbers of the cases from `first` to before `end` that differ."""
    return [number for number in range(first, end) if different(make(seed, number), seed)]


def run(seed: int, cases: int, state: State, path: Path) -> Seed:
    """Run `cases` more cases of a seed on all cores, in order, and keep the state after each part."""
    done = state.seeds.setdefault(seed, Seed())
    begun, earlier, told = time.monotonic(), done.seconds, time.monotonic()
    first_case = done.cases
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        parts = list(_parts(done.cases, done.cases + cases))
        for (_, end), found in zip(parts, pool.map(run_chunk, *_columns(seed, parts)), strict=True):
            done.cases, done.seconds = end, earlier + time.monotonic() - begun
            done.different += found
            for number in found:
                print(f"DIFFERENT: python -m tests.campaign.pricing --seed {seed} --case {number}", flush=True)
            write_state(path, state)
            if time.monotonic() - told > SHOWN_EVERY_S:
                told = time.monotonic()
                rate = (end - first_case) / (told - begun)
                print(f"{end:,} cases, {rate:,.0f} a second, {len(done.different)} different", flush=True)
    return done


def _parts(first: int, end: int) -> Iterator[tuple[int, int]]:
    for start in range(first, end, CHUNK):
        yield start, min(start + CHUNK, end)


def _columns(seed: int, parts: list[tuple[int, int]]) -> tuple[list[int], list[int], list[int]]:
    return [seed] * len(parts), [first for first, _ in parts], [end for _, end in parts]


def replay(seed: int, number: int) -> int:
    """Tell one case in words; 1 where the two readings differ."""
    case = make(seed, number)
    print(case_in_words(case, seed))
    found = different(case, seed)
    print("\nENGINE AND SECOND READING " + ("DIFFER" if found else "AGREE"))
    print("\n".join(f"- {line}" for line in found))
    return 1 if found else 0


def main(arguments: list[str] | None = None, path: Path = STATE) -> int:
    """Run or replay; 1 where anything differs, now or in an earlier run of the seed with these rules."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=10_000, metavar="N", help="how many cases more (10,000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another set of cases (1)")
    parser.add_argument("--case", type=int, metavar="NUMBER", help="tell one case in words instead")
    wanted = parser.parse_args(arguments)
    if wanted.case is not None:
        return replay(wanted.seed, wanted.case)
    state = read_state(path, rules_digest())
    done = run(wanted.seed, wanted.cases, state, path)
    rate = done.cases / done.seconds if done.seconds else 0
    print(f"seed {wanted.seed}: {done.cases:,} dealers x baskets, {rate:,.0f} a second, rules {state.rules}")
    print(f"different: {len(done.different)}")
    return 1 if done.different else 0


if __name__ == "__main__":
    sys.exit(main())
