"""The ASGI application of one data folder: routes, limits, and the practice manufacturer where there is one."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.types import Message, Scope

from manufacturer_server.clock import new_uuid, utc_now
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.hints import Hints
from manufacturer_server.practice import ClockChange, set_clock
from manufacturer_server.problems import Refused
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from manufacturer_server.web import (
    answers,
    catalog_routes,
    draft_routes,
    event_routes,
    open_routes,
    order_routes,
    practice_routes,
    sealed_routes,
)
from manufacturer_server.web.access import check_headers, signed_in_caller, signed_in_desk, signed_in_uploader
from manufacturer_server.web.answers import AnyRequest
from manufacturer_server.web.backend import Backend
from manufacturer_server.web.client_minimum import ClientMinimum
from manufacturer_server.witness import Witness

DEFAULT_BODY_LIMIT = 10_000
_log = logging.getLogger(__name__)


def create_app(
    data: Path,
    *,
    now: Callable[[], datetime] = utc_now,
    new_id: Callable[[], str] = new_uuid,
    practice_speed: float | None = None,
    witness: Path | None = None,
) -> Litestar:
    """The application over the server in `data`. Raises NoServerHere, StorageUnusable.

    On a practice server `practice_speed` sets how many times as fast as ours its clock runs. `witness` is the file that
    tells whether the data was put back to an earlier state (see `witness`).
    """
    backend = Backend(Database.open(data), now, new_id, hints=Hints())
    try:
        practising = _set_up_practice(backend, practice_speed)
        watching = _watched(backend, witness) if witness is not None else None
    except ServerRefusal:
        backend.close()
        raise
    return application_over(lambda: backend, practising=practising, witness=watching, hints=backend.hints)


def application_over(
    backend: Callable[[], Backend],
    *,
    practising: bool,
    witness: Witness | None = None,
    hints: Hints | None = None,
    openapi_config: OpenAPIConfig | None = None,
) -> Litestar:
    """The application over an open backend, asked for anew by each request; it closes the last one at its end.

    `hints` are those of that backend; whoever runs the application ends them (`state.hints`) when it is to stop.
    The OpenAPI document is not served: it is written once, by `openapi`, which alone gives a configuration.
    """

    @asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(catalog_routes.keep_published(backend()))]
        if practising:
            tasks.append(asyncio.create_task(practice_routes.keep_moving(backend())))
        if witness is not None:
            tasks.append(asyncio.create_task(witness.keep(backend())))
        if hints is not None:
            tasks.append(asyncio.create_task(hints.keep_telling(backend().read)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
            await backend().settle()
            if witness is not None:
                with contextlib.suppress(Refused):
                    await backend().read(witness.note)
            backend().close()

    async def add_request_id(message: Message, _: Scope) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"request-id", backend().new_id().encode())]

    return Litestar(
        route_handlers=[open_routes.discovery, open_routes.join, catalog_routes.snapshot_file, *_signed_in_routes()],
        dependencies={"backend": Provide(backend, sync_to_thread=False)},
        exception_handlers=answers.ON_EXCEPTION,
        lifespan=[running],
        before_request=_look_first(backend),
        before_send=[add_request_id],
        request_max_body_size=DEFAULT_BODY_LIMIT,
        compression_config=CompressionConfig("gzip", minimum_size=1_000, exclude=[r"/catalog/", r"/events$"]),
        openapi_config=openapi_config,
        state=State({"hints": hints}),
        logging_config=None,
        debug=False,
    )


def _look_first(backend: Callable[[], Backend]) -> Callable[[AnyRequest], Awaitable[None]]:
    """What each request must pass before anything else is asked of it."""
    minimum = ClientMinimum()

    async def look(request: AnyRequest) -> None:
        await check_headers(request)
        await minimum.check(request, backend())

    return look


def _signed_in_routes() -> tuple[Router, Router]:
    """Everything under an account, and the practice clock, which any signed-in desk may ask for."""
    account = Router(
        "/v1/accounts/{account:str}",
        route_handlers=[
            catalog_routes.manifest,
            catalog_routes.changes,
            event_routes.events,
            order_routes.put_order,
            order_routes.put_answer,
            order_routes.put_request,
            order_routes.outcomes,
            sealed_routes.put_sealed,
            draft_routes.put_draft,
        ],
        dependencies={"caller": Provide(signed_in_caller), "uploader": Provide(signed_in_uploader)},
        security=[{"desk-token": []}],
    )
    practice = Router(
        "/",
        route_handlers=[practice_routes.read_clock, practice_routes.set_clock],
        dependencies={"desk": Provide(signed_in_desk)},
        security=[{"desk-token": []}],
    )
    return account, practice


def _watched(backend: Backend, path: Path) -> Witness:
    """The witness in `path`, asked before anybody is served."""
    witness = Witness(path)
    with backend.database.writing() as connection:
        lost = witness.check(connection, backend.now(), backend.new_id)
    if lost:
        _log.warning("the server's file was put back to an earlier state: a new epoch has begun")
    with backend.database.reading() as connection:
        witness.note(connection)
    return witness


def _set_up_practice(backend: Backend, speed: float | None) -> bool:
    with backend.database.reading() as connection:
        practising = identity(connection).practice
    if speed is not None:
        if not practising:
            raise ServerRefusal("Only a practice server has a clock to hurry; leave --practice-speed out.")
        with backend.database.writing() as connection:
            set_clock(connection, ClockChange(speed=speed), backend.now())
    return practising
