"""Search, products and stock as a front end gets them: at the dealer's own prices."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.catalog import Wholesaler
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Terms
from desktop_app.errors import InvalidQuantity, UnknownProduct, UnknownWholesaler
from desktop_app.services.catalog_service import CatalogService, letters
from desktop_app.services.price_calendar import PriceCalendar
from desktop_app.services.views import BreakView, FamilyView, PriceAhead
from desktop_app.storage.catalog_repository import CatalogRepository
from tests.support.catalog_feed import NOW, catalog_file, family, product, stock, wholesaler
from tests.support.trade import DAY, condition

ROWS = [
    family("SCREEN", "Écrans", "Monitors"),
    family("CABLE", "Câbles", "Cables"),
    wholesaler("N", "Nord", delivery_days=1),
    wholesaler("S", "Sud", delivery_days=2),
    wholesaler("W3", "Nordwest"),
    product("SC1", "Screen 27", family="SCREEN", brand="Kontor", eco_fee="1.20", ean="2054389857883"),
    product("SC2", "Screen 24", family="SCREEN", brand="Kontor", status="stopped", replaced_by="SC1"),
    product("CB1", "Cable", family="CABLE", pack_multiple=10),
    product("CB2", "Cable nobody lists", family="CABLE"),
    stock("N", "SC1", 5),
    stock("S", "SC1", 0, list_price="90.00", next_arrival="2026-04-01", next_qty=12),
    stock("N", "SC2", 1),
    stock("N", "CB1", 8),
    stock("S", "CB1", 20),
]
TERMS = Terms(
    [
        condition("BASE", "base", "10"),
        condition("QTY10", "qty", "5", product="family:SCREEN", qty_min=10),
        condition("LATER", "promo", "50", start=date(2026, 6, 1)),
    ],
    "D1",
)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[CatalogService]:
    dealer = Dealer("D1", "Dealer", online_bonus_percent=Decimal(1))
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", ROWS)) as repository:
        yield CatalogService(lambda: repository, terms=lambda: TERMS, dealer=lambda: dealer, today=lambda: DAY)


def test_a_row_has_my_price_for_one_pack_from_the_wholesaler_the_rule_takes(catalog: CatalogService) -> None:
    page = catalog.search("screen 27")
    (row,) = page.rows
    assert (row.sku, row.brand, row.family, row.family_name) == ("SC1", "Kontor", "SCREEN", "Écrans")
    assert (row.unit_net, row.wholesaler, row.list_price) == (Decimal("90.0000"), "N", Decimal("100.00"))
    assert (page.text, page.total, page.capped, page.corrected) == ("screen 27", 1, False, False)
    assert page.elapsed_ms > 0
    (cable,) = catalog.search("CB1").rows
    assert cable.wholesaler == "S"  # only there is a whole pack of ten in stock


def test_a_product_that_nobody_lists_has_no_price(catalog: CatalogService) -> None:
    (row,) = catalog.search("nobody").rows
    assert (row.unit_net, row.wholesaler, row.list_price) == (None, "", Decimal("100.00"))
    detail = catalog.product("CB2")
    assert detail is not None
    assert (detail.price, detail.breaks) == (None, ())
    with pytest.raises(UnknownWholesaler, match="No wholesaler lists CB2"):
        catalog.price("CB2")


def test_stock_names_every_wholesaler_with_a_mark_of_its_own(catalog: CatalogService) -> None:
    north, south, west = catalog.stock_view("SC1")
    assert (north.wholesaler, north.name, north.letter, north.listed, north.available) == ("N", "Nord", "N", True, 5)
    assert (south.listed, south.available, south.next_arrival, south.next_qty) == (True, 0, date(2026, 4, 1), 12)
    assert (west.letter, west.listed, west.available) == ("O", False, 0)
    assert [view.letter for view in catalog.wholesalers()] == ["N", "S", "O"]
    assert catalog.search("screen 27").rows[0].stock == (north, south, west)


def test_filters_and_languages(catalog: CatalogService) -> None:
    assert [row.sku for row in catalog.search("", family="SCREEN").rows] == ["SC1", "SC2"]
    assert [row.sku for row in catalog.search("", brand="Kontor", limit=1, offset=1).rows] == ["SC2"]
    assert {row.sku for row in catalog.search("", in_stock=True).rows} == {"SC1", "SC2", "CB1"}
    assert catalog.search("moniteurs écrans", language="en").rows == ()
    assert catalog.search("monitors", language="en").rows[0].family_name == "Monitors"
    assert catalog.families() == (FamilyView("CABLE", "Câbles", 2), FamilyView("SCREEN", "Écrans", 2))
    assert [view.name for view in catalog.families("en")] == ["Cables", "Monitors"]


def test_facets_tell_what_a_search_can_be_narrowed_to(catalog: CatalogService) -> None:
    facets = catalog.facets("cable screen")
    assert facets.families == ()
    facets = catalog.facets("screen", language="en")
    assert [(view.name, view.products) for view in facets.families] == [("Monitors", 2)]
    assert [(view.name, view.products) for view in facets.brands] == [("Kontor", 2)]
    assert facets.exact


def test_the_detail_has_price_trace_and_breaks(catalog: CatalogService) -> None:
    detail = catalog.product("SC1", 10, "en")
    assert detail is not None
    assert detail.family_name == "Monitors"
    assert detail.price is not None
    # Ten are nowhere in stock: the lowest price counts.
    assert (detail.price.wholesaler, detail.price.unit_net) == ("S", Decimal("76.9500"))
    assert [row.condition for row in detail.price.trace] == ["", "BASE", "QTY10"]
    assert detail.breaks == (BreakView(1, Decimal("81.0000")), BreakView(10, Decimal("76.9500")))
    assert catalog.product("NONE") is None
    for quantity in (0, 1_000_000):
        unpriced = catalog.product("SC1", quantity)
        assert unpriced is not None
        assert unpriced.price is None


def test_rows_and_detail_show_the_list_price_of_the_day_and_what_comes_ahead(tmp_path: Path) -> None:
    january = {"list_price": "110.00", "start": "2026-01-01", "label": "Tarif 2026"}
    announced = {"list_price": "120.00", "wholesaler": "N", "start": "2026-05-01", "label": "Hausse N"}
    rows = [wholesaler("N"), product("A", prices=[january, announced]), stock("N", "A", 5)]
    rows.append(product("B", prices=[january]))
    later = condition("LATER", "promo", "50", start=date(2026, 6, 1), label="Promo")
    terms = Terms([condition("BASE", "base", "10"), later], "D1")
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", rows)) as repository:
        service = CatalogService(
            lambda: repository,
            terms=lambda: terms,
            dealer=lambda: Dealer("D1", "Dealer"),
            today=lambda: DAY,
            calendar=lambda: PriceCalendar([later], DAY),
        )
        row, unlisted = sorted(service.search("").rows, key=lambda one: one.sku)
        detail = service.product("A")
    assert (unlisted.list_price, unlisted.unit_net) == (Decimal("110.00"), None)
    assert (row.list_price, row.unit_net) == (Decimal("110.00"), Decimal("99.0000"))
    assert detail is not None
    assert detail.ahead == (
        PriceAhead(date(2026, 5, 1), Decimal("120.00"), Decimal("108.0000"), "Hausse N"),
        PriceAhead(date(2026, 6, 1), Decimal("120.00"), Decimal("54.0000"), "Promo"),
    )


def test_a_price_can_be_asked_for_any_wholesaler_and_day(catalog: CatalogService) -> None:
    price = catalog.price("SC1", 2)
    assert (price.wholesaler, price.unit_net, price.line_total) == ("N", Decimal("90.0000"), Decimal("180.00"))
    assert (price.eco, price.real_cost) == (Decimal("2.40"), Decimal("89.1000"))
    assert catalog.price("SC1", 2, "S").unit_net == Decimal("81.0000")
    assert catalog.price("SC1", 2, day=date(2026, 6, 1)).unit_net == Decimal("45.0000")
    assert catalog.price("CB1").quantity == 1
    assert catalog.price("SC2").unit_net == Decimal("90.0000")


def test_what_has_no_price_says_why(catalog: CatalogService) -> None:
    with pytest.raises(UnknownProduct, match="NONE"):
        catalog.price("NONE")
    with pytest.raises(UnknownWholesaler, match="no wholesaler X"):
        catalog.price("SC1", 1, "X")
    with pytest.raises(UnknownWholesaler, match="S does not list SC2"):
        catalog.price("SC2", 1, "S")
    for quantity in (0, -1, 1_000_000_000):
        with pytest.raises(InvalidQuantity):
            catalog.price("SC1", quantity)


def test_age_and_counts(catalog: CatalogService) -> None:
    assert catalog.synced_at() == NOW
    assert catalog.counts()["products"] == 4


@pytest.mark.parametrize(
    ("named", "marks"),
    [
        ([("N", "Nord"), ("S", "Sud"), ("O", "Comptoir de l’Ouest")], "N S O"),
        ([("10", "Nord"), ("20", "Nordest"), ("30", "No")], "N O 3"),
        ([("AA", ""), ("AB", "")], "A B"),
        ([("-", "")], "-"),
        ([("--", ""), ("++", "")], "? ?2"),
        ([("W1", "Nord"), ("N", "Zentral")], "O N"),
    ],
)
def test_letters_are_unique(named: list[tuple[str, str]], marks: str) -> None:
    wholesalers = [Wholesaler(code, name) for code, name in named]
    assert [letters(wholesalers)[code] for code, _ in named] == marks.split()
