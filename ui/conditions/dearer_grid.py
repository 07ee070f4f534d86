"""What becomes dearer, as a table: product, list price and my net now and then, from which day, by how much."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QResizeEvent

from desktop_app.services.condition_views import DearerPage, DearerRow
from ui.catalogue.results_grid import fitting, split_name
from ui.formats import Formats, server_text
from ui.models.rows_model import RowsModel
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import MEDIUM, RESULT_ROW, SEMIBOLD, SMALL
from ui.widgets.grid import Cell, Column, Grid
from ui.widgets.match_text import paint_matches

translate = QCoreApplication.translate

PRODUCT, WHERE, LIST, NET, CHANGE, DAY = range(6)
# Below this width wholesaler and list price are left to the panel.
_NARROW = 560


class DearerModel(RowsModel[DearerRow]):
    """All that rises, biggest rise first; typed words narrow it by product, number and reason."""

    def __init__(self, formats: Formats, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats, self._today = formats, today
        self._all: tuple[DearerRow, ...] = ()
        self._words: tuple[str, ...] = ()
        self.letters: dict[str, str] = {}
        self._headers = (
            self.tr("Product"),
            self.tr("Where"),
            self.tr("List price"),
            self.tr("My net price"),
            self.tr("Rise"),
            self.tr("From"),
        )

    def load(self, rows: Sequence[DearerRow], letters: dict[str, str]) -> None:
        """Show these; what was typed still narrows them."""
        self._all, self.letters = tuple(rows), letters
        self._filter()

    def set_text(self, text: str) -> None:
        """Only what has each of the typed words."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self._filter()

    @property
    def words(self) -> tuple[str, ...]:
        """The typed words, for underlining."""
        return self._words

    def today(self) -> date:
        """The day dates are told against."""
        return self._today()

    def place_of(self, row: DearerRow) -> int:
        """Where the same product at the same wholesaler stands now, -1 where it does not."""
        same = (place for place, one in enumerate(self._rows) if (one.sku, one.wholesaler) == (row.sku, row.wholesaler))
        return next(same, -1)

    def rows(self) -> tuple[DearerRow, ...]:
        """Those that the typed words leave."""
        return tuple(self._rows)

    def _filter(self) -> None:
        def text(row: DearerRow) -> str:
            return f"{row.name} {row.sku} {row.label} {row.wholesaler_name}".casefold()

        self._replace_rows([row for row in self._all if all(word in text(row) for word in self._words)])

    def _display_data(self, row: DearerRow, column: int) -> str:
        formats = self._formats
        match column:
            case 0:
                return f"{server_text(row.name)} ({row.sku}), {reason_words(row)}"
            case 1:
                return server_text(row.wholesaler_name or row.wholesaler)
            case 2:
                return now_then(row.list_now, row.list_then, formats)
            case 3:
                return now_then(row.net_now, row.net_then, formats)
            case 4:
                return formats.change(rise(row))
            case _:
                return formats.figures_day(row.day)

    def _tip(self, row: DearerRow, column: int) -> str | None:
        return server_text(row.name) if column == PRODUCT else None


