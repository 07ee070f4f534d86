"""Editing in the lines grid: the quantity cell, its keys and where the focus goes after them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.services.views import LineView
from ui.models.order_lines_model import COLUMNS, NAME, OrderLinesModel, Row, RowKind
from ui.order_wizard.cell_editors import QuantityCell, SearchCell
from ui.widgets.grid import GridDelegate, Index

if TYPE_CHECKING:
    from ui.order_wizard.lines_grid import LinesGrid

_SCANNED_DIGITS = 8
_KEPT_STRIPS = 200
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Strip(Struct, frozen=True):
    """A line's picture, and what it was drawn from."""

    view: LineView
    look: tuple[object, ...]
    pixmap: QPixmap


class LinesDelegate(GridDelegate):
    """Opens quantities; Return, Tab and the arrows commit and say where to go next."""

    left = Signal(int)
    scanned = Signal(str)

    def __init__(self, grid: "LinesGrid", preview: Callable[[int, str], str]) -> None:
        super().__init__(grid.look, grid.columns, grid)
        self._lines_grid = grid
        self._preview = preview
        self._open: QuantityCell | None = None
        self._refused = False
        self._strips: dict[int, _Strip] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A cell, cut out of its line's strip; chosen and hovered lines, problems and the open row are drawn anew."""
        grid, place = self._lines_grid, index.row()
        row = grid.lines.row(place)
        if row.kind is not RowKind.LINE or place in (grid.chosen_row, grid.hovered_row):
            super().paint(painter, option, index)
            return
        strip = self._strip(row, place, painter)
        rect: QRect = option.rect
        ratio = strip.devicePixelRatioF()
        source = QRectF(rect.x() * ratio, 0, rect.width() * ratio, strip.height())
        painter.drawPixmap(QPointF(rect.topLeft()), strip, source)

    def _strip(self, row: Row, place: int, painter: QPainter) -> QPixmap:
        """A whole line as a picture, drawn once for each state of the line: most repaints then only copy."""
        grid, device = self._lines_grid, painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        size = QSize(grid.viewport().width(), grid.rowHeight(place))
        look = (row.number, grid.lines.has_problem(row.key), size, ratio, grid.columnWidth(NAME))
        view = grid.lines.view(row.key)
        kept = self._strips.get(row.key)
        if kept is not None and kept.view is view and kept.look == look:
            return kept.pixmap
        if len(self._strips) > _KEPT_STRIPS:
            self._strips.clear()
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(self._look.tokens.paper))
        own = QPainter(pixmap)
        option = QStyleOptionViewItem()
        for column in range(COLUMNS):
            if not grid.isColumnHidden(column):
                x, width = grid.columnViewportPosition(column), grid.columnWidth(column)
                option.rect = QRect(x, 0, width, size.height())
                super().paint(own, option, grid.lines.index(place, column))
        own.end()
        self._strips[row.key] = _Strip(view, look, pixmap)
        return pixmap

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A quantity cell with its rounding note."""
        row = self._lines_grid.lines.row(index.row())
        self._open = QuantityCell(self._look, lambda text: self._preview(row.key, text), self.tr("Quantity"), parent)
        return self._open

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """The note goes with its cell."""
        self._open = None
        if isinstance(editor, QuantityCell):
            editor.rounding.hide()
            editor.rounding.deleteLater()
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The quantity as plain digits, all selected."""
        if isinstance(editor, QuantityCell) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """What was typed; a long run of digits is a scanned code and no quantity."""
        if not isinstance(editor, QuantityCell) or not isinstance(model, OrderLinesModel):
            return
        text = editor.text().strip()
        if len(text) >= _SCANNED_DIGITS and text.isdigit():
            self.scanned.emit(text)
        elif text:
            self._refused = not model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over its cell, the note beside it; the widgets of problem rows and the open cell fill theirs."""
        rect = self._lines_grid.visualRect(index)
        if isinstance(editor, QuantityCell):
            editor.place(rect)
        else:
            inset = 1 if isinstance(editor, SearchCell) else 0
            editor.setGeometry(rect.adjusted(0, inset, 0, -2 * inset))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Return and Tab go on to the open cell, arrows to the neighbour line, Esc leaves the quantity as it was."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        steps: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Backtab: -1}
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain and (key in _RETURNS or key == Qt.Key.Key_Tab):
            self._finish(editor, 0)
            return True
        if plain and key in steps:
            self._finish(editor, steps[key])
            return True
        return super().eventFilter(editor, event)

    @property
    def open_cell(self) -> QuantityCell | None:
        """The quantity being typed, if there is one."""
        return self._open

    def commit(self) -> bool:
        """Take what is typed in the open quantity, and close it; False where it is no quantity: it stays open."""
        cell = self._open
        if cell is None:
            return True
        self._refused = False
        self.commitData.emit(cell)
        if self._refused:
            cell.setFocus()
            cell.selectAll()
            return False
        self.closeEditor.emit(cell, QAbstractItemDelegate.EndEditHint.NoHint)
        return True

    def _finish(self, editor: QObject, step: int) -> None:
        if isinstance(editor, QuantityCell) and self.commit():
            self.left.emit(step)
