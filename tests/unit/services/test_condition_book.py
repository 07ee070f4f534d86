"""Conditions sorted for reading, and found by the words people type."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.services.condition_book import ConditionBook
from desktop_app.storage.catalog_repository import CatalogRepository
from tests.support.catalog_feed import catalog_file, family, product
from tests.support.trade import condition

CONDITIONS = [
    condition("SKU2", "qty", "5", product="sku:A-1", qty_min=10),
    condition("SKU1", "base", "5", product="sku:A-1"),
    condition("GONE", "base", "5", product="sku:NOT-THERE"),
    condition("FAM", "base", "5", product="family:SCREEN", label="Écrans d'été"),
    condition("BRAND", "base", "5", product="brand:Kontor"),
    condition("ALL", "base", "5", product="all", contract_ref="CT-2026"),
]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[ConditionBook]:
    rows = [family("SCREEN", "Écrans", "Monitors"), product("A-1", "Écran 27", family="SCREEN", brand="Kontor")]
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", rows)) as repository:
        yield ConditionBook(CONDITIONS, repository, frozenset())


def test_broad_ones_come_first_then_products_by_name_then_steps(book: ConditionBook) -> None:
    assert [one.id for one in book] == ["ALL", "BRAND", "FAM", "GONE", "SKU1", "SKU2"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a1", {"SKU1", "SKU2"}),
        ("A-1 sku2", {"SKU2"}),
        ("monitors", {"FAM", "SKU1", "SKU2"}),
        ("kontor", {"BRAND", "SKU1", "SKU2"}),
        ("ete", {"FAM"}),
        ("not-there", {"GONE"}),
        ("ct 2026", {"ALL"}),
        ("%", {"ALL", "BRAND", "FAM", "GONE", "SKU1", "SKU2"}),
        ("kran", set()),
    ],
)
def test_each_word_begins_a_word(book: ConditionBook, text: str, found: set[str]) -> None:
    assert {one.id for one in book.with_words(text)} == found


def test_names_and_families(book: ConditionBook) -> None:
    assert (book.name_of("sku:A-1", "fr"), book.name_of("sku:NOT-THERE", "fr")) == ("Écran 27", "")
    assert (book.name_of("family:SCREEN", "en"), book.name_of("family:X", "en")) == ("Monitors", "X")
    assert {one.id for one in book.in_family("SCREEN")} == {"FAM", "SKU1", "SKU2"}
