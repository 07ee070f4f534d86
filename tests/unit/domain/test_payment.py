"""Payment clauses."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.party import MonthEnd, PaymentTerms
from desktop_app.domain.payment import due_date, early_payment


@pytest.mark.parametrize(
    ("days", "reading", "due"),
    [
        (30, MonthEnd.NONE, date(2026, 12, 24)),
        (45, MonthEnd.AFTER_DAYS, date(2027, 1, 31)),
        (45, MonthEnd.BEFORE_DAYS, date(2027, 1, 14)),
        (0, MonthEnd.NONE, date(2026, 11, 24)),
    ],
)
def test_both_readings_of_the_end_of_the_month(days: int, reading: MonthEnd, due: date) -> None:
    assert due_date(PaymentTerms(days, reading), date(2026, 11, 24)) == due


def test_terms_longer_than_the_calendar_end_with_it() -> None:
    for reading in MonthEnd:
        assert due_date(PaymentTerms(999_999_999, reading), date(2026, 11, 24)) == date.max


def test_nothing_agreed_is_no_date() -> None:
    assert due_date(PaymentTerms(), date(2026, 11, 24)) is None
    assert early_payment(PaymentTerms(30), Decimal(100), date(2026, 11, 24)) is None


def test_paying_early_is_worth_a_part_of_the_total() -> None:
    terms = PaymentTerms(30, early_percent=Decimal("1.5"), early_days=10)
    assert early_payment(terms, Decimal("333.33"), date(2026, 11, 24)) == (Decimal("5.00"), date(2026, 12, 4))
