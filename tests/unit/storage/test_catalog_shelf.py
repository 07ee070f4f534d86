"""Which catalogue file is in force, and what becomes of the others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.storage.catalog_builder import CatalogBuilder
from desktop_app.storage.catalog_schema import FeedState
from desktop_app.storage.catalog_shelf import CatalogShelf
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.sync_state import SyncState
from tests.support.desk_world import KEY, PRODUCTS, START, put


@pytest.fixture
def database(tmp_path: Path) -> Iterator[DeskDatabase]:
    database = DeskDatabase(tmp_path / "desk.db", KEY, now=lambda: START)
    yield database
    database.close()


def shelf_of(tmp_path: Path, database: DeskDatabase) -> CatalogShelf:
    folder = tmp_path / "cache"
    return CatalogShelf(folder, lambda number: folder / f"catalog-{number}.db", SyncState(database.connection))


def build(shelf: CatalogShelf, *skus: str) -> int:
    """Put a catalogue of these products in force; returns its number."""
    number, path = shelf.next()
    with CatalogBuilder(path) as builder:
        builder.add(put("products", sku, PRODUCTS[sku]) for sku in skus)
        builder.finish(FeedState("c", "e", number, {"products": len(skus)}, {}, START))
    shelf.put_in_force(number)
    return number


def files(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "cache").glob("*.db"))


def test_before_the_first_catalogue_there_is_an_empty_one(tmp_path: Path, database: DeskDatabase) -> None:
    shelf = shelf_of(tmp_path, database)
    assert shelf.generation == 0
    assert shelf.repository().product("TN1") is None
    assert shelf.repository().state().version == 0
    shelf.close()


def test_the_next_one_takes_over_at_once_and_the_old_file_goes(tmp_path: Path, database: DeskDatabase) -> None:
    shelf = shelf_of(tmp_path, database)
    shelf.repository()
    first = build(shelf, "TN1")
    assert shelf.repository().product("TN1") is not None
    second = build(shelf, "MF9")
    assert (first, second) == (1, 2)
    assert shelf.repository().product("TN1") is None
    assert shelf.repository().product("MF9") is not None
    assert files(tmp_path) == ["catalog-2.db"]
    shelf.close()
    again = shelf_of(tmp_path, database)
    assert again.repository().product("MF9") is not None
    again.close()


@pytest.mark.parametrize("content", [b"", b"\x00garbage" * 5_000, None])
def test_a_file_that_cannot_be_read_counts_as_none(
    tmp_path: Path, database: DeskDatabase, content: bytes | None
) -> None:
    shelf = shelf_of(tmp_path, database)
    number = build(shelf, "TN1")
    shelf.close()
    for extra in (tmp_path / "cache").glob(f"catalog-{number}.db*"):
        extra.unlink()
    if content is not None:
        (tmp_path / "cache" / f"catalog-{number}.db").write_bytes(content)
    shelf = shelf_of(tmp_path, database)
    assert shelf.repository().product("TN1") is None
    assert shelf.generation == 0
    assert build(shelf, "TN1") == 1
    assert shelf.repository().product("TN1") is not None
    shelf.close()


def test_what_another_program_put_in_force_is_turned_to(tmp_path: Path, database: DeskDatabase) -> None:
    here, there = shelf_of(tmp_path, database), shelf_of(tmp_path, database)
    assert here.repository().product("TN1") is None
    build(there, "TN1")
    assert here.refresh()
    assert not here.refresh()
    assert here.repository().product("TN1") is not None
    here.close()
    there.close()


def test_forgetting_leaves_an_empty_catalogue(tmp_path: Path, database: DeskDatabase) -> None:
    shelf = shelf_of(tmp_path, database)
    build(shelf, "TN1")
    shelf.forget()
    assert shelf.repository().product("TN1") is None
    assert files(tmp_path) == ["catalog-0.db"]
    shelf.close()
