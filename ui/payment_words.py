"""The payment clause in words: which reading of "end of month", when an invoice of today is due, what paying early is
worth.
"""

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.party import MonthEnd, PaymentTerms
from desktop_app.services.views import PaymentView
from ui.formats import Formats

translate = QCoreApplication.translate


def payment_words(payment: PaymentView, formats: Formats) -> str:
    """`45 days, then the end of that month: an invoice of today is due on 31 July 2026. 1.5% (39.98) off until ...`."""
    told = []
    if payment.due is not None:
        words = translate("Payment", "{0}: an invoice of today is due on {1}.")
        told.append(words.format(_terms(payment.terms), formats.day(payment.due, year=True)))
    if payment.early is not None and payment.early_until is not None:
        words = translate("Payment", "Early payment: {0} off, that is {1}, until {2}.")
        percent, off = formats.percent(payment.terms.early_percent), formats.amount(payment.early)
        told.append(words.format(percent, off, formats.day(payment.early_until)))
    return formats.typography(" ".join(told))


def _terms(terms: PaymentTerms) -> str:
    days = terms.days or 0
    if terms.month_end is MonthEnd.AFTER_DAYS:
        return translate("Payment", "{0} days, then the end of that month").format(days)
    if terms.month_end is MonthEnd.BEFORE_DAYS:
        return translate("Payment", "End of the month, then {0} days").format(days)
    return translate("Payment", "{0} days").format(days) if days else translate("Payment", "On receipt")
