"""Applying families, wholesalers, products, stock, dated list prices and carriage tables.

Dated prices live in their product's document and carriage tables in their wholesaler's: products.csv and
wholesalers.csv leave them as they are, prices.csv and carriage.csv alone say what they are.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import cast

import msgspec

from desktop_app.contract.documents import CarriageRateDoc, DatedPriceDoc, ProductDoc, StockDateDoc, WholesalerDoc
from manufacturer_server.importing.applying import Applying, moment_of
from manufacturer_server.importing.existing import carriage_key, price_key, products_with_prices, wholesalers
from manufacturer_server.importing.rows import CarriageRow, PriceRow, StockRow
from manufacturer_server.importing.table import Table
from manufacturer_server.storage.documents import SHARED, Changes, live_ids, read, save

_encode = msgspec.json.Encoder().encode


def apply_collection(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """A kind whose rows are the documents of its collection."""
    bodies = {key: _encode(doc) for key, doc in table.documents.items()}
    return _save(applying, table.kind.name, bodies, missing)


def apply_wholesalers(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """Wholesalers keep their carriage tables; one who goes takes his stock and its date along."""
    old = wholesalers(applying.connection)
    bodies = {}
    for code, doc in cast(dict[str, WholesalerDoc], table.documents).items():
        before = old.get(code)
        rates = before.carriage_table if before is not None else []
        bodies[code] = _encode(msgspec.structs.replace(doc, carriage_table=rates))
    changes = _save(applying, "wholesalers", bodies, missing)
    _withdraw_stock(applying, set(missing), part=0)
    if missing:
        save(applying.connection, "stock_dates", SHARED, {}, withdraw=missing)
    return changes


def apply_products(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """Products keep their dated prices; one that goes takes its stock along."""
    old = products_with_prices(applying.connection)
    bodies = {}
    for sku, doc in cast(dict[str, ProductDoc], table.documents).items():
        prices = old[sku].prices if sku in old else []
        bodies[sku] = _encode(msgspec.structs.replace(doc, prices=prices) if prices else doc)
    changes = _save(applying, "products", bodies, missing)
    _withdraw_stock(applying, set(missing), part=1)
    return changes


def _withdraw_stock(applying: Applying, gone: set[str], part: int) -> None:
    """Nobody can order what has no product or no wholesaler. `part` of a stock id, wholesaler/sku, names it."""
    if gone:
        stock = live_ids(applying.connection, "stock", SHARED)
        _save(applying, "stock", {}, [row_id for row_id in stock if row_id.split("/", 1)[part] in gone])


def apply_stock(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """Stock, and when it was taken: at each wholesaler of the file the oldest of its rows, none later than now."""
    rows = cast(dict[str, StockRow], table.documents)
    changes = _save(applying, "stock", {key: _encode(row.doc) for key, row in rows.items()}, missing)
    taken: dict[str, datetime] = {}
    moments: dict[date | datetime, datetime] = {}
    for row in rows.values():
        when = applying.now
        if row.as_of is not None:
            if row.as_of not in moments:
                moments[row.as_of] = moment_of(row.as_of, applying.zone)
            when = moments[row.as_of]
        taken[row.wholesaler] = min(taken.get(row.wholesaler, applying.now), when)
    dates = {code: _encode(StockDateDoc(code, as_of)) for code, as_of in taken.items()}
    save(applying.connection, "stock_dates", SHARED, dates)
    return changes


def apply_prices(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """Dated list prices, each into its product."""
    old = {sku: _by_key(doc.prices, sku) for sku, doc in products_with_prices(applying.connection).items()}
    known = {key: price for prices in old.values() for key, price in prices.items()}
    gone = set(missing)
    new = {sku: {key: price for key, price in prices.items() if key not in gone} for sku, prices in old.items()}
    wanted = cast(dict[str, PriceRow], table.documents)
    for key, row in wanted.items():
        new.setdefault(row.sku, {})[key] = row.price
    differing = [sku for sku, prices in new.items() if prices != old.get(sku, {})]
    decode = msgspec.json.Decoder(ProductDoc).decode
    bodies = {}
    for sku, stored in read(applying.connection, "products", SHARED, differing).items():
        prices = sorted(new[sku].values(), key=lambda price: (price.wholesaler, price.start or date.min))
        bodies[sku] = _encode(msgspec.structs.replace(decode(stored.body), prices=prices))
    _save(applying, "products", bodies, [])
    return _row_changes({key: row.price for key, row in wanted.items()}, known, missing)


def _by_key(prices: Iterable[DatedPriceDoc], sku: str) -> dict[str, DatedPriceDoc]:
    return {price_key(sku, price): price for price in prices}


def apply_carriage(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """Carriage tables, each into its wholesaler."""
    stored = wholesalers(applying.connection)
    old = {code: {carriage_key(code, rate): rate for rate in doc.carriage_table} for code, doc in stored.items()}
    known = {key: rate for rates in old.values() for key, rate in rates.items()}
    gone = set(missing)
    new = {code: {key: rate for key, rate in rates.items() if key not in gone} for code, rates in old.items()}
    wanted = cast(dict[str, CarriageRow], table.documents)
    for key, row in wanted.items():
        new[row.wholesaler][key] = row.rate
    bodies = {
        code: _encode(msgspec.structs.replace(stored[code], carriage_table=sorted(rates.values(), key=_class)))
        for code, rates in new.items()
        if rates != old[code]
    }
    _save(applying, "wholesalers", bodies, [])
    return _row_changes({key: row.rate for key, row in wanted.items()}, known, missing)


def _class(rate: CarriageRateDoc) -> tuple[str, bool, Decimal]:
    return rate.zone, rate.weight_max is None, Decimal(rate.weight_max or 0)


def _row_changes(
    wanted: Mapping[str, msgspec.Struct], known: Mapping[str, msgspec.Struct], missing: list[str]
) -> Changes:
    """What became of the rows of a kind that lives inside other documents."""
    changed = tuple(key for key, row in wanted.items() if key in known and known[key] != row)
    added = tuple(key for key in wanted if key not in known)
    withdrawn = tuple(key for key in missing if key in known)
    return Changes(added, changed, withdrawn, len(wanted) - len(added) - len(changed))


def _save(applying: Applying, collection: str, bodies: Mapping[str, bytes], missing: list[str]) -> Changes:
    keep = applying.ledger.keep if collection != "families" else None
    return save(applying.connection, collection, SHARED, bodies, withdraw=missing, keep=keep)
