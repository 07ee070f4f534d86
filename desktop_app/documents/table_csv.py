"""A table as a CSV file for a spreadsheet: whole or not at all, and nothing in it is taken for a formula.

UTF-8 with a byte order mark, so that Excel reads the accents.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop_app.errors import FileNotWritten

# What a spreadsheet takes for the begin of a formula, also behind white space; a mark before it makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARK = "'"


def harmless(text: str) -> str:
    """The text, with a `'` before it where a spreadsheet would take it for a formula."""
    return _MARK + text if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def table_text(headings: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str) -> str:
    """The rows under their headings. Every cell is made `harmless`: figures begin with a digit."""
    told = io.StringIO(newline="")
    writer = csv.writer(told, delimiter=delimiter, lineterminator="\r\n")
    for cells in (headings, *rows):
        writer.writerow([harmless(cell) for cell in cells])
    return told.getvalue()


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str) -> None:
    """Write the table to `path`, in place of what is there. Raises FileNotWritten, and then leaves what is there."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(table_text(headings, rows, delimiter), encoding="utf-8-sig", newline="")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FileNotWritten(f"{path}: {error.strerror or error}.", path=str(path)) from error
