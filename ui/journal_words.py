"""An order's history for people: what happened here and, in one line per shipment or invoice, at the manufacturer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.order import Status
from desktop_app.services.views import JournalEntry, OrderView
from ui.formats import Formats, server_text
from ui.wording import change_refusal_words, reason_words, status_name

translate = QCoreApplication.translate

_NAMED = 3
# What is said of lines, and in other words of the order as a whole.
_OF_THE_WHOLE_TOO = ("refused", "amended")
# What several lines of one shipment or invoice have in common.
_SHARED = ("wholesaler", "tracking", "invoice_no", "invoice_total", "text")


def history_words(order: OrderView, formats: Formats, limit: int) -> tuple[tuple[datetime, str], ...]:
    """At most `limit` things that happened, newest first; lines that went together are told together."""
    names = {code: name for code, (name, _) in order.marks.items()}
    names |= {part.wholesaler: part.name for part in order.progress if part.name}
    together: dict[tuple[object, ...], list[JournalEntry]] = {}
    for entry in order.history:
        params = dict(entry.params)
        shared = tuple(params.get(name, "") for name in _SHARED)
        moment = entry.at.replace(second=0, microsecond=0)
        # Only facts about a line can stand for several of them.
        key = (entry.code, moment, *shared) if params.get("sku") else (len(together), entry)
        together.setdefault(key, []).append(entry)
    newest = list(reversed(together.values()))[:limit]
    return tuple((entries[-1].at, journal_words(entries, formats, names)) for entries in newest)


def journal_words(entries: list[JournalEntry], formats: Formats, names: Mapping[str, str] | None = None) -> str:
    """One line of a history for `entries` that belong together; `names` are the wholesalers' by their codes."""
    params = {name: server_text(text) for name, text in entries[0].params}
    if params.get("wholesaler"):
        params["wholesaler"] = server_text((names or {}).get(params["wholesaler"], params["wholesaler"]))
    code = entries[0].code
    if code in _steps() and (code not in _OF_THE_WHOLE_TOO or params.get("wholesaler") or params.get("sku")):
        text = _step_words(code, params, [_goods(entry) for entry in entries], formats)
    else:
        make = _JOURNAL.get(code)
        text = make(params, formats) if make is not None else code
        if params.get("by"):
            text = f"{text} · {params['by']}"
    return formats.typography(text)


def _steps() -> dict[str, tuple[str, str]]:
    """A step at the manufacturer: its name, and its name with the wholesaler it is about."""
    return {
        "confirmed": (translate("Words", "Confirmed"), translate("Words", "Confirmed by {0}")),
        "backorder": (translate("Words", "Back-ordered"), translate("Words", "Back-ordered at {0}")),
        "partly_shipped": (translate("Words", "Partly shipped"), translate("Words", "Partly shipped by {0}")),
        "shipped": (translate("Words", "Shipped"), translate("Words", "Shipped by {0}")),
        "invoiced": (translate("Words", "Invoiced"), translate("Words", "Invoiced by {0}")),
        "refused": (translate("Words", "Refused"), translate("Words", "Refused by {0}")),
        "cancelled": (translate("Words", "Cancelled"), translate("Words", "Cancelled at {0}")),
        "amended": (translate("Words", "Changed"), translate("Words", "Changed at {0}")),
    }


def _step_words(code: str, params: Mapping[str, str], goods: list[str], formats: Formats) -> str:
    """`Shipped by Grossiste Sud, parcel S333646585: 12 × 920-010497, 2 × MF9`."""
    plain, named = _steps()[code]
    facts = [named.format(params["wholesaler"]) if params.get("wholesaler") else plain]
    if params.get("tracking"):
        facts.append(translate("Words", "parcel {0}").format(params["tracking"]))
    if params.get("invoice_no"):
        facts.append(translate("Words", "invoice {0}").format(params["invoice_no"]))
    if params.get("invoice_total"):
        facts.append(_amount(params["invoice_total"], formats))
    if params.get("text"):
        facts.append(params["text"])
    told = [one for one in goods if one]
    named_goods = ", ".join(told[:_NAMED])
    if len(told) > _NAMED:
        more = len(told) - _NAMED
        others = translate("Words", "1 other line") if more == 1 else translate("Words", "{0} other lines").format(more)
        named_goods = translate("Words", "{0} and {1}").format(named_goods, others)
    words = ", ".join(facts)
    return translate("Words", "{0}: {1}").format(words, named_goods) if named_goods else words


