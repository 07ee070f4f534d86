"""The shapes of desk.db follow each other and the count of them is known without loading them."""

from pathlib import Path

from desktop_app.storage.database import database
from desktop_app.storage.desk_database import DESK_SCHEMA, DeskDatabase
from desktop_app.storage.desk_migrations import desk_migrations
from tests.support.desk_world import KEY, START


def test_the_schema_number_counts_the_migrations(tmp_path: Path) -> None:
    desk = DeskDatabase(tmp_path / "desk.db", KEY, now=lambda: START)
    assert len(desk_migrations.applied(database(desk.connection))) == DESK_SCHEMA
    assert desk_migrations.pending(database(desk.connection)) == []
    desk.close()


def test_every_table_of_the_desk_is_there(tmp_path: Path) -> None:
    desk = DeskDatabase(tmp_path / "desk.db", KEY, now=lambda: START)
    tables = set(database(desk.connection).table_names())
    assert tables >= {"state", "cursors", "feed_rows", "orders", "order_lines", "outbox", "journal", "desk_numbers"}
    desk.close()
