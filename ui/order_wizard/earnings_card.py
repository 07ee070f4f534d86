"""What the order earns back: the online bonus and the way to the next back-margin step, on a green ground."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop_app.services.back_margin_service import MeterView
from ui.back_margin.words import age_words, tier_words, warning_words
from ui.formats import Formats
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, RADIUS_PANEL, SEMIBOLD, SMALL, SUMMARY_WIDTH
from ui.widgets.wrapped_text import wrapped

KEYS = "Alt+M"
_LEFT, _RIGHT, _TOP, _HEAD, _LINE = 36, 12, 9, 22, 18
# The summary is as wide as its tokens say, less its margins.
_WIDTH = SUMMARY_WIDTH - 41 - _LEFT - _RIGHT


class _Line(Struct, frozen=True):
    """One line under the head, and its tone."""

    words: str
    tone: str


class EarningsCard(QAbstractButton):
    """Hidden where the order earns nothing; `clicked` (Alt+M too) asks for the calculation. Painted: figures change
    at every line.
    """

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._title = self._figure = ""
        self._lines: tuple[_Line, ...] = ()
        self._asks = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        shortcut = QShortcut(QKeySequence(KEYS), self)
        shortcut.activated.connect(self.click)
        self.hide()

    def show_earnings(self, bonus: str, views: Sequence[MeterView], now: datetime) -> None:
        """Show the bonus (as text with sign and currency, empty for none) and the nearest step."""
        view = views[0] if views else None
        title, figure = self.tr("Online bonus"), bonus
        lines: list[_Line] = []
        if bonus:
            lines += self._wrapped(self.tr("credited once invoiced"), "ink")
        if view is not None:
            step = tier_words(view, self._formats)
            if bonus:
                lines += self._wrapped(step, "ink", SEMIBOLD)
            else:
                title, figure = self.tr("Back-margin"), ""
                lines += self._wrapped(step, "ink", SEMIBOLD)
            if warning := warning_words(view, self._formats):
                lines += self._wrapped(warning, "amber")
            lines += self._wrapped(age_words(view, self._formats, now), "ink3")
        self._say(title, figure, tuple(lines), asks=view is not None, visible=bool(bonus) or view is not None)

    def sizeHint(self) -> QSize:
        """Head and lines."""
        return QSize(200, _TOP + _HEAD + _LINE * len(self._lines) + _TOP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, name, figure; the lines below."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens, rect = self._look, self._look.tokens, QRectF(self.rect())
        painting.box(painter, rect, RADIUS_PANEL, tokens.green_soft)
        if self.hasFocus():
            painting.box(painter, rect, RADIUS_PANEL, "", tokens.accent, 2)
        look.icons.paint(painter, 12, _TOP + 3, "trend-up", 16, tokens.green)
        figure = look.width(self._figure, BODY, SEMIBOLD)
        right = QRectF(rect.right() - figure - _RIGHT, _TOP, figure + 2, _HEAD)
        painting.text(painter, look, right, self._figure, tokens.green, BODY, SEMIBOLD, painting.RIGHT)
        left = QRectF(_LEFT, _TOP, right.left() - _LEFT - 4, _HEAD)
        painting.text(painter, look, left, self._title, tokens.green, BODY, SEMIBOLD)
        if self._asks:
            place = round(rect.right()) - 22, round(rect.bottom()) - 22
            look.icons.paint(painter, *place, "caret-right", 12, tokens.green)
        line = QRectF(_LEFT, _TOP + _HEAD, rect.width() - _LEFT - 4, _LINE)
        for told in self._lines:
            painting.text(painter, look, line, told.words, tokens.tone(told.tone), SMALL)
            line = line.translated(0, _LINE)
        painter.end()

    def _wrapped(self, words: str, tone: str, weight: int = 400) -> list[_Line]:
        return [_Line(line, tone) for line in wrapped(self._look, words, _WIDTH, SMALL, weight)]

    def _say(self, title: str, figure: str, lines: tuple[_Line, ...], *, asks: bool, visible: bool) -> None:
        if (title, figure, lines, asks) == (self._title, self._figure, self._lines, self._asks):
            self.setVisible(visible)
            return
        taller = len(lines) != len(self._lines)
        self._title, self._figure, self._lines, self._asks = title, figure, lines, asks
        told = " ".join(line.words for line in lines)
        self.setAccessibleName(f"{title}: {figure} {told}" if figure else f"{title}: {told}")
        self.setEnabled(asks)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if asks else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if asks else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self.tr("How it adds up (Alt+M)") if asks else "")
        if taller:
            self.setFixedHeight(self.sizeHint().height())
        self.setVisible(visible)
        self.update()
