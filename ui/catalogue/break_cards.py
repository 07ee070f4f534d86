"""Quantity breaks as small cards; the one that holds for the quantity is marked with border and check."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from desktop_app.services.views import BreakView
from ui.formats import Formats
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, RADIUS_CONTROL, SEMIBOLD, SMALL
from ui.widgets.text import clear

_ACROSS = 3


class BreakCard(Struct, frozen=True):
    """One card: from which quantity on, in words, and its price."""

    quantity: int
    words: str
    price: str


class BreakCards(QWidget):
    """The breaks of a product; `chosen` carries the quantity of the card a person pressed."""

    chosen = Signal(int)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def show_breaks(self, breaks: Sequence[BreakView], quantity: int) -> None:
        """Show the breaks; the last one reached by `quantity` is marked."""
        clear(self._layout)
        reached = max((view.qty_min for view in breaks if view.qty_min <= quantity), default=0)
        for place, card in enumerate(self._cards(breaks)):
            widget = BreakButton(self._look, card, card.quantity == reached)
            widget.clicked.connect(lambda _checked=False, wanted=card.quantity: self.chosen.emit(max(wanted, 1)))
            self._layout.addWidget(widget, place // _ACROSS, place % _ACROSS)

    def _cards(self, breaks: Sequence[BreakView]) -> list[BreakCard]:
        formats, cards = self._formats, []
        for view, after in zip(breaks, [*breaks[1:], None], strict=True):
            start = max(view.qty_min, 1)
            if after is None:
                words = self.tr("from {0}").format(formats.number(start))
            elif after.qty_min - 1 == start:
                words = formats.number(start)
            else:
                words = self.tr("{0} to {1}").format(formats.number(start), formats.number(after.qty_min - 1))
            cards.append(BreakCard(view.qty_min, words, formats.unit_price(view.unit_net)))
        return cards


class BreakButton(QAbstractButton):
    """One break as a button."""

    def __init__(self, look: Look, card: BreakCard, current: bool) -> None:
        super().__init__()
        self._look, self._card, self._current = look, card, current
        self.setText(f"{card.words}: {card.price}")
        self.setAccessibleName(self.text())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(104, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Border and soft ground when current, a check at the right."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens, rect = self._look.tokens, QRectF(self.rect())
        strong = self._current or self.hasFocus()
        fill = tokens.accent_soft if self._current else tokens.hover if self.underMouse() else tokens.surface
        painting.box(painter, rect, RADIUS_CONTROL, fill, tokens.accent if strong else tokens.line, 2 if strong else 1)
        inner = rect.adjusted(10, 4, -8, -4)
        top, bottom = QRectF(inner), QRectF(inner)
        top.setHeight(18)
        bottom.setTop(top.bottom())
        painting.text(painter, self._look, top, self._card.words, tokens.ink2, SMALL, MEDIUM)
        weight = SEMIBOLD if self._current else MEDIUM
        painting.text(painter, self._look, bottom, self._card.price, tokens.ink, BODY, weight)
        if self._current:
            self._look.icons.paint(painter, round(inner.right() - 12), round(top.top() + 2), "check", 12, tokens.accent)
        painter.end()