def _goods(entry: JournalEntry) -> str:
    """`12 × 920-010497`."""
    params = {name: server_text(text) for name, text in entry.params}
    quantity, sku = params.get("quantity", ""), params.get("sku", "")
    if entry.code == "amended" and not quantity:
        return translate("Words", "without {0}").format(sku)
    return f"{quantity} × {sku}" if quantity not in ("", "0") and sku else sku


def _amount(text: str, formats: Formats) -> str:
    try:
        return formats.amount(Decimal(text))
    except InvalidOperation:
        return text


def _with_reason(words: str, params: Mapping[str, str], formats: Formats) -> str:
    reason = reason_words(params.get("reason", ""), formats) or params.get("detail", "")
    return translate("Words", "{0}: {1}").format(words, reason) if reason else words


def _with_number(words: str, params: Mapping[str, str]) -> str:
    number = params.get("order_no", "")
    return translate("Words", "{0}, number {1}").format(words, number) if number else words


def _of_a_person(named: str, unnamed: str, params: Mapping[str, str]) -> str:
    return named.format(params["holder"]) if params.get("holder") else unnamed


def _with_text(words: str, params: Mapping[str, str]) -> str:
    return translate("Words", "{0}: {1}").format(words, params["text"]) if params.get("text") else words


def _differences(count: str) -> str:
    if count == "1":
        return translate("Words", "The manufacturer answers with 1 difference")
    return translate("Words", "The manufacturer answers with {0} differences").format(count)


def _price_asked(count: str) -> str:
    if count == "1":
        return translate("Words", "Special price asked for {0} line, in draft {1}")
    return translate("Words", "Special price asked for {0} lines, in draft {1}")


def _taken_by_rule(params: Mapping[str, str], formats: Formats) -> str:
    """`Taken by your rule: - 12,40 EUR before VAT, 2 prices changed`."""
    try:
        amount = formats.signed_amount(Decimal(params.get("difference", "")))
    except InvalidOperation:
        amount = params.get("difference", "")
    if params.get("lines") == "0":
        return translate("Words", "Taken by your rule: {0} before VAT, the sums changed").format(amount)
    if params.get("lines") == "1":
        return translate("Words", "Taken by your rule: {0} before VAT, 1 price changed").format(amount)
    words = translate("Words", "Taken by your rule: {0} before VAT, {1} prices changed")
    return words.format(amount, params.get("lines", ""))


def _status_received(params: Mapping[str, str]) -> str:
    known = params.get("status", "") in set(Status)
    name = status_name(Status(params["status"])) if known else params.get("status", "")
    return translate("Words", "The manufacturer says: {0}").format(name)


