"""Search results as a table: product, my price, one column per wholesaler. Further rows come on scroll."""

import re
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QObject

from desktop_app.services.views import ProductRow, SearchPage, StockView
from ui.formats import Formats, server_text
from ui.models.rows_model import Index, RowsModel

PRODUCT, PRICE, FIRST_STOCK = range(3)
PAGE = 50

_WORDS = re.compile(r"\w{2,}")


class ResultsQuery(Struct, frozen=True):
    """What is asked of the catalogue."""

    text: str = ""
    family: str = ""
    brand: str = ""
    in_stock: bool = False


class ResultsModel(RowsModel[ProductRow]):
    """The rows of one query. `search` gives a page from an offset on."""

    def __init__(
        self,
        search: Callable[[ResultsQuery, int], SearchPage],
        wholesalers: tuple[StockView, ...],
        formats: Formats,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._formats = formats
        self.wholesalers = wholesalers
        self.query = ResultsQuery()
        self.total = 0
        self.capped = self.corrected = False
        self.read_at: datetime | None = None
        self._headers = (self.tr("Product"), self.tr("My net price"), *(short_name(view) for view in wholesalers))

    def load(self, query: ResultsQuery) -> None:
        """Replace all rows by the first page of `query`."""
        page = self._search(query, 0)
        self.beginResetModel()
        self.query = query
        self._rows = list(page.rows)
        self.total, self.capped, self.corrected = page.total, page.capped, page.corrected
        self.endResetModel()

    def words(self) -> tuple[str, ...]:
        """The typed words, for underlining."""
        return tuple(self.query.text.split())

    def canFetchMore(self, parent: Index) -> bool:
        """True while the query has rows that were not read."""
        return not parent.isValid() and len(self._rows) < self.total

    def fetchMore(self, parent: Index) -> None:
        """Read the next page."""
        if parent.isValid():
            return
        page = self._search(self.query, len(self._rows))
        if not page.rows:
            self.total = len(self._rows)
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
        self._rows.extend(page.rows)
        self.endInsertRows()

    def _display_data(self, row: ProductRow, column: int) -> str:
        if column == PRODUCT:
            return server_text(row.name)
        if column == PRICE:
            return self._formats.amount(row.unit_net) if row.unit_net is not None else self.tr("not carried")
        view = stock_of(row, self.wholesalers[column - FIRST_STOCK].wholesaler)
        return self._formats.number(view.available) if view is not None and view.listed else "0"

    def _tip(self, row: ProductRow, column: int) -> str | None:
        return server_text(row.name) if column == PRODUCT else None


def stock_of(row: ProductRow, wholesaler: str) -> StockView | None:
    """A row's stock with one wholesaler."""
    return next((view for view in row.stock if view.wholesaler == wholesaler), None)


def short_name(view: StockView) -> str:
    """The one word of a wholesaler's name that its letter stands for (`Nord` of `Nord Informatique Distribution`)."""
    words = _WORDS.findall(server_text(view.name or view.wholesaler))
    first = next((word for word in words if word[:1].upper() == view.letter[:1]), words[0] if words else view.letter)
    return first[:12]
