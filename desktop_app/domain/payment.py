"""Payment clauses: when an invoice falls due, and what paying early is worth. They never change a price."""

import calendar
from datetime import date
from decimal import Decimal

from desktop_app.domain.money import round_amount
from desktop_app.domain.party import MonthEnd, PaymentTerms


def due_date(terms: PaymentTerms, invoiced: date) -> date | None:
    """When an invoice of that day falls due, None where nothing is agreed.

    "45 jours fin de mois" has two readings: the days first and then the end of that month, or the month's end first.
    """
    if terms.days is None:
        return None
    if terms.month_end is MonthEnd.AFTER_DAYS:
        return _month_end(_later(invoiced, terms.days))
    return _later(_month_end(invoiced) if terms.month_end is MonthEnd.BEFORE_DAYS else invoiced, terms.days)


def early_payment(terms: PaymentTerms, total: Decimal, invoiced: date) -> tuple[Decimal, date] | None:
    """What paying early takes off `total` (TTC), and the last day for it; None where no escompte is agreed."""
    if not terms.early_percent:
        return None
    return round_amount(total * terms.early_percent / 100), _later(invoiced, terms.early_days)


def _later(day: date, days: int) -> date:
    """So many days later, the last day of the calendar where that is too many: nobody's payment terms end a program."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
