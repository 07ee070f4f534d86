"""The second reading of what changes no price: packs, announced prices, due dates, paying early."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.party import PaymentTerms
from tests.support.second_reading.figures import half_up
from tests.support.second_reading.prices import list_price

DAYS_AHEAD = 800


def orderable(article: Product, quantity: int) -> int:
    """The smallest quantity that can be ordered and is not less, tried one after the other."""
    while quantity < article.min_qty or quantity % article.pack_multiple:
        quantity += 1
    return quantity


def first_change(article: Product, offer: Offer, day: date) -> tuple[date, Decimal] | None:
    """The first day on which the list price is another one, tried day by day for two years."""
    today, _ = list_price(article, offer, day)
    for days in range(1, DAYS_AHEAD):
        then, _ = list_price(article, offer, day + timedelta(days))
        if then != today:
            return day + timedelta(days), then
    return None


def due(terms: PaymentTerms, invoiced: date) -> date | None:
    """When an invoice falls due."""
    if terms.days is None:
        return None
    if terms.month_end == "before-days":
        return _last_of_month(invoiced) + timedelta(terms.days)
    after = invoiced + timedelta(terms.days)
    return _last_of_month(after) if terms.month_end == "after-days" else after


def early(terms: PaymentTerms, total: Fraction) -> Fraction:
    """What paying early takes off a total."""
    return half_up(total * Fraction(terms.early_percent) / 100, 2)


def _last_of_month(day: date) -> date:
    while (day + timedelta(1)).month == day.month:
        day += timedelta(1)
    return day
