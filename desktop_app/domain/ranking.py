"""Which condition counts: one dealer's records indexed by what they apply to and ranked, without those in conflict.

What a winning record does to a price is in `terms`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal
from functools import cached_property
from operator import attrgetter

from msgspec import Struct

from desktop_app.domain.applying import PRODUCT_RANKS, Case, product_keys
from desktop_app.domain.catalog import Product
from desktop_app.domain.condition import CONDITION_STEPS, STEPS, Combine, Condition, QtyScope, Step, Unit
from desktop_app.domain.conflicts import TermsConflict, without_conflicts
from desktop_app.domain.document_discount import DocumentDiscounts

# Wide enough that no product of a tarif and five discounts is ever rounded on the way.
EXACT = Context(prec=120)
HUNDRED = Decimal(100)

# Plans kept per case; beyond that, starting afresh is cheaper than keeping track of which one is oldest.
_PLANS_KEPT = 50_000
_CASES_KEPT = 200

_POSITIONS = {step: position for position, step in enumerate(STEPS)}
_RANK = attrgetter("rank")
NOTHING_USED: Mapping[str, int] = {}


# Nothing in it can refer back to it, and there may be very many: see `Condition`.
class Rule(Struct, frozen=True, gc=False):
    """A condition made ready: its place among its rivals (`rank`, by step, then lowest wins) and its arithmetic.

    `limit` is the largest quantity it still serves, None where there is no end to it.
    """

    condition: Condition
    step: Step
    rank: tuple[int, ...]
    qty_min: int
    match_key: str
    factor: Decimal
    limit: int | None

    def candidate(self, price: Decimal, list_price: Decimal) -> Decimal:
        """The exact price this record makes of `price`; below zero where it takes off more than there is."""
        condition = self.condition
        if condition.unit is Unit.NET:
            return condition.value
        start = price if condition.combine is Combine.CASCADE else list_price
        if condition.unit is Unit.PERCENT:
            return EXACT.multiply(start, self.factor)
        return EXACT.subtract(start, condition.value)


# What can happen to a price: the records that can win, by step, best first.
Plan = tuple[Rule, ...]


def winners(plan: Plan, quantity: int, matched: Mapping[str, int]) -> Iterator[Rule]:
    """The record that wins each step for a line of `quantity`; `matched` holds the quantities of whole assortments."""
    decided: Step | None = None
    for rule in plan:
        if rule.step is decided:
            continue
        counted = matched.get(rule.match_key, quantity) if rule.match_key else quantity
        if rule.qty_min <= counted:
            decided = rule.step
            yield rule


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
        documents: list[Condition] = []
        buyers, steps, whole_order, assortment = self._buyers, CONDITION_STEPS, Step.DOCUMENT, QtyScope.MATCH
        for condition in conditions:
            step = condition.step
            if condition.buyer not in buyers or step not in steps:
                continue
            if step is whole_order:
                documents.append(condition)
                continue
            by_product[condition.product].append(condition)
            if condition.qty_scope is assortment:
                starts[condition.product].add(condition.qty_min)
        self._by_product = {key: records for key, records in by_product.items() if _is_product(key)}
        self._made: dict[str, list[Rule]] = {}
        self._thresholds = {key: tuple(sorted(values)) for key, values in starts.items()}
        self.documents = DocumentDiscounts((one for one in documents if _is_product(one.product)), self._buyers)
        self._plans: dict[Case, _CasePlans] = {}

    @cached_property
    def conflicts(self) -> tuple[TermsConflict, ...]:
        """The records left out because nothing ranks one before the other, ordered by id."""
        groups = (*self._by_product.values(), *self.documents.records())
        found = [conflict for group in groups if len(group) > 1 for conflict in without_conflicts(group)[1]]
        return tuple(sorted(found, key=lambda conflict: conflict.ids))

    def plan(self, product: Product, case: Case) -> Plan:
        """What can happen to the product's price in this case."""
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
            known = _ranked([*self._rules(own, case), *self._kind_plan(product, case, plans)])
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
            rules = [rule for key in product_keys(product)[1:] for rule in self._key_plan(key, case, plans.by_key)]
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
        rules = self._made.get(key)
        if rules is None:
            kept = without_conflicts(self._by_product[key])[0]
            rules = [_rule(one, self._buyers[one.buyer], self._used.get(one.id, 0)) for one in kept]
            self._made[key] = rules
        return [rule for rule in rules if case.admits(rule.condition)]


def _rule(condition: Condition, buyer_rank: int, used: int) -> Rule:
    return Rule(
        condition=condition,
        step=condition.step,
        rank=(
            _POSITIONS[condition.step],
            buyer_rank,
            PRODUCT_RANKS[condition.product.partition(":")[0]],
            0 if condition.wholesaler else 1,
            0 if condition.channel else 1,
            0 if condition.end_client else 1,
            -condition.qty_min,
            -condition.start.toordinal() if condition.start else 0,
        ),
        qty_min=condition.qty_min,
        match_key=condition.product if condition.qty_scope is QtyScope.MATCH else "",
        factor=EXACT.divide(EXACT.subtract(HUNDRED, condition.value), HUNDRED),
        limit=condition.left(used),
    )


def _is_product(key: str) -> bool:
    return key.partition(":")[0] in PRODUCT_RANKS


def _ranked(rules: list[Rule]) -> Plan:
    """The rules by step, best first. Behind one that needs no quantity nothing can win, so nothing is kept."""
    rules.sort(key=_RANK)
    plan: list[Rule] = []
    decided: Step | None = None
    for rule in rules:
        if rule.step is not decided:
            plan.append(rule)
            if rule.qty_min <= 0:
                decided = rule.step
    return tuple(plan)
