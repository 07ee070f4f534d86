"""Bars that measure: credit in three series, the way to free carriage. Second series hatched, third in petrol."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look


class CreditBar(QWidget):
    """Invoices to pay, orders not yet delivered, this order, against the limit (all in euros)."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._parts = (0.0, 0.0, 0.0)
        self._limit = 1.0
        self.setFixedHeight(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, unpaid: float, undelivered: float, basket: float, limit: float) -> None:
        """Show the three parts of `limit`; over it the bar is full and its edge amber."""
        self._parts = (unpaid, undelivered, basket)
        self._limit = limit or 1.0
        used = sum(self._parts) / self._limit
        self.setAccessibleName(f"{self._name}: {used:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Solid, hatched, petrol, rest empty."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens, rect = self._look.tokens, QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(rect, QColor(tokens.surface))
        scale = rect.width() / max(self._limit, sum(self._parts))
        x = 0.0
        for index, part in enumerate(self._parts):
            width = part * scale
            piece = QRectF(x, 0, width, rect.height())
            if index == 1:
                painting.hatch(painter, piece, tokens.stock)
            else:
                painter.fillRect(piece, QColor(tokens.stock if index == 0 else tokens.accent))
            x += width
        painter.restore()
        over = sum(self._parts) > self._limit
        painting.box(painter, rect, 3, "", tokens.amber_mark if over else tokens.line2, 2 if over else 1)
        painter.end()


class LegendMark(QWidget):
    """The small square that says which series a line of words belongs to: solid, hatched, accent, empty."""

    def __init__(self, look: Look, kind: str) -> None:
        super().__init__()
        self._look = look
        self._kind = kind
        self.setFixedSize(12, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The square."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens, rect = self._look.tokens, QRectF(self.rect())
        if self._kind == "hatched":
            painting.hatch(painter, rect, tokens.stock)
        elif self._kind == "empty":
            painting.box(painter, rect, 3, "", tokens.line2)
        else:
            painter.fillRect(rect, QColor(tokens.accent if self._kind == "accent" else tokens.stock))
        painter.end()
