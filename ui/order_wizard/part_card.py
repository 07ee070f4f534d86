"""One wholesaler's part as a card: its lines, what is in the way, arrival, carriage and sum."""

from PySide6.QtCore import QMimeData, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.views import LineView
from ui.formats import NBSP
from ui.models.sub_orders_model import LINE_MIME, NAME, NET, SKU, TOTAL, Part, SubOrdersModel
from ui.order_wizard.part_words import (
    arrival_words,
    carriage_words,
    free_carriage_words,
    missing_words,
    old_stock_words,
    size_words,
)
from ui.page import UiContext
from ui.theme import painting
from ui.theme.tokens import BODY, MEDIUM, REGULAR, SEMIBOLD, SMALL
from ui.widgets.card import ground
from ui.widgets.elided import ElidedText
from ui.widgets.grid import Cell, Column, Grid, medium
from ui.widgets.letter import LetterMark
from ui.widgets.states import Icon
from ui.widgets.text import Text, clear, column, row, rule, small
from ui.widgets.wrapped_text import LINE, wrapped

STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

_LINE_ROW, _TALL_ROW = 44, 66
_NARROW_BELOW = 310
# A card shows two lines and all its notes; less than that scrolls.
_LEAST, _NOTE = 236, 52


class PartLines(Grid):
    """The lines of one part. Ctrl+Left and Ctrl+Right move the chosen line; Left and Right go to the next card."""

    moved = Signal(int, int)
    card_left = Signal(int)
    height_changed = Signal()

    def __init__(self, context: UiContext, model: SubOrdersModel, name: str) -> None:
        columns = (
            Column(48, painting.RIGHT, _quantity),
            Column(1),
            Column(0, paint=self._name),
            Column(1),
            Column(90, painting.RIGHT, medium),
        )
        super().__init__(context.look, columns, _LINE_ROW, name)
        self._parts = model
        self._totals_below = False
        self.horizontalHeader().hide()
        self.setModel(model)
        for section in (SKU, NET):
            self.setColumnHidden(section, True)
        self.setDragDropMode(Grid.DragDropMode.DragOnly)
        self.widths_changed.connect(self.arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow card the sum stands under the name."""
        super().resizeEvent(event)
        below = self.viewport().width() < _NARROW_BELOW
        if below != self._totals_below:
            self._totals_below = below
            self.setColumnHidden(TOTAL, below)
            self.arrange()

    def arrange(self) -> None:
        """Each row as high as its name needs."""
        width = self.text_width(NAME)
        base = _TALL_ROW if self._totals_below else _LINE_ROW
        before = self.content_height()
        for place in range(self._parts.rowCount()):
            line = self._parts.line(place)
            if line is not None:
                name = str(self._parts.index(place, NAME).data())
                lines = len(wrapped(self.look, name, width - _hand(line), BODY, MEDIUM))
                self.verticalHeader().resizeSection(place, max(base, base + LINE * (lines - 2)))
        if self.content_height() != before:
            self.height_changed.emit()

    def _name(self, cell: Cell) -> None:
        """The name; a hand where the person chose the wholesaler and not the rules."""
        line = cell.row
        if not isinstance(line, LineView):
            return
        rect = cell.rect.adjusted(0, 0, -_hand(line), 0)
        weight = MEDIUM if cell.selected else REGULAR
        if self._totals_below:
            lower = QRectF(rect.left(), cell.rect.bottom() - 24, cell.rect.width(), 18)
            rect.setBottom(lower.top())
            _paint_name(cell, rect, weight)
            total = str(self._parts.index(cell.index.row(), TOTAL).data())
            cell.text(total, weight=MEDIUM, rect=lower, align=painting.RIGHT)
            left = lower.adjusted(0, 0, -cell.look.width(total, BODY, MEDIUM) - 12, 0)
            if cell.look.width(line.sku, SMALL) <= left.width():
                cell.text(line.sku, "ink3", SMALL, rect=left)
        else:
            _paint_name(cell, rect, weight)
        if line.chosen:
            x, y = round(cell.rect.right() - 14), round(rect.top() + 4)
            cell.look.icons.paint(cell.painter, x, y, "hand-pointing", 14, cell.tokens.ink3)

    def chosen(self) -> LineView | None:
        """The line with the bar."""
        return self._parts.line(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows to the side belong to the cards."""
        step = STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            line = self.chosen()
            if line is not None:
                self.moved.emit(line.key, step)
        else:
            self.card_left.emit(step)


class PartCard(QFrame):
    """A card; dashed while the wholesaler delivers nothing. `line_opened` carries a line's key (Return), `dropped` that
    of a line drawn here from another card.
    """

    line_opened = Signal(int)
    dropped = Signal(int)
    moved = Signal(int, int)
    card_left = Signal(int)

    def __init__(self, context: UiContext, part: Part) -> None:
        super().__init__()
        self._context = context
        self.part = part
        self.model = SubOrdersModel(context.formats, titled=False, parent=self)
        self.lines = PartLines(context, self.model, part.name)
        self._head, self._notes, self._foot = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._rule = rule()
        self._notes.setContentsMargins(12, 8, 12, 8)
        self._notes.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(rule())
        layout.addWidget(self.lines, 1000)
        layout.addLayout(self._notes)
        layout.addStretch(1)
        layout.addWidget(self._rule)
        layout.addLayout(self._foot)
        self.setMinimumWidth(176)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.lines.moved.connect(self.moved)
        self.lines.card_left.connect(self.card_left)
        self.lines.height_changed.connect(self._fit_lines)
        self.lines.row_activated.connect(self._on_row_activated)
        self.show_part(part)

    def show_part(self, part: Part) -> None:
        """Show another state of the same wholesaler."""
        self.part = part
        self.setProperty("panel", "card" if part.lines else "dashed")
        self.style().unpolish(self)
        self.style().polish(self)
        self.model.load((part,))
        self.lines.arrange()
        self._fit_lines()
        self.lines.setVisible(bool(part.lines))
        self._rule.setVisible(bool(part.lines))
        for layout in (self._head, self._notes, self._foot):
            clear(layout)
        self._head.addLayout(self._head_row(part))
        notes = self._note_cards(part)
        for note in notes:
            self._notes.addWidget(note)
        self.setMinimumHeight(_LEAST + _NOTE * len(notes))
        self._foot.addWidget(self._foot_block(part))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A line of another card is welcome; whether this wholesaler lists it is said when it is let go."""
        key = _drawn(event.mimeData())
        if key >= 0 and self.model.row_of(key) < 0:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The line is let go here."""
        event.acceptProposedAction()
        self.dropped.emit(_drawn(event.mimeData()))

    def _fit_lines(self) -> None:
        """As high as the lines, so that what is to be said follows them at once."""
        self.lines.setMaximumHeight(self.lines.content_height())

    def _head_row(self, part: Part) -> QHBoxLayout:
        look = self._context.look
        name = ElidedText(look, BODY, SEMIBOLD)
        name.setText(part.name)
        arrival = ElidedText(look, SMALL, tone="ink2")
        formats = self._context.formats
        arrival.setText(arrival_words(part, formats), arrival_words(part, formats, short=True))
        names = column(row(name, None), row(arrival, None), spacing=0)
        whole = row(LetterMark(look, part.letter), names, margins=(14, 8, 14, 8), spacing=10)
        whole.setStretch(1, 1)
        return whole

    def _note_cards(self, part: Part) -> list[QWidget]:
        look, formats = self._context.look, self._context.formats
        notes: list[QWidget] = []
        if not part.lines:
            # The keys stay together.
            words = self.tr("Nothing from here. Ctrl + → moves the chosen line.").replace(" + ", f"{NBSP}+{NBSP}")
            notes.append(small(look, words, wrap=True))
        for words, kind in (
            (old_stock_words(part, formats, self._context.now()), "amber"),
            (missing_words(part, formats), "amber"),
            (free_carriage_words(part, formats), "accent"),
        ):
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


def _drawn(data: QMimeData) -> int:
    """The key of the line that is drawn, -1 for anything else."""
    digits = bytes(data.data(LINE_MIME).data()).decode("ascii", "replace")
    return int(digits) if digits.isdecimal() else -1


def _hand(line: LineView) -> int:
    """Room for the hand that marks a wholesaler chosen by a person."""
    return 18 if line.chosen else 0


def _paint_name(cell: Cell, rect: QRectF, weight: int) -> None:
    """The name in the middle of `rect`, on the lines it needs; broken as at its widest, so that nothing jumps."""
    lines = wrapped(cell.look, cell.words, rect.width(), BODY, MEDIUM)
    where = QRectF(rect.left(), rect.center().y() - LINE * len(lines) / 2, rect.width(), LINE)
    for words in lines:
        cell.text(words, weight=weight, rect=where)
        where.translate(0, LINE)


def _quantity(cell: Cell) -> None:
    cell.text(cell.words, weight=SEMIBOLD)
