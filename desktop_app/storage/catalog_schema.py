"""The tables of a catalogue file and its one row about the feed. What the other rows hold: `catalog_rows`.

Rows of `products` are kept best first (`id` ascending), because searches read and rank only the first matches.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from desktop_app.storage.database import Connection

SCHEMA_VERSION = 2

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
    private_copy_fee TEXT NOT NULL,
    weight TEXT NOT NULL,
    vat_rate_overseas TEXT,
    -- The dated list prices as JSON, empty where there is none.
    prices TEXT NOT NULL,
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
    express_fee TEXT,
    -- The rows of the table as JSON, empty where there is none.
    carriage_table TEXT NOT NULL,
    stock_shelf_hours INTEGER NOT NULL,
    rev INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE stock_dates (wholesaler TEXT PRIMARY KEY, as_of TEXT NOT NULL, rev INTEGER NOT NULL) WITHOUT ROWID;
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
    "CREATE INDEX products_with_prices ON products (id) WHERE prices <> ''",
)


class FeedState(Struct, frozen=True):
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
