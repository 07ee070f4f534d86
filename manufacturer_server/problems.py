"""The registry of every refusal a desk may get (RFC 9457), and the exception that stands for one."""

from dataclasses import dataclass, field

import msgspec

from desktop_app.contract.wire import NO_PROPOSAL, FieldError, Problem, problem_type

# slug: (status, retry, title)
REGISTRY: dict[str, tuple[int, str, str]] = {
    "malformed": (400, "never", "The request could not be read"),
    "client-instance-missing": (400, "never", "The header Client-Instance is missing or not a UUID"),
    "key-mismatch": (400, "never", "Idempotency-Key does not name this document"),
    "unauthorized": (401, "reauth", "This desk is not signed in"),
    "desk-revoked": (401, "reauth", "The manufacturer has shut out this desk"),
    "code-invalid": (403, "never", "This joining code is unknown, used or expired"),
    "address-expired": (403, "resync", "The address of this file holds no longer"),
    "account-suspended": (403, "never", "The manufacturer no longer serves this account"),
    "not-found": (404, "never", "There is nothing here"),
    "timeout": (408, "later", "The request took too long to arrive"),
    "method-not-allowed": (405, "never", "This address does not take that method"),
    "terms-changed": (409, "confirm", "The terms have changed since this order was priced"),
    "terms-unknown": (409, "resync", "This order was priced with terms this server never gave"),
    "superseded": (409, "never", "A later revision of this order was already answered"),
    "already-accepted": (409, "never", "Another revision of this order is already accepted"),
    "cursor-expired": (410, "resync", "This cursor is not one of this feed"),
    "visibility-changed": (410, "resync", "What this account may see has changed"),
    "epoch-changed": (410, "resync", "The server's history has changed"),
    "epoch-mismatch": (412, "resync", "The server's history has changed"),
    "draft-changed": (412, "never", "The draft has been changed since"),
    "too-large": (413, "never", "The document is larger than this server takes"),
    "media-type": (415, "never", "The document is of another media type than this address takes"),
    "range": (416, "never", "The file does not reach that far"),
    "rejected": (422, "never", "The document cannot be accepted"),
    "key-reused": (422, "never", "Another document was already sent under this id and revision"),
    "unreadable": (422, "never", "The sealed message cannot be opened with this server's key"),
    "receipt-invalid": (422, "never", "This server did not give that answer"),
    "client-too-old": (426, "upgrade", "This version of the program is no longer served"),
    "schema-unknown": (426, "upgrade", "This server does not take orders in that form"),
    "epoch-missing": (428, "resync", "The header Sync-Epoch is missing"),
    "streams-exceeded": (429, "later", "There are too many streams of events already"),
    "match-missing": (428, "never", "The header If-Match is missing"),
    "headers-too-large": (431, "never", "The headers are longer than this server takes"),
    "internal": (500, "later", "The server made a mistake"),
    "busy": (503, "later", "The server is busy"),
    "catalogue-empty": (503, "later", "The manufacturer has not published a catalogue yet"),
}


@dataclass
class Refused(Exception):
    """Raised anywhere below a route: becomes the problem document of `slug`."""

    slug: str
    detail: str = ""
    errors: list[FieldError] = field(default_factory=list)
    order_no: str = ""
    revision: int = 0
    epoch: str = ""
    client_minimum: str = ""
    wipe: bool = False
    proposal: msgspec.Raw = field(default_factory=lambda: NO_PROPOSAL)

    def problem(self) -> Problem:
        """The document that travels."""
        return problem(
            self.slug,
            detail=self.detail,
            errors=self.errors,
            proposal=self.proposal,
            order_no=self.order_no,
            revision=self.revision,
            epoch=self.epoch,
            client_minimum=self.client_minimum,
            wipe=self.wipe,
        )


def problem(
    slug: str,
    *,
    detail: str = "",
    errors: list[FieldError] | None = None,
    proposal: msgspec.Raw = NO_PROPOSAL,
    order_no: str = "",
    revision: int = 0,
    epoch: str = "",
    client_minimum: str = "",
    wipe: bool = False,
) -> Problem:
    """A problem document of the registry."""
    status, retry, title = REGISTRY[slug]
    return Problem(
        type=problem_type("epoch-changed" if slug == "epoch-mismatch" else slug),
        title=title,
        status=status,
        detail=detail,
        retry=retry,
        errors=errors or [],
        proposal=proposal,
        order_no=order_no,
        revision=revision,
        epoch=epoch,
        client_minimum=client_minimum,
        wipe=wipe,
    )
