"""Reading an Excel workbook (.xlsx): one sheet per kind, each cell as the text the same sheet would have as CSV."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import TracebackType

import python_calamine

from manufacturer_server.importing.cells import plain
from manufacturer_server.importing.kinds import KIND_BY_NAME, KINDS
from manufacturer_server.importing.reader import read_bytes
from manufacturer_server.importing.table import Defect, FileUnusable, RowTaker, Table
from manufacturer_server.importing.workbook_parts import (
    Look,
    SheetPart,
    Unreadable,
    column_letters,
    look,
    packed,
    sheet_parts,
    shown_styles,
    unpack,
)

# What Excel keeps of a number.
_DIGITS = 15
_TOO_LONG = f"the number has more than {_DIGITS} digits, of which Excel keeps {_DIGITS}; write it as text"


def read_workbook_file(path: Path) -> tuple[list[Table], list[str]]:
    """Read a workbook from disk; see `read_workbook`. Raises FileUnusable."""
    return read_workbook(path.name, read_bytes(path))


def read_workbook(file: str, content: bytes) -> tuple[list[Table], list[str]]:
    """The tables of a workbook's sheets, and notes on sheets passed over.

    Raises FileUnusable where nothing of it can be trusted. One sheet that cannot be used spoils the whole file, which
    is applied as one or not at all.
    """
    try:
        parts = unpack(content)
        sheets = sheet_parts(parts)
        wanted, notes = _sort_out(file, sheets)
        styles = shown_styles(parts)
        looks = {sheet.name: look(_part(parts, sheet), styles) for sheet in wanted}
        with _Panic(file), python_calamine.load_workbook(packed(parts)) as book:
            tables = [_read_sheet(file, book, sheet, looks[sheet.name], notes) for sheet in wanted]
    except Unreadable as unreadable:
        raise FileUnusable(Defect(file, 0, "", str(unreadable))) from unreadable
    except (python_calamine.CalamineError, MemoryError, OverflowError, ValueError) as error:
        raise FileUnusable(Defect(file, 0, "", f"it is damaged ({error})")) from error
    filled = [table for table in tables if table is not None]
    if not filled:
        raise FileUnusable(Defect(file, 0, "", "all of its sheets are empty"))
    return filled, notes


class _Panic:
    """Turns a panic of the reader, which is no Exception and has no name to import, into a refusal."""

    def __init__(self, file: str) -> None:
        self._file = file

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if kind is not None and kind.__name__ == "PanicException":
            raise FileUnusable(Defect(self._file, 0, "", "it is damaged (its cells cannot be read)")) from error


def _part(parts: dict[str, bytes], sheet: SheetPart) -> bytes:
    if sheet.part not in parts:
        raise Unreadable(f"it is damaged (the sheet {sheet.name} is missing)")
    return parts[sheet.part]


def _sort_out(file: str, sheets: Iterable[SheetPart]) -> tuple[list[SheetPart], list[str]]:
    """The sheets that are kinds, and what is said of the others."""
    wanted: dict[str, SheetPart] = {}
    notes = []
    for sheet in sheets:
        name = _kind_name(sheet)
        if name not in KIND_BY_NAME:
            notes.append(f"{file}: the sheet {sheet.name} is no kind this server knows; ignored")
        elif sheet.hidden:
            notes.append(f"{file}: the sheet {sheet.name} is hidden; ignored")
        elif name in wanted:
            raise Unreadable(f"it has two sheets named {name}")
        else:
            wanted[name] = sheet
    if not wanted:
        names = ", ".join(kind.name for kind in KINDS)
        raise Unreadable(f"none of its visible sheets is named {names}")
    return list(wanted.values()), notes


def _kind_name(sheet: SheetPart) -> str:
    return sheet.name.strip().lower()


def _read_sheet(
    file: str, book: python_calamine.CalamineWorkbook, sheet: SheetPart, seen: Look, notes: list[str]
) -> Table | None:
    """One sheet as a table; None where it is empty."""
    table = Table(f"{file} [{_kind_name(sheet)}]", KIND_BY_NAME[_kind_name(sheet)])
    if seen.last_row < 0 and not seen.broken:
        notes.append(f"{table.file}: the sheet is empty; ignored")
        return None
    faults = _faults(seen)
    broken = {row for row, _ in seen.broken}
    taker: RowTaker | None = None
    for number, cells in enumerate(book.get_sheet_by_name(sheet.name).iter_rows()):
        here = dict(faults.get(number, ()))
        row = [_text(value, seen, (number, column), here) for column, value in enumerate(cells)]
        if not any(row) and number not in broken:
            continue
        if taker is None:
            taker = _header(table, row, number, seen)
            _tell_what_is_hidden(table, row, seen)
        else:
            taker.take(number + 1, row, list(here.items()))
    if taker is not None:
        taker.finish()
    return table


def _faults(seen: Look) -> dict[int, dict[int, str]]:
    """The cells that have no value to take: by row, then by column, with the reason."""
    faults: dict[int, dict[int, str]] = {}
    for (row, column), reason in seen.broken.items():
        faults.setdefault(row, {})[column] = reason
    for (top, left), (bottom, right) in seen.merged:
        reason = f"merged with {column_letters(left)}{top + 1}; undo the merge"
        for row in range(top, min(bottom, seen.last_row) + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    faults.setdefault(row, {})[column] = reason
    return faults


def _header(table: Table, row: list[str], number: int, seen: Look) -> RowTaker:
    for (top, left), (bottom, right) in seen.merged:
        if top <= number <= bottom:
            place = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
            raise FileUnusable(Defect(table.file, number + 1, "", f"the header has merged cells ({place}); undo that"))
    for (broken, column), reason in seen.broken.items():
        if broken == number:
            raise FileUnusable(Defect(table.file, number + 1, "", f"the header's {column_letters(column)}: {reason}"))
    return RowTaker(table, row, number + 1)


def _tell_what_is_hidden(table: Table, header: list[str], seen: Look) -> None:
    named = {column: cell for column, cell in enumerate(header) if cell}
    hidden = [f"{column_letters(at)} ({named[at]})" for at in sorted(seen.hidden_columns) if at in named]
    if hidden:
        table.notes.append(f"{table.file}: hidden columns were read like the others: {', '.join(hidden)}")
    if seen.hidden_rows:
        table.notes.append(f"{table.file}: {seen.hidden_rows:,} hidden rows were read like the others")


def _text(value: object, seen: Look, place: tuple[int, int], faults: dict[int, str]) -> str:
    """A cell as a CSV of the same sheet would have it; what has no such text joins `faults`."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        text = _number_text(value, seen.shown.get(place))
        if text is None:
            faults[place[1]] = _TOO_LONG
        return text or "?"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else f"{value}"


def _number_text(value: float, shown: int | None) -> str | None:
    """A number as it is seen: at most 15 digits, per cent as such, filled up with zeros where its format says so."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if abs(value) >= 10**_DIGITS:
        return None
    number = Decimal(f"{value:.{_DIGITS}g}")
    if shown == 0:
        return f"{plain(number * 100)}%"
    text = plain(number)
    return text.zfill(shown) if shown and text.isdigit() else text
