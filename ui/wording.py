"""The words a person reads for every code of the core: errors, reasons, notices, states, collections.

The core speaks in codes and parameters; English messages of errors serve the log and the headless front end.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.domain.order import DeliveryState, Problem, Status
from desktop_app.domain.party import CreditPolicy
from desktop_app.errors import ComptoirError
from desktop_app.events import Notice
from desktop_app.services.views import DraftShare, OrderSummary
from ui import queue_file_words
from ui.formats import Formats, server_text

translate = QCoreApplication.translate


class StateWords(Struct, frozen=True):
    """A state as it is shown: `kind` is its shape (done, waiting, off, stop, look), `words` its name."""

    kind: str
    words: str


def order_state(summary: OrderSummary) -> StateWords:
    """Where an order is, in one or two words."""
    if summary.status is Status.DRAFT and summary.shared is not None:
        return _shared_draft(summary.shared)
    if summary.status is Status.SUBMITTED or summary.delivery_state is DeliveryState.ATTENTION:
        return _delivery_state(summary)
    return _status(summary.status)


def _shared_draft(share: DraftShare) -> StateWords:
    if share.parted:
        return StateWords("look", translate("Words", "Two versions"))
    return StateWords(
        "off", translate("Words", "Shared draft") if share.mine else translate("Words", "With a colleague")
    )


def _delivery_state(summary: OrderSummary) -> StateWords:
    match summary.delivery_state:
        case DeliveryState.HELD:
            return StateWords("waiting", translate("Words", "Held back"))
        case DeliveryState.IN_FLIGHT:
            return StateWords("waiting", translate("Words", "Sending"))
        case DeliveryState.IN_DOUBT:
            return StateWords("waiting", translate("Words", "Being checked"))
        case DeliveryState.WAITING:
            return StateWords("waiting", translate("Words", "Waiting, tried again by itself"))
        case DeliveryState.ATTENTION if summary.status is Status.TO_CONFIRM:
            return _status(Status.TO_CONFIRM)
        case DeliveryState.ATTENTION:
            return StateWords("look", translate("Words", "Needs you"))
        case _:
            return StateWords("waiting", translate("Words", "Leaves by itself"))


def _status(status: Status) -> StateWords:
    words = {
        Status.DRAFT: ("off", translate("Words", "Draft")),
        Status.SUBMITTED: ("waiting", translate("Words", "On its way")),
        Status.TO_CONFIRM: ("look", translate("Words", "Terms changed")),
        Status.ACCEPTED: ("done", translate("Words", "Accepted")),
        Status.CONFIRMED: ("done", translate("Words", "Confirmed")),
        Status.PARTLY_SHIPPED: ("waiting", translate("Words", "Partly shipped")),
        Status.SHIPPED: ("done", translate("Words", "Shipped")),
        Status.INVOICED: ("done", translate("Words", "Invoiced")),
        Status.REFUSED: ("stop", translate("Words", "Refused")),
        Status.CANCELLED: ("off", translate("Words", "Cancelled")),
    }
    return StateWords(*words[status])


def status_name(status: Status) -> str:
    """The name of a business state."""
    return _status(status).words


def collection_name(collection: str) -> str:
    """What a collection of data is called."""
    names = {
        "products": translate("Words", "Products and prices"),
        "families": translate("Words", "Product families"),
        "wholesalers": translate("Words", "Wholesalers"),
        "stock": translate("Words", "Stock"),
        "stock_dates": translate("Words", "Expected stock"),
        "terms": translate("Words", "Your conditions"),
        "account": translate("Words", "Your account and credit"),
        "agreements": translate("Words", "Back-margin agreements"),
        "turnover": translate("Words", "Turnover counted"),
        "orders": translate("Words", "Orders and deliveries"),
        "drafts": translate("Words", "Shared drafts"),
    }
    return names.get(collection, collection)


def error_words(error: ComptoirError, formats: Formats) -> tuple[str, str]:
    """A refusal as (what happened, what was kept and what to do)."""
    params = {name: server_text(text) for name, text in error.params.items()}
    title, message = trouble_words(error.code, params, formats) or ("", "")
    # A code these words do not know yet: its English sentence is better than nothing.
    return title or formats.typography(error.title), message or formats.typography(error.message)


def trouble_words(code: str, params: Mapping[str, str], formats: Formats) -> tuple[str, str] | None:
    """The same by the code alone, as the synchronisation tells what keeps it from going on; None for other codes."""
    make = _ERRORS.get(code)
    if make is None:
        return None
    title, message = make(params)
    return formats.typography(title), formats.typography(message)


def reason_words(reason: str, formats: Formats) -> str:
    """Why an order waits or needs a person."""
    if not reason:
        return ""
    words = _reasons().get(reason)
    if words is None and reason.startswith("status-"):
        words = translate("Words", "the manufacturer's server answered with error {0}").format(reason[7:])
    return formats.typography(words or reason)


def _reasons() -> dict[str, str]:
    return {
        "unplugged": translate("Words", "the cable is pulled out"),
        "network": translate("Words", "no network"),
        "offline": translate("Words", "no network"),
        "timeout": translate("Words", "the manufacturer did not answer in time"),
        "interrupted": translate("Words", "the connection broke off; being checked"),
        "portal": translate("Words", "this network wants a sign-in first"),
        "redirect": translate("Words", "this network leads elsewhere; nothing was sent"),
        "certificate": translate("Words", "the server's certificate is not valid; nothing was sent"),
        "unauthorized": translate("Words", "this desk must sign in again"),
        "account-suspended": translate("Words", "the manufacturer has suspended this account"),
        "epoch-changed": translate("Words", "the manufacturer restored its data; being checked"),
        "answer-unreadable": translate("Words", "the answer could not be read; being checked"),
        "answer-mismatch": translate("Words", "the answer was for another order; being checked"),
        "protocol-violation": translate("Words", "the answer could not be understood"),
        "key-reused": translate("Words", "the manufacturer holds another order under this number"),
        "already-accepted": translate("Words", "another version of this order is already accepted"),
        "superseded": translate("Words", "a newer version of this order exists"),
        "terms-changed": translate("Words", "the manufacturer answers with other terms"),
        "terms-unknown": translate("Words", "prices are read anew"),
        "schema-unknown": translate("Words", "the manufacturer no longer takes orders in this old form"),
        "history-lost": translate("Words", "the manufacturer's server no longer knows this order"),
        "answer-changed": translate("Words", "the manufacturer's server now gives another answer"),
        "rejected": translate("Words", "the manufacturer refused this order"),
        "cancel-refused": translate("Words", "too late to cancel"),
        "amend-refused": translate("Words", "the manufacturer refused the change"),
        "not-taken": translate("Words", "the manufacturer's server does not take this order"),
        "busy": translate("Words", "the manufacturer's server is busy"),
        "server-busy": translate("Words", "the manufacturer's server is busy"),
        "client-too-old": translate("Words", "this program must be updated"),
        "exported": translate("Words", "in a file that another desk may send; being checked"),
        "desk-revoked": translate("Words", "the manufacturer has shut out this desk"),
        "other-desk": translate("Words", "another program on this profile is sending"),
    }


def change_refusal_words(code: str, detail: str) -> str:
    """Why the manufacturer refused a change."""
    words = {
        "shipped": translate("Words", "Goods have already left."),
        "refused": translate("Words", "The manufacturer had refused the order."),
        "cancelled": translate("Words", "The order is cancelled."),
        "confirmed": translate("Words", "The wholesaler has already prepared it."),
        "price-changed": translate("Words", "The smaller quantity would lose its price."),
        "below-minimum": translate("Words", "What is left is below the wholesaler's minimum."),
        "nothing-asked": translate("Words", "It is so already."),
    }
    told, said = words.get(code, ""), server_text(detail)
    if not told:
        return said or translate("Words", "The manufacturer gives no reason.")
    # Which line it is, the manufacturer's own words say.
    return f"{told} ({said})" if said and code in ("confirmed", "price-changed") else told


def notice_words(notice: Notice, formats: Formats) -> tuple[str, str] | None:
    """A notice of the core as (words, detail); None for one nobody needs to read."""
    params = {name: server_text(text) for name, text in notice.params}
    if (trouble := trouble_words(notice.code, params, formats)) is not None:
        return trouble
    words: dict[str, tuple[str, str]] = {
        "backup-failed": (
            translate("Words", "The daily backup of your orders did not succeed."),
            translate("Words", "Nothing is lost. Make room on the disk or check the rights of the folder."),
        ),
        "history-lost": (
            translate("Words", "The manufacturer's server was put back to an earlier state."),
            _history_lost(params),
        ),
        "second-copy-failed": (
            translate("Words", "The second copy of your unsent orders could not be written."),
            translate("Words", "They are saved on this desk. Make room on the disk or check the rights of {0}.").format(
                params.get("path") or translate("Words", "the folder")
            ),
        ),
        "rows-set-aside": (
            translate("Words", "Some rows of this desk could not be read and were set aside."),
            translate("Words", "Nothing is deleted: the settings show them and write them to a file."),
        ),
        "second-copy-works": (translate("Words", "The second copy of your unsent orders is written again."), ""),
        "recovery-missing": (
            translate("Words", "This desk has no recovery code yet."),
            translate(
                "Words",
                "Without one, nobody can open its orders once this computer has lost its key. "
                "Make one in the settings.",
            ),
        ),
        "place-unsafe": (
            translate("Words", "The folder of this desk is no safe place for orders."),
            _unsafe_place(params),
        ),
        "data-defects": (
            _rows_unread(params.get("count", "")),
            translate("Words", "The earlier version stays in use."),
        ),
        "terms-taken-by-policy": (
            translate("Words", "New terms taken by your rule: {0} before VAT.").format(_signed(params, formats)),
            _under_way_again(params),
        ),
    }
    found = words.get(notice.code)
    if found is None:
        return None
    return formats.typography(found[0]), formats.typography(found[1])


def _under_way_again(params: Mapping[str, str]) -> str:
    words = translate("Words", "Orders {0} are on their way again; their histories tell what changed.")
    if params.get("orders") == "1":
        words = translate("Words", "Order {0} is on its way again; its history tells what changed.")
    return words.format(params.get("desk_no", ""))


def _unsafe_place(params: Mapping[str, str]) -> str:
    words = {
        "network": translate("Words", "{0} lies on a network share. Move it to this computer's own disk."),
        "synced": translate("Words", "{0} is synced by {1}. Move it to a folder that is not synced."),
        "roaming": translate("Words", "{0} belongs to a roaming profile. Move it to a local folder."),
    }
    return words.get(params.get("kind", ""), "{0}").format(params.get("path", ""), params.get("by", ""))


def _signed(params: Mapping[str, str], formats: Formats) -> str:
    try:
        return formats.signed_amount(Decimal(params.get("difference") or "0"))
    except InvalidOperation:
        return params.get("difference", "")


def _history_lost(params: Mapping[str, str]) -> str:
    """`3 orders were sent again with their prices and numbers. 1 order needs you.`"""
    told = []
    if (again := params.get("again", "0")) != "0":
        words = translate("Words", "{0} orders were sent again with their prices and numbers.")
        one = translate("Words", "1 order was sent again with its prices and number.")
        told.append(one if again == "1" else words.format(again))
    if (person := params.get("person", "0")) != "0":
        words, one = translate("Words", "{0} orders need you."), translate("Words", "1 order needs you.")
        told.append(one if person == "1" else words.format(person))
    return " ".join(told) or translate("Words", "Nothing of your orders was missing there.")


def _rows_unread(count: str) -> str:
    if count == "1":
        return translate("Words", "1 row of the manufacturer's data could not be read.")
    return translate("Words", "{0} rows of the manufacturer's data could not be read.").format(count)


def credit_policy_words(policy: CreditPolicy) -> str:
    """What the manufacturer does with an order over the limit."""
    return {
        CreditPolicy.WARN: translate("Words", "Over the limit the manufacturer decides."),
        CreditPolicy.HOLD: translate("Words", "Over the limit orders are held until they are released."),
        CreditPolicy.REFUSE: translate("Words", "Over the limit orders are refused."),
    }[policy]


def problem_words(problem: Problem, formats: Formats) -> str:
    """One sentence for a problem of a line or an order."""
    params = {name: server_text(text) for name, text in problem.params.items()}
    make = _PROBLEMS.get(_REFUSED_CREDIT if problem.blocking and problem.code == "credit-limit" else problem.code)
    text = make(params, formats) if make is not None else problem.message
    return formats.typography(text)


def _amount(params: Mapping[str, str], name: str, formats: Formats) -> str:
    try:
        return formats.amount(Decimal(params.get(name) or "0"))
    except InvalidOperation:
        return params.get(name, "")


_REFUSED_CREDIT = "credit-refused"
_PROBLEMS: dict[str, Callable[[Mapping[str, str], Formats], str]] = {
    "unknown-product": lambda p, f: translate("Words", "The catalogue has no product {0}.").format(p.get("sku", "")),
    "unknown-wholesaler": lambda p, f: translate("Words", "No wholesaler has the code {0}.").format(
        p.get("wholesaler", "")
    ),
    "not-listed": lambda p, f: translate("Words", "{0} is not carried by {1}.").format(
        p.get("sku", ""), p.get("wholesaler") or translate("Words", "any wholesaler")
    ),
    "discontinued": lambda p, f: (
        translate("Words", "{0} is no longer sold; replaced by {1}.").format(p.get("sku", ""), p["replaced_by"])
        if p.get("replaced_by")
        else translate("Words", "{0} is no longer sold.").format(p.get("sku", ""))
    ),
    "invalid-quantity": lambda p, f: translate("Words", "{0} is not a quantity that can be ordered.").format(
        p.get("quantity", "")
    ),
    "min-quantity": lambda p, f: translate("Words", "{0} is sold from {1} units on.").format(
        p.get("sku", ""), p.get("minimum", "")
    ),
    "pack-multiple": lambda p, f: translate("Words", "{0} is sold in packs of {1}.").format(
        p.get("sku", ""), p.get("multiple", "")
    ),
    "duplicate-line": lambda p, f: translate("Words", "{0} is there twice.").format(p.get("sku", "")),
    "below-minimum": lambda p, f: translate("Words", "{0} takes orders from {1} on; {2} are missing.").format(
        p.get("name") or p.get("wholesaler", ""), _amount(p, "minimum", f), _amount(p, "missing", f)
    ),
    "stock-short": lambda p, f: translate("Words", "{0}: {1} missing in stock.").format(
        p.get("sku", ""), p.get("missing", "")
    ),
    "credit-limit": lambda p, f: translate("Words", "Credit is exceeded by {0}; the manufacturer decides.").format(
        _amount(p, "over", f)
    ),
    "credit-hold": lambda p, f: translate(
        "Words", "Credit is exceeded by {0}; the manufacturer holds the order until it releases it."
    ).format(_amount(p, "over", f)),
    _REFUSED_CREDIT: lambda p, f: translate(
        "Words", "Credit is exceeded by {0}; the manufacturer refuses such orders."
    ).format(_amount(p, "over", f)),
    "bid-exhausted": lambda p, f: (
        translate("Words", "{0}: only {1} left at the price “{2}”.").format(
            p.get("sku", ""), p.get("left", ""), p["label"]
        )
        if p.get("label")
        else translate("Words", "{0}: only {1} left at this price.").format(p.get("sku", ""), p.get("left", ""))
    ),
    "express-unavailable": lambda p, f: translate("Words", "{0} does not deliver express.").format(
        p.get("name") or p.get("wholesaler", "")
    ),
    "vat-id-missing": lambda p, f: translate(
        "Words", "Your VAT number is not known: French VAT is charged on this delivery within the EU."
    ),
}


def _storage_failed(params: Mapping[str, str]) -> tuple[str, str]:
    title = translate("Words", "The data folder cannot be used")
    where = params.get("path", "")
    messages = {
        "read-only": translate("Words", "{0} cannot be written. Nothing was saved; check the rights of the folder."),
        "full": translate("Words", "The disk is full. Nothing was saved; make room and try again. {0}"),
        "damaged": translate("Words", "{0} cannot be read. Your orders in this folder are untouched: call support."),
        "newer-version": translate("Words", "{0} was written by a newer version of Comptoir. Update this program."),
        "foreign-desk": translate("Words", "{0} already holds orders of another desk. Choose another folder."),
        "unsafe-network": translate(
            "Words",
            "{0} lies on a network share, where the file with your orders can be damaged. Choose a folder on this "
            "computer's own disk. Nothing was written and the code is still good.",
        ),
        "unsafe-synced": translate(
            "Words",
            "{0} is synced by another program, which copies half-written files and brings old ones back. Choose a "
            "folder that is not synced. Nothing was written and the code is still good.",
        ),
        "unsafe-roaming": translate(
            "Words",
            "{0} belongs to a roaming profile, which would leave unsent orders on another computer. Choose a local "
            "folder. Nothing was written and the code is still good.",
        ),
        "locked": translate("Words", "Another program holds {0}. Nothing was saved; try again in a moment."),
        "not-a-database": translate("Words", "{0} cannot be opened: its key does not fit, or it is damaged."),
        "recovery-damaged": translate("Words", "{0} cannot be read. Put it back from a copy, or make a new code."),
        "desk-damaged": translate(
            "Words",
            "The file with your orders is damaged. A copy of it was put into {0}, and nothing more is written. "
            "Close Comptoir and open it again: it offers to put a backup and your unsent orders back.",
        ),
        "desk-missing": translate(
            "Words",
            "{0} is gone, and with it the orders of this desk. It is not made anew: put it back from a backup, or call "
            "support.",
        ),
    }
    message = messages.get(params.get("reason", ""))
    return title, message.format(where).strip() if message else ""


def _offline(params: Mapping[str, str]) -> tuple[str, str]:
    title = translate("Words", "The manufacturer could not be reached")
    if params.get("reason") == "certificate":
        return title, translate("Words", "The server's certificate is not valid, so nothing was sent to it.")
    if params.get("address"):
        words = translate("Words", "Nothing answers at {0}. Check the address and the network, then try again.")
        return title, words.format(params["address"])
    return title, translate("Words", "Your orders are kept here and leave by themselves when it answers again.")


_ERRORS: dict[str, Callable[[Mapping[str, str]], tuple[str, str]]] = {
    "offline": _offline,
    "storage-failed": _storage_failed,
    "unauthorized": lambda p: (
        translate("Words", "This desk must sign in again"),
        translate("Words", "Your orders are kept here. Type a new code of the manufacturer in the settings."),
    ),
    "account-suspended": lambda p: (
        translate("Words", "The manufacturer has suspended this account"),
        translate("Words", "Your orders are kept here. Call the manufacturer."),
    ),
    "code-invalid": lambda p: (
        translate("Words", "This code does not work"),
        translate("Words", "It is unknown, used or expired. Check it, or ask the manufacturer for a new one."),
    ),
    "not-connected": lambda p: (
        translate("Words", "This desk is not connected yet"),
        translate("Words", "Connect it to your manufacturer, or practise first."),
    ),
    "wrong-server": lambda p: (
        translate("Words", "This is another manufacturer's server"),
        translate("Words", "This profile belongs to another server or account; nothing was changed."),
    ),
    "not-a-server": lambda p: (
        translate("Words", "There is no order server at this address"),
        translate("Words", "Check the address with the manufacturer; this network may also want a sign-in first."),
    ),
    "bad-address": lambda p: (
        translate("Words", "This address cannot be used"),
        translate("Words", "It should look like https://orders.example.com; without https it would not be safe."),
    ),
    "server-refused": lambda p: (translate("Words", "The manufacturer's server refused this"), ""),
    "server-busy": lambda p: (
        translate("Words", "The manufacturer's server is busy"),
        translate("Words", "It is tried again by itself in a moment."),
    ),
    "client-too-old": lambda p: (
        translate("Words", "This version is too old for the manufacturer's server"),
        translate("Words", "Install version {0} or later. Your orders are kept here.").format(p["minimum"])
        if p.get("minimum")
        else translate("Words", "Install a newer version. Your orders are kept here."),
    ),
    "protocol-violation": lambda p: (
        translate("Words", "The server's answer could not be understood"),
        translate("Words", "Nothing was changed here. If it happens again, call the manufacturer."),
    ),
    "catalogue-shrinks": lambda p: (
        translate("Words", "The new catalogue is much smaller"),
        translate("Words", "Yours stays in use until you agree."),
    ),
    "resync-needed": lambda p: (translate("Words", "Data is read again from the start"), ""),
    "unknown-product": lambda p: (
        translate("Words", "Unknown product"),
        translate("Words", "The catalogue has no product {0}.").format(p.get("sku", "")) if p.get("sku") else "",
    ),
    "unknown-wholesaler": lambda p: (translate("Words", "Unknown wholesaler"), ""),
    "invalid-quantity": lambda p: (
        translate("Words", "This quantity cannot be ordered"),
        translate("Words", "A quantity is a whole number from 1 to 999,999, in full packs."),
    ),
    "unknown-order": lambda p: (translate("Words", "Unknown order"), ""),
    "order-refused": lambda p: (
        translate("Words", "This order cannot leave yet"),
        translate("Words", "The draft is kept. Put right what is marked, then send it again."),
    ),
    "new-terms": lambda p: (
        translate("Words", "Prices have changed"),
        translate("Words", "Nothing was sent. Look at the new prices, then send again."),
    ),
    "action-not-possible": queue_file_words.not_possible,
    "wrong-queue-file": queue_file_words.wrong_file,
    "desk-revoked": queue_file_words.shut_out,
    "desk-departed": queue_file_words.departed,
    "file-unreadable": lambda p: (translate("Words", "This file could not be read"), ""),
    "file-not-written": lambda p: (
        translate("Words", "This file could not be written"),
        translate("Words", "Choose another folder, or close the file where another program has it open."),
    ),
    "recovery-code-invalid": lambda p: (
        translate("Words", "This recovery code does not fit"),
        translate("Words", "This is a code of another desk, or a newer one has taken its place. Nothing was changed.")
        if p.get("reason") == "other-code"
        else translate("Words", "Seven groups of four letters and digits are needed. Look at the printed code again."),
    ),
    "vault-unavailable": lambda p: (
        translate("Words", "The system's key store is not available"),
        translate("Words", "Comptoir keeps the key of your data there. Unlock or install it, then start again."),
    ),
}
