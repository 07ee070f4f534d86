"""Order lines from a table of text: a CSV file, or cells pasted from a spreadsheet. What the products are is not known
here.

Comma, semicolon or tab; UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, else Windows-1252. Columns are sku,
quantity and, optionally, wholesaler: by their header in any order and case, or in this order without a header.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from desktop_app.domain.order import MAX_QUANTITY
from desktop_app.domain.validation import parse_quantity
from desktop_app.errors import FileUnreadable

LARGEST_FILE = 20_000_000
DEFECTS_TOLD = 50

_NAMES = {
    "sku": ("sku", "reference", "référence", "ref", "réf", "article", "code"),
    "quantity": ("quantity", "qty", "quantité", "quantite", "qté", "qte"),
    "wholesaler": ("wholesaler", "grossiste"),
}
_COLUMN_OF = {name: column for column, names in _NAMES.items() for name in names}
_REQUIRED = ("sku", "quantity")
_IN_ORDER = {"sku": 0, "quantity": 1, "wholesaler": 2}
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class TypedLine(Struct, frozen=True):
    """One line as it stands in the file. `row` is its first physical line, from 1; `wholesaler` "" where none."""

    row: int
    sku: str
    quantity: int
    wholesaler: str = ""


class Defect(Struct, frozen=True):
    """What is wrong where: physical line, column and reason, ready to be told as `file:line:column: reason`."""

    row: int
    column: str
    reason: str

    def text(self, source: str) -> str:
        """The defect of the file called `source` as one line of text."""
        return f"{source}:{self.row}:{self.column}: {self.reason}"


def unreadable(source: str, defects: Sequence[Defect]) -> FileUnreadable:
    """The refusal of a file with these defects, the first of them told one by one."""
    told = [defect.text(source) for defect in defects[:DEFECTS_TOLD]]
    if len(defects) > DEFECTS_TOLD:
        told.append(f"... and {len(defects) - DEFECTS_TOLD} more.")
    return FileUnreadable("\n".join(told), source=source, defects=str(len(defects)))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises FileUnreadable where it cannot be opened or is far larger than any order."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileUnreadable(f"{path} is larger than any list of order lines.", source=str(path))
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(f"{path}: {error.strerror or error}.", source=str(path)) from error


def decode(data: bytes) -> str:
    """The text of a file, by its byte order mark, as UTF-8, or as Windows-1252. Raises ValueError for anything else."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def parse(text: str) -> tuple[list[TypedLine], list[Defect]]:
    """The lines and the defects of a table; empty rows and repeated headers are passed over."""
    if "\0" in text:
        return [], [Defect(text[: text.index("\0")].count("\n") + 1, "-", "this is not a text file")]
    rows = _rows(text)
    lines: list[TypedLine] = []
    defects: list[Defect] = []
    columns: dict[str, int] | None = None
    header: list[str] = []
    try:
        for row, cells in rows:
            if columns is None:
                columns, found = _columns(cells)
                defects += [Defect(row, column, reason) for column, reason in found]
                if found:
                    return [], defects
                if columns is not _IN_ORDER:
                    header = cells
                    continue
            if cells != header:
                _read_row(row, cells, columns, lines, defects)
    except csv.Error as error:
        defects.append(Defect(text.count("\n") + 1, "-", f"not a table of text: {error}"))
    return lines, defects


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with something in them, each with the physical line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield begins, stripped
        begins = reader.line_num + 1


def _delimiter(text: str) -> str:
    """Tab before semicolon before comma, by the first line that is not empty: a comma may be a decimal sign."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return next((sign for sign in "\t;" if sign in first), ",")


def _columns(first: Sequence[str]) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Where each column is, by the first row, and what is wrong with it as a header."""
    named = [(_COLUMN_OF.get(cell.casefold()), place) for place, cell in enumerate(first)]
    known = [(column, place) for column, place in named if column is not None]
    if not known:
        return _IN_ORDER, []
    columns = dict(known)
    twice = sorted({column for column, _ in known if sum(column == other for other, _ in known) > 1})
    wrong = [(column, "this column is there twice") for column in twice]
    wrong += [(column, "this column is missing") for column in _REQUIRED if column not in columns]
    return columns, wrong


def _read_row(
    row: int, cells: Sequence[str], columns: dict[str, int], lines: list[TypedLine], defects: list[Defect]
) -> None:
    values = {column: cells[place] if place < len(cells) else "" for column, place in columns.items()}
    wrong = list(_wrong(values))
    defects.extend(Defect(row, column, reason) for column, reason in wrong)
    if not wrong:
        quantity = parse_quantity(values["quantity"])
        lines.append(TypedLine(row, values["sku"], quantity, values.get("wholesaler", "")))


def _wrong(values: dict[str, str]) -> Iterable[tuple[str, str]]:
    if not values["sku"]:
        yield "sku", "is empty"
    try:
        parse_quantity(values["quantity"])
    except ValueError:
        told = repr(values["quantity"][:40]) if values["quantity"] else "an empty cell"
        yield "quantity", f"{told} is not a quantity: a whole number from 1 to {MAX_QUANTITY}"
