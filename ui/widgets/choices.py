"""Choices: a segmented button for one of a few, and large cards for a decision at the start."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, CONTROL, MEDIUM, RADIUS_CONTROL, SEMIBOLD
from ui.widgets.tab_order import stop_at_chosen

STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class SegmentedChoice(QWidget):
    """One of a few values side by side; `chosen` carries the value. Left and Right move between them."""

    chosen = Signal(str)

    def __init__(self, look: Look, options: Sequence[tuple[str, str]], value: str = "", name: str = "") -> None:
        super().__init__()
        self._look = look
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, _Segment] = {}
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for key, label in options:
            segment = _Segment(look, label, self)
            segment.setChecked(key == value)
            segment.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(segment)
            self._buttons[key] = segment
            layout.addWidget(segment)
        self._group.buttonToggled.connect(self._on_toggled)
        self._on_toggled()

    def value(self) -> str:
        """The chosen key, empty while nothing is chosen."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose without telling anyone; an unknown value chooses nothing."""
        self._group.setExclusive(False)
        for key, button in self._buttons.items():
            button.setChecked(key == value)
        self._group.setExclusive(True)
        self._on_toggled()

    def _on_toggled(self) -> None:
        stop_at_chosen(self._group)

    def set_enabled(self, value: str, enabled: bool) -> None:
        """Forbid or allow one of the values."""
        self._buttons[value].setEnabled(enabled)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One border round all."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens = self._look.tokens
        painting.box(painter, QRectF(self.rect()), RADIUS_CONTROL, tokens.surface, tokens.line2)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose the neighbour."""
        step = STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        keys = [key for key, button in self._buttons.items() if button.isEnabled()]
        place = keys.index(self.value()) if self.value() in keys else -step
        wanted = keys[(place + step) % len(keys)]
        self._buttons[wanted].setFocus()
        self._buttons[wanted].click()


class _Segment(QAbstractButton):
    def __init__(self, look: Look, label: str, owner: SegmentedChoice) -> None:
        super().__init__(owner)
        self._look = look
        self._owner = owner
        self.setText(label)
        self.setAccessibleName(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The words with 12 px at each side, as heavy as they get."""
        return QSize(round(self._look.width(self.text(), BODY, SEMIBOLD)) + 24, CONTROL - 2)

    def minimumSizeHint(self) -> QSize:
        """Never less than the words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the whole choice."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._owner.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Petrol when chosen; ring when focused."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens, rect = self._look.tokens, QRectF(self.rect())
        color, weight = tokens.ink, MEDIUM
        if self.isChecked():
            painting.box(painter, rect, RADIUS_CONTROL - 1, tokens.accent)
            color, weight = tokens.on_accent, SEMIBOLD
        elif self.isEnabled() and self.underMouse():
            painting.box(painter, rect, RADIUS_CONTROL - 1, tokens.hover)
        if not self.isEnabled():
            color = tokens.ink3
            painter.setOpacity(0.6)
        if self.hasFocus():
            ring = tokens.on_accent if self.isChecked() else tokens.accent
            painting.box(painter, rect.adjusted(2, 2, -2, -2), RADIUS_CONTROL - 2, "", ring, 1.5)
        painting.text(painter, self._look, rect, self.text(), color, BODY, weight, painting.CENTER)
        painter.end()
