"""Runs the benches, prints their figures and writes build/bench.json. `python -m tests.bench [NAME ...]` runs some."""

import argparse
import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figure import Figure, table

BENCHES = ("search", "first_sync", "cold_start", "add_line", "save_order", "pricing", "memory")
RESULT = Path("build") / "bench.json"


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}


def main() -> int:
    """Run the benches named (all by default); exit 0 also where a goal is missed: the figures say so."""
    parser = argparse.ArgumentParser(description="Measure the figures users feel, beside their floors.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}")
    names = parser.parse_args().names or list(BENCHES)
    if unknown := set(names) - set(BENCHES):
        parser.error(f"no bench of that name: {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures: list[Figure] = []
    for name in names:
        sys.stderr.write(f"measuring {name} ...\n")
        figures += importlib.import_module(f"tests.bench.{name}").measure()
    sys.stdout.write(table(figures) + "\n")
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    result = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "figures": [figure.as_dict() for figure in figures],
    }
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
