"""Rows for people: a CSV file that a spreadsheet opens safely, and a table for the terminal."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from manufacturer_server.errors import ServerRefusal

# A spreadsheet takes a cell that begins like this for a formula; the apostrophe makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Line ends, what a terminal obeys, and what turns the direction of writing round.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


def one_line(text: str) -> str:
    """Text out of a file, as one line that moves nothing on the terminal."""
    return _UNSEEN.sub(" ", text)


def as_text(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a file anew, whole or not at all; the number of rows is returned. Raises ServerRefusal."""
    part = _part_of(path)
    count = 0
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            for row in rows:
                writer.writerow([as_text(cell) for cell in row])
                count += 1
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ServerRefusal(f"{path} cannot be written: {error.strerror}.") from error
    return count


def check_writable(path: Path) -> None:
    """Raises ServerRefusal where `write_csv` could not write this file."""
    part = _part_of(path)
    try:
        part.touch()
        part.unlink()
    except OSError as error:
        raise ServerRefusal(f"{path} cannot be written: {error.strerror}.") from error


def _part_of(path: Path) -> Path:
    """Where the file is made before it takes its place."""
    if not path.name or path.is_dir():
        raise ServerRefusal(f"{path} is no name of a file.")
    return path.with_name(f".{path.name}.part")


def text_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    """Lines of columns one under the other; what is empty in all rows is left out."""
    listed = [tuple(one_line(cell) for cell in row) for row in rows]
    filled = [place for place, _ in enumerate(columns) if any(row[place] for row in listed)]
    widths = {place: max(len(columns[place]), *(len(row[place]) for row in listed)) for place in filled}
    for row in (tuple(columns), *listed) if listed else ():
        yield "  ".join(row[place].ljust(widths[place]) for place in filled).rstrip()
