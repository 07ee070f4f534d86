"""The grid of the lines step: spans and heights of problem rows, the open cell in the last row, quantity editing.

What a change means for the draft is the model's; what is searched and shown under the open cell is the lines step's.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desktop_app.domain.validation import parse_quantity
from ui.formats import Formats
from ui.models.order_lines_model import COLUMNS, DISCOUNT, NAME, NUMBER, QUANTITY, SKU, OrderLinesModel, Row, RowKind
from ui.order_wizard.cell_editors import SearchCell
from ui.order_wizard.lines_columns import LineColumns
from ui.order_wizard.lines_delegate import LinesDelegate
from ui.order_wizard.problem_row import ProblemButtons
from ui.order_wizard.problem_words import Exit, line_problem
from ui.theme.look import Look
from ui.theme.tokens import ROW
from ui.widgets.grid import Grid

NARROW_BELOW = 800
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LinesGrid(Grid):
    """The lines of a draft. `exit_chosen` carries a line's key, the problem's code and the `Exit`.

    `typed` carries a letter typed over a line: it belongs in the open cell. `scanned` carries a code read over an open
    quantity.
    """

    exit_chosen = Signal(int, str, object)
    removal_asked = Signal(int)
    typed = Signal(str)
    scanned = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()
    table_pasted = Signal()

    def __init__(self, look: Look, formats: Formats, model: OrderLinesModel, wholesalers: int) -> None:
        self._columns = LineColumns(look, formats, model, wholesalers)
        super().__init__(look, self._columns.columns(), ROW, self.tr("Lines of the order"))
        self.lines = model
        self._formats = formats
        self._chosen_row = -1
        self._buttons: list[tuple[QPersistentModelIndex, ProblemButtons]] = []
        self._delegate = LinesDelegate(self, self._rounding_words)
        self._delegate.left.connect(self._on_quantity_left)
        self._delegate.scanned.connect(self.scanned)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.search_cell = SearchCell(
            look, self.tr("reference, EAN, words in any order"), self.tr("Product search: new line")
        )
        self.search_cell.focused.connect(self._on_search_focused)
        self.search_cell.left_upwards.connect(self._on_search_left_upwards)
        self._arranging = QTimer(self)
        self._arranging.setSingleShot(True)
        self._arranging.setInterval(0)
        self._arranging.timeout.connect(self._arrange)
        self._arrange_rows(0, model.rowCount() - 1)
        self._arrange_entry()
        model.rowsInserted.connect(self._on_rows_inserted)
        model.rowsRemoved.connect(self._on_rows_removed)
        model.dataChanged.connect(self._on_data_changed)
        self.verticalScrollBar().valueChanged.connect(self._arranging.start)
        self._arranging.start()

    # Where the person is

    def current_key(self) -> int:
        """The line at work: the current one, else the last; 0 in an empty draft."""
        place = self.currentIndex().row()
        row = self.lines.row(place) if 0 <= place < self.lines.rowCount() else None
        if row is not None and row.kind is not RowKind.ENTRY:
            return row.key
        last = self.lines.entry_row - 1
        return self.lines.row(last).key if last >= 0 else 0

    def open_search(self, text: str = "") -> None:
        """Put the cursor in the open cell, with `text` typed."""
        index = self.model().index(self.lines.entry_row, SKU)
        self.scrollTo(index)
        self.search_cell.setFocus()
        if text:
            self.search_cell.setText(text)
            self.search_cell.textEdited.emit(text)

    def open_quantity(self, key: int, text: str = "") -> None:
        """Open the quantity of a line; `text` replaces what it holds."""
        index = self.model().index(self.lines.row_of(key), QUANTITY)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)
        cell = self._delegate.open_cell
        if text and cell is not None:
            cell.setText(text)
            cell.setModified(True)

    def commit_quantity(self) -> bool:
        """Take a quantity that is still being typed; False where it is none (it was said, and its cell stays open)."""
        return self._delegate.commit()

    def go_to_next_problem(self) -> bool:
        """Put the focus on the first button of the next problem row, round from the top; False where there is none."""
        rows = self.lines.problem_rows()
        if not rows:
            return False
        here = self._focused_problem_row()
        place = next((row for row in rows if row > here), rows[0])
        self.scrollTo(self.model().index(place, 0))
        self._arrange_problem(place, self.lines.row(place))
        buttons = self.indexWidget(self.model().index(place, 0))
        if isinstance(buttons, ProblemButtons) and buttons.buttons:
            buttons.buttons[0].setFocus()
        return True

    @property
    def chosen_row(self) -> int:
        """The row with the bar, -1 where there is none; asked once per repaint."""
        return self._chosen_row

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ask for the selection once, not in every cell."""
        chosen = self.selectionModel().selectedRows(0)
        self._chosen_row = chosen[0].row() if chosen else -1
        super().paintEvent(event)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return, F2 and digits open the quantity; letters go to the open cell; Del takes the line away."""
        key = self.current_key()
        text = event.text()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.table_pasted.emit()
        elif key and plain and event.key() in (*_RETURNS, Qt.Key.Key_F2):
            self.open_quantity(key)
        elif key and plain and event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit(key)
        elif key and plain and text.isdigit():
            self.open_quantity(key, text)
        elif plain and text.isprintable() and text.strip():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Up and down go from line to line; below the last one is the open cell."""
        place, entry = self.currentIndex().row(), self.lines.entry_row
        moves = QAbstractItemView.CursorAction
        if action in (moves.MoveDown, moves.MoveUp):
            step = 1 if action is moves.MoveDown else -1
            place += step
            while 0 <= place < entry and self.lines.row(place).kind is RowKind.PROBLEM:
                place += step
            if place >= entry:
                self.open_search()
                return self.currentIndex()
            return self.model().index(max(place, 0), QUANTITY)
        found = super().moveCursor(action, modifiers)
        return found if found.isValid() and found.row() < entry else self.currentIndex()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow: reference and discount go under the name."""
        super().resizeEvent(event)
        narrow = self.viewport().width() < NARROW_BELOW
        if narrow != self._columns.narrow:
            self._columns.narrow = narrow
            header = self.horizontalHeader()
            header.setSectionHidden(NAME, narrow)
            header.setSectionHidden(DISCOUNT, narrow)
            mode = QHeaderView.ResizeMode.Stretch if narrow else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(SKU, mode)
            header.resizeSection(SKU, self.columns[SKU].width)
        self._arranging.start()

    def content_bottom(self) -> int:
        """Where the last row ends, in the viewport's pixels."""
        entry = self.lines.entry_row
        return self.rowViewportPosition(entry) + self.rowHeight(entry)

    # Following the model

    def _on_rows_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        self._arrange_rows(first, last)
        self._arranging.start()

    def _on_rows_removed(self, parent: QModelIndex, first: int, last: int) -> None:
        self._arranging.start()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._arranging.start()

    def _arrange_rows(self, first: int, last: int) -> None:
        """Give each row the height its name needs, and problem rows their one wide cell."""
        heights = self.verticalHeader()
        for place in range(first, last + 1):
            row = self.lines.row(place)
            if row.kind is RowKind.PROBLEM and self.columnSpan(place, 0) != COLUMNS:
                self.setSpan(place, 0, 1, COLUMNS)
            height = self._columns.height_of(row)
            if heights.sectionSize(place) != height:
                heights.resizeSection(place, height)

    def _arrange(self) -> None:
        """After the columns have their widths: heights where the names' room changed, then the buttons in sight."""
        width = self.columnWidth(SKU if self._columns.narrow else NAME)
        if width != self._columns.name_width:
            self._columns.name_width = width
            self._arrange_rows(0, self.lines.rowCount() - 1)
        self._arrange_buttons()

    def _arrange_entry(self) -> None:
        """The open cell lies over reference and name; the hint over what is empty at its right."""
        entry = self.lines.entry_row
        self.setSpan(entry, SKU, 1, NAME - SKU + 1)
        self.setSpan(entry, DISCOUNT, 1, COLUMNS - DISCOUNT)
        self.setIndexWidget(self.model().index(entry, SKU), self.search_cell)

    def _arrange_buttons(self) -> None:
        """Only problem rows in sight have buttons: a draft of thousands of lines has a screenful of them."""
        rows = self._rows_in_sight()
        for index, _ in self._buttons:
            if index.isValid() and index.row() not in rows:
                self.setIndexWidget(index, None)  # type: ignore[arg-type]
        self._buttons = [pair for pair in self._buttons if pair[0].isValid() and pair[0].row() in rows]
        for place in rows:
            row = self.lines.row(place)
            if row.kind is RowKind.PROBLEM and row.problem is not None:
                self._arrange_problem(place, row)

    def _arrange_problem(self, place: int, row: Row) -> None:
        index = self.model().index(place, NUMBER)
        if row.problem is None:
            return
        words = line_problem(row.problem, self.lines.view(row.key), self._formats)
        shown = self.indexWidget(index)
        if isinstance(shown, ProblemButtons) and shown.words == words:
            return
        buttons = ProblemButtons(self.look, words)
        key, code = row.key, row.problem.code
        buttons.chosen.connect(lambda way_out: self._choose(key, code, way_out))
        buttons.left.connect(self.open_search)
        self.setIndexWidget(index, buttons)
        self._buttons = [pair for pair in self._buttons if pair[0].row() != place]
        self._buttons.append((QPersistentModelIndex(index), buttons))

    def _choose(self, key: int, code: str, way_out: Exit) -> None:
        self.exit_chosen.emit(key, code, way_out)

    def _rows_in_sight(self) -> range:
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, (last if last >= 0 else self.lines.entry_row) + 1)

    def _focused_problem_row(self) -> int:
        for index, buttons in self._buttons:
            if index.isValid() and any(button.hasFocus() for button in buttons.buttons):
                return index.row()
        return -1

    def _on_search_focused(self, focused: bool) -> None:
        if focused:
            self.clearSelection()

    def _on_search_left_upwards(self) -> None:
        key = self.current_key()
        if key:
            self.setFocus()
            self.select_row(self.lines.row_of(key))

    def _on_quantity_left(self, step: int) -> None:
        if step == 0:
            self.open_search()
            return
        place = self.moveCursor(
            QAbstractItemView.CursorAction.MoveDown if step > 0 else QAbstractItemView.CursorAction.MoveUp,
            Qt.KeyboardModifier.NoModifier,
        )
        if not self.search_cell.hasFocus():
            self.setFocus()
            self.setCurrentIndex(place)

    def _rounding_words(self, key: int, text: str) -> str:
        """`→ 25` while `22` is typed for a product in packs of 5; empty where nothing is rounded."""
        try:
            asked = parse_quantity(text)
        except ValueError:
            return ""
        pack = self.lines.view(key).pack_multiple
        taken = -(-asked // pack) * pack
        return "" if taken == asked else f"→ {self._formats.number(taken)}"
