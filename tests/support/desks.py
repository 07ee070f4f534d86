"""Connected desks for tests: the real application on a folder of its own, its secrets in a vault made of a dict."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from desktop_app.application import Application
from desktop_app.credentials import Credentials
from desktop_app.events import Event
from desktop_app.services.views import OrderView, RoundReport
from desktop_app.sync.worker import Worker
from desktop_app.world import World
from tests.support.server import joining_code

LINES = (("TN1", 12, ""), ("MF9", 2, ""), ("BK1", 3, ""))
PATIENCE_S = 60
T = TypeVar("T")


class MemoryStore:
    """A key store that forgets at the end of the test."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class Clock:
    """The real moment, moved by `ahead`: servers and certificates stay sensible, waits take no time."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def advance(self, **duration: float) -> None:
        """Move on."""
        self.ahead += timedelta(**duration)


class TestDesk:
    """One desk in `root`. Every act opens the program, acts, and closes it again unless it is `open` already."""

    __test__ = False

    def __init__(self, root: Path, *, seed: int = 7, worker: Worker | None = None, version: str = "") -> None:
        self.root = root
        self.store = MemoryStore()
        self.clock = Clock()
        self.events: list[Event] = []
        self.version = version
        self._rng, self._worker = random.Random(seed), worker

    def open(self) -> Application:
        """Start the program."""
        credentials = Credentials({}, store=lambda: self.store)
        world = World(now=self.clock, rng=self._rng, worker=self._worker, version=self.version)
        application = Application.open(self.root, credentials=credentials, world=world)
        application.events.subscribe(self.events.append)
        return application

    def connect(self, url: str, code: str) -> None:
        """Connect and synchronise for the first time."""
        with self.opened() as application:
            run(application.connection.connect(url, code))

    def opened(self) -> "_Opened":
        """The program, for a `with` block."""
        return _Opened(self.open())

    def order(self, *lines: tuple[str, int, str], reference: str = "") -> OrderView:
        """Make and submit an order of `lines`, the worked example's without any; nothing is sent yet."""
        with self.opened() as application:
            session = application.orders.new_order(lines or LINES, reference=reference, round_up=False)
            return session.submit()

    def round(self, **options: Any) -> RoundReport:
        """One round of synchronisation, after letting everything that waits be due."""
        with self.opened() as application:
            application.sync.due_now()
            return run(application.sync.round(**options))

    def show(self, order_id: str) -> OrderView:
        """The order as this desk knows it."""
        with self.opened() as application:
            return application.orders.get(order_id)


class _Opened:
    def __init__(self, application: Application) -> None:
        self._application = application

    def __enter__(self) -> Application:
        return self._application

    def __exit__(self, *_: object) -> None:
        self._application.close_files()


def connected_desk(root: Path, url: str, data: Path, account: str = "D42") -> TestDesk:
    """A desk of `account`, connected to the server with its data in `data` through `url`."""
    desk = TestDesk(root)
    desk.connect(url, joining_code(data, account))
    return desk


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in a loop of its own."""
    return asyncio.run(work)


async def until(condition: Callable[[], object]) -> None:
    """Let the loop run until `condition()` holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 (what is waited for may happen in another program)
            await asyncio.sleep(0.02)
