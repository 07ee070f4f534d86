"""Reading one catalogue file: products, offers, wholesalers, families, search, how fresh it is. Nothing is written."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from msgspec import Struct

from desktop_app.domain.catalog import Family, Offer, Product, Wholesaler
from desktop_app.errors import StorageFailed
from desktop_app.storage.catalog_rows import (
    OFFER_COLUMNS,
    PRODUCT_COLUMNS,
    WHOLESALERS,
    BadRow,
    family_of,
    offer_of,
    product_of,
    wholesaler_of,
)
from desktop_app.storage.catalog_schema import SCHEMA_VERSION, FeedState, read_state
from desktop_app.storage.catalog_search import CatalogSearch, Matches, SearchQuery
from desktop_app.storage.catalog_text import fold
from desktop_app.storage.database import open_plain, storage_errors

_ALL_PRODUCTS = f"SELECT {PRODUCT_COLUMNS} FROM products"
_ALL_OFFERS = f"SELECT {OFFER_COLUMNS} FROM stock"


class CatalogMatches(Struct, frozen=True):
    """The products of one page of a search. `total` is exact unless `capped`.

    `corrected` where they were only found by forgiving a typing mistake.
    """

    products: tuple[Product, ...]
    total: int
    capped: bool
    corrected: bool = False


class ProductBrief(NamedTuple):
    """What a list says of a product."""

    sku: str
    name: str
    family: str
    brand: str


class CatalogFacets(Struct, frozen=True):
    """(Family code, products) and (brand, products) of a search, most frequent first."""

    families: tuple[tuple[str, int], ...]
    brands: tuple[tuple[str, int], ...]
    exact: bool


class CatalogRepository:
    """The catalogue file at `path`, read only; used on one thread. Sees what a writer of changes has committed.

    Every method raises StorageFailed where the file cannot be read; opening also where it is of another version of
    this program or was never finished: the file is then to be fetched anew. `on_failure` hears of it first.
    """

    def __init__(self, path: Path, on_failure: Callable[[StorageFailed], object] = lambda failure: None) -> None:
        self.path = path
        self._on_failure = on_failure
        self._connection = open_plain(path, read_only=True)
        self._version = -1
        self._families: dict[str, Family] = {}
        self._wholesalers: dict[str, Wholesaler] = {}
        self._family_counts: dict[str, int] | None = None
        self._last: tuple[SearchQuery, Matches] | None = None
        try:
            self._check_version()
            with storage_errors(path):
                self._connection.execute(
                    "CREATE VIRTUAL TABLE temp.indexed_words USING fts5vocab(main, product_words, row)"
                )
        except StorageFailed:
            self._connection.close()
            raise
        self._family_words: dict[str, Sequence[str]] = {}
        self._search = CatalogSearch(self._connection, self._family_words)

    def __enter__(self) -> "CatalogRepository":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # --- single rows ----------------------------------------------------------------------------------------------

    def product(self, sku: str) -> Product | None:
        """The product with exactly this sku."""
        with self._reading():
            row = self._connection.execute(f"{_ALL_PRODUCTS} WHERE sku = ?", (sku,)).fetchone()
        return None if row is None else product_of(row)

    def offers(self, sku: str) -> tuple[Offer, ...]:
        """The offers of all wholesalers that list the product, by wholesaler code."""
        with self._reading():
            rows = self._connection.execute(f"{_ALL_OFFERS} WHERE sku = ?", (sku,)).fetchall()
        return tuple(offer_of(row) for row in rows)

    def wholesaler(self, code: str) -> Wholesaler | None:
        """The wholesaler with exactly this code."""
        self._refresh()
        return self._wholesalers.get(code)

    # --- many rows ------------------------------------------------------------------------------------------------

    def products_many(self, skus: Iterable[str]) -> dict[str, Product]:
        """The products that exist among `skus`, by sku."""
        with self._reading():
            sql = f"{_ALL_PRODUCTS} WHERE sku IN (SELECT value FROM json_each(?))"
            rows = self._connection.execute(sql, (json.dumps(list(skus)),)).fetchall()
        return {row[0]: product_of(row) for row in rows}

    def briefs(self, skus: Iterable[str]) -> dict[str, ProductBrief]:
        """The products that exist among `skus`, in few words."""
        with self._reading():
            sql = "SELECT sku, name, family, brand FROM products WHERE sku IN (SELECT value FROM json_each(?))"
            rows = self._connection.execute(sql, (json.dumps(list(skus)),)).fetchall()
        return {row[0]: ProductBrief(*row) for row in rows}

    def numbers_of(self, keys: Iterable[str], limit: int) -> list[str]:
        """The skus that the product keys mean (`sku:S`, `family:F`, `brand:B`, `all`), best first, at most `limit`."""
        named: dict[str, list[str]] = {"sku": [], "family": [], "brand": []}
        where = " OR ".join(f"{kind} IN (SELECT value FROM json_each(:{kind}))" for kind in named)
        for key in keys:
            kind, _, value = key.partition(":")
            if kind in named:
                named[kind].append(value)
            elif kind == "all":
                where = "TRUE"
        values = {kind: json.dumps(names) for kind, names in named.items()}
        with self._reading():
            rows = self._connection.execute(
                f"SELECT sku FROM products WHERE {where} ORDER BY id LIMIT :most", {**values, "most": limit}
            ).fetchall()
        return [sku for (sku,) in rows]

    def numbers_with_prices(self, limit: int) -> list[str]:
        """The skus that have dated list prices, at most `limit`: first where the highest is most above the undated."""
        highest = "(SELECT max(CAST(value ->> 'list_price' AS REAL)) FROM json_each(prices))"
        with self._reading():
            rows = self._connection.execute(
                "SELECT sku FROM products WHERE prices <> ''"
                f" ORDER BY {highest} - CAST(list_price AS REAL) DESC, id LIMIT ?",
                (limit,),
            ).fetchall()
        return [sku for (sku,) in rows]

    def offers_many(self, skus: Iterable[str]) -> dict[str, tuple[Offer, ...]]:
        """The offers for each of `skus`, by wholesaler code; an empty tuple where nobody lists it."""
        wanted = list(skus)
        found: dict[str, list[Offer]] = {sku: [] for sku in wanted}
        with self._reading():
            sql = f"{_ALL_OFFERS} WHERE sku IN (SELECT value FROM json_each(?))"
            rows = self._connection.execute(sql, (json.dumps(wanted),)).fetchall()
        for row in rows:
            found[row[1]].append(offer_of(row))
        return {sku: tuple(offers) for sku, offers in found.items()}

    def wholesalers(self) -> tuple[Wholesaler, ...]:
        """All wholesalers, by code."""
        self._refresh()
        return tuple(self._wholesalers.values())

    def families(self) -> tuple[tuple[Family, int], ...]:
        """All families by code, each with the number of its products, those that only products name among them."""
        self._refresh()
        if self._family_counts is None:
            with self._reading():
                self._family_counts = dict(
                    self._connection.execute("SELECT family, count(*) FROM products GROUP BY family").fetchall()
                )
        counts = self._family_counts
        codes = sorted({*self._families, *counts})
        return tuple((self._families.get(code, Family(code)), counts.get(code, 0)) for code in codes if code)

    def family(self, code: str) -> Family:
        """The family; one without names where the catalogue has no such row."""
        self._refresh()
        return self._families.get(code, Family(code))

    def search(self, query: SearchQuery) -> CatalogMatches:
        """One page of the products that match, best first. Whatever is typed is taken literally."""
        matches = self._matches(query)
        page = matches.ids[: matches.total][query.offset : query.offset + query.limit]
        return CatalogMatches(self._products_by_id(page), matches.total, matches.capped, matches.corrected)

    def facets(self, query: SearchQuery) -> CatalogFacets:
        """The families and brands of the products that match, whatever `limit` and `offset` say."""
        matches = self._matches(query)
        found = "FROM json_each(?) AS w CROSS JOIN products AS p ON p.id = w.value"
        ids = (json.dumps(matches.ids),)
        with self._reading():
            families, brands = (
                self._connection.execute(
                    f"SELECT {column}, count(*) AS n {found} WHERE {column} <> '' GROUP BY 1 ORDER BY n DESC, 1", ids
                ).fetchall()
                for column in ("family", "brand")
            )
        return CatalogFacets(tuple(families), tuple(brands), not matches.capped)

    # --- the state of the file ------------------------------------------------------------------------------------

    def state(self) -> FeedState:
        """How far the feed has been read into this file."""
        with self._reading():
            return read_state(self._connection)

    def version(self) -> int:
        """The feed version the file is at, 0 before anything was written; read at every act on a draft."""
        with self._reading():
            row = self._connection.execute("SELECT version FROM feed_state").fetchone()
        return 0 if row is None else int(row[0])

    def synced_at(self) -> datetime | None:
        """When the file was last known to be current."""
        return self.state().synced_at

    def counts(self) -> Mapping[str, int]:
        """The rows of each collection, as the server counts them."""
        return self.state().counts

    def bad_rows(self) -> tuple[BadRow, ...]:
        """The rows that could not be read when they last came."""
        with self._reading():
            rows = self._connection.execute("SELECT collection, id, rev, reason FROM quarantine").fetchall()
        return tuple(BadRow(*row) for row in rows)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            with storage_errors(self.path):
                yield
        except StorageFailed as failure:
            self._on_failure(failure)
            raise

    def _matches(self, query: SearchQuery) -> Matches:
        """All that match; kept, because the next question is often for the next rows of the same search."""
        self._refresh()
        whole = SearchQuery(query.text, query.family, query.brand, query.in_stock)
        if self._last is None or self._last[0] != whole:
            with self._reading():
                self._last = (whole, self._search.find(query))
        return self._last[1]

    def _products_by_id(self, ids: Sequence[int]) -> tuple[Product, ...]:
        with self._reading():
            wanted = "json_each(?) AS w CROSS JOIN products AS p ON p.id = w.value"
            sql = f"SELECT {PRODUCT_COLUMNS} FROM {wanted} ORDER BY w.key"
            rows = self._connection.execute(sql, (json.dumps(list(ids)),)).fetchall()
        return tuple(product_of(row) for row in rows)

    def _check_version(self) -> None:
        with self._reading():
            found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if found != SCHEMA_VERSION:
            raise StorageFailed(
                f"The catalogue file {self.path} was made by another version of this program.",
                reason="other-version",
                path=str(self.path),
            )

    def _refresh(self) -> None:
        """Read the small tables again after a writer has changed the file."""
        with self._reading():
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if version == self._version:
                return
            families = self._connection.execute("SELECT code, name_fr, name_en FROM families").fetchall()
            wholesalers = self._connection.execute(WHOLESALERS).fetchall()
        self._families = {row[0]: family_of(row) for row in families}
        self._wholesalers = {row[0]: wholesaler_of(row) for row in wholesalers}
        self._family_counts = None
        self._family_words.clear()
        for code, *names in families:
            self._family_words[code] = tuple(fold(" ".join(names)).split())
        self._last = None
        self._version = version
