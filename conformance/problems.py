"""Refusals: every one met on the way is a problem document that says what to do next."""

from conformance.checking import Check, check
from conformance.findings import Broken
from conformance.peer import Answer, document, media_type, refusal
from conformance.visit import Visit
from desktop_app.contract.wire import Problem, problem_type

RETRIES = ("never", "later", "reauth", "resync", "confirm", "upgrade")
RETRY_OF = {
    "unauthorized": "reauth",
    "terms-changed": "confirm",
    "terms-unknown": "resync",
    "cursor-expired": "resync",
    "visibility-changed": "resync",
    "epoch-changed": "resync",
    "epoch-missing": "resync",
    "timeout": "later",
    "internal": "later",
    "busy": "later",
    "catalogue-empty": "later",
    "client-too-old": "upgrade",
    "schema-unknown": "upgrade",
    "streams-exceeded": "later",
}


@check(21, "What is not there is not found, and a method that is not taken is refused", signed_in=False)
def nothing_there(visit: Visit) -> None:
    """As problem documents too, not as a page for people."""
    refusal(visit.peer.ask("GET", "/v1/nothing-here"), 404, "not-found")
    refusal(visit.peer.ask("DELETE", "/.well-known/order-sync"), 405, "method-not-allowed")


@check(21, "Every refusal is a problem document (RFC 9457) that says whether to try again", signed_in=False)
def problem_documents(visit: Visit) -> None:
    """All those met in this visit."""
    for answer in visit.peer.seen:
        if answer.status_code >= 400:
            _check_problem(answer)


@check(21, "No answer is a failure of the server or sends a desk elsewhere", signed_in=False)
def no_failures(visit: Visit) -> None:
    """Redirects are not followed by a desk; 500 is a mistake whatever was asked."""
    for answer in visit.peer.seen:
        asked = f"{answer.request.method} {answer.request.url.path}"
        if answer.status_code == 500:
            raise Broken(f"{asked} was answered 500.")
        if 300 <= answer.status_code < 400 and answer.status_code != 304:
            raise Broken(f"{asked} was answered {answer.status_code}, a redirect.")


def _check_problem(answer: Answer) -> None:
    asked = f"{answer.status_code} to {answer.request.method} {answer.request.url.path}"
    if media_type(answer) != "application/problem+json":
        raise Broken(f"The {asked} is {media_type(answer) or 'of no type'}, not application/problem+json.")
    problem = document(answer, Problem)
    if problem.type != problem_type(problem.slug) or not problem.title:
        raise Broken(f"The {asked} has the type {problem.type!r} or no title.")
    if problem.status != answer.status_code:
        raise Broken(f"The {asked} says {problem.status} in its body.")
    if problem.retry not in RETRIES:
        raise Broken(f"The {asked} says retry {problem.retry!r}, which is none of {', '.join(RETRIES)}.")
    expected = RETRY_OF.get(problem.slug, "never")
    if problem.retry != expected and problem.slug in KNOWN:
        raise Broken(f"The {asked} ({problem.slug}) says retry {problem.retry} instead of {expected}.")


KNOWN = frozenset(RETRY_OF) | {
    "malformed",
    "client-instance-missing",
    "key-mismatch",
    "code-invalid",
    "account-suspended",
    "not-found",
    "method-not-allowed",
    "superseded",
    "already-accepted",
    "too-large",
    "media-type",
    "range",
    "rejected",
    "key-reused",
    "receipt-invalid",
}
CHECKS: tuple[Check, ...] = (nothing_there, problem_documents, no_failures)
