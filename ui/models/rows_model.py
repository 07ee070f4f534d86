"""What the table models of the rooms have in common: one object per row, titles, texts, the row itself for painters.

Which rows there are and what their cells say belongs to each model; alignment and painting belong to a grid's columns.
"""

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.grid import ROW_ROLE, TONE_ROLE
from ui.widgets.tips import plain_tip

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Read-only table over `_rows` with a column per title in `_headers`; the model itself fills both."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers: tuple[str, ...] = ()
        self._rows: list[Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One per object."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One per title."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The column titles; rows have none."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._headers[section] if 0 <= section < len(self._headers) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text and tip, the row itself (`ROW_ROLE`) and its ground (`TONE_ROLE`)."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._display_data(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = self._tip(row, index.column())
            return None if tip is None else plain_tip(tip)
        if role == TONE_ROLE:
            return self._tone(row)
        return None

    def row(self, place: int) -> Row | None:
        """The object in a row; None outside the table."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _display_data(self, row: Row, column: int) -> str:
        """What a cell says, also to a screen reader."""
        raise NotImplementedError

    def _tip(self, row: Row, column: int) -> str | None:
        """The text in full, where a cell has no room for it."""
        return None

    def _tone(self, row: Row) -> str | None:
        """`amber` for a row that wants a decision."""
        return None

    def _replace_rows(self, rows: list[Row]) -> None:
        """Show other rows; nothing is told where they are the same."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def _tell_row(self, place: int) -> None:
        """The row at `place` says something else now."""
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._headers) - 1))
