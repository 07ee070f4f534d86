"""The two open cells of the lines grid: the search cell of the entry row, and the quantity of a line."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, SEMIBOLD

_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -7, Qt.Key.Key_PageDown: 7}
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchCell(QLineEdit):
    """The open cell of the entry row. Its results are shown elsewhere; here only what its keys mean.

    `taken`: Return or Tab on a text. `moved`: arrows and pages. `left_upwards`: Up in the empty cell. `emptied`: Esc.
    `table_pasted`: text with tabs or line breaks. `undo_asked`, `redo_asked`: Ctrl+Z and Ctrl+Y with nothing typed.
    """

    taken = Signal()
    moved = Signal(int)
    left_upwards = Signal()
    emptied = Signal()
    details_asked = Signal()
    table_pasted = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()
    focused = Signal(bool)

    def __init__(self, look: Look, hint: str, name: str) -> None:
        super().__init__()
        self._look = look
        self._hint = hint
        self.setFont(look.font(BODY))
        self.setAccessibleName(name)
        self.setMaxLength(400)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field; behind what is typed, what can be typed."""
        super().paintEvent(event)
        used = self._look.width(self.text(), BODY) if self.text() else -10.0
        rect = QRectF(self.rect()).adjusted(10 + used + 10, 0, -8, 0)
        if self._look.width(self._hint, BODY) <= rect.width():
            painter = QPainter(self)
            painting.smooth(painter)
            painting.text(painter, self._look, rect, self._hint, self._look.tokens.ink3)
            painter.end()

    def event(self, event: QEvent) -> bool:
        """Tab takes the match instead of leaving."""
        pressed = event if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress else None
        if pressed is not None and pressed.key() == Qt.Key.Key_Tab and self.text().strip():
            self.taken.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that belong to the results or to the draft leave the text alone."""
        if self._is_grid_key(event):
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if "\t" in text or "\n" in text.strip():
                self.table_pasted.emit(text)
                return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The grid lets its selection go."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The results go away."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def _is_grid_key(self, event: QKeyEvent) -> bool:
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _RETURNS and plain:
            self.taken.emit()
        elif key == Qt.Key.Key_Up and plain and not self.text():
            self.left_upwards.emit()
        elif key in _STEPS and plain:
            self.moved.emit(_STEPS[key])
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.emptied.emit()
        elif key == Qt.Key.Key_F4 and plain:
            self.details_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.text():
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not self.text():
            self.redo_asked.emit()
        else:
            return False
        return True


class QuantityCell(QLineEdit):
    """The open quantity of a line; beside it stands what the quantity will be rounded to, while it is typed."""

    def __init__(self, look: Look, preview: Callable[[str], str], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._preview = preview
        self.setProperty("cell", True)
        self.setFont(look.font(BODY, SEMIBOLD))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(name)
        self.setMaxLength(20)
        self.rounding = RoundingNote(look, parent)
        self.textChanged.connect(self._on_text_changed)

    def place(self, rect: QRect) -> None:
        """Take the cell's place; the note stands at its right."""
        self.setGeometry(rect)
        self.rounding.move(rect.right() + 7, rect.top() + (rect.height() - 20) // 2)

    def _on_text_changed(self, text: str) -> None:
        self.rounding.show_words(self._preview(text))


class RoundingNote(QWidget):
    """An amber token beside the open quantity: `→ 25`."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def words(self) -> str:
        """What it says, empty while hidden."""
        return self._words

    def show_words(self, words: str) -> None:
        """Say something, or hide."""
        self._words = words
        self.setVisible(bool(words))
        if words:
            self.resize(self.sizeHint())
            self.setAccessibleName(words)
            self.raise_()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(round(painting.chip_width(self._look, self._words)) + 1, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded token in amber."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens = self._look.tokens
        painting.chip(painter, self._look, 0, 10, self._words, tokens.amber_soft, tokens.amber)
        painter.end()
