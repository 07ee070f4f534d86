"""Everything that will be sent, wholesaler by wholesaler, in one table to read."""

from collections.abc import Sequence

from ui.models.sub_orders_model import COLUMNS, Part, SubOrdersModel
from ui.order_wizard.part_words import carriage_words, delay_words, size_words
from ui.page import UiContext
from ui.theme import painting
from ui.theme.tokens import BODY, MEDIUM, SEMIBOLD, SMALL, SMALL_ROW
from ui.widgets.grid import Cell, Column, Grid, medium, quiet

_TITLE_ROW = 44


class ReviewGrid(Grid):
    """Title rows carry the wholesaler, when it delivers, its carriage and its goods."""

    def __init__(self, context: UiContext) -> None:
        self._formats = context.formats
        columns = (
            Column(72, painting.RIGHT, self._quantity),
            Column(150, paint=quiet),
            Column(0),
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
        self.clearSpans()
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        for place in self.parts.title_rows():
            self.setSpan(place, 0, 1, COLUMNS)
            self.verticalHeader().resizeSection(place, _TITLE_ROW)

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
        goods_width = cell.look.width(goods, BODY, SEMIBOLD)
        cell.text(goods, weight=SEMIBOLD)
        words, free = carriage_words(part.carriage, formats)
        facts = " · ".join(text for text in (size_words(part, formats), delay_words(part)) if text)
        right = rest.adjusted(width + 12, 0, -goods_width - 16, 0)
        carriage_width = cell.look.width(words, SMALL)
        cell.text(words, "green" if free else "ink2", SMALL, rect=right)
        cell.text(facts, "ink2", SMALL, rect=right.adjusted(0, 0, -carriage_width - 12, 0), align=left)


def _strong(cell: Cell) -> None:
    cell.text(cell.words, weight=MEDIUM)
