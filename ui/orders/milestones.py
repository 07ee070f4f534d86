"""The time line of one order: which steps are behind it, with their dates and numbers, and which are ahead."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.money import ZERO
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.views import JournalEntry, OrderView
from ui.formats import Formats, server_text
from ui.widgets.time_line import TimeNode

translate = QCoreApplication.translate

_ANSWERED = (
    Status.ACCEPTED, Status.CONFIRMED, Status.PARTLY_SHIPPED, Status.SHIPPED, Status.INVOICED,
)  # fmt: skip
_SHIPPED = ("shipped", "partly_shipped")


def milestones(order: OrderView, formats: Formats, now: datetime) -> tuple[TimeNode, ...]:
    """Draft, order, answer, confirmation, deliveries, invoice, backorder where there is one."""
    status = order.summary.status
    nodes = [_order_node(order, formats, now), _answer_node(order, formats, now)]
    if status in (Status.REFUSED, Status.CANCELLED):
        return tuple(nodes)
    nodes += [
        _confirmed_node(order, formats, now),
        _shipped_node(order, formats, now),
        _invoiced_node(order, formats, now),
    ]
    backorder = pieces(order, "backorder")
    if backorder:
        words = translate("Milestones", "1 piece") if backorder == 1 else translate("Milestones", "{0} pieces")
        lines = (words.format(formats.number(backorder)),)
        nodes.append(TimeNode("package", "off", translate("Milestones", "Backorder"), lines))
    return tuple(nodes)


def pieces(order: OrderView, what: str) -> int:
    """Units of all lines that are `confirmed`, `backorder`, `shipped`, `invoiced`, `refused`, or all (`quantity`)."""
    return sum(int(getattr(line, what)) for part in order.progress for line in part.lines)


def moment_of(order: OrderView, *codes: str) -> datetime | None:
    """When one of these things last happened."""
    return next((entry.at for entry in reversed(order.history) if entry.code in codes), None)


def invoices(order: OrderView) -> dict[str, Decimal]:
    """The invoices told in the history: their numbers and totals."""
    found: dict[str, Decimal] = {}
    for entry in order.history:
        params = dict(entry.params)
        if number := params.get("invoice_no", ""):
            found[number] = max(found.get(number, ZERO), _amount(params.get("invoice_total", "")))
    return found


def parcels(order: OrderView, wholesaler: str) -> tuple[JournalEntry, ...]:
    """The shipments of one wholesaler, one per tracking number."""
    seen: dict[str, JournalEntry] = {}
    for entry in order.history:
        params = dict(entry.params)
        if entry.code in _SHIPPED and params.get("wholesaler", "") == wholesaler and params.get("tracking"):
            seen.setdefault(params["tracking"], entry)
    return tuple(seen.values())


def _order_node(order: OrderView, formats: Formats, now: datetime) -> TimeNode:
    summary = order.summary
    if summary.status is Status.DRAFT:
        lines = (formats.moment(summary.updated_at, now), server_text(order.author))
        return TimeNode("note-pencil", "off", translate("Milestones", "Draft"), _said(lines))
    sent = moment_of(order, "submitted") or summary.created_at
    lines = (formats.moment(sent, now), server_text(order.author))
    return TimeNode("paper-plane-tilt", "done", translate("Milestones", "Order"), _said(lines))


def _answer_node(order: OrderView, formats: Formats, now: datetime) -> TimeNode:
    summary = order.summary
    answered = moment_of(order, "accepted", "received")
    when = formats.moment(answered, now) if answered is not None else ""
    match summary.status:
        case Status.TO_CONFIRM:
            lines = (translate("Milestones", "other terms"), translate("Milestones", "waits for you"))
            return TimeNode("tag", "look", translate("Milestones", "Answer"), lines)
        case Status.REFUSED:
            refused = moment_of(order, "refused")
            when = formats.moment(refused, now) if refused else ""
            return TimeNode("x", "stop", translate("Milestones", "Refused"), _said((when,)))
        case Status.CANCELLED:
            cancelled = moment_of(order, "cancelled")
            when = formats.moment(cancelled, now) if cancelled else ""
            return TimeNode("x", "off", translate("Milestones", "Cancelled"), _said((when,)))
        case Status.SUBMITTED:
            return TimeNode("handshake", "waiting", translate("Milestones", "Answer"), (_waiting_words(order),))
        case status if status in _ANSWERED:
            lines = (server_text(summary.order_no), when)
            return TimeNode("handshake", "done", translate("Milestones", "Accepted"), _said(lines))
        case _:
            return TimeNode("handshake", "off", translate("Milestones", "Answer"))


def _waiting_words(order: OrderView) -> str:
    if order.summary.delivery_state is DeliveryState.HELD:
        return translate("Milestones", "held back")
    if order.summary.delivery_state is DeliveryState.ATTENTION:
        return translate("Milestones", "needs you")
    return translate("Milestones", "not yet")


def _confirmed_node(order: OrderView, formats: Formats, now: datetime) -> TimeNode:
    title = translate("Milestones", "Confirmation")
    done = order.summary.status in _ANSWERED and order.summary.status is not Status.ACCEPTED
    if not done:
        return TimeNode("clipboard-text", "off", title)
    when = moment_of(order, "confirmed")
    waits = pieces(order, "backorder")
    note = translate("Milestones", "{0} to come").format(formats.number(waits)) if waits else ""
    lines = (formats.moment(when, now) if when else "", note)
    return TimeNode("clipboard-text", "done", title, _said(lines))


def _shipped_node(order: OrderView, formats: Formats, now: datetime) -> TimeNode:
    title = translate("Milestones", "Deliveries")
    shipped, whole = pieces(order, "shipped"), pieces(order, "quantity")
    if not shipped:
        return TimeNode("truck", "off", title)
    when = moment_of(order, *_SHIPPED)
    count = translate("Milestones", "{0} pieces of {1}").format(formats.number(shipped), formats.number(whole))
    sent = sum(len(parcels(order, part.wholesaler)) for part in order.progress)
    if sent == 1:
        note = translate("Milestones", "1 parcel")
    else:
        note = translate("Milestones", "{0} parcels").format(sent) if sent else ""
    lines = (count, formats.moment(when, now) if when else "", note)
    return TimeNode("truck", "done" if shipped >= whole else "waiting", title, _said(lines))


def _invoiced_node(order: OrderView, formats: Formats, now: datetime) -> TimeNode:
    title = translate("Milestones", "Invoice")
    invoiced, whole = pieces(order, "invoiced"), pieces(order, "quantity")
    if not invoiced:
        return TimeNode("receipt", "off", title)
    told = invoices(order)
    number = next(iter(told), "") if len(told) < 2 else translate("Milestones", "{0} invoices").format(len(told))
    when = moment_of(order, "invoiced")
    total = sum(told.values(), ZERO)
    lines = (number, formats.moment(when, now) if when else "", formats.amount(total) if total else "")
    return TimeNode("receipt", "done" if invoiced >= whole else "waiting", title, _said(lines))


def _said(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return ZERO
