"""The program's mark: a counter bell on petrol, as in `resources/icons`."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import painting
from ui.theme.look import Look

_SIDE = 64.0


def paint_logo(painter: QPainter, side: float, fill: str, mark: str) -> None:
    """The mark in a square of `side` pixels at the origin."""
    painter.save()
    painting.smooth(painter)
    painter.scale(side / _SIDE, side / _SIDE)
    painting.box(painter, QRectF(0, 0, _SIDE, _SIDE), 16, fill)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(mark))
    painter.drawEllipse(QRectF(28, 11.5, 8, 8))
    painter.drawChord(QRectF(14.5, 20, 35, 35), 0, 180 * 16)
    painter.drawRect(QRectF(14.5, 37, 35, 2))
    painter.drawRoundedRect(QRectF(11.5, 43.5, 41, 7), 2.5, 2.5)
    painter.restore()


def window_icon(practice: bool) -> QIcon:
    """The icon of the window; violet in practice mode."""
    icon = QIcon()
    for side in (16, 32, 48, 64, 128):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_logo(painter, side, "#6D28D9" if practice else "#0B6E74", "#FFFFFF")
        painter.end()
        icon.addPixmap(pixmap)
    return icon


class Logo(QWidget):
    """The mark as a widget."""

    def __init__(self, look: Look, side: int) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark in the accent of the scheme."""
        painter = QPainter(self)
        paint_logo(painter, self.width(), self._look.tokens.accent, self._look.tokens.surface)
        painter.end()
