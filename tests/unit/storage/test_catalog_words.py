"""The full-text indexes follow the products, row by row or all anew, with the same result."""

from pathlib import Path

import pytest

from desktop_app.storage import catalog_words
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_search import SearchQuery
from desktop_app.storage.catalog_writer import apply_changes
from tests.support.catalog_feed import NOW, catalog_file, checkpoint, gone, page, product, real_products

CHANGES = [
    product("27GN950-B", "Renamed thing", rev=900, manufacturer_ref="NEW-REF-77"),
    product("BRAND-NEW", "A thing never seen", rev=901),
    gone("products", "VX2716"),
]
ASKED = ("renamed", "ultragear", "never seen", "viewsonic", "newref77", "ewref7", "27gn950", "logitech mini", "vx2716")


def answers(path: Path) -> dict[str, set[str]]:
    with CatalogRepository(path) as repository:
        return {text: {one.sku for one in repository.search(SearchQuery(text)).products} for text in ASKED}


@pytest.mark.parametrize("many", [0, 4_000], ids=["all anew", "row by row"])
def test_changes_answer_as_a_file_built_of_the_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(catalog_words, "MANY_TEXTS", many)
    monkeypatch.setattr(catalog_words, "PART_OF_ALL", 1_000)
    rows = real_products()
    changed = catalog_file(tmp_path / "changed.db", rows)
    apply_changes(changed, page(*CHANGES, checkpoint(2)), NOW)
    ids = {change["id"] for change in CHANGES}
    outcome = [row for row in rows if row["id"] not in ids] + [row for row in CHANGES if row["op"] == "put"]
    built = catalog_file(tmp_path / "built.db", outcome)
    assert answers(changed) == answers(built)
    assert answers(changed)["renamed"] == {"27GN950-B"}


def test_a_new_price_leaves_the_words_alone(tmp_path: Path) -> None:
    path = catalog_file(tmp_path / "catalog-1.db", [product("A", "Screen")])
    for rev in range(2, 6):
        apply_changes(path, page(product("A", "Screen", rev=rev, list_price=f"{rev}.00"), checkpoint(rev)), NOW)
    with CatalogRepository(path) as repository:
        (found,) = repository.search(SearchQuery("screen")).products
        assert str(found.list_price) == "5.00"
