"""The results under the open cell: a window without focus, painted whole, moved through by the cell's own keys.

`Qt.ToolTip` and not `Qt.Popup`, which would take the keys away from the cell.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app.services.views import ProductRow, SearchPage
from ui.formats import Formats, server_text
from ui.order_wizard.lines_columns import MARK_STEP, paint_marks
from ui.theme import painting
from ui.theme.keys import key_labels
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, RADIUS_CONTROL, RADIUS_PANEL, RESULT_ROW, ROW, SEMIBOLD, SMALL
from ui.widgets.match_text import paint_matches

VISIBLE_ROWS = 7
_SHADOW = 12
_PAD = 4
_FOOT = 40
_WIDTH = 568


class SearchPopup(QWidget):
    """Shows a page of results with one row chosen. `taken` carries the sku of a row that was clicked."""

    taken = Signal(str)

    def __init__(self, look: Look, formats: Formats, practice: bool, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._look = look
        self._formats = formats
        self._practice = practice
        self._rows: tuple[ProductRow, ...] = ()
        self._words: tuple[str, ...] = ()
        self._total = 0
        self._capped = False
        self._text = ""
        self._chosen = 0
        self._first = 0
        self._row = ROW
        self._marks: dict[tuple[str, str, float], QPixmap] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_page(self, page: SearchPage, cell: QRect, width: int, within: QRect) -> None:
        """Show results under the open cell, or over it where there is more room within the window; first row chosen.

        `cell` and `within` are in global pixels, `width` is the most that may be taken.
        """
        self._rows, self._text = page.rows, page.text
        self._total, self._capped = page.total, page.capped
        self._words = tuple(page.text.split())
        self._chosen = self._first = 0
        needed = self._needed_width()
        self._row = RESULT_ROW if needed > width else ROW
        width = min(max(_WIDTH, needed), width)
        shown = max(min(len(self._rows), VISIBLE_ROWS), 1)
        height = shown * self._row + 2 * _PAD + _FOOT
        top = cell.bottom() + 5
        if top + height > within.bottom() and cell.top() - within.top() > within.bottom() - cell.bottom():
            top = cell.top() - 4 - height
        self.setGeometry(cell.left() - _SHADOW, top - _SHADOW, width + 2 * _SHADOW, height + 2 * _SHADOW)
        self.show()
        self.update()

    def _needed_width(self) -> int:
        """Names are shown whole where there is room."""
        names = max((self._look.width(server_text(row.name), BODY, MEDIUM) for row in self._rows), default=0.0)
        marks = max((len(row.stock) for row in self._rows), default=0) * MARK_STEP
        return round(names + marks + max((self._look.width(row.sku) for row in self._rows), default=0.0)) + 190

    def move_choice(self, step: int) -> None:
        """Choose another row; the list follows."""
        if not self._rows:
            return
        self._chosen = min(max(self._chosen + step, 0), len(self._rows) - 1)
        self._first = min(max(self._first, self._chosen - VISIBLE_ROWS + 1), self._chosen)
        self.update()

    def chosen(self) -> ProductRow | None:
        """The row that Return takes."""
        return self._rows[self._chosen] if self._rows and self.isVisible() else None

    def choice_words(self) -> str:
        """The chosen row in words, for screen readers."""
        row = self.chosen()
        if row is None:
            return self.tr("No product found")
        price = self._formats.unit_price(row.unit_net) if row.unit_net is not None else self.tr("no price")
        return f"{row.sku}, {server_text(row.name)}, {price}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes the row under it."""
        place = int((event.position().y() - _SHADOW - _PAD) // self._row) + self._first
        if 0 <= place < len(self._rows) and place < self._first + VISIBLE_ROWS:
            self.taken.emit(self._rows[place].sku)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow of faint rings, white panel, rows, foot with keys."""
        painter = QPainter(self)
        painting.smooth(painter)
        frame = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        self._paint_shadow(painter, frame)
        tokens = self._look.tokens
        border = tokens.violet if self._practice else tokens.line2
        painting.box(painter, frame, RADIUS_PANEL, tokens.surface, border, 2 if self._practice else 1)
        inner = frame.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        if not self._rows:
            words = self.tr("No product matches “{0}”").format(self._text)
            painting.text(
                painter, self._look, QRectF(inner.left() + 12, inner.top(), inner.width() - 24, ROW), words, tokens.ink2
            )
        for place in range(self._first, min(self._first + VISIBLE_ROWS, len(self._rows))):
            top = inner.top() + (place - self._first) * self._row
            rect = QRectF(inner.left(), top, inner.width(), self._row)
            self._paint_row(painter, rect, self._rows[place], place == self._chosen)
        self._paint_foot(painter, QRectF(inner.left(), frame.bottom() - _FOOT, inner.width(), _FOOT))
        painter.end()

    def _paint_shadow(self, painter: QPainter, frame: QRectF) -> None:
        color = QColor("#16202A" if not self._look.dark else "#000000")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ring in range(_SHADOW):
            color.setAlphaF(0.075 * (1 - ring / _SHADOW) ** 2)
            painter.setPen(color)
            painter.drawRoundedRect(
                frame.adjusted(-ring, -ring + 2, ring, ring), RADIUS_PANEL + ring, RADIUS_PANEL + ring
            )

    def _paint_row(self, painter: QPainter, rect: QRectF, row: ProductRow, chosen: bool) -> None:
        look, tokens = self._look, self._look.tokens
        if chosen:
            painting.box(painter, rect, RADIUS_CONTROL, tokens.selected)
            painting.box(painter, QRectF(rect.left(), rect.top() + 2, 3, rect.height() - 4), 1.5, tokens.accent)
        marks = len(row.stock) * MARK_STEP
        x = rect.right() - marks - 6
        paint_marks(painter, look, x, rect.center().y(), row.stock, 1, self._marks)
        price = self._formats.unit(row.unit_net) if row.unit_net is not None else "–"
        price_rect = QRectF(x - 108, rect.top(), 96, rect.height())
        painting.text(painter, look, price_rect, price, tokens.ink, BODY, SEMIBOLD, painting.RIGHT)
        if self._row == RESULT_ROW:
            self._paint_stacked(
                painter, QRectF(rect.left() + 12, rect.top() + 6, price_rect.left() - rect.left() - 20, 19), row
            )
            return
        sku_width = self._sku_width()
        sku = QRectF(rect.left() + 12, rect.top(), sku_width, rect.height())
        painting.text(painter, look, sku, row.sku, tokens.ink2)
        name = QRectF(sku.right() + 12, rect.top(), price_rect.left() - sku.right() - 20, rect.height())
        paint_matches(painter, look, name, server_text(row.name), self._words, BODY, MEDIUM)

    def _paint_stacked(self, painter: QPainter, upper: QRectF, row: ProductRow) -> None:
        """Where names are long and room is short: the reference under the name."""
        paint_matches(painter, self._look, upper, server_text(row.name), self._words, BODY, MEDIUM)
        painting.text(painter, self._look, upper.translated(0, 18), row.sku, self._look.tokens.ink2, SMALL)

    def _sku_width(self) -> float:
        shown = self._rows[self._first : self._first + VISIBLE_ROWS]
        widest = max((self._look.width(row.sku) for row in shown), default=0.0)
        return min(max(widest + 2, 84.0), 170.0)

    def _paint_foot(self, painter: QPainter, rect: QRectF) -> None:
        look, tokens = self._look, self._look.tokens
        painter.setPen(painting.pen(tokens.line))
        painter.drawLine(round(rect.left() - _PAD), round(rect.top()), round(rect.right() + _PAD), round(rect.top()))
        x, middle = rect.left() + 8, rect.center().y()
        for keys, words in self._hints():
            painting.caps(painter, look, x, middle, keys)
            x += painting.caps_width(look, keys) + 6
            width = look.width(words, SMALL)
            painting.text(painter, look, QRectF(x, rect.top(), width + 2, rect.height()), words, tokens.ink2, SMALL)
            x += width + 18
        count = self._count_words()
        width = look.width(count, SMALL)
        if x + width < rect.right() - 8:
            place = QRectF(rect.right() - width - 10, rect.top(), width + 2, rect.height())
            painting.text(painter, look, place, count, tokens.ink3, SMALL, align=painting.RIGHT)

    def _hints(self) -> Sequence[tuple[tuple[str, ...], str]]:
        if not self._rows:
            return ((key_labels("Esc"), self.tr("empty the cell")),)
        return (
            ((*key_labels("Up"), *key_labels("Down")), self.tr("choose")),
            (key_labels("Return"), self.tr("take")),
            (key_labels("F4"), self.tr("details")),
        )

    def _count_words(self) -> str:
        if not self._rows:
            return ""
        shown, total = self._formats.number(min(len(self._rows), VISIBLE_ROWS)), self._formats.number(self._total)
        more = "+" if self._capped else ""
        return self.tr("{0} of {1}").format(shown, f"{total}{more}")
