"""The tables of a catalogue file, and how documents become rows and rows become domain objects. No decisions here.

Rows of `products` are kept best first (`id` ascending), because searches read and rank only the first matches.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

import msgspec

from desktop_app.contract.documents import FamilyDoc, ProductDoc, StockDoc, WholesalerDoc
from desktop_app.domain.catalog import Family, Offer, Product, ProductStatus, Wholesaler
from desktop_app.storage.catalog_text import compact, facet, index_codes, indexed, indexed_brand
from desktop_app.storage.database import Connection

SCHEMA_VERSION = 1

TABLES = """
CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    list_price TEXT NOT NULL,
    vat_rate TEXT NOT NULL,
    ean TEXT NOT NULL,
    manufacturer_ref TEXT NOT NULL,
    brand TEXT NOT NULL,
    family TEXT NOT NULL,
    eco_fee TEXT NOT NULL,
    pack_multiple INTEGER NOT NULL,
    min_qty INTEGER NOT NULL,
    status TEXT NOT NULL,
    replaced_by TEXT NOT NULL,
    description TEXT NOT NULL,
    rev INTEGER NOT NULL,
    sku_key TEXT NOT NULL,
    ref_key TEXT NOT NULL
);
CREATE TABLE stock (
    sku TEXT NOT NULL,
    wholesaler TEXT NOT NULL,
    available INTEGER NOT NULL,
    next_arrival TEXT,
    next_qty INTEGER,
    list_price TEXT,
    rev INTEGER NOT NULL,
    PRIMARY KEY (sku, wholesaler)
) WITHOUT ROWID;
CREATE TABLE families (code TEXT PRIMARY KEY, name_fr TEXT NOT NULL, name_en TEXT NOT NULL, rev INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE wholesalers (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    seller TEXT NOT NULL,
    order_minimum TEXT,
    small_order_fee TEXT,
    free_carriage_from TEXT,
    carriage_fee TEXT NOT NULL,
    carriage_vat_rate TEXT NOT NULL,
    delivery_days INTEGER,
    rev INTEGER NOT NULL
) WITHOUT ROWID;
-- Rows the server has and this desk could not read: their older version, if any, stays in its table.
CREATE TABLE quarantine (
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (collection, id)
) WITHOUT ROWID;
CREATE TABLE feed_state (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    cursor TEXT NOT NULL,
    epoch TEXT NOT NULL,
    version INTEGER NOT NULL,
    counts TEXT NOT NULL,
    hash TEXT NOT NULL,
    synced_at TEXT,
    agrees INTEGER NOT NULL
);
CREATE VIRTUAL TABLE product_words USING fts5 (
    name, brand, codes, facets,
    content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3'
);
CREATE VIRTUAL TABLE product_parts USING fts5 (
    codes, content = '', contentless_delete = 1, tokenize = 'trigram'
);
"""

# Made after the bulk of the rows: cheaper than keeping them sorted all along.
INDEXES = (
    "CREATE UNIQUE INDEX products_sku ON products (sku)",
    "CREATE INDEX products_sku_key ON products (sku_key)",
    "CREATE INDEX products_ref_key ON products (ref_key)",
    "CREATE INDEX products_ean ON products (ean)",
    "CREATE INDEX products_family ON products (family)",
    "CREATE INDEX products_brand ON products (brand)",
)

PRODUCT_COLUMNS = (
    "sku, name, list_price, vat_rate, ean, manufacturer_ref, brand, family, eco_fee, pack_multiple, min_qty, status, "
    "replaced_by, description, rev"
)
OFFER_COLUMNS = "wholesaler, sku, available, next_arrival, next_qty, list_price"
WHOLESALER_COLUMNS = (
    "code, name, seller, order_minimum, small_order_fee, free_carriage_from, carriage_fee, carriage_vat_rate, "
    "delivery_days"
)

INSERT_WORDS = "INSERT INTO product_words (rowid, name, brand, codes, facets) VALUES (?, ?, ?, ?, ?)"
INSERT_PARTS = "INSERT INTO product_parts (rowid, codes) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class FeedState:
    """How far the shared feed has been read. `counts` and `hash` are the server's view, per collection.

    `agrees` is False where this file was found to differ from the server: it is to be fetched anew.
    """

    cursor: str
    epoch: str
    version: int
    counts: Mapping[str, int] = field(default_factory=dict)
    hash: Mapping[str, str] = field(default_factory=dict)
    synced_at: datetime | None = None
    agrees: bool = True


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row that could not be read and was left out; its older version stays, where there is one."""

    collection: str
    id: str
    rev: int
    reason: str


@dataclass(frozen=True, slots=True)
class Collection:
    """How one collection of the feed is kept. `row` gives the values of `insert` for a document and its revision."""

    name: str
    read: Callable[[msgspec.Raw], Any]
    feed_id: Callable[[Any], str]
    row: Callable[[Any, int], tuple[Any, ...]]
    insert: str
    upsert: str


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
        sku_key,
        sku_key if doc.manufacturer_ref == doc.sku else compact(doc.manufacturer_ref),
    )


