"""One order's lines by wholesaler and how far each is: confirmed, backorder, shipped, invoiced. Read-only."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.domain.order import PricedLine
from desktop_app.services.views import LineProgress, OrderView, SubOrderProgress
from ui.formats import Formats, server_text
from ui.widgets.grid import ROW_ROLE, SORT_ROLE

NAME, QUANTITY, CONFIRMED, BACKORDER, SHIPPED, INVOICED, TOTAL = range(7)
COLUMNS = 7

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class Parcel(Struct, frozen=True):
    """One shipment of a wholesaler: its tracking number and when it left, in words."""

    tracking: str
    words: str


ProgressRow = SubOrderProgress | LineProgress | Parcel


def parts_of(order: OrderView) -> tuple[SubOrderProgress, ...]:
    """The order as the manufacturer has it; until it answers, as it was written here with nothing done yet."""
    if order.progress:
        return order.progress
    return tuple(
        SubOrderProgress(
            wholesaler=part.wholesaler,
            name=order.marks[part.wholesaler][0],
            letter=order.marks[part.wholesaler][1],
            lines=tuple(_not_begun(line, order.names.get(line.sku, "")) for line in part.lines),
            total=part.totals.total,
            goods=part.totals.goods,
            totals=part.totals,
        )
        for part in order.sub_orders
    )


def _not_begun(line: PricedLine, name: str) -> LineProgress:
    return LineProgress(line.sku, name, line.quantity, line.unit_net, line.line_total, 0, 0, 0, 0, 0)


class ProgressModel(QAbstractTableModel):
    """Per wholesaler a title row, its lines, its parcels."""

    def __init__(self, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._rows: list[ProgressRow] = []
        self._headers = (
            self.tr("Product"),
            self.tr("Ordered"),
            self.tr("Confirmed"),
            self.tr("To come"),
            self.tr("Shipped"),
            self.tr("Invoiced"),
            self.tr("Total ex VAT"),
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Titles, lines, parcels."""
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
            return _LEFT if section == NAME else _RIGHT
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
            return self._figures(row)[index.column() - 1] if isinstance(row, LineProgress) and index.column() else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() == NAME else _RIGHT
        return None

    def load(self, parts: Sequence[SubOrderProgress], parcels: dict[str, tuple[Parcel, ...]]) -> None:
        """Show these parts, each with its parcels."""
        rows: list[ProgressRow] = []
        for part in parts:
            rows += [part, *part.lines, *parcels.get(part.wholesaler, ())]
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row(self, place: int) -> ProgressRow:
        """What a row holds."""
        return self._rows[place]

    def _display_data(self, row: ProgressRow, column: int) -> str:
        formats = self._formats
        if isinstance(row, SubOrderProgress):
            return row.name if column == NAME else ""
        if isinstance(row, Parcel):
            return f"{row.tracking} {row.words}" if column == NAME else ""
        if column == NAME:
            return server_text(row.name) or row.sku
        if column == TOTAL:
            return formats.plain_amount(row.line_total)
        figure = int(self._figures(row)[column - 1])
        return formats.number(figure) if figure or column == QUANTITY else "–"

    def _figures(self, row: LineProgress) -> tuple[Any, ...]:
        return (row.quantity, row.confirmed, row.backorder, row.shipped, row.invoiced, row.line_total)
