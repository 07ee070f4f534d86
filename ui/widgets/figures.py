"""Rows that say a label at the left and a figure at the right, painted: a new figure never moves anything."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, REGULAR, SEMIBOLD, SMALL


class FigureRow(QWidget):
    """`label` at the left, a figure at the right. Sizes and weights are those of the tokens."""

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        tone: str = "ink2",
        figure_tone: str = "ink",
        size: int = BODY,
        figure_size: int = BODY,
        weight: int = REGULAR,
        figure_weight: int = MEDIUM,
        height: int = 28,
    ) -> None:
        super().__init__()
        self._look = look
        self._label = label
        self._figure = ""
        self._tone, self._figure_tone = tone, figure_tone
        self._size, self._figure_size = size, figure_size
        self._weight, self._figure_weight = weight, figure_weight
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def figure(self) -> str:
        """The figure as shown."""
        return self._figure

    def show_figure(self, figure: str, *, label: str = "", tone: str = "") -> None:
        """Change the figure, and where given the label and the figure's tone."""
        label, tone = label or self._label, tone or self._figure_tone
        if (figure, label, tone) == (self._figure, self._label, self._figure_tone):
            return
        self._figure, self._label, self._figure_tone = figure, label, tone
        self.setAccessibleName(f"{label}: {figure}")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as both with a gap."""
        width = self._look.width(self._label, self._size, self._weight)
        width += self._look.width(self._figure, self._figure_size, self._figure_weight)
        return QSize(round(width) + 16, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Figure first, the label in what is left."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens, rect = self._look, self._look.tokens, QRectF(self.rect())
        figure = look.width(self._figure, self._figure_size, self._figure_weight)
        right = QRectF(rect.right() - figure - 2, rect.top(), figure + 2, rect.height())
        painting.text(
            painter,
            look,
            right,
            self._figure,
            tokens.tone(self._figure_tone),
            self._figure_size,
            self._figure_weight,
            painting.RIGHT,
        )
        left = rect.adjusted(0, 0, -figure - 8, 0)
        painting.text(painter, look, left, self._label, tokens.tone(self._tone), self._size, self._weight)
        painter.end()


class LegendRow(QWidget):
    """The mark of a series (solid, hatched, accent), its name, its figure."""

    def __init__(self, look: Look, kind: str, label: str) -> None:
        super().__init__()
        self._look = look
        self._kind = kind
        self._label = label
        self._figure = ""
        self.setFixedHeight(22)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: str) -> None:
        """Change the figure."""
        if figure != self._figure:
            self._figure = figure
            self.setAccessibleName(f"{self._label}: {figure}")
            self.update()

    def sizeHint(self) -> QSize:
        """Fixed height."""
        return QSize(160, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Square, words, figure."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens, rect = self._look, self._look.tokens, QRectF(self.rect())
        square = QRectF(0, rect.center().y() - 5, 10, 10)
        if self._kind == "hatched":
            painting.hatch(painter, square, tokens.stock)
        else:
            painting.box(painter, square, 1, tokens.accent if self._kind == "accent" else tokens.stock)
        figure = look.width(self._figure, SMALL, SEMIBOLD)
        right = QRectF(rect.right() - figure - 2, 0, figure + 2, rect.height())
        painting.text(painter, look, right, self._figure, tokens.ink, SMALL, SEMIBOLD, painting.RIGHT)
        words = QRectF(18, 0, right.left() - 24, rect.height())
        painting.text(painter, look, words, self._label, tokens.ink2, SMALL)
        painter.end()
