"""Why this price: one bar per step on the true scale, with the words and the figures of the trace."""

import itertools
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, REGULAR, SEMIBOLD, SMALL
from ui.widgets.tips import plain_tip

STEP, DETAILED_STEP = 36, 52
_BAR, _BAR_ABOVE_FOOT = 7, 14
_MINIMUM = 3.0
_HATCHED = {"less": "accent", "more": "amber_mark", "added": "line2"}


class WaterfallStep(Struct, frozen=True):
    """One row: words, a note beside them, the figure as text; the bar runs from `start` to `end` (euros).

    `kind`: `total` (grey), `less` (hatched petrol), `more` (hatched amber), `added` (hatched grey: what is passed on),
    `net` (petrol), `bonus` (green), `real` (green outline), `aside` (dashed, does not count). `note` is always told
    (why a step is set aside); `detail` is where the step stands: document, dates, version; `brief` is the same in a
    few words, for where there is room for no more. `apart`: no link leads here from the step above.
    """

    kind: str
    words: str
    note: str
    figure: str
    start: float
    end: float
    detail: str = ""
    brief: str = ""
    apart: bool = False

    @property
    def told(self) -> str:
        """Everything known besides words and figure."""
        return " · ".join(part for part in (self.note, self.detail) if part)


class Waterfall(QWidget):
    """The steps from list price to real cost. Screen readers get the same as text.

    `detailed` gives each step's document, dates and version a line of their own; without it they are in the tool tip.
    """

    def __init__(self, look: Look, name: str, *, detailed: bool = False) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._detailed = detailed
        self._steps: tuple[WaterfallStep, ...] = ()
        self._tops: list[int] = [0]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def steps(self) -> tuple[WaterfallStep, ...]:
        """The rows shown."""
        return self._steps

    def show_steps(self, steps: Sequence[WaterfallStep], name: str = "") -> None:
        """Show a price's steps; `name` is what the whole is called from now on."""
        self._name = name or self._name
        self._steps = tuple(steps)
        told = (" ".join(part for part in (step.words, step.told, step.figure) if part) for step in self._steps)
        self.setAccessibleName(f"{self._name}: " + "; ".join(told))
        self._measure()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Notes that have no room beside their words get a line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def sizeHint(self) -> QSize:
        """As high as its steps."""
        return QSize(280, self._tops[-1])

    def minimumSizeHint(self) -> QSize:
        """As high as the steps need."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """The tool tip of the step under the mouse says all that is known about it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = next((row for row in range(len(self._steps)) if event.pos().y() < self._tops[row + 1]), None)
            QToolTip.showText(event.globalPos(), "" if place is None else plain_tip(_tip(self._steps[place])), self)
            return True
        return super().event(event)

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

    def _measure(self) -> None:
        heights = (DETAILED_STEP if self._second_line(step) else STEP for step in self._steps)
        tops = [0, *itertools.accumulate(heights)]
        if tops != self._tops:
            self._tops = tops
            self.updateGeometry()

    def _beside(self, step: WaterfallStep) -> str:
        """What stands beside the words: the note, else the brief; nothing that does not fit."""
        look = self._look
        words = step.note or ("" if self._detailed else step.brief)
        used = look.width(step.words, BODY, SEMIBOLD) + 8 + look.width(words, SMALL)
        return words if used <= self.width() - look.width(step.figure, BODY, SEMIBOLD) - 12 else ""

    def _second_line(self, step: WaterfallStep) -> str:
        note = "" if self._beside(step) == step.note else step.note
        parts = [part for part in (note, *(step.detail.split(" · ") if self._detailed else ())) if part]
        # Cut between two facts, never inside one; the tool tip tells all of them.
        while len(parts) > 1 and self._look.width(" · ".join(parts), SMALL) > self.width():
            parts.pop()
        return " · ".join(parts)

    def _paint_links(self, painter: QPainter, scale: float) -> None:
        painter.setPen(painting.pen(self._look.tokens.ink3, 1, (1.5, 2.5)))
        counted = [(index, step) for index, step in enumerate(self._steps) if step.kind != "aside"]
        for (above, step), (below, after) in itertools.pairwise(counted):
            if after.apart:
                continue
            x = round(min(max(step.end * scale, 1), self.width() - 1)) - 0.5
            start, end = self._tops[above + 1] - 10, self._tops[below + 1] - _BAR_ABOVE_FOOT
            painter.drawLine(round(x), start, round(x), end)

    def _paint_words(self, painter: QPainter, index: int, step: WaterfallStep) -> None:
        look, tokens = self._look, self._look.tokens
        y = self._tops[index]
        faint = step.kind == "aside"
        weight = REGULAR if faint else SEMIBOLD
        tone = tokens.ink3 if faint else tokens.green if step.kind == "bonus" else tokens.ink
        figure = look.width(step.figure, BODY, weight)
        space = self.width() - figure - 12
        words = min(look.width(step.words, BODY, SEMIBOLD), space)
        beside, below = self._beside(step), self._second_line(step)
        note = look.width(beside, SMALL)
        ground = QColor(tokens.surface)
        painter.fillRect(QRectF(0, y + 2, words + (note + 12 if beside else 4), 18), ground)
        painter.fillRect(QRectF(self.width() - figure - 4, y + 2, figure + 4, 18), ground)
        ink = tokens.ink3 if faint else tokens.ink
        painting.text(painter, look, QRectF(0, y + 2, words + 2, 18), step.words, ink, BODY, SEMIBOLD)
        if beside:
            painting.text(painter, look, QRectF(words + 8, y + 3, note + 2, 18), beside, tokens.ink3, SMALL)
        if below:
            painter.fillRect(QRectF(0, y + 19, look.width(below, SMALL) + 6, 17), ground)
            painting.text(painter, look, QRectF(0, y + 18, self.width(), 18), below, tokens.ink3, SMALL)
        right = QRectF(self.width() - figure - 2, y + 2, figure + 2, 18)
        painting.text(painter, look, right, step.figure, tone, BODY, weight, painting.RIGHT)

    def _paint_bar(self, painter: QPainter, index: int, step: WaterfallStep, scale: float) -> None:
        if step.kind == "aside" and step.start == step.end:
            # Set aside without a figure to show.
            return
        tokens = self._look.tokens
        low, high = sorted((step.start * scale, step.end * scale))
        width = max(high - low, _MINIMUM)
        x = min(max(low, 0.0), self.width() - width)
        rect = QRectF(x, self._tops[index + 1] - _BAR_ABOVE_FOOT, width, _BAR)
        if step.kind == "aside":
            painter.setPen(painting.pen(tokens.line2, 1, (3, 2.5)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        elif step.kind in _HATCHED:
            color = tokens.tone(_HATCHED[step.kind])
            painting.hatch(painter, rect, color)
            painting.box(painter, rect, 2, "", color)
        elif step.kind == "real":
            painting.box(painter, rect, 2, tokens.green_soft, tokens.green_mark)
        else:
            fills = {"net": tokens.accent, "bonus": tokens.green_mark}
            painting.box(painter, rect, 2, fills.get(step.kind, tokens.bar))


def _tip(step: WaterfallStep) -> str:
    return "\n".join(part for part in (step.words, step.told, step.figure) if part)
