"""One run of a schedule: two desks of two dealers, one server, a network, the acts, and a calm after them."""

import asyncio
import gc
import random
import shutil
import traceback
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from desktop_app.credentials import KEY_VARIABLE, TOKEN_VARIABLE
from desktop_app.settings import POLL_MINUTES
from tests.simulation import checkers
from tests.simulation.actors import Manufacturer, Person, first_files
from tests.simulation.ledger import Ledger
from tests.simulation.network import URL, Network
from tests.simulation.peers import SimDesk, SimServer, scratch
from tests.simulation.schedule import DESKS, MANUFACTURER, REQUESTS, SERVER, Schedule, Step
from tests.simulation.virtual_loop import VirtualClock, VirtualLoop, run
from tests.support.server import filled_server, joining_code

START = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
POLL = 60
CALM_HOURS = 48


class Result(Struct, frozen=True):
    """What a run came to. `digest` is equal for the same schedule and engine.

    `asked` are the requests of the first desk until the calm, by kind (`schedule.REQUESTS`).
    """

    violations: tuple[str, ...]
    story: tuple[str, ...]
    counts: dict[str, int]
    digest: str
    asked: dict[str, int] = {}


class Template(Struct, frozen=True):
    """Folders that each run begins with a copy of: made once, because to join costs more than a whole run."""

    folder: Path
    secrets: dict[str, dict[str, str]]

    def copy(self, target: Path, *, fresh: bool) -> None:
        """Copies for one run."""
        shutil.copytree(self.folder / ("fresh" if fresh else "synced"), target)


@cache
def template() -> Template:
    """A filled server and two joined desks, `fresh` and `synced`."""
    folder = scratch()
    loop = VirtualLoop()
    filled_server(folder / "fresh" / "server", folder / "files", now=lambda: START, **first_files())
    codes = {desk: joining_code(folder / "fresh" / "server", desk, lambda: START) for desk in DESKS}
    made = Template(folder, {desk: {} for desk in DESKS})

    async def join() -> None:
        table = Table(loop, folder / "fresh", made, "template")
        for desk in table.desks.values():
            desk.open()
            joined = await desk.application.connection.join(URL, codes[desk.account], vault=False)
            made.secrets[desk.account] |= {TOKEN_VARIABLE: joined.token, KEY_VARIABLE: joined.key.hex()}
            desk.application.settings.set(POLL_MINUTES, POLL)
            await desk.application.close()
        table.server.close()
        shutil.copytree(folder / "fresh", folder / "synced")
        table = Table(loop, folder / "synced", made, "template")
        for desk in table.desks.values():
            desk.open()
            report = await desk.application.sync.round()
            assert not report.reason, report
            await desk.application.close()
        table.server.close()

    run(loop, join())
    return made


class Table:
    """Everybody of one run, on the folders below `root`."""

    def __init__(self, loop: VirtualLoop, root: Path, made: Template, seed: str) -> None:
        self.loop, self.root, self.ledger = loop, root, Ledger()
        self.acts = dict.fromkeys(DESKS, 0)
        self.server = SimServer(root / "server", VirtualClock(loop, START), self.ledger)
        self.network = Network(loop, self.server, self.ledger, random.Random(f"network {seed}"))
        self.desks = {
            name: SimDesk(
                name,
                root / name,
                made.secrets[name],
                VirtualClock(loop, START),
                self.network,
                self.ledger,
                seed=f"desk {name} {seed}",
            )
            for name in DESKS
        }
        self.network.desks = self.desks
        self.manufacturer = Manufacturer(self.server, root / "files", root / "erp", self.ledger)

    async def play(self, schedule: Schedule) -> None:
        """Let the schedule happen, then let everything calm down, then look."""
        self.network.faults = {(fault.desk, fault.method, fault.nth): fault for fault in schedule.faults}
        for desk in self.desks.values():
            await desk.start()
        tasks = [self.loop.create_task(self._do(step)) for step in schedule.steps]
        await asyncio.gather(*tasks)
        await self.end()

    async def end(self) -> None:
        """Let everything calm down, look, and close the desks."""
        await self._calm_down()
        checkers.check(self)
        for desk in self.desks.values():
            await desk.application.close()
        self.ledger.violations += [f"K0: {defect}" for defect in self.loop.defects]

    def close(self) -> None:
        """Close all files, also after a run that broke off."""
        self.server.close()
        for desk in self.desks.values():
            desk.application.close_files()

    async def _do(self, step: Step) -> None:
        await asyncio.sleep(step.at)
        if step.who in (SERVER, MANUFACTURER):
            self.manufacturer.act(step)
            self.network.new_epoch()
        else:
            self.acts[step.who] += 1
            await Person(self.desks[step.who], self.network, self.ledger).act(step)
        for desk in self.desks.values():
            checkers.watch(desk, self.ledger)

    async def _calm_down(self) -> None:
        """No fault any more: everything settles by itself, within two days."""
        self.network.calm = True
        self.ledger.tell(self.loop.time(), "the network is well from now on")
        for desk in self.desks.values():
            desk.spare()
        for clock in (*(desk.clock for desk in self.desks.values()), self.server.clock):
            clock.wrong *= 0
        for _ in range(CALM_HOURS):
            await asyncio.sleep(3_600)
            for desk in self.desks.values():
                await desk.settled()
            if self.server.up and not self.network.late and all(map(checkers.is_quiet, self.desks.values())):
                break
        for desk in self.desks.values():
            # What the other desk's last order changed is read, too.
            await desk.application.sync.round()


def simulate(schedule: Schedule) -> Result:
    """Run a schedule on folders of its own."""
    table = on_a_table(f"{schedule.seed}/{schedule.number}", lambda table: table.play(schedule), fresh=schedule.fresh)
    ledger = table.ledger
    asked = {kind: table.network.asked[DESKS[0], kind] for kind in REQUESTS}
    return Result(tuple(ledger.violations), tuple(ledger.story), ledger.counts, ledger.digest, asked)


def on_a_table(seed: str, play: Callable[[Table], Coroutine[Any, Any, None]], *, fresh: bool = False) -> Table:
    """Let something happen on folders of its own; returns the table when all is over and closed."""
    made, root, loop = template(), scratch(), VirtualLoop()
    try:
        made.copy(root / "run", fresh=fresh)
        asyncio.set_event_loop(None)
        table = Table(loop, root / "run", made, seed)
        try:
            run(loop, play(table))
        except Exception as error:  # whatever it is, it is what the simulation looks for
            where = traceback.extract_tb(error.__traceback__)[-1]
            table.ledger.broken("K0", f"stopped with {error!r} in {Path(where.filename).name}, {where.name}")
        finally:
            table.close()
    finally:
        shutil.rmtree(root, ignore_errors=True)
        gc.collect(0)
    return table
