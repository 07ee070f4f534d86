"""What the dealer's rule takes of changed terms by itself, and what it leaves to a person."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from desktop_app.contract.orders import ORDER_SCHEMA, OrderDocument, OrderLineDoc, Proposal, TotalsDoc
from desktop_app.contract.wire import FieldError
from desktop_app.services.order_terms import TermsAnswer
from desktop_app.services.terms_policy import Rule, TermsPolicy, taken_by
from tests.support.desk_world import proposed_part

MOMENT = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)
PRICE = FieldError("/lines/0/unit_price", "price-changed", "100.0000", "99.0000")
TOTAL = FieldError("/totals/total", "total-changed", "240.00", "237.60")
BETTER = TermsPolicy()
TOLERANCE = TermsPolicy(Rule.TOLERANCE, Decimal(1), Decimal(5))


def totals(goods: str, vat: str = "40.00", carriage: str = "0.00") -> TotalsDoc:
    total = Decimal(goods) + Decimal(carriage) + Decimal(vat)
    return TotalsDoc(goods, "0.00", carriage, "0.00", {"20": vat}, f"{total:.2f}")


def answer(
    prices: Mapping[str, str],
    theirs: TotalsDoc,
    *errors: FieldError,
    quantities: Mapping[str, int] | None = None,
) -> TermsAnswer:
    """An order of A and B, one each at 100.0000, and what the manufacturer proposes instead."""
    lines = [OrderLineDoc(sku, "N", 1, "100.0000") for sku in ("A", "B")]
    document = OrderDocument(ORDER_SCHEMA, "id", 1, "B-2026-0001", MOMENT, 1, 1, lines, totals("200.00"))
    taken = {"A": 1, "B": 1} | dict(quantities or {})
    rows = [(sku, taken[sku], net, f"{Decimal(net) * taken[sku]:.2f}") for sku, net in prices.items()]
    proposal = Proposal(date(2026, 6, 9), 2, 2, [proposed_part("N", rows)], theirs, "0.00")
    return TermsAnswer(document, errors or (PRICE, TOTAL), proposal, MOMENT)


def test_a_lower_price_is_taken_and_told_in_euros_before_vat() -> None:
    taken = taken_by(BETTER, answer({"A": "99.0000", "B": "100.0000"}, totals("199.00", "39.80")))
    assert taken is not None
    assert (taken.rule, taken.lines, taken.difference) == (Rule.BETTER, 1, Decimal("-1.00"))
    assert (taken.yours, taken.theirs) == (Decimal("200.00"), Decimal("199.00"))


@pytest.mark.parametrize(
    ("prices", "theirs"),
    [
        ({"A": "100.0001", "B": "90.0000"}, totals("190.00", "38.00")),
        ({"A": "99.0000", "B": "100.0000"}, totals("199.00", "39.80", carriage="12.50")),
        ({"A": "100.0000", "B": "100.0000"}, totals("200.00", "40.01")),
    ],
    ids=["one line dearer", "carriage dearer", "more VAT"],
)
def test_anything_dearer_is_asked_about(prices: dict[str, str], theirs: TotalsDoc) -> None:
    assert taken_by(BETTER, answer(prices, theirs)) is None


@pytest.mark.parametrize(
    ("net", "goods", "taken"),
    [
        ("101.0000", "201.00", True),
        ("101.0001", "201.00", False),
        ("100.0000", "205.00", True),
        ("99.0000", "205.01", False),
    ],
)
def test_the_tolerance_holds_for_each_line_and_for_the_order(net: str, goods: str, taken: bool) -> None:
    found = taken_by(TOLERANCE, answer({"A": net, "B": "100.0000"}, totals(goods)))
    assert (found is not None) is taken


def test_a_price_that_was_nothing_has_no_tolerance() -> None:
    free = answer({"A": "0.0100", "B": "100.0000"}, totals("100.01", "20.00"))
    lines = [OrderLineDoc("A", "N", 1, "0.0000"), OrderLineDoc("B", "N", 1, "100.0000")]
    sent = OrderDocument(ORDER_SCHEMA, "id", 1, "B-1", MOMENT, 1, 1, lines, totals("100.00", "20.00"))
    assert taken_by(TOLERANCE, TermsAnswer(sent, free.errors, free.proposal, MOMENT)) is None


@pytest.mark.parametrize(
    "code", ["bid-exhausted", "discontinued", "pack-multiple", "stock-short", "credit-limit", "below-minimum", "new"]
)
@pytest.mark.parametrize("policy", [BETTER, TermsPolicy(Rule.TOLERANCE, Decimal(10), Decimal(1000))])
def test_only_prices_and_sums_are_taken(code: str, policy: TermsPolicy) -> None:
    cheaper = {"A": "99.0000", "B": "100.0000"}
    assert taken_by(policy, answer(cheaper, totals("199.00", "39.80"), PRICE, FieldError("/lines/1", code))) is None


def test_a_proposal_of_other_quantities_or_lines_is_asked_about() -> None:
    cheaper = {"A": "99.0000", "B": "90.0000"}
    assert taken_by(BETTER, answer(cheaper, totals("189.00", "37.80"))) is not None
    assert taken_by(BETTER, answer(cheaper, totals("189.00", "37.80"), quantities={"B": 2})) is None
    assert taken_by(BETTER, answer({"A": "99.0000"}, totals("99.00", "19.80"))) is None


def test_a_dealer_who_wants_to_be_asked_is_asked() -> None:
    assert taken_by(TermsPolicy(Rule.ASK), answer({"A": "1.0000", "B": "1.0000"}, totals("2.00", "0.40"))) is None


def test_an_answer_without_a_named_difference_is_not_understood_and_left_to_a_person() -> None:
    found = answer({"A": "99.0000", "B": "100.0000"}, totals("199.00", "39.80"))
    assert taken_by(BETTER, TermsAnswer(found.document, (), found.proposal, MOMENT)) is None
