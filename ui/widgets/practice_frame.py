"""Practice mode cannot be mistaken for real work: a violet frame and a faint word over the whole window."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import SEMIBOLD

FRAME = 4
OPACITY = 0.075


class PracticeFrame(QWidget):
    """An overlay over `window` that lets every click through and follows its size."""

    def __init__(self, look: Look, window: QWidget, word: str) -> None:
        super().__init__(window)
        self._look = look
        self._word = word
        self._drawn: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.setGeometry(window.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size and stay on top of new children."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """What changed of the picture: it lies over everything, so each repaint below comes through here."""
        painter = QPainter(self)
        picture = self._picture()
        ratio = picture.devicePixelRatioF()
        place = event.rect()
        source = QRectF(place.x() * ratio, place.y() * ratio, place.width() * ratio, place.height() * ratio)
        painter.drawPixmap(QRectF(place), picture, source)
        painter.end()

    def _picture(self) -> QPixmap:
        """The frame, and the word across the middle; drawn anew only where the size is another."""
        ratio = self.devicePixelRatioF()
        if self._drawn is not None and self._drawn.size() == self.size() * ratio:
            return self._drawn
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self._draw(painter)
        painter.end()
        self._drawn = picture
        return picture

    def _draw(self, painter: QPainter) -> None:
        painting.smooth(painter)
        violet = QColor(self._look.tokens.violet)
        rect = QRectF(self.rect())
        inset = FRAME / 2
        painter.setPen(painting.pen(self._look.tokens.violet, FRAME))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))
        size = round(rect.width() / (len(self._word) * 0.98))
        violet.setAlphaF(OPACITY)
        painter.setPen(violet)
        painter.setFont(self._look.font(max(size, 24), SEMIBOLD))
        painter.translate(QPointF(rect.center().x() + 60, rect.center().y() + 40))
        painter.rotate(-24)
        half = QRectF(-rect.width(), -size, rect.width() * 2, size * 2)
        painter.drawText(half, Qt.AlignmentFlag.AlignCenter, self._word)
