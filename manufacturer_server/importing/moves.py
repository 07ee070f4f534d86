"""Which unit prices of which dealers an import moves: only what it can touch is priced, and alike dealers only once.

A dealer without conditions of his own pays what his group pays; one with some differs from it only for the products
these conditions mean.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from desktop_app.contract.documents import AccountDoc
from desktop_app.domain.applying import product_keys
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.order import TraceStep
from desktop_app.domain.pricing import Terms
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

    def __init__(self, difference: Difference, dealers: Sequence[tuple[AccountDoc, AccountDoc]], *, own: bool) -> None:
        self.accounts = [after.account for _, after in dealers]
        self._difference = difference
        before, after = dealers[0]
        if not own:
            before, after = (AccountDoc("", "", group=doc.group) for doc in dealers[0])
        self.before, self.after = before, after
        self.terms_before = Terms(
            difference.conditions(before, after=False), before.account, before.group, before.quota_used
        )
        self.terms_after = Terms(difference.conditions(after, after=True), after.account, after.group, after.quota_used)
        self._buyers = {f"{sort}:{name}" for doc in (before, after) for sort, name in _names(doc)} | {"all"}

    @property
    def name(self) -> str:
        """How the audience is called as a buyer."""
        return f"dealer:{self.after.account}" if self.after.account else self.group_name

    @property
    def group_name(self) -> str:
        """Its group as a buyer; all those in none are `all`."""
        return f"group:{self.after.group}" if self.after.group else "all"

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
        return sorted(found)[:MOST_DAYS]

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
                price, other = _price_at(old, quantity), _price_at(new, quantity)
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
            pair.before, wholesaler, old_list, move.quantity, day, end_client=end_client
        ).trace
        new = self.terms_after.unit_price(
            pair.after, wholesaler, new_list, move.quantity, day, end_client=end_client
        ).trace
        parts = []
        if old_list != new_list:
            label = f" ({dated.label})" if dated is not None and dated.label else ""
            parts.append(f"list price {plain(old_list)} -> {plain(new_list)}{label}")
        return "; ".join([*parts, *_changes(_applied(old), _applied(new))])


def audiences(difference: Difference) -> Iterator[tuple[Audience, Audience | None]]:
    """Each audience, with the one that pays the same for what the dealer has no own conditions for."""
    shared: dict[tuple[str, str], list[tuple[AccountDoc, AccountDoc]]] = {}
    alone = []
    for before, after in difference.dealers:
        has_own = bool(difference.own_keys(before, after))
        if has_own:
            alone.append((before, after))
        shared.setdefault((before.group, after.group), [])
        if not has_own:
            shared[before.group, after.group].append((before, after))
    groups = {}
    for (old, new), dealers in shared.items():
        stand_in = [(AccountDoc("", "", group=old), AccountDoc("", "", group=new))]
        groups[old, new] = Audience(difference, dealers or stand_in, own=False)
        if not dealers:
            groups[old, new].accounts = []
        yield groups[old, new], None
    for before, after in alone:
        yield Audience(difference, [(before, after)], own=True), groups[before.group, after.group]


def find_moves(difference: Difference, today: date) -> Iterator[tuple[Audience, Iterator[Move]]]:
    """All moves, audience by audience, groups first; each audience's moves are to be read before the next is asked."""
    of_group: dict[int, dict[str, list[Move]]] = {}
    for audience, group in audiences(difference):
        if group is None:
            of_group[id(audience)] = dict(_by_product(audience, difference, today))
            yield audience, (move for moves in of_group[id(audience)].values() for move in moves)
        else:
            yield audience, _own_moves(audience, difference, of_group[id(group)], today)


def _by_product(audience: Audience, difference: Difference, today: date) -> Iterator[tuple[str, list[Move]]]:
    for sku, pairs in difference.pairs.items():
        moves = [move for pair in pairs for move in audience.moves(pair, today)]
        if moves:
            yield sku, moves


def _own_moves(
    audience: Audience, difference: Difference, of_group: Mapping[str, list[Move]], today: date
) -> Iterator[Move]:
    own = difference.own_keys(audience.before, audience.after)
    for sku, pairs in difference.pairs.items():
        before, after = difference.products[sku]
        if own.isdisjoint((*product_keys(before), *product_keys(after))):
            yield from of_group.get(sku, ())
        else:
            for pair in pairs:
                yield from audience.moves(pair, today)


def _names(doc: AccountDoc) -> list[tuple[str, str]]:
    return [(sort, name) for sort, name in (("group", doc.group), ("dealer", doc.account)) if name]


def _price_at(breaks: Breaks, quantity: int) -> Decimal | None:
    """What a line of `quantity` pays; None where so few cannot be ordered."""
    place = bisect_right(breaks, quantity, key=lambda entry: entry[0])
    return breaks[place - 1][1] if place else None


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