_JOURNAL: dict[str, Callable[[Mapping[str, str], Formats], str]] = {
    "created": lambda p, f: translate("Words", "Draft begun"),
    "submitted": lambda p, f: translate("Words", "Saved on this desk, ready to leave"),
    "held": lambda p, f: translate("Words", "Held back"),
    "released": lambda p, f: translate("Words", "Released"),
    "withdrawn": lambda p, f: translate("Words", "Taken back to correct it"),
    "in-flight": lambda p, f: translate("Words", "Sending"),
    "sent": lambda p, f: translate("Words", "Sent"),
    "send-failed": lambda p, f: _with_reason(translate("Words", "Could not be sent"), p, f),
    "outcome-unknown": lambda p, f: _with_reason(translate("Words", "Sent, the answer is being looked up"), p, f),
    "needs-attention": lambda p, f: _with_reason(translate("Words", "Needs you"), p, f),
    "already-accepted": lambda p, f: translate("Words", "Another version is accepted under number {0}").format(
        p.get("order_no", "")
    ),
    "terms-changed": lambda p, f: _differences(p.get("differences", "")),
    "terms-taken": lambda p, f: (
        translate("Words", "You accepted the new terms, without {0}").format(p["removed"])
        if p.get("removed")
        else translate("Words", "You accepted the new terms")
    ),
    "terms-taken-by-policy": _taken_by_rule,
    "price-asked": lambda p, f: _price_asked(p.get("lines", "")).format(p.get("lines", ""), p.get("desk_no", "")),
    "status-received": lambda p, f: _status_received(p),
    "revised": lambda p, f: translate("Words", "Version {0} made").format(p.get("revision", "")),
    "cancel-wished": lambda p, f: translate("Words", "Cancellation asked for once the answer is known"),
    "cancel-queued": lambda p, f: translate("Words", "Cancellation asked for"),
    "cancel-refused": lambda p, f: _with_reason(translate("Words", "The cancellation was refused"), p, f),
    "amend-queued": lambda p, f: translate("Words", "Change asked for"),
    "amended": lambda p, f: _with_text(translate("Words", "Changed on request"), p),
    "amend-refused": lambda p, f: translate("Words", "{0}: {1}").format(
        translate("Words", "The change was refused"), change_refusal_words(p.get("code", ""), p.get("detail", ""))
    ),
    "credit-hold": lambda p, f: _with_text(
        translate("Words", "Held by the manufacturer: it passes your credit limit"), p
    ),
    "credit-released": lambda p, f: _with_text(translate("Words", "Released by the manufacturer: it goes on"), p),
    "restored": lambda p, f: translate("Words", "Entered again: the manufacturer's server had lost it"),
    "other-desk": lambda p, f: translate("Words", "Sent by another desk, from a file of this one's queue"),
    "by-file": lambda p, f: translate("Words", "Entered by the manufacturer, from a file of the desk's queue"),
    "exported": lambda p, f: translate("Words", "Put into a file that another desk may send"),
    "history-lost": lambda p, f: translate("Words", "The manufacturer's server was put back and has lost its answer"),
    "answer-changed": lambda p, f: translate("Words", "The manufacturer's server now gives another answer"),
    "sent-again": lambda p, f: _with_number(translate("Words", "Sent again with the manufacturer's own answer"), p),
    "answer-told-again": lambda p, f: translate("Words", "The manufacturer was told its earlier answer again"),
    "renumbered": lambda p, f: translate("Words", "The manufacturer gave it number {0} instead of {1}").format(
        p.get("order_no", ""), p.get("renumbered_from", "")
    ),
    "left-as-is": lambda p, f: translate("Words", "You left it as it is: the manufacturer has it"),
    "tried-again": lambda p, f: translate("Words", "You let it leave once more"),
    "taken-as-new": lambda p, f: translate("Words", "You put its lines into a new draft, {0}").format(
        p.get("desk_no", "")
    ),
    "closed-by-books": lambda p, f: _with_number(translate("Words", "Closed as the manufacturer has it"), p),
    "line-set-aside": lambda p, f: translate("Words", "A line could not be read and was set aside: {0}").format(
        p.get("sku", "")
    ),
    "draft-shared": lambda p, f: translate("Words", "Shared with your colleagues"),
    "draft-taken-over": lambda p, f: _of_a_person(
        translate("Words", "Taken over from {0}"), translate("Words", "Taken over from a colleague"), p
    ),
    "draft-kept-beside": lambda p, f: translate("Words", "Your version of {0}, kept beside the colleague's").format(
        p.get("of", "")
    ),
    "draft-put-away": lambda p, f: translate("Words", "Put away: the other version of {0} counts").format(
        p.get("of", "")
    ),
    "draft-put-over": lambda p, f: _of_a_person(
        translate("Words", "Put in the place of {0}'s version"),
        translate("Words", "Put in the place of a colleague's version"),
        p,
    ),
    "recovered": lambda p, f: translate("Words", "Put back on this desk from the copy of unsent orders"),
    "received": lambda p, f: _with_text(translate("Words", "Received by the manufacturer"), p),
    "accepted": lambda p, f: _with_number(translate("Words", "Accepted by the manufacturer"), p),
    "refused": lambda p, f: _with_reason(translate("Words", "Refused by the manufacturer"), p, f),
}
