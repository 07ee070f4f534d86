"""The table of every room: thin rules on paper, one painter per column, header and cells with the same padding.

A model gives its row object under `ROW_ROLE`, and under `TONE_ROLE` the ground of the whole row (`amber` for a row
that wants a decision, else None). A `Column` with a `paint` function draws from the row object; one without shows the
display text.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, REGULAR, ROW, SMALL, Tokens

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
TONE_ROLE = ROW_ROLE + 1
PADDING = 8
# The first column stands a little further from the edge.
FIRST_PADDING = 4

Index = QModelIndex | QPersistentModelIndex


class Cell(Struct, frozen=True):
    """What a column's painter gets: where, what, and in which state. Painting is clipped to the cell."""

    painter: QPainter
    look: Look
    rect: QRectF
    row: object
    words: str
    selected: bool
    align: Qt.AlignmentFlag
    index: Index

    @property
    def tokens(self) -> Tokens:
        """The colours now in force."""
        return self.look.tokens

    def text(
        self,
        words: str,
        tone: str = "ink",
        size: int = BODY,
        weight: int = REGULAR,
        *,
        rect: QRectF | None = None,
        align: Qt.AlignmentFlag | None = None,
    ) -> float:
        """One line in the column's alignment; returns its width."""
        where = self.rect if rect is None else rect
        side = self.align if align is None else align
        return painting.text(self.painter, self.look, where, words, self.tokens.tone(tone), size, weight, side)

    def lines(self) -> tuple[QRectF, QRectF]:
        """The places of two lines (name over detail) in a row of 48 px or more."""
        top = self.rect.center().y() - 18
        left, width = self.rect.left(), self.rect.width()
        return QRectF(left, top, width, 19), QRectF(left, top + 19, width, 17)


def plain(cell: Cell) -> None:
    """The display text as it is."""
    cell.text(cell.words)


def medium(cell: Cell) -> None:
    """The display text, a little heavier: numbers and names people look for."""
    cell.text(cell.words, weight=MEDIUM)


def quiet(cell: Cell) -> None:
    """The display text in the second ink."""
    cell.text(cell.words, "ink2")


class Column(Struct, frozen=True):
    """One column: width in pixels (0 takes the free space), alignment, painter."""

    width: int = 0
    align: Qt.AlignmentFlag = painting.LEFT
    paint: Callable[[Cell], None] = plain


class GridDelegate(QStyledItemDelegate):
    """Paints ground, rule and bar of a row, then calls the column's painter inside a clip."""

    def __init__(self, look: Look, columns: Sequence[Column], grid: "Grid") -> None:
        super().__init__(grid)
        self._look = look
        self._columns = columns
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        tokens, rect = self._look.tokens, QRectF(option.rect)
        selected = self._grid.is_row_selected(index.row())
        tone = index.data(TONE_ROLE)
        painter.save()
        painter.setClipRect(rect)
        painting.smooth(painter)
        self._paint_ground(painter, rect, index, selected, str(tone or ""))
        column = self._columns[index.column()]
        words = index.data(Qt.ItemDataRole.DisplayRole)
        left = PADDING + FIRST_PADDING if index.column() == 0 else PADDING
        content = rect.adjusted(left, 0, -PADDING, -1)
        painter.setClipRect(content.adjusted(-1, 0, 1, 0))
        column.paint(
            Cell(
                painter,
                self._look,
                content,
                index.data(ROW_ROLE),
                "" if words is None else str(words),
                selected,
                column.align,
                index,
            )
        )
        painter.setClipRect(rect)
        painter.setPen(painting.pen(tokens.line))
        bottom = rect.bottom() - 0.5
        painter.drawLine(QPointF(rect.left(), bottom), QPointF(rect.right(), bottom))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have the grid's height."""
        return QSize(self._columns[index.column()].width, self._grid.row_height)

    def _paint_ground(self, painter: QPainter, rect: QRectF, index: Index, selected: bool, tone: str) -> None:
        tokens = self._look.tokens
        fill = ""
        if tone == "amber":
            fill = tokens.amber_soft
        elif selected:
            fill = tokens.selected
        elif index.row() == self._grid.hovered_row:
            fill = tokens.hover
        if fill:
            painter.fillRect(rect, QColor(fill))
        if index.column() == 0 and (selected or tone == "amber"):
            bar = tokens.accent if selected else tokens.amber_mark
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), QColor(bar))


class GridHeader(QHeaderView):
    """Column titles in the third ink over a thin rule, aligned as their cells."""

    def __init__(self, look: Look, columns: Sequence[Column], grid: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._look = look
        self._columns = columns
        self.setFixedHeight(32)
        self.setMinimumSectionSize(24)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """One title."""
        tokens = self._look.tokens
        area = QRectF(rect)
        words = self.model().headerData(logical_index, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        painter.save()
        painter.setClipRect(area)
        painting.smooth(painter)
        left = PADDING + FIRST_PADDING if logical_index == 0 else PADDING
        content = area.adjusted(left, 0, -PADDING, -2)
        align = self._columns[logical_index].align
        painting.text(painter, self._look, content, str(words or ""), tokens.ink3, SMALL, MEDIUM, align)
        painter.setPen(painting.pen(tokens.line))
        painter.drawLine(QPointF(area.left(), area.bottom() - 0.5), QPointF(area.right() + 1, area.bottom() - 0.5))
        painter.restore()


class Grid(QTableView):
    """A table that selects whole rows. `row_activated` on Return, Enter or a double click.

    `widths_changed` once columns have another width: rows whose names need more lines get another height.
    """

    row_activated = Signal(QModelIndex)
    row_chosen = Signal(QModelIndex)
    widths_changed = Signal()

    def __init__(self, look: Look, columns: Sequence[Column], row_height: int = ROW, name: str = "") -> None:
        super().__init__()
        self.look = look
        self.columns = tuple(columns)
        self.row_height = row_height
        self.hovered_row = -1
        self.setAccessibleName(name)
        self.setHorizontalHeader(GridHeader(look, self.columns, self))
        self.setItemDelegate(GridDelegate(look, self.columns, self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(16)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.doubleClicked.connect(self.row_activated)
        # The header tells each section before the table knows: asked a moment later, all have their new width.
        self.horizontalHeader().sectionResized.connect(self.widths_changed, Qt.ConnectionType.QueuedConnection)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Take a model and lay out the columns."""
        super().setModel(model)
        header = self.horizontalHeader()
        for section, column in enumerate(self.columns):
            if column.width:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(section, column.width)
            else:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    def text_width(self, column: int) -> int:
        """The room for a text in a cell of this column."""
        return self.columnWidth(column) - 2 * PADDING - (FIRST_PADDING if column == 0 else 0)

    def is_row_selected(self, row: int) -> bool:
        """True for the row that carries the bar."""
        selection = self.selectionModel()
        return selection is not None and selection.isRowSelected(row, QModelIndex())

    def select_row(self, row: int) -> None:
        """Make `row` current and selected, if there is such a row."""
        model = self.model()
        if model is not None and 0 <= row < model.rowCount():
            self.selectRow(row)

    def content_height(self) -> int:
        """The height that shows every row with the header, for grids that never scroll."""
        rows = self.model().rowCount() if self.model() is not None else 0
        header = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().height()
        return sum(self.rowHeight(row) for row in range(rows)) + header + 2

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse gets its ground."""
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is hovered any more."""
        self._hover(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.row_activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def _on_current_row_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.viewport().update()
        if current.isValid():
            self.row_chosen.emit(current)
