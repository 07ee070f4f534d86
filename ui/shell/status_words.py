"""The connection and the queue in words, for the status bar and the home page. Facts come from `SyncStatus`."""

from datetime import datetime, timedelta

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.services.views import CollectionAge, Identity, SyncStatus
from ui.formats import Formats, server_text

translate = QCoreApplication.translate

_PRICES = ("products", "terms")
_STOCK = "stock"


class StatusWords(Struct, frozen=True):
    """`kind`: `done` or `offline`; `lead` is said first and stronger."""

    kind: str
    lead: str
    parts: tuple[str, ...]


def status_words(status: SyncStatus, formats: Formats, now: datetime, *, practice: bool) -> StatusWords:
    """What the status bar says."""
    parts = [translate("Status", "practice manufacturer on this computer")] if practice else []
    parts += [queue_words(status), age_words(status, formats, now)]
    shown = tuple(formats.typography(part) for part in parts if part)
    if not status.connected:
        return StatusWords("offline", translate("Status", "Not connected"), ())
    if status.online:
        return StatusWords("done", translate("Status", "Online"), shown)
    return StatusWords("offline", offline_words(status, formats, now), shown)


def offline_words(status: SyncStatus, formats: Formats, now: datetime) -> str:
    """`Hors ligne depuis 2 h 10`, or why this desk does not get through."""
    shut_out = {
        "unauthorized": translate("Status", "Sign-in needed"),
        "desk-revoked": translate("Status", "Shut out by the manufacturer"),
        "desk-departed": translate("Status", "Shut out by the manufacturer"),
        "account-suspended": translate("Status", "Account suspended"),
        "client-too-old": translate("Status", "Update needed"),
        "wrong-server": translate("Status", "Another server answers"),
    }
    if status.reason in shut_out:
        return shut_out[status.reason]
    if status.since is None or now - status.since < timedelta(minutes=1):
        return translate("Status", "Offline")
    return translate("Status", "Offline for {0}").format(formats.duration(now - status.since))


def who_words(identity: Identity) -> str:
    """Who works for whom at which terms."""
    terms = translate("Status", "{0} terms").format(server_text(identity.group)) if identity.group else ""
    return " · ".join(part for part in (identity.author, server_text(identity.dealer), terms) if part)


def queue_words(status: SyncStatus) -> str:
    """What has not left yet."""
    unsent = status.waiting + status.held + status.attention
    if unsent == 0:
        return translate("Status", "everything has left")
    if status.held == unsent:
        if unsent == 1:
            return translate("Status", "1 order held back by you")
        return translate("Status", "{0} orders held back by you").format(unsent)
    if not status.online:
        if unsent == 1:
            return translate("Status", "1 order waiting")
        return translate("Status", "{0} orders waiting").format(unsent)
    if unsent == 1:
        return translate("Status", "everything has left but 1 order")
    return translate("Status", "everything has left but {0} orders").format(unsent)


def age_words(status: SyncStatus, formats: Formats, now: datetime) -> str:
    """How old prices and stock are."""
    prices = _oldest(status, _PRICES)
    stock = _oldest(status, (_STOCK,))
    if prices is None and stock is None:
        return ""
    dated = [age.synced_at for age in (prices, stock) if age is not None and age.synced_at is not None]
    if not dated:
        return translate("Status", "prices and stock never read")
    moment = min(dated)
    if stock is not None and stock.stale:
        return translate("Status", "stock read {0}, to be confirmed").format(formats.at(moment, now))
    return translate("Status", "prices and stock read {0}, {1}").format(
        formats.at(moment, now), formats.age(moment, now)
    )


def _oldest(status: SyncStatus, names: tuple[str, ...]) -> CollectionAge | None:
    """The age of the least fresh of these collections; one that was never read counts only where all are."""
    ages = [age for age in status.collections if age.collection in names]
    dated = [(age.synced_at, index) for index, age in enumerate(ages) if age.synced_at is not None]
    if dated:
        return ages[min(dated)[1]]
    return ages[0] if ages else None
