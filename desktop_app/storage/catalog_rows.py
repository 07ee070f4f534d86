"""How documents of the feed become rows of a catalogue file, and rows domain objects. Tables: `catalog_schema`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

import msgspec

from desktop_app.contract.documents import (
    CarriageRateDoc,
    DatedPriceDoc,
    FamilyDoc,
    ProductDoc,
    StockDateDoc,
    StockDoc,
    WholesalerDoc,
)
from desktop_app.contract.wire import MAX_WHOLE, Put
from desktop_app.domain.catalog import Family, Offer, Product, ProductStatus, Wholesaler
from desktop_app.storage.catalog_text import compact

PRODUCT_COLUMNS = (
    "sku, name, list_price, vat_rate, ean, manufacturer_ref, brand, family, eco_fee, pack_multiple, min_qty, status, "
    "replaced_by, description, rev, private_copy_fee, weight, vat_rate_overseas, prices"
)
OFFER_COLUMNS = "wholesaler, sku, available, next_arrival, next_qty, list_price"
WHOLESALER_COLUMNS = (
    "code, name, seller, order_minimum, small_order_fee, free_carriage_from, carriage_fee, carriage_vat_rate, "
    "delivery_days, express_fee, carriage_table, stock_shelf_hours"
)
# With when the wholesaler's stock was taken, which is kept in a table of its own.
WHOLESALERS = (
    f"SELECT {WHOLESALER_COLUMNS}, as_of FROM wholesalers LEFT JOIN stock_dates ON stock_dates.wholesaler = code"
)
_STOCK_COLUMNS = "sku, wholesaler, available, next_arrival, next_qty, list_price, rev"
_ZERO = Decimal(0)
_encode = msgspec.json.Encoder().encode
_prices = msgspec.json.Decoder(list[DatedPriceDoc])
_carriage = msgspec.json.Decoder(list[CarriageRateDoc])


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row that could not be read and was left out; its older version stays, where there is one."""

    collection: str
    id: str
    rev: int
    reason: str


@dataclass(frozen=True, slots=True)
class Collection:
    """How one collection of the feed is kept in the table of its name.

    `row` gives the values of `insert` and `upsert` for a document and its revision; `keys` the keys a feed id may
    mean: more than one only for stock, whose ids are two codes with a slash between.
    """

    name: str
    read: Callable[[msgspec.Raw], Any]
    fields: frozenset[str]
    feed_id: Callable[[Any], str]
    keys: Callable[[str], Sequence[Mapping[str, str]]]
    row: Callable[[Any, int], tuple[Any, ...]]
    insert: str
    upsert: str


def read_document(put: Put, collection: Collection) -> Any:
    """The document of a row of its collection. Raises ValueError with the reason where it cannot be taken."""
    try:
        doc = collection.read(put.d)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if (feed_id := collection.feed_id(doc)) != put.id:
        raise ValueError(f"the row says it is {feed_id[:200]}")
    if not 0 <= put.rev <= MAX_WHOLE:
        raise ValueError(f"revision {put.rev} is not possible")
    return doc


def product_row(doc: ProductDoc, rev: int) -> tuple[Any, ...]:
    """The values of a product's row, without its id."""
    sku_key = compact(doc.sku)
    return (
        doc.sku,
        doc.name,
        doc.list_price,
        doc.vat_rate,
        doc.ean,
        doc.manufacturer_ref,
        doc.brand,
        doc.family,
        doc.eco_fee,
        doc.pack_multiple,
        doc.min_qty,
        doc.status.value,
        doc.replaced_by,
        doc.description,
        rev,
        doc.private_copy_fee,
        doc.weight,
        doc.vat_rate_overseas,
        _encode(doc.prices).decode() if doc.prices else "",
        sku_key,
        sku_key if doc.manufacturer_ref == doc.sku else compact(doc.manufacturer_ref),
    )


def _stock_row(doc: StockDoc, rev: int) -> tuple[Any, ...]:
    arrival = doc.next_arrival.isoformat() if doc.next_arrival else None
    return doc.sku, doc.wholesaler, doc.available, arrival, doc.next_qty, doc.list_price, rev


def _family_row(doc: FamilyDoc, rev: int) -> tuple[Any, ...]:
    return doc.code, doc.name_fr, doc.name_en, rev


def _wholesaler_row(doc: WholesalerDoc, rev: int) -> tuple[Any, ...]:
    return (
        doc.code,
        doc.name,
        doc.seller,
        doc.order_minimum,
        doc.small_order_fee,
        doc.free_carriage_from,
        doc.carriage_fee,
        doc.carriage_vat_rate,
        doc.delivery_days,
        doc.express_fee,
        _encode(doc.carriage_table).decode() if doc.carriage_table else "",
        doc.stock_shelf_hours,
        rev,
    )


