"""Everything that will be sent, wholesaler by wholesaler, in one table to read."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent

from ui.models.sub_orders_model import NAME, SKU, Part, SubOrdersModel
from ui.order_wizard.part_words import carriage_words, delay_words, size_words
from ui.page import UiContext
from ui.theme import painting
from ui.theme.tokens import BODY, MEDIUM, SEMIBOLD, SMALL, SMALL_ROW
from ui.widgets.grid import PADDING, Cell, Column, Grid, medium
from ui.widgets.wrapped_text import paint_two_lines, two_lines

_TITLE_ROW, _TWO_LINES = 44, 42
# Sums up to five figures leave the words of the carriage above one another.
_SUM_WIDTH = 84


class ReviewGrid(Grid):
    """Title rows carry the wholesaler, when it delivers, its carriage and its goods."""

    def __init__(self, context: UiContext) -> None:
        self._formats = context.formats
        columns = (
            Column(72, painting.RIGHT, self._quantity),
            Column(150, paint=_two_lines("ink2")),
            Column(0, paint=_two_lines("ink")),
            Column(100, painting.RIGHT, medium),
            Column(104, painting.RIGHT, _strong),
        )
        super().__init__(context.look, columns, SMALL_ROW, self.tr("What will be sent"))
        self.parts = SubOrdersModel(context.formats, titled=True, parent=self)
        self.setModel(self.parts)
        self.parts.modelReset.connect(self._arrange)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show what each wholesaler gets."""
        self.parts.load(parts)

    def _arrange(self) -> None:
        """Heights and wide cells of the titles; names that need two lines get them."""
        self.clearSpans()
        for place in range(self.parts.rowCount()):
            line = self.parts.line(place)
            if line is None:
                self.setSpan(place, 0, 1, self.parts.columnCount())
            self.verticalHeader().resizeSection(place, _TITLE_ROW if line is None else self._line_height(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other heights."""
        before = self.columnWidth(NAME)
        super().resizeEvent(event)
        if self.columnWidth(NAME) != before:
            self._arrange()

    def _line_height(self, place: int) -> int:
        for column in (SKU, NAME):
            words = str(self.parts.index(place, column).data())
            if two_lines(self.look, words, self.columnWidth(column) - 2 * PADDING)[1]:
                return _TWO_LINES
        return self.row_height

    def _quantity(self, cell: Cell) -> None:
        if not isinstance(cell.row, Part):
            cell.text(cell.words, weight=SEMIBOLD)
            return
        part, formats, left = cell.row, self._formats, painting.LEFT
        rect = cell.rect
        painting.stock_mark(cell.painter, cell.look, rect.left(), rect.center().y() - 10, part.letter, "enough")
        rest = rect.adjusted(30, 0, 0, 0)
        width = cell.text(part.name, weight=SEMIBOLD, rect=rest, align=left)
        goods = formats.amount(part.goods)
        goods_width = max(cell.look.width(goods, BODY, SEMIBOLD), _SUM_WIDTH)
        cell.text(goods, weight=SEMIBOLD)
        words, free = carriage_words(part.carriage, formats)
        facts = " · ".join(text for text in (size_words(part, formats), delay_words(part)) if text)
        right = rest.adjusted(width + 12, 0, -goods_width - 16, 0)
        carriage_width = cell.look.width(words, SMALL)
        cell.text(words, "green" if free else "ink2", SMALL, rect=right)
        cell.text(facts, "ink2", SMALL, rect=right.adjusted(0, 0, -carriage_width - 12, 0), align=left)


def _two_lines(tone: str) -> Callable[[Cell], None]:
    """A painter of words that may need two lines."""

    def paint(cell: Cell) -> None:
        paint_two_lines(cell.painter, cell.look, cell.rect, cell.words, cell.tokens.tone(tone))

    return paint


def _strong(cell: Cell) -> None:
    cell.text(cell.words, weight=MEDIUM)
