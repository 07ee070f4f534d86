"""For whom and where to, in a few words: over the lines and in the review."""

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.order import DeliveryMode
from desktop_app.domain.party import Address
from desktop_app.services.draft_session import DraftSession
from ui.formats import Formats, server_text

translate = QCoreApplication.translate


def recipient_words(session: DraftSession) -> tuple[str, str]:
    """(`Lycée Bonaparte`, `delivered to the client, in Autun`)."""
    details = session.details
    address = details.delivery.address
    who = server_text(details.end_client or details.reference)
    if address is None:
        return who or translate("Recipient", "For our stock"), translate("Recipient", "delivered to our address")
    city = server_text(address.city)
    where = translate("Recipient", "delivered to {0}").format(city) if city else translate("Recipient", "other address")
    return who or server_text(address.name) or translate("Recipient", "For a client"), where


def address_text(address: Address) -> str:
    """An address in one line."""
    place = f"{address.postcode} {address.city}".strip()
    parts = (address.name, " ".join(address.street.split()), place, address.country if address.country != "FR" else "")
    return server_text(", ".join(part for part in parts if part))


def delivery_words(session: DraftSession, formats: Formats) -> str:
    """When and how: `wanted for 12 June · each part as soon as it is there`."""
    delivery = session.details.delivery
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
