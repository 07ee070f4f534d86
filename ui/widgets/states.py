"""Widgets for states: always a shape with a word, never a colour alone."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.services.views import Lights, StockView
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, SEMIBOLD, SMALL

TONES = {"done": "green", "waiting": "amber", "look": "amber", "stop": "red", "off": "ink3"}
LIGHTS_WIDTH = 74


def paint_lights(painter: QPainter, look: Look, x: float, middle: float, lights: Lights, size: float = 14) -> float:
    """Three shapes joined by thin lines: desk, manufacturer, their system. Returns the width."""
    step = size + 16
    painter.save()
    painting.smooth(painter)
    painter.setPen(painting.pen(look.tokens.line2, 1.2))
    for index in range(2):
        start = x + index * step + size + 3
        painter.drawLine(round(start), round(middle), round(start + 10), round(middle))
    for index, kind in enumerate((lights.desk, lights.manufacturer, lights.their_system)):
        painting.state(painter, QRectF(x + index * step, middle - size / 2, size, size), kind, look.tokens)
    painter.restore()
    return 2 * step + size


class StateBadge(QWidget):
    """A state's shape and its word in one line."""

    def __init__(self, look: Look, kind: str, words: str, *, size: int = 16, weight: int = SEMIBOLD) -> None:
        super().__init__()
        self._look = look
        self._size = size
        self._weight = weight
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(kind, words)

    def set_state(self, kind: str, words: str) -> None:
        """Show another state."""
        self._kind, self._words = kind, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Shape, gap, word."""
        return QSize(round(self._size + 8 + self._look.width(self._words, BODY, self._weight)) + 2, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shape, then the word in the state's tone."""
        painter = QPainter(self)
        tokens = self._look.tokens
        middle = self.height() / 2
        painting.state(painter, QRectF(0, middle - self._size / 2, self._size, self._size), self._kind, tokens)
        painting.smooth(painter)
        rect = QRectF(self._size + 8, 0, self.width() - self._size - 8, self.height())
        tone = tokens.tone(TONES.get(self._kind, "ink2"))
        painting.text(painter, self._look, rect, self._words, tone, BODY, self._weight)
        painter.end()


class StateShape(QWidget):
    """A state's shape alone, for places where the word stands beside it as a label."""

    def __init__(self, look: Look, kind: str, size: int = 18) -> None:
        super().__init__()
        self._look = look
        self._kind = kind
        self.setFixedSize(size, size)

    def set_kind(self, kind: str) -> None:
        """Show another state."""
        self._kind = kind
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The shape."""
        painter = QPainter(self)
        painting.state(painter, QRectF(self.rect()), self._kind, self._look.tokens)
        painter.end()


class Icon(QWidget):
    """One icon beside a word."""

    def __init__(self, look: Look, name: str, size: int = 18, tone: str = "ink2") -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._tone = tone
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon in its tone."""
        painter = QPainter(self)
        self._look.icons.paint(painter, 0, 0, self._name, self.width(), self._look.tokens.tone(self._tone))
        painter.end()


class StockMarks(QWidget):
    """The letters of the wholesalers for one product, each filled, half or dashed."""

    def __init__(self, look: Look, stock: tuple[StockView, ...] = (), wanted: int = 1) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_stock(stock, wanted)

    def set_stock(self, stock: tuple[StockView, ...], wanted: int) -> None:
        """Show another product's stock for a wanted quantity."""
        self._stock, self._wanted = stock, wanted
        self.setAccessibleName(", ".join(f"{view.name}: {view.available}" for view in stock if view.listed))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """20 px per letter, 4 between."""
        return QSize(max(24 * len(self._stock) - 4, 0), painting.MARK)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The boxes in a row."""
        painter = QPainter(self)
        for index, view in enumerate(self._stock):
            kind = view.mark(self._wanted) if view.listed else "none"
            painting.stock_mark(painter, self._look, index * 24, 0, view.letter, kind)
        painter.end()


def paint_count(painter: QPainter, look: Look, rect: QRectF, count: int) -> None:
    """A number on an amber pill filling `rect`."""
    words = str(count) if count < 100 else "99+"
    painting.box(painter, rect, rect.height() / 2, look.tokens.amber_soft)
    painting.text(painter, look, rect, words, look.tokens.amber, SMALL, SEMIBOLD, painting.CENTER)
