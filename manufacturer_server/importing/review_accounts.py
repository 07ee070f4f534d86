"""Agreements that fall or overlap, and payment terms beyond what French law allows."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from desktop_app.contract.documents import AgreementDoc
from manufacturer_server.importing.review_state import Remark, ReviewState

# Code de commerce, L441-10: 60 days from the invoice, or, where the contract says so, 45 days end of month.
_MOST_DAYS, _MOST_DAYS_END_OF_MONTH = 60, 45


def falling_tiers(state: ReviewState) -> Iterator[Remark]:
    """Agreements in which more turnover earns less."""
    if not state.has("agreements"):
        return
    for agreement in state.agreements:
        tiers = sorted(agreement.tiers, key=lambda tier: Decimal(tier.turnover_from))
        for lower, higher in pairwise(tiers):
            if Decimal(higher.percent) < Decimal(lower.percent):
                reason = (
                    f"{agreement.id}: the tiers fall: {higher.percent} % from {higher.turnover_from} EUR "
                    f"after {lower.percent} % from {lower.turnover_from} EUR"
                )
                yield from state.remark("tiers-fall", "agreements", [agreement.id], reason)


def overlapping_agreements(state: ReviewState) -> Iterator[Remark]:
    """Agreements of one buyer that count the same turnover twice."""
    if not state.has("agreements"):
        return
    by_buyer: dict[str, list[AgreementDoc]] = {}
    for agreement in state.agreements:
        by_buyer.setdefault(agreement.buyer, []).append(agreement)
    for buyer, found in by_buyer.items():
        found.sort(key=lambda agreement: (agreement.start, agreement.id))
        for place, later in enumerate(found):
            for earlier in found[:place]:
                if later.start <= earlier.end and _share_products(earlier, later):
                    last = min(earlier.end, later.end)
                    reason = (
                        f"{earlier.id} and {later.id} for {buyer} both count purchases from {later.start} to {last}"
                    )
                    yield from state.remark("agreements-overlap", "agreements", [later.id, earlier.id], reason)


def _share_products(one: AgreementDoc, other: AgreementDoc) -> bool:
    left, right = set(one.include), set(other.include)
    if (left and left <= set(other.exclude)) or (right and right <= set(one.exclude)):
        return False
    return not left or not right or bool(left & right)


def long_payment_terms(state: ReviewState) -> Iterator[Remark]:
    """Dealers who may pay later than the law allows."""
    if not state.has("dealers"):
        return
    for dealer in state.dealers:
        days, at_month_end = dealer.payment_days, bool(dealer.payment_month_end)
        most = _MOST_DAYS_END_OF_MONTH if at_month_end else _MOST_DAYS
        if days is not None and days > most:
            written = f"{days} days end of month" if at_month_end else f"{days} days"
            reason = (
                f"{dealer.account}: payment after {written} is later than French law allows between businesses "
                f"({_MOST_DAYS} days, or {_MOST_DAYS_END_OF_MONTH} days end of month)"
            )
            yield from state.remark("payment-terms", "dealers", [dealer.account], reason)
