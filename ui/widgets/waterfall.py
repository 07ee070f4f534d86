"""Why this price: one bar per step on the true scale, with the words and the figures of the trace."""

import itertools
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, REGULAR, SEMIBOLD, SMALL

STEP = 36
_BAR = 7
_MINIMUM = 3.0


class WaterfallStep(Struct, frozen=True):
    """One row: words, a note beside them, the figure as text; the bar runs from `start` to `end` (euros per unit).

    `kind`: `total` (grey), `less` (hatched petrol), `more` (hatched amber), `net` (petrol), `bonus` (green),
    `real` (green outline), `aside` (dashed, does not count).
    """

    kind: str
    words: str
    note: str
    figure: str
    start: float
    end: float


class Waterfall(QWidget):
    """The steps from list price to real cost. Screen readers get the same as text."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._steps: tuple[WaterfallStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[WaterfallStep]) -> None:
        """Show a price's steps."""
        self._steps = tuple(steps)
        lines = (f"{step.words} {step.note} {step.figure}" for step in self._steps)
        self.setAccessibleName(f"{self._name}: " + "; ".join(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """36 px per step."""
        return QSize(280, STEP * len(self._steps))

    def minimumSizeHint(self) -> QSize:
        """As high as the steps need."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dotted links first, then bars, then texts on a cleared ground."""
        if not self._steps:
            return
        painter = QPainter(self)
        painting.smooth(painter)
        top = max((max(step.start, step.end) for step in self._steps), default=1.0) or 1.0
        scale = self.width() / top
        self._paint_links(painter, scale)
        for index, step in enumerate(self._steps):
            self._paint_words(painter, index, step)
            self._paint_bar(painter, index, step, scale)
        painter.end()

    def _paint_links(self, painter: QPainter, scale: float) -> None:
        painter.setPen(painting.pen(self._look.tokens.ink3, 1, (1.5, 2.5)))
        counted = [(index, step) for index, step in enumerate(self._steps) if step.kind != "aside"]
        for (above, step), (below, _) in itertools.pairwise(counted):
            x = round(min(max(step.end * scale, 1), self.width() - 1)) - 0.5
            start, end = above * STEP + STEP - 10, below * STEP + STEP - 14
            painter.drawLine(round(x), start, round(x), end)

    def _paint_words(self, painter: QPainter, index: int, step: WaterfallStep) -> None:
        look, tokens = self._look, self._look.tokens
        y = index * STEP
        faint = step.kind == "aside"
        weight = REGULAR if faint else SEMIBOLD
        tone = tokens.ink3 if faint else tokens.green if step.kind == "bonus" else tokens.ink
        figure = look.width(step.figure, BODY, weight)
        space = self.width() - figure - 12
        words = min(look.width(step.words, BODY, SEMIBOLD), space)
        note = look.width(step.note, SMALL)
        ground = QColor(tokens.surface)
        painter.fillRect(QRectF(0, y + 2, words + (note + 12 if step.note else 4), 18), ground)
        painter.fillRect(QRectF(self.width() - figure - 4, y + 2, figure + 4, 18), ground)
        ink = tokens.ink3 if faint else tokens.ink
        painting.text(painter, look, QRectF(0, y + 2, words + 2, 18), step.words, ink, BODY, SEMIBOLD)
        if step.note and words + 8 + note <= space + 8:
            rect = QRectF(words + 8, y + 3, note + 2, 18)
            painting.text(painter, look, rect, step.note, tokens.ink3, SMALL)
        right = QRectF(self.width() - figure - 2, y + 2, figure + 2, 18)
        painting.text(painter, look, right, step.figure, tone, BODY, weight, painting.RIGHT)

    def _paint_bar(self, painter: QPainter, index: int, step: WaterfallStep, scale: float) -> None:
        tokens = self._look.tokens
        low, high = sorted((step.start * scale, step.end * scale))
        width = max(high - low, _MINIMUM)
        x = min(max(low, 0.0), self.width() - width)
        rect = QRectF(x, index * STEP + 22, width, _BAR)
        if step.kind == "aside":
            painter.setPen(painting.pen(tokens.line2, 1, (3, 2.5)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        elif step.kind in ("less", "more"):
            color = tokens.accent if step.kind == "less" else tokens.amber_mark
            painting.hatch(painter, rect, color)
            painting.box(painter, rect, 2, "", color)
        elif step.kind == "real":
            painting.box(painter, rect, 2, tokens.green_soft, tokens.green_mark)
        else:
            fills = {"net": tokens.accent, "bonus": tokens.green_mark}
            painting.box(painter, rect, 2, fills.get(step.kind, tokens.bar))
