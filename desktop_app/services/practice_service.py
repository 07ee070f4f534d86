"""Practising: a manufacturer of one's own on this machine, its clock, and a cable one can pull out."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from msgspec import Struct

from desktop_app.errors import ActionNotPossible
from desktop_app.events import EventBus, SyncProgress
from desktop_app.paths import ProfilePaths
from desktop_app.services.practice_server import PracticeServer

PRACTICE_ACCOUNT = "D101"


class PracticeDesk(Protocol):
    """What the open practice desk lets its trainer do."""

    unplugged: bool

    async def practice_clock(self, **changes: float) -> dict[str, object]:
        """Read or change the manufacturer's clock."""

    def moved(self, server_url: str) -> None:
        """The practice manufacturer was started again and listens at another address."""


class PracticeAccess(Struct, frozen=True):
    """What the service is given of the rest of the program.

    `join` connects this profile with an address and a code; `desk` is None until then; `forget` closes the profile
    and removes everything it made.
    """

    join: Callable[[str, str], Awaitable[object]]
    desk: Callable[[], PracticeDesk | None]
    forget: Callable[[], Awaitable[None]]


class PracticeService:
    """The practice manufacturer of this profile, founded on first use. Only for a profile kept for practice."""

    def __init__(self, paths: ProfilePaths, events: EventBus, access: PracticeAccess) -> None:
        self._events, self._access = events, access
        self._server = PracticeServer(paths.practice_server)
        self._starting = asyncio.Lock()

    async def start(self, account: str = PRACTICE_ACCOUNT) -> None:
        """Start the manufacturer and, on first use, found it and join it as the dealer `account`.

        Does nothing while it runs, or where this desk belongs to a server started by somebody else. Raises
        ActionNotPossible where the manufacturer cannot be set up.
        """
        async with self._starting:
            desk = self._access.desk()
            if self._server.running or (desk is not None and not self._server.founded):
                return
            if not self._server.founded:
                self._events.publish(SyncProgress("found", 0, 1))
                await asyncio.to_thread(self._server.found)
                self._events.publish(SyncProgress("found", 1, 1))
            url = await asyncio.to_thread(self._server.start)
            if desk is not None:
                desk.moved(url)
                return
            code = await asyncio.to_thread(self._server.joining_code, account)
            await self._access.join(url, code)

    async def stop(self) -> None:
        """End the manufacturer; its data stays."""
        await asyncio.to_thread(self._server.stop)

    async def reset(self, account: str = PRACTICE_ACCOUNT) -> None:
        """Throw away everything practised and begin anew: fresh manufacturer, fresh desk, no orders.

        Services handed out before are closed with it: take them from the application again.
        """
        if not self._server.founded:
            raise ActionNotPossible("There is no practice manufacturer of this profile to start anew.")
        await self.stop()
        await self._access.forget()
        await asyncio.to_thread(self._server.remove)
        await self.start(account)

    async def set_speed(self, speed: float) -> None:
        """Let the manufacturer's clock run `speed` times as fast as ours."""
        await self._desk().practice_clock(speed=speed)

    async def advance(self, minutes: float) -> None:
        """Put the manufacturer's clock forward."""
        await self._desk().practice_clock(advance_minutes=minutes)

    async def clock(self) -> dict[str, object]:
        """The manufacturer's clock: `now` and `speed`."""
        return await self._desk().practice_clock()

    @property
    def offline(self) -> bool:
        """Whether the cable is pulled out."""
        desk = self._access.desk()
        return desk is not None and desk.unplugged

    def go_offline(self) -> None:
        """Pull the cable out: from now on nothing reaches the manufacturer."""
        self._desk().unplugged = True

    def go_online(self) -> None:
        """Put the cable back; what waits leaves by itself."""
        self._desk().unplugged = False

    def _desk(self) -> PracticeDesk:
        desk = self._access.desk()
        if desk is None:
            raise ActionNotPossible("Start practising first.")
        return desk
