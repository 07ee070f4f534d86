"""The feed's state in a catalogue file, and a file's version."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop_app.errors import StorageFailed
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_schema import FeedState, read_state, write_state
from desktop_app.storage.database import open_plain, transaction
from tests.support.catalog_feed import NOW, catalog_file


def test_the_state_is_read_back_as_written(tmp_path: Path) -> None:
    connection = open_plain(catalog_file(tmp_path / "catalog-1.db", []))
    state = FeedState("c9", "e2", 9, {"products": 3}, {"products": "0f" * 32}, NOW)
    for written in (state, replace(state, agrees=False, synced_at=None)):
        with transaction(connection):
            write_state(connection, written)
        assert read_state(connection) == written
    connection.close()


def test_a_file_of_another_version_is_to_be_fetched_anew(tmp_path: Path) -> None:
    path = catalog_file(tmp_path / "catalog-1.db", [])
    connection = open_plain(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StorageFailed) as caught:
        CatalogRepository(path)
    assert caught.value.params["reason"] == "other-version"
    path.rename(tmp_path / "moved.db")  # nothing holds it open
