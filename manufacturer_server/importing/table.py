"""One file, or one sheet, as read: good documents by key, and what is wrong with the rest, row by row.

Where the rows come from is `reader` (CSV) and `workbook` (Excel).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from manufacturer_server.importing.kind import Clash, Column, Kind, Row, Values


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

    `file` names a sheet as `prices.xlsx [conditions]`. `kept` are the keys of bad rows, whose earlier version stays.
    `unidentified` counts bad rows whose key could not be read either: while there are any, nothing can be called
    missing.
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


class RowTaker:
    """Takes the rows of one table in, one after the other; `finish` makes the documents that need several rows."""

    def __init__(self, table: Table, header: list[str], line: int) -> None:
        """Raises FileUnusable where the header, in physical line `line`, is none of this kind."""
        self.columns = _columns(table, header, line)
        self._table = table
        self._header = header
        self._gathered: dict[str, list[Row]] = {}

    def take(self, line: int, row: list[str], faults: Sequence[tuple[int, str]] = ()) -> None:
        """Take one row in. `faults` are cells, by position, that could not even be read as text, and why."""
        table = self._table
        if row[: len(self._header)] == self._header:
            table.defects.append(Defect(table.file, line, "", "the header is repeated here"))
            return
        defects = []
        if any(row[len(self._header) :]):
            reason = f"the row has {len(row)} cells, the header {len(self._header)}"
            defects.append(Defect(table.file, line, "", reason))
        values: dict[str, object] = {}
        unreadable = dict(faults)
        for index, column in self.columns:
            cell = row[index] if index < len(row) else ""
            try:
                if index in unreadable:
                    raise ValueError(unreadable[index])
                if cell:
                    values[column.name] = column.read(cell)
                elif column.required:
                    raise ValueError("required, but empty")
            except ValueError as error:
                defects.append(Defect(table.file, line, column.name, str(error)))
        self._place(line, values, defects)
        table.defects.extend(defects)

    def _place(self, line: int, values: Values, defects: list[Defect]) -> None:
        table, kind = self._table, self._table.kind
        # A part of the key that may be empty but could not be read would make the key of another row.
        unread = any(defect.column in kind.key for defect in defects)
        key = None if unread else kind.key_of(values)
        if key is None:
            table.unidentified += 1
        elif kind.gather is not None:
            table.lines.setdefault(key, line)
            self._gathered.setdefault(key, []).append((line, values))
            if defects:
                table.kept.add(key)
        elif key in table.lines:
            reason = f"{key} is already in line {table.lines[key]}; this line is not taken"
            defects.append(Defect(table.file, line, kind.key[-1], reason))
        else:
            table.lines[key] = line
            if not defects:
                try:
                    table.documents[key] = kind.build(values)
                except Clash as clash:
                    defects.append(Defect(table.file, line, clash.column, str(clash)))
            if defects:
                table.kept.add(key)

    def finish(self) -> None:
        """Make each document that several rows say together; one bad row among them keeps the earlier version."""
        table, gather = self._table, self._table.kind.gather
        if gather is None:
            return
        for key, rows in self._gathered.items():
            if key in table.kept:
                if len(rows) > 1:
                    reason = f"{key} is not taken, because one of its rows is not good"
                    table.defects.append(Defect(table.file, table.lines[key], "", reason))
                continue
            try:
                table.documents[key] = gather(rows)
            except Clash as clash:
                table.defects.append(Defect(table.file, clash.line or table.lines[key], clash.column, str(clash)))
                table.kept.add(key)


def column_name(cell: str) -> str:
    """A cell of the header as a column's name."""
    return cell.strip().lower()


def _columns(table: Table, header: Iterable[str], line: int) -> list[tuple[int, Column]]:
    names = [column_name(cell) for cell in header]
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
