"""Makes the plans of an order: lines become demands by product, searches become allocations."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from desktop_app.domain.catalog import Wholesaler
from desktop_app.domain.order import MAX_QUANTITY
from desktop_app.domain.planning import goal as goals
from desktop_app.domain.planning.model import Choice, Conditions, Model
from desktop_app.domain.planning.options import Demand, Option
from desktop_app.domain.planning.search import Result, Search, steps_for
from desktop_app.domain.planning.tariff import Pricing
from desktop_app.domain.plans import Allocation, Grounds, Plan, PlanKind, Wanted, allocation
from desktop_app.domain.vat import territory_of


def plans_for(order: "OrderToPlan") -> tuple[Plan, ...]:
    """The plans cheapest, fewest and earliest, in this order; empty where nothing can be placed.

    Reads nothing: it may run in another thread than the catalogue's.
    """
    if not order.demands:
        return ()
    model = Model(order.demands, order.conditions)
    goal = goals.cheapest(goals.most_of(model))
    cheapest = _searched(model, goal)
    sure = True
    if cheapest.figures.refusals:
        # What would be refused loses to any backorder.
        wider = Model(order.demands, order.conditions, any_backorder=True)
        goal_of_wider = goals.cheapest(goals.most_of(wider))
        found = _searched(wider, goal_of_wider)
        if found.figures.refusals < cheapest.figures.refusals:
            model, goal, cheapest = wider, goal_of_wider, found
        else:
            # Cut short, that search may have missed what would not be refused.
            sure = found.bound >= cheapest.figures.refusals * goal_of_wider.refusal
    most = goals.most_of(model)
    fewest = _fewest(model, goals.fewest(most), cheapest)
    earliest = _earliest(model, goals.earliest(most), cheapest, [cheapest.choice, fewest.choice])
    if cheapest.bound < _least(cheapest, goal):
        earliest = earliest._replace(bound=0)
    # Where nothing is proven, another search may have come upon something better.
    cheapest = _best_of(model, goal, cheapest, [fewest.choice, earliest.choice])
    fewest = _best_of(model, goals.fewest(most), fewest, [earliest.choice])
    if not sure:
        cheapest, fewest, earliest = (one._replace(bound=0) for one in (cheapest, fewest, earliest))
    least = _bound(cheapest, 0)
    return (
        order.plan(PlanKind.CHEAPEST, model, cheapest, least),
        order.plan(PlanKind.FEWEST, model, fewest, _bound(fewest, least)),
        order.plan(PlanKind.EARLIEST, model, earliest, _bound(earliest, least)),
    )


def _searched(model: Model, goal: goals.Goal, closed: int = 0, known: Iterable[Choice] = ()) -> Result:
    result = Search(model, goal).run(closed, known)
    # Every line has an option unless deliveries are closed, and those are closed only where enough are left.
    assert result is not None
    return result


def _fewest(model: Model, goal: goals.Goal, cheapest: Result) -> Result:
    """The best choice by deliveries; where its cost is not proven, the best one of the same deliveries."""
    found = _searched(model, goal, known=[cheapest.choice])
    if found.proven:
        return found
    others = ((1 << len(model.deliveries)) - 1) & ~found.figures.deliveries
    again = Search(model, goal, steps_for(model) // 3).run(others, known=[found.choice])
    return found if again is None else again._replace(bound=found.bound)


def _best_of(model: Model, goal: goals.Goal, result: Result, others: Iterable[Choice]) -> Result:
    for choice in others:
        figures = model.figures(choice)
        value = goal.value(figures)
        if value < result.value:
            result = result._replace(choice=tuple(choice), figures=figures, value=value)
    return result


def _earliest(model: Model, goal: goals.Goal, cheapest: Result, known: Sequence[Choice]) -> Result:
    """The best choice by waiting days of those that are complete soonest, not refused more nor with more on backorder
    than need be.
    """
    days = [arrives for _, arrives in model.deliveries]
    ends = sorted({date.max, *(day for day in days if day is not None)})
    least = _least(cheapest, goal)
    found: Result | None = None
    missed = False
    for end in ends:
        late = sum(1 << bit for bit, day in enumerate(days) if end < date.max and (day is None or day > end))
        if not all(any(not option.deliveries & late for option in line.options) for line in model.lines):
            continue
        found = _searched(model, goal, late, known)
        if _least(found, goal) <= least:
            break
        # Cut short, the search of an earlier day may have missed what would do.
        missed = missed or found.bound < least + goal.backorder
    assert found is not None
    return found._replace(bound=0) if missed else found


def _least(result: Result, goal: goals.Goal) -> int:
    """What refusals and units on backorder alone make of a result's value."""
    return result.figures.refusals * goal.refusal + result.figures.backordered * goal.backorder


