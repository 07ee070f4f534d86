"""The changed lines as a grid: name, quantity, yours, theirs, difference, effect, and a choice per line."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from ui.models.differences_model import CHOICE, EFFECT, ChangedLine, Choice, DifferencesModel
from ui.models.differences_model import LINE as LINE_COLUMN
from ui.page import UiContext
from ui.sync_centre.difference_words import line_words
from ui.theme import painting
from ui.theme.tokens import BODY, MEDIUM, SEMIBOLD, SMALL
from ui.widgets.choices import SegmentedChoice
from ui.widgets.grid import Cell, Column, Grid, GridDelegate, Index
from ui.widgets.wrapped_text import LINE, wrapped

_ROW, _TOP = 76, 7
_NARROW_BELOW = 780


class _ChoiceDelegate(GridDelegate):
    """The choices keep their own height, beside name and reference."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """At the right end of the cell."""
        rect, size = self._grid.visualRect(index), editor.sizeHint()
        editor.setGeometry(rect.right() - size.width() - 4, rect.top() + 10, size.width(), size.height())


class DifferencesGrid(Grid):
    """Letters decide about the chosen line; they stand in the hint over the grid, once."""

    decided = Signal(int, str)

    def __init__(self, context: UiContext, model: DifferencesModel) -> None:
        self._formats = context.formats
        right = painting.RIGHT
        self._options = (
            (Choice.ACCEPT.value, self.tr("Take")),
            (Choice.REMOVE.value, self.tr("Remove")),
            (Choice.ASK.value, self.tr("Ask")),
        )
        widths = [context.look.width(words, weight=SEMIBOLD) + 24 for _, words in self._options]
        columns = (
            Column(0, paint=self._line),
            Column(48, right, _quiet),
            Column(84, right, _strong),
            Column(84, right, _strong),
            Column(80, right, _change),
            Column(100, right, _change),
            Column(round(sum(widths)) + 20, right, _nothing),
        )
        super().__init__(context.look, columns, _ROW, self.tr("Changed lines"))
        self.differences = model
        self.setItemDelegate(_ChoiceDelegate(context.look, self.columns, self))
        self.setModel(model)
        model.modelReset.connect(self._make_choices)
        model.dataChanged.connect(self._on_data_changed)
        self.widths_changed.connect(self._arrange)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The first letter of a choice decides about the current line."""
        letter = event.text().casefold()
        for value, words in self._options:
            if (
                letter
                and letter == words[:1].casefold()
                and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                self.decided.emit(self.currentIndex().row(), value)
                return
        super().keyPressEvent(event)

    def letters(self) -> tuple[tuple[str, str], ...]:
        """The keys of the choices, as (letter, words)."""
        return tuple((words[:1].upper(), words) for _, words in self._options)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, the effect per line is left to the total below; names take the lines they need."""
        super().resizeEvent(event)
        self.setColumnHidden(EFFECT, self.viewport().width() < _NARROW_BELOW)

    def _arrange(self) -> None:
        width = self.text_width(LINE_COLUMN)
        for place in range(self.differences.rowCount()):
            line = self.differences.row(place)
            if line is not None:
                name = str(self.differences.index(place, LINE_COLUMN).data())
                lines = len(self._name_lines(name, width)) + 1 + len(self._change_lines(line, width))
                self.verticalHeader().resizeSection(place, max(_ROW, 2 * _TOP + lines * (LINE + 1) + 4))

    def _name_lines(self, name: str, width: float) -> list[str]:
        return wrapped(self.look, name, width, BODY, SEMIBOLD)

    def _change_lines(self, line: ChangedLine, width: float) -> list[str]:
        return wrapped(self.look, line_words(line, self._formats), width, SMALL, limit=4)

    def _make_choices(self) -> None:
        for place in range(self.differences.rowCount()):
            line = self.differences.row(place)
            if line is None:
                continue
            choice = SegmentedChoice(self.look, self._options, line.choice or "", line.name or line.sku)
            choice.set_enabled(Choice.ACCEPT, line.can_accept)
            choice.chosen.connect(self._decider(place))
            self.setIndexWidget(self.differences.index(place, CHOICE), choice)
        self._arrange()

    def _decider(self, place: int) -> Callable[[str], None]:
        return lambda value: self.decided.emit(place, value)

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for place in range(first.row(), last.row() + 1):
            line = self.differences.row(place)
            choice = self.indexWidget(self.differences.index(place, CHOICE))
            if line is not None and isinstance(choice, SegmentedChoice):
                choice.set_value(line.choice or "")

    def _line(self, cell: Cell) -> None:
        line = cell.row
        if not isinstance(line, ChangedLine):
            return
        rect = QRectF(cell.rect.left(), cell.rect.top() + _TOP, cell.rect.width(), LINE)
        for words in self._name_lines(cell.words, rect.width()):
            cell.text(words, weight=SEMIBOLD, rect=rect)
            rect = rect.translated(0, LINE + 1)
        cell.text(line.sku, "ink2", SMALL, rect=rect)
        for words in self._change_lines(line, rect.width()):
            rect = rect.translated(0, LINE + 1)
            cell.text(words, "amber", SMALL, rect=rect)


def _quiet(cell: Cell) -> None:
    cell.text(cell.words, "ink2", rect=_upper(cell))


def _strong(cell: Cell) -> None:
    cell.text(cell.words, weight=MEDIUM, rect=_upper(cell))


def _change(cell: Cell) -> None:
    line = cell.row
    dearer = isinstance(line, ChangedLine) and cell.words.startswith("+")
    cell.text(cell.words, "amber" if dearer else "ink", weight=SEMIBOLD if dearer else MEDIUM, rect=_upper(cell))


def _nothing(cell: Cell) -> None:
    """The choice is a widget over the cell."""


def _upper(cell: Cell) -> QRectF:
    """The figures stand beside name and reference, over the words of the change."""
    return QRectF(cell.rect.left(), cell.rect.top(), cell.rect.width(), 52)
