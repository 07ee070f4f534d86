"""One line of a draft ready to be shown: its texts per column, made once per change and read at every paint."""

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.domain.order import Problem
from desktop_app.services.views import LineView
from ui.formats import Formats, server_text
from ui.models.discount_words import DiscountWords, discount_words

NUMBER, SKU, NAME, QUANTITY, DISCOUNT, NET, TOTAL, STOCK = range(8)
COLUMNS = 8

ROUNDED = "rounded"

translate = QCoreApplication.translate


class ShownLine(Struct, frozen=True):
    """A line's view and what its cells say; the number column is the table's."""

    view: LineView
    texts: tuple[str, ...]
    discount: DiscountWords


def line_headers() -> tuple[str, ...]:
    """The titles of the columns."""
    return (
        "",
        translate("OrderLinesModel", "Reference"),
        translate("OrderLinesModel", "Product"),
        translate("OrderLinesModel", "Quantity"),
        translate("OrderLinesModel", "Discount"),
        translate("OrderLinesModel", "Net ex VAT"),
        translate("OrderLinesModel", "Total ex VAT"),
        translate("OrderLinesModel", "Stock"),
    )


def show_line(view: LineView, formats: Formats) -> ShownLine:
    """Make the texts of a line."""
    priced = view.priced
    discount = discount_words(priced, formats)
    texts = (
        "",
        view.sku,
        server_text(view.name),
        formats.number(view.quantity),
        discount.text,
        formats.unit(priced.unit_net) if priced else "",
        formats.plain_amount(priced.line_total) if priced else "",
        ", ".join(f"{stock.letter} {formats.number(stock.available)}" for stock in view.stock),
    )
    return ShownLine(view, texts, discount)


def rounding(view: LineView) -> tuple[Problem, ...]:
    """A quantity rounded up is told like a problem that does not block."""
    if view.asked is None or view.asked == view.quantity:
        return ()
    params = {
        "sku": view.sku,
        "asked": str(view.asked),
        "quantity": str(view.quantity),
        "pack": str(view.pack_multiple),
    }
    message = f"Rounded from {view.asked} to {view.quantity}: sold by {view.pack_multiple}."
    return (Problem(ROUNDED, message, line=view.number, blocking=False, params=params),)
