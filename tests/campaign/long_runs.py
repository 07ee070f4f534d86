"""The command of a run that adds up over many sittings: so many more of a seed, or one case of it again, in words."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.campaign.resumable import ROOT, Part, read_state, rules_digest, run


@dataclass(frozen=True)
class LongRun:
    """One kind of run. `case(seed, number)` tries one case and tells in words what it violated.

    `tried` are the files, as patterns below the root, whose change makes earlier results worthless. A case counts as
    `size` of what is asked for and reported as `unit`. `module` is what a person starts to look at a case again.
    """

    name: str
    unit: str
    module: str
    case: Callable[[int, int], list[str]]
    tried: Sequence[str]
    size: int = 1

    def main(self, arguments: list[str] | None = None, path: Path | None = None) -> int:
        """Run some more, or one case again; 1 where anything is violated, now or earlier in the seed."""
        parser = argparse.ArgumentParser(description=f"{self.name}: {self.unit}, kept and added up in build/")
        parser.add_argument("--n", type=int, default=1_000, help=f"how many {self.unit} more (1000)")
        parser.add_argument("--seed", type=int, default=1, help="another seed is another set of cases (1)")
        parser.add_argument("--jobs", type=int, default=1, help="how many processes (1)")
        parser.add_argument("--case", type=int, metavar="NUMBER", help="run one case again instead, and say all")
        wanted = parser.parse_args(arguments)
        if wanted.case is not None:
            found = self.case(wanted.seed, wanted.case)
            print("\n".join(found) or "nothing is violated")
            return 1 if found else 0
        path = path or ROOT / "build" / f"{self.name}.json"
        state = read_state(path, rules_digest(*self.tried))
        done = run(
            wanted.seed,
            -(-wanted.n // self.size),
            state,
            path,
            run_part=partial(_part, self.case),
            at_once=1,
            told=lambda number: f"VIOLATED: python -m {self.module} --seed {wanted.seed} --case {number}",
            workers=wanted.jobs,
        )
        amount, rate = f"{done.cases * self.size:,}", f"{done.rate * self.size:,.1f}"
        print(f"seed {wanted.seed}: {amount} {self.unit}, {rate} a second, code {state.rules}")
        print(f"cases with violations: {len(done.failed)}")
        return 1 if done.failed else 0


def _part(case: Callable[[int, int], list[str]], seed: int, first: int, end: int) -> Part:
    failed = []
    for number in range(first, end):
        if words := case(seed, number):
            print("\n".join(words), flush=True)
            failed.append(number)
    return Part(failed)
