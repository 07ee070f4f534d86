"""Which condition counts: records of one dealer indexed by what they apply to, one winner per step, conflicts left out.

What a winner does to a price is in `terms`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from desktop_app.domain.catalog import Product
from desktop_app.domain.condition import STEPS, Combine, Condition, QtyScope, Step, Unit

# Wide enough that no product of a tarif and five discounts is ever rounded on the way.
EXACT = Context(prec=120)
HUNDRED = Decimal(100)

# A cache of that many assortments is a few megabytes; beyond it, starting afresh is cheaper than keeping order.
_CACHE_LIMIT = 20_000

Rank = tuple[int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class TermsConflict:
    """Two or more records that nothing tells apart: all of them are left out. `message` names them in English."""

    ids: tuple[str, ...]
    message: str


class Rule:
    """A condition made ready: its place among its rivals (`rank`, lowest wins) and its arithmetic."""

    __slots__ = ("combine", "condition", "factor", "limit", "match_key", "qty_min", "rank", "unit", "value")

    def __init__(self, condition: Condition, rank: Rank) -> None:
        self.condition = condition
        self.rank = rank
        self.qty_min = condition.qty_min
        self.match_key = condition.product if condition.qty_scope is QtyScope.MATCH else ""
        self.unit = condition.unit
        self.value = condition.value
        self.factor = EXACT.divide(EXACT.subtract(HUNDRED, condition.value), HUNDRED)
        self.combine = condition.combine
        caps = [cap for cap in (condition.quota, condition.stock_cap) if cap is not None]
        self.limit = min(caps) if caps else None

    def candidate(self, price: Decimal, list_price: Decimal) -> Decimal:
        """The exact price this record makes of `price`; below zero where it takes off more than there is."""
        if self.unit is Unit.NET:
            return self.value
        start = price if self.combine is Combine.CASCADE else list_price
        if self.unit is Unit.PERCENT:
            return EXACT.multiply(start, self.factor)
        return EXACT.subtract(start, self.value)

    def reached(self, quantity: int, matched: Mapping[str, int] | None) -> bool:
        """True where the quantity this record counts is at least its `qty_min`."""
        if self.match_key and matched is not None:
            return self.qty_min <= matched.get(self.match_key, quantity)
        return self.qty_min <= quantity


StepRules = tuple[tuple[Rule, ...], ...]
_NO_RULES: StepRules = tuple(() for _ in STEPS)


class RankedConditions:
    """The records that can ever count for one dealer, found by product in constant time."""

    def __init__(self, conditions: Iterable[Condition], account: str, group: str) -> None:
        buyers = {f"dealer:{account}": 0, "all": 2}
        if group:
            buyers[f"group:{group}"] = 1
        rules = [Rule(condition, rank) for condition in conditions if (rank := _rank(condition, buyers)) is not None]
        kept, self.conflicts = _without_conflicts(rules)
        by_product: dict[str, tuple[list[Rule], ...]] = {}
        thresholds: defaultdict[str, set[int]] = defaultdict(set)
        for rule in kept:
            key = rule.condition.product
            by_product.setdefault(key, tuple([] for _ in STEPS))[STEPS.index(rule.condition.step)].append(rule)
            if rule.match_key:
                thresholds[key].add(rule.qty_min)
        self._by_product = by_product
        self._thresholds = {key: tuple(sorted(values)) for key, values in thresholds.items()}
        self._active: dict[tuple[tuple[str, ...], str, date, str, str], StepRules] = {}

    def winners(
        self,
        product: Product,
        wholesaler: str,
        quantity: int,
        day: date,
        matched: Mapping[str, int] | None,
        end_client: str,
        channel: str,
    ) -> list[Rule | None]:
        """The one record that wins each step, in the order of `STEPS`; None where no record applies."""
        own, general = self._candidates(product, wholesaler, day, end_client, channel)
        found: list[Rule | None] = []
        for own_rules, general_rules in zip(own, general, strict=True):
            best = _first_reached(own_rules, quantity, matched)
            other = _first_reached(general_rules, quantity, matched)
            found.append(other if best is None or (other is not None and other.rank < best.rank) else best)
        return found

    def candidates(self, product: Product, wholesaler: str, day: date, end_client: str, channel: str) -> list[Rule]:
        """Every record that applies to the product that day at some quantity."""
        parts = self._candidates(product, wholesaler, day, end_client, channel)
        return [rule for part in parts for rules in part for rule in rules]

    def match_keys(self, product: Product) -> tuple[str, ...]:
        """The product keys of this product for which breaks over several lines exist."""
        if not self._thresholds:
            return ()
        return tuple(key for key in product_keys(product) if key in self._thresholds)

    def thresholds(self, match_key: str) -> tuple[int, ...]:
        """The quantities at which breaks over several lines of `match_key` begin, ascending."""
        return self._thresholds.get(match_key, ())

    def _candidates(
        self, product: Product, wholesaler: str, day: date, end_client: str, channel: str
    ) -> tuple[StepRules, StepRules]:
        sku, *others = product_keys(product)
        own = self._applying((sku,), wholesaler, day, end_client, channel) if sku in self._by_product else _NO_RULES
        return own, self._applying(tuple(others), wholesaler, day, end_client, channel)

    def _applying(self, keys: tuple[str, ...], wholesaler: str, day: date, end_client: str, channel: str) -> StepRules:
        cache_key = (keys, wholesaler, day, end_client, channel)
        known = self._active.get(cache_key)
        if known is not None:
            return known
        sources = [self._by_product[key] for key in keys if key in self._by_product]
        applying = tuple(
            tuple(
                sorted(
                    (
                        rule
                        for source in sources
                        for rule in source[position]
                        if _applies(rule.condition, wholesaler, day, end_client, channel)
                    ),
                    key=lambda rule: rule.rank,
                )
            )
            for position in range(len(STEPS))
        )
        if len(self._active) >= _CACHE_LIMIT:
            self._active.clear()
        self._active[cache_key] = applying
        return applying


def product_keys(product: Product) -> tuple[str, ...]:
    """What conditions can name to mean this product, the most specific first; the sku's key always leads."""
    keys = [f"sku:{product.sku}"]
    if product.family:
        keys.append(f"family:{product.family}")
    if product.brand:
        keys.append(f"brand:{product.brand}")
    keys.append("all")
    return tuple(keys)


