"""Whether the dealer's rule takes the manufacturer's changed terms by itself. Pure; taking them: `terms_answers`.

Only prices and sums are ever taken so: a quantity, a product, stock, credit or a used-up bid is for a person.
"""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from desktop_app.contract.orders import OrderDocument, TotalsDoc
from desktop_app.domain.money import ZERO
from desktop_app.services.order_terms import TermsAnswer

_TAKEN = frozenset({"price-changed", "total-changed"})


class Rule(StrEnum):
    """What is taken without asking: nothing; what is equal or better; what is dearer by a little at most."""

    ASK = "ask"
    BETTER = "better"
    TOLERANCE = "tolerance"


class TermsPolicy(Struct, frozen=True):
    """The dealer's rule. With `tolerance` no unit price rises by more than `percent`, nor the order by `euros`."""

    rule: Rule = Rule.BETTER
    percent: Decimal = ZERO
    euros: Decimal = ZERO


class TakenTerms(Struct, frozen=True):
    """What taking the proposal does: the sums before VAT, how many unit prices differ, and the rule that took it.

    `difference` is theirs less yours, before VAT.
    """

    rule: Rule
    lines: int
    yours: Decimal
    theirs: Decimal

    @property
    def difference(self) -> Decimal:
        """Euros before VAT that the order costs more."""
        return self.theirs - self.yours


def taken_by(policy: TermsPolicy, answer: TermsAnswer) -> TakenTerms | None:
    """What the rule takes of an answer, None where a person is to decide."""
    codes = {error.code for error in answer.errors}
    if policy.rule is Rule.ASK or not codes or codes - _TAKEN:
        return None
    changed = _changed_prices(answer.document, answer)
    if changed is None or not all(_passes(policy, yours, theirs) for yours, theirs in changed):
        return None
    sent, proposed = answer.document.totals, answer.proposal.totals
    taken = TakenTerms(policy.rule, len(changed), before_vat(sent), before_vat(proposed))
    if policy.rule is Rule.TOLERANCE:
        return taken if taken.difference <= policy.euros else None
    no_dearer = taken.difference <= ZERO and Decimal(proposed.total) <= Decimal(sent.total)
    return taken if no_dearer else None


def before_vat(totals: TotalsDoc) -> Decimal:
    """What is to be paid before VAT: goods less discounts, contributions, carriage and fees."""
    return Decimal(totals.total) - sum((Decimal(amount) for amount in totals.vat.values()), ZERO)


def _changed_prices(sent: OrderDocument, answer: TermsAnswer) -> list[tuple[Decimal, Decimal]] | None:
    """The unit prices that differ, yours and theirs; None where the proposal is not these lines in these quantities."""
    if sum(len(part.lines) for part in answer.proposal.sub_orders) != len(sent.lines):
        return None
    changed = []
    for line in sent.lines:
        theirs = answer.proposed(line.sku, line.wholesaler)
        if theirs is None or theirs.quantity != line.quantity:
            return None
        if theirs.unit_net != line.unit_price:
            changed.append((Decimal(line.unit_price), Decimal(theirs.unit_net)))
    return changed


def _passes(policy: TermsPolicy, yours: Decimal, theirs: Decimal) -> bool:
    allowed = yours * (100 + policy.percent) / 100 if policy.rule is Rule.TOLERANCE else yours
    return theirs <= allowed