class DearerGrid(Grid):
    """Two lines a row: what it is today, over what it will be."""

    def __init__(self, look: Look, formats: Formats, name: str) -> None:
        self._formats = formats
        right = painting.RIGHT
        columns = (
            Column(0, paint=self._product),
            Column(54, paint=self._where),
            Column(96, right, self._list),
            Column(102, right, self._net),
            Column(72, right, self._rise),
            Column(112, paint=self._day),
        )
        super().__init__(look, columns, RESULT_ROW, name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where width lacks, what the panel tells too gives way: the product has to be known."""
        super().resizeEvent(event)
        narrow = self.viewport().width() < _NARROW
        for column in (WHERE, LIST):
            if self.isColumnHidden(column) != narrow:
                self.setColumnHidden(column, narrow)

    def _product(self, cell: Cell) -> None:
        row, model = cell.row, cell.index.model()
        if not isinstance(row, DearerRow) or not isinstance(model, DearerModel):
            return
        first, second = cell.lines()
        name, rest = split_name(cell.look, server_text(row.name), first.width())
        paint_matches(cell.painter, cell.look, first, name, model.words)
        reason = server_text(row.label) or reason_words(row)
        # Which product it is comes before why: the panel tells the reason too.
        below = [part for part in (_whole_words(cell.look, rest, second.width()), reason) if part]
        cell.text(fitting(cell.look, below, second.width()), "ink3", SMALL, rect=second)

    def _where(self, cell: Cell) -> None:
        row, model = cell.row, cell.index.model()
        if isinstance(row, DearerRow) and isinstance(model, DearerModel):
            letter = model.letters.get(row.wholesaler, row.wholesaler[:2])
            x, y = cell.rect.left(), cell.lines()[0].top() - 1
            painting.stock_mark(cell.painter, cell.look, x, y, letter, "enough")

    def _list(self, cell: Cell) -> None:
        if isinstance(cell.row, DearerRow):
            self._pair(cell, cell.row.list_now, cell.row.list_then, MEDIUM)

    def _net(self, cell: Cell) -> None:
        if isinstance(cell.row, DearerRow):
            self._pair(cell, cell.row.net_now, cell.row.net_then, SEMIBOLD)

    def _pair(self, cell: Cell, now: Decimal, then: Decimal, weight: int) -> None:
        first, second = cell.lines()
        words = f"{self._formats.amount(now)} →" if now != then else translate("Dearer", "unchanged")
        cell.text(words, "ink3", SMALL, rect=first)
        cell.text(self._formats.amount(then), weight=weight, rect=second)

    def _rise(self, cell: Cell) -> None:
        cell.text(cell.words, "amber", weight=SEMIBOLD, rect=cell.lines()[1])

    def _day(self, cell: Cell) -> None:
        row, model = cell.row, cell.index.model()
        if not isinstance(row, DearerRow) or not isinstance(model, DearerModel):
            return
        first, second = cell.lines()
        cell.text(left_words(row.day, model.today(), self._formats), "ink3", SMALL, rect=first)
        cell.text(cell.words, weight=MEDIUM, rect=second)


def _whole_words(look: Look, words: str, width: float) -> str:
    """As many words as have room, at least the first."""
    parts = words.split()
    while len(parts) > 1 and look.width(" ".join(parts), SMALL) > width:
        parts.pop()
    return " ".join(parts)


def rise(row: DearerRow) -> Decimal:
    """By how many per cent my net price rises; the list price's where the net was nothing."""
    base, then = (row.net_now, row.net_then) if row.net_now else (row.list_now, row.list_then)
    return (then - base) * 100 / base if base else Decimal(100)


def reason_words(row: DearerRow) -> str:
    """Why it rises."""
    label = server_text(row.label)
    words = {
        "list-price": translate("Dearer", "new list price"),
        "condition-ends": translate("Dearer", "a discount ends"),
        "condition-starts": translate("Dearer", "a condition begins"),
    }.get(row.reason, row.reason)
    return translate("Dearer", "{0}: {1}").format(words, label) if label else words


def left_words(day: date, today: date, formats: Formats) -> str:
    """How long there is until a day: `tomorrow`, `in 6 days`."""
    days = (day - today).days
    if days <= 0:
        return translate("Dearer", "now")
    if days == 1:
        return translate("Dearer", "tomorrow")
    return translate("Dearer", "in {0} days").format(formats.number(days))


def bounds_words(page: DearerPage, formats: Formats) -> str:
    """What the list leaves out: rises beyond those shown, products that were not looked at. Empty where nothing."""
    parts = []
    if page.found > len(page.rows):
        shown, found = formats.number(len(page.rows)), formats.number(page.found)
        words = translate("Dearer", "Shown are the {0} biggest rises out of {1}; the search looks among them.")
        parts.append(words.format(shown, found))
    if not page.complete:
        words = translate("Dearer", "{0} products were looked at; more are touched, and some of them may rise too.")
        parts.append(words.format(formats.number(page.looked_at)))
    return " ".join(parts)


def now_then(now: Decimal, then: Decimal, formats: Formats) -> str:
    """`148,37 → 154,30`, with currency."""
    return f"{formats.amount(now)} → {formats.amount(then)}"
