"""A dossier told as a calculation: which stored line a row of the grid is, and the order as it was priced."""

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.order import PricedLine
from desktop_app.services.views import LineProgress, OrderView
from ui.formats import Formats
from ui.orders.progress_grid import ProgressGrid
from ui.why.order_words import ToldOrder

translate = QCoreApplication.translate


def told_order(order: OrderView, formats: Formats) -> ToldOrder:
    """The order as it was sent from this desk."""
    return ToldOrder(
        title=order.summary.desk_no,
        sub_orders=order.sub_orders,
        totals=order.totals,
        names=order.names,
        wholesalers={code: name for code, (name, _) in order.marks.items()},
        when=priced_words(order, formats),
    )


def priced_words(order: OrderView, formats: Formats) -> str:
    """When the stored prices were made: as the order was sent last."""
    sent = [entry.at for entry in order.history if entry.code == "submitted"]
    moment = formats.local(sent[-1] if sent else order.summary.created_at)
    words = translate("ToldOrder", "priced on {0} at {1}, as it was sent")
    return formats.typography(words.format(formats.day(moment.date(), year=True), f"{moment:%H:%M}"))


def chosen_line(order: OrderView, grid: ProgressGrid) -> PricedLine | None:
    """The stored line of the grid's current row, of the first line where the row is none; None if not stored here."""
    model = grid.progress
    places = [grid.currentIndex().row(), *range(model.rowCount())]
    place = next((place for place in places if isinstance(model.row(place), LineProgress)), -1)
    row, part = model.row(place), model.part_of(place)
    if not isinstance(row, LineProgress) or part is None:
        return None
    stored = (line for sub in order.sub_orders if sub.wholesaler == part.wholesaler for line in sub.lines)
    return next((line for line in stored if line.sku == row.sku), None)
