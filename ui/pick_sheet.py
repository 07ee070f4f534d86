"""One of many, found by typing: a sheet with a field and a list under it. What there is to choose is the caller's."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.models.rows_model import RowsModel
from ui.theme.look import Look
from ui.theme.tokens import MEDIUM, SECTION, SMALL
from ui.widgets.grid import Cell, Column, Grid
from ui.widgets.sheet import Sheet
from ui.widgets.text import body, caption, column, rule

ROW_HEIGHT = 36
SHOWN = 10
_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


class Choice(Struct, frozen=True):
    """One choice: what it is called in the program, its words, and a note at the right."""

    key: str
    words: str
    note: str = ""


Source = Callable[[str], Sequence[Choice]]


def among(choices: Sequence[Choice]) -> Source:
    """A source over fixed choices: each typed word must be somewhere in the words or the note."""

    def find(text: str) -> Sequence[Choice]:
        words = text.casefold().split()
        return [one for one in choices if all(word in f"{one.words} {one.note}".casefold() for word in words)]

    return find


class _ChoicesModel(RowsModel[Choice]):
    def __init__(self) -> None:
        super().__init__()
        self._headers = ("",)

    def show(self, choices: Sequence[Choice]) -> None:
        self._replace_rows(list(choices))

    def _display_data(self, row: Choice, column: int) -> str:
        return f"{row.words} {row.note}".strip()


def _paint(cell: Cell) -> None:
    choice = cell.row
    if not isinstance(choice, Choice):
        return
    note = cell.look.width(choice.note, SMALL)
    cell.text(choice.words, weight=MEDIUM, rect=cell.rect.adjusted(0, 0, -note - 16 if note else 0, 0))
    if choice.note:
        cell.text(choice.note, "ink3", SMALL, align=Qt.AlignmentFlag.AlignRight)


class PickSheet(Sheet):
    """`picked` carries the key of the choice. Return takes the marked one, Escape leaves everything as it was."""

    picked = Signal(str)

    def __init__(self, look: Look, window: QWidget, title: str, placeholder: str, source: Source) -> None:
        super().__init__(look, window, 520)
        self._source = source
        self.edit = _PickEdit(self)
        self.edit.setFont(look.font(SECTION))
        self.edit.setProperty("plain", True)
        self.edit.setFixedHeight(40)
        self.edit.setMaxLength(200)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(title)
        self.model = _ChoicesModel()
        self.grid = Grid(look, (Column(paint=_paint),), ROW_HEIGHT, title)
        self.grid.setModel(self.model)
        self.grid.horizontalHeader().hide()
        self.grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.grid.clicked.connect(self._on_clicked)
        self.edit.textChanged.connect(self._on_text_changed)
        self._nothing = body(look, self.tr("Nothing found"))
        self._nothing.setContentsMargins(8, 8, 8, 8)
        self.panel.setLayout(
            column(
                caption(look, title), self.edit, rule(), self.grid, self._nothing, spacing=4, margins=(14, 12, 14, 12)
            )
        )
        self._on_text_changed("")

    def open_pick(self, key: str = "") -> None:
        """Show it with the focus in the field and the choice `key` marked."""
        self.open_sheet(self.edit)
        keys = [choice.key for choice in (self.model.row(place) for place in range(self.model.rowCount())) if choice]
        if key in keys:
            self.grid.select_row(keys.index(key))

    def step(self, rows: int) -> None:
        """Mark another choice."""
        count = self.model.rowCount()
        if count:
            place = max(self.grid.currentIndex().row(), 0) + rows
            self.grid.select_row(min(max(place, 0), count - 1))

    def take(self) -> None:
        """Close and tell the marked choice."""
        choice = self.model.row(self.grid.currentIndex().row())
        if choice is not None:
            self.close_sheet()
            self.picked.emit(choice.key)

    def _on_text_changed(self, text: str) -> None:
        self.model.show(self._source(text.strip()))
        self.grid.select_row(0)
        self.grid.scrollToTop()
        self.grid.setFixedHeight(ROW_HEIGHT * min(self.model.rowCount(), SHOWN))
        self._nothing.setVisible(not self.model.rowCount())
        self.place_panel()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.grid.select_row(index.row())
        self.take()


class _PickEdit(QLineEdit):
    def __init__(self, owner: PickSheet) -> None:
        super().__init__()
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows mark, Return takes, Escape closes."""
        key = event.key()
        if key in _STEPS and not event.modifiers():
            self._owner.step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._owner.take()
        elif key == Qt.Key.Key_Escape:
            self._owner.close_sheet()
        else:
            super().keyPressEvent(event)
