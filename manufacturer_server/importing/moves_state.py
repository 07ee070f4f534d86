"""What unit prices depend on, before and after an import: products, offers, conditions, dealers; and what differs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from desktop_app.contract.documents import AccountDoc, ConditionDoc, ProductDoc, StockDoc
from desktop_app.domain.applying import product_keys
from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.condition import Condition
from desktop_app.domain.conflicts import without_conflicts
from manufacturer_server.importing.existing import dealers
from manufacturer_server.storage.documents import SHARED, Stored, read, read_everywhere

# What a price can depend on: a run without any of these kinds moves none.
KINDS_WITH_PRICES = frozenset({"products", "prices", "stock", "dealers", "conditions", "wholesalers"})


class When(NamedTuple):
    """A day, and the end client of a special bid, at which prices are compared."""

    day: date
    end_client: str


class Rows(NamedTuple):
    """The store at one moment, not yet decoded where that can wait."""

    products: Mapping[str, Stored]
    stock: Mapping[str, Stored]
    terms: Mapping[str, Mapping[str, Stored]]
    dealers: Mapping[str, AccountDoc]


def read_rows(connection: Connection) -> Rows:
    """Everything prices depend on, as it is now."""
    terms = read_everywhere(connection, "terms").items()
    return Rows(
        read(connection, "products", SHARED),
        read(connection, "stock", SHARED),
        {scope: {row.id: row for row in rows} for scope, rows in terms},
        dealers(connection),
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A product at a wholesaler, before and after."""

    before: Product
    after: Product
    offer_before: Offer
    offer_after: Offer


