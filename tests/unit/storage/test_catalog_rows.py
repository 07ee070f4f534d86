"""Documents through rows and back: what the server says is what the rules see."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop_app.domain.catalog import Family, Offer, Product, ProductStatus, Wholesaler
from desktop_app.storage.catalog_repository import CatalogRepository
from tests.support.catalog_feed import catalog_file, family, product, stock, wholesaler


def test_every_field_of_a_product_survives(tmp_path: Path) -> None:
    fields: dict[str, Any] = {
        "ean": "2054389857883",
        "manufacturer_ref": "K-1/x",
        "brand": "Kontor",
        "family": "KEYBOARD",
        "replaced_by": "K2",
        "description": "Zeile 1\nZeile 2",
    }
    line = product("K1", "Clavier", rev=7, eco_fee="0.12", pack_multiple=5, min_qty=10, status="stopped", **fields)
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", [line, product("K2")])) as repository:
        assert repository.product("K1") == Product(
            "K1",
            "Clavier",
            Decimal("100.00"),
            Decimal(20),
            eco_fee=Decimal("0.12"),
            pack_multiple=5,
            min_qty=10,
            status=ProductStatus.STOPPED,
            rev=7,
            **fields,
        )
        assert repository.product("K2") == Product("K2", "Product K2", Decimal("100.00"), Decimal(20), rev=1)


def test_every_field_of_the_others_survives(tmp_path: Path) -> None:
    amounts: dict[str, Any] = {
        "order_minimum": "80.00",
        "small_order_fee": "9.50",
        "free_carriage_from": "300.00",
        "carriage_fee": "8.90",
        "carriage_vat_rate": "5.5",
    }
    decimals: dict[str, Any] = {name: Decimal(text) for name, text in amounts.items()}
    rows = [
        family("SCREEN", "Écrans", "Screens"),
        wholesaler("N", "Nord", seller="Nord SA", delivery_days=1, **amounts),
        wholesaler("S", "Sud"),
        product("A"),
        stock("N", "A", 3, next_arrival="2026-04-01", next_qty=20, list_price="97.50"),
        stock("S", "A", 0),
    ]
    with CatalogRepository(catalog_file(tmp_path / "catalog-1.db", rows)) as repository:
        assert repository.family("SCREEN") == Family("SCREEN", "Écrans", "Screens")
        assert repository.wholesalers() == (
            Wholesaler("N", "Nord", "Nord SA", delivery_days=1, **decimals),
            Wholesaler("S", "Sud"),
        )
        assert repository.offers("A") == (
            Offer("N", "A", 3, date(2026, 4, 1), 20, Decimal("97.50")),
            Offer("S", "A", 0),
        )
