"""The one translator of HTTP trouble into the errors people meet. Sending and receiving: `client`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec

from desktop_app.contract.wire import Problem, problem_type
from desktop_app.errors import (
    CodeInvalid,
    ComptoirError,
    DeskRevoked,
    Offline,
    ProtocolViolation,
    ResyncNeeded,
    ServerBusy,
    ServerRefused,
    ServerTooNew,
    Unauthorized,
)

if TYPE_CHECKING:
    import httpx

SHORTEST_WAIT_S = 1.0
LONGEST_WAIT_S = 3600.0
HEADER_CHARACTERS = 2_000
JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
NDJSON = "application/x-ndjson"
ZSTD = "application/zstd"
T = TypeVar("T")


class Interrupted(Offline):
    """The connection broke after the request may have reached the server: whether it took effect is unknown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server itself said: never a portal's page, never a redirect. `retry_after` is in seconds, clamped.

    `receipt` is the server's proof of a recorded answer, "" where it gave none that can be sent back.
    """

    status: int
    body: bytes
    problem: Problem | None = None
    retry_after: float | None = None
    replayed: bool = False
    receipt: str = ""


def network_failure(error: "httpx.TransportError", host: str) -> Offline:
    """What a failed exchange means. `Interrupted` where the request may have arrived."""
    import httpx

    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return Offline(
            f"The server at {host} cannot prove that it is {host}: its certificate is expired, made for another name "
            "or not issued by an authority this computer trusts. Nothing was sent.",
            reason="certificate",
        )
    never_sent = httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError
    if isinstance(error, never_sent | httpx.UnsupportedProtocol):
        return Offline(f"There is no connection to {host}. What waits here leaves by itself later.", reason="network")
    return Interrupted(
        f"The connection to {host} broke before the answer was complete. It is looked up and repeated by itself.",
        reason="timeout" if isinstance(error, httpx.TimeoutException) else "interrupted",
    )


def not_the_server(host: str, reason: str) -> Interrupted:
    """Something between here and the server answered in its place: a sign-in page of the network, a proxy."""
    return Interrupted(
        f"Something other than {host} answered: this network may want a sign-in first (open a web page to see). "
        "What waits here leaves by itself later.",
        reason=reason,
    )


def portal_reason(status: int, media_type: str, headers: Mapping[str, str], expected: tuple[str, ...]) -> str:
    """Why this answer cannot be the server's own, or "" where it can.

    The server never redirects; it answers what was `expected`, an empty body, or a problem document. Its front door
    may answer 5xx or 429 in any form.
    """
    if 300 <= status < 400:
        return "redirect"
    if status == 511:
        return "portal"
    if status >= 500 or status in (408, 429) or media_type in (JSON, PROBLEM_JSON):
        return ""
    if status < 400 and (media_type in expected or headers.get("content-length") == "0" or status == 204):
        return ""
    return "portal"


def retry_after(text: str | None, now: datetime) -> float | None:
    """The seconds a `Retry-After` header asks for, clamped to 1 s ... 1 h; None where there is none to be read."""
    if not text:
        return None
    try:
        seconds = float(int(text.strip()[:12]))
    except ValueError:
        from email.utils import parsedate_to_datetime

        try:
            seconds = (parsedate_to_datetime(text) - now).total_seconds()
        except (ValueError, TypeError):
            return None
    return min(max(seconds, SHORTEST_WAIT_S), LONGEST_WAIT_S)


def header_text(text: str) -> str:
    """What the server gave to be sent back in a header, "" where no header can carry it."""
    return text if len(text) <= HEADER_CHARACTERS and text.isascii() and text.isprintable() else ""


def problem_of(body: bytes) -> Problem | None:
    """The problem document in an answer, None where there is none."""
    try:
        return msgspec.json.decode(body, type=Problem)
    except (msgspec.MsgspecError, RecursionError):
        return None


def decoded(body: bytes, kind: type[T], what: str) -> T:
    """`body` as a message of the protocol. Raises ProtocolViolation, naming `what` could not be understood."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ProtocolViolation(f"The server's {what} could not be understood ({error}).", what=what) from error


def too_old(minimum: str, **params: str) -> ServerTooNew:
    """This program must be updated; `minimum` is the version that would do, "" where the server does not say."""
    needed = f": install version {minimum} or later" if minimum else ""
    return ServerTooNew(
        f"This version of the program is too old for the manufacturer's server{needed}. Orders are kept.",
        minimum=minimum,
        **params,
    )


def refusal(answer: Answer) -> ComptoirError:
    """The error for an answer that is not a success, by its problem type, else by `retry`, else by its status."""
    problem = answer.problem
    slug = problem.slug if problem is not None else ""
    said = (problem.title, problem.detail) if problem is not None else (f"status {answer.status}",)
    words = ". ".join(part.rstrip(".") for part in said if part)
    params = {"code": slug, "status": str(answer.status)}
    if answer.status == 401 and problem is not None and problem.type == problem_type("desk-revoked"):
        return DeskRevoked(
            "The manufacturer has shut out this desk. Its orders are kept here; if this is a mistake, ask him for a "
            f"new code and connect again. {problem.detail}".rstrip(),
            wipe=problem.wipe,
            text=problem.detail,
            **params,
        )
    if answer.status == 401:
        return Unauthorized(
            "The manufacturer's server does not accept this desk's sign-in any more. Orders stay queued here; connect "
            "again with a new code.",
            **params,
        )
    if slug == "code-invalid":
        return CodeInvalid(
            "The joining code is unknown, expired or was used already. Ask the manufacturer for a new one.", **params
        )
    retry = problem.retry if problem is not None else ""
    if answer.status == 426 or retry == "upgrade":
        return too_old(problem.client_minimum if problem is not None else "", **params)
    if answer.status == 410 or retry == "resync":
        return ResyncNeeded(f"The server asks to read its data again: {words}.", **params)
    if answer.status in (408, 429) or answer.status >= 500 or retry == "later":
        wait = f"{answer.retry_after:.0f}" if answer.retry_after is not None else ""
        return ServerBusy(
            f"The manufacturer's server cannot answer now ({words}). It is tried again by itself.",
            retry_after=wait,
            **params,
        )
    return ServerRefused(f"The manufacturer's server refused: {words}.", **params)