class Difference:
    """What an import changed of what prices depend on."""

    def __init__(self, before: Rows, after: Rows, day: date) -> None:
        self._before, self._after, self._day = before, after, day
        self._decoded_terms: dict[tuple[str, bool], list[Condition]] = {}
        self._clients: dict[str, dict[str, set[str]]] = {}
        self.dealers = [(before.dealers[a], after.dealers[a]) for a in sorted({*before.dealers} & {*after.dealers})]
        self.products: dict[str, tuple[Product, Product]] = dict(self._products())
        self.pairs: dict[str, list[Pair]] = self._pairs()
        # For which days a product is to be compared for everybody, and which product keys for one buyer.
        self.of_product: dict[str, set[When]] = {}
        self.of_buyer: defaultdict[str, defaultdict[str, set[When]]] = defaultdict(lambda: defaultdict(set))
        self._find_products()
        self._find_conditions()

    def conditions(self, account: AccountDoc, *, after: bool) -> list[Condition]:
        """The conditions one dealer sees; without an account, those his group sees."""
        scopes = ["all"]
        scopes += [f"group:{account.group}"] if account.group else []
        scopes += [f"dealer:{account.account}"] if account.account else []
        return [condition for scope in scopes for condition in self._conditions_of(scope, after)]

    def _conditions_of(self, scope: str, after: bool) -> list[Condition]:
        """What all and groups see is asked for again and again; what one dealer sees is not."""
        known = self._decoded_terms.get((scope, after))
        if known is None:
            terms = (self._after if after else self._before).terms
            known = [_decoded(row) for row in terms.get(scope, {}).values()]
            if not scope.startswith("dealer:"):
                self._decoded_terms[scope, after] = known
        return known

    def clients(self, scope: str) -> Mapping[str, set[str]]:
        """The end clients that the conditions of one buyer name, before or after, by product key."""
        known = self._clients.get(scope)
        if known is None:
            known = self._clients[scope] = {}
            for after in (False, True):
                for one in self._conditions_of(scope, after):
                    if one.end_client:
                        known.setdefault(one.product, set()).add(one.end_client)
        return known

    def own_keys(self, before: AccountDoc, after: AccountDoc) -> set[str]:
        """The product keys for which a dealer may pay something else than his group.

        Those that his own conditions name, before or after, and those of conditions of which he has used a quota.
        """
        scope, used = f"dealer:{after.account}", {*before.quota_used, *after.quota_used}
        found = set()
        for rows in (self._before, self._after):
            for of_scope, by_id in rows.terms.items():
                ids = by_id if of_scope == scope else used & by_id.keys()
                found |= {_decoded(by_id[row_id]).product for row_id in ids}
        return found

    def touched_by(self, keys: Iterable[str]) -> set[str]:
        """The skus that product keys mean, before or after."""
        return {sku for key in keys for sku in self._by_key.get(key, ())}

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for sku in self.pairs:
            for key in {key for product in self.products[sku] for key in product_keys(product)}:
                found.setdefault(key, []).append(sku)
        return found

    def _products(self) -> Iterator[tuple[str, tuple[Product, Product]]]:
        """The products that were there and still are; an unchanged one is decoded once."""
        decode = msgspec.json.Decoder(ProductDoc).decode
        for sku, row in self._after.products.items():
            old = self._before.products.get(sku)
            if old is not None:
                after = decode(row.body).to_domain(row.seq)
                yield sku, (after if old.body == row.body else decode(old.body).to_domain(old.seq), after)

    def _pairs(self) -> dict[str, list[Pair]]:
        decode = msgspec.json.Decoder(StockDoc).decode
        found: dict[str, list[Pair]] = {}
        for key, row in self._after.stock.items():
            old = self._before.stock.get(key)
            if old is None:
                continue
            after = decode(row.body).to_domain()
            before = after if old.body == row.body else decode(old.body).to_domain()
            if after.sku in self.products:
                found.setdefault(after.sku, []).append(Pair(*self.products[after.sku], before, after))
        return found

    def _find_products(self) -> None:
        for sku, pairs in self.pairs.items():
            old, new = self.products[sku]
            moments: set[When] = set()
            if old is not new:
                if _relevant(old) != _relevant(new):
                    moments.add(When(self._day, ""))
                changed = set(old.prices) ^ set(new.prices)
                moments |= {When(day, "") for price in changed for day in self._days(price.start, price.end)}
            if any(pair.offer_before.list_price != pair.offer_after.list_price for pair in pairs):
                moments.add(When(self._day, ""))
            if moments:
                self.of_product[sku] = moments

    def _find_conditions(self) -> None:
        for scope in {*self._before.terms, *self._after.terms}:
            old, new = self._before.terms.get(scope, {}), self._after.terms.get(scope, {})
            changed: list[Condition] = []
            for row_id in {*old, *new}:
                rows = [rows[row_id] for rows in (old, new) if row_id in rows]
                if len(rows) == 1 or rows[0].body != rows[1].body:
                    changed += map(_decoded, rows)
            for one in (*changed, *self._newly_equal(scope, {one.product for one in changed})):
                moments = {When(day, one.end_client) for day in self._days(one.start, one.end)}
                self.of_buyer[scope][one.product] |= moments

    def _newly_equal(self, scope: str, products: Collection[str]) -> Iterator[Condition]:
        """The conditions on these product keys that do not count before or after, because another one is their equal.

        Nothing of such a condition need have changed: the other one came, went, or is over by now.
        """
        if not products:
            return
        sides = [{one.id: one for one in self._conditions_of(scope, after)} for after in (False, True)]
        before, after = (
            {
                name
                for conflict in without_conflicts(one for one in side.values() if one.product in products)[1]
                for name in conflict.ids
            }
            for side in sides
        )
        for name in before ^ after:
            yield from (side[name] for side in sides if name in side)

    def _days(self, start: date | None, end: date | None) -> Iterator[date]:
        """From today on, the days on which what holds between two days begins to count, and no longer counts."""
        if (end is None or end >= self._day) and (start is None or start <= self._day):
            yield self._day
        if start is not None and start > self._day:
            yield start
        if end is not None and self._day <= end < date.max:
            yield end + timedelta(days=1)


def _relevant(product: Product) -> tuple[object, ...]:
    return product.list_price, product.family, product.brand, product.pack_multiple, product.min_qty


def _decoded(row: Stored) -> Condition:
    return msgspec.json.decode(row.body, type=ConditionDoc).to_domain(row.seq)


def union(sets: Iterable[set[When] | None]) -> set[When]:
    """All of them together."""
    return {when for found in sets for when in found or ()}
