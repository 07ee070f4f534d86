"""How a draft's prices and possibilities differ from those last shown. Deciding what to do about it is the person's."""

from collections.abc import Mapping
from decimal import Decimal

from desktop_app.domain.money import unit_text
from desktop_app.domain.order import Problem
from desktop_app.services.draft_lines import DraftLines

PRICE_CHANGED = "price-changed"


def moved(old: DraftLines, new: DraftLines) -> tuple[int, ...]:
    """The keys whose unit price or problems differ between two pricings of the same lines."""
    return tuple(
        key
        for key in new.in_order()
        if new.unit_net(key) != old.unit_net(key) or new.priced(key).problems != old.priced(key).problems
    )


def differences(old: DraftLines, fresh: DraftLines, shown: Mapping[int, Decimal | None]) -> tuple[Problem, ...]:
    """One `price-changed` per line whose unit price is not the one last shown, and what can newly not be ordered.

    `params` of a price: sku, name, yours (shown) and ours (now, "" where there is none any more), 4 decimals.
    """
    found: list[Problem] = []
    for number, key in enumerate(fresh.in_order(), start=1):
        before, now = shown.get(key), fresh.unit_net(key)
        if before is not None and now != before:
            found.append(_price_changed(fresh, key, number, before, now))
        if fresh is old:
            continue
        known = {problem.code for problem in old.priced(key).problems}
        found.extend(
            Problem(problem.code, problem.message, number, problem.blocking, problem.params)
            for problem in fresh.priced(key).problems
            if problem.blocking and problem.code not in known
        )
    return tuple(found)


def _price_changed(lines: DraftLines, key: int, number: int, before: Decimal, now: Decimal | None) -> Problem:
    line = lines.get(key)
    product = lines.catalog.product(line.sku)
    yours, ours = unit_text(before), "" if now is None else unit_text(now)
    return Problem(
        PRICE_CHANGED,
        f"{line.sku} was {yours} and is {ours} now." if ours else f"{line.sku} was {yours} and has no price now.",
        line=number,
        params={"sku": line.sku, "name": "" if product is None else product.name, "yours": yours, "ours": ours},
    )
