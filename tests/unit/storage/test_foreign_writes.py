"""Noticing another program's writes, and only those."""

from pathlib import Path

from desktop_app.storage.foreign_writes import ForeignWrites
from desktop_app.storage.sync_state import SyncState
from tests.support.desk_world import DeskWorld


def test_own_writes_are_no_news_and_others_are_named_once(tmp_path: Path) -> None:
    here = DeskWorld(tmp_path)
    writes = ForeignWrites(here.desk.connection, here.now)
    here.orders.new_draft()
    assert writes.orders() is None
    there = DeskWorld.__new__(DeskWorld)
    there.__dict__.update(here.__dict__)
    there.open()
    order_id = there.orders.new_draft().order_id
    assert writes.orders() == (order_id,)
    assert writes.orders() is None
    SyncState(there.desk.connection).epoch = "e9"
    assert writes.orders() == ()
    there.close()
    here.close()
