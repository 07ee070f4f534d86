"""The lines of a draft by wholesaler: as one table with title rows (to read), or one part alone (in its card)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import QObject

from desktop_app.domain.money import ZERO
from desktop_app.services.views import CarriageView, LineView
from ui.formats import Formats, server_text
from ui.models.rows_model import RowsModel

QUANTITY, SKU, NAME, NET, TOTAL = range(5)


class Part(Struct, frozen=True):
    """What one wholesaler delivers. `carriage` is None while it delivers nothing that has a price."""

    wholesaler: str
    name: str
    letter: str
    lines: tuple[LineView, ...]
    carriage: CarriageView | None = None

    @property
    def pieces(self) -> int:
        """All units of the part."""
        return sum(line.quantity for line in self.lines)

    @property
    def goods(self) -> Decimal:
        """Euros of goods before VAT."""
        return sum((line.priced.line_total for line in self.lines if line.priced is not None), ZERO)

    @property
    def missing(self) -> int:
        """Units the wholesaler does not have in stock."""
        stock = ((line, next((s for s in line.stock if s.wholesaler == self.wholesaler), None)) for line in self.lines)
        return sum(max(line.quantity - found.available, 0) for line, found in stock if found is not None)


def parts_of(lines: Iterable[LineView], carriage: Iterable[CarriageView]) -> tuple[Part, ...]:
    """Every wholesaler that lists one of the lines, by code, with the lines it delivers (perhaps none)."""
    marks: dict[str, tuple[str, str]] = {}
    members: dict[str, list[LineView]] = {}
    for line in lines:
        for stock in line.stock:
            if stock.listed:
                marks.setdefault(stock.wholesaler, (stock.name or stock.wholesaler, stock.letter))
        members.setdefault(line.wholesaler, []).append(line)
    fees = {view.wholesaler: view for view in carriage}
    codes = sorted({*marks, *members})
    return tuple(
        Part(code, *marks.get(code, (code, code[:1])), tuple(members.get(code, ())), fees.get(code)) for code in codes
    )


class SubOrdersModel(RowsModel[Part | LineView]):
    """Read-only. A line's row is its `LineView`; with `titled`, each part starts with a row that is its `Part`."""

    def __init__(self, formats: Formats, *, titled: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._titled = titled
        self._headers = (
            self.tr("Quantity"),
            self.tr("Reference"),
            self.tr("Product"),
            self.tr("Net excl. VAT"),
            self.tr("Total excl. VAT"),
        )

    def load(self, parts: Sequence[Part]) -> None:
        """Show these parts."""
        rows: list[Part | LineView] = []
        for part in parts:
            if self._titled:
                rows.append(part)
            rows.extend(part.lines)
        self._replace_rows(rows)

    def line(self, row: int) -> LineView | None:
        """The line in a row, None for a title."""
        found = self.row(row)
        return found if isinstance(found, LineView) else None

    def row_of(self, key: int) -> int:
        """The row of a line, -1 where it is not here."""
        return next((place for place, row in enumerate(self._rows) if isinstance(row, LineView) and row.key == key), -1)

    def _display_data(self, row: Part | LineView, column: int) -> str:
        formats = self._formats
        if isinstance(row, Part):
            return row.name if column == QUANTITY else ""
        match column:
            case 0:
                return formats.number(row.quantity)
            case 1:
                return row.sku
            case 2:
                return server_text(row.name) or row.sku
            case 3:
                return formats.unit(row.priced.unit_net) if row.priced else ""
            case _:
                return formats.plain_amount(row.priced.line_total) if row.priced else ""

    def _tip(self, row: Part | LineView, column: int) -> str | None:
        return self._display_data(row, NAME) if column == NAME else None
