"""The stored documents as the pricing rules see them: only what one order needs is read."""

from collections.abc import Iterable, Sequence
from datetime import datetime

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
            sku: msgspec.json.decode(row.body, type=ProductDoc).to_domain(row.seq)
            for sku, row in _read(connection, "products", SHARED, at, skus).items()
        }
        self._wholesalers = {
            code: msgspec.json.decode(row.body, type=WholesalerDoc).to_domain()
            for code, row in _read(connection, "wholesalers", SHARED, at, codes).items()
        }
        self._offers: dict[str, list[Offer]] = {}
        for row in _read(connection, "stock", SHARED, at, offers).values():
            offer = msgspec.json.decode(row.body, type=StockDoc).to_domain()
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
        msgspec.json.decode(row.body, type=ConditionDoc).to_domain(row.seq)
        for _, scope in feed_of(dealer, ["terms"]).scopes
        for row in _read(connection, "terms", scope, at).values()
    ]


def _read(
    connection: Connection, collection: str, scope: str, at: datetime | None, ids: Iterable[str] | None = None
) -> dict[str, Stored]:
    if at is None:
        return read(connection, collection, scope, ids)
    return read_at(connection, collection, scope, at, ids)
