"""The lines of a draft by wholesaler: as one table with title rows (to read), or one part alone (in its card)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt

from desktop_app.domain.money import ZERO
from desktop_app.services.plan_views import DeliveryView, StaleStock
from desktop_app.services.views import CarriageView, LineView
from ui.formats import Formats, server_text
from ui.models.rows_model import Index, RowsModel

QUANTITY, SKU, NAME, NET, TOTAL = range(5)
# A line on its way from one card to another: the digits of its key.
LINE_MIME = "application/x-comptoir-line"


class Part(Struct, frozen=True):
    """What one wholesaler delivers. `carriage` is None while it delivers nothing that has a price.

    `days` are those on which it delivers, None among them where nobody knows one; empty where they were not asked for.
    `stock_as_of` is when its stock was taken, where that is longer ago than the figures are good for.
    """

    wholesaler: str
    name: str
    letter: str
    lines: tuple[LineView, ...]
    carriage: CarriageView | None = None
    days: tuple[date | None, ...] = ()
    stock_as_of: datetime | None = None

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


def parts_of(
    lines: Iterable[LineView],
    carriage: Iterable[CarriageView],
    deliveries: Iterable[DeliveryView] = (),
    stale: Iterable[StaleStock] = (),
) -> tuple[Part, ...]:
    """Every wholesaler that lists one of the lines, by code, with the lines it delivers (perhaps none)."""
    marks: dict[str, tuple[str, str]] = {}
    members: dict[str, list[LineView]] = {}
    for line in lines:
        for stock in line.stock:
            if stock.listed:
                marks.setdefault(stock.wholesaler, (stock.name or stock.wholesaler, stock.letter))
        members.setdefault(line.wholesaler, []).append(line)
    fees = {view.wholesaler: view for view in carriage}
    days: dict[str, list[date | None]] = {}
    for delivery in deliveries:
        days.setdefault(delivery.wholesaler, []).append(delivery.day)
    old = {one.wholesaler: one.as_of for one in stale}
    return tuple(
        Part(
            code,
            *marks.get(code, (code, code[:1])),
            tuple(members.get(code, ())),
            fees.get(code),
            tuple(days.get(code, ())),
            old.get(code),
        )
        for code in sorted({*marks, *members})
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

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines of a part alone can be drawn to another wholesaler."""
        flags = super().flags(index)
        return flags if self._titled else flags | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The line that is drawn."""
        data = QMimeData()
        line = self.line(indexes[0].row()) if indexes else None
        if line is not None:
            data.setData(LINE_MIME, str(line.key).encode())
        return data

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
