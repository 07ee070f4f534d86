"""Runs the simulation against each of the known mistakes: `python -m tests.mutants [--only WORDS] [--n N] [--seed S]`.

Each mistake is made in a copy of the programs and must be found within N schedules, by one of the rules named for it.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time

from tests.campaign.resumable import ROOT
from tests.mutants.mutants import MUTANTS, Mutant
from tests.simulation.peers import scratch

COPIED = ("desktop_app", "manufacturer_server", "tests/simulation", "tests/support", "tests/campaign")


def found_by(mutant: Mutant, count: int, seed: int) -> str:
    """What the simulation says of the programs with that mistake; empty where it finds nothing."""
    folder = scratch()
    try:
        for name in COPIED:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "resources").symlink_to(ROOT / "resources")
        file = folder / mutant.file
        file.write_text(file.read_text(encoding="utf-8").replace(mutant.old, mutant.new), encoding="utf-8")
        command = ["-m", "tests.simulation", "--n", str(count), "--seed", str(seed), "--stop-at-first"]
        done = subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in (0, 1) or (done.returncode and not done.stdout):
            raise RuntimeError(f"{mutant.name}: the simulation itself stopped\n{done.stderr}")
        return done.stdout.strip()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_caught(mutant: Mutant, said: str) -> bool:
    """Whether it is a rule named for the mistake that was broken."""
    rule = said.partition(": ")[2][:2]
    return rule in mutant.caught_by


def main(arguments: list[str] | None = None) -> int:
    """Try all; 1 where one is not caught."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", metavar="WORDS", help="only the mistakes whose name has these words")
    parser.add_argument("--n", type=int, default=400, help="how many schedules at most (400)")
    parser.add_argument("--seed", type=int, default=7, help="the schedules' seed (7)")
    wanted = parser.parse_args(arguments)
    missed = 0
    for mutant in MUTANTS:
        if wanted.only in mutant.name:
            began = time.monotonic()
            said = found_by(mutant, wanted.n, wanted.seed)
            caught = is_caught(mutant, said)
            missed += not caught
            print(
                f"{'caught' if caught else 'MISSED'}  {time.monotonic() - began:5.0f} s  {mutant.name}: {said}",
                flush=True,
            )
    print(f"missed: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
