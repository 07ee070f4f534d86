"""What a back-margin agreement comes to: which goods count, the rate reached, and the way to the next tier.

Amounts are euros of net goods before VAT; rates are per cent. Whose turnover it is and how old: the caller's.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from desktop_app.domain.agreement import Accrual, Agreement, CountedOrders, Tier, TierMode, Turnover
from desktop_app.domain.applying import product_keys
from desktop_app.domain.catalog import Product
from desktop_app.domain.money import ZERO, round_amount
from desktop_app.domain.terms import ONLINE


class Gate(Struct, frozen=True):
    """One gate: `paid` (`reached` is what is overdue, `needed` 0) or `growth` (both in per cent).

    `open` is None where the manufacturer told nothing of it.
    """

    kind: str
    open: bool | None
    reached: Decimal | None = None
    needed: Decimal | None = None


class Meter(Struct, frozen=True):
    """How far an agreement is: `reached` euros count, which earn `accrued` at `percent`.

    `missing` euros more reach `next_tier` and earn `gain` more in all; None beyond the last tier.
    """

    reached: Decimal
    accrued: Decimal
    percent: Decimal
    next_tier: Tier | None
    missing: Decimal | None
    gain: Decimal | None
    gates: tuple[Gate, ...] = ()


def in_force(agreements: Sequence[Agreement], account: str, group: str, day: date) -> tuple[Agreement, ...]:
    """The agreements of this dealer whose period holds the day."""
    buyers = {"all", f"dealer:{account}", *([f"group:{group}"] if group else [])}
    return tuple(one for one in agreements if one.buyer in buyers and one.start <= day <= one.end)


def counts(agreement: Agreement, product: Product, channel: str = ONLINE) -> bool:
    """Whether a purchase of this product on this channel counts; `exclude` has the last word."""
    if agreement.base is CountedOrders.ONLINE and channel != ONLINE:
        return False
    keys = set(product_keys(product))
    return not keys.intersection(agreement.exclude) and (not agreement.include or bool(keys & set(agreement.include)))


def earned_by(accruals: Iterable[Accrual], product: Product, channel: str, day: date) -> tuple[Accrual, ...]:
    """Those that a purchase of the product on that channel and day earns."""
    return tuple(
        one
        for one in accruals
        if one.agreement.start <= day <= one.agreement.end and counts(one.agreement, product, channel)
    )


def rate_at(agreement: Agreement, turnover: Decimal) -> Decimal:
    """The per cent that a further euro earns at this turnover: that of the tier reached, 0 below the first."""
    tier = _tier(agreement, turnover)
    return ZERO if tier is None else tier.percent


def accrued(agreement: Agreement, turnover: Decimal) -> Decimal:
    """The back-margin of this turnover in euros, half up: at the rate reached, or slice by slice."""
    if agreement.mode is TierMode.TOTAL:
        return round_amount(turnover * rate_at(agreement, turnover) / 100)
    exact = ZERO
    ends = [tier.turnover_from for tier in agreement.tiers[1:]]
    for tier, end in zip(agreement.tiers, [*ends, None], strict=True):
        upper = turnover if end is None else min(turnover, end)
        exact += max(upper - tier.turnover_from, ZERO) * tier.percent
    return round_amount(exact / 100)


def meter(agreement: Agreement, known: Turnover | None, under_way: Decimal = ZERO, basket: Decimal = ZERO) -> Meter:
    """Where the agreement stands with what is counted, what is under way and the open basket."""
    reached = (ZERO if known is None else known.turnover) + under_way + basket
    now = accrued(agreement, reached)
    ahead = next((tier for tier in agreement.tiers if tier.turnover_from > reached), None)
    return Meter(
        reached=reached,
        accrued=now,
        percent=rate_at(agreement, reached),
        next_tier=ahead,
        missing=None if ahead is None else ahead.turnover_from - reached,
        gain=None if ahead is None else accrued(agreement, ahead.turnover_from) - now,
        gates=_gates(agreement, known, reached),
    )


def accrual(agreement: Agreement, known: Turnover | None, under_way: Decimal = ZERO) -> Accrual:
    """The rate a purchase made now earns under the agreement."""
    reached = (ZERO if known is None else known.turnover) + under_way
    return Accrual(agreement, rate_at(agreement, reached))


def _tier(agreement: Agreement, turnover: Decimal) -> Tier | None:
    reached = [tier for tier in agreement.tiers if tier.turnover_from <= turnover]
    return reached[-1] if reached else None


def _gates(agreement: Agreement, known: Turnover | None, reached: Decimal) -> tuple[Gate, ...]:
    found = []
    if agreement.gate_paid:
        overdue = None if known is None else known.overdue
        found.append(Gate("paid", None if overdue is None else overdue == 0, overdue, ZERO))
    if agreement.gate_growth is not None:
        reference = None if known is None else known.reference
        growth, met = None, None
        if reference:
            more = (reached - reference) * 100
            growth = round_amount(more / reference)
            met = more >= agreement.gate_growth * reference  # what is shown is rounded, and rounding opens no gate
        found.append(Gate("growth", met, growth, agreement.gate_growth))
    return tuple(found)
