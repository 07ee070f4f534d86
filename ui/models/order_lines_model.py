"""The lines of an open draft as a table: each line, its problems in rows of their own under it, an open row last.

Reads and writes through one `DraftSession`; a change touches only the rows it names. Painting and editors are not here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from desktop_app.domain.order import Problem
from desktop_app.domain.validation import parse_quantity
from desktop_app.services.draft_session import DraftChange, DraftSession
from desktop_app.services.plan_views import PlanView
from desktop_app.services.views import LineView
from ui.formats import Formats
from ui.models.discount_words import DiscountWords
from ui.models.rows_model import Index, RowsModel
from ui.models.shown_line import (
    COLUMNS,
    DISCOUNT,
    NAME,
    NET,
    NUMBER,
    QUANTITY,
    ROUNDED,
    SKU,
    STOCK,
    TOTAL,
    ShownLine,
    line_headers,
    rounding,
    show_line,
)

__all__ = [
    "COLUMNS", "DISCOUNT", "NAME", "NET", "NUMBER", "QUANTITY", "ROUNDED", "SKU", "STOCK", "TOTAL",
    "OrderLinesModel", "Row", "RowKind",
]  # fmt: skip


class RowKind(StrEnum):
    """What a row of the table is."""

    LINE = "line"
    PROBLEM = "problem"
    ENTRY = "entry"


@dataclass(slots=True)
class Row:
    """One row. `key` names its line (0 for the entry row), `number` is what the number column shows."""

    kind: RowKind
    key: int
    number: int
    problem: Problem | None = None


class OrderLinesModel(RowsModel[Row]):
    """Table model over a draft. Problem rows and the entry row do not count in numbering."""

    lines_changed = Signal()
    quantity_refused = Signal(str)

    def __init__(
        self,
        session: DraftSession,
        formats: Formats,
        problem_words: Callable[[Problem], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._formats = formats
        self._problem_words = problem_words
        self._dismissed: set[tuple[int, str]] = set()
        self._shown: dict[int, ShownLine] = {}
        self._headers = line_headers()
        for view in session.lines():
            self._rows.extend(self._rows_for(view, len(self._shown) + 1))
        self._rows.append(Row(RowKind.ENTRY, 0, len(self._shown) + 1))

    # What the table shows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As every table, and the bare quantity of a line for its editor."""
        row = self._rows[index.row()] if index.isValid() else None
        if role == Qt.ItemDataRole.EditRole and row is not None and row.kind is RowKind.LINE:
            return str(self.view(row.key).quantity) if index.column() == QUANTITY else None
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Quantities of lines and the search cell of the entry row can be edited; problem rows are one wide cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        kind = self._rows[index.row()].kind
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if (kind is RowKind.LINE and index.column() == QUANTITY) or (kind is RowKind.ENTRY and index.column() == SKU):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Set a line's quantity from text; text that is no quantity changes nothing and is reported."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() != QUANTITY:
            return False
        row = self._rows[index.row()]
        if row.kind is not RowKind.LINE:
            return False
        try:
            quantity = parse_quantity(str(value))
        except ValueError:
            self.quantity_refused.emit(str(value))
            return False
        shown = self._shown[row.key].view
        if quantity not in (shown.quantity, shown.asked):
            self.set_quantity(row.key, quantity)
        return True

    def _tone(self, row: Row) -> str | None:
        """Amber marks a line with something to see, and the row under it that says what."""
        if row.kind is RowKind.PROBLEM or (row.kind is RowKind.LINE and self.has_problem(row.key)):
            return "amber"
        return None

    def _display_data(self, row: Row, column: int) -> str:
        if row.kind is RowKind.LINE:
            return str(row.number) if column == NUMBER else self._shown[row.key].texts[column]
        if column != NUMBER:
            return ""
        if row.problem is not None:
            return self._problem_words(row.problem)
        return str(row.number)

    def _tip(self, row: Row, column: int) -> str | None:
        return self._shown[row.key].texts[NAME] if column in (SKU, NAME) and row.kind is RowKind.LINE else None

    # Finding rows

    @property
    def line_count(self) -> int:
        """How many lines the draft has."""
        return len(self._shown)

    @property
    def entry_row(self) -> int:
        """The row of the open line at the end."""
        return len(self._rows) - 1

    def row(self, row: int) -> Row:
        """The row at a place of the table."""
        return self._rows[row]

    def view(self, key: int) -> LineView:
        """The line called `key` as last read."""
        return self._shown[key].view

    def discount(self, key: int) -> DiscountWords:
        """The discount cell of a line."""
        return self._shown[key].discount

    def row_of(self, key: int) -> int:
        """The row of a line, -1 where it is gone. Searched from the end: the line at work is mostly the last one."""
        for place in range(len(self._rows) - 1, -1, -1):
            row = self._rows[place]
            if row.key == key and row.kind is RowKind.LINE:
                return place
        return -1

    def problem_rows(self) -> tuple[int, ...]:
        """The rows that tell a problem, top to bottom."""
        return tuple(place for place, row in enumerate(self._rows) if row.kind is RowKind.PROBLEM)

    def has_problem(self, key: int) -> bool:
        """True where a problem of this line is on show."""
        return bool(self._open_problems(self._shown[key].view))

    # Changing the draft

    def add(self, sku: str, quantity: int = 1, wholesaler: str = "") -> int:
        """Add a line, or more to the line that is already there; returns its key."""
        change = self._session.add(sku, quantity, wholesaler)
        self.apply(change)
        if change.merged_into is not None:
            return change.merged_into
        return change.added[0] if change.added else change.changed[0]

    def add_many(self, lines: Sequence[tuple[str, int, str]]) -> None:
        """Add many lines of (sku, quantity, wholesaler) as one act that one undo takes back."""
        self.apply(self._session.add_many(lines))

    def set_quantity(self, key: int, quantity: int) -> None:
        """Change a line's quantity; it is rounded up to the pack multiple."""
        self._dismissed = {pair for pair in self._dismissed if pair[0] != key}
        self.apply(self._session.set_quantity(key, quantity))

    def set_wholesaler(self, key: int, wholesaler: str) -> None:
        """Name who delivers a line; empty leaves the choice to the rules."""
        self.apply(self._session.set_wholesaler(key, wholesaler))

    def take_plan(self, plan: PlanView) -> None:
        """Place every line as a plan says, as one change."""
        self.apply(self._session.take_plan(plan))

    def remove(self, key: int) -> None:
        """Take a line away."""
        self.apply(self._session.remove(key))

    def undo(self) -> None:
        """Take the last change back."""
        if self._session.can_undo:
            self.apply(self._session.undo())

    def redo(self) -> None:
        """Make the change taken back again."""
        if self._session.can_redo:
            self.apply(self._session.redo())

    def keep(self, key: int, code: str) -> None:
        """Keep a line as it is: a problem that does not block is not shown again until the quantity changes."""
        if code == ROUNDED:
            self.set_quantity(key, self.view(key).quantity)
            return
        self._dismissed.add((key, code))
        self._refresh(self._session.line(key))
        self.lines_changed.emit()

    def reload(self) -> None:
        """Show the draft as it is after it was re-priced as a whole; its lines are the same."""
        for view in self._session.lines():
            self._refresh(view)
        self.lines_changed.emit()

    def apply(self, change: DraftChange) -> None:
        """Show what a change of the draft touched, and nothing else."""
        for key in change.removed:
            self._remove_rows(key)
        self._insert_lines([self._session.line(key) for key in change.added])
        for key in change.changed:
            if key in self._shown:
                self._refresh(self._session.line(key))
        self.lines_changed.emit()

    def _refresh(self, view: LineView) -> None:
        """Show one line as it is now: its row, and its problem rows where they differ."""
        key, place = view.key, self.row_of(view.key)
        self._shown[key] = show_line(view, self._formats)
        self._tell_row(place)
        problems = self._open_problems(view)
        first, last = place + 1, self._end_of(place)
        if [row.problem for row in self._rows[first:last]] == problems:
            return
        kept = min(last - first, len(problems))
        for offset in range(kept):
            self._rows[first + offset].problem = problems[offset]
        if kept:
            self.dataChanged.emit(self.index(first, 0), self.index(first + kept - 1, COLUMNS - 1))
        if last - first > kept:
            self._cut(first + kept, last)
        elif len(problems) > kept:
            number = self._rows[place].number
            self._put(first + kept, [Row(RowKind.PROBLEM, key, number, problem) for problem in problems[kept:]])

    def _insert_lines(self, views: Sequence[LineView]) -> None:
        """Insert lines; those that follow each other go in at once."""
        for group in _runs(sorted(views, key=lambda view: view.number)):
            number = group[0].number
            place = self._place_of_number(number)
            rows: list[Row] = []
            for offset, view in enumerate(group):
                rows.extend(self._rows_for(view, number + offset))
            self._put(place, rows)
            self._renumber(place + len(rows), number + len(group))

    def _remove_rows(self, key: int) -> None:
        place = self.row_of(key)
        if place < 0:
            return
        number = self._rows[place].number
        self._cut(place, self._end_of(place))
        del self._shown[key]
        self._renumber(place, number)

    def _rows_for(self, view: LineView, number: int) -> list[Row]:
        self._shown[view.key] = show_line(view, self._formats)
        rows = [Row(RowKind.LINE, view.key, number)]
        rows.extend(Row(RowKind.PROBLEM, view.key, number, problem) for problem in self._open_problems(view))
        return rows

    def _put(self, place: int, rows: list[Row]) -> None:
        self.beginInsertRows(QModelIndex(), place, place + len(rows) - 1)
        self._rows[place:place] = rows
        self.endInsertRows()

    def _cut(self, first: int, end: int) -> None:
        self.beginRemoveRows(QModelIndex(), first, end - 1)
        del self._rows[first:end]
        self.endRemoveRows()

    def _renumber(self, place: int, number: int) -> None:
        """Give the rows from `place` on their numbers, starting at `number`; tell only the number column."""
        for row in self._rows[place:]:
            row.number = number
            if row.kind is RowKind.PROBLEM:
                row.number = number - 1
            else:
                number += 1
        if place < len(self._rows):
            self.dataChanged.emit(self.index(place, NUMBER), self.index(len(self._rows) - 1, NUMBER))

    def _end_of(self, place: int) -> int:
        """The row after the last problem of the line at `place`."""
        place += 1
        while self._rows[place].kind is RowKind.PROBLEM:
            place += 1
        return place

    def _place_of_number(self, number: int) -> int:
        """Where the line numbered `number` goes in."""
        if number > self.line_count:
            return self.entry_row
        return next(
            place
            for place, row in enumerate(self._rows)
            if row.kind is RowKind.ENTRY or (row.kind is RowKind.LINE and row.number == number)
        )

    def _open_problems(self, view: LineView) -> list[Problem]:
        problems = [*rounding(view), *view.problems]
        return [one for one in problems if one.blocking or (view.key, one.code) not in self._dismissed]


def _runs(views: Iterable[LineView]) -> list[list[LineView]]:
    """Split views, sorted by number, into runs of neighbours."""
    runs: list[list[LineView]] = []
    for view in views:
        if runs and runs[-1][-1].number + 1 == view.number:
            runs[-1].append(view)
        else:
            runs.append([view])
    return runs
