"""Ctrl+K: any room, action, order or product by a few letters. Where the entries come from is the window's matter."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.models.rows_model import RowsModel
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import MEDIUM, SECTION, SMALL
from ui.widgets.grid import Cell, Column, Grid
from ui.widgets.sheet import Sheet
from ui.widgets.text import body, column, rule

ROW_HEIGHT = 36
SHOWN = 14


class PaletteEntry(Struct, frozen=True):
    """One thing to go to or to do. `keys` is its own shortcut, shown at the right."""

    icon: str
    title: str
    note: str
    run: Callable[[], None]
    keys: str = ""


Source = Callable[[str], Sequence[PaletteEntry]]


class PaletteModel(RowsModel[PaletteEntry]):
    """The entries for what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._headers = ("",)

    def show(self, entries: Sequence[PaletteEntry]) -> None:
        """Replace all entries."""
        self._replace_rows(list(entries))

    def _display_data(self, row: PaletteEntry, column: int) -> str:
        return f"{row.title} {row.note}".strip()


def _paint_entry(cell: Cell) -> None:
    entry = cell.row
    if not isinstance(entry, PaletteEntry):
        return
    rect, look = cell.rect, cell.look
    look.icons.paint(cell.painter, round(rect.left()), round(rect.center().y() - 8), entry.icon, 16, cell.tokens.ink2)
    keys = tuple(part for part in entry.keys.split("+") if part)
    right = rect.right() - (painting.caps_width(look, keys) + 12 if keys else 0)
    if keys:
        painting.caps(cell.painter, look, right + 12, rect.center().y(), keys)
    note = min(look.width(entry.note, SMALL), (right - rect.left()) * 0.5)
    words = rect.adjusted(28, 0, -(rect.right() - right) - note - 16, 0)
    cell.text(entry.title, weight=MEDIUM, rect=words)
    cell.text(entry.note, "ink3", SMALL, rect=rect.adjusted(0, 0, -(rect.right() - right), 0), align=painting.RIGHT)


class Palette(Sheet):
    """A field and the best entries under it. Return runs the marked one."""

    def __init__(self, look: Look, window: QWidget, source: Source) -> None:
        super().__init__(look, window, 640)
        self._source = source
        self.edit = _PaletteEdit(self)
        self.edit.setFont(look.font(SECTION))
        self.edit.setProperty("plain", True)
        self.edit.setFixedHeight(44)
        self.edit.setMaxLength(100)
        self.edit.setPlaceholderText(self.tr("Go to, search, act…"))
        self.edit.setAccessibleName(self.tr("Go to, search, act"))
        self.model = PaletteModel()
        self.grid = Grid(look, (Column(paint=_paint_entry),), ROW_HEIGHT, self.tr("Results"))
        self.grid.setModel(self.model)
        self.grid.horizontalHeader().hide()
        self.grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.grid.clicked.connect(self._on_grid_clicked)
        self.edit.textChanged.connect(self._on_text_changed)
        self._nothing = body(look, self.tr("Nothing found"))
        self._nothing.setContentsMargins(8, 8, 8, 8)
        self.panel.setLayout(column(self.edit, rule(), self.grid, self._nothing, spacing=4, margins=(12, 4, 12, 12)))
        self._on_text_changed("")

    def open_palette(self) -> None:
        """Show it with the focus in the field."""
        self.open_sheet(self.edit)

    def step(self, rows: int) -> None:
        """Mark another entry."""
        count = self.model.rowCount()
        if count:
            self.grid.select_row((max(self.grid.currentIndex().row(), 0) + rows) % count)

    def run_current(self) -> None:
        """Close and do what the marked entry says."""
        entry = self.model.row(self.grid.currentIndex().row())
        if entry is not None:
            self.close_sheet()
            entry.run()

    def _on_text_changed(self, text: str) -> None:
        self.model.show(self._source(text.strip())[:SHOWN])
        self.grid.select_row(0)
        self.grid.setFixedHeight(ROW_HEIGHT * self.model.rowCount())
        self._nothing.setVisible(not self.model.rowCount())
        self.place_panel()

    def _on_grid_clicked(self, index: QModelIndex) -> None:
        self.grid.select_row(index.row())
        self.run_current()


class _PaletteEdit(QLineEdit):
    def __init__(self, owner: Palette) -> None:
        super().__init__()
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows mark, Return runs, Escape closes."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._owner.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._owner.run_current()
        elif key == Qt.Key.Key_Escape:
            self._owner.close_sheet()
        else:
            super().keyPressEvent(event)
