"""The violet band over the window in practice mode."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, SEMIBOLD
from ui.widgets.states import Icon
from ui.widgets.text import Text, row

HEIGHT = 30


class _BandButton(QPushButton):
    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Words with 12 px at each side."""
        return QSize(round(self._look.width(self.text(), BODY, SEMIBOLD)) + 24, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """White words and border on violet."""
        painter = QPainter(self)
        painting.smooth(painter)
        white = QColor(self._look.tokens.on_violet)
        ground, border = QColor(white), QColor(white)
        ground.setAlphaF(0.22 if self.underMouse() else 0.12)
        border.setAlphaF(1.0 if self.hasFocus() else 0.45)
        painter.setPen(painting.pen(border.name(QColor.NameFormat.HexArgb), 2 if self.hasFocus() else 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painting.text(
            painter, self._look, QRectF(self.rect()), self.text(), white.name(), BODY, SEMIBOLD, painting.CENTER
        )
        painter.end()


class PracticeBand(QWidget):
    """Says that nothing here is real; `again` starts the practice anew, `left` ends it."""

    again = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._violet = look.tokens.violet
        mode = Text(look, self.tr("Practice mode"), BODY, SEMIBOLD, "on_violet")
        words = Text(look, self.tr("Nothing reaches a real manufacturer."), BODY, MEDIUM, "on_violet")
        again = _BandButton(look, self.tr("Practice room"))
        leave = _BandButton(look, self.tr("Leave practice"))
        again.clicked.connect(self.again)
        leave.clicked.connect(self.left)
        cap = Icon(look, "graduation-cap-fill", 18, "on_violet")
        self.setLayout(row(cap, mode, 4, words, None, again, leave, spacing=8, margins=(16, 0, 12, 0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Violet."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._violet))
        painter.end()
