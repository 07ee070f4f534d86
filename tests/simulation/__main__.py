"""Many runs of the real desk and the real server on a network and files that fail, judged by what must hold.

    python -m tests.simulation --n 20000 --seed 1              20,000 schedules more of seed 1, on all cores
    python -m tests.simulation --seed 1 --schedule 4711        one schedule, step by step in words
    python -m tests.simulation --seed 1 --schedule 4711 --reduce   the same, without what the violation does not need

The state in build/simulation.json is kept with a digest of what decides the outcome of the sync (`tried`) and of the
simulation: a run goes on where the last one ended, and from the start where any of that is another.
"""

import argparse
import sys
import time
from pathlib import Path

from tests.campaign import resumable
from tests.campaign.resumable import ROOT, read_state, rules_digest
from tests.simulation.judging import first_violation, judged, reduced, run_part
from tests.simulation.schedule import Schedule, in_words, make
from tests.simulation.tried import DECIDES_THE_SYNC

STATE = ROOT / "build" / "simulation.json"
RULES = (*DECIDES_THE_SYNC, "tests/simulation/*.py")
AT_ONCE = 50


def replay(schedule: Schedule, *, reduce: bool) -> int:
    """Tell one schedule and its run in words; 1 where something was violated."""
    result = judged(schedule)
    if reduce and result.violations:
        schedule, result = reduced(schedule, result)
    print("\n".join([*in_words(schedule), "", *result.story, ""]))
    print("\n".join(["VIOLATED", *result.violations] if result.violations else ["NOTHING VIOLATED"]))
    return 1 if result.violations else 0


def main(arguments: list[str] | None = None, path: Path = STATE) -> int:
    """Run or replay; 1 where anything is violated, now or in an earlier run of the seed with these programs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--n", type=int, default=1_000, metavar="N", help="how many schedules more (1,000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another set of schedules (1)")
    parser.add_argument("--schedule", type=int, metavar="NUMBER", help="tell one schedule and its run in words instead")
    parser.add_argument("--reduce", action="store_true", help="with --schedule: leave out what is not needed for it")
    parser.add_argument("--stop-at-first", action="store_true", help="in one process, to the first violation")
    wanted = parser.parse_args(arguments)
    seed = wanted.seed
    if wanted.schedule is not None:
        return replay(make(seed, wanted.schedule), reduce=wanted.reduce)
    if wanted.stop_at_first:
        return first_violation(seed, wanted.n)
    state = read_state(path, rules_digest(*RULES))

    def told(number: int) -> str:
        return f"VIOLATED: python -m tests.simulation --seed {seed} --schedule {number}"

    began = time.monotonic()
    done = resumable.run(seed, wanted.n, state, path, run_part=run_part, at_once=AT_ONCE, told=told)
    rate = wanted.n / (time.monotonic() - began)
    counts = ", ".join(f"{count:,} {name}" for name, count in sorted(done.counts.items()))
    print(f"seed {seed}: {done.cases:,} schedules, {counts}; {rate:,.1f} schedules a second, programs {state.rules}")
    print(f"violated: {len(done.failed)}")
    return 1 if done.failed else 0


if __name__ == "__main__":
    sys.exit(main())
