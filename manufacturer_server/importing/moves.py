"""Which unit prices of which dealers an import moves: only what it can touch is priced, and alike dealers only once.

A dealer without conditions of his own pays what his group pays; one with some differs from it only for the products
these conditions mean.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from desktop_app.contract.documents import AccountDoc
from desktop_app.domain.applying import product_keys
from desktop_app.domain.catalog import Product
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.order import TraceStep
from desktop_app.domain.pricing import Terms
from desktop_app.domain.validation import round_up
from manufacturer_server.importing.cells import plain
from manufacturer_server.importing.moves_state import Difference, Pair, When, union

# A product with more changes ahead than these is compared on the first of them.
MOST_DAYS = 12
Breaks = tuple[tuple[int, Decimal], ...]


class Move(NamedTuple):
    """One unit net that moves, for a line on its own from `quantity` on."""

    pair: Pair
    when: When
    quantity: int
    old: Decimal
    new: Decimal

    @property
    def percent(self) -> Decimal | None:
        """By how much, in per cent; None where it was nothing before."""
        return (self.new - self.old) * 100 / self.old if self.old else None


class Audience:
    """Dealers who pay the same before, and the same after: one dealer with terms of his own, or the rest of a group."""

    def __init__(
        self,
        difference: Difference,
        groups: tuple[str, str],
        dealers: Sequence[tuple[AccountDoc, AccountDoc]],
        *,
        own: bool = False,
    ) -> None:
        self.accounts = [after.account for _, after in dealers]
        self._difference = difference
        before, after = dealers[0] if own else (AccountDoc("", "", group=group) for group in groups)
        self.before, self.after = before, after
        self._buyers = {f"{sort}:{name}" for doc in (before, after) for sort, name in _names(doc)} | {"all"}

    @cached_property
    def terms_before(self) -> Terms:
        """The terms they have now."""
        doc = self.before
        return Terms(self._difference.conditions(doc, after=False), doc.account, doc.group, doc.quota_used)

    @cached_property
    def terms_after(self) -> Terms:
        """The terms they would have."""
        doc = self.after
        return Terms(self._difference.conditions(doc, after=True), doc.account, doc.group, doc.quota_used)

    @cached_property
    def _clients(self) -> dict[str, set[str]]:
        """The end clients for whom they have conditions, before or after, by product key."""
        found: dict[str, set[str]] = {}
        for buyer in self._buyers:
            for key, clients in self._difference.clients(buyer).items():
                found.setdefault(key, set()).update(clients)
        return found

    @property
    def name(self) -> str:
        """The audience as a buyer, `group:a -> group:b` where its dealers change; those without a group are `all`."""
        if self.after.account:
            return f"dealer:{self.after.account}"
        before, after = (f"group:{doc.group}" if doc.group else "all" for doc in (self.before, self.after))
        return f"{before} -> {after}" if self.changes_group else after

    @property
    def changes_group(self) -> bool:
        """Whether the dealers move to another group, so that any price may move."""
        return self.before.group != self.after.group

    def moments(self, pair: Pair, today: date) -> list[When]:
        """On which days and for which end clients the prices of a pair may differ."""
        difference = self._difference
        found = union([difference.of_product.get(pair.after.sku)])
        keys = {*product_keys(pair.before), *product_keys(pair.after)}
        for buyer in self._buyers:
            by_key = difference.of_buyer.get(buyer)
            if by_key:
                found |= union(by_key.get(key) for key in keys)
        if self.changes_group:
            found.add(When(today, ""))
        # What moves a price for anybody may move another one for a client who has conditions of his own.
        if self._clients:
            clients = {client for key in keys for client in self._clients.get(key, ())}
            found |= {When(when.day, client) for when in found if not when.end_client for client in clients}
        if len(found) <= MOST_DAYS:
            return sorted(found)
        days = sorted({when.day for when in found})[:MOST_DAYS]
        return sorted(when for when in found if when.day <= days[-1])

    def moves(self, pair: Pair, today: date) -> Iterator[Move]:
        """The moves of one product at one wholesaler; one told for a day is not told again for a later one."""
        told: dict[str, tuple[Breaks, Breaks]] = {}
        for when in self.moments(pair, today):
            old, new = self._breaks(pair, when)
            if old == new or told.get(when.end_client) == (old, new):
                continue
            told[when.end_client] = old, new
            if when.end_client and self._breaks(pair, When(when.day, "")) == (old, new):
                continue
            for quantity in sorted({quantity for quantity, _ in (*old, *new)}):
                price, other = _price_at(old, pair.before, quantity), _price_at(new, pair.after, quantity)
                if price is not None and other is not None and price != other:
                    yield Move(pair, when, quantity, price, other)

    def _breaks(self, pair: Pair, when: When) -> tuple[Breaks, Breaks]:
        wholesaler, (day, end_client) = pair.offer_after.wholesaler, when
        old, _ = list_price_on(pair.before, pair.offer_before, day)
        new, _ = list_price_on(pair.after, pair.offer_after, day)
        return (
            self.terms_before.breaks(pair.before, wholesaler, old, day, end_client=end_client),
            self.terms_after.breaks(pair.after, wholesaler, new, day, end_client=end_client),
        )

    def reason(self, move: Move) -> str:
        """What makes the price move: list price, conditions that come, go or change."""
        pair, (day, end_client), wholesaler = move.pair, move.when, move.pair.offer_after.wholesaler
        old_list, _ = list_price_on(pair.before, pair.offer_before, day)
        new_list, dated = list_price_on(pair.after, pair.offer_after, day)
        old = self.terms_before.unit_price(
            pair.before, wholesaler, old_list, round_up(pair.before, move.quantity), day, end_client=end_client
        ).trace
        new = self.terms_after.unit_price(
            pair.after, wholesaler, new_list, round_up(pair.after, move.quantity), day, end_client=end_client
        ).trace
        parts = []
        if old_list != new_list:
            label = f" ({dated.label})" if dated is not None and dated.label else ""
            parts.append(f"list price {plain(old_list)} -> {plain(new_list)}{label}")
        return "; ".join([*parts, *_changes(_applied(old), _applied(new))])


class Moving(NamedTuple):
    """An audience and its moves, product by product.

    Where there is a `group`, they are only those of the products in `own`: for all others it pays what the group pays.
    """

    audience: Audience
    products: Iterator[tuple[str, list[Move]]]
    group: Audience | None = None
    own: frozenset[str] = frozenset()


def find_moves(difference: Difference, today: date) -> Iterator[Moving]:
    """All moves, audience by audience, groups first."""
    shared: dict[tuple[str, str], list[tuple[AccountDoc, AccountDoc]]] = {}
    alone = []
    for before, after in difference.dealers:
        keys = difference.own_keys(before, after)
        members = shared.setdefault((before.group, after.group), [])
        if keys:
            alone.append((before, after, frozenset(difference.touched_by(keys))))
        else:
            members.append((before, after))
    groups = {pair: Audience(difference, pair, members) for pair, members in shared.items()}
    for group in groups.values():
        yield Moving(group, _by_product(group, difference, difference.pairs, today))
    for before, after, own in alone:
        audience = Audience(difference, (before.group, after.group), [(before, after)], own=True)
        skus = [sku for sku in difference.pairs if sku in own]
        products = _by_product(audience, difference, skus, today)
        yield Moving(audience, products, groups[before.group, after.group], own)


def _by_product(
    audience: Audience, difference: Difference, skus: Iterable[str], today: date
) -> Iterator[tuple[str, list[Move]]]:
    for sku in skus:
        moves = [move for pair in difference.pairs[sku] for move in audience.moves(pair, today)]
        if moves:
            yield sku, moves


def _names(doc: AccountDoc) -> list[tuple[str, str]]:
    return [(sort, name) for sort, name in (("group", doc.group), ("dealer", doc.account)) if name]


def _price_at(breaks: Breaks, product: Product, quantity: int) -> Decimal | None:
    """What a line of `quantity`, in whole packs, pays; None where so few cannot be ordered."""
    if not breaks or quantity < breaks[0][0]:
        return None
    place = bisect_right(breaks, round_up(product, quantity), key=lambda entry: entry[0])
    return breaks[place - 1][1]


def _applied(trace: tuple[TraceStep, ...]) -> dict[str, str]:
    return {step.condition: f"{plain(step.value)} {step.unit}" for step in trace if step.condition and step.applied}


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for condition, value in old.items():
        if condition not in new:
            yield f"without {condition} ({value})"
        elif new[condition] != value:
            yield f"{condition} {value} -> {new[condition]}"
    for condition, value in new.items():
        if condition not in old:
            yield f"with {condition} ({value})"
