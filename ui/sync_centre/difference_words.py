"""What changed about a line, in words. The figures stand in the columns beside it."""

from PySide6.QtCore import QCoreApplication

from desktop_app.services.views import Difference
from ui.formats import Formats, server_text
from ui.models.differences_model import ChangedLine, is_price

translate = QCoreApplication.translate


def line_words(line: ChangedLine, formats: Formats) -> str:
    """Every difference of a line, said once; the price of a line that cannot be sold says nothing."""
    said = [one for one in line.differences if line.can_accept or not is_price(one)]
    return formats.typography(" ".join(_words(one) for one in said))


def order_words(difference: Difference, formats: Formats) -> str:
    """A difference of the whole order; empty for one the total itself shows."""
    if difference.code == "total-changed":
        return ""
    if difference.code == "below-minimum":
        return translate("Differences", "An order falls below its wholesaler's minimum.")
    if difference.code == "express-unavailable":
        return translate("Differences", "A wholesaler does not deliver express: the order would come without.")
    if difference.code == "credit-limit":
        return translate(
            "Differences",
            "It passes your credit limit, which the manufacturer refuses: remove lines, or take the order back.",
        )
    return formats.typography(server_text(difference.detail) or difference.code)


def _words(one: Difference) -> str:
    match one.code:
        case "price-changed":
            return server_text(one.detail) or translate("Differences", "The price changed.")
        case "bid-exhausted" if one.field == "quantity":
            words = translate("Differences", "At this price the lines want {0} together, {1} are left: not all fit.")
            return words.format(server_text(one.yours), server_text(one.ours))
        case "bid-exhausted":
            return translate("Differences", "The quota of this price is used up.")
        case "discontinued" if one.replaced_by:
            return translate("Differences", "No longer sold, replaced by {0}.").format(server_text(one.replaced_by))
        case "discontinued":
            return translate("Differences", "No longer sold.")
        case "unknown-product":
            return translate("Differences", "The manufacturer does not know it any more.")
        case "not-listed":
            return translate("Differences", "This wholesaler does not carry it any more.")
        case "pack-multiple":
            return translate("Differences", "Sold in other packs: {0} would do.").format(server_text(one.ours))
        case "min-quantity":
            return translate("Differences", "Sold from {0} units on.").format(server_text(one.ours))
        case _:
            return server_text(one.detail) or one.code
