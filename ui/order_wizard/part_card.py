"""One wholesaler's part as a card: its lines, what is in the way, arrival, carriage and sum."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.views import LineView
from ui.models.sub_orders_model import NET, SKU, Part, SubOrdersModel
from ui.order_wizard.part_words import (
    carriage_words,
    delay_words,
    free_carriage_words,
    missing_words,
    size_words,
)
from ui.page import UiContext
from ui.theme import painting
from ui.theme.tokens import MEDIUM, REGULAR, SEMIBOLD, SMALL, SMALL_ROW
from ui.widgets.card import ground
from ui.widgets.grid import Cell, Column, Grid, medium
from ui.widgets.letter import LetterMark
from ui.widgets.states import Icon
from ui.widgets.text import Text, clear, column, row, rule, small, strong


class PartLines(Grid):
    """The lines of one part. Ctrl+Left and Ctrl+Right move the chosen line; Left and Right go to the next card."""

    moved = Signal(int, int)
    card_left = Signal(int)

    def __init__(self, context: UiContext, model: SubOrdersModel, name: str) -> None:
        columns = (
            Column(48, painting.RIGHT, _quantity),
            Column(1),
            Column(0, paint=_name),
            Column(1),
            Column(88, painting.RIGHT, medium),
        )
        super().__init__(context.look, columns, SMALL_ROW, name)
        self._parts = model
        self.horizontalHeader().hide()
        self.setModel(model)
        for section in (SKU, NET):
            self.setColumnHidden(section, True)

    def chosen(self) -> LineView | None:
        """The line with the bar."""
        return self._parts.line(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows to the side belong to the cards."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            line = self.chosen()
            if line is not None:
                self.moved.emit(line.key, step)
        else:
            self.card_left.emit(step)


class PartCard(QFrame):
    """A card; dashed while the wholesaler delivers nothing. `line_opened` carries a line's key (Return)."""

    line_opened = Signal(int)
    moved = Signal(int, int)
    card_left = Signal(int)

    def __init__(self, context: UiContext, part: Part) -> None:
        super().__init__()
        self._context = context
        self.part = part
        self.model = SubOrdersModel(context.formats, titled=False, parent=self)
        self.lines = PartLines(context, self.model, part.name)
        self._head, self._notes, self._foot = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._notes.setContentsMargins(12, 0, 12, 8)
        self._notes.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for piece in (self._head, None, self.lines, self._notes, None, self._foot):
            if piece is None:
                layout.addWidget(rule())
            elif isinstance(piece, QWidget):
                layout.addWidget(piece, 1)
            else:
                layout.addLayout(piece)
        self.setMinimumWidth(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.lines.moved.connect(self.moved)
        self.lines.card_left.connect(self.card_left)
        self.lines.row_activated.connect(self._on_row_activated)
        self.show_part(part)

    def show_part(self, part: Part) -> None:
        """Show another state of the same wholesaler."""
        self.part = part
        self.setProperty("panel", "card" if part.lines else "dashed")
        self.style().unpolish(self)
        self.style().polish(self)
        self.model.load((part,))
        for layout in (self._head, self._notes, self._foot):
            clear(layout)
        self._head.addLayout(self._head_row(part))
        for note in self._note_cards(part):
            self._notes.addWidget(note)
        self._foot.addWidget(self._foot_block(part))

    def _head_row(self, part: Part) -> QHBoxLayout:
        look = self._context.look
        return row(
            LetterMark(look, part.letter),
            strong(look, part.name),
            None,
            small(look, delay_words(part), "ink2"),
            margins=(14, 10, 14, 10),
        )

    def _note_cards(self, part: Part) -> list[QWidget]:
        look, formats = self._context.look, self._context.formats
        if not part.lines:
            return [small(look, self.tr("Nothing from here. Ctrl + → moves the chosen line."), wrap=True)]
        notes: list[QWidget] = []
        for words, kind in ((missing_words(part, formats), "amber"), (free_carriage_words(part, formats), "accent")):
            if words:
                label = Text(look, words, SMALL, wrap=True)
                label.setMargin(8)
                notes.append(ground(label, kind))
        return notes

    def _foot_block(self, part: Part) -> QWidget:
        look, formats, holder = self._context.look, self._context.formats, QWidget()
        if not part.lines:
            holder.setFixedHeight(8)
            return holder
        words, free = carriage_words(part.carriage, formats)
        carriage = small(look, words, "green" if free else "ink2")
        mark = [Icon(look, "check-bold", 12, "green")] if free else []
        total = Text(look, formats.amount(part.goods), weight=SEMIBOLD)
        holder.setLayout(
            column(
                small(look, size_words(part, formats), "ink2"),
                row(*mark, carriage, None, total, spacing=6),
                spacing=4,
                margins=(14, 8, 14, 10),
            )
        )
        return holder

    def _on_row_activated(self, index: QModelIndex) -> None:
        line = self.model.line(index.row())
        if line is not None:
            self.line_opened.emit(line.key)


def _quantity(cell: Cell) -> None:
    cell.text(cell.words, weight=SEMIBOLD)


def _name(cell: Cell) -> None:
    """The name; a hand where the person chose the wholesaler and not the rules."""
    line = cell.row
    chosen = isinstance(line, LineView) and line.chosen
    rect = cell.rect.adjusted(0, 0, -18 if chosen else 0, 0)
    cell.text(cell.words, weight=MEDIUM if cell.selected else REGULAR, rect=rect)
    if chosen:
        x, y = round(cell.rect.right() - 14), round(cell.rect.center().y() - 7)
        cell.look.icons.paint(cell.painter, x, y, "hand-pointing", 14, cell.tokens.ink3)