def _bound(result: Result, least: int) -> int:
    """What no choice costs less than, in cents, at least `least`."""
    return max(result.figures.cents - result.gap, least)


class OrderToPlan:
    """The lines that can be placed, by product, with all that is read of the catalogue for them.

    Lines of one product are placed together. A line that cannot be priced anywhere is in no plan; with `keep_named` a
    line whose wholesaler a person named keeps it. It also turns a choice for the products into allocations of the
    lines.
    """

    def __init__(self, lines: Iterable[Wanted], grounds: Grounds, *, keep_named: bool) -> None:
        self._grounds = grounds
        self._keep_named = keep_named
        self._wholesalers: dict[str, Wholesaler] = {}
        self._lines: list[tuple[Wanted, ...]] = []
        self.demands: list[Demand] = []
        by_sku: dict[str, list[Wanted]] = {}
        for line in lines:
            by_sku.setdefault(line.sku, []).append(line)
        for sku, of_sku in by_sku.items():
            self._add(sku, of_sku)
        self.conditions = Conditions(
            Pricing(grounds.terms, grounds.day, grounds.end_client, grounds.channel),
            tuple(self._wholesalers[code] for code in sorted(self._wholesalers)),
            grounds.delivery.address or grounds.dealer.address,
            grounds.delivery.express,
            territory_of(grounds.delivery.address or grounds.dealer.address, grounds.dealer),
        )

    def plan(self, kind: PlanKind, model: Model, result: Result, bound: int) -> Plan:
        """The plan that a choice makes."""
        allocations = [
            one
            for lines, demand, option in zip(self._lines, self.demands, result.choice, strict=True)
            for one in self._allocations(lines, demand, option, model)
        ]
        splits = sum(option.split for option in result.choice)
        proven = result.proven
        euros = Decimal(result.figures.cents - splits if proven else max(bound - splits, 0)).scaleb(-2)
        placed = tuple(line.key for lines in self._lines for line in lines)
        return Plan(kind, placed, tuple(allocations), proven, euros)

    def _add(self, sku: str, lines: list[Wanted]) -> None:
        catalog = self._grounds.catalog
        product = catalog.product(sku)
        offers = {offer.wholesaler: offer for offer in catalog.offers(sku) if self._known(offer.wholesaler)}
        if product is None:
            return
        # Where quantities cannot be ordered nothing is moved: what meets at one wholesaler is merged.
        fixed = sum(line.quantity for line in lines) > MAX_QUANTITY or any(line.quantity < 1 for line in lines)
        stays = {line.key: fixed or (self._keep_named and line.named) for line in lines}
        # A line that stays where nobody lists it has no price: it is left as it is.
        placed = [
            line
            for line in lines
            if 1 <= line.quantity <= MAX_QUANTITY and (not stays[line.key] or line.wholesaler in offers)
        ]
        kept: dict[str, int] = {}
        for line in placed:
            if stays[line.key]:
                kept[line.wholesaler] = kept.get(line.wholesaler, 0) + line.quantity
        usable = {code for code in offers if code not in self._grounds.without} or offers.keys()
        if offers and placed:
            self._lines.append(tuple(sorted(placed, key=lambda line: line.key)))
            total = sum(line.quantity for line in placed)
            taken = tuple(offers[code] for code in sorted(usable | kept.keys()))
            self.demands.append(Demand(product, total, taken, kept, kept.keys() - usable))

    def _known(self, code: str) -> bool:
        if code not in self._wholesalers:
            wholesaler = self._grounds.catalog.wholesaler(code)
            if wholesaler is None:
                return False
            self._wholesalers[code] = wholesaler
        return True

    def _allocations(
        self, lines: Sequence[Wanted], demand: Demand, option: Option, model: Model
    ) -> Iterable[Allocation]:
        """The parts of an option as allocations: each takes a line that is there already, as long as there are some."""
        offers = {offer.wholesaler: offer for offer in demand.offers}
        codes = [model.houses[part.at].code for part in option.parts]
        for part, key in zip(option.parts, _keys(lines, codes), strict=True):
            code = model.houses[part.at].code
            yield allocation(
                key, demand.product.sku, part.quantity, offers[code], self._wholesalers[code], self._grounds.day
            )


def _keys(lines: Sequence[Wanted], codes: Sequence[str]) -> list[int]:
    """A key for each wholesaler: of the line that goes there now, else of the next line left, else of the last one."""
    left = list(lines)
    keys: dict[str, int] = {}
    for code in codes:
        line = next((line for line in left if line.wholesaler == code), None)
        if line is not None:
            keys[code] = line.key
            left.remove(line)
    for code in codes:
        if code not in keys:
            keys[code] = left.pop(0).key if left else lines[-1].key
    return [keys[code] for code in codes]
