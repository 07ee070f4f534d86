"""Makes each of the known mistakes in a copy of the programs: `python -m tests.mutants [--only WORDS] [--jobs N]`.

Most must be found by the simulation within N schedules, by one of the rules named for the mistake; the others by the
tests named. The first violation ends a run, so that all of them take about ten minutes of one core.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.campaign.resumable import ROOT
from tests.mutants.mutant import Mutant
from tests.mutants.mutants import MUTANTS, as_table
from tests.simulation.peers import scratch

COPIED = ("desktop_app", "manufacturer_server", "conformance", "tests", "pyproject.toml")
LINKED = ("resources", "ui", "docs")


def tried(mutant: Mutant, count: int, seed: int) -> str:
    """What its finder says of the programs with that mistake; empty where it finds nothing."""
    folder = scratch()
    try:
        for name in COPIED:
            _copy(name, folder)
        for name in LINKED:
            (folder / name).symlink_to(ROOT / name)
        file = folder / mutant.file
        file.write_text(file.read_text(encoding="utf-8").replace(mutant.old, mutant.new), encoding="utf-8")
        simulation = ["-m", "tests.simulation", "--n", str(count), "--seed", str(seed), "--stop-at-first"]
        tests = ["-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", mutant.by]
        done = subprocess.run(
            [sys.executable, *(tests if mutant.by else simulation)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in (0, 1) or (done.returncode and not done.stdout):
            raise RuntimeError(f"{mutant.name}: what should find it has itself stopped\n{done.stdout}{done.stderr}")
        failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
        return (failed[0] if failed else "") if mutant.by else done.stdout.strip()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(name: str, folder: Path) -> None:
    if (ROOT / name).is_dir():
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(ROOT / name, folder / name)


def is_caught(mutant: Mutant, said: str) -> bool:
    """Whether it was found, and by what was named for it."""
    return bool(said) if mutant.by else said.partition(": ")[2][:2] in mutant.caught_by


def main(arguments: list[str] | None = None) -> int:
    """Try all; 1 where one is not caught."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", metavar="WORDS", help="only the mistakes whose name has these words")
    parser.add_argument("--n", type=int, default=400, help="how many schedules at most (400)")
    parser.add_argument("--seed", type=int, default=7, help="the schedules' seed (7)")
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time (1)")
    parser.add_argument("--table", action="store_true", help="print the list for docs/sync.md instead")
    wanted = parser.parse_args(arguments)
    if wanted.table:
        print(as_table())
        return 0
    chosen = [mutant for mutant in MUTANTS if wanted.only in mutant.name]

    def one(mutant: Mutant) -> bool:
        began = time.monotonic()
        said = tried(mutant, wanted.n, wanted.seed)
        caught = is_caught(mutant, said)
        took = time.monotonic() - began
        print(f"{'caught' if caught else 'MISSED'}  {took:5.0f} s  {mutant.name}: {said}", flush=True)
        return caught

    with ThreadPoolExecutor(wanted.jobs) as pool:
        missed = list(pool.map(one, chosen)).count(False)
    print(f"{len(chosen)} mistakes, missed: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
