"""Writes docs/third_party.md: what ships with the program or is installed with it, by whom, under which licence.

Names and licences come from the installed packages' own metadata; what has none stands in `KNOWN`.
"""

import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
# Packages that only other systems install, or whose metadata says nothing a person can read.
KNOWN = {
    "altgraph": "MIT",
    "colorama": "BSD-3-Clause",
    "macholib": "MIT",
    "pefile": "MIT",
    "pyinstaller": "GPL-2.0-or-later with an exception for its starter, which alone ships",
    "pyinstaller-hooks-contrib": "GPL-2.0-or-later, Apache-2.0 for what runs in the program",
    "pywin32-ctypes": "BSD-3-Clause",
    "rich-click": "MIT",
    "setuptools": "MIT",
    "sqlcipher3": "Zlib",
}
HEAD = """# What others made

Comptoir itself is under the Apache License 2.0 (`LICENSE`). This page is written by `scripts/write_third_party.py`.

## Shipped inside the program

| what | where | licence |
|---|---|---|
| Inter 4.0, by The Inter Project Authors | `resources/fonts` | SIL Open Font License 1.1 (`resources/fonts/OFL.txt`) |
| Names, brands, part numbers of the practice set. **Contains data from BuildCores OpenDB** | `resources/practice` | \
Open Data Commons Attribution License (ODC-By) 1.0 |

Prices, stock, EANs, wholesalers, dealers and conditions of the practice set are invented. Brand and model names are
trademarks of their owners and are used to describe practice data only. The Comptoir bell is our own drawing.

## Installed with the program

Qt and PySide6 are used under the LGPL 3: they are installed as separate, replaceable packages and are not changed.
QtAwesome brings icon fonts of its own; Comptoir draws with Phosphor (MIT). `sqlcipher3` holds SQLite (public domain),
SQLCipher (BSD-3-Clause) and OpenSSL (Apache-2.0).

| package | version | licence |
|---|---|---|
"""
FOOT = """
## Used to test and build, not shipped

Fragments of the official unit tests of EN 16931 lie unchanged in `tests/data/en16931`, under the European Union Public
Licence (EUPL) 1.2 (`tests/data/en16931/LICENSE.txt`).

| package | version | licence |
|---|---|---|
"""


def locked(kind: str) -> dict[str, str]:
    """Name and version of each locked package, sorted."""
    text = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    return dict(sorted(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)))


def licence(name: str) -> str:
    """The licence as the package names it: the SPDX expression, else the classifier, else its short licence text."""
    if name in KNOWN:
        return KNOWN[name]
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        raise SystemExit(f"{name} is not installed here and its licence is not in KNOWN") from None
    if about["License-Expression"]:
        return about["License-Expression"]
    classifiers = [text.split(" :: ")[-1] for text in about.get_all("Classifier", []) if text.startswith("License")]
    named = [text for text in classifiers if text != "OSI Approved"]
    if named:
        return " or ".join(named)
    text = " ".join((about["License"] or "").split())
    if not text or len(text) > 80:
        raise SystemExit(f"{name} does not say its licence in a few words: add it to KNOWN")
    return text


def table(packages: dict[str, str]) -> str:
    """The rows of one table."""
    return "".join(
        f"| {canonicalize_name(name)} | {version} | {licence(name)} |\n" for name, version in packages.items()
    )


def document() -> str:
    """The whole page."""
    runtime, tools = locked("runtime"), locked("dev") | locked("package")
    return HEAD + table(runtime) + FOOT + table({name: tools[name] for name in sorted(tools.keys() - runtime.keys())})


def main() -> None:
    """Write the page, or with --check say whether it is up to date."""
    page = ROOT / "docs" / "third_party.md"
    if "--check" in sys.argv[1:]:
        if page.read_text(encoding="utf-8") != document():
            raise SystemExit("docs/third_party.md is out of date: run scripts/write_third_party.py")
        return
    page.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
