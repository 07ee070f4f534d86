"""Whole or damaged."""

from pathlib import Path

from desktop_app.storage.catalog_builder import CatalogBuilder
from desktop_app.storage.catalog_schema import FeedState
from desktop_app.storage.database import open_encrypted
from desktop_app.storage.inspection import check_open_file, check_plain_file, engine
from tests.support.desk_world import KEY, PRODUCTS, put


def catalogue(folder: Path) -> Path:
    path = folder / "catalog-1.db"
    with CatalogBuilder(path) as builder:
        builder.add(put("products", sku, doc) for sku, doc in PRODUCTS.items())
        builder.finish(FeedState("c", "e", 1))
    return path


def test_whole_files(tmp_path: Path) -> None:
    checked = check_plain_file(catalogue(tmp_path))
    assert checked.damage == ""
    assert checked.size > 0
    connection = open_encrypted(tmp_path / "desk.db", KEY)
    assert check_open_file(connection, tmp_path / "desk.db").damage == ""
    found = engine(connection)
    assert found.wal_safe
    assert found.sqlcipher
    connection.close()


def test_damaged_and_missing_files(tmp_path: Path) -> None:
    path = catalogue(tmp_path)
    content = bytearray(path.read_bytes())
    content[4_096:12_288] = b"\xff" * 8_192
    path.write_bytes(content)
    assert check_plain_file(path).damage
    assert check_plain_file(tmp_path / "nothing.db").damage
