"""Kills desk and server again and again behind a network that fails, and keeps a ledger: nothing lost, doubled, stuck.

Between two strokes the server may be put back from a backup, by its command or by a hand-copied file.

python -m tests.campaign.kill --n 3000 --seed 1     3,000 strokes more of seed 1
python -m tests.campaign.kill --seed 1 --case 17    the ten strokes of its 18th day again

Each case is a day of real processes that begins with a connected desk and ends with a healthy network.
"""

import csv
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from desktop_app.profile import read_profile, write_profile
from tests.campaign.long_runs import LongRun
from tests.simulation.tried import DECIDES_THE_SYNC
from tests.support import worked_example
from tests.support.cutting_proxy import Cut, CuttingProxy, answer, portal
from tests.support.programs import Desk, ServerProcess, Victim, connect, joining_code, run

STROKES = 10
ROUNDS_TO_HEAL = 4
STEPS = ("GET /.well-known", "POST ", "PUT ", "PUT ", "GET ")
EFFECTS: tuple[Cut | bytes, ...] = (*Cut, *Cut, portal(), answer("500 Internal Server Error"), answer("204 No Content"))


@dataclass(frozen=True)
class Beginning:
    """What each day is a copy of: the server's data and a connected desk; how long one order takes undisturbed."""

    data: Path
    desk: Desk
    order_s: float


@dataclass
class Ledger:
    """What the desk said was done, kept outside of it."""

    announced: set[str] = field(default_factory=set)
    cancelled: set[str] = field(default_factory=set)


@cache
def beginning() -> Beginning:
    """Made once in each process, and kept until it ends."""
    folder = Path(tempfile.mkdtemp(prefix="comptoir-kill-"))
    # Runs at the end of a worker process too, where nothing that `atexit` knows does.
    Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=1)
    data = folder / "server"
    run("comptoir-server", "init", "--data", data)
    run("comptoir-server", "import", "--data", data, worked_example.write_files(folder / "files"))
    with ServerProcess(data) as server:
        desk = connect(folder / "desk", server.url, joining_code(data, "D42"))
        begun = time.monotonic()
        desk("order", "new", "--file", lines_file(folder, 99), "--send")
        return Beginning(data, desk, time.monotonic() - begun)


