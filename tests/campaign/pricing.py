"""Prices generated dealers x baskets twice, with the engine and with the second reading, to the last cent and row.

    python -m tests.campaign.pricing --cases 100000 --seed 1     100,000 cases more of seed 1, on all cores
    python -m tests.campaign.pricing --seed 1 --case 72062       one case, in words

The state in build/campaign.json is kept with a digest of the rules: a run goes on where the last one ended, and from
the start where the rules, the second reading or the cases are others.
"""

import argparse
import sys
from pathlib import Path
from random import Random

from desktop_app.domain.pricing import Terms
from tests.campaign import resumable
from tests.campaign.cases import ACCOUNT, GROUP, Case, make
from tests.campaign.resumable import ROOT, Part, read_state, rules_digest
from tests.campaign.words import case_in_words
from tests.support.second_reading.compare import differences

STATE = ROOT / "build" / "campaign.json"
RULES = ("desktop_app/domain/*.py", "tests/support/second_reading/*.py", "tests/campaign/cases.py")
CHUNK = 1_000


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


def run_part(seed: int, first: int, end: int) -> Part:
    """The numbers of the cases from `first` to before `end` that differ."""
    return Part([number for number in range(first, end) if different(make(seed, number), seed)])


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
    state = read_state(path, rules_digest(*RULES))
    seed = wanted.seed

    def told(number: int) -> str:
        return f"DIFFERENT: python -m tests.campaign.pricing --seed {seed} --case {number}"

    done = resumable.run(seed, wanted.cases, state, path, run_part=run_part, at_once=CHUNK, told=told)
    print(f"seed {seed}: {done.cases:,} dealers x baskets, {done.rate:,.0f} a second, rules {state.rules}")
    print(f"different: {len(done.failed)}")
    return 1 if done.failed else 0


if __name__ == "__main__":
    sys.exit(main())
