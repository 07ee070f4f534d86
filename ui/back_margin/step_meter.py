"""The steps of an agreement as a picture: bars on a true scale, filled as far as the turnover goes."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.agreement import Tier
from desktop_app.domain.money import ZERO
from desktop_app.services.back_margin_service import MeterView
from ui.back_margin.words import spoken
from ui.formats import Formats
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import MEDIUM, SEMIBOLD, SMALL

# At most so many bars: those round the step reached.
SHOWN = 5
_TOP, _BARS, _LABELS, _FLAG = 20, 84, 18, 24
_LOWEST = 14.0
_GAP = 3.0


class _Bar(Struct, frozen=True):
    """One step: from, to (both in euros) and its rate; `ahead` where it is not reached."""

    start: Decimal
    end: Decimal
    percent: Decimal
    ahead: bool


class StepMeter(QWidget):
    """Solid what is counted, hatched what is under way, outlined this order; what is ahead is dashed."""

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._view: MeterView | None = None
        self.setFixedHeight(_TOP + _BARS + _LABELS + _FLAG + 6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_meter(self, view: MeterView) -> None:
        """Show another state."""
        if view != self._view:
            self._view = view
            reached = self._formats.amount(view.reached)
            self.setAccessibleName(f"{spoken(view, self._formats)}, {self.tr('you: {0}').format(reached)}")
            self.update()

    def sizeHint(self) -> QSize:
        """As high as bars, labels and flag."""
        return QSize(280, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, their rates over them, the scale under them, the flag at the turnover."""
        view = self._view
        if view is None or not view.tiers:
            return
        painter = QPainter(self)
        painting.smooth(painter)
        bars = bars_of(view.tiers, view.reached)
        first, last = bars[0].start, bars[-1].end
        scale = self.width() / float(last - first)
        tallest = max(float(bar.percent) for bar in bars) or 1.0
        flag = min(max(float(view.reached - first) * scale, 1.0), self.width() - 1.0)
        free, top = 0.0, float(_TOP + _BARS)
        for bar in bars:
            left = float(bar.start - first) * scale
            right = float(bar.end - first) * scale - (0 if bar is bars[-1] else _GAP)
            height = max(_BARS * float(bar.percent) / tallest, _LOWEST) if bar.percent else 3.0
            rect = QRectF(left, _TOP + _BARS - height, right - left, height)
            self._paint_bar(painter, rect, bar, scale, view)
            free = self._paint_label(painter, left, bar, free, flag)
            if not bar.ahead:
                top = rect.top()
        self._paint_flag(painter, flag, top, view)
        painter.end()

    def _paint_bar(self, painter: QPainter, rect: QRectF, bar: _Bar, scale: float, view: MeterView) -> None:
        tokens = self._look.tokens
        if bar.ahead:
            painting.box(painter, rect, 2, tokens.bar_soft)
            painter.setBrush(QColor("transparent"))
            painter.setPen(painting.pen(tokens.line2, 1, (3, 2)))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        else:
            painting.box(painter, rect, 2, tokens.bar_soft)
        marks = (view.turnover, view.turnover + view.under_way, view.reached)
        ends = [min(max(float(mark - bar.start) * scale, 0.0), rect.width()) for mark in marks]
        counted = QRectF(rect.left(), rect.top(), ends[0], rect.height())
        under_way = QRectF(rect.left() + ends[0], rect.top(), ends[1] - ends[0], rect.height())
        basket = QRectF(rect.left() + ends[1], rect.top(), ends[2] - ends[1], rect.height())
        if counted.width() >= 0.5:
            painting.box(painter, counted, 2, tokens.accent)
        if under_way.width() >= 0.5:
            painter.fillRect(under_way, QColor(tokens.accent_soft))
            painting.hatch(painter, under_way, tokens.accent)
        if basket.width() >= 1:
            painting.box(painter, basket, 1, tokens.surface, tokens.accent, 1.5)
        words = self._formats.percent(bar.percent)
        wide = self._look.width(words, SMALL, SEMIBOLD)
        if wide <= rect.width() + 2 * _GAP and bar.percent:
            over = QRectF(rect.left() - 20, rect.top() - 19, rect.width() + 40, 17)
            tone = tokens.ink2 if bar.ahead else tokens.ink
            painting.text(painter, self._look, over, words, tone, SMALL, SEMIBOLD, painting.CENTER)

    def _paint_label(self, painter: QPainter, left: float, bar: _Bar, free: float, flag: float) -> float:
        """The start of the step, where neither the label before it nor the flag's line is; where the next may begin."""
        words = thousands(bar.start, self._formats)
        width = self._look.width(words, SMALL)
        at = min(max(left - width / 2, 0.0), self.width() - width)
        if at < free or at - 4 < flag < at + width + 4:
            return free
        rect = QRectF(at, _TOP + _BARS + 2, width + 2, _LABELS - 2)
        painting.text(painter, self._look, rect, words, self._look.tokens.ink3, SMALL)
        return at + width + 8

    def _paint_flag(self, painter: QPainter, x: float, bar_top: float, view: MeterView) -> None:
        tokens = self._look.tokens
        words = self.tr("you: {0}").format(self._formats.amount(view.reached))
        words = self._formats.typography(words)
        width = self._look.width(words, SMALL, MEDIUM) + 16
        left = min(max(x - width / 2, 0.0), self.width() - width)
        top = float(_TOP + _BARS + _LABELS)
        painter.fillRect(QRectF(x - 1, bar_top - 2, 2, top - bar_top + 4), QColor(tokens.ink))
        flag = QRectF(left, top, width, _FLAG - 4)
        painting.box(painter, flag, 4, tokens.ink)
        painting.text(painter, self._look, flag, words, tokens.surface, SMALL, MEDIUM, painting.CENTER)


def bars_of(tiers: Sequence[Tier], reached: Decimal) -> tuple[_Bar, ...]:
    """The steps to show: those round the one reached, the last as wide as the one before it, at least one ahead."""
    starts = [*([Tier(ZERO, ZERO)] if tiers[0].turnover_from > 0 else []), *tiers]
    place = max((index for index, tier in enumerate(starts) if tier.turnover_from <= reached), default=0)
    first = min(max(place - SHOWN + 2, 0), max(len(starts) - SHOWN, 0))
    shown = starts[first : first + SHOWN]
    bars = []
    for index, tier in enumerate(shown):
        after = first + index + 1
        if after < len(starts):
            end = starts[after].turnover_from
        else:
            before = starts[after - 2].turnover_from if after >= 2 else ZERO
            end = max(tier.turnover_from + (tier.turnover_from - before or Decimal(1)), reached)
        bars.append(_Bar(tier.turnover_from, end, tier.percent, tier.turnover_from > reached))
    return tuple(bars)


def thousands(value: Decimal, formats: Formats) -> str:
    """`50 k€`, `1,500 k€`, `0`: the scale needs no cents."""
    if value == 0:
        return "0"
    if value < 1000:
        return formats.decimal(value, 0) + ("\u00a0€" if formats.french else " €")
    shown = value / 1000
    text = formats.decimal(shown, 0 if shown == shown.to_integral_value() else 1)
    return f"{text}\u00a0k€" if formats.french else f"€{text}k"
