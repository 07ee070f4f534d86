"""Where to, when and how an order is delivered, in one line each."""

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.order import Delivery, DeliveryMode
from desktop_app.domain.party import Address
from ui.formats import Formats, server_text

translate = QCoreApplication.translate


def address_text(address: Address) -> str:
    """An address in one line."""
    place = f"{address.postcode} {address.city}".strip()
    parts = (address.name, " ".join(address.street.split()), place, address.country if address.country != "FR" else "")
    return server_text(", ".join(part for part in parts if part))


def when_and_how(delivery: Delivery, formats: Formats) -> str:
    """When and how: `wanted for 12 June · each part as soon as it is there`."""
    if delivery.wanted_date is None:
        when = translate("Recipient", "as soon as possible")
    else:
        when = translate("Recipient", "wanted for {0}").format(formats.day(delivery.wanted_date))
    if delivery.mode is DeliveryMode.COMPLETE:
        how = translate("Recipient", "all at once")
    else:
        how = translate("Recipient", "each part as soon as it is there")
    if delivery.express:
        how = translate("Recipient", "express, {0}").format(how)
    return f"{when} · {how}"
