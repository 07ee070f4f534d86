"""Fields a person types into: the search field, the quantity stepper, a labelled field."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop_app.domain.validation import parse_quantity
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, CONTROL, MEDIUM, RADIUS_CONTROL, SEARCH, SECTION
from ui.widgets.text import Text, caption, column

_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
_SIGNS: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class IconButton(QAbstractButton):
    """A small button with an icon only; `name` is what screen readers and the tool tip say."""

    def __init__(self, look: Look, icon: str, name: str, size: int = 16, side: int = 28) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._size = size
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(side, side)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon; ground when hovered, ring when focused."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens, rect = self._look.tokens, QRectF(self.rect())
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painting.box(painter, rect, RADIUS_CONTROL, tokens.hover)
        if self.hasFocus():
            painting.box(painter, rect, RADIUS_CONTROL, "", tokens.accent, 2)
        inset = (self.width() - self._size) / 2
        if not self.isEnabled():
            painter.setOpacity(0.4)
        self._look.icons.paint(painter, round(inset), round(inset), self._icon, self._size, tokens.ink2)
        painter.end()


class LineField(QLineEdit):
    """One line of text with our font."""

    def __init__(self, look: Look, placeholder: str = "", text: str = "", max_length: int = 200) -> None:
        super().__init__(text)
        self.setFont(look.font(BODY))
        self.setPlaceholderText(placeholder)
        self.setMaxLength(max_length)
        self.setFixedHeight(CONTROL)


def labelled(look: Look, label: str, field: QWidget) -> QWidget:
    """A field under its label; the label names the field for screen readers too."""
    holder = QWidget()
    words = caption(look, label)
    words.setBuddy(field)
    field.setAccessibleName(label)
    holder.setLayout(column(words, field, spacing=4))
    return holder


class SearchField(QFrame):
    """The big search box: icon, text, a count at the right, a cross that empties it.

    `edit` is the QLineEdit; `moved` is emitted for Up (-1), Down (+1), Page Up (-10) and Page Down (+10).
    """

    changed = Signal(str)
    moved = Signal(int)
    accepted = Signal()

    def __init__(self, look: Look, placeholder: str, name: str, clear_name: str) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(SEARCH)
        self.edit = _SearchEdit(self)
        self.edit.setProperty("plain", True)
        self.edit.setFont(look.font(SECTION))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(name)
        self.edit.setMaxLength(400)
        self._count = Text(look, "", BODY, MEDIUM, "ink2")
        self._clear = IconButton(look, "x", clear_name)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.edit.clear)
        self._clear.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(40, 2, 8, 2)
        layout.setSpacing(8)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self._count)
        layout.addWidget(self._clear)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._on_text_changed)

    def set_count(self, words: str) -> None:
        """The words at the right: how many were found."""
        self._count.setText(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, its ring when focused, the glass."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens, rect = self._look.tokens, QRectF(self.rect())
        focused = self.edit.hasFocus()
        border = tokens.accent if focused else tokens.line2
        painting.box(painter, rect, RADIUS_CONTROL, tokens.surface, border, 2 if focused else 1)
        glass = tokens.accent if focused else tokens.ink2
        self._look.icons.paint(painter, 13, (self.height() - 18) // 2, "magnifying-glass", 18, glass)
        painter.end()

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.changed.emit(text)


class _SearchEdit(QLineEdit):
    """The line inside: arrows and pages move in the results, Escape empties, Return takes."""

    def __init__(self, owner: SearchField) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setFrame(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that belong to the results leave the text alone."""
        key = event.key()
        if key in _STEPS and not event.modifiers():
            self._owner.moved.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._owner.accepted.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame shows the focus."""
        super().focusInEvent(event)
        self._owner.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame lets the focus go."""
        super().focusOutEvent(event)
        self._owner.update()


class _QuantityEdit(QLineEdit):
    """The number inside: Up and Down step it."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, everything else types."""
        sign = _SIGNS.get(event.key())
        if sign is not None and not event.modifiers():
            self.stepped.emit(sign)
        else:
            super().keyPressEvent(event)


class QuantityField(QFrame):
    """Minus, a whole number, plus. `changed` carries the number while it is valid; Up and Down change it too."""

    changed = Signal(int)

    def __init__(self, look: Look, name: str, less: str, more: str, maximum: int, value: int = 1) -> None:
        super().__init__()
        self._look = look
        self._maximum = maximum
        self.step = 1
        self.setFixedSize(104, 34)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._edit = _QuantityEdit(str(value))
        self._edit.setProperty("plain", True)
        self._edit.setFont(look.font(BODY, MEDIUM))
        self._edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._edit.setAccessibleName(name)
        self._edit.setMaxLength(9)
        self._edit.textEdited.connect(self._on_text_edited)
        self._edit.stepped.connect(self._on_edit_stepped)
        minus, plus = IconButton(look, "minus", less, 14), IconButton(look, "plus", more, 14)
        minus.clicked.connect(self._less)
        plus.clicked.connect(self._more)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 1, 2, 1)
        layout.setSpacing(4)
        layout.addWidget(minus)
        layout.addWidget(self._edit, 1)
        layout.addWidget(plus)
        self.setFocusProxy(self._edit)

    def value(self) -> int:
        """The number; 1 while what is typed is none."""
        return self._typed() or 1

    def set_value(self, value: int) -> None:
        """Show a number without telling anyone."""
        self._edit.setText(str(value))

    def select_all(self) -> None:
        """What is typed next replaces the number."""
        self._edit.selectAll()

    def sizeHint(self) -> QSize:
        """Fixed."""
        return QSize(104, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One box round all three, thin lines between."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens = self._look.tokens
        painting.box(painter, QRectF(self.rect()), RADIUS_CONTROL, tokens.surface, tokens.line2)
        painter.setPen(painting.pen(tokens.line))
        for x in (32, self.width() - 33):
            painter.drawLine(x, 1, x, self.height() - 2)
        painter.end()

    def _less(self) -> None:
        self._take(max(self.value() - self.step, self.step))

    def _more(self) -> None:
        self._take(min(self.value() + self.step, self._maximum))

    def _on_edit_stepped(self, sign: int) -> None:
        if sign > 0:
            self._more()
        else:
            self._less()

    def _take(self, value: int) -> None:
        self.set_value(value)
        self.changed.emit(value)

    def _on_text_edited(self, text: str) -> None:
        typed = self._typed()
        if typed is not None:
            self.changed.emit(typed)

    def _typed(self) -> int | None:
        try:
            return parse_quantity(self._edit.text())
        except ValueError:
            return None
