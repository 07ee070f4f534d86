"""A desk whose queue holds a message in every state, of every kind, also in the shape of an earlier version."""

from pathlib import Path

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision
from desktop_app.storage.database import Connection, database, open_encrypted
from desktop_app.storage.desk_migrations import desk_migrations
from desktop_app.storage.outbox import order_message_id
from tests.support.desk_world import KEY, WORKED_EXAMPLE, DeskWorld

DUMPS = Path(__file__).parent / "dumps"
Rows = dict[str, list[tuple[object, ...]]]

# The migration that comes after each released shape.
FOLLOWING = {1: "term_history", 2: "history_lost", 3: "every_document", 4: "people", 5: "set_aside", 6: "shared_drafts"}
QUEUED = [state for state in DeliveryState if state is not DeliveryState.NONE]
# What the migrations themselves write into the state.
_NOTED = ("terms_known_since", "reconciled_epoch")


def fill(world: DeskWorld) -> None:
    """Orders in every state the queue knows, cancellations and wishes for one among them, and a draft."""
    world.state.epoch = "e1"
    world.orders.new_order(WORKED_EXAMPLE, reference="draft", round_up=False)
    for state in QUEUED:
        _order_in(world, state)
    _submitted(world, "withdrawn")
    world.orders.withdraw(_id(world, "withdrawn"))
    _wish(world, "wished while in doubt")
    for state in (DeliveryState.PENDING, DeliveryState.IN_FLIGHT, DeliveryState.IN_DOUBT, DeliveryState.DONE):
        _cancellation_in(world, state)
    world.answer_terms_changed(_submitted(world, "to confirm"), (), (), "1.00")
    refused = _submitted(world, "refused")
    world.sent(refused)
    _settle(world, refused, Status.REFUSED, b'{"title": "no"}')


def in_shape(shape: int, source: Path, target: Path) -> None:
    """Write the rows of `source`, a desk of today, to `target` as the version with `shape` migrations had them."""
    connection = open_encrypted(target, KEY)
    desk_migrations.apply(database(connection), stop_before=FOLLOWING.get(shape))
    connection.execute(f"PRAGMA user_version = {shape}")
    connection.execute(f"ATTACH ? AS new KEY \"x'{KEY.hex()}'\"", (str(source),))
    connection.execute(f"DELETE FROM main.state WHERE key IN {_NOTED}")
    connection.execute("PRAGMA foreign_keys = OFF")
    for table in _tables(connection):
        columns = ", ".join(_columns(connection, table))
        called_now = columns.replace("order_id", "subject") if table == "outbox" else columns
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {called_now} FROM new.{table}")
    connection.execute(f"DELETE FROM main.state WHERE key IN {_NOTED}")
    connection.close()


def from_dump(shape: int, target: Path) -> None:
    """Make the file of a desk as the version with `shape` migrations left it, from the dump made then."""
    connection = open_encrypted(target, KEY)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.executescript((DUMPS / f"desk-{shape}.sql").read_text(encoding="utf-8"))
    connection.close()


def rows(path: Path) -> Rows:
    """Every row of every table, in the order of the tables' columns."""
    connection = open_encrypted(path, KEY)
    found = {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in _tables(connection)
    }
    assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    return found


def shape(path: Path) -> list[tuple[str, str]]:
    """The name and statement of everything in the schema."""
    connection = open_encrypted(path, KEY)
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql <> '' ORDER BY name").fetchall()
    connection.close()
    return found


def _tables(connection: Connection) -> list[str]:
    return sorted(name for name in database(connection).table_names() if not name.startswith(("sqlite_", "_sqlite")))


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]


def _id(world: DeskWorld, reference: str) -> str:
    return next(row.order_id for row in world.repository.matching() if row.reference == reference)


def _submitted(world: DeskWorld, reference: str) -> str:
    order = world.orders.new_order(WORKED_EXAMPLE, reference=reference, round_up=False)
    order.submit()
    return order.order_id


def _order_in(world: DeskWorld, state: DeliveryState) -> None:
    order_id = _submitted(world, f"order {state}")
    if state is DeliveryState.PENDING:
        return
    if state is DeliveryState.HELD:
        world.orders.hold(order_id)
        return
    if state is DeliveryState.DONE:
        world.accept(order_id, order_no=f"MF-{order_id[-4:]}")
        return
    world.sent(order_id)
    if state is not DeliveryState.IN_FLIGHT:
        decision = world.decision(order_id, 1, state, attempts=3, next_try=world.now(), reason="status-500")
        assert world.repository.apply_outcome(decision, world.now())


def _cancellation_in(world: DeskWorld, state: DeliveryState) -> None:
    order_id = _submitted(world, f"cancellation {state}")
    world.accept(order_id, order_no=f"MF-{order_id[-4:]}")
    world.orders.cancel(order_id, "not needed")
    if state is DeliveryState.PENDING:
        return
    (request,) = [row for row in world.outbox.rows() if row.subject == order_id and row.kind is MessageKind.CANCEL]
    world.outbox.mark_in_flight(order_id, request.id, world.now())
    if state is not DeliveryState.IN_FLIGHT:
        answer = b'{"result": "cancelled"}' if state is DeliveryState.DONE else None
        decision = OutcomeDecision(request.id, MessageKind.CANCEL, order_id, 1, state, answer=answer)
        assert world.repository.apply_outcome(decision, world.now())


def _wish(world: DeskWorld, reference: str) -> None:
    order_id = _submitted(world, reference)
    world.sent(order_id)
    decision = world.decision(order_id, 1, DeliveryState.IN_DOUBT, attempts=1)
    assert world.repository.apply_outcome(decision, world.now())
    world.orders.cancel(order_id, "not needed")


def _settle(world: DeskWorld, order_id: str, status: Status, answer: bytes) -> None:
    decision = OutcomeDecision(
        order_message_id(order_id, 1), MessageKind.ORDER, order_id, 1, DeliveryState.DONE, status, answer=answer
    )
    assert world.repository.apply_outcome(decision, world.now())
