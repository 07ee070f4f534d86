"""The change of an accepted order in words: what was asked, and what came of it."""

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.order import Status
from desktop_app.services.views import ChangeView, OrderView
from ui.formats import Formats, server_text
from ui.wording import StateWords, change_refusal_words, reason_words

translate = QCoreApplication.translate

_OVER = (Status.INVOICED, Status.CANCELLED, Status.REFUSED)
_NAMED = 3


def change_state(order: OrderView) -> StateWords | None:
    """How the change asked for last stands, None where there is none to tell of."""
    change, status = order.change, order.summary.status
    if change is None or status in _OVER:
        return None
    match change.state:
        case "waiting" if order.ways_out:
            return None  # told where the ways out are
        case "waiting":
            return StateWords("waiting", translate("Change", "A change is asked for"))
        case "refused":
            return StateWords("look", translate("Change", "The change was refused"))
        case "done" if status in (Status.ACCEPTED, Status.CONFIRMED):
            return StateWords("done", translate("Change", "Changed as you asked"))
        case _:
            return None


def change_words(order: OrderView, change: ChangeView, formats: Formats) -> str:
    """What was asked for; where it was refused, why, and where it waits, for what."""
    asked = " · ".join(_asked(order, change, formats))
    if change.state == "refused":
        why = change_refusal_words(change.code, change.detail)
        return formats.typography(translate("Change", "{0} You asked for: {1}.").format(why, asked))
    reason = reason_words(change.code, formats) if change.state == "waiting" else ""
    if reason:
        return formats.typography(translate("Change", "{0}. It waits: {1}.").format(asked, reason))
    return formats.typography(asked)


def _asked(order: OrderView, change: ChangeView, formats: Formats) -> list[str]:
    found = [_line(order, sku, left, formats) for sku, _, left in change.lines[:_NAMED]]
    more = len(change.lines) - _NAMED
    if more > 0:
        words = translate("Change", "1 more line") if more == 1 else translate("Change", "{0} more lines")
        found.append(words.format(formats.number(more)))
    if change.wanted_date is not None:
        found.append(translate("Change", "wanted for {0}").format(formats.day(change.wanted_date, year=True)))
    elif change.no_date:
        found.append(translate("Change", "no wanted date"))
    if change.reference is not None:
        found.append(
            translate("Change", "reference {0}").format(server_text(change.reference))
            if change.reference
            else translate("Change", "no reference")
        )
    if change.note is not None:
        found.append(translate("Change", "another note") if change.note else translate("Change", "no note"))
    return found


def _line(order: OrderView, sku: str, left: int, formats: Formats) -> str:
    name = server_text(order.names.get(sku, "")) or sku
    if left == 0:
        return translate("Change", "{0} taken out").format(name)
    return translate("Change", "{0} of {1}").format(formats.number(left), name)