def word_row(number: int, doc: ProductDoc, sku_key: str, ref_key: str) -> tuple[Any, ...]:
    """The values of `INSERT_WORDS`; the keys as in the product's row."""
    codes = index_codes(doc.sku, doc.manufacturer_ref, doc.ean, sku_key, ref_key)
    return number, indexed(doc.name), indexed_brand(doc.brand), codes, facet(doc.family)


def part_row(number: int, sku_key: str, ref_key: str) -> tuple[Any, ...]:
    """The values of `INSERT_PARTS`: the numbers in one piece each, to be found from the middle."""
    return number, sku_key if ref_key in (sku_key, "") else f"{sku_key} {ref_key}"


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
        rev,
    )


def _sql(table: str, columns: str, key: str) -> tuple[str, str]:
    names = columns.replace(" ", "").split(",")
    insert = f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})"
    changes = ", ".join(f"{name} = excluded.{name}" for name in names)
    return insert, f"{insert} ON CONFLICT ({key}) DO UPDATE SET {changes}"


COLLECTIONS: Mapping[str, Collection] = {
    collection.name: collection
    for collection in (
        Collection(
            "families",
            msgspec.json.Decoder(FamilyDoc).decode,
            attrgetter("code"),
            _family_row,
            *_sql("families", "code, name_fr, name_en, rev", "code"),
        ),
        Collection(
            "wholesalers",
            msgspec.json.Decoder(WholesalerDoc).decode,
            attrgetter("code"),
            _wholesaler_row,
            *_sql("wholesalers", f"{WHOLESALER_COLUMNS}, rev", "code"),
        ),
        Collection(
            "products",
            msgspec.json.Decoder(ProductDoc).decode,
            attrgetter("sku"),
            product_row,
            *_sql("products", f"{PRODUCT_COLUMNS}, sku_key, ref_key", "sku"),
        ),
        Collection(
            "stock",
            msgspec.json.Decoder(StockDoc).decode,
            lambda doc: f"{doc.wholesaler}/{doc.sku}",
            _stock_row,
            *_sql("stock", "sku, wholesaler, available, next_arrival, next_qty, list_price, rev", "sku, wholesaler"),
        ),
    )
}


def product_of(row: tuple[Any, ...]) -> Product:
    """A product from `PRODUCT_COLUMNS`."""
    sku, name, list_price, vat_rate, ean, ref, brand, family, eco, multiple, minimum, status, replaced, text, rev = row
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
    """A wholesaler from `WHOLESALER_COLUMNS`."""
    code, name, seller, minimum, small_fee, free_from, fee, vat_rate, days = row
    amounts = [None if amount is None else Decimal(amount) for amount in (minimum, small_fee, free_from)]
    return Wholesaler(code, name, seller, amounts[0], amounts[1], amounts[2], Decimal(fee), Decimal(vat_rate), days)


def family_of(row: tuple[Any, ...]) -> Family:
    """A family from `code, name_fr, name_en`."""
    return Family(*row)


def read_state(connection: Connection) -> FeedState:
    """The state of the feed in this file; an empty one before anything was written."""
    row = connection.execute(
        "SELECT cursor, epoch, version, counts, hash, synced_at, agrees FROM feed_state"
    ).fetchone()
    if row is None:
        return FeedState("", "", 0)
    cursor, epoch, version, counts, hashes, synced_at, agrees = row
    moment = datetime.fromisoformat(synced_at) if synced_at else None
    return FeedState(cursor, epoch, version, json.loads(counts), json.loads(hashes), moment, bool(agrees))


def write_state(connection: Connection, state: FeedState) -> None:
    """Keep the state of the feed, in the transaction of the rows it speaks of."""
    connection.execute(
        "INSERT OR REPLACE INTO feed_state VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        (
            state.cursor,
            state.epoch,
            state.version,
            json.dumps(dict(state.counts)),
            json.dumps(dict(state.hash)),
            state.synced_at.isoformat() if state.synced_at else None,
            int(state.agrees),
        ),
    )
