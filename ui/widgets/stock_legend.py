"""What the three shapes of a stock mark mean, in words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import SMALL


class StockLegend(QWidget):
    """Filled: enough; half: few; dashed: none."""

    def __init__(self, look: Look, letter: str) -> None:
        super().__init__()
        self._look = look
        self._letter = letter
        self._entries = (("enough", self.tr("enough")), ("short", self.tr("few")), ("none", self.tr("none")))
        self.setAccessibleName(self.tr("Filled: enough; half: few; dashed: none"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Three marks with their words."""
        return QSize(round(sum(26 + self._look.width(words, SMALL) + 14 for _, words in self._entries)), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark, word, three times."""
        painter = QPainter(self)
        painting.smooth(painter)
        x = 0.0
        for kind, words in self._entries:
            painting.stock_mark(painter, self._look, x, 2, self._letter, kind)
            width = self._look.width(words, SMALL)
            rect = QRectF(x + 26, 0, width + 2, 24)
            painting.text(painter, self._look, rect, words, self._look.tokens.ink2, SMALL)
            x += 26 + width + 14
        painter.end()
