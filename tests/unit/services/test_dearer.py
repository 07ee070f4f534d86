"""What becomes dearer: at the wholesaler one buys from today, on the dearest day, biggest rise first, bounded."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.condition import Condition
from desktop_app.domain.pricing import Terms
from desktop_app.services import dearer
from desktop_app.services.condition_views import DearerRow
from desktop_app.services.price_calendar import PriceCalendar
from desktop_app.storage.catalog_repository import CatalogRepository
from tests.support.catalog_feed import catalog_file, product, stock, wholesaler
from tests.support.trade import condition

TODAY, UNTIL = date(2026, 6, 9), date(2026, 12, 31)
ROWS = [
    wholesaler("N"),
    wholesaler("S"),
    product(
        "A",
        brand="X",
        prices=[{"list_price": "110", "start": "2026-07-01"}, {"list_price": "105", "start": "2026-08-01"}],
    ),
    product("B", brand="X", prices=[{"list_price": "180", "wholesaler": "S", "start": "2026-07-01"}]),
    product("C", brand="X", prices=[{"list_price": "130", "start": "2027-01-01"}]),
    product("D", brand="Y"),
    product("E", brand="Y"),
    *(stock(code, sku) for sku in "ABCDE" for code in "NS"),
]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[CatalogRepository]:
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", ROWS)) as repository:
        yield repository


def rows(catalog: CatalogRepository, *conditions: Condition, limit: int = 99) -> list[DearerRow]:
    terms, calendar = Terms(conditions, "D1"), PriceCalendar(conditions, TODAY)
    return list(dearer.what_becomes_dearer(catalog, terms, calendar, UNTIL, limit).rows)


def test_only_rises_within_the_time_at_the_wholesaler_of_today(catalog: CatalogRepository) -> None:
    (row,) = rows(catalog)
    assert (row.sku, row.wholesaler, row.day) == ("A", "N", date(2026, 7, 1))
    assert (row.net_now, row.net_then) == (Decimal("100.0000"), Decimal("110.0000"))


def test_a_brand_whose_discount_ends_touches_its_products(catalog: CatalogRepository) -> None:
    ends = condition("Y20", "base", "20", product="brand:Y", end=date(2026, 9, 30), label="Remise Y")
    found = rows(catalog, ends)
    assert [(row.sku, row.reason) for row in found] == [
        ("D", "condition-ends"), ("E", "condition-ends"), ("A", "list-price"),
    ]  # fmt: skip
    assert found[0].day == date(2026, 10, 1)
    assert [row.sku for row in rows(catalog, ends, limit=1)] == ["D"]


def test_a_rise_on_everything_is_looked_at_within_bounds(
    catalog: CatalogRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dearer, "MOST_PRODUCTS", 3)
    assert [row.sku for row in rows(catalog, condition("ALL", "base", "20", end=date(2026, 9, 30)))] == ["A", "B", "C"]


@pytest.mark.parametrize(("most", "looked_at", "complete"), [(5, 5, True), (4, 4, False)])
def test_it_says_how_many_were_looked_at_and_whether_there_are_more(
    catalog: CatalogRepository, monkeypatch: pytest.MonkeyPatch, most: int, looked_at: int, complete: bool
) -> None:
    monkeypatch.setattr(dearer, "MOST_PRODUCTS", most)
    conditions = [condition("ALL", "base", "20", end=date(2026, 9, 30))]
    terms, calendar = Terms(conditions, "D1"), PriceCalendar(conditions, TODAY)
    page = dearer.what_becomes_dearer(catalog, terms, calendar, UNTIL, 2)
    assert (len(page.rows), page.found, page.looked_at, page.complete) == (2, looked_at, looked_at, complete)
