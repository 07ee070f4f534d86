"""The stored documents as the pricing rules see them: only what one order needs is read."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

import msgspec
from sqlalchemy import Connection

from desktop_app.contract.documents import AccountDoc, ConditionDoc, ProductDoc, StockDoc, WholesalerDoc
from desktop_app.domain.catalog import Offer, Product, Wholesaler
from desktop_app.domain.condition import Condition
from manufacturer_server.feed import feed_of
from manufacturer_server.storage.documents import SHARED, Stored, read
from manufacturer_server.storage.versions import read_at


class StoredCatalog:
    """A CatalogReader over the products, offers and wholesalers that the given lines name.

    With `at` as they were at that moment, as far as imports have kept it.
    """

    def __init__(self, connection: Connection, pairs: Iterable[tuple[str, str]], at: datetime | None = None) -> None:
        wanted = list(pairs)
        skus = list(dict.fromkeys(sku for sku, _ in wanted))
        codes = list(dict.fromkeys(code for _, code in wanted))
        offers = list(dict.fromkeys(f"{code}/{sku}" for sku, code in wanted))
        self._products = {
            sku: _product(row.body, row.seq) for sku, row in _read(connection, "products", SHARED, at, skus).items()
        }
        self._wholesalers = {
            code: _wholesaler(row.body) for code, row in _read(connection, "wholesalers", SHARED, at, codes).items()
        }
        self._offers: dict[str, list[Offer]] = {}
        for row in _read(connection, "stock", SHARED, at, offers).values():
            offer = _offer(row.body)
            self._offers.setdefault(offer.sku, []).append(offer)

    def product(self, sku: str) -> Product | None:
        """The product, or None if the catalogue has no such sku."""
        return self._products.get(sku)

    def offers(self, sku: str) -> Sequence[Offer]:
        """The offers of the wholesalers that the lines name for this product."""
        return self._offers.get(sku, ())

    def wholesaler(self, code: str) -> Wholesaler | None:
        """The wholesaler, or None if unknown."""
        return self._wholesalers.get(code)


def conditions_of(connection: Connection, dealer: AccountDoc, at: datetime | None = None) -> list[Condition]:
    """Every condition the dealer sees, or saw `at` a moment: those for all, for his group, and his own."""
    return [
        _condition(row.body, row.seq)
        for _, scope in feed_of(dealer, ["terms"]).scopes
        for row in _read(connection, "terms", scope, at).values()
    ]


def _read(
    connection: Connection, collection: str, scope: str, at: datetime | None, ids: Iterable[str] | None = None
) -> dict[str, Stored]:
    if at is None:
        return read(connection, collection, scope, ids)
    return read_at(connection, collection, scope, at, ids)


# One order is much like the next: what was read lately need not be read again, its bytes being the same.


@lru_cache(4_096)
def _product(body: bytes, seq: int) -> Product:
    return msgspec.json.decode(body, type=ProductDoc).to_domain(seq)


@lru_cache(4_096)
def _offer(body: bytes) -> Offer:
    return msgspec.json.decode(body, type=StockDoc).to_domain()


@lru_cache(4_096)
def _condition(body: bytes, seq: int) -> Condition:
    return msgspec.json.decode(body, type=ConditionDoc).to_domain(seq)


@lru_cache(256)
def _wholesaler(body: bytes) -> Wholesaler:
    return msgspec.json.decode(body, type=WholesalerDoc).to_domain()
