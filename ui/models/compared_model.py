"""Two versions of a draft as a table: what is said of the order where that differs, each line, and the total."""

from msgspec import Struct
from PySide6.QtCore import QObject

from desktop_app.services.shared_views import ComparedLine, DraftConflict
from ui.formats import Formats, server_text
from ui.models.rows_model import RowsModel

WHAT, MINE, THEIRS = range(3)


class ComparedRow(Struct, frozen=True):
    """One thing in both versions, in words; `detail` stands below it. Empty where a version has it not."""

    what: str
    detail: str
    mine: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether the versions differ in it."""
        return self.mine != self.theirs


class ComparedModel(RowsModel[ComparedRow]):
    """One row per line of either version; `details` are shown before them."""

    def __init__(
        self,
        conflict: DraftConflict,
        details: tuple[ComparedRow, ...],
        theirs: str,
        formats: Formats,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._formats = formats
        self._headers = (self.tr("Line"), self.tr("Mine"), theirs)
        total = conflict.total_theirs
        sums = ComparedRow(
            self.tr("Total incl. VAT"),
            "",
            formats.amount(conflict.total_mine),
            self.tr("not told") if total is None else formats.amount(total),
        )
        changed = [row for row in details if row.differs]
        self._rows = [*changed, *(self._line(line) for line in conflict.lines), sums]

    def _line(self, line: ComparedLine) -> ComparedRow:
        sku, wholesaler = server_text(line.sku), server_text(line.wholesaler)
        below = self.tr("{0}, from {1}").format(sku, wholesaler) if wholesaler else sku
        return ComparedRow(server_text(line.name) or sku, below, self._quantity(line.mine), self._quantity(line.theirs))

    def _quantity(self, quantity: int) -> str:
        return self._formats.number(quantity) if quantity else self.tr("none")

    def _display_data(self, row: ComparedRow, column: int) -> str:
        return (row.what, row.mine, row.theirs)[column]

    def _tip(self, row: ComparedRow, column: int) -> str | None:
        return self._display_data(row, column)

    def _tone(self, row: ComparedRow) -> str | None:
        return "amber" if row.differs else None
