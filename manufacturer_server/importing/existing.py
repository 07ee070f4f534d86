"""What the store holds of each kind: the keys a file's rows can have, and the documents behind them."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection

from desktop_app.contract.documents import (
    AccountDoc,
    AgreementDoc,
    CarriageRateDoc,
    DatedPriceDoc,
    ProductDoc,
    WholesalerDoc,
)
from manufacturer_server.storage.documents import SHARED, live_ids, read, read_everywhere

# Kinds whose rows are the documents of a collection that everybody sees.
COLLECTIONS = ("families", "wholesalers", "products", "stock")


def existing_keys(connection: Connection, kind: str) -> set[str]:
    """The keys of a kind that the store now holds."""
    if kind in COLLECTIONS:
        return set(live_ids(connection, kind, SHARED))
    if kind == "prices":
        return {price_key(doc.sku, price) for doc in products_with_prices(connection).values() for price in doc.prices}
    if kind == "carriage":
        return {carriage_key(doc.code, rate) for doc in wholesalers(connection).values() for rate in doc.carriage_table}
    if kind == "dealers":
        return set(dealers(connection))
    if kind == "conditions":
        return {row.id for rows in read_everywhere(connection, "terms").values() for row in rows}
    if kind == "agreements":
        return set(agreements(connection))
    if kind == "turnover":
        return {
            turnover_key(scope, row.id)
            for scope, rows in read_everywhere(connection, "turnover").items()
            for row in rows
        }
    if kind == "accounts":
        return {account for account, doc in dealers(connection).items() if doc.unpaid is not None}
    return set()


def dealers(connection: Connection) -> dict[str, AccountDoc]:
    """Every dealer by account."""
    decode = msgspec.json.Decoder(AccountDoc).decode
    return {row.id: decode(row.body) for rows in read_everywhere(connection, "account").values() for row in rows}


def wholesalers(connection: Connection) -> dict[str, WholesalerDoc]:
    """Every wholesaler by code."""
    decode = msgspec.json.Decoder(WholesalerDoc).decode
    return {code: decode(row.body) for code, row in read(connection, "wholesalers", SHARED).items()}


def products(connection: Connection) -> Iterator[ProductDoc]:
    """Every product."""
    decode = msgspec.json.Decoder(ProductDoc).decode
    return (decode(row.body) for row in read(connection, "products", SHARED).values())


def products_with_prices(connection: Connection) -> dict[str, ProductDoc]:
    """The products that have dated list prices, by sku."""
    decode = msgspec.json.Decoder(ProductDoc).decode
    # Few products of a catalogue have any: the others need not be read.
    rows = [row for row in read(connection, "products", SHARED).values() if b'"prices":[' in row.body]
    return {doc.sku: doc for doc in (decode(row.body) for row in rows) if doc.prices}


def agreements(connection: Connection) -> dict[str, AgreementDoc]:
    """Every agreement by id."""
    decode = msgspec.json.Decoder(AgreementDoc).decode
    return {row.id: decode(row.body) for rows in read_everywhere(connection, "agreements").values() for row in rows}


def price_key(sku: str, price: DatedPriceDoc) -> str:
    """The key a dated price has in prices.csv."""
    return f"{sku}/{price.wholesaler}/{price.start or ''}"


def carriage_key(wholesaler: str, rate: CarriageRateDoc) -> str:
    """The key a row of a carriage table has in carriage.csv."""
    return f"{wholesaler}/{rate.zone}/{rate.weight_max or ''}"


def turnover_key(scope: str, agreement: str) -> str:
    """The key a dealer's turnover under an agreement has in turnover.csv."""
    return f"{scope.removeprefix('dealer:')}/{agreement}"
