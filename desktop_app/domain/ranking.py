"""Which condition counts: one dealer's records indexed by what they apply to, ranked, conflicts left out and named.

What a winning record does to a price is in `terms`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from desktop_app.domain.applying import PRODUCT_RANKS, Case, product_keys
from desktop_app.domain.catalog import Product
from desktop_app.domain.condition import CONDITION_STEPS, STEPS, Combine, Condition, QtyScope, Step, Unit
from desktop_app.domain.document_discount import DocumentDiscounts

# Wide enough that no product of a tarif and five discounts is ever rounded on the way.
EXACT = Context(prec=120)
HUNDRED = Decimal(100)

# Plans kept per case; beyond that, starting afresh is cheaper than keeping track of which one is oldest.
_PLANS_KEPT = 50_000
_CASES_KEPT = 200

_POSITIONS = {step: position for position, step in enumerate(STEPS)}
_CAN_COUNT = frozenset(CONDITION_STEPS)
NOTHING_USED: Mapping[str, int] = {}


class TermsConflict(Struct, frozen=True):
    """Two or more records that nothing tells apart: all of them are left out. `message` names them in English."""

    ids: tuple[str, ...]
    message: str


class Rule:
    """A condition made ready: its place among its rivals (`rank`, lowest wins) and its arithmetic."""

    __slots__ = ("combine", "condition", "factor", "limit", "match_key", "qty_min", "rank", "unit", "value")

    def __init__(self, condition: Condition, buyer_rank: int, used: int = 0) -> None:
        self.condition = condition
        self.rank = (
            buyer_rank,
            PRODUCT_RANKS[condition.product.partition(":")[0]],
            0 if condition.wholesaler else 1,
            0 if condition.channel else 1,
            0 if condition.end_client else 1,
            -condition.qty_min,
            -condition.start.toordinal() if condition.start else 0,
        )
        self.qty_min = condition.qty_min
        self.match_key = condition.product if condition.qty_scope is QtyScope.MATCH else ""
        self.unit = condition.unit
        self.value = condition.value
        self.factor = EXACT.divide(EXACT.subtract(HUNDRED, condition.value), HUNDRED)
        self.combine = condition.combine
        left = []
        if condition.quota is not None:
            left.append(condition.quota - used)
        if condition.stock_cap is not None:
            left.append(condition.stock_cap - condition.stock_used)
        # The largest quantity it still serves, None where there is no end to it.
        self.limit = max(min(left), 0) if left else None

    def candidate(self, price: Decimal, list_price: Decimal) -> Decimal:
        """The exact price this record makes of `price`; below zero where it takes off more than there is."""
        if self.unit is Unit.NET:
            return self.value
        start = price if self.combine is Combine.CASCADE else list_price
        if self.unit is Unit.PERCENT:
            return EXACT.multiply(start, self.factor)
        return EXACT.subtract(start, self.value)


class StepPlan(NamedTuple):
    """The records that can win one step for a product in a case, best first."""

    step: Step
    rules: tuple[Rule, ...]

    def winner(self, quantity: int, matched: Mapping[str, int]) -> Rule | None:
        """The one that wins for a line of `quantity`; `matched` holds the quantities of whole assortments."""
        for rule in self.rules:
            counted = matched.get(rule.match_key, quantity) if rule.match_key else quantity
            if rule.qty_min <= counted:
                return rule
        return None


Plan = tuple[StepPlan, ...]


class _CasePlans:
    """The plans of one case made so far; each layer is merged from the one before it."""

    __slots__ = ("by_key", "by_kind", "by_sku")

    def __init__(self) -> None:
        self.by_key: dict[str, Plan] = {}
        self.by_kind: dict[tuple[str, str], Plan] = {}
        self.by_sku: dict[str, Plan] = {}


class RankedConditions:
    """The records that can ever count for one dealer, found by product in constant time."""

    def __init__(
        self, conditions: Iterable[Condition], account: str, group: str, used: Mapping[str, int] = NOTHING_USED
    ) -> None:
        self._used = used
        self._buyers = {f"dealer:{account}": 0, "all": 2}
        if group:
            self._buyers[f"group:{group}"] = 1
        # Only sorted by product here: most products of a hundred thousand records are never asked for.
        by_product: defaultdict[str, list[Condition]] = defaultdict(list)
        starts: defaultdict[str, set[int]] = defaultdict(set)
        documents = []
        buyers = self._buyers
        for condition in conditions:
            step = condition.step
            if condition.buyer not in buyers or step not in _CAN_COUNT:
                continue
            if step is Step.DOCUMENT:
                documents.append(condition)
                continue
            by_product[condition.product].append(condition)
            if condition.qty_scope is QtyScope.MATCH:
                starts[condition.product].add(condition.qty_min)
        self._by_product = {key: records for key, records in by_product.items() if _is_product(key)}
        self._kept: dict[str, list[Condition]] = {}
        self._thresholds = {key: tuple(sorted(values)) for key, values in starts.items()}
        self._documents = [one for one in documents if _is_product(one.product)]
        self.documents = DocumentDiscounts(_without_conflicts(self._documents)[0], self._buyers)
        self._plans: dict[Case, _CasePlans] = {}

    @cached_property
    def conflicts(self) -> tuple[TermsConflict, ...]:
        """The records left out because nothing ranks one before the other, ordered by id."""
        groups = (self._documents, *(records for records in self._by_product.values() if len(records) > 1))
        found = [conflict for group in groups for conflict in _without_conflicts(group)[1]]
        return tuple(sorted(found, key=lambda conflict: conflict.ids))

    def plan(self, product: Product, case: Case) -> Plan:
        """What can happen to the product's price in this case, step by step; steps without a record are absent."""
        plans = self._plans.get(case)
        if plans is None:
            if len(self._plans) >= _CASES_KEPT:
                self._plans.clear()
            plans = self._plans[case] = _CasePlans()
        own = f"sku:{product.sku}"
        if own not in self._by_product:
            return self._kind_plan(product, case, plans)
        known = plans.by_sku.get(product.sku)
        if known is None:
            if len(plans.by_sku) >= _PLANS_KEPT:
                plans.by_sku.clear()
            known = _ranked([*self._rules(own, case), *_rules_of(self._kind_plan(product, case, plans))])
            plans.by_sku[product.sku] = known
        return known

    def match_keys(self, product: Product) -> tuple[str, ...]:
        """The product keys of this product for which breaks over several lines exist."""
        if not self._thresholds:
            return ()
        return tuple(key for key in product_keys(product) if key in self._thresholds)

    def thresholds(self, match_key: str) -> tuple[int, ...]:
        """The quantities at which breaks over several lines of `match_key` begin, ascending."""
        return self._thresholds.get(match_key, ())

    def _kind_plan(self, product: Product, case: Case, plans: _CasePlans) -> Plan:
        kind = (product.family, product.brand)
        known = plans.by_kind.get(kind)
        if known is None:
            if len(plans.by_kind) >= _PLANS_KEPT:
                plans.by_kind.clear()
            rules = [
                rule for key in product_keys(product)[1:] for rule in _rules_of(self._key_plan(key, case, plans.by_key))
            ]
            known = plans.by_kind[kind] = _ranked(rules)
        return known

    def _key_plan(self, key: str, case: Case, by_key: dict[str, Plan]) -> Plan:
        if key not in self._by_product:
            return ()
        known = by_key.get(key)
        if known is None:
            known = by_key[key] = _ranked(self._rules(key, case))
        return known

    def _rules(self, key: str, case: Case) -> list[Rule]:
        return [
            Rule(condition, self._buyers[condition.buyer], self._used.get(condition.id, 0))
            for condition in self._without_equals(key)
            if case.admits(condition)
        ]

    def _without_equals(self, key: str) -> list[Condition]:
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = _without_conflicts(self._by_product[key])[0]
        return kept


