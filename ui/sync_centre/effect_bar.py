"""What the choices do to the total: yours, theirs, the choices between, the open part hatched."""

from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.formats import Formats
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import SECTION, SEMIBOLD, SMALL

_BAR_TOP, _BAR = 46, 12
_GAP = 20.0


class _Figure(Struct, frozen=True):
    """One total over the bar."""

    name: str
    amount: str
    size: int
    color: str
    width: float


class EffectBar(QWidget):
    """Three totals in euros incl. VAT on one scale."""

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._yours = self._chosen = self._theirs = Decimal(0)
        self._open = 0
        self.setFixedHeight(_BAR_TOP + _BAR + 26)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_totals(self, yours: Decimal, chosen: Decimal, theirs: Decimal, undecided: int) -> None:
        """Yours as sent, with the choices made so far, theirs if everything is accepted; how many are undecided."""
        self._yours, self._chosen, self._theirs, self._open = yours, chosen, theirs, undecided
        amount = self._formats.amount
        words = self.tr("yours {0}, with your choices {1}, theirs {2}")
        self.setAccessibleName(words.format(amount(yours), amount(chosen), amount(theirs)))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide."""
        return QSize(480, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Figures over the bar, changes under it."""
        painter = QPainter(self)
        painting.smooth(painter)
        low = min(self._yours, self._chosen, self._theirs)
        high = max(self._yours, self._chosen, self._theirs)
        span = float(high - low) or 1.0
        left, width = 8.0, self.width() - 16.0
        places = {name: left + float(value - low) / span * width for name, value in self._values().items()}
        self._paint_bar(painter, places)
        self._paint_figures(painter, places)
        painter.end()

    def _values(self) -> dict[str, Decimal]:
        return {"yours": self._yours, "chosen": self._chosen, "theirs": self._theirs}

    def _paint_bar(self, painter: QPainter, places: dict[str, float]) -> None:
        tokens = self._look.tokens
        yours, chosen, theirs = places["yours"], places["chosen"], places["theirs"]
        made = QRectF(min(yours, chosen), _BAR_TOP, abs(chosen - yours), _BAR)
        rest = QRectF(min(chosen, theirs), _BAR_TOP, abs(theirs - chosen), _BAR)
        if rest.width() >= 1:
            painter.fillRect(rest, QColor(tokens.amber_soft))
            painting.hatch(painter, rest, tokens.amber_mark)
            painting.box(painter, rest, 0, "", tokens.line2)
        if made.width() >= 1:
            painter.fillRect(made, QColor(tokens.accent if chosen >= yours else tokens.green_mark))
        for x in places.values():
            painter.fillRect(QRectF(x - 1, _BAR_TOP - 5, 2, _BAR + 10), QColor(tokens.ink))

    def _paint_figures(self, painter: QPainter, places: dict[str, float]) -> None:
        tokens = self._look.tokens
        for left, figure in self._placed(places):
            self._paint_figure(painter, left, figure)
        words = self._formats.signed_amount(self._chosen - self._yours)
        note = self.tr("your choices: {0}").format(words)
        below = QRectF(0, _BAR_TOP + _BAR + 6, self.width() - 8, 18)
        width = painting.text(painter, self._look, below.adjusted(8, 0, 0, 0), note, tokens.accent_ink, SMALL, SEMIBOLD)
        if self._open:
            waits = self._formats.signed_amount(self._theirs - self._chosen)
            open_words = self.tr("{0} still to decide").format(waits)
            rest = below.adjusted(width + 24, 0, 0, 0)
            painting.text(painter, self._look, rest, open_words, tokens.amber, SMALL, SEMIBOLD, painting.RIGHT)

    def _figures(self) -> dict[str, _Figure]:
        """The figures to show; that of the choices only where it is one of its own."""
        tokens = self._look.tokens
        told = {
            "yours": self._figure(self.tr("Yours"), self._yours, SMALL, tokens.ink),
            "theirs": self._figure(self.tr("Theirs"), self._theirs, SMALL, tokens.ink),
        }
        if self._chosen not in (self._yours, self._theirs):
            told["chosen"] = self._figure(self.tr("With your choices"), self._chosen, SECTION, tokens.accent_ink)
        return told

    def _figure(self, name: str, value: Decimal, size: int, color: str) -> _Figure:
        amount = self._formats.amount(value)
        width = max(self._look.width(name, SMALL), self._look.width(amount, size, SEMIBOLD))
        return _Figure(name, amount, size, color, width + 4)

    def _placed(self, places: dict[str, float]) -> list[tuple[float, _Figure]]:
        """Each figure with its left edge: at its mark, moved aside where two would lie over one another."""
        figures = sorted(self._figures().items(), key=lambda item: places[item[0]])
        lefts: list[float] = []
        free = 0.0
        for key, figure in figures:
            lefts.append(max(places[key] - 4, free))
            free = lefts[-1] + figure.width + _GAP
        end = float(self.width())
        for place in range(len(figures) - 1, -1, -1):
            lefts[place] = min(lefts[place], end - figures[place][1].width)
            end = lefts[place] - _GAP
        return [(left, figure) for left, (_, figure) in zip(lefts, figures, strict=True)]

    def _paint_figure(self, painter: QPainter, left: float, figure: _Figure) -> None:
        look, width = self._look, figure.width
        align = painting.RIGHT if left + width > self.width() - 8 else painting.LEFT
        painting.text(painter, look, QRectF(left, 0, width, 17), figure.name, look.tokens.ink2, SMALL, align=align)
        rect = QRectF(left, 17, width, 22)
        painting.text(painter, look, rect, figure.amount, figure.color, figure.size, SEMIBOLD, align)
