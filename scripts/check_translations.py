"""Says whether each word of the screens is translated and each compiled translation is up to date.

`--update` writes the sources (.ts) and compiled files (.qm) anew; translating what is new stays a person's work.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
UNFINISHED = {"unfinished", "vanished", "obsolete"}


def tool(name: str, *arguments: str | Path) -> None:
    """Run one of Qt's translation tools, which come with PySide6."""
    command = [str(Path(sys.executable).with_name(name)), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")


def extract(ts: Path) -> None:
    """Bring `ts` up to date with the words in the code."""
    words = sorted(path.relative_to(ROOT) for path in (ROOT / "ui").rglob("*.py"))
    tool("pyside6-lupdate", *words, "-locations", "none", "-silent", "-ts", ts)


def compile_to(ts: Path, qm: Path) -> None:
    """Compile `ts`."""
    tool("pyside6-lrelease", "-silent", ts, "-qm", qm)


def complaints(ts: Path) -> Iterator[str]:
    """What is wrong with one translation source after a fresh look at the code."""
    for context in ElementTree.parse(ts).iterfind("context"):
        for message in context.iterfind("message"):
            translation = message.find("translation")
            state = "unfinished" if translation is None else translation.get("type", "")
            if state in UNFINISHED:
                yield f"{ts.name}: {state}: {context.findtext('name')}: {message.findtext('source')!r}"
            elif translation is not None and any("&#" in words for words in translation.itertext()):
                yield f"{ts.name}: escaped twice: {context.findtext('name')}: {message.findtext('source')!r}"


def check(ts: Path) -> Iterator[str]:
    """Compare one translation with the code and with its compiled file, without touching either."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / ts.name
        shutil.copy(ts, fresh)
        extract(fresh)
        yield from complaints(fresh)
        compiled = fresh.with_suffix(".qm")
        compile_to(ts, compiled)
        shipped = ts.with_suffix(".qm")
        if not shipped.is_file() or shipped.read_bytes() != compiled.read_bytes():
            yield f"{shipped.name} is not the compiled {ts.name}: run scripts/check_translations.py --update"


def main() -> int:
    """Check, or update with --update; exit 1 where something is to be done."""
    parser = argparse.ArgumentParser(description="Are the translations complete?")
    parser.add_argument("--update", action="store_true", help="take over new words and compile")
    update = parser.parse_args().update
    sources = sorted(FOLDER.glob("*.ts"))
    if not any(ts.name == "comptoir_fr.ts" for ts in sources):
        sys.stderr.write("resources/translations/comptoir_fr.ts is missing\n")
        return 1
    found: list[str] = []
    for ts in sources:
        if update:
            extract(ts)
            compile_to(ts, ts.with_suffix(".qm"))
            found += complaints(ts)
        else:
            found += check(ts)
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
