"""The rows of the feed: round trips, unknown fields ignored, decimals that are no plain numbers refused."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.contract.documents import (
    ACCOUNT_COLLECTIONS,
    SHARED_COLLECTIONS,
    AccountDoc,
    AddressDoc,
    ConditionDoc,
    FamilyDoc,
    ProductDoc,
    StockDoc,
    WholesalerDoc,
)
from desktop_app.domain.catalog import Family, Offer, Product, ProductStatus, Wholesaler
from desktop_app.domain.condition import Combine, Condition, QtyScope, Step, Unit
from desktop_app.domain.party import Address, Dealer

PRODUCT = ProductDoc(
    sku="TN1",
    name="Toner noir « 12k »",
    list_price="148.37",
    vat_rate="5.5",
    ean="3700000000017",
    manufacturer_ref="106R-TN1",
    brand="Xantia",
    family="TONER",
    eco_fee="0.25",
    pack_multiple=6,
    min_qty=12,
    status=ProductStatus.STOPPED,
    replaced_by="TN2",
    description="Pour la maison",
)
WHOLESALER = WholesalerDoc(
    code="N",
    name="Grossiste Nord",
    seller="Nord SAS",
    order_minimum="100",
    small_order_fee="8",
    free_carriage_from="500",
    carriage_fee="12.50",
    carriage_vat_rate="20",
    delivery_days=2,
)
STOCK = StockDoc("N", "TN1", 140, date(2026, 3, 9), 60, "147.00")
CONDITION = ConditionDoc(
    id="B540",
    step=Step.BID,
    value="540.00",
    unit=Unit.NET,
    buyer="dealer:D42",
    product="sku:MF9",
    wholesaler="N",
    channel="online",
    start=date(2026, 1, 1),
    end=date(2026, 12, 31),
    qty_min=2,
    qty_scope=QtyScope.MATCH,
    end_client="Mairie de Nevers",
    combine=Combine.BEST,
    quota=20,
    stock_cap=40,
    contract_ref="DER-7",
    label="Dérogation",
)
ACCOUNT = AccountDoc(
    account="D42",
    name="Bureautique Morvan",
    group="gold",
    siret="12345678900017",
    address=AddressDoc("Morvan", "4 rue des Halles", "71400", "Autun"),
    credit_limit="60000",
    online_bonus_percent="0.5",
    online_bonus_from=date(2026, 1, 1),
    online_bonus_to=date(2026, 12, 31),
    unpaid="1250.40",
    unpaid_as_of=datetime(2026, 3, 1, 8, 0, tzinfo=UTC),
    undelivered="310.00",
)
DOCUMENTS = [FamilyDoc("TONER", "Toners", "Toner"), WHOLESALER, PRODUCT, STOCK, CONDITION, ACCOUNT]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: type(document).__name__)
def test_a_document_comes_back_as_it_went(document: msgspec.Struct) -> None:
    assert msgspec.json.decode(msgspec.json.encode(document), type=type(document)) == document


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: type(document).__name__)
def test_unknown_fields_are_ignored(document: msgspec.Struct) -> None:
    fields = {**msgspec.to_builtins(document), "from_a_later_version": {"deep": [1, None]}}
    assert msgspec.json.decode(msgspec.json.encode(fields), type=type(document)) == document


def test_the_collections_of_the_dealer_and_of_everybody_are_apart() -> None:
    assert not set(SHARED_COLLECTIONS) & set(ACCOUNT_COLLECTIONS)


def test_a_product_reaches_the_rules_whole() -> None:
    assert PRODUCT.to_domain(rev=9) == Product(
        sku="TN1",
        name="Toner noir « 12k »",
        list_price=Decimal("148.37"),
        vat_rate=Decimal("5.5"),
        ean="3700000000017",
        manufacturer_ref="106R-TN1",
        brand="Xantia",
        family="TONER",
        eco_fee=Decimal("0.25"),
        pack_multiple=6,
        min_qty=12,
        status=ProductStatus.STOPPED,
        replaced_by="TN2",
        description="Pour la maison",
        rev=9,
    )


def test_a_wholesaler_and_its_stock_reach_the_rules_whole() -> None:
    assert WHOLESALER.to_domain() == Wholesaler(
        code="N",
        name="Grossiste Nord",
        seller="Nord SAS",
        order_minimum=Decimal(100),
        small_order_fee=Decimal(8),
        free_carriage_from=Decimal(500),
        carriage_fee=Decimal("12.50"),
        carriage_vat_rate=Decimal(20),
        delivery_days=2,
    )
    assert STOCK.to_domain() == Offer("N", "TN1", 140, date(2026, 3, 9), 60, Decimal("147.00"))
    assert WholesalerDoc("S").to_domain() == Wholesaler("S")
    assert StockDoc("S", "A", 0).to_domain() == Offer("S", "A", 0)


def test_a_condition_reaches_the_rules_whole() -> None:
    assert CONDITION.to_domain(rev=4) == Condition(
        id="B540",
        step=Step.BID,
        value=Decimal("540.00"),
        unit=Unit.NET,
        buyer="dealer:D42",
        product="sku:MF9",
        wholesaler="N",
        channel="online",
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        qty_min=2,
        qty_scope=QtyScope.MATCH,
        end_client="Mairie de Nevers",
        combine=Combine.BEST,
        quota=20,
        stock_cap=40,
        contract_ref="DER-7",
        label="Dérogation",
        rev=4,
    )


@pytest.mark.parametrize(("unit", "combine"), [(Unit.NET, "replace"), (Unit.PERCENT, "cascade"), (Unit.EUR, "cascade")])
def test_an_empty_combination_follows_the_unit(unit: Unit, combine: str) -> None:
    assert ConditionDoc("C", Step.PROMO, "5", unit, "all", "all").to_domain(0).combine == combine


def test_the_dealer_reaches_the_rules_whole() -> None:
    assert ACCOUNT.to_domain() == Dealer(
        account="D42",
        name="Bureautique Morvan",
        group="gold",
        siret="12345678900017",
        address=Address("Morvan", "4 rue des Halles", "71400", "Autun", "FR"),
        credit_limit=Decimal(60000),
        online_bonus_percent=Decimal("0.5"),
        online_bonus_from=date(2026, 1, 1),
        online_bonus_to=date(2026, 12, 31),
        unpaid=Decimal("1250.40"),
        unpaid_as_of=datetime(2026, 3, 1, 8, 0, tzinfo=UTC),
        undelivered=Decimal("310.00"),
    )
    assert AccountDoc("D43", "Papeterie").to_domain() == Dealer("D43", "Papeterie")
    assert FamilyDoc("TONER", "Toners", "Toner").to_domain() == Family("TONER", "Toners", "Toner")


def product_with(**fields: Any) -> bytes:
    return msgspec.json.encode({"sku": "A", "name": "A", "list_price": "1", "vat_rate": "20", **fields})


@pytest.mark.parametrize(
    "price",
    [
        "1e400",
        "NaN",
        "Infinity",
        "-0",
        "-1",
        "+1",
        "12,90",
        "",
        " 1",
        "1 000",
        "1.",
        ".5",
        "٣",
        "0." + "1" * 40,
        "9" * 13,
        12.9,
        12,
        None,
    ],
)
def test_a_price_that_is_no_plain_decimal_text_is_refused(price: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(product_with(list_price=price), type=ProductDoc)


@pytest.mark.parametrize(
    "fields",
    [
        {"sku": ""},
        {"sku": "A" * 201},
        {"name": "x" * 1_000_000},
        {"pack_multiple": 0},
        {"pack_multiple": "6"},
        {"min_qty": 1_000_000},
        {"status": "sleeping"},
        {"list_price": "1", "vat_rate": None},
    ],
)
def test_a_product_out_of_its_bounds_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(product_with(**fields), type=ProductDoc)


@pytest.mark.parametrize("available", [-1, 1.5, "3", 10**9])
def test_a_stock_that_is_no_count_is_refused(available: object) -> None:
    row = msgspec.json.encode({"wholesaler": "N", "sku": "A", "available": available})
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(row, type=StockDoc)


@given(st.decimals("0", "999999999999", places=8, allow_nan=False))
def test_every_plain_decimal_arrives_exactly(price: Decimal) -> None:
    document = msgspec.json.decode(product_with(list_price=f"{price:f}"), type=ProductDoc)
    assert document.to_domain(0).list_price == price
