"""What is said about files with a queue, and about a desk that was shut out."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate
Words = tuple[str, str]


def wrong_file(params: Mapping[str, str]) -> Words:
    """Why a file cannot be sent from this desk."""
    reasons = {
        "damaged": translate(
            "QueueFile",
            "It is damaged or not complete. Export it again; if that desk is gone, send the file to the manufacturer: "
            "he can enter what is whole of it.",
        ),
        "server": translate("QueueFile", "It is for another manufacturer; this desk works with {0}.").format(
            params.get("manufacturer", "")
        ),
        "account": translate("QueueFile", "It is of account {0}; this desk works for {1}.").format(
            params.get("theirs", ""), params.get("ours", "")
        ),
    }
    otherwise = translate("QueueFile", "It is not a queue that Comptoir has exported.")
    title = translate("QueueFile", "This file cannot be sent from here")
    return title, reasons.get(params.get("reason", ""), otherwise)


def not_possible(params: Mapping[str, str]) -> Words:
    """What was asked does not go with how things are."""
    found = {
        "export-empty": (
            translate("QueueFile", "Nothing to export"),
            translate("QueueFile", "No order waits on this desk."),
        ),
        "export-no-key": (
            translate("QueueFile", "Nothing was exported"),
            translate(
                "QueueFile",
                "This desk has no key of the manufacturer's server yet: only he must be able to read such a file.",
            ),
        ),
        "send-queue": (
            translate("QueueFile", "The manufacturer's server takes no such files yet"),
            translate("QueueFile", "Send the file to the manufacturer: he can read it."),
        ),
    }
    return found.get(
        params.get("action", ""),
        (
            translate("Words", "Not possible now"),
            translate("Words", "The order has moved on in the meantime; look at its state."),
        ),
    )


def shut_out(params: Mapping[str, str]) -> Words:
    """The manufacturer has shut out this desk; everything is kept."""
    title = translate("QueueFile", "The manufacturer has shut out this desk")
    kept = translate(
        "QueueFile",
        "Your orders are kept here. Call the manufacturer; if it is a mistake, sign in again with a new code in the "
        "settings.",
    )
    if params.get("text"):
        return title, translate("QueueFile", "He says: {0}. {1}").format(params["text"].rstrip("."), kept)
    return title, kept


def departed(params: Mapping[str, str]) -> Words:
    """The manufacturer has shut out this desk for good."""
    return (
        translate("QueueFile", "The manufacturer has shut out this desk"),
        translate("QueueFile", "What had not left was handed over. Its data can no longer be opened on this computer."),
    )
