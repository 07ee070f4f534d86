"""The desks and the server of a run, through all their lives: the real programs on real files, in one loop and thread.

A crash is a copy of the folder's bytes at that very moment; the old life goes on with its network cut and is closed in
its dead folder, so that nothing it still does in `finally` or `except` can reach the copy.
"""

import asyncio
import random
import shutil
import tempfile
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

import httpx
from sqlalchemy import Engine, event

from desktop_app.application import Application
from desktop_app.credentials import Credentials
from desktop_app.domain.outcome import QueuedMessage
from desktop_app.services.recovery_service import RecoveryService
from desktop_app.storage.outbox import Outbox
from desktop_app.sync.scheduler import WATCH
from desktop_app.sync.worker import SameThread
from desktop_app.world import World
from manufacturer_server.application import application_over
from manufacturer_server.restoring import restore
from manufacturer_server.storage.database import FILE_NAME, Database
from manufacturer_server.storage.identity import identity
from manufacturer_server.web.backend import Backend, Kind
from manufacturer_server.witness import FILE_NAME as WITNESS
from manufacturer_server.witness import Witness
from tests.simulation.ledger import Ledger
from tests.simulation.network import Network, Reply, SimTransport, deliver
from tests.simulation.virtual_loop import VirtualClock

T = TypeVar("T")
# No second program writes to a profile here: the look for one's changes is stretched.
SELDOM_S = 6 * 3600.0


