"""Drafts shared by the desks of an account."""

import re
from typing import Annotated

from litestar import Response, put
from litestar.di import NamedDependency
from litestar.params import PathParameter
from sqlalchemy import Connection

from desktop_app.contract.drafts import DraftAnswer, DraftDoc
from manufacturer_server import drafts
from manufacturer_server.accepting import Received
from manufacturer_server.lineage import Under
from manufacturer_server.orders import LIMITS
from manufacturer_server.problems import Refused
from manufacturer_server.web.access import Caller, body_of
from manufacturer_server.web.answers import AnyRequest, json_answer
from manufacturer_server.web.backend import Backend
from manufacturer_server.web.noticing import noticing_loss
from manufacturer_server.web.operations import IF_MATCH, SYNC_EPOCH, SYNC_SEEN, operation

_REVISION = re.compile(r'"(0|[1-9][0-9]{0,17})"')


@put(
    "/drafts/{draft_id:str}",
    operation_id="putDraft",
    operation_class=operation(
        {200: DraftAnswer},
        *(400, 412, 413, 415, 422, 428, 503),
        body=DraftDoc,
        headers=(SYNC_EPOCH, SYNC_SEEN, IF_MATCH),
    ),
    tags=["drafts"],
    request_max_body_size=LIMITS.order_bytes,
)
async def put_draft(
    request: AnyRequest,
    backend: NamedDependency[Backend],
    caller: NamedDependency[Caller],
    draft_id: Annotated[str, PathParameter(min_length=1, max_length=200)],
) -> Response[bytes]:
    """Keep a draft for the other desks of the account, unless it was changed since the revision that is replaced."""
    match = _match(request)
    body = await body_of(request)
    under = Under(request.headers.get("sync-epoch", ""), request.headers.get("sync-seen", ""))

    def receive(connection: Connection) -> DraftAnswer:
        return drafts.receive(connection, Received(caller.account, draft_id, 0, body, backend.now()), match, under)

    answer = await noticing_loss(backend, "epoch-mismatch", backend.write(receive))
    kept = json_answer(answer)
    kept.headers["ETag"] = f'"{answer.rev}"'
    return kept


def _match(request: AnyRequest) -> int:
    given = request.headers.get("if-match")
    if given is None:
        raise Refused("match-missing", "It names the revision that is replaced, and 0 for a new draft.")
    found = _REVISION.fullmatch(given.strip())
    if found is None:
        raise Refused("malformed", 'If-Match names one revision, as in "17".')
    return int(found[1])
