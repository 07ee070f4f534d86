"""The lines of a draft by wholesaler: as one table with title rows (to read), or one part alone (in its card)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.domain.money import ZERO
from desktop_app.services.views import CarriageView, LineView
from ui.formats import Formats, server_text
from ui.widgets.grid import ROW_ROLE, SORT_ROLE

QUANTITY, SKU, NAME, NET, TOTAL = range(5)
COLUMNS = 5

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class Part(Struct, frozen=True):
    """What one wholesaler delivers. `carriage` is None while it delivers nothing that has a price."""

    wholesaler: str
    name: str
    letter: str
    lines: tuple[LineView, ...]
    carriage: CarriageView | None = None

    @property
    def pieces(self) -> int:
        """All units of the part."""
        return sum(line.quantity for line in self.lines)

    @property
    def goods(self) -> Decimal:
        """Euros of goods before VAT."""
        return sum((line.priced.line_total for line in self.lines if line.priced is not None), ZERO)

    @property
    def missing(self) -> int:
        """Units the wholesaler does not have in stock."""
        stock = ((line, next((s for s in line.stock if s.wholesaler == self.wholesaler), None)) for line in self.lines)
        return sum(max(line.quantity - found.available, 0) for line, found in stock if found is not None)


def parts_of(lines: Iterable[LineView], carriage: Iterable[CarriageView]) -> tuple[Part, ...]:
    """Every wholesaler that lists one of the lines, by code, with the lines it delivers (perhaps none)."""
    marks: dict[str, tuple[str, str]] = {}
    members: dict[str, list[LineView]] = {}
    for line in lines:
        for stock in line.stock:
            if stock.listed:
                marks.setdefault(stock.wholesaler, (stock.name or stock.wholesaler, stock.letter))
        members.setdefault(line.wholesaler, []).append(line)
    fees = {view.wholesaler: view for view in carriage}
    codes = sorted({*marks, *members})
    return tuple(
        Part(code, *marks.get(code, (code, code[:1])), tuple(members.get(code, ())), fees.get(code)) for code in codes
    )


class SubOrdersModel(QAbstractTableModel):
    """Read-only. A line's row is its `LineView`; with `titled`, each part starts with a row that is its `Part`."""

    def __init__(self, formats: Formats, *, titled: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._titled = titled
        self._rows: list[Part | LineView] = []
        self._headers = (
            self.tr("Quantity"),
            self.tr("Reference"),
            self.tr("Product"),
            self.tr("Net excl. VAT"),
            self.tr("Total excl. VAT"),
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Titles and lines."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Always `COLUMNS`."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The column titles."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < COLUMNS:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section in (SKU, NAME) else _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, sort values (`SORT_ROLE`), the row itself (`ROW_ROLE`)."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._display_data(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == NAME:
            return self._display_data(row, NAME)
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return self._sort_data(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() in (SKU, NAME) else _RIGHT
        return None

    def load(self, parts: Sequence[Part]) -> None:
        """Show these parts."""
        rows: list[Part | LineView] = []
        for part in parts:
            if self._titled:
                rows.append(part)
            rows.extend(part.lines)
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def line(self, row: int) -> LineView | None:
        """The line in a row, None for a title."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, LineView) else None

    def title_rows(self) -> tuple[int, ...]:
        """The rows that hold a part."""
        return tuple(place for place, row in enumerate(self._rows) if isinstance(row, Part))

    def row_of(self, key: int) -> int:
        """The row of a line, -1 where it is not here."""
        return next((place for place, row in enumerate(self._rows) if isinstance(row, LineView) and row.key == key), -1)

    def _display_data(self, row: Part | LineView, column: int) -> str:
        formats = self._formats
        if isinstance(row, Part):
            return row.name if column == QUANTITY else ""
        match column:
            case 0:
                return formats.number(row.quantity)
            case 1:
                return row.sku
            case 2:
                return server_text(row.name) or row.sku
            case 3:
                return formats.unit(row.priced.unit_net) if row.priced else ""
            case _:
                return formats.plain_amount(row.priced.line_total) if row.priced else ""

    def _sort_data(self, row: Part | LineView, column: int) -> Any:
        if isinstance(row, Part):
            return None
        match column:
            case 0:
                return row.quantity
            case 3:
                return None if row.priced is None else row.priced.unit_net
            case 4:
                return None if row.priced is None else row.priced.line_total
            case _:
                return self._display_data(row, column)
