"""What a review looks at: the store as it is after an import, read once, and where each row stood in the files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec
from sqlalchemy import Connection

from desktop_app.contract.documents import AccountDoc, AgreementDoc, ConditionDoc, FamilyDoc, StockDoc
from desktop_app.domain.applying import product_keys
from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.condition import Condition
from desktop_app.domain.validation import round_up
from manufacturer_server.importing import existing
from manufacturer_server.importing.table import Table
from manufacturer_server.storage.documents import SHARED, read, read_everywhere


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was taken but looks wrong. `code` names the sort of it; `line` is 0 for a row of no file."""

    code: str
    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


class ReviewState:
    """The store after an import, for one review; `day` is the pricing day."""

    def __init__(self, connection: Connection, tables: Iterable[Table], day: date, *, merge: bool) -> None:
        self.day = day
        self._connection = connection
        self._tables = {table.kind.name: table for table in tables}
        self._merge = merge

    def has(self, *kinds: str) -> bool:
        """Whether a file of one of these kinds is in the run."""
        return any(kind in self._tables for kind in kinds)

    def remark(self, code: str, kind: str, keys: Sequence[str], reason: str) -> Iterable[Remark]:
        """A remark on rows of a kind, at the first of them; none where the run merged and named none of them."""
        table = self._tables.get(kind)
        lines = [] if table is None else [table.lines[key] for key in keys if key in table.lines]
        if table is not None and lines:
            return (Remark(code, table.file, min(lines), reason),)
        if table is not None and self._merge:
            return ()
        return (Remark(code, f"stored {kind}", 0, reason),)

    @cached_property
    def products(self) -> dict[str, Product]:
        """Every product by sku."""
        return {doc.sku: doc.to_domain(0) for doc in existing.products(self._connection)}

    @cached_property
    def by_key(self) -> dict[str, list[Product]]:
        """The products that each product key means."""
        found: dict[str, list[Product]] = {}
        for product in self.products.values():
            for key in product_keys(product):
                found.setdefault(key, []).append(product)
        return found

    @cached_property
    def smallest(self) -> dict[str, int]:
        """The smallest quantity in which anything that a product key means can be ordered."""
        return {key: min(round_up(product, 1) for product in products) for key, products in self.by_key.items()}

    @cached_property
    def family_codes(self) -> set[str]:
        """The families that families.csv names."""
        decode = msgspec.json.Decoder(FamilyDoc).decode
        return {decode(row.body).code for row in read(self._connection, "families", SHARED).values()}

    @cached_property
    def offers(self) -> dict[str, list[Offer]]:
        """What each product is offered by."""
        decode = msgspec.json.Decoder(StockDoc).decode
        found: dict[str, list[Offer]] = {}
        for row in read(self._connection, "stock", SHARED).values():
            offer = decode(row.body).to_domain()
            found.setdefault(offer.sku, []).append(offer)
        return found

    @cached_property
    def conditions(self) -> list[Condition]:
        """Every condition, in the order of their first arrival within each buyer."""
        decode = msgspec.json.Decoder(ConditionDoc).decode
        stored = read_everywhere(self._connection, "terms").values()
        return [decode(row.body).to_domain(row.seq) for rows in stored for row in rows]

    @cached_property
    def agreements(self) -> list[AgreementDoc]:
        """Every agreement."""
        return list(existing.agreements(self._connection).values())

    @cached_property
    def dealers(self) -> list[AccountDoc]:
        """Every dealer."""
        return list(existing.dealers(self._connection).values())


def some(names: Sequence[str], most: int = 3) -> str:
    """A few names, and how many more there are."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"
