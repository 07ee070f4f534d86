"""Rows that could not be read: found once, told until they are in a file; the second copy brings orders back."""

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.application import Application
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import FileNotWritten
from desktop_app.events import Event, Notice
from desktop_app.storage.sync_state import LOOKED_OVER, SyncState
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A connected profile without a server."""
    world = DeskWorld(tmp_path)
    world.write_profile()
    world.close()
    return tmp_path


@pytest.fixture
def spoilt(folder: Path) -> Callable[[str], str]:
    """An order, and the desk as an earlier version would have left it after this statement; returns the order's id."""

    def spoil(statement: str) -> str:
        application = Application.open(folder)
        order_id = application.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id
        assert application._desk is not None
        connection = application._desk.database.connection
        connection.execute(statement)
        SyncState(connection).put(LOOKED_OVER, "3")
        application.close_files()
        return order_id

    return spoil


def test_an_order_that_cannot_be_read_comes_back_from_the_second_copy(
    folder: Path, spoilt: Callable[[str], str]
) -> None:
    order_id = spoilt("UPDATE orders SET delivery = X'7B'")
    application = Application.open(folder)
    assert application.orders.list() == ()
    assert {row.table for row in application.unreadable.all()} >= {"orders", "outbox"}
    application.second_copy.catch_up()
    summary = application.orders.summary(order_id)
    assert (summary.status, summary.delivery_state) == (Status.SUBMITTED, DeliveryState.IN_DOUBT)
    application.close_files()


def test_they_are_told_until_they_are_in_a_file(folder: Path, spoilt: Callable[[str], str]) -> None:
    spoilt("UPDATE journal SET params = 'no' WHERE code = 'created'")
    application = Application.open(folder)
    events: list[Event] = []
    application.events.subscribe(events.append)
    application.unreadable.tell()
    assert events == [Notice("set-aside", "rows-set-aside", "warning", (("count", "1"),))]
    target = folder / "aside.json"
    with pytest.raises(FileNotWritten):
        application.unreadable.export(folder / "nowhere" / "aside.json")
    assert application.unreadable.export(target) == 1
    (row,) = json.loads(target.read_text(encoding="utf-8"))
    assert (row["table"], row["columns"]["params"], row["columns"]["code"]) == ("journal", "no", "created")
    application.unreadable.tell()
    assert len(events) == 1
    assert len(application.unreadable.all()) == 1
    application.close_files()


def test_bytes_are_written_as_base64(folder: Path, spoilt: Callable[[str], str]) -> None:
    spoilt("UPDATE orders SET delivery = X'FF00'")
    application = Application.open(folder)
    application.unreadable.export(folder / "aside.json")
    rows = json.loads((folder / "aside.json").read_text(encoding="utf-8"))
    (order,) = [row for row in rows if row["table"] == "orders"]
    assert b64decode(order["columns"]["delivery"]["base64"]) == b"\xff\x00"
    application.close_files()


def test_a_file_is_looked_over_once_for_each_shape(folder: Path, spoilt: Callable[[str], str]) -> None:
    spoilt("UPDATE journal SET params = 'no' WHERE code = 'created'")
    for found in (1, 1):
        application = Application.open(folder)
        assert len(application.unreadable.all()) == found
        assert application.unreadable.look_over() == 0
        application.close_files()
