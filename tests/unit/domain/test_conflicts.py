"""Records that nothing tells apart. That they win nothing is shown with the ranking and the prices."""

from datetime import timedelta
from decimal import Decimal

from desktop_app.domain.conflicts import without_conflicts
from tests.support.trade import DAY, condition


def test_equals_are_left_out_and_the_rest_is_kept() -> None:
    equals = [condition("B", "base", "5"), condition("A", "base", "6")]
    other = condition("C", "base", "7", wholesaler="N")
    kept, conflicts = without_conflicts([equals[0], other, equals[1]])
    assert kept == [other]
    assert [conflict.ids for conflict in conflicts] == [("A", "B")]
    assert "quantity 0" in conflicts[0].message


def test_document_discounts_differ_by_their_amount_and_never_by_a_quantity() -> None:
    fifty, hundred = (condition(f"D{at}", "document", "5", amount_min=Decimal(at)) for at in (50, 100))
    assert without_conflicts([fifty, hundred]) == ([fifty, hundred], ())
    again = condition("X", "document", "7", amount_min=Decimal("50.00"), qty_min=10)
    _, (conflict,) = without_conflicts([fifty, again])
    assert conflict.ids == ("D50", "X")
    assert "amount 50" in conflict.message


def test_a_record_that_ends_before_it_starts_is_neither_kept_nor_in_conflict() -> None:
    void = condition("V", "base", "5", start=DAY, end=DAY - timedelta(1))
    good = condition("G", "base", "5", start=DAY)
    assert without_conflicts([void]) == ([], ())
    assert without_conflicts([void, good]) == ([good], ())
