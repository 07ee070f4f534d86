"""The shapes of desk.db follow each other and the count of them is known without loading them."""

from datetime import timedelta
from pathlib import Path

from desktop_app.domain.order import DeliveryState
from desktop_app.storage.database import database, open_encrypted
from desktop_app.storage.desk_database import DESK_SCHEMA, DeskDatabase
from desktop_app.storage.desk_migrations import desk_migrations
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.outbox import Outbox, order_message_id
from desktop_app.storage.sync_state import SyncState
from desktop_app.storage.term_history import TermHistory
from tests.support.desk_world import KEY, START, WORKED_EXAMPLE, DeskWorld, put

ADDED = ("receipt", "earlier")


def test_the_schema_number_counts_the_migrations(tmp_path: Path) -> None:
    desk = DeskDatabase(tmp_path / "desk.db", KEY, now=lambda: START)
    assert len(desk_migrations.applied(database(desk.connection))) == DESK_SCHEMA
    assert desk_migrations.pending(database(desk.connection)) == []
    desk.close()


def test_every_table_of_the_desk_is_there(tmp_path: Path) -> None:
    desk = DeskDatabase(tmp_path / "desk.db", KEY, now=lambda: START)
    tables = set(database(desk.connection).table_names())
    assert tables >= {"state", "cursors", "feed_rows", "orders", "order_lines", "outbox", "journal", "desk_numbers"}
    assert database(desk.connection)["lost_records"].count == 0
    desk.close()


def test_a_queue_full_of_orders_passes_every_change_of_shape_untouched(tmp_path: Path) -> None:
    (tmp_path / "now").mkdir()
    world = DeskWorld(tmp_path / "now")
    for state in ("draft", "pending", "held", "in_flight", "done"):
        order = world.orders.new_order(WORKED_EXAMPLE, reference=state, round_up=False)
        if state != "draft":
            order.submit()
        if state == "held":
            world.outbox.hold(order.order_id)
        if state == "in_flight":
            world.outbox.mark_in_flight(order.order_id, order_message_id(order.order_id, 1), world.now())
        if state == "done":
            world.accept(order.order_id)
    world.close()
    before = tmp_path / "before"
    before.mkdir()
    in_the_first_shape(world.folder / "desk.db", before / "desk.db")
    kept = contents(before / "desk.db")

    desk = DeskDatabase(before / "desk.db", KEY, now=lambda: START)
    assert len(desk.backups()) == 1
    assert contents(before / "desk.db") == kept
    states = {row.subject: row.state for row in Outbox(desk.connection).rows()}
    assert set(states.values()) == {DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.IN_FLIGHT}
    orders = OrderRepository(desk.connection)
    for row in orders.matching():
        snapshot = orders.snapshot(row.order_id)
        assert (snapshot is None) == (row.reference == "draft")
        assert snapshot is None or snapshot.totals.total == row.total
    desk.close()


def test_what_the_terms_were_is_known_from_the_last_reading_before_the_change_of_shape(tmp_path: Path) -> None:
    (tmp_path / "now").mkdir()
    world = DeskWorld(tmp_path / "now")
    position = world.state.position()
    assert position is not None
    world.close()
    world.folder = tmp_path / "before"
    world.folder.mkdir()
    in_the_first_shape(tmp_path / "now" / "desk.db", world.folder / "desk.db")
    world.open()
    history = TermHistory(world.desk.connection)
    assert history.known_since() == position.synced_at
    assert history.begun_after(START) == set()
    world.feed(put("terms", "G30", {**world.terms["G30"], "value": "31"}))
    assert [row.id for row in history.ended_after(position.synced_at)] == ["G30"]
    world.close()


def test_what_was_answered_so_far_belongs_to_the_history_known_now(tmp_path: Path) -> None:
    (tmp_path / "now").mkdir()
    world = DeskWorld(tmp_path / "now")
    world.state.epoch = "e1"
    order = world.orders.new_order(WORKED_EXAMPLE, reference="sent", round_up=False)
    order.submit()
    world.accept(order.order_id)
    world.close()
    in_the_first_shape(world.folder / "desk.db", tmp_path / "desk.db")
    desk = DeskDatabase(tmp_path / "desk.db", KEY, now=lambda: START)
    assert SyncState(desk.connection).get("reconciled_epoch") == "e1"
    ((message,),) = Outbox(desk.connection).answered_since(START - timedelta(days=1))
    assert (message.subject, message.receipt) == (order.order_id, "")
    desk.close()


def in_the_first_shape(source: Path, target: Path) -> None:
    """The rows of `source` in a file as the first version made it."""
    connection = open_encrypted(target, KEY)
    desk_migrations.apply(database(connection), stop_before="term_history")
    connection.execute("PRAGMA user_version = 1")
    connection.execute(f"ATTACH ? AS new KEY \"x'{KEY.hex()}'\"", (str(source),))
    connection.execute("DELETE FROM new.state WHERE key IN ('terms_known_since', 'reconciled_epoch')")
    connection.execute("PRAGMA foreign_keys = OFF")
    for table in database(connection).table_names():
        if not table.startswith(("sqlite_", "_sqlite")):
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            called_now = columns.replace("order_id", "subject") if table == "outbox" else columns
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {called_now} FROM new.{table}")
    connection.close()


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table of orders and queue, in the columns of the first shape."""
    connection = open_encrypted(path, KEY)
    tables = ("orders", "order_lines", "outbox", "journal", "desk_numbers", "cursors", "feed_sums")
    found = {}
    for table in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in ADDED]
        found[table] = connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2").fetchall()
    connection.close()
    assert all(found[table] for table in tables)
    return found
