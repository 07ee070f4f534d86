"""Reading one CSV file of a known kind, whatever its delimiter and code page, into documents and defects."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from manufacturer_server.importing.kinds import Clash, Column, Kind

DELIMITERS = (",", ";", "\t")
_MAX_CELL = 1_000_000
_SEP_LINE = re.compile(r'"?sep=.?"?[;,\t]*\r?\n', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong with a file: where (physical line, column name; 0 and empty for the file) and why."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}:{self.column}: {self.reason}" if self.column else f"{place}: {self.reason}"


class FileUnusable(Exception):
    """Nothing of the file can be taken."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(str(defect))
        self.defect = defect


@dataclass(slots=True)
class Table:
    """A file as read: good documents by key with their lines, and what is wrong with the rest.

    `kept` are the keys of bad rows, whose earlier version stays. `unidentified` counts bad rows whose key could not
    be read either: while there are any, nothing can be called missing.
    """

    file: str
    kind: Kind
    documents: dict[str, msgspec.Struct] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    defects: list[Defect] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    unidentified: int = 0
    ignored_columns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, key: str, column: str, reason: str) -> None:
        """Take a good row back: its key keeps its earlier version."""
        del self.documents[key]
        self.kept.add(key)
        self.defects.append(Defect(self.file, self.lines[key], column, reason))


def read_file(path: Path, kind: Kind, encoding: str = "utf-8") -> Table:
    """Read a file from disk. Raises FileUnusable."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileUnusable(Defect(path.name, 0, "", f"cannot be read: {error.strerror}")) from error
    return read_table(path.name, content, kind, encoding)


def read_table(file: str, content: bytes, kind: Kind, encoding: str = "utf-8") -> Table:
    """Read a file's bytes. Raises FileUnusable where not a single row can be trusted."""
    table = Table(file, kind)
    text = _decoded(table, content, encoding)
    skipped = _SEP_LINE.match(text)
    first_line = 2 if skipped else 1
    text = text[skipped.end() :] if skipped else text
    rows = _rows(table, text, _delimiter(text, kind), first_line)
    line, header = next(((line, row) for line, row in rows if any(row)), (first_line, []))
    columns = _columns(table, header, line)
    for line, row in rows:
        if any(row):
            _take(table, line, row, header, columns)
    return table


def _decoded(table: Table, content: bytes, encoding: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and not encoding.lower().startswith(("utf-16", "utf_16")):
        raise FileUnusable(Defect(table.file, 1, "", "this is UTF-16 text; add --encoding utf-16"))
    if content.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeError as error:
        raise FileUnusable(_not_text(table.file, content, encoding, error)) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileUnusable(Defect(table.file, line, "", "this is not a text file (it contains NUL bytes)"))
    if not encoding.lower().startswith("utf") and not content.isascii() and _is_utf8(content):
        table.notes.append(f"{table.file} would also be valid UTF-8; it was read as {encoding} as asked")
    return text


def _not_text(file: str, content: bytes, encoding: str, error: UnicodeError) -> Defect:
    if b"\0" in content:
        return Defect(file, 0, "", "this is not a text file (it contains NUL bytes)")
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    line = content.count(b"\n", 0, start) + 1
    hint = "; a file from Excel usually needs --encoding cp1252" if encoding.startswith("utf") else ""
    return Defect(file, line, "", f"byte 0x{content[start]:02X} is not {encoding} text{hint}")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str, kind: Kind) -> str:
    """The delimiter under which the first line names most of the kind's columns."""
    first = next((line for line in text.splitlines() if line.strip(' ;,\t"')), "")
    names = {column.name for column in kind.columns}

    def known(delimiter: str) -> int:
        return len(names & {_name(cell) for cell in next(csv.reader([first], delimiter=delimiter), [])})

    return max(DELIMITERS, key=known)


def _name(cell: str) -> str:
    return cell.strip().lower()


def _rows(table: Table, text: str, delimiter: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with the physical line it begins on; a row that is not CSV becomes a defect."""
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = first_line + reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "end of data" in str(error):
                reason = "a quotation mark opened here is never closed"
                raise FileUnusable(Defect(table.file, line, "", reason)) from error
            table.defects.append(Defect(table.file, line, "", f"this row is not CSV: {error}"))
            table.unidentified += 1
            continue
        yield line, [cell.strip() for cell in row]


def _columns(table: Table, header: list[str], line: int) -> list[tuple[int, Column]]:
    names = [_name(cell) for cell in header]
    known = {column.name: column for column in table.kind.columns}
    required = [column.name for column in table.kind.columns if column.required]
    if not set(names) & set(known):
        expected = ", ".join(required)
        raise FileUnusable(Defect(table.file, line, "", f"there is no header; the first line must name {expected}"))
    for name in names:
        if name and names.count(name) > 1 and name in known:
            raise FileUnusable(Defect(table.file, line, name, "this column is there twice"))
    for name in required:
        if name not in names:
            raise FileUnusable(Defect(table.file, line, name, "this required column is missing"))
    table.ignored_columns = [name for name in names if name and name not in known]
    return [(index, known[name]) for index, name in enumerate(names) if name in known]


def _take(table: Table, line: int, row: list[str], header: list[str], columns: list[tuple[int, Column]]) -> None:
    if row[: len(header)] == header:
        table.defects.append(Defect(table.file, line, "", "the header is repeated here"))
        return
    defects = []
    if any(row[len(header) :]):
        reason = f"the row has {len(row)} cells, the header {len(header)}"
        defects.append(Defect(table.file, line, "", reason))
    values: dict[str, object] = {}
    for index, column in columns:
        cell = row[index] if index < len(row) else ""
        try:
            if cell:
                values[column.name] = column.read(cell)
            elif column.required:
                raise ValueError("required, but empty")
        except ValueError as error:
            defects.append(Defect(table.file, line, column.name, str(error)))
    key = _key(table.kind, values)
    if key is None:
        table.unidentified += 1
    elif key in table.lines:
        reason = f"{key} is already in line {table.lines[key]}; this line is not taken"
        defects.append(Defect(table.file, line, table.kind.key[-1], reason))
    else:
        table.lines[key] = line
        if not defects:
            _build(table, line, key, values, defects)
        if defects:
            table.kept.add(key)
    table.defects.extend(defects)


def _build(table: Table, line: int, key: str, values: dict[str, object], defects: list[Defect]) -> None:
    try:
        table.documents[key] = table.kind.build(values)
    except Clash as clash:
        defects.append(Defect(table.file, line, clash.column, str(clash)))


def _key(kind: Kind, values: dict[str, object]) -> str | None:
    """The key of a row; None where a part of it that must be there could not be read."""
    if any(name not in values and name not in kind.may_be_empty for name in kind.key):
        return None
    return "/".join([str(values.get(name, "")) for name in kind.key])
