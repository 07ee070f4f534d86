"""What the program is given instead of reaching for it: clock, ids, dice, network, waiting and threads."""

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from desktop_app.remote.client import Transport
    from desktop_app.sync.worker import Worker


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def new_id() -> str:
    """A fresh UUIDv7."""
    from uuid_utils import uuid7

    return str(uuid7())


def computer_name() -> str:
    """What this computer is called, "" where it has no name."""
    import platform

    return platform.node()


async def sleep(seconds: float) -> None:
    """Wait on the running loop."""
    import asyncio

    await asyncio.sleep(seconds)


class World(Struct, frozen=True):
    """The real one by default; a simulation gives its own. `transport` None: the network; `worker` None: a thread.

    `version` is the one of the program, "" the installed one. `computer` is the name by which the manufacturer tells
    this desk from the dealer's others.
    """

    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_id
    rng: random.Random = field(default_factory=random.Random)
    transport: "Transport | None" = None
    sleep: Callable[[float], Awaitable[None]] = sleep
    worker: "Worker | None" = None
    version: str = ""
    computer: str = field(default_factory=computer_name)