def _is_product(key: str) -> bool:
    return key.partition(":")[0] in PRODUCT_RANKS


def _rules_of(plan: Plan) -> list[Rule]:
    return [rule for step_plan in plan for rule in step_plan.rules]


def _ranked(rules: list[Rule]) -> Plan:
    """The rules by step, best first. Behind one that needs no quantity nothing can win, so nothing is kept."""
    steps: list[list[Rule]] = [[] for _ in STEPS]
    for rule in rules:
        steps[_POSITIONS[rule.condition.step]].append(rule)
    plan = []
    for step, rivals in zip(STEPS, steps, strict=True):
        if not rivals:
            continue
        rivals.sort(key=lambda rule: rule.rank)
        last = next((place for place, rule in enumerate(rivals) if rule.qty_min <= 0), len(rivals))
        plan.append(StepPlan(step, tuple(rivals[: last + 1])))
    return tuple(plan)


def _without_conflicts(conditions: Iterable[Condition]) -> tuple[list[Condition], tuple[TermsConflict, ...]]:
    """The records that have no equal, and the conflicts.

    Records of equal rank start on the same day, so they overlap unless one of them ends before it starts.
    """
    rivals: dict[tuple[object, ...], list[Condition]] = {}
    for condition in conditions:
        start, end = condition.start, condition.end
        if start is not None and end is not None and end < start:
            continue
        identity = (
            condition.step,
            condition.buyer,
            condition.product,
            condition.wholesaler,
            condition.channel,
            condition.end_client,
            condition.amount_min if condition.step is Step.DOCUMENT else condition.qty_min,
            start,
        )
        rivals.setdefault(identity, []).append(condition)
    kept = [group[0] for group in rivals.values() if len(group) == 1]
    conflicts = [_conflict(group) for group in rivals.values() if len(group) > 1]
    return kept, tuple(conflicts)


def _conflict(group: list[Condition]) -> TermsConflict:
    ids = tuple(sorted(condition.id for condition in group))
    one = group[0]
    since = f" from {one.start.isoformat()}" if one.start else ""
    reached = f"amount {one.amount_min}" if one.step is Step.DOCUMENT else f"quantity {one.qty_min}"
    return TermsConflict(
        ids,
        f"Conditions {', '.join(ids)} say different things about the same case "
        f"(step {one.step}, buyer {one.buyer}, product {one.product}, {reached}{since}); "
        "none of them is used.",
    )
