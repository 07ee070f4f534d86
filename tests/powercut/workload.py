"""A seeded day of a desk and a server, written down with everything that somebody relies on after each step."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

from msgspec.structs import replace

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import ActionNotPossible
from desktop_app.paths import ProfilePaths, prepare
from desktop_app.profile import Profile, write_profile
from desktop_app.sealing import own_private_key
from desktop_app.services.second_copy import SecondCopy, Sender
from desktop_app.settings import AUTHOR, Settings
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_shelf import CatalogShelf
from desktop_app.storage.desk_database import found_desk, settle
from desktop_app.storage.outbox import order_message_id
from desktop_app.storage.sealed_journal import SealedJournal
from desktop_app.sync.snapshot import build_catalog
from manufacturer_server import snapshot
from manufacturer_server.accepting import Received
from manufacturer_server.access import account_doc
from manufacturer_server.export import export_orders
from manufacturer_server.founding import found_server
from manufacturer_server.lineage import Under
from manufacturer_server.orders import receive
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from tests.migrations.full_queue import FOLLOWING, fill, in_shape
from tests.powercut.disk import Disk, Operation
from tests.powercut.recorder import Recorder
from tests.support import catalog_feed
from tests.support.desk_world import ACCOUNT, KEY, WORKED_EXAMPLE, DeskWorld, put
from tests.support.server import filled_server
from tests.support.shop import StandingClock, line, order

STEPS = 40
DESK, SERVER, NEW_SERVER, EXPORTS = "desk", "server", "new-server", "exports"
PLACE = Path("/dev/shm") if Path("/dev/shm").is_dir() else None


@dataclass
class Recorded:
    """What one seeded day did, from the disk it began with."""

    files: dict[str, bytes]
    folders: list[str]
    operations: list[Operation]

    def disk(self) -> Disk:
        """The disk before the first operation."""
        return Disk(self.files, self.folders)


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder in memory, where the system has one."""
    with TemporaryDirectory(dir=PLACE) as folder:
        yield Path(folder)


@cache
def _template() -> dict[str, bytes]:
    """The files of a server with a catalogue, and of a desk with a full queue in each shape there was."""
    with scratch() as folder:
        filled_server(folder / SERVER, folder / "files", now=StandingClock())
        (folder / "full").mkdir()
        world = DeskWorld(folder / "full")
        fill(world)
        world.close()
        for shape in FOLLOWING:
            in_shape(shape, folder / "full" / "desk.db", folder / f"{shape}.db")
        return {name: (folder / name).read_bytes() for name in (f"{SERVER}/server.db", *(f"{n}.db" for n in FOLLOWING))}


def record(seed: str) -> Recorded:
    """The day of that seed; every second one begins with a desk of an earlier version."""
    rng = Random(seed)
    shape = rng.choice([0, *FOLLOWING])
    with scratch() as root:
        (root / SERVER).mkdir()
        (root / SERVER / "server.db").write_bytes(_template()[f"{SERVER}/server.db"])
        if shape:
            (root / DESK).mkdir()
            (root / DESK / "desk.db").write_bytes(_template()[f"{shape}.db"])
        recorder = Recorder(root)
        with recorder.running():
            Day(root, rng, recorder).run()
        return Recorded(recorder.files, recorder.folders, recorder.operations)


