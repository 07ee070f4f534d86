"""One wholesaler's carriage in the summary: its letter, what it costs, how far it is to free carriage."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.services.views import CarriageView
from ui.formats import Formats
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, SMALL, SUMMARY_WIDTH

_LINE, _METER = 28, 20
# The summary is as wide as its tokens say, less its margins.
_WIDTH = SUMMARY_WIDTH - 41


class CarriageRow(QWidget):
    """Painted, so that a new figure costs one repaint. Two lines while free carriage is ahead."""

    def __init__(self, look: Look, formats: Formats, view: CarriageView) -> None:
        super().__init__()
        self._look = look
        self._formats = formats
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._view = view
        self.show_view(view)

    def show_view(self, view: CarriageView) -> None:
        """Show another state of the same wholesaler."""
        self._view = view
        words = (view.name, self._formats.amount(view.carriage), self._reached() or self._missing())
        self.setAccessibleName(", ".join(part for part in words if part))
        self.setFixedHeight(self._height())
        self.update()

    def sizeHint(self) -> QSize:
        """One or two lines."""
        return QSize(200, self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Letter, name, free-carriage words or bar, figure; a long name has the first line to itself."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens, view = self._look, self._look.tokens, self._view
        painting.stock_mark(painter, look, 0, 4, view.letter, "enough")
        figure = self._formats.amount(view.carriage)
        width = look.width(figure, BODY, MEDIUM)
        low = self._height() - _LINE if self._long_name() else 0
        right = QRectF(self.width() - width - 2, low, width + 2, _LINE)
        painting.text(painter, look, right, figure, tokens.ink, BODY, MEDIUM, painting.RIGHT)
        end = self.width() if low else right.left() - 8
        drawn = painting.text(painter, look, QRectF(26, 0, end - 26, _LINE), view.name, tokens.ink)
        if self._reached():
            self._paint_reached(painter, QPointF(26, 22) if self._stacked() else QPointF(26 + drawn + 10, 4))
        elif self._missing():
            self._paint_meter(painter)
        painter.end()

    def _paint_reached(self, painter: QPainter, place: QPointF) -> None:
        """A check and words, beside the name or, where it is long, under it."""
        look, tokens = self._look, self._look.tokens
        look.icons.paint(painter, round(place.x()), round(place.y()) + 4, "check-bold", 12, tokens.green)
        rect = QRectF(place.x() + 16, place.y(), self.width() - place.x() - 16, 20)
        painting.text(painter, look, rect, self._reached(), tokens.green, SMALL)

    def _paint_meter(self, painter: QPainter) -> None:
        tokens, view = self._look.tokens, self._view
        bar = QRectF(26, _LINE - 1, self.width() - 26, 5)
        painting.box(painter, bar, 2.5, tokens.bar_soft)
        if view.free_from:
            share = min(float(view.goods / view.free_from), 1.0)
            painting.box(painter, QRectF(bar.left(), bar.top(), max(bar.width() * share, 4), 5), 2.5, tokens.accent)
        words = QRectF(26, _LINE + 3, self.width() - 26, _METER)
        painting.text(painter, self._look, words, self._missing(), tokens.ink2, SMALL)

    def _figure_width(self) -> float:
        return self._look.width(self._formats.amount(self._view.carriage), BODY, MEDIUM)

    def _long_name(self) -> bool:
        """True where name and figure do not fit on one line."""
        return 26 + self._look.width(self._view.name) + 10 + self._figure_width() > _WIDTH

    def _stacked(self) -> bool:
        """True where name, words and figure do not fit on one line."""
        look, name = self._look, self._look.width(self._view.name)
        needed = 26 + name + 10 + 16 + look.width(self._reached(), SMALL) + 12 + self._figure_width()
        return bool(self._reached()) and needed > _WIDTH

    def _reached(self) -> str:
        if self._view.missing == 0:
            return self.tr("free but for express") if self._view.carriage else self.tr("carriage free")
        return ""

    def _missing(self) -> str:
        missing = self._view.missing
        if missing is None or missing == 0:
            return ""
        return self._formats.typography(self.tr("{0} more for free carriage").format(self._formats.amount(missing)))

    def _height(self) -> int:
        if self._missing():
            return _LINE + _METER + 4
        return _LINE + 18 if self._stacked() or self._long_name() else _LINE
