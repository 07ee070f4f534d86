"""Conditions against the catalogue and each other: net above list, scales that rise, breaks nobody can order, products,
groups and brands that nobody has, quotas that are used up.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.condition import Condition, Step, Unit
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.pricing import Terms
from manufacturer_server.importing.cells import plain
from manufacturer_server.importing.review_state import Remark, ReviewState, some

# Of one step of a scale only the latest are compared: no catalogue has more, and each meets each.
_MOST_OF_A_STEP = 200


def equal_conditions(state: ReviewState) -> Iterator[Remark]:
    """Conditions that nothing tells apart: every desk leaves them out."""
    if not state.has("conditions"):
        return
    by_buyer: dict[str, list[Condition]] = {}
    for condition in state.conditions:
        by_buyer.setdefault(condition.buyer, []).append(condition)
    for buyer, conditions in sorted(by_buyer.items()):
        kind, _, name = buyer.partition(":")
        terms = Terms(conditions, account=name if kind == "dealer" else "", group=name if kind == "group" else "")
        for conflict in terms.conflicts:
            yield from state.remark("equal", "conditions", conflict.ids, conflict.message)


def net_above_list(state: ReviewState) -> Iterator[Remark]:
    """Net prices that are dearer than the list price on the day they begin (or now)."""
    if not state.has("conditions", "prices", "products"):
        return
    for one in state.conditions:
        if one.unit is not Unit.NET or (one.end is not None and one.end < state.day):
            continue
        products = state.by_key.get(one.product, [])
        dearer = [found for found in (_list_price_below(state, one, product) for product in products) if found]
        if not dearer:
            continue
        product, list_price, wholesaler = dearer[0]
        at = f" at {wholesaler}" if wholesaler else ""
        more = f", and of {len(dearer) - 1:,} more products" if len(dearer) > 1 else ""
        reason = (
            f"{one.id}: the net price {plain(one.value)} is above the list price {plain(list_price)} "
            f"of {product.sku}{at}{more}"
        )
        yield from state.remark("net-above-list", "conditions", [one.id], reason)


def _list_price_below(state: ReviewState, one: Condition, product: Product) -> tuple[Product, Decimal, str] | None:
    day = max(state.day, one.start or state.day)
    offers = [
        offer for offer in state.offers.get(product.sku, ()) if not one.wholesaler or offer.wholesaler == one.wholesaler
    ]
    for offer in offers or [Offer(one.wholesaler, product.sku, 0)]:
        list_price, _ = list_price_on(product, offer, day)
        if one.value > list_price:
            return product, list_price, offer.wholesaler
    return None


def rising_scales(state: ReviewState) -> Iterator[Remark]:
    """Scales in which a larger quantity is dearer."""
    if not state.has("conditions"):
        return
    scales: dict[tuple[object, ...], dict[Decimal, list[Condition]]] = {}
    for one in state.conditions:
        least = one.amount_min if one.step is Step.DOCUMENT else Decimal(one.qty_min)
        key = (one.step, one.buyer, one.product, one.wholesaler, one.channel, one.end_client, one.unit, one.combine)
        scales.setdefault(key, {}).setdefault(least, []).append(one)
    for scale in scales.values():
        steps = [sorted(scale[least], key=_start, reverse=True)[:_MOST_OF_A_STEP] for least in sorted(scale)]
        for smaller, larger in pairwise(steps):
            for one, other in ((one, other) for one in smaller for other in larger):
                if _hold_together(one, other) and _is_dearer(other, one):
                    reason = (
                        f"the scale rises: {other.id} ({_words(other)}) is dearer than {one.id} ({_words(one)}), "
                        "which needs less"
                    )
                    yield from state.remark("scale-rises", "conditions", [other.id, one.id], reason)


def _start(one: Condition) -> date:
    return one.start or date.min


def _hold_together(one: Condition, other: Condition) -> bool:
    return (one.end is None or other.start is None or other.start <= one.end) and (
        other.end is None or one.start is None or one.start <= other.end
    )


def _is_dearer(one: Condition, other: Condition) -> bool:
    return one.value > other.value if one.unit is Unit.NET else one.value < other.value


def _words(one: Condition) -> str:
    value = {Unit.PERCENT: f"{plain(one.value)} %", Unit.EUR: f"{plain(one.value)} EUR off"}
    what = value.get(one.unit, f"{plain(one.value)} net")
    return f"{what} from {plain(one.amount_min)} EUR" if one.step is Step.DOCUMENT else f"{what} from {one.qty_min}"


def breaks_below_pack(state: ReviewState) -> Iterator[Remark]:
    """Quantities that are smaller than anything that can be ordered."""
    if not state.has("conditions", "products"):
        return
    for one in state.conditions:
        smallest = state.smallest.get(one.product, 0)
        if 1 < one.qty_min < smallest:
            reason = f"{one.id}: it begins at {one.qty_min}, but {one.product} can only be ordered from {smallest} on"
            yield from state.remark("break-below-pack", "conditions", [one.id], reason)


def unknown_products(state: ReviewState) -> Iterator[Remark]:
    """Product keys that mean nothing in the catalogue."""
    if not state.has("conditions", "products", "agreements") or not state.products:
        return
    named: dict[str, list[str]] = {}
    for one in state.conditions:
        named.setdefault(one.product, []).append(one.id)
    yield from _unknown(state, "conditions", named)
    of_agreements: dict[str, list[str]] = {}
    for agreement in state.agreements:
        for key in (*agreement.include, *agreement.exclude):
            of_agreements.setdefault(key, []).append(agreement.id)
    yield from _unknown(state, "agreements", of_agreements)


def _unknown(state: ReviewState, kind: str, named: dict[str, list[str]]) -> Iterator[Remark]:
    for key, ids in named.items():
        sort, _, name = key.partition(":")
        if key in state.by_key or (sort == "family" and name in state.family_codes):
            continue
        what = {"sku": "is no product", "family": "is no family of any product", "brand": "is no brand of any product"}
        reason = f"{name!r} {what.get(sort, 'is nothing')}: {some(sorted(ids))} can never count for it"
        yield from state.remark(f"unknown-{sort}", kind, ids, reason)


def groups_without_dealers(state: ReviewState) -> Iterator[Remark]:
    """Groups that no dealer is in."""
    if not state.has("conditions", "agreements", "dealers"):
        return
    groups = {dealer.group for dealer in state.dealers}
    for kind, records in (("conditions", state.conditions), ("agreements", state.agreements)):
        yield from _nobodys(state, kind, ((one.buyer, one.id) for one in records), groups)


def _nobodys(state: ReviewState, kind: str, buyers: Iterable[tuple[str, str]], groups: set[str]) -> Iterator[Remark]:
    ids: dict[str, list[str]] = {}
    for buyer, row_id in buyers:
        sort, _, name = buyer.partition(":")
        if sort == "group" and name not in groups:
            ids.setdefault(name, []).append(row_id)
    for name, found in ids.items():
        reason = f"no dealer is in the group {name!r}: {some(sorted(found))} for nobody"
        yield from state.remark("group-without-dealer", kind, found, reason)


def used_up(state: ReviewState) -> Iterator[Remark]:
    """Quotas and caps of which nothing is left."""
    if not state.has("conditions"):
        return
    for one in state.conditions:
        if one.end is not None and one.end < state.day:
            continue
        if one.stock_cap is not None and one.stock_used >= one.stock_cap:
            reason = f"{one.id}: its stock cap of {one.stock_cap:,} is used up ({one.stock_used:,} ordered)"
            yield from state.remark("used-up", "conditions", [one.id], reason)
        if one.quota is not None:
            quota = one.quota
            spent = [dealer.account for dealer in state.dealers if dealer.quota_used.get(one.id, 0) >= max(quota, 1)]
            if quota == 0 or spent:
                whose = f"used up by {some(spent)}" if spent else "nothing"
                reason = f"{one.id}: its quota of {quota:,} is {whose}"
                yield from state.remark("used-up", "conditions", [one.id], reason)
