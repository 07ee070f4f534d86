"""One line of text that gives way: cut with a visible mark where room is short, whole in its tool tip."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, REGULAR
from ui.widgets.tips import plain_tip


class ElidedText(QWidget):
    """As wide as its words where there is room, never wider, narrower where there is none."""

    def __init__(self, look: Look, size: int = BODY, weight: int = REGULAR, tone: str = "ink") -> None:
        super().__init__()
        self._look = look
        self._size, self._weight, self._tone = size, weight, tone
        self._words = self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(40)

    def text(self) -> str:
        """The whole words."""
        return self._words

    def setText(self, words: str, short: str = "") -> None:
        """Say something else; `short` stands where there is no room for all of it."""
        if (words, short) != (self._words, self._short):
            self._words, self._short = words, short
            self.setAccessibleName(words)
            self.setToolTip(plain_tip(words))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """All the words."""
        return QSize(round(self._look.width(self._words, self._size, self._weight)) + 2, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, as far as they fit."""
        painter = QPainter(self)
        painting.smooth(painter)
        color = self._look.tokens.tone(self._tone)
        room = self._look.width(self._words, self._size, self._weight) <= self.width()
        words = self._words if room else self._short or self._words
        painting.text(painter, self._look, QRectF(self.rect()), words, color, self._size, self._weight)
        painter.end()
