"""How each column of the lines grid is drawn. Rows come from `OrderLinesModel`; the grid itself is in `lines_grid`."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from desktop_app.services.views import StockView
from ui.formats import Formats, server_text
from ui.models.order_lines_model import OrderLinesModel, Row, RowKind
from ui.order_wizard.problem_words import line_problem
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, PROBLEM_ROW, REGULAR, RESULT_ROW, ROW, SEMIBOLD, SMALL
from ui.widgets.grid import PADDING, Cell, Column
from ui.widgets.wrapped_text import LINE, paint_two_lines, two_lines

NUMBER_WIDTH, SKU_WIDTH, QUANTITY_WIDTH = 40, 152, 78
DISCOUNT_WIDTH, NET_WIDTH, TOTAL_WIDTH = 102, 84, 86
MARK_STEP = painting.MARK + 4
_TWO_LINES = 44


class LineColumns:
    """The painters of the lines grid. `narrow`: reference and discount stand under the name, in one cell."""

    def __init__(self, look: Look, formats: Formats, model: OrderLinesModel, wholesalers: int) -> None:
        self._look = look
        self._formats = formats
        self._model = model
        self._marks: dict[tuple[str, str, float], QPixmap] = {}
        self.narrow = False
        self.name_width = 0
        self.stock_width = max(wholesalers, 1) * MARK_STEP + 10

    def columns(self) -> Sequence[Column]:
        """Number, reference, product, quantity, discount, net, total, stock."""
        right = painting.RIGHT
        return (
            Column(NUMBER_WIDTH, right, self._number),
            Column(SKU_WIDTH, paint=self._sku),
            Column(0, paint=self._name),
            Column(QUANTITY_WIDTH, right, self._quantity),
            Column(DISCOUNT_WIDTH, right, self._discount),
            Column(NET_WIDTH, right, self._medium),
            Column(TOTAL_WIDTH, right, self._strong),
            Column(self.stock_width, right, self._stock),
        )

    def height_of(self, row: Row) -> int:
        """The height a row needs: names that do not fit on one line take two."""
        if row.kind is RowKind.PROBLEM:
            return PROBLEM_ROW
        if row.kind is RowKind.ENTRY:
            return ROW + 4
        name = server_text(self._model.view(row.key).name)
        weight = MEDIUM if self.narrow else REGULAR
        long = self.name_width and two_lines(self._look, name, self.name_width - 2 * PADDING, BODY, weight)[1]
        if self.narrow:
            return RESULT_ROW + LINE if long else RESULT_ROW
        sku = self._model.view(row.key).sku
        return _TWO_LINES if long or two_lines(self._look, sku, SKU_WIDTH - 2 * PADDING)[1] else ROW

    def _number(self, cell: Cell) -> None:
        row = _row(cell)
        if row.kind is RowKind.PROBLEM:
            self._problem(cell, row)
        else:
            entry = row.kind is RowKind.ENTRY
            tone, weight = ("accent_ink", SEMIBOLD) if entry else ("ink3", REGULAR)
            cell.text(cell.words, tone, SMALL if not entry else BODY, weight)

    def _sku(self, cell: Cell) -> None:
        row = _row(cell)
        if row.kind is not RowKind.LINE:
            return
        if not self.narrow:
            paint_two_lines(cell.painter, cell.look, cell.rect, cell.words, cell.tokens.ink)
            return
        rect, name = cell.rect, server_text(self._model.view(row.key).name) or cell.words
        lower = QRectF(rect.left(), rect.bottom() - 24, rect.width(), 18)
        upper = QRectF(rect.left(), rect.top() + 4, rect.width(), lower.top() - rect.top() - 4)
        paint_two_lines(cell.painter, cell.look, upper, name, cell.tokens.ink, BODY, MEDIUM)
        width = cell.text(cell.words, "ink2", SMALL, rect=lower)
        discount = self._model.discount(row.key)
        if discount.text:
            tone = "accent_ink" if discount.token else "ink3"
            cell.text(f"· {discount.text}", tone, SMALL, rect=lower.adjusted(width + 6, 0, 0, 0))

    def _name(self, cell: Cell) -> None:
        if _row(cell).kind is RowKind.LINE:
            paint_two_lines(cell.painter, cell.look, cell.rect, cell.words, cell.tokens.ink)

    def _medium(self, cell: Cell) -> None:
        cell.text(cell.words, weight=MEDIUM)

    def _strong(self, cell: Cell) -> None:
        cell.text(cell.words, weight=SEMIBOLD)

    def _quantity(self, cell: Cell) -> None:
        row = _row(cell)
        if row.kind is RowKind.ENTRY:
            cell.text("1", "ink3")
            return
        view = self._model.view(row.key)
        rounded = view.asked is not None and view.asked != view.quantity
        width = cell.text(cell.words, "amber" if rounded else "ink", weight=SEMIBOLD)
        if rounded and view.asked is not None:
            asked = self._formats.number(view.asked)
            rect = cell.rect.adjusted(0, 0, -width - 8, 0)
            struck = cell.text(asked, "ink3", rect=rect)
            middle = rect.center().y() + 1
            cell.painter.setPen(painting.pen(cell.tokens.ink3))
            cell.painter.drawLine(round(rect.right() - struck), round(middle), round(rect.right()), round(middle))

    def _discount(self, cell: Cell) -> None:
        row = _row(cell)
        if row.kind is RowKind.ENTRY:
            words = QCoreApplication.translate("LineColumns", "the first match is already chosen")
            cell.text(words, "ink3", SMALL, align=painting.LEFT)
            return
        discount = self._model.discount(row.key)
        if not discount.token:
            cell.text(discount.text, "ink2")
            return
        width = painting.chip_width(self._look, discount.text)
        x, middle = cell.rect.right() - width, cell.rect.center().y()
        painting.chip(
            cell.painter, self._look, x, middle, discount.text, cell.tokens.accent_soft, cell.tokens.accent_ink
        )

    def _stock(self, cell: Cell) -> None:
        row = _row(cell)
        if row.kind is not RowKind.LINE:
            return
        view = self._model.view(row.key)
        x = cell.rect.right() - len(view.stock) * MARK_STEP + 4
        paint_marks(cell.painter, self._look, x, cell.rect.center().y(), view.stock, view.quantity, self._marks)

    def _problem(self, cell: Cell, row: Row) -> None:
        """Triangle, headline, detail over the whole row; the buttons are real widgets put over its right end."""
        if row.problem is None:
            return
        words = line_problem(row.problem, self._model.view(row.key), self._formats)
        rect = cell.rect.adjusted(NUMBER_WIDTH - 4, 0, 0, 0)
        square = QRectF(rect.left(), rect.center().y() - 8, 16, 16)
        painting.state(cell.painter, square, "stop" if row.problem.blocking else "look", cell.tokens)
        rect.setLeft(square.right() + 8)
        tone = "red" if row.problem.blocking else "amber"
        width = cell.text(words.headline, tone, weight=SEMIBOLD, rect=rect, align=painting.LEFT)
        rect.setLeft(rect.left() + width + 8)
        cell.text(words.detail, "ink", rect=rect, align=painting.LEFT)


def paint_marks(
    painter: QPainter,
    look: Look,
    x: float,
    middle: float,
    stock: Sequence[StockView],
    wanted: int,
    cache: dict[tuple[str, str, float], QPixmap],
) -> None:
    """The wholesalers' letters from `x`, drawn once per letter and state and then copied from `cache`."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    for place, view in enumerate(stock):
        key = (view.letter, view.mark(wanted) if view.listed else "none", ratio)
        pixmap = cache.get(key)
        if pixmap is None:
            pixmap = cache[key] = _mark(look, *key)
        painter.drawPixmap(round(x + place * MARK_STEP), round(middle - painting.MARK / 2), pixmap)


def _mark(look: Look, letter: str, kind: str, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(painting.MARK * ratio), round(painting.MARK * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painting.stock_mark(painter, look, 0, 0, letter, kind)
    painter.end()
    return pixmap


def _row(cell: Cell) -> Row:
    if not isinstance(cell.row, Row):
        raise TypeError("the lines grid shows an OrderLinesModel")
    return cell.row