class Day:
    """One desk, one server, the network between them, and what strikes them."""

    def __init__(self, folder: Path, rng: Random, network: CuttingProxy, server: ServerProcess) -> None:
        self._folder, self._rng, self._network, self._server = folder, rng, network, server
        self._order_s = beginning().order_s
        self._desk = Desk(folder / "desk", beginning().desk.secrets)
        self._ledger = Ledger()
        self._strikes: list[threading.Timer] = []
        self._number = 0
        self._data, self._exports = folder / "server", folder / "exports"
        self._backups: list[Path] = []

    def stroke(self) -> None:
        """A command of the desk, and something that happens to it; between two, what the manufacturer does."""
        self._network.heal()
        self._manufacturer()
        # A dead server stays dead for a while: orders queue up, and can be taken back.
        if self._server.process is None and self._rng.random() < 0.7:
            self._server.start()
        act = self._command()
        happens = self._rng.choice((self._desk_dies, self._desk_dies_at, self._server_dies_at, self._network_fails))
        victim = Victim(self._desk, *act)
        said = victim.said(happens(victim) or self._order_s * 6)
        self._end_of_strike()
        self._note(act[1], said)

    def violations(self) -> Iterator[str]:
        """With everything healthy again: what is lost, doubled or stuck."""
        self._network.heal()
        if self._server.process is None:
            self._server.start()
        for _ in range(ROUNDS_TO_HEAL):
            self._desk("sync", expect=None)
            queue = self._desk("queue", "--json").json["queue"]
            if not queue:
                break
        kept = {row["order_id"]: row for row in self._desk("order", "list", "--json").json["orders"]}
        books = run("comptoir-server", "report", "--data", self._data, "--json").json["orders"]
        yield from verdict(self._ledger, kept, books, queue)
        self._export()
        yield from handed_out(books, exported(self._exports))
        health = self._desk("doctor", "--json", expect=None).json
        if health["desk_integrity"] != "ok":
            yield f"desk.db: {health['desk_integrity']}"

    def _manufacturer(self) -> None:
        """Now and then he takes orders out, backs his server up, or puts a backup back, by command or by hand."""
        draw = self._rng.random()
        if draw < 0.08:
            self._export()
        elif draw < 0.2:
            self._backups.append(self._folder / f"backup-{len(self._backups)}.db")
            run("comptoir-server", "backup", "--data", self._data, "--to", self._backups[-1])
        elif draw < 0.32 and self._backups:
            self._put_back(self._rng.choice(self._backups), by_hand=self._rng.random() < 0.5)

    def _export(self) -> None:
        run("comptoir-server", "export", "--data", self._data, "--out", self._exports)

    def _put_back(self, backup: Path, *, by_hand: bool) -> None:
        if self._server.process is None:
            self._server.start()
        # Ended as an operator ends it: the witness has then seen the last write.
        self._server.stop()
        if by_hand:
            for beside in ("-wal", "-shm"):
                (self._data / f"server.db{beside}").unlink(missing_ok=True)
            shutil.copyfile(backup, self._data / "server.db")
        else:
            run("comptoir-server", "restore", "--data", self._data, "--from", backup, "--exported", self._exports)
        self._server.start()

    def _end_of_strike(self) -> None:
        self._network.on_request = lambda request: None
        for strike in self._strikes:
            strike.join()
        self._strikes.clear()
        if self._server.process is not None and self._server.process.poll() is not None:
            self._server.kill()

    # --- commands -------------------------------------------------------------------------------------------------

    def _command(self) -> tuple[str | Path, ...]:
        draw = self._rng.random()
        known = sorted(self._ledger.announced)
        if known and draw < 0.15:
            return ("order", "cancel", self._rng.choice(known))
        if known and draw < 0.2:
            return ("order", "withdraw", self._rng.choice(known))
        if draw < 0.3:
            return ("sync", "--json")
        self._number += 1
        return ("order", "new", "--file", lines_file(self._folder, self._number), "--send")

    def _note(self, act: str | Path, said: Any) -> None:
        if said is None or "order_id" not in said:
            return
        if act == "new" and said["status"] != "draft":
            self._ledger.announced.add(said["order_id"])
        if act == "cancel":
            self._ledger.cancelled.add(said["order_id"])

    # --- what happens; each returns how long the desk may live, None for as long as it takes ------------------------

    def _desk_dies(self, victim: Victim) -> float | None:
        return self._rng.uniform(0.3, 1.1) * self._order_s

    def _desk_dies_at(self, victim: Victim) -> float | None:
        self._at_a_request(victim.kill)
        return None

    def _server_dies_at(self, victim: Victim) -> float | None:
        if self._server.process is not None:
            self._at_a_request(self._server.process.kill)
        return None

    def _network_fails(self, victim: Victim) -> float | None:
        for _ in range(self._rng.randint(1, 3)):
            self._network.fail(f"^{self._rng.choice(STEPS)}", self._rng.choice(EFFECTS), self._rng.randint(1, 3))
        return None

    def _at_a_request(self, strike: Callable[[], None]) -> None:
        step, pause = self._rng.choice(STEPS), self._rng.choice((0.0, self._rng.uniform(0.0, 0.06)))
        struck = threading.Event()

        def on_request(request: str) -> None:
            if request.startswith(step) and not struck.is_set():
                struck.set()
                # The request goes on its way meanwhile.
                self._strikes.append(threading.Timer(pause, strike))
                self._strikes[-1].start()

        self._network.on_request = on_request


