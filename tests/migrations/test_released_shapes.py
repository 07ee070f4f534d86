"""Desks as released versions left them, from dumps made then: every order, message and byte is there afterwards."""

from pathlib import Path

import pytest

from desktop_app.domain.order import DeliveryState
from desktop_app.events import EventBus
from desktop_app.services.set_aside import UnreadableRows
from desktop_app.storage.database import open_encrypted
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.outbox import Outbox
from tests.migrations.full_queue import DUMPS, from_dump
from tests.support.desk_world import KEY, START

SHAPES = sorted(int(path.stem.removeprefix("desk-")) for path in DUMPS.glob("desk-*.sql"))
QUEUE = ("orders", "order_lines", "outbox", "journal", "desk_numbers")
# Columns that are called otherwise since.
RENAMED = {"outbox": {"order_id": "subject"}}

Queue = dict[str, list[tuple[object, ...]]]


def queue(path: Path, columns: dict[str, list[str]]) -> Queue:
    """The rows of orders and queue in these columns, under the names they have now."""
    connection = open_encrypted(path, KEY)
    found = {}
    for table, names in columns.items():
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        now = [name if name in there else RENAMED[table][name] for name in names]
        found[table] = connection.execute(f"SELECT {', '.join(now)} FROM {table} ORDER BY 1, 2").fetchall()
    connection.close()
    return found


def columns_of(path: Path) -> dict[str, list[str]]:
    connection = open_encrypted(path, KEY)
    found = {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in QUEUE}
    connection.close()
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_the_whole_queue_of_a_released_version_is_kept(shape: int, tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    from_dump(shape, path)
    columns = columns_of(path)
    before = queue(path, columns)
    assert all(before.values())
    desk = DeskDatabase(path, KEY, now=lambda: START)
    assert UnreadableRows(desk.connection, EventBus(), now=lambda: START).look_over() == 0
    orders = OrderRepository(desk.connection)
    for row in orders.matching():
        assert (orders.snapshot(row.order_id) is None) == (row.status == "draft")
        orders.lines(row.order_id)
    open_states = {row.state for row in Outbox(desk.connection).rows()}
    assert open_states == set(DeliveryState) - {DeliveryState.NONE, DeliveryState.DONE}
    assert len(desk.backups()) == 1
    desk.close()
    assert queue(path, columns) == before


def test_there_is_a_dump_of_each_released_shape() -> None:
    assert SHAPES == [1, 2, 3]
