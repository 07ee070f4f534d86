"""How routes describe themselves in the OpenAPI document: bodies that are read raw, answers, and their problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import msgspec
from litestar.openapi.spec import (
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Parameter,
    Reference,
    RequestBody,
    Schema,
)

from desktop_app.contract.wire import Problem
from manufacturer_server.web.answers import JSON, PROBLEM_JSON

Answers = Mapping[int, type[msgspec.Struct] | str | None]
_RENAMED = {413: "Content Too Large", 416: "Range Not Satisfiable", 422: "Unprocessable Content"}


def reference(kind: type[msgspec.Struct]) -> Reference:
    """Where the document keeps the schema of a message."""
    return Reference(ref=f"#/components/schemas/{kind.__name__}")


def _phrase(status: int) -> str:
    """The status in the words of RFC 9110, which Python's own table follows only from 3.13 on."""
    return _RENAMED.get(status) or HTTPStatus(status).phrase


def _header(name: str, description: str, *, required: bool) -> Parameter:
    return Parameter(
        name=name,
        param_in="header",
        description=description,
        required=required,
        schema=Schema(type=OpenAPIType.STRING),
    )


CLIENT_INSTANCE = _header("Client-Instance", "The installation the token was given to.", required=True)
CLIENT_VERSION = _header("Client-Version", "The version of the desk's program, such as 0.3.1.", required=False)
DESK_NAME = _header("Desk-Name", "What the desk's computer is called, percent-encoded; for a list.", required=False)
SYNC_EPOCH = _header("Sync-Epoch", "The epoch of the last checkpoint or discovery.", required=True)
SYNC_SEEN = _header("Sync-Seen", "The latest cursor the desk has of its account's collections.", required=False)
IDEMPOTENCY_KEY = _header("Idempotency-Key", 'May be left out; else `"<order_id>/<revision>"`.', required=False)
IF_MATCH = _header("If-Match", 'The revision that is replaced, `"17"`; `"0"` for a new draft.', required=True)
OUTCOME_STATUS = _header("Outcome-Status", "The status of that answer: 201, 409 or 422.", required=True)
OUTCOME_RECEIPT = _header("Outcome-Receipt", "The receipt that came with that answer.", required=True)
DOCUMENT_SHA256 = _header("Document-SHA256", "The SHA-256 of the document it answered, in hexadecimal.", required=True)
RANGE = _header("Range", "One range of bytes, to take up a broken download.", required=False)


def _content(kind: type[msgspec.Struct] | str | None) -> dict[str, OpenAPIMediaType] | None:
    if kind is None:
        return None
    return {kind: OpenAPIMediaType()} if isinstance(kind, str) else {JSON: OpenAPIMediaType(schema=reference(kind))}


def operation(
    answers: Answers,
    *problems: int,
    body: type[msgspec.Struct] | tuple[type[msgspec.Struct], ...] | str | None = None,
    headers: tuple[Parameter, ...] = (),
    open_to_all: bool = False,
) -> type[Operation]:
    """An operation with its successes (a message, the media type of a file, or nothing), refusals, body and headers.

    `body` may be one of several messages, or the media type of a file.
    """
    described: dict[str, OpenAPIResponse | Reference] = {}
    for status, kind in answers.items():
        described[str(status)] = OpenAPIResponse(description=_phrase(status), content=_content(kind))
    for status in sorted({*problems, *(() if open_to_all else (401, 404, 426))}):
        media = {PROBLEM_JSON: OpenAPIMediaType(schema=reference(Problem))}
        described[str(status)] = OpenAPIResponse(description=_phrase(status), content=media)
    taken = None
    if isinstance(body, str):
        taken = RequestBody(required=True, content={body: OpenAPIMediaType()})
    elif body is not None:
        kinds = body if isinstance(body, tuple) else (body,)
        schema = reference(kinds[0]) if len(kinds) == 1 else Schema(one_of=[reference(kind) for kind in kinds])
        taken = RequestBody(required=True, content={JSON: OpenAPIMediaType(schema=schema)})

    @dataclass
    class Described(Operation):
        responses: dict[str, OpenAPIResponse | Reference] | None = field(default=None)

        def __post_init__(self) -> None:
            self.responses = described
            self.request_body = taken
            own = () if open_to_all else (CLIENT_INSTANCE, CLIENT_VERSION)
            self.parameters = [*(self.parameters or []), *own, *headers]

    return Described
