"""The practice clock over HTTP, and the background task that moves orders along. Practice servers only."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from litestar import Response, get, post
from litestar.di import NamedDependency
from sqlalchemy import Connection

from manufacturer_server import practice
from manufacturer_server.access import Desk
from manufacturer_server.bodies import Misshapen, decode
from manufacturer_server.practice import MAX_ADVANCE_MINUTES, MAX_SPEED, ClockChange, ClockView
from manufacturer_server.problems import Refused
from manufacturer_server.storage.identity import identity
from manufacturer_server.web.access import body_of
from manufacturer_server.web.answers import AnyRequest, json_answer
from manufacturer_server.web.backend import Backend
from manufacturer_server.web.operations import operation

TICK_S = 1.0


@get(
    "/v1/practice/clock",
    operation_id="readPracticeClock",
    operation_class=operation({200: ClockView}),
    tags=["practice"],
)
async def read_clock(backend: NamedDependency[Backend], desk: NamedDependency[Desk]) -> Response[bytes]:
    """What the practice manufacturer's clock shows."""

    def read(connection: Connection) -> ClockView:
        _only_practice(connection)
        clock = practice.read_clock(connection, backend.now())
        return ClockView(clock.now, clock.state.speed)

    return json_answer(await backend.read(read))


@post(
    "/v1/practice/clock",
    operation_id="setPracticeClock",
    status_code=200,
    operation_class=operation({200: ClockView}, 400, 415, body=ClockChange),
    tags=["practice"],
)
async def set_clock(
    request: AnyRequest, backend: NamedDependency[Backend], desk: NamedDependency[Desk]
) -> Response[bytes]:
    """Hurry the practice manufacturer's clock, or put it forward; what falls due happens at once."""
    await backend.read(_only_practice)
    try:
        change = decode(await body_of(request), ClockChange)
    except Misshapen as misshapen:
        raise Refused("malformed", errors=[misshapen.error]) from misshapen
    if not 0 <= (change.speed or 0) <= MAX_SPEED:
        raise Refused("malformed", f"speed lies between 0 and {MAX_SPEED:,}.")
    if not 0 <= (change.advance_minutes or 0) <= MAX_ADVANCE_MINUTES:
        raise Refused("malformed", f"advance_minutes lies between 0 and {MAX_ADVANCE_MINUTES:,}.")

    def write(connection: Connection) -> ClockView:
        clock = practice.set_clock(connection, change, backend.now())
        return ClockView(clock.now, clock.state.speed)

    return json_answer(await backend.write(write))


async def keep_moving(backend: Backend, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
    """Look every second whether the practice manufacturer has something to do, until cancelled."""
    while True:
        with contextlib.suppress(Refused):  # busy: another program writes; the next look will do
            if await backend.read(lambda connection: practice.is_due(connection, backend.now())):
                await backend.write(lambda connection: practice.move_orders(connection, backend.now()))
        await sleep(TICK_S)


def _only_practice(connection: Connection) -> None:
    if not identity(connection).practice:
        raise Refused("not-found")