def _rank(condition: Condition, buyers: Mapping[str, int]) -> Rank | None:
    """The place among rivals, lowest first; None where the record can never count for these buyers."""
    buyer = buyers.get(condition.buyer)
    kind = condition.product.partition(":")[0]
    if buyer is None or condition.step is Step.LIST or kind not in _PRODUCT_RANKS:
        return None
    return (
        buyer,
        _PRODUCT_RANKS[kind],
        0 if condition.wholesaler else 1,
        0 if condition.channel else 1,
        0 if condition.end_client else 1,
        -condition.qty_min,
        -condition.start.toordinal() if condition.start else 0,
    )


_PRODUCT_RANKS = {"sku": 0, "family": 1, "brand": 2, "all": 3}


def _applies(condition: Condition, wholesaler: str, day: date, end_client: str, channel: str) -> bool:
    return (
        condition.wholesaler in ("", wholesaler)
        and condition.channel in ("", channel)
        and condition.end_client in ("", end_client)
        and condition.holds_on(day)
    )


def _first_reached(rules: tuple[Rule, ...], quantity: int, matched: Mapping[str, int] | None) -> Rule | None:
    for rule in rules:
        if rule.reached(quantity, matched):
            return rule
    return None


def _without_conflicts(rules: list[Rule]) -> tuple[list[Rule], tuple[TermsConflict, ...]]:
    """The rules that have no equal, and the conflicts.

    Rivals of equal rank start on the same day, so they overlap unless one of them ends before it starts.
    """
    groups: defaultdict[tuple[str, ...], list[Rule]] = defaultdict(list)
    for rule in rules:
        condition = rule.condition
        if condition.start is not None and condition.end is not None and condition.end < condition.start:
            continue
        groups[_identity(condition)].append(rule)
    kept = [group[0] for group in groups.values() if len(group) == 1]
    conflicts = [_conflict(group) for group in groups.values() if len(group) > 1]
    return kept, tuple(sorted(conflicts, key=lambda conflict: conflict.ids))


def _identity(condition: Condition) -> tuple[str, ...]:
    return (
        condition.step,
        condition.buyer,
        condition.product,
        condition.wholesaler,
        condition.channel,
        condition.end_client,
        str(condition.qty_min),
        str(condition.start or ""),
    )


def _conflict(group: list[Rule]) -> TermsConflict:
    ids = tuple(sorted(rule.condition.id for rule in group))
    one = group[0].condition
    since = f" from {one.start.isoformat()}" if one.start else ""
    return TermsConflict(
        ids,
        f"Conditions {', '.join(ids)} say different things about the same case "
        f"(step {one.step}, buyer {one.buyer}, product {one.product}, quantity {one.qty_min}{since}); "
        "none of them is used.",
    )