class _Desk(DeskWorld):
    """A desk that exchanges its catalogue as the program does, and whose ids meet none of an earlier day."""

    def open(self) -> None:
        super().open()
        journal = SealedJournal(ProfilePaths(self.folder).unsent, self.new_id)
        sender = Sender("s", ACCOUNT, "c")
        self.copy = SecondCopy(
            self.desk.connection, journal, sender, lambda: (), own_private_key(KEY), self.bus, now=self.now
        )
        self.bus.subscribe(self.copy.on_event)
        self.copy.catch_up()

    def close(self) -> None:
        self.copy.close()
        super().close()

    def publish_catalog(self) -> None:
        self.version += 1
        self.catalog_version = self.version
        shelf = CatalogShelf(self.folder / "cache", ProfilePaths(self.folder).catalog, self.state)
        number, path = shelf.next()
        collections = (("wholesalers", self.wholesalers), ("products", self.products))
        rows = [
            catalog_feed.put(name, key, self.version, **doc) for name, docs in collections for key, doc in docs.items()
        ]
        for key, amount in self.stock.items():
            house, _, sku = key.partition("/")
            rows.append(catalog_feed.stock(house, sku, amount, self.version))
        packed, manifest = catalog_feed.snapshot(rows, self.version)
        build_catalog([packed], manifest, path, now=self.now, consent=True)
        if self._catalog is not None:
            self._catalog.close()
        shelf.put_in_force(number)
        shelf.close()
        self._catalog = CatalogRepository(path)

    def new_id(self) -> str:
        self._ids += 1
        return f"00000000-0000-7000-9000-{self._ids:012}"


