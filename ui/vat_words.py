"""VAT in words: which rates hold where the goods go, and why none is due."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.order import Totals
from desktop_app.domain.vat import REASONS, Territory
from ui.formats import Formats, server_text

translate = QCoreApplication.translate

_OVERSEAS_RATE = Decimal("8.5")


def vat_label(rate: Decimal, formats: Formats) -> str:
    """`VAT 20%`."""
    return formats.typography(translate("Vat", "VAT {0}").format(formats.percent(rate)))


def vat_note(totals: Totals, formats: Formats, territory: Territory | None = None) -> str:
    """Why the VAT is what it is, with the reason the invoice will name; empty on the mainland.

    Without `territory` the sums themselves say whether the rates are those of the overseas departments.
    """
    if totals.vat_reason:
        told = _reasons().get(totals.vat_reason, translate("Vat", "No VAT: {0}"))
        return formats.typography(told.format(server_text(totals.vat_reason)))
    if territory is Territory.OVERSEAS or (territory is None and _OVERSEAS_RATE in totals.vat):
        return translate("Vat", "Rates of the overseas departments")
    return ""


def _reasons() -> dict[str, str]:
    return {
        REASONS[Territory.INTRA_EU]: translate("Vat", "No VAT: within the EU, {0}"),
        REASONS[Territory.EXPORT]: translate("Vat", "No VAT: export, {0}"),
        REASONS[Territory.OVERSEAS_EXEMPT]: translate("Vat", "No VAT overseas, {0}"),
    }
