"""For whom and where to, in a few words: over the lines and in the review."""

from PySide6.QtCore import QCoreApplication

from desktop_app.services.draft_session import DraftSession
from ui.delivery_words import when_and_how
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


def delivery_words(session: DraftSession, formats: Formats) -> str:
    """When and how an open draft is to be delivered."""
    return when_and_how(session.details.delivery, formats)