class Day:
    """The steps of one day. Each ends with the promises that its caller can rely on once it returned."""

    def __init__(self, root: Path, rng: Random, recorder: Recorder) -> None:
        self._root, self._rng, self._promise = root, rng, recorder.promise
        self._paths = ProfilePaths(root / DESK)
        self._clock = StandingClock()
        self._settings = Settings(self._paths.settings)
        self._number = 0

    def run(self) -> None:
        """The desk is connected or found as it was; then the steps, in an order of the seed's own."""
        if not self._paths.desk.exists():
            prepare(self._paths.root)
            found_desk(self._paths.founded_desk, KEY, now=self._clock)
            write_profile(self._paths.profile, self._profile())
            settle(self._paths.desk, self._paths.founded_desk)
            self._promise("connected", DESK, True)
            self._promise("file", f"{DESK}/profile.json", self._paths.profile.read_bytes())
        if self._rng.random() < 0.2:
            found_server(self._root / NEW_SERVER, name="New", practice=False, new_id=lambda: NEW_SERVER)
            self._promise("founded", NEW_SERVER, NEW_SERVER)
        self._world = _Desk(self._paths.root)
        self._rely_on_the_queue()
        with closing(self._world), closing(Database.open(self._root / SERVER)) as self._server:
            for _ in range(STEPS):
                self._rng.choice(self._steps())()
            self._world.catalog.close()

    def _steps(self) -> tuple[Callable[[], None], ...]:
        orders = (self._draft, self._submit, self._submit, self._move, self._leave, self._leave, self._answer)
        server = (self._receive, self._receive, self._export, self._offer)
        desk = (self._choose, self._change_address, self._feed, self._swap, self._back_up, self._restart)
        return orders * 3 + server * 2 + desk

    # --- the desk -------------------------------------------------------------------------------------------------

    def _draft(self) -> None:
        session = self._world.orders.new_order(WORKED_EXAMPLE, reference=self._next("draft"), round_up=False)
        self._promise("order", session.order_id, self._world.orders.summary(session.order_id).desk_no)

    def _submit(self) -> None:
        session = self._world.orders.new_order(WORKED_EXAMPLE, reference=self._next("order"), round_up=False)
        session.submit()
        self._rely_on_the_queue(session.order_id)

    def _move(self) -> None:
        """A person holds, releases, corrects, withdraws or cancels some order."""
        order_id = self._some_order()
        if order_id is None:
            return
        for kind, revision in product(("message", "copy"), (1, 2)):
            self._promise(kind, (order_id, order_message_id(order_id, revision)), None)
        orders = self._world.orders
        with suppress(ActionNotPossible):
            self._rng.choice((orders.hold, orders.release, orders.withdraw, orders.correct, orders.cancel))(order_id)
        self._rely_on_the_queue(order_id)

    def _leave(self) -> None:
        due = self._world.outbox.due(self._world.now())
        if due:
            message = self._rng.choice(due)
            self._world.outbox.mark_in_flight(message.subject, message.id, self._world.now())
            self._promise("left", (message.subject, message.id), True)

    def _answer(self) -> None:
        flying = [
            row for row in self._world.outbox.rows() if row.state is DeliveryState.IN_FLIGHT and row.id[-2] == "/"
        ]
        if flying:
            message = self._rng.choice(flying)
            number = self._next("MF-2026-")
            self._promise("copy", (message.subject, message.id), None)
            decision = self._world.decision(
                message.subject,
                message.revision,
                DeliveryState.DONE,
                status=Status.ACCEPTED,
                order_no=number,
                answer={"order_no": number},
            )
            assert self._world.repository.apply_outcome(decision, self._world.now())
            self._promise("answer", (message.subject, message.id), decision.answer)
            self._rely_on_the_queue(message.subject)

    def _choose(self) -> None:
        self._promise("file", f"{DESK}/settings.json", None)
        self._settings.set(AUTHOR, self._next("Author "))
        self._promise("file", f"{DESK}/settings.json", self._paths.settings.read_bytes())

    def _change_address(self) -> None:
        self._promise("file", f"{DESK}/profile.json", None)
        write_profile(self._paths.profile, replace(self._profile(), server_url=self._next("https://host-")))
        self._promise("file", f"{DESK}/profile.json", self._paths.profile.read_bytes())

    def _feed(self) -> None:
        self._world.feed(put("terms", "G30", {**self._world.terms["G30"], "value": str(self._rng.randint(1, 40))}))
        position = self._world.state.position()
        assert position is not None
        self._promise("cursor", "account", int(position.cursor))

    def _swap(self) -> None:
        self._world.publish_catalog()
        self._promise("catalogue", DESK, self._world.state.generation)

    def _back_up(self) -> None:
        self._world.time += timedelta(days=1)
        if self._world.desk.back_up_daily():
            backups = self._world.desk.backups()
            self._promise("backup", DESK, backups[-1].relative_to(self._root).as_posix())

    def _restart(self) -> None:
        self._world.restart()

    # --- the server -----------------------------------------------------------------------------------------------

    def _receive(self) -> None:
        order_id = str(UUID(int=self._rng.getrandbits(128)))
        wrong = self._rng.random() < 0.3
        document = order(order_id=order_id, lines=[line("TN1", 3)]) if wrong else order(order_id=order_id)
        received = Received(ACCOUNT, document["order_id"], 1, json.dumps(document).encode(), self._clock())
        with self._server.writing() as connection:
            dealer = account_doc(connection, ACCOUNT)
            assert dealer is not None
            reply = receive(connection, dealer, received, Under(identity(connection).epoch))
        self._promise("recorded", (ACCOUNT, received.order_id, 1), (reply.status, reply.body))

    def _export(self) -> None:
        for written in export_orders(self._server, self._root / EXPORTS, self._clock()):
            self._promise("file", f"{EXPORTS}/{written.path.name}", written.path.read_bytes())

    def _offer(self) -> None:
        self._clock.forward(hours=2)
        snapshot.current(self._server, self._clock())

    # --- inside ---------------------------------------------------------------------------------------------------

    def _rely_on_the_queue(self, order_id: str = "") -> None:
        """What the queue says of an order, or of all, lasts: its messages, and which of them may have left."""
        connection = self._world.desk.connection
        rows = connection.execute(
            "SELECT subject, id, body, state, first_try_at IS NOT NULL FROM outbox WHERE ?1 IN ('', subject)",
            (order_id,),
        )
        for owner, message, body, state, left in rows.fetchall():
            self._promise("message", (owner, message), (bytes(body), state == DeliveryState.HELD))
            if state != DeliveryState.DONE:
                self._promise("copy", (owner, message), bytes(body))
            if left:
                self._promise("left", (owner, message), True)

    def _some_order(self) -> str | None:
        rows = self._world.repository.matching()
        return self._rng.choice(rows).order_id if rows else None

    def _profile(self) -> Profile:
        return Profile("http://127.0.0.1:9", "s", ACCOUNT, "Dealer", "Maker", "c", practice=True, key=KEY.hex())

    def _next(self, word: str) -> str:
        self._number += 1
        return f"{word}{self._number}"
