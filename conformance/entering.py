"""Finding the server, joining it, and what strangers and other dealers get to see."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import UUID, uuid4

from conformance.checking import WITHOUT_CODE, Check, check
from conformance.findings import Broken, NotTried
from conformance.orders import new_id
from conformance.peer import DISCOVERY, JSON, Answer, document, expect, in_short, refusal
from conformance.visit import Visit
from desktop_app.contract.wire import Discovery, JoinAnswer

CLOCKS = timedelta(minutes=2)


@check(1, "Discovery says who answers, under which epoch and within which limits", signed_in=False)
def discovery(visit: Visit) -> None:
    """Read twice: identity and epoch stay."""
    first, again = visit.discovery, document(visit.peer.ask("GET", DISCOVERY, signed=False), Discovery)
    try:
        UUID(first.server_id)
    except ValueError as error:
        raise Broken(f"The server_id {first.server_id!r} is no UUID.") from error
    if (again.server_id, again.epoch) != (first.server_id, first.epoch):
        raise Broken("Two calls of discovery name different servers or epochs.")
    if not first.epoch or "1" not in first.api_versions:
        raise Broken("Discovery names no epoch." if not first.epoch else "Discovery does not name the API version 1.")
    limits = first.limits
    if min(limits.order_lines, limits.order_bytes, limits.page_rows, limits.outcome_ids) < 1:
        raise Broken("A published limit is below 1.")


@check(4, "Every answer tells the time and has a number of its own", signed_in=False)
def date_and_request_id(visit: Visit) -> None:
    """Of discovery, of something that is not there, and of a refusal."""
    numbers = []
    for path in (DISCOVERY, "/v1/nothing-here", visit.peer.under_account("/catalog", "nobody")):
        answer = visit.peer.ask("GET", path, signed=False)
        number, date = answer.headers.get("request-id"), answer.headers.get("date")
        if not number or not date:
            raise Broken(f"The answer to GET {path} has no {'Date' if number else 'Request-Id'}.")
        numbers.append(number)
        try:
            parsedate_to_datetime(date)
        except ValueError as error:
            raise Broken(f"The Date {date!r} cannot be read.") from error
    if len(set(numbers)) < len(numbers):
        raise Broken("Two answers have the same Request-Id.")


@check(4, "The clock of discovery is that of the Date header", signed_in=False)
def one_clock(visit: Visit) -> None:
    """`server_time` is a moment with its offset, close to `Date`."""
    answer = visit.peer.ask("GET", DISCOVERY, signed=False)
    told = document(answer, Discovery).server_time
    try:
        date: datetime = parsedate_to_datetime(answer.headers.get("date", "")).astimezone(UTC)
    except ValueError as error:
        raise Broken("The answer has no Date.") from error
    if abs(told - date) > CLOCKS:
        raise Broken(f"server_time says {told.isoformat()}, the header Date {date.isoformat()}.")


@check(4, "No cookies, and no permission for other web sites", signed_in=False)
def no_browser(visit: Visit) -> None:
    """Asked as a page of another site would."""
    answer = visit.peer.ask("GET", DISCOVERY, headers={"Origin": "https://elsewhere.example"}, signed=False)
    for name in ("set-cookie", "access-control-allow-origin"):
        if name in answer.headers:
            raise Broken(f"The answer to discovery has the header {name}.")


@check(2, "A joining code gives account and token, however it is spelled", signed_in=False)
def joining(visit: Visit) -> None:
    """It was sent in small letters with a blank and a dash."""
    if visit.joined is None:
        raise NotTried(WITHOUT_CODE)
    answer = expect(visit.joined, 201)
    joined = document(answer, JoinAnswer)
    if not joined.account or not joined.token:
        raise Broken("Joining gave no account or no token.")
    if visit.misread is not None:
        raise Broken("The code is not taken in small letters with a blank and a dash; exactly as given it was.")


@check(2, "A joining code works once")
def code_works_once(visit: Visit) -> None:
    """The second desk is refused like one with a code that never was."""
    refusal(visit.peer.join(visit.code), 403, "code-invalid")


@check(2, "A joining code that never was is refused", signed_in=False)
def unknown_code(visit: Visit) -> None:
    """By name, so that a person knows what to ask for."""
    refusal(visit.peer.join("ZZZZ-ZZZZ-ZZZZ-ZZZZ"), 403, "code-invalid")


@check(2, "Nothing of a dealer is given without a valid token", signed_in=False)
def token_needed(visit: Visit) -> None:
    """No token, a wrong one, and the right one in the hands of another installation."""
    path = visit.peer.under_account("/catalog", visit.peer.account or "nobody")
    instance = {"Client-Instance": visit.peer.instance}
    refusal(visit.peer.ask("GET", path, headers=instance, signed=False), 401, "unauthorized")
    wrong = instance | {"Authorization": "Bearer wrong"}
    refusal(visit.peer.ask("GET", path, headers=wrong, signed=False), 401, "unauthorized")


@check(2, "A token works only for the installation it was given to")
def token_of_one_desk(visit: Visit) -> None:
    """Another Client-Instance is a stranger; none at all is a mistake of the desk's."""
    path = visit.peer.under_account("/catalog")
    refusal(visit.peer.ask("GET", path, headers={"Client-Instance": str(uuid4())}), 401, "unauthorized")
    refusal(visit.peer.ask("GET", path, headers={"Client-Instance": ""}), 400, "client-instance-missing")


@check(3, "An unknown account is not found")
def unknown_account(visit: Visit) -> None:
    """Everything under it, whether it is read or written."""
    for answer in _knocks(visit, f"nobody-{uuid4().hex[:8]}"):
        refusal(answer, 404, "not-found")


@check(3, "Another dealer's account answers exactly like one that does not exist")
def other_account(visit: Visit) -> None:
    """Status, type and body, apart from what is new in every answer."""
    if not visit.other:
        raise NotTried("it needs the account of another dealer (--other)")
    if visit.other == visit.peer.account:
        raise NotTried("the account given with --other is the one that has joined")
    unknown = _knocks(visit, f"nobody-{uuid4().hex[:8]}")
    for there, nowhere in zip(_knocks(visit, visit.other), unknown, strict=True):
        asked = f"{there.request.method} {there.request.url.path}"
        if there.status_code != nowhere.status_code:
            raise Broken(f"{asked} of another dealer is answered {in_short(there)}, of nobody {in_short(nowhere)}.")
        if there.content != nowhere.content:
            raise Broken(f"{asked} of another dealer has another body than that of an unknown account.")


def _knocks(visit: Visit, account: str) -> list[Answer]:
    """One request of each kind for something of `account`'s."""
    peer, order_id = visit.peer, new_id()
    sends = {"Content-Type": JSON, "Sync-Epoch": visit.discovery.epoch}
    return [
        peer.ask("GET", peer.under_account("/catalog", account)),
        peer.ask("GET", peer.under_account("/changes", account), params={"collections": "orders", "cursor": ""}),
        peer.ask("POST", peer.under_account("/orders:outcomes", account), headers=sends, content=b'{"ids":[]}'),
        peer.ask("PUT", peer.under_account(f"/orders/{order_id}/revisions/1", account), headers=sends, content=b"{}"),
    ]


CHECKS: tuple[Check, ...] = (
    discovery,
    date_and_request_id,
    one_clock,
    no_browser,
    unknown_code,
    token_needed,
    joining,
    code_works_once,
    token_of_one_desk,
    unknown_account,
    other_account,
)
