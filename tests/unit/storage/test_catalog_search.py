"""Search as a clerk types it, on 250 real names: words in any order, numbers, accents, inches, slips, odd signs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_search import SearchQuery
from tests.support.catalog_feed import catalog_file, product, real_products, stock


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CatalogRepository]:
    rows = real_products()
    rows += [stock("N", "27GN950-B", 3), stock("N", "VX2716", 0), stock("S", "920-010492", 5)]
    with CatalogRepository(catalog_file(tmp_path_factory.mktemp("search") / "catalog-1.db", rows)) as repository:
        yield repository


def skus(catalog: CatalogRepository, text: str, **more: str | bool) -> list[str]:
    query = SearchQuery(text, limit=300, **more)  # type: ignore[arg-type]
    return [found.sku for found in catalog.search(query).products]


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("odyssey g5", "LC27G55TQBMXUE"),
        ("g5 odyssey", "LC27G55TQBMXUE"),
        ("curved sams od", "LC27G55TQBMXUE"),
        ("ODYSSEY Curved", "LC27G55TQBMXUE"),
        ("pokemon", "RZ03-04704200-R3M1"),
        ("POKÉMON", "RZ03-04704200-R3M1"),
        ("alpenfohn dolomit", "84000000185"),
        ("smorkull", "10503454"),
        ("småstad", "s19392282"),
        ("geforce™ rtx 4080", "proart-rtx4080s-o16g"),
        ("b460m wifi", "ASUS-DCF59644"),
        ("b460m wi-fi", "ASUS-DCF59644"),
        ("rtx4090 trinity", "ZOTA-7EB0B973"),
        ("zotac rtx 4090", "ZOTA-7EB0B973"),
    ],
)
def test_words_in_any_order_by_their_beginnings_without_accents(
    catalog: CatalogRepository, text: str, sku: str
) -> None:
    assert sku in skus(catalog, text)[:5]


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("920-010492", "920-010492"),
        ("920010492", "920-010492"),
        ("920 010492", "920-010492"),
        ("920-0104", "920-010492"),
        ("9200104", "920-010492"),
        ("27gn950b", "27GN950-B"),
        ("27GN950-B", "27GN950-B"),
        ("lc27g55tqbm", "LC27G55TQBMXUE"),
        ("LC27-G55-TQBM", "LC27G55TQBMXUE"),
        ("ZT-D40900J-10P", "ZOTA-7EB0B973"),
        ("ztd40900j10p", "ZOTA-7EB0B973"),
        ("2054389857883", "920-010492"),
        ("UM.HX1EE.B01", "UM.HX1EE.B01"),
        ("umhx1eeb01", "UM.HX1EE.B01"),
    ],
)
def test_part_numbers_come_first_however_they_are_written(catalog: CatalogRepository, text: str, sku: str) -> None:
    assert skus(catalog, text)[0] == sku


def test_a_number_is_found_from_its_middle(catalog: CatalogRepository) -> None:
    assert "LC27G55TQBMXUE" in skus(catalog, "G55TQB")


def test_the_whole_number_stands_before_longer_ones(tmp_path: Path) -> None:
    rows = [product("AB123-X", "ab123 ab123 ab123"), product("AB1234"), product("AB123"), product("Z", "AB123 holder")]
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", rows)) as repository:
        assert skus(repository, "ab-123") == ["AB123", "AB123-X", "AB1234", "Z"]


@pytest.mark.parametrize(
    "text", ['27"', "27 inch", "27 pouces", "27 pou", "27-inch", "27in", "27''", "27″", "27 inches"]
)
def test_inches_are_inches_however_they_are_written(catalog: CatalogRepository, text: str) -> None:
    found = skus(catalog, text)
    assert {"VX2716", "B7HS7A#ABA", "SANS-336AAF5D"} <= set(found)
    assert skus(catalog, f"{text} sansui")[-1] == "ES-G27C1"


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("écran", "MONITOR"),
        ("ecrans", "MONITOR"),
        ("monitor", "MONITOR"),
        ("claviers", "KEYBOARD"),
        ("mémoire", "MEMORY"),
    ],
)
def test_a_familys_name_in_either_language_finds_its_products(
    catalog: CatalogRepository, text: str, family: str
) -> None:
    found = [product.family for product in catalog.search(SearchQuery(text, limit=300)).products]
    assert found.count(family) >= 29
    assert "27GN950-B" in skus(catalog, "écran lg 27")


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("logitehc mini keys", "920-010492"),
        ("logitch keys mini", "920-010492"),
        ("loggitech keys mini", "920-010492"),
        ("ligitech keys mini", "920-010492"),
        ("odysey g5", "LC27G55TQBMXUE"),
        ("ultragaer", "27GN950-B"),
        ("920-010942", "920-010492"),
    ],
)
def test_one_slip_of_the_finger_is_forgiven_and_told(catalog: CatalogRepository, text: str, sku: str) -> None:
    found = catalog.search(SearchQuery(text))
    assert sku in [product.sku for product in found.products]
    assert found.corrected


def test_nothing_is_corrected_where_something_matches(catalog: CatalogRepository) -> None:
    assert not catalog.search(SearchQuery("odyssey")).corrected
    assert catalog.search(SearchQuery("qqqqwwwwzzzz")).total == 0


def test_a_slip_in_a_word_that_exists_is_forgiven_too(tmp_path: Path) -> None:
    rows = [product("A", "Mouse cable"), product("B", "House keyboard")]
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", rows)) as repository:
        assert skus(repository, "house cable") == ["A"]


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        "*",
        "a OR",
        "a AND NOT",
        "NEAR(",
        "NEAR(a b, 2)",
        "name:x",
        "facets:x",
        "-",
        "-a",
        "^a",
        "{name}:a",
        "'",
        "'; DROP TABLE products; --",
        "@x",
        "50%",
        "\0",
        "a\0b",
        "x" * 10_000,
        "x " * 5_000,
        '"' * 10_000,
        "\u202eabc\u200b",
        "é" * 10_000,
        "日本語",
        "🖨️",
        "\ud800",
        "()",
        "a+b",
        "[",
        "\\",
    ],
)
def test_whatever_is_typed_is_taken_literally(catalog: CatalogRepository, text: str) -> None:
    found = catalog.search(SearchQuery(text))
    assert found.total <= 1_000


@given(text=st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_text_at_all_is_an_error(catalog: CatalogRepository, text: str) -> None:
    catalog.search(SearchQuery(text))


def test_operators_are_words_like_others(tmp_path: Path) -> None:
    rows = [product("A", "Cable OR adapter"), product("B", "Cable"), product("C", "Near field tag")]
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", rows)) as repository:
        assert skus(repository, "cable OR") == ["A"]
        assert skus(repository, "NEAR(") == ["C"]
        assert skus(repository, '"cable') == ["B", "A"]


def test_names_with_hidden_signs_are_found_by_what_is_seen(tmp_path: Path) -> None:
    rows = [product("A", "Mo\u200bni\u00adtor \u202eblue\u202c o\u0301\u0302\u0303range")]
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", rows)) as repository:
        assert skus(repository, "monitor blue orange") == ["A"]


def test_ligatures_are_two_letters(tmp_path: Path) -> None:
    rows = [product("A", "Nœud de câble"), product("B", "Rød æske straße")]
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", rows)) as repository:
        assert [skus(repository, text) for text in ("noeud", "nœud", "rod", "RØD aeske", "strasse")] == [
            ["A"],
            ["A"],
            ["B"],
            ["B"],
            ["B"],
        ]


def test_filters_narrow_and_nothing_typed_shows_all(catalog: CatalogRepository) -> None:
    assert len(skus(catalog, "")) == 250
    assert len(skus(catalog, "", family="KEYBOARD")) == 30
    assert set(skus(catalog, "", brand="Alpenföhn")) == {"84000000156", "84000000185"}
    assert set(skus(catalog, "", in_stock=True)) == {"27GN950-B", "920-010492"}
    assert skus(catalog, '27"', in_stock=True) == ["27GN950-B"]
    assert skus(catalog, "logitech", family="KEYBOARD", in_stock=True) == ["920-010492"]
    assert skus(catalog, "920-010492", family="MONITOR") == []
    assert skus(catalog, "logitech", brand="LG") == []
    assert skus(catalog, "g55tqb", family="KEYBOARD") == []


def test_rows_that_lie_first_come_first_where_many_match(tmp_path: Path) -> None:
    rows = [product(f"P{number:04}", f"Blackout cable {number}") for number in range(2_100)]
    rows.append(product("WHOLE", "Black cable"))
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", rows)) as repository:
        found = repository.search(SearchQuery("black", limit=3))
        assert [product.sku for product in found.products] == ["WHOLE", "P0000", "P0001"]
        assert (found.total, found.capped) == (1_000, True)
        page = repository.search(SearchQuery("black", limit=2, offset=3))
        assert [product.sku for product in page.products] == ["P0002", "P0003"]
        assert repository.search(SearchQuery("black", limit=50, offset=1_000)).products == ()
