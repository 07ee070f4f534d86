"""The rail at the left: who we are, the rooms with their keys, how many things want attention in each."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout

from ui.page import Room
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, RADIUS_CONTROL, RAIL_WIDTH, SECTION, SEMIBOLD, SMALL
from ui.widgets.buttons import KeyHint
from ui.widgets.logo import Logo
from ui.widgets.states import paint_count
from ui.widgets.text import Text, column, row


class RailEntry(Struct, frozen=True):
    """One room: its name, icon and the digit that opens it with Alt. `group` 0, 1 ... from the top, -1 at the foot."""

    room: Room
    name: str
    icon: str
    digit: str
    group: int


class RailButton(QAbstractButton):
    """One room in the rail: icon, word, how many wait, digit. Current: ground, bar, filled icon, weight."""

    def __init__(self, look: Look, entry: RailEntry) -> None:
        super().__init__()
        self._look = look
        self._entry = entry
        self._count = 0
        self.setText(entry.name)
        self.setAccessibleName(entry.name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        """How many things in the room want attention."""
        if count != self._count:
            self._count = count
            self.setAccessibleName(f"{self._entry.name} ({count})" if count else self._entry.name)
            self.update()

    def sizeHint(self) -> QSize:
        """34 px high."""
        return QSize(RAIL_WIDTH - 24, 34)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens the room, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, bar, icon, word, count, cap."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens, middle = self._look.tokens, self.height() / 2
        rect = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        current = self.isChecked()
        if current:
            painting.box(painter, rect, RADIUS_CONTROL, tokens.rail_current)
            painter.fillRect(QRectF(0, middle - 8, 3, 16), QColor(tokens.accent))
        elif self.underMouse():
            painting.box(painter, rect, RADIUS_CONTROL, tokens.bar_soft if not self._look.dark else tokens.hover)
        if self.hasFocus():
            painting.box(painter, rect, RADIUS_CONTROL, "", tokens.accent, 2)
        icon = f"{self._entry.icon}-fill" if current else self._entry.icon
        color = tokens.accent_ink if current else tokens.ink2
        self._look.icons.paint(painter, 12, round(middle - 9), icon, 18, color)
        right = float(self.width() - 8)
        if self._entry.digit:
            width = painting.cap_width(self._look, self._entry.digit)
            painting.caps(painter, self._look, right - width, middle, (self._entry.digit,))
            right -= width + 6
        if self._count:
            paint_count(painter, self._look, QRectF(right - 22, middle - 9, 22, 18), self._count)
            right -= 26
        words = QRectF(38, 0, right - 38, self.height())
        ink = tokens.accent_ink if current else tokens.ink
        painting.text(painter, self._look, words, self._entry.name, ink, BODY, SEMIBOLD if current else MEDIUM)
        painter.end()


class Rail(QFrame):
    """All rooms; `chosen` carries the one a person wants."""

    chosen = Signal(object)

    def __init__(self, look: Look, dealer: str, entries: Sequence[RailEntry], hint: str) -> None:
        super().__init__()
        self._look = look
        self.setFixedWidth(RAIL_WIDTH)
        self._buttons: dict[Room, RailButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 8)
        layout.setSpacing(0)
        names = column(Text(look, "Comptoir", SECTION, SEMIBOLD), Text(look, dealer, SMALL, tone="ink2"), spacing=0)
        layout.addLayout(row(Logo(look, 28), names, None, spacing=10, margins=(4, 0, 0, 0)))
        layout.addSpacing(16)
        self._add(layout, look, [entry for entry in entries if entry.group >= 0])
        layout.addStretch(1)
        layout.addLayout(row(KeyHint(look, ("Alt",), hint), None, margins=(12, 0, 0, 0)))
        layout.addSpacing(10)
        self._add(layout, look, [entry for entry in entries if entry.group < 0])

    def set_current(self, room: Room) -> None:
        """Mark the room that is shown."""
        button = self._buttons.get(room)
        if button is not None:
            button.setChecked(True)

    def set_count(self, room: Room, count: int) -> None:
        """How many things in a room want attention."""
        button = self._buttons.get(room)
        if button is not None:
            button.set_count(count)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground with a thin line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.tokens.rail))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(self._look.tokens.line))
        painter.end()

    def _add(self, layout: QVBoxLayout, look: Look, entries: Sequence[RailEntry]) -> None:
        last = entries[0].group if entries else 0
        for entry in entries:
            if entry.group != last:
                layout.addSpacing(12)
                last = entry.group
            button = RailButton(look, entry)
            button.clicked.connect(lambda _checked=False, room=entry.room: self.chosen.emit(room))
            self._group.addButton(button)
            self._buttons[entry.room] = button
            layout.addWidget(button)