def scratch() -> Path:
    """A folder for the files of a run, in memory where there is such a place."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="comptoir-simulation-", dir=memory if memory.is_dir() else None))


def copied(folder: Path, target: Path) -> Path:
    """The folder as a crash leaves it: every byte written so far, without what lived in memory."""
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("*-shm", "*.lock", "log"))
    return target


class NoThreads:
    """The backend's work runs at once, in the loop's own thread."""

    async def run(self, kind: Kind, work: Callable[[], T]) -> T:
        """Run `work`."""
        return work()

    def close(self) -> None:
        """Nothing to end."""


class SimServer:
    """The manufacturer's server. One application for the whole process; its backend is another after each crash."""

    _slot: "list[SimServer]" = []
    _app: Any = None

    def __init__(self, folder: Path, clock: VirtualClock, ledger: Ledger) -> None:
        self._root, self._ledger, self.clock = folder.parent, ledger, clock
        self._life, self._ids = 0, 0
        self._fatal: int | None = None
        self._down_s = 0
        self._corpse: Path | None = None
        self.outside: Path | None = None
        self.up = True
        self._open(folder)
        type(self)._slot[:] = [self]

    def _open(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database.open(folder)
        self.backend = Backend(self.database, self.clock, self._new_id, NoThreads())

    def _new_id(self) -> str:
        self._ids += 1
        return f"{self._ids:08d}-0000-4000-8000-{self._life:012d}"

    @classmethod
    def _application(cls) -> Any:
        if cls._app is None:
            cls._app = application_over(lambda: cls._slot[0].backend, practising=False)
            event.listen(Engine, "before_cursor_execute", _on_statement)
        return cls._app

    @property
    def epoch(self) -> str:
        """The epoch of the history that is served now."""
        with self.database.reading() as connection:
            return identity(connection).epoch

    async def answer(self, request: httpx.Request, body: bytes) -> Reply:
        """Let the application answer."""
        return await deliver(self._application(), request, body)

    # --- dying ----------------------------------------------------------------------------------------------------

    def die_at(self, write: int, down_s: int) -> None:
        """Crash right before that write from now on (0: the next), at the latest after the request."""
        self._fatal, self._down_s = write, down_s

    def count_statement(self, statement: str) -> None:
        """A statement is about to run; to crash before one that only reads is no different from later."""
        if self._fatal is None or self._corpse is not None or statement.startswith("SELECT"):
            return
        if self._fatal == 0:
            self._corpse = self._copy()
        self._fatal -= 1

    def bury(self) -> bool:
        """Whether the server died in the request that has just ended; it comes back by itself."""
        if self._fatal is None:
            return False
        corpse, self._corpse, self._fatal = self._corpse or self._copy(), None, None
        self._fall(corpse, self._down_s)
        return True

    def crash(self, down_s: int) -> None:
        """Crash now."""
        if self.up:
            self._fall(self._copy(), down_s)

    def _copy(self) -> Path:
        self._life += 1
        if self.outside is not None and self.outside.is_dir():
            copied(self.outside, self._root / f"outside-{self._life}")
        return copied(self.folder, self._root / f"server-{self._life}")

    def _fall(self, corpse: Path, down_s: int) -> None:
        self._ledger.count("crashes")
        self._ledger.tell(self.clock.seconds, f"server crashes, down for {down_s} s")
        self.backend.close()
        if self.outside is not None:
            shutil.rmtree(self.outside, ignore_errors=True)
            if (kept := self._root / f"outside-{self._life}").is_dir():
                kept.rename(self.outside)
        self.up = False
        self._open(corpse)
        asyncio.get_running_loop().call_later(down_s, self._rise)

    def put_back(self, backup: Path, exported: Path | None, luck: int) -> None:
        """Put a backup in the file's place: with the command, which reads the folder `exported`, or by hand (None).

        By `luck` the disk was lost before the command is used: the file before is gone, and so is the witness.
        """
        lost = exported is not None and luck % 3 == 1 and self._fatal is None
        witness = Witness(self.folder / WITNESS)
        if not lost:
            with self.database.reading() as connection:
                witness.note(connection)
        self.backend.close()
        if lost:
            for file in (*self.folder.glob(f"{FILE_NAME}*"), self.folder / WITNESS):
                file.unlink(missing_ok=True)
        if exported is not None:
            exported.mkdir(exist_ok=True)
            restore(self.folder, backup, self.clock(), self._new_id, exported=exported)
        else:
            for beside in ("-wal", "-shm"):
                (self.folder / f"{FILE_NAME}{beside}").unlink(missing_ok=True)
            shutil.copyfile(backup, self.folder / FILE_NAME)
        self._open(self.folder)
        with self.database.writing() as connection:
            witness.check(connection, self.clock(), self._new_id)

    def _rise(self) -> None:
        self.up = True
        self._ledger.tell(self.clock.seconds, "server is back")

    def close(self) -> None:
        """End of the run."""
        self.backend.close()


class SimDesk:
    """A dealer's desk through all its lives. `application` is the present one."""

    def __init__(
        self,
        account: str,
        folder: Path,
        secrets: Mapping[str, str],
        clock: VirtualClock,
        network: Network,
        ledger: Ledger,
        seed: str,
    ) -> None:
        self.account, self._folder, self._root = account, folder, folder.parent
        self._secrets, self.clock, self._network, self._ledger = secrets, clock, network, ledger
        self._seed, self._life, self._ids = seed, 0, 0
        self._corpse: Path | None = None
        self._countdown = -1
        self._ends: set[asyncio.Task[None]] = set()
        self._errands: set[asyncio.Task[None]] = set()

    @property
    def doomed(self) -> bool:
        """Whether this life is over although its program does not know it yet."""
        return self._transport.dead

    def open(self) -> None:
        """Begin a life on the present folder."""
        self._transport = SimTransport(self._network, self)
        rng = random.Random(f"{self._seed}/{self._life}")
        self._world = World(
            now=self.clock,
            new_id=self._new_id,
            rng=rng,
            transport=self._transport,
            sleep=_sleep,
            worker=SameThread(),
            computer="desk",
        )
        self.application = Application.open(self._folder, credentials=Credentials(self._secrets), world=self._world)
        self._corpse, self._countdown = None, -1

    async def start(self) -> None:
        """Begin a life and let it synchronise by itself."""
        self.open()
        await self.application.start()

    def _new_id(self) -> str:
        self._ids += 1
        return f"{self.account}-{self._ids:06d}"

    @property
    def outbox(self) -> Outbox:
        """The queue, to be looked at."""
        return Outbox(self.connection)

    @property
    def connection(self) -> Any:
        """The open desk.db, to be looked at."""
        return cast(Any, self.application)._desk.database.connection

    def open_rows(self) -> list[QueuedMessage]:
        """What is not done."""
        return self.outbox.rows()

    def answered(self) -> set[tuple[str, int]]:
        """The revisions of orders whose answer this desk has written down; none while it is not running."""
        if self.doomed:
            return set()
        rows = self.connection.execute(
            "SELECT subject, revision FROM outbox WHERE kind = 'order' AND answer IS NOT NULL"
        )
        return set(rows)

    def beside(self) -> Application:
        """A second program on the same folder, to be closed by who asks for it."""
        return Application.open(self._folder, credentials=Credentials(self._secrets), world=self._world)

    # --- dying ----------------------------------------------------------------------------------------------------

    def die(self, down: timedelta) -> None:
        """Crash now; the next life begins by itself after `down`."""
        if self.doomed:
            return
        corpse = self._corpse or self._copy()
        self._transport.dead = True
        self._ledger.count("crashes")
        self._ledger.tell(self.clock.seconds, f"{self.account} crashes")
        self._ends.add(asyncio.get_running_loop().create_task(self._reincarnate(self.application, corpse, down)))

    def die_soon(self, statement: int) -> None:
        """Crash right before that statement of this desk from now on."""
        self._countdown = statement
        self.connection.set_trace_callback(self._count_statement)

    def spare(self) -> None:
        """Let this life go on, where it was to end soon."""
        self._countdown = -1

    def _count_statement(self, _: str) -> None:
        if self._countdown == 0:
            self._corpse = self._copy()
            asyncio.get_running_loop().call_soon(self.die, timedelta(seconds=1))
        self._countdown -= 1

    @property
    def dying(self) -> bool:
        """Whether a crash has struck in the act that is just being done."""
        return self._corpse is not None or self.doomed

    def _copy(self) -> Path:
        self._life += 1
        return copied(self._folder, self._root / f"{self.account}-{self._life}")

    async def run(self, errand: Coroutine[Any, Any, None]) -> None:
        """Do what takes its time; the end of the program is its end, too."""
        task = asyncio.get_running_loop().create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)
        await asyncio.wait({task})
        if not task.cancelled():
            task.result()

    async def _stop(self, application: Application) -> None:
        for errand in self._errands:
            errand.cancel()
        if self._errands:
            await asyncio.wait(self._errands)
        await application.close()

    async def _reincarnate(self, old: Application, corpse: Path, down: timedelta) -> None:
        await self._stop(old)
        await asyncio.sleep(down.total_seconds())
        self._folder = corpse
        await self.start()
        self._ledger.tell(self.clock.seconds, f"{self.account} is opened again")

    async def restart(self) -> None:
        """Close the program as a person does, and open it again."""
        if self.doomed:
            return
        self._transport.dead = True
        await self._stop(self.application)
        await self.start()

    async def put_back(self) -> None:
        """Lose desk.db, and put back what there is with the recovery."""
        if self.doomed:
            return
        self._transport.dead = True
        await self._stop(self.application)
        for file in self._folder.glob("desk.db*"):
            file.unlink()
        recovery = RecoveryService(self._folder, credentials=Credentials(self._secrets), world=self._world)
        done = recovery.recover()
        self._ledger.renewed.add(self.account)
        self._ledger.tell(self.clock.seconds, f"{self.account} is put back: {done.orders} orders, anew {done.anew}")
        await self.start()

    async def settled(self) -> None:
        """Wait until no life is just beginning or ending."""
        if self._ends:
            await asyncio.gather(*self._ends)
        self._ends.clear()


def _on_statement(*event: Any) -> None:
    for server in SimServer._slot:
        server.count_statement(event[2])


async def _sleep(seconds: float) -> None:
    await asyncio.sleep(SELDOM_S if seconds == WATCH.total_seconds() else seconds)