def verdict(ledger: Ledger, kept: dict[str, Any], books: list[Any], queue: list[Any]) -> Iterator[str]:
    """Compare what was announced with what desk and manufacturer have in the end."""
    booked = Counter(row["order_id"] for row in books)
    status = {row["order_id"]: row["status"] for row in books}
    yield from (f"doubled: {order} is booked {times} times" for order, times in booked.items() if times > 1)
    numbers = Counter(row["order_no"] for row in books)
    yield from (
        f"doubled: the number {number} is given {times} times" for number, times in numbers.items() if times > 1
    )
    # Each command orders another quantity, so that two orders of one sum came of one command.
    sums = Counter(row["total"] for row in books)
    yield from (f"doubled: {times} orders of {total}" for total, times in sums.items() if times > 1)
    yield from (f"stuck: {row}" for row in queue)
    for order in ledger.announced:
        known = kept.get(order, {}).get("status", "unknown")
        given_up = known in ("cancelled", "draft")
        if order not in booked and not given_up:
            yield f"lost: {order} was announced, the desk says {known}, the manufacturer has nothing"
    for order in ledger.cancelled:
        if status.get(order, "cancelled") != "cancelled":
            yield f"lost: the cancellation of {order} was announced, the manufacturer has it {status[order]}"
    for order in set(kept) | set(booked):
        here = kept.get(order, {}).get("status", "unknown")
        there = status.get(order, here if here in ("draft", "cancelled") else "nothing")
        if here != there:
            yield f"apart: {order} is {here} at the desk and {there} at the manufacturer"
    for row in books:
        number = kept.get(row["order_id"], {}).get("order_no")
        if number != row["order_no"]:
            yield f"apart: {row['order_id']} is {number} at the desk and {row['order_no']} at the manufacturer"


def exported(folder: Path) -> Counter[str]:
    """How many files each order was handed out in."""
    found: Counter[str] = Counter()
    for file in sorted(folder.glob("orders-*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found.update({row["order_id"] for row in csv.DictReader(lines)})
    return found


def handed_out(books: list[Any], files: Counter[str]) -> Iterator[str]:
    """Each order is handed out to the manufacturer's own system once, however often his server was put back."""
    yield from (f"doubled: {order} was handed out {times} times" for order, times in files.items() if times > 1)
    for row in books:
        if row["status"] != "cancelled" and row["order_id"] not in files:
            yield f"lost: {row['order_id']} is in the books and was never handed out"


def lines_file(folder: Path, number: int) -> Path:
    """A file with another quantity for each order of a day."""
    path = folder / f"lines-{number}.csv"
    path.write_text(f"sku,quantity\nTN1,{number + 1}\n", encoding="utf-8")
    return path


@contextmanager
def a_day(rng: Random) -> Iterator[Day]:
    """A copy of the beginning with its programs running; everything is ended and deleted after."""
    with tempfile.TemporaryDirectory(prefix="comptoir-kill-") as name:
        folder = Path(name)
        shutil.copytree(beginning().data, folder / "server")
        shutil.copytree(beginning().desk.profile, folder / "desk")
        with ServerProcess(folder / "server") as server, CuttingProxy(server.url) as network:
            profile = read_profile(folder / "desk" / "profile.json")
            assert profile is not None
            moved = msgspec.structs.replace(profile, server_url=network.url)
            write_profile(folder / "desk" / "profile.json", moved)
            yield Day(folder, rng, network, server)


def day_of_strokes(seed: int, number: int) -> list[str]:
    """What is violated after `STROKES` strokes of one day."""
    with a_day(Random(f"kill {seed}/{number}")) as day:
        for _ in range(STROKES):
            day.stroke()
        return list(day.violations())


KILL = LongRun(
    "kill",
    "strokes",
    "tests.campaign.kill",
    day_of_strokes,
    (*DECIDES_THE_SYNC, "tests/campaign/kill.py", "tests/support/cutting_proxy.py"),
    size=STROKES,
)

if __name__ == "__main__":
    sys.exit(KILL.main())
