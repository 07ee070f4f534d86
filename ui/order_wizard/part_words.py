"""What is said about one wholesaler's part of an order: when it arrives, its carriage, what is in the way."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop_app.services.views import CarriageView
from ui.formats import Formats
from ui.models.sub_orders_model import Part
from ui.widgets.counts import lines_words, pieces_words

translate = QCoreApplication.translate


def delay_words(part: Part) -> str:
    """`delivered the next day`; empty where the wholesaler says nothing."""
    days = None if part.carriage is None else part.carriage.delivery_days
    if days is None:
        return ""
    if days == 0:
        return translate("Parts", "delivered the same day")
    if days == 1:
        return translate("Parts", "delivered the next day")
    return translate("Parts", "delivered within {0} days").format(days)


def arrival_words(part: Part, formats: Formats, *, short: bool = False) -> str:
    """`Thursday 11 June, then Friday 19 June`, short `11 Jun, then 19 Jun`; the delay where no days were asked for."""
    if not part.days:
        return delay_words(part)
    named = formats.short_day if short else formats.named_day
    known = [named(day) for day in part.days if day is not None]
    words = translate("Parts", ", then ").join(known)
    if None not in part.days:
        return words
    unknown = translate("Parts", "day unknown")
    return translate("Parts", "{0}, the rest: {1}").format(words, unknown) if words else unknown


def old_stock_words(part: Part, formats: Formats, now: datetime) -> str:
    """When the stock was taken where the figures are no longer good; empty where they are."""
    if part.stock_as_of is None:
        return ""
    words = translate("Parts", "Old stock figures, of {0}.").format(formats.moment(part.stock_as_of, now))
    return formats.typography(words)


def size_words(part: Part, formats: Formats) -> str:
    """`4 lines · 31 pieces`."""
    return f"{lines_words(len(part.lines), formats)} · {pieces_words(part.pieces, formats)}"


def carriage_words(view: CarriageView | None, formats: Formats) -> tuple[str, bool]:
    """The carriage in words, and whether free carriage is reached."""
    if view is None:
        return "", False
    if view.missing == 0 and not view.carriage:
        return translate("Parts", "carriage free"), True
    if view.express and view.express_fee is not None and view.carriage:
        return translate("Parts", "express {0}").format(formats.amount(view.carriage)), False
    return translate("Parts", "carriage {0}").format(formats.amount(view.carriage)), False


def free_carriage_words(part: Part, formats: Formats) -> str:
    """How much more brings free carriage; empty where it is reached or never comes."""
    missing = None if part.carriage is None else part.carriage.missing
    if not missing or not part.lines:
        return ""
    words = translate("Parts", "Add {0} of goods at {1} and carriage falls to zero.")
    return formats.typography(words.format(formats.amount(missing), part.name))


def missing_words(part: Part, formats: Formats) -> str:
    """How much is not in stock; empty where all is."""
    if not part.missing:
        return ""
    if part.missing == 1:
        return formats.typography(translate("Parts", "1 piece not in stock: delivered later."))
    pieces = pieces_words(part.missing, formats)
    return formats.typography(translate("Parts", "{0} not in stock: delivered later.").format(pieces))
