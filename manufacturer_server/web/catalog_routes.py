"""Pulling: the snapshot's manifest and file, and the pages of changes. Snapshots are made before they are asked for."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Stream
from sqlalchemy import Connection

from desktop_app.contract.wire import Manifest
from manufacturer_server import feed, snapshot, snapshot_address
from manufacturer_server.orders import LIMITS
from manufacturer_server.problems import Refused
from manufacturer_server.storage.identity import identity
from manufacturer_server.web.access import Caller
from manufacturer_server.web.answers import NDJSON, NO_STORE, AnyRequest, json_answer
from manufacturer_server.web.backend import Backend
from manufacturer_server.web.noticing import noticing_loss
from manufacturer_server.web.operations import RANGE, operation

ZSTD = "application/zstd"
_CHUNK = 1 << 18
# The name is the content's digest, and the address is its own ticket: any cache may keep it.
_FOR_EVER = "public, max-age=31536000, immutable"
LOOK_EVERY_S = 60.0
_log = logging.getLogger(__name__)


@get("/catalog", operation_id="getManifest", operation_class=operation({200: Manifest}, 503), tags=["pull"])
async def manifest(backend: NamedDependency[Backend], caller: NamedDependency[Caller]) -> Response[bytes]:
    """The snapshot of the shared catalogue now in force, with an address that is good for a day."""
    found = await backend.read(lambda connection: snapshot.latest(connection, backend.folder))
    if found is None:
        try:
            found = await backend.make(lambda: snapshot.current(backend.database, backend.now()))
        except snapshot.CatalogueEmpty as error:
            raise Refused("catalogue-empty") from error
        except snapshot.NotMade as error:
            _log.error("the catalogue's snapshot cannot be made: %s", error)
            raise Refused("busy", "The catalogue cannot be made ready now.") from error
    who = await backend.read(identity)
    return json_answer(found.manifest(snapshot_address.signed(who, caller.account, found.name, backend.now())))


@get(
    "/v1/accounts/{account:str}/catalog/{name:str}",
    operation_id="getSnapshot",
    operation_class=operation({200: ZSTD, 206: ZSTD}, 403, 404, 416, headers=(RANGE,), open_to_all=True),
    tags=["pull"],
)
async def snapshot_file(
    request: AnyRequest,
    backend: NamedDependency[Backend],
    account: FromPath[str],
    name: FromPath[str],
    expires: FromQuery[str] = "",
    signature: FromQuery[str] = "",
) -> Response[bytes] | Stream:
    """The snapshot file: NDJSON in zstd, immutable, in one piece or from any byte on (`Range`).

    Its address, from the manifest, needs no token.
    """
    who = await backend.read(identity)
    snapshot_address.check(who, account, name, expires, signature, backend.now())
    path = snapshot.file_path(backend.folder, name)
    if path is None:
        raise Refused("not-found")
    size = path.stat().st_size
    etag = f'"{name.removesuffix(snapshot.SUFFIX)}"'
    headers = {"ETag": etag, "Accept-Ranges": "bytes", "Cache-Control": _FOR_EVER}
    if request.headers.get("if-none-match") == etag:
        return Response(b"", status_code=304, headers=headers)
    wanted = request.headers.get("range", "")
    if not wanted or request.headers.get("if-range", etag) != etag:
        first, last, status = 0, size - 1, 200
    else:
        first, last = _byte_range(wanted, size)
        status = 206
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    headers["Content-Length"] = str(last - first + 1)
    return Stream(_part(backend, path, first, last), status_code=status, media_type=ZSTD, headers=headers)


@get("/changes", operation_id="getChanges", operation_class=operation({200: NDJSON}, 400, 410), tags=["pull"])
async def changes(
    backend: NamedDependency[Backend],
    caller: NamedDependency[Caller],
    collections: FromQuery[str],
    cursor: Annotated[str, QueryParameter(max_length=2_000)] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=LIMITS.page_rows)] = LIMITS.page_rows,
) -> Response[bytes]:
    """One page of changes after `cursor`, as NDJSON; without its checkpoint line a page is void."""

    def read(connection: Connection) -> bytes:
        wanted = feed.feed_of(caller.dealer, [name.strip() for name in collections.split(",") if name.strip()])
        return feed.page(connection, identity(connection), wanted, cursor, limit, backend.now)

    page = await noticing_loss(backend, "epoch-changed", backend.read(read))
    return Response(page, media_type=NDJSON, headers=NO_STORE)


async def keep_published(backend: Backend) -> None:
    """Make each snapshot when it is due: at the start, and as long as the server runs."""
    told = ""
    while True:
        trouble = ""
        try:
            with contextlib.suppress(snapshot.CatalogueEmpty):
                await backend.make(lambda: snapshot.publish(backend.database, backend.now()))
        except snapshot.NotMade as error:
            trouble = str(error)
        except Refused as busy:
            trouble = busy.detail
        if trouble not in ("", told):
            _log.warning("the catalogue's snapshot cannot be made, it is tried again: %s", trouble)
        told = trouble
        await asyncio.sleep(LOOK_EVERY_S)


def _byte_range(header: str, size: int) -> tuple[int, int]:
    """First and last byte of a single range. Raises Refused (416) where the file has none of it."""
    unit, _, wanted = header.partition("=")
    first, dash, last = wanted.strip().partition("-")
    fits = unit.strip().lower() == "bytes" and dash and all(not part or part.isdecimal() for part in (first, last))
    if not fits or not (first or last):
        raise Refused("range", f"The file has {size} bytes.")
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        raise Refused("range", f"The file has {size} bytes.")
    return start, end


async def _part(backend: Backend, path: Path, first: int, last: int) -> AsyncIterator[bytes]:
    with await backend.fetch(lambda: path.open("rb")) as file:
        file.seek(first)
        left = last - first + 1
        while chunk := await backend.fetch(partial(file.read, min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
