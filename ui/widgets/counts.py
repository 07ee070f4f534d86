"""How many, in words: lines, pieces, sub-orders."""

from PySide6.QtCore import QCoreApplication

from ui.formats import Formats

translate = QCoreApplication.translate


def lines_words(count: int, formats: Formats) -> str:
    """`1 line`, `8 lines`."""
    return (
        translate("Counts", "1 line") if count == 1 else translate("Counts", "{0} lines").format(formats.number(count))
    )


def pieces_words(count: int, formats: Formats) -> str:
    """`1 piece`, `91 pieces`."""
    if count == 1:
        return translate("Counts", "1 piece")
    return translate("Counts", "{0} pieces").format(formats.number(count))


def sub_orders_words(count: int, formats: Formats) -> str:
    """`one sub-order`, `3 sub-orders`."""
    if count == 1:
        return translate("Counts", "one sub-order")
    return translate("Counts", "{0} sub-orders").format(formats.number(count))


def deliveries_words(count: int, formats: Formats) -> str:
    """`3 deliveries`."""
    if count == 1:
        return translate("Counts", "1 delivery")
    return translate("Counts", "{0} deliveries").format(formats.number(count))
