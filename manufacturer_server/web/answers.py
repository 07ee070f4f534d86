"""The forms of an answer: JSON, feed pages, problem documents, and what becomes of an unexpected failure."""

import logging
from collections.abc import Callable, MutableMapping
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from desktop_app.contract.wire import Problem
from manufacturer_server.problems import Refused, problem

JSON = "application/json"
NDJSON = "application/x-ndjson"
EVENTS = "text/event-stream"
PROBLEM_JSON = "application/problem+json"
NO_STORE = {"Cache-Control": "no-store"}

AnyRequest = Request[object, object, State]
_SLUG_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "media-type"}
_log = logging.getLogger(__name__)


def json_answer(document: msgspec.Struct, status: int = 200) -> Response[bytes]:
    """A document as JSON."""
    return Response(msgspec.json.encode(document), status_code=status, media_type=JSON, headers=NO_STORE)


def problem_answer(document: Problem) -> Response[bytes]:
    """A problem document, with the headers that belong to its status."""
    headers = dict(NO_STORE)
    if document.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if document.retry == "later":
        headers["Retry-After"] = "5"
    return Response(
        msgspec.json.encode(document), status_code=document.status, media_type=PROBLEM_JSON, headers=headers
    )


def on_refused(_: AnyRequest, refused: Refused) -> Response[bytes]:
    """A refusal raised anywhere below a route."""
    return problem_answer(refused.problem())


def on_http_exception(_: AnyRequest, error: HTTPException) -> Response[bytes]:
    """What the framework itself refuses, in the same form as everything else."""
    slug = _SLUG_BY_STATUS.get(error.status_code, "malformed" if error.status_code < 500 else "internal")
    detail = "" if slug in ("not-found", "internal") else error.detail
    return problem_answer(problem(slug, detail=detail))


def on_failure(request: AnyRequest, error: Exception) -> Response[bytes]:
    """A mistake of ours: logged in full, told in one word."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_answer(problem("internal"))


ON_EXCEPTION: MutableMapping[int | type[Exception], Callable[[AnyRequest, Any], Response[Any]]] = {
    Refused: on_refused,
    HTTPException: on_http_exception,
    Exception: on_failure,
}
