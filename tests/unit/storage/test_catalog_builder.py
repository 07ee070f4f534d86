"""A whole catalogue file: complete with everything readers need, or not there at all."""

from pathlib import Path

import pytest

from desktop_app.contract.wire import Del, Put
from desktop_app.errors import ProtocolViolation, StorageFailed
from desktop_app.storage.catalog_builder import CatalogBuilder
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_schema import FeedState
from desktop_app.storage.catalog_search import SearchQuery
from desktop_app.storage.database import open_plain
from tests.support.catalog_feed import NOW, Line, family, gone, page, product, put, stock, wholesaler
from tests.support.catalog_feed import checkpoint as end

STATE = FeedState("c1", "e1", 1, {"products": 2}, {}, NOW)


def messages(*lines: Line) -> tuple[Put | Del, ...]:
    return page(*lines, end(1)).rows


def test_what_was_added_can_be_read_and_found(tmp_path: Path) -> None:
    path = tmp_path / "catalog-1.db"
    with CatalogBuilder(path) as builder:
        builder.add(messages(family("SCREEN", "Écrans"), wholesaler("N"), product("A", "First", family="SCREEN")))
        builder.add(messages(product("B", "Second"), stock("N", "B", 4)))
        builder.finish(STATE)
    assert builder.counts == {"families": 1, "wholesalers": 1, "products": 2, "stock": 1, "stock_dates": 0}
    with CatalogRepository(path) as repository:
        assert [found.sku for found in repository.search(SearchQuery("")).products] == ["A", "B"]
        assert [found.sku for found in repository.search(SearchQuery("écrans")).products] == ["A"]
        assert repository.offers("B")[0].available == 4
        assert repository.state() == STATE


def test_a_file_that_was_not_finished_is_gone(tmp_path: Path) -> None:
    with CatalogBuilder(tmp_path / "catalog-1.db") as builder:
        builder.add(messages(product("A")))
    assert list(tmp_path.iterdir()) == []


def test_what_an_earlier_attempt_left_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "catalog-1.db"
    path.write_bytes(b"half a file")
    with CatalogBuilder(path) as builder:
        builder.finish(STATE)
    with CatalogRepository(path) as repository:
        assert repository.search(SearchQuery("")).total == 0


def test_rows_that_cannot_be_read_are_named_counted_and_kept_in_mind(tmp_path: Path) -> None:
    path = tmp_path / "catalog-1.db"
    with CatalogBuilder(path) as builder:
        builder.add(messages(product("A", list_price="NaN"), product("B"), put("products", "C", 1, sku="D")))
        builder.finish(STATE)
    assert [bad.id for bad in builder.bad_rows] == ["A", "C"]
    assert builder.counts["products"] == 3
    with CatalogRepository(path) as repository:
        assert list(repository.bad_rows()) == builder.bad_rows
        assert repository.product("A") is None


def test_what_is_unknown_is_counted_and_left_out(tmp_path: Path) -> None:
    with CatalogBuilder(tmp_path / "catalog-1.db") as builder:
        builder.add(messages(put("documents", "D", 1), gone("products", "A"), product("B")))
        builder.finish(STATE)
    assert builder.ignored == {"collection:documents": 1, "op:del": 1}


@pytest.mark.parametrize(
    "lines", [(product("A"), product("A")), (stock("N", "A"), stock("N", "A")), (wholesaler("N"), wholesaler("N"))]
)
def test_a_row_that_comes_twice_makes_no_catalogue(tmp_path: Path, lines: tuple[Line, ...]) -> None:
    builder = CatalogBuilder(tmp_path / "catalog-1.db")

    def build() -> None:
        with builder:
            builder.add(messages(*lines))
            builder.finish(STATE)

    with pytest.raises(ProtocolViolation):
        build()
    assert list(tmp_path.iterdir()) == []


def test_readers_and_the_writer_of_changes_find_wal(tmp_path: Path) -> None:
    path = tmp_path / "catalog-1.db"
    with CatalogBuilder(path) as builder:
        builder.finish(STATE)
    assert [file.name for file in tmp_path.iterdir()] == ["catalog-1.db"]
    connection = open_plain(path, read_only=True)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_missing_folder_is_a_clear_failure(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed):
        CatalogBuilder(tmp_path / "nowhere" / "catalog-1.db")
