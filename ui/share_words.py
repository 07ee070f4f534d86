"""Who holds a shared draft, in the words of the list, the wizard and the sheets."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop_app.services.views import DraftShare
from ui.formats import Formats, server_text

translate = QCoreApplication.translate


def holder_name(holder: str) -> str:
    """A colleague by his name, where he gave one."""
    return server_text(holder) or translate("Shares", "A colleague")


def share_words(share: DraftShare, formats: Formats, now: datetime) -> str:
    """`Sophie Morel, since 14:03`, or what this desk's own draft is among the colleagues."""
    if not share.mine:
        words = translate("Shares", "{0}, since {1}").format(holder_name(share.holder), formats.since(share.since, now))
    elif share.parted:
        words = translate("Shares", "{0} changed it too").format(holder_name(share.other))
    elif share.reason:
        words = translate("Shares", "Draft, cannot be shared")
    elif share.told:
        words = translate("Shares", "Shared draft")
    else:
        words = translate("Shares", "Shared draft, not told yet")
    return formats.typography(words)
