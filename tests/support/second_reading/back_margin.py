"""The second reading of back-margins: what counts for an agreement, and what its tiers make of a turnover."""

from decimal import Decimal
from fractions import Fraction

from desktop_app.domain.agreement import Agreement, Tier
from desktop_app.domain.catalog import Product
from tests.support.second_reading.figures import NOTHING, add
from tests.support.second_reading.prices import names


def counts(agreement: Agreement, article: Product, channel: str) -> bool:
    """Whether goods bought on a channel count for an agreement."""
    if agreement.base == "online" and channel != "online":
        return False
    if any(names(key, article) for key in agreement.exclude):
        return False
    return not agreement.include or any(names(key, article) for key in agreement.include)


def accrued(agreement: Agreement, turnover: Decimal) -> Fraction:
    """The back-margin on a turnover, not rounded."""
    reached = Fraction(turnover)
    if agreement.mode == "total":
        return reached * rate_at(agreement, turnover) / 100
    slices = []
    for tier in agreement.tiers:
        end = min([reached] + [Fraction(other.turnover_from) for other in _above(agreement, tier)])
        slices.append(max(end - Fraction(tier.turnover_from), NOTHING) * Fraction(tier.percent) / 100)
    return add(slices)


def rate_at(agreement: Agreement, turnover: Decimal) -> Fraction:
    """The per cent of the highest tier that is reached, 0 below the first."""
    reached = [tier for tier in agreement.tiers if tier.turnover_from <= turnover]
    return Fraction(max(reached, key=lambda tier: tier.turnover_from).percent) if reached else NOTHING


def next_tier(agreement: Agreement, turnover: Decimal) -> Tier | None:
    """The first tier that is not reached."""
    missing = [tier for tier in agreement.tiers if tier.turnover_from > turnover]
    return min(missing, key=lambda tier: tier.turnover_from) if missing else None


def _above(agreement: Agreement, tier: Tier) -> list[Tier]:
    return [other for other in agreement.tiers if other.turnover_from > tier.turnover_from]
