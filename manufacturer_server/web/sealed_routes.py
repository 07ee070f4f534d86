"""Sealed messages in a file: another desk sends them for theirs, or a desk that is shut out hands them over."""

import hashlib
from functools import partial
from typing import Annotated

from litestar import Response, put
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from desktop_app.contract.sealed import (
    MEDIA_TYPE,
    DamagedFile,
    NotASealedFile,
    Sealed,
    SealedAnswer,
    SealedOutcome,
    read_whole,
)
from manufacturer_server.orders import LIMITS
from manufacturer_server.problems import Refused
from manufacturer_server.sealed import Bearer, not_taken, take_in
from manufacturer_server.web.access import Uploader, body_of, note_handed_over
from manufacturer_server.web.answers import AnyRequest, json_answer
from manufacturer_server.web.backend import Backend
from manufacturer_server.web.operations import operation

Sha256 = Annotated[str, PathParameter(pattern="^[0-9a-f]{64}$")]
HeldWish = Annotated[str, QueryParameter(name="held", pattern="^(leave|send)$")]


@put(
    "/sealed/{sha256:str}",
    operation_id="putSealed",
    status_code=200,
    operation_class=operation({200: SealedAnswer}, 400, 403, 413, 415, 503, body=MEDIA_TYPE),
    tags=["push"],
    request_max_body_size=LIMITS.sealed_bytes,
)
async def put_sealed(
    request: AnyRequest,
    backend: NamedDependency[Backend],
    uploader: NamedDependency[Uploader],
    sha256: Sha256,
    held: HeldWish = "leave",
) -> Response[bytes]:
    """Bring a file of sealed messages: each is opened and answered as if its own desk had sent it, however often."""
    body = await body_of(request, MEDIA_TYPE)
    if hashlib.sha256(body).hexdigest() != sha256:
        raise Refused("malformed", "The file is not the one its address names: it was changed on its way.")
    records = await backend.fetch(partial(_records, body))
    shut_out = uploader.revoked is not None
    if shut_out:
        await note_handed_over(backend, uploader, len(body))
    bearer = Bearer(uploader.account, uploader.client_instance, held == "send", shut_out)
    answers = [await _one(backend, record, bearer) for record in records]
    return json_answer(SealedAnswer(answers))


async def _one(backend: Backend, record: Sealed, bearer: Bearer) -> SealedOutcome:
    # One write each, as if they came one by one: what is refused takes nothing else with it.
    try:
        return await backend.write(lambda connection: take_in(connection, record, bearer, backend.now()))
    except Refused as refused:
        return not_taken(record, refused)


def _records(body: bytes) -> tuple[Sealed, ...]:
    try:
        _, records = read_whole(body)
    except (NotASealedFile, DamagedFile) as error:
        raise Refused("malformed", f"This is no whole file of sealed messages: {error}.") from error
    if len(records) > LIMITS.sealed_records:
        raise Refused("too-large", f"A file has at most {LIMITS.sealed_records:,} messages; send it in parts.")
    return records
