"""Errors as people meet them: what happened, what was kept, what to do. Named after the condition.

`title` is a few words, `message` full English sentences for the headless front end and the log; `params` and
`code` let the screens say it in the user's language.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from desktop_app.domain.order import Problem


class ComptoirError(Exception):
    """The base of every expected refusal."""

    code: ClassVar[str] = "error"
    title: ClassVar[str] = "This did not work"

    def __init__(self, message: str, **params: str) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


class Offline(ComptoirError):
    """The server could not be reached, or something that is not the server answered."""

    code = "offline"
    title = "The manufacturer could not be reached"


class Unauthorized(ComptoirError):
    """The server does not accept this desk's sign-in any more; the queue is kept."""

    code = "unauthorized"
    title = "Sign in again"


class DeskRevoked(Unauthorized):
    """The manufacturer has shut out this very desk; the queue is kept. `wipe`: he wants it to become unreadable."""

    code = "desk-revoked"
    title = "The manufacturer has shut out this desk"

    def __init__(self, message: str, *, wipe: bool = False, **params: str) -> None:
        super().__init__(message, **params)
        self.wipe = wipe


class DeskDeparted(ComptoirError):
    """This desk was shut out for good: it has handed over what it had, and cannot be opened any more."""

    code = "desk-departed"
    title = "The manufacturer has shut out this desk"


class CodeInvalid(ComptoirError):
    """The joining code is unknown, used or expired."""

    code = "code-invalid"
    title = "This code does not work"


class RecoveryCodeInvalid(ComptoirError):
    """What was typed is no recovery code, or not the one of this desk."""

    code = "recovery-code-invalid"
    title = "This recovery code does not fit"


class NotConnected(ComptoirError):
    """The profile has not been connected to a manufacturer yet."""

    code = "not-connected"
    title = "This desk is not connected yet"


class WrongServer(ComptoirError):
    """The address answers as another server than the one this profile belongs to."""

    code = "wrong-server"
    title = "This is another manufacturer's server"


class ServerRefused(ComptoirError):
    """The server gave a definite refusal that no retry will change."""

    code = "server-refused"
    title = "The manufacturer's server refused this"


class ServerTooNew(ComptoirError):
    """The server speaks a version this program does not know, or the program is too old for it."""

    code = "client-too-old"
    title = "This program must be updated"


class ProtocolViolation(ComptoirError):
    """The server answered something the protocol does not allow; nothing was applied."""

    code = "protocol-violation"
    title = "The server's answer could not be understood"


class ShrinkNeedsConsent(ComptoirError):
    """The new catalogue is empty or less than half of the old one; the old one stays until a person agrees."""

    code = "catalogue-shrinks"
    title = "The new catalogue is much smaller"


class UnknownProduct(ComptoirError):
    """No product has that sku."""

    code = "unknown-product"
    title = "Unknown product"


class UnknownWholesaler(ComptoirError):
    """No wholesaler has that code, or it does not list the product."""

    code = "unknown-wholesaler"
    title = "Unknown wholesaler"


class InvalidQuantity(ComptoirError):
    """Not a whole number from 1 to 999,999, or off the pack multiple or minimum."""

    code = "invalid-quantity"
    title = "This quantity cannot be ordered"


class UnknownOrder(ComptoirError):
    """No order here has that id or number."""

    code = "unknown-order"
    title = "Unknown order"


class OrderRefused(ComptoirError):
    """The order cannot leave as it is; `problems` says why, the draft is kept."""

    code = "order-refused"
    title = "This order cannot leave yet"

    def __init__(self, message: str, problems: "Iterable[Problem]" = (), **params: str) -> None:
        super().__init__(message, **params)
        self.problems = tuple(problems)


class NewTerms(OrderRefused):
    """Prices differ from those last shown; `problems` name each line. Nothing was saved: look, then submit again."""

    code = "new-terms"
    title = "Prices have changed"


class ActionNotPossible(ComptoirError):
    """What was asked does not go with the order's present state."""

    code = "action-not-possible"
    title = "Not possible now"


class FileUnreadable(ComptoirError):
    """A file given by the person cannot be read as what it should be."""

    code = "file-unreadable"
    title = "This file could not be read"


class WrongQueueFile(ComptoirError):
    """A file is no whole queue of this account at this server: nothing of it was sent."""

    code = "wrong-queue-file"
    title = "This file cannot be sent from here"


class FileNotWritten(ComptoirError):
    """A file that the person asked for cannot be written where it should be; what is there stays."""

    code = "file-not-written"
    title = "The file could not be written"


class VaultUnavailable(ComptoirError):
    """The system's key store is missing, locked or not a real one."""

    code = "vault-unavailable"
    title = "The system's key store is not available"


class StorageFailed(ComptoirError):
    """The profile cannot be written or read: read-only, full, or damaged. Nothing was half saved."""

    code = "storage-failed"
    title = "The data folder cannot be used"


class BadAddress(ComptoirError):
    """What was typed is not the address of a server, or would send secrets unencrypted over a network."""

    code = "bad-address"
    title = "This address cannot be used"


class NotAServer(ComptoirError):
    """Something answers at the address, but it is not a server of this kind."""

    code = "not-a-server"
    title = "There is no order server at this address"


class ServerBusy(ComptoirError):
    """The server answers, but asks to come back later; `params` may hold `retry_after` in seconds."""

    code = "server-busy"
    title = "The manufacturer's server asks to come back later"


class ResyncNeeded(ComptoirError):
    """The server cannot continue from where this desk stands; that data is read again from the start."""

    code = "resync-needed"
    title = "Data is read again from the start"
