"""What the rules and the screens read from a catalogue file."""

from pathlib import Path

import pytest

from desktop_app.domain.catalog import CatalogReader, Family
from desktop_app.errors import StorageFailed
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_search import SearchQuery
from desktop_app.storage.database import open_plain
from tests.support.catalog_feed import NOW, catalog_file, family, product, real_products, stock, sums, wholesaler
from tests.support.damage import spoil_contents

ROWS = [
    family("SCREEN", "Écrans", "Screens"),
    wholesaler("N", "Nord"),
    wholesaler("S", "Sud"),
    product("A", family="SCREEN", brand="Kontor"),
    product("B", family="SCREEN", brand="Other"),
    product("C", family="LOOSE", brand="Kontor"),
    product("D"),
    stock("S", "A", 2),
    stock("N", "A", 1),
    stock("N", "B", 3),
]


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return catalog_file(tmp_path / "catalog-1.db", ROWS)


def test_it_is_what_the_rules_read_from(catalog: Path) -> None:
    with CatalogRepository(catalog) as repository:
        reader: CatalogReader = repository
        assert [offer.wholesaler for offer in reader.offers("A")] == ["N", "S"]
        assert (reader.product("a"), reader.offers("Z"), reader.wholesaler("n")) == (None, (), None)


def test_many_at_once(catalog: Path) -> None:
    with CatalogRepository(catalog) as repository:
        assert set(repository.products_many(["A", "C", "Z", "A"])) == {"A", "C"}
        offers = repository.offers_many(["A", "C", "Z"])
        assert {sku: [offer.available for offer in found] for sku, found in offers.items()} == {
            "A": [1, 2],
            "C": [],
            "Z": [],
        }
        assert repository.products_many([]) == {}


def test_families_have_names_and_numbers_even_those_only_products_name(catalog: Path) -> None:
    with CatalogRepository(catalog) as repository:
        assert repository.families() == ((Family("LOOSE"), 1), (Family("SCREEN", "Écrans", "Screens"), 2))
        assert repository.family("NONE") == Family("NONE")


def test_facets_count_what_matches(catalog: Path) -> None:
    with CatalogRepository(catalog) as repository:
        facets = repository.facets(SearchQuery("product"))
        assert facets.families == (("SCREEN", 2), ("LOOSE", 1))
        assert facets.brands == (("Kontor", 2), ("Other", 1))
        assert facets.exact
        assert repository.facets(SearchQuery("", in_stock=True)).brands == (("Kontor", 1), ("Other", 1))


def test_pages_follow_each_other_and_keep_the_total(tmp_path: Path) -> None:
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", real_products())) as repository:
        whole = repository.search(SearchQuery("a", limit=300))
        pages = [repository.search(SearchQuery("a", limit=20, offset=start)) for start in range(0, 300, 20)]
        assert [one for page in pages for one in page.products] == list(whole.products)
        assert {page.total for page in pages} == {whole.total} == {len(whole.products)}


def test_the_state_says_how_fresh_and_how_much(catalog: Path) -> None:
    with CatalogRepository(catalog) as repository:
        assert repository.synced_at() == NOW
        assert repository.counts() == sums(ROWS)["counts"]
        assert repository.state().hash == sums(ROWS)["hash"]
        assert repository.state().agrees
        assert repository.bad_rows() == ()


def test_a_file_that_is_missing_or_something_else_is_a_clear_failure(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed) as caught:
        CatalogRepository(tmp_path / "catalog-1.db")
    assert caught.value.params["reason"] == "cannot-open"
    (tmp_path / "catalog-2.db").write_bytes(b"\0" * 4_096 + b"x" * 4_096)
    with pytest.raises(StorageFailed):
        CatalogRepository(tmp_path / "catalog-2.db")


def test_a_damaged_file_is_a_clear_failure_and_never_a_wrong_answer(tmp_path: Path) -> None:
    path = catalog_file(tmp_path / "catalog-1.db", real_products())
    spoil_contents(path)
    with CatalogRepository(path) as repository, pytest.raises(StorageFailed) as caught:
        repository.search(SearchQuery("logitech"))
    assert caught.value.params["reason"] == "damaged"


def test_it_never_writes(catalog: Path) -> None:
    before = catalog.read_bytes()
    with CatalogRepository(catalog) as repository:
        repository.search(SearchQuery("product"))
        repository.families()
    assert catalog.read_bytes() == before


def test_a_file_can_be_deleted_once_closed_and_one_in_use_still_answers(catalog: Path) -> None:
    with CatalogRepository(catalog) as repository:
        other = open_plain(catalog)
        other.execute("UPDATE products SET name = 'Renamed' WHERE sku = 'A'")
        other.close()
        renamed = repository.product("A")
        assert renamed is not None
        assert renamed.name == "Renamed"


def test_product_keys_mean_products_and_dated_prices_are_found_by_their_rise(tmp_path: Path) -> None:
    prices = {"A": "101", "B": "150"}
    rows = [product(sku, prices=[{"list_price": price, "start": "2027-01-01"}]) for sku, price in prices.items()]
    rows += [product("C", family="F", brand="X"), product("D", brand="X"), product("E", family="F")]
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", rows)) as repository:
        assert repository.numbers_of(["sku:A", "family:F", "sku:NOT"], 9) == ["A", "C", "E"]
        assert repository.numbers_of(["brand:X"], 1) == ["C"]
        assert repository.numbers_of(["brand:X", "all"], 9) == ["A", "B", "C", "D", "E"]
        assert repository.numbers_of([], 9) == []
        assert repository.numbers_with_prices(9) == ["B", "A"]
        assert repository.briefs(["C", "NOT"]) == {"C": ("C", "Product C", "F", "X")}
