"""The answer "terms changed" read for people: every difference per line, and what it does to the total.

Taking the new terms: `order_confirmation`.
"""

from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desktop_app.contract.orders import OrderDocument, Proposal, RecordLine
from desktop_app.contract.wire import FieldError
from desktop_app.contract.wire import Problem as WireProblem
from desktop_app.domain.order import Delivery, Problem
from desktop_app.domain.validation import CREDIT_LIMIT, EXPRESS_UNAVAILABLE
from desktop_app.services.order_views import line_of
from desktop_app.services.views import ChangedTerms, Difference

_TERMS_CHANGED = "terms-changed"
# Differences of the whole order that the proposal's own figures already answer.
_ANSWERED_BY_PROPOSAL = frozenset({"total-changed", "stock-short", EXPRESS_UNAVAILABLE})


class TermsAnswer(Struct, frozen=True):
    """What was sent and what the manufacturer proposes instead."""

    document: OrderDocument
    errors: tuple[FieldError, ...]
    proposal: Proposal
    received_at: datetime

    @property
    def delivery(self) -> Delivery:
        """How the proposal delivers: as was asked, but not express where that is refused."""
        asked = self.document.delivery.to_domain()
        refused = any(error.code == EXPRESS_UNAVAILABLE for error in self.errors)
        return replace(asked, express=False) if refused else asked

    @property
    def credit_left(self) -> Decimal | None:
        """The largest total the credit bears, where the proposal passes it and the manufacturer refuses that."""
        over = next((error for error in self.errors if error.code == CREDIT_LIMIT), None)
        try:
            return None if over is None else Decimal(over.yours) + Decimal(over.ours)
        except ArithmeticError:
            return None

    def proposed(self, sku: str, wholesaler: str) -> RecordLine | None:
        """The line as the manufacturer would take it, None where it cannot be sold."""
        for part in self.proposal.sub_orders:
            if part.wholesaler == wholesaler:
                return next((line for line in part.lines if line.sku == sku), None)
        return None


def terms_answer(document: bytes, answer: bytes, received_at: datetime) -> TermsAnswer | None:
    """The answer with its proposal, None where the bytes are another kind of answer."""
    try:
        problem = msgspec.json.decode(answer, type=WireProblem)
        if problem.slug != _TERMS_CHANGED:
            return None
        proposal = msgspec.json.decode(problem.proposal, type=Proposal)
    except msgspec.MsgspecError:
        return None
    sent = msgspec.json.decode(document, type=OrderDocument)
    return TermsAnswer(sent, tuple(problem.errors), proposal, received_at)


def changed_terms(answer: TermsAnswer, names: dict[str, str]) -> ChangedTerms:
    """The answer as a decision to take; `names` maps sku to product name."""
    sent, proposed = answer.document.totals, answer.proposal.totals
    return ChangedTerms(
        order_id=answer.document.order_id,
        desk_no=answer.document.desk_no,
        received_at=answer.received_at,
        differences=tuple(_difference(answer, error, names) for error in answer.errors),
        your_total=Decimal(sent.total),
        their_total=Decimal(proposed.total),
        your_goods=Decimal(sent.goods),
        their_goods=Decimal(proposed.goods),
    )


def as_problems(terms: ChangedTerms) -> tuple[Problem, ...]:
    """The differences as problems that a person has to decide on."""
    return tuple(
        Problem(
            one.code,
            _sentence(one),
            line=one.line,
            params={"sku": one.sku, "name": one.name, "yours": one.yours, "ours": one.ours},
        )
        for one in terms.differences
    )


def _difference(answer: TermsAnswer, error: FieldError, names: dict[str, str]) -> Difference:
    number = line_of(error.pointer)
    lines = answer.document.lines
    if number is None or not 1 <= number <= len(lines):
        can_take = error.code in _ANSWERED_BY_PROPOSAL
        return Difference(
            error.code, None, "", "", 0, error.yours, error.ours, can_take, error.replaced_by, error.detail
        )
    line = lines[number - 1]
    return Difference(
        code=error.code,
        line=number,
        sku=line.sku,
        name=names.get(line.sku, ""),
        quantity=line.quantity,
        yours=error.yours,
        ours=error.ours,
        can_take=answer.proposed(line.sku, line.wholesaler) is not None,
        replaced_by=error.replaced_by,
        detail=error.detail,
        field=error.pointer.rpartition("/")[2],
    )


def _sentence(one: Difference) -> str:
    what = one.sku or "The order"
    if one.detail:
        return one.detail
    if one.replaced_by:
        return f"{what} is no longer sold; it is replaced by {one.replaced_by}."
    return f"{what}: {one.code}" + (f", yours {one.yours}, theirs {one.ours}." if one.yours or one.ours else ".")