def _stock_date_row(doc: StockDateDoc, rev: int) -> tuple[Any, ...]:
    return doc.wholesaler, doc.as_of.isoformat(), rev


def _collection(
    name: str,
    document: type[msgspec.Struct],
    key: str,
    columns: str,
    row: Callable[[Any, int], tuple[Any, ...]],
) -> Collection:
    names = columns.replace(" ", "").split(",")
    insert = f"INSERT INTO {name} ({columns}) VALUES ({', '.join('?' * len(names))})"
    changes = ", ".join(f"{column} = excluded.{column}" for column in names)
    return Collection(
        name,
        msgspec.json.Decoder(document).decode,
        frozenset(document.__struct_fields__),
        _stock_id if name == "stock" else attrgetter(key),
        _stock_keys if name == "stock" else lambda row_id: ({key: row_id},),
        row,
        insert,
        f"{insert} ON CONFLICT ({key}) DO UPDATE SET {changes}",
    )


def _stock_id(doc: StockDoc) -> str:
    return f"{doc.wholesaler}/{doc.sku}"


def _stock_keys(row_id: str) -> Sequence[Mapping[str, str]]:
    parts = row_id.split("/")
    return [{"wholesaler": "/".join(parts[:place]), "sku": "/".join(parts[place:])} for place in range(1, len(parts))]


COLLECTIONS: Mapping[str, Collection] = {
    collection.name: collection
    for collection in (
        _collection("families", FamilyDoc, "code", "code, name_fr, name_en, rev", _family_row),
        _collection("wholesalers", WholesalerDoc, "code", f"{WHOLESALER_COLUMNS}, rev", _wholesaler_row),
        _collection("products", ProductDoc, "sku", f"{PRODUCT_COLUMNS}, sku_key, ref_key", product_row),
        _collection("stock", StockDoc, "sku, wholesaler", _STOCK_COLUMNS, _stock_row),
        _collection("stock_dates", StockDateDoc, "wholesaler", "wholesaler, as_of, rev", _stock_date_row),
    )
}


def product_of(row: tuple[Any, ...]) -> Product:
    """A product from `PRODUCT_COLUMNS`."""
    sku, name, list_price, vat_rate, ean, ref, brand, family, eco, multiple, minimum, status, *rest = row
    replaced, text, rev, private_copy, weight, overseas, prices = rest
    return Product(
        sku,
        name,
        Decimal(list_price),
        Decimal(vat_rate),
        ean,
        ref,
        brand,
        family,
        Decimal(eco),
        multiple,
        minimum,
        ProductStatus(status),
        replaced,
        text,
        rev,
        _ZERO if private_copy == "0" else Decimal(private_copy),
        _ZERO if weight == "0" else Decimal(weight),
        None if overseas is None else Decimal(overseas),
        tuple(price.to_domain() for price in _prices.decode(prices)) if prices else (),
    )


def offer_of(row: tuple[Any, ...]) -> Offer:
    """An offer from `OFFER_COLUMNS`."""
    wholesaler, sku, available, arrival, quantity, price = row
    return Offer(
        wholesaler,
        sku,
        available,
        date.fromisoformat(arrival) if arrival else None,
        quantity,
        None if price is None else Decimal(price),
    )


def wholesaler_of(row: tuple[Any, ...]) -> Wholesaler:
    """A wholesaler from a row of `WHOLESALERS`."""
    code, name, seller, minimum, small_fee, free_from, fee, vat_rate, days, express, table, shelf, as_of = row
    minimum, small_fee, free_from, express = (
        None if amount is None else Decimal(amount) for amount in (minimum, small_fee, free_from, express)
    )
    return Wholesaler(
        code=code,
        name=name,
        seller=seller,
        order_minimum=minimum,
        small_order_fee=small_fee,
        free_carriage_from=free_from,
        carriage_fee=Decimal(fee),
        carriage_vat_rate=Decimal(vat_rate),
        delivery_days=days,
        express_fee=express,
        carriage_table=tuple(rate.to_domain() for rate in _carriage.decode(table)) if table else (),
        stock_shelf_hours=shelf,
        stock_as_of=None if as_of is None else datetime.fromisoformat(as_of),
    )


def family_of(row: tuple[Any, ...]) -> Family:
    """A family from `code, name_fr, name_en`."""
    return Family(*row)
