"""Keeping the full-text indexes of a catalogue file in step with its products. Asking them: `catalog_search`."""

from collections.abc import Iterable, Sequence
from typing import Any

from desktop_app.contract.documents import ProductDoc
from desktop_app.storage.catalog_text import facet, index_codes, indexed, indexed_brand
from desktop_app.storage.database import Connection

# Above this many changed texts, if they are more than this part of all, it is quicker to index every product again.
MANY_TEXTS = 4_000
PART_OF_ALL = 8

INSERT_WORDS = "INSERT INTO product_words (rowid, name, brand, codes, facets) VALUES (?, ?, ?, ?, ?)"
INSERT_PARTS = "INSERT INTO product_parts (rowid, codes) VALUES (?, ?)"
_TEXTS = "SELECT id, name, brand, family, sku, manufacturer_ref, ean, sku_key, ref_key FROM products"


class WordIndex:
    """The word and part-number indexes of an open catalogue file, within the transaction of the rows.

    Note each product before it is written or deleted; `flush` then changes the indexes where a text changed.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changed: set[str] = set()
        self._gone: list[tuple[int]] = []

    def add(self, first_id: int, docs: Iterable[ProductDoc], keys: Iterable[Sequence[str]]) -> None:
        """Index new products whose rows begin at `first_id`; `keys` hold each one's number and reference compacted."""
        self._insert(
            (number, doc.name, doc.brand, doc.family, doc.sku, doc.manufacturer_ref, doc.ean, *key)
            for number, (doc, key) in enumerate(zip(docs, keys, strict=True), first_id)
        )

    def note_put(self, doc: ProductDoc) -> None:
        """Say that `doc` is about to be written."""
        before = self._connection.execute(f"{_TEXTS} WHERE sku = ?", (doc.sku,)).fetchone()
        if before is None or before[1:7] != (doc.name, doc.brand, doc.family, doc.sku, doc.manufacturer_ref, doc.ean):
            self._changed.add(doc.sku)
            if before is not None:
                self._gone.append((before[0],))

    def note_delete(self, sku: str) -> None:
        """Say that a product is about to be deleted."""
        found = self._connection.execute("SELECT id FROM products WHERE sku = ?", (sku,)).fetchall()
        self._gone += found

    def flush(self) -> None:
        """Bring the indexes to the products as they are now."""
        if self._are_many():
            self._connection.execute("INSERT INTO product_words (product_words) VALUES ('delete-all')")
            self._connection.execute("INSERT INTO product_parts (product_parts) VALUES ('delete-all')")
            self._insert(self._connection.execute(_TEXTS))
        else:
            self._connection.executemany("DELETE FROM product_words WHERE rowid = ?", self._gone)
            self._connection.executemany("DELETE FROM product_parts WHERE rowid = ?", self._gone)
            select = f"{_TEXTS} WHERE sku = ?"
            self._insert(self._connection.execute(select, (sku,)).fetchone() for sku in sorted(self._changed))
        self._changed.clear()
        self._gone.clear()

    def _are_many(self) -> bool:
        if len(self._changed) <= MANY_TEXTS:
            return False
        total: int = self._connection.execute("SELECT count(*) FROM products").fetchone()[0]
        return len(self._changed) * PART_OF_ALL > total

    def _insert(self, texts: Iterable[tuple[Any, ...]]) -> None:
        words, parts = index_rows(texts)
        self._connection.executemany(INSERT_WORDS, words)
        self._connection.executemany(INSERT_PARTS, parts)


def index_rows(texts: Iterable[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The values of `INSERT_WORDS` and `INSERT_PARTS` for products as id, name, brand, family, sku, reference, EAN,
    compacted sku and compacted reference.
    """
    words, parts = [], []
    for number, name, brand, family, sku, ref, ean, sku_key, ref_key in texts:
        codes = index_codes(sku, ref, ean, sku_key, ref_key)
        words.append((number, indexed(name), indexed_brand(brand), codes, facet(family)))
        parts.append((number, sku_key if ref_key in (sku_key, "") else f"{sku_key} {ref_key}"))
    return words, parts
