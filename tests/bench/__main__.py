"""Runs the benches, prints their figures and writes build/bench.json. `python -m tests.bench [NAME ...]` runs some.

`python -m tests.bench --docs` runs all, those that take minutes too, and writes docs/benchmarks.md too.
"""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figure import Figure, markdown, table

BENCHES = (
    "search",
    "first_sync",
    "slow_link",
    "delta",
    "cold_start",
    "start_full",
    "add_line",
    "save_order",
    "drain",
    "pricing",
    "conditions_room",
    "plans",
    "memory",
)
# What takes minutes runs only where it is named, or for the page of the docs.
LONG = ("million",)
RESULT = Path("build") / "bench.json"
DOCS = Path("docs") / "benchmarks.md"
_DOCS_WORDS = """# Benchmarks

`make bench` measures what a person feels beside its floor: the bare work, measured in the same run on the same machine.
Ratios hold elsewhere; absolute times are of this machine.

- {cores} cores, {memory}, {system}, Python {python}
- {at}, commit {commit}

{table}
Floors: cold start, a process with one empty Qt window; first sync, the same bytes decompressed, decoded and inserted
raw with the same indexes and the same full text, its words folded beforehand (at 20 Mbit/s: the
time of its bytes); an order saved, one commit with
`synchronous=FULL` of as many bytes into an encrypted file and as many appended to a second one and synced; an order of
a long queue, two such commits and one exchange with a process that commits as many bytes; start with a long queue, the
same start without one. Cold start ends when results
of a typed text are painted, the disk cache being warm; "left in the catalogue": the window opens in the room it was
left in. Plans: each line priced
once at each wholesaler that lists it.
"""


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "memory": f"{pages / 2**30:.0f} GB" if pages else "memory unknown",
    }


def main() -> int:
    """Run the benches named (all by default); exit 0 also where a goal is missed: the figures say so."""
    parser = argparse.ArgumentParser(description="Measure the figures users feel, beside their floors.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES + LONG)}")
    parser.add_argument("--docs", action="store_true", help=f"run all and write {DOCS} too")
    arguments = parser.parse_args()
    names = arguments.names or [*BENCHES, *(LONG if arguments.docs else ())]
    if arguments.docs and arguments.names:
        parser.error("--docs runs all benches")
    if unknown := set(names) - set(BENCHES + LONG):
        parser.error(f"no bench of that name: {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures: list[Figure] = []
    for name in names:
        sys.stderr.write(f"measuring {name} ...\n")
        figures += importlib.import_module(f"tests.bench.{name}").measure()
    sys.stdout.write(table(figures) + "\n")
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    at, commit = datetime.now(UTC), _commit()
    result = {
        "at": at.isoformat(timespec="seconds"),
        "commit": commit,
        "machine": machine(),
        "figures": [figure.as_dict() for figure in figures],
    }
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    if arguments.docs:
        page = _DOCS_WORDS.format(**machine(), at=at.date(), commit=commit, table=markdown(figures))
        DOCS.write_text(page, encoding="utf-8")
    return 0


def _commit() -> str:
    """The commit that is measured, `unknown` outside a checkout."""
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
