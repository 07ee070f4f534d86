"""One order's lines by wholesaler and how far each is: confirmed, backorder, shipped, invoiced. Read-only."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QObject

from desktop_app.domain.order import PricedLine
from desktop_app.services.views import LineProgress, OrderView, SubOrderProgress
from ui.formats import Formats, server_text
from ui.models.rows_model import RowsModel

NAME, QUANTITY, CONFIRMED, BACKORDER, SHIPPED, INVOICED, TOTAL = range(7)


class Parcel(Struct, frozen=True):
    """One shipment of a wholesaler: its tracking number and when it left, in words."""

    tracking: str
    words: str


ProgressRow = SubOrderProgress | LineProgress | Parcel


def parts_of(order: OrderView) -> tuple[SubOrderProgress, ...]:
    """The order as the manufacturer has it; until it answers, as it was written here with nothing done yet."""
    if order.progress:
        return order.progress
    return tuple(
        SubOrderProgress(
            wholesaler=part.wholesaler,
            name=order.marks[part.wholesaler][0],
            letter=order.marks[part.wholesaler][1],
            lines=tuple(_not_begun(line, order.names.get(line.sku, "")) for line in part.lines),
            total=part.totals.total,
            goods=part.totals.goods,
            totals=part.totals,
        )
        for part in order.sub_orders
    )


def _not_begun(line: PricedLine, name: str) -> LineProgress:
    return LineProgress(line.sku, name, line.quantity, line.unit_net, line.line_total, 0, 0, 0, 0, 0)


class ProgressModel(RowsModel[ProgressRow]):
    """Per wholesaler a title row, its lines, its parcels."""

    def __init__(self, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._headers = (
            self.tr("Product"),
            self.tr("Ordered"),
            self.tr("Confirmed"),
            self.tr("To come"),
            self.tr("Shipped"),
            self.tr("Invoiced"),
            self.tr("Total ex VAT"),
        )

    def load(self, parts: Sequence[SubOrderProgress], parcels: dict[str, tuple[Parcel, ...]]) -> None:
        """Show these parts, each with its parcels."""
        rows: list[ProgressRow] = []
        for part in parts:
            rows += [part, *part.lines, *parcels.get(part.wholesaler, ())]
        self._replace_rows(rows)

    def part_of(self, place: int) -> SubOrderProgress | None:
        """The wholesaler's part that a row belongs to, None outside the table."""
        for row in reversed(self._rows[: place + 1]):
            if isinstance(row, SubOrderProgress):
                return row
        return None

    def _display_data(self, row: ProgressRow, column: int) -> str:
        formats = self._formats
        if isinstance(row, SubOrderProgress):
            return row.name if column == NAME else ""
        if isinstance(row, Parcel):
            return f"{row.tracking} {row.words}" if column == NAME else ""
        if column == NAME:
            return server_text(row.name) or row.sku
        if column == TOTAL:
            return formats.plain_amount(row.line_total)
        figure = (row.quantity, row.confirmed, row.backorder, row.shipped, row.invoiced)[column - QUANTITY]
        return formats.number(figure) if figure or column == QUANTITY else "–"

    def _tip(self, row: ProgressRow, column: int) -> str | None:
        return self._display_data(row, NAME) if column == NAME else None
