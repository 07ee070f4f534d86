"""The conditions of one query as a table. Only the pages in sight are read: a hundred thousand rows cost no more."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QObject

from desktop_app.services.condition_views import ConditionPage, ConditionQuery, ConditionRow
from ui.conditions.condition_words import date_lines, from_words, on_words, quota_words, what_words
from ui.formats import Formats, server_text
from ui.models.rows_model import Index, RowsModel

WHAT, ON, FROM, WHERE, DATES, DOCUMENT, QUOTA = range(7)
PAGE = 200
_KEPT = 12

PageReader = Callable[[ConditionQuery, int], ConditionPage]


class ConditionsModel(RowsModel[ConditionRow]):
    """As many rows as the query has; `read` gives the page of `PAGE` rows that begins at an offset.

    `marks` maps a wholesaler's code to its letter.
    """

    def __init__(
        self,
        read: PageReader,
        marks: Callable[[], dict[str, str]],
        today: Callable[[], date],
        formats: Formats,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._marks, self._today, self._formats = read, marks, today, formats
        self._pages: OrderedDict[int, tuple[ConditionRow, ...]] = OrderedDict()
        self.query = ConditionQuery()
        self.total = 0
        self.as_of: datetime | None = None
        self.known_since: date | None = None
        self.letters: dict[str, str] = {}
        self._headers = (
            self.tr("Condition"),
            self.tr("On"),
            self.tr("From"),
            self.tr("Where"),
            self.tr("Dates"),
            self.tr("Document"),
            self.tr("Quota left"),
        )

    def load(self, query: ConditionQuery) -> None:
        """Show another query, or the same read anew."""
        page = self._read(query, 0)
        self.beginResetModel()
        self.query, self.total = query, page.total
        self.as_of, self.known_since = page.as_of, page.known_since
        self.letters = self._marks()
        self._pages = OrderedDict({0: page.rows})
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """All rows of the query, read or not."""
        return 0 if parent is not None and parent.isValid() else self.total

    def row(self, place: int) -> ConditionRow | None:
        """The condition in a row, its page read if need be; None outside the table."""
        if not 0 <= place < self.total:
            return None
        number, offset = divmod(place, PAGE)
        rows = self._pages.get(number)
        if rows is None:
            rows = self._pages[number] = self._read(self.query, number * PAGE).rows
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return rows[offset] if offset < len(rows) else None

    def place_of(self, condition_id: str) -> int:
        """The row of a condition among the pages that were read, -1 where it is on none of them."""
        for number, rows in self._pages.items():
            for offset, row in enumerate(rows):
                if row.id == condition_id:
                    return number * PAGE + offset
        return -1

    def today(self) -> date:
        """The day dates are told against."""
        return self._today()

    def letter(self, code: str) -> str:
        """The mark of a wholesaler."""
        return self.letters.get(code, code[:2])

    def _display_data(self, row: ConditionRow, column: int) -> str:
        formats = self._formats
        match column:
            case 0:
                return what_words(row, formats)
            case 1:
                return " ".join(part for part in on_words(row) if part)
            case 2:
                return formats.typography(from_words(row, formats))
            case 3:
                return server_text(row.wholesaler_name or row.wholesaler) or self.tr("all")
            case 4:
                return " ".join(part for part in date_lines(row.start, row.end, self._today(), formats) if part)
            case 5:
                return server_text(row.contract_ref)
            case _:
                return quota_words(row, formats)

    def _tip(self, row: ConditionRow, column: int) -> str | None:
        if column == WHAT:
            return " · ".join(server_text(part) for part in (row.label, row.contract_ref) if part) or None
        return on_words(row)[0] if column == ON else None

    def _tone(self, row: ConditionRow) -> str | None:
        return "amber" if row.state == "conflict" else None
