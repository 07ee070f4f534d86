"""The stored documents as the pricing rules see them: only what one order needs is read."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection

from desktop_app.contract.documents import AccountDoc, ConditionDoc, ProductDoc, StockDoc, WholesalerDoc
from desktop_app.domain.catalog import Offer, Product, Wholesaler
from desktop_app.domain.condition import Condition
from manufacturer_server.feed import feed_of
from manufacturer_server.storage.documents import SHARED, read


class StoredCatalog:
    """A CatalogReader over the products, offers and wholesalers that the given lines name."""

    def __init__(self, connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
        wanted = list(pairs)
        skus = list(dict.fromkeys(sku for sku, _ in wanted))
        codes = list(dict.fromkeys(code for _, code in wanted))
        offers = list(dict.fromkeys(f"{code}/{sku}" for sku, code in wanted))
        self._products = {
            sku: msgspec.json.decode(row.body, type=ProductDoc).to_domain(row.seq)
            for sku, row in read(connection, "products", SHARED, skus).items()
        }
        self._wholesalers = {
            code: msgspec.json.decode(row.body, type=WholesalerDoc).to_domain()
            for code, row in read(connection, "wholesalers", SHARED, codes).items()
        }
        self._offers: dict[str, list[Offer]] = {}
        for row in read(connection, "stock", SHARED, offers).values():
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


def conditions_of(connection: Connection, dealer: AccountDoc) -> list[Condition]:
    """Every condition the dealer sees: those for all, for his group, and his own."""
    return [
        msgspec.json.decode(row.body, type=ConditionDoc).to_domain(row.seq)
        for _, scope in feed_of(dealer, ["terms"]).scopes
        for row in read(connection, "terms", scope).values()
    ]
