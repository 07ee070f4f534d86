"""From when to when something holds, in words: a condition, a price list, an agreement. Both days are included."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from ui.formats import Formats

translate = QCoreApplication.translate


def period_words(start: date | None, end: date | None, formats: Formats) -> str:
    """`from 1 to 30 June 2026`, `from 1 June to 31 July 2026`, `from 1 June 2026 on`, `until 30 June 2026`.

    Empty where both are open.
    """
    if start is not None and end is not None:
        if start == end:
            return translate("Period", "on {0}").format(formats.day(start, year=True))
        begun = formats.day(start, year=start.year != end.year)
        if (start.year, start.month) == (end.year, end.month):
            begun = begun.split(" ")[0]
        return translate("Period", "from {0} to {1}").format(begun, formats.day(end, year=True))
    if start is not None:
        return translate("Period", "from {0} on").format(formats.day(start, year=True))
    if end is not None:
        return translate("Period", "until {0}").format(formats.day(end, year=True))
    return ""


def source_words(contract_ref: str, start: date | None, end: date | None, version: int, formats: Formats) -> str:
    """Where a figure stands: its document, its dates, its version; what is not known is left out."""
    parts = [
        contract_ref,
        period_words(start, end, formats),
        translate("Period", "version {0}").format(version) if version else "",
    ]
    return formats.typography(" · ".join(part for part in parts if part))
