"""What the order earns back: the online bonus on a green ground."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, RADIUS_PANEL, SEMIBOLD, SMALL


class BonusCard(QWidget):
    """Hidden where there is no bonus."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._figure = ""
        self.setFixedHeight(56)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bonus(self, figure: str) -> None:
        """Show the bonus as text with sign and currency; empty hides the card."""
        self.setVisible(bool(figure))
        if figure != self._figure:
            self._figure = figure
            self.setAccessibleName(f"{self.tr('Online bonus')}: {figure}")
            self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(200, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, name, figure; when it is credited below."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens, rect = self._look, self._look.tokens, QRectF(self.rect())
        painting.box(painter, rect, RADIUS_PANEL, tokens.green_soft)
        look.icons.paint(painter, 12, 11, "trend-up", 16, tokens.green)
        figure = look.width(self._figure, BODY, SEMIBOLD)
        right = QRectF(rect.right() - figure - 12, 8, figure + 2, 22)
        painting.text(painter, look, right, self._figure, tokens.green, BODY, SEMIBOLD, painting.RIGHT)
        left = QRectF(36, 8, right.left() - 40, 22)
        painting.text(painter, look, left, self.tr("Online bonus"), tokens.green, BODY, SEMIBOLD)
        note = QRectF(36, 29, rect.right() - 46, 18)
        painting.text(painter, look, note, self.tr("credited once invoiced"), tokens.ink, SMALL)
        painter.end()
