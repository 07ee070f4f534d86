"""The payment clause in words, each reading of "end of month" as it is meant."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.party import MonthEnd, PaymentTerms
from desktop_app.services.views import PaymentView
from ui.formats import Formats
from ui.payment_words import payment_words

EN = Formats("en")
DUE = date(2026, 7, 31)


@pytest.mark.parametrize(
    ("days", "month_end", "words"),
    [
        (45, MonthEnd.AFTER_DAYS, "45 days, then the end of that month"),
        (45, MonthEnd.BEFORE_DAYS, "End of the month, then 45 days"),
        (30, MonthEnd.NONE, "30 days"),
        (0, MonthEnd.NONE, "On receipt"),
    ],
)
def test_when_an_invoice_of_today_is_due(days: int, month_end: MonthEnd, words: str) -> None:
    payment = PaymentView(PaymentTerms(days, month_end), DUE)
    assert payment_words(payment, EN) == f"{words}: an invoice of today is due on 31 July 2026."


def test_what_paying_early_is_worth_and_until_when() -> None:
    terms = PaymentTerms(None, MonthEnd.NONE, Decimal("1.5"), 8)
    payment = PaymentView(terms, None, Decimal("42.48"), date(2026, 6, 17))
    assert payment_words(payment, EN) == "Early payment: 1.5% off, that is €42.48, until 17 June."
