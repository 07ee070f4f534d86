"""How a search result is drawn: name over reference, price over its age, a letter and a number per wholesaler."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF

from desktop_app.services.views import ProductRow, StockView
from ui.catalogue.results_model import FIRST_STOCK, ResultsModel, stock_of
from ui.formats import Formats, server_text
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import MEDIUM, RESULT_ROW, SEMIBOLD, SMALL
from ui.widgets.grid import Cell, Column, Grid
from ui.widgets.match_text import paint_matches

translate = QCoreApplication.translate

PRICE_WIDTH, STOCK_WIDTH = 98, 76


class ResultsGrid(Grid):
    """The list of results. `aged` words under each price say how old it is."""

    def __init__(self, look: Look, formats: Formats, wholesalers: Sequence[StockView]) -> None:
        columns = [
            Column(0, painting.LEFT, self._paint_product),
            Column(PRICE_WIDTH, painting.RIGHT, self._paint_price),
            *(Column(STOCK_WIDTH, painting.LEFT, self._paint_stock) for _ in wholesalers),
        ]
        super().__init__(look, columns, RESULT_ROW, translate("Results", "Products found"))
        self._formats = formats
        self._age = ""
        self._stale = False

    def set_age(self, words: str, stale: bool) -> None:
        """How old prices and stock are, in words."""
        if (words, stale) != (self._age, self._stale):
            self._age, self._stale = words, stale
            self.viewport().update()

    def _paint_product(self, cell: Cell) -> None:
        row = cell.row
        if not isinstance(row, ProductRow):
            return
        look, (first, second) = self.look, cell.lines()
        chip = _chip(row)
        chip_width = painting.chip_width(look, chip[0]) + 10 if chip else 0.0
        name, rest = split_name(look, server_text(row.name), first.width() - chip_width)
        model = cell.index.model()
        words = model.words() if isinstance(model, ResultsModel) else ()
        width = paint_matches(cell.painter, look, first, name, words)
        if chip:
            fill, color = cell.tokens.tone(chip[1]), cell.tokens.tone(chip[2])
            painting.chip(cell.painter, look, first.left() + width + 10, first.center().y() + 1, chip[0], fill, color)
        parts = [rest, server_text(row.manufacturer_ref or row.sku), server_text(row.family_name)]
        detail = fitting(look, [part for part in parts if part], second.width())
        cell.text(detail, "ink2", SMALL, rect=second)

    def _paint_price(self, cell: Cell) -> None:
        row = cell.row
        if not isinstance(row, ProductRow):
            return
        first, second = cell.lines()
        if row.unit_net is None:
            cell.text(translate("Results", "not carried"), "ink3", SMALL, rect=first)
            return
        cell.text(self._formats.amount(row.unit_net), weight=SEMIBOLD, rect=first)
        cell.text(self._age, "amber" if self._stale else "ink3", SMALL, rect=second)

    def _paint_stock(self, cell: Cell) -> None:
        row, model = cell.row, cell.index.model()
        if not isinstance(row, ProductRow) or not isinstance(model, ResultsModel):
            return
        asked = model.wholesalers[cell.index.column() - FIRST_STOCK]
        view = stock_of(row, asked.wholesaler) or asked
        first, second = cell.lines()
        kind = view.mark(1) if view.listed else "none"
        if kind == "enough" and view.available < FEW:
            kind = "short"
        painting.stock_mark(cell.painter, self.look, first.left() - 2, first.top() - 1, asked.letter, kind)
        place = QRectF(first.left() + 24, first.top(), first.width() - 22, first.height())
        if not view.listed:
            cell.text("\u2013", "ink3", rect=place)
            return
        tone = {"enough": "ink", "short": "amber"}.get(kind, "ink3")
        cell.text(compact(view.available, self._formats), tone, weight=MEDIUM, rect=place)
        if kind == "none":
            words = translate("Results", "no date")
            if view.next_arrival is not None:
                words = translate("Results", "on {0}").format(self._formats.short_day(view.next_arrival))
            cell.text(words, "ink3", SMALL, rect=second.adjusted(-1, 0, 1, 0))


FEW = 7


def compact(value: int, formats: Formats) -> str:
    """A stock figure that always fits its column."""
    return formats.number(value) if value < 10_000 else f"{formats.number(value // 1000)}k"


def split_name(look: Look, name: str, width: float) -> tuple[str, str]:
    """A name in two parts at a space, the first of which fits: names are never cut with an ellipsis."""
    if look.width(name, weight=MEDIUM) <= width:
        return name, ""
    words = name.split(" ")
    taken = 1
    while taken < len(words) and look.width(" ".join(words[: taken + 1]), weight=MEDIUM) <= width:
        taken += 1
    return " ".join(words[:taken]), " ".join(words[taken:])


def fitting(look: Look, parts: Sequence[str], width: float) -> str:
    """As many of `parts` as fit, joined by a dot; the last ones go first."""
    kept = list(parts)
    while len(kept) > 1 and look.width(" · ".join(kept), SMALL) > width:
        kept.pop()
    return " · ".join(kept)


def _chip(row: ProductRow) -> tuple[str, str, str] | None:
    if row.status == "stopped":
        words = translate("Results", "replaced") if row.replaced_by else translate("Results", "stopped")
        return words, "amber_soft", "amber"
    return None
