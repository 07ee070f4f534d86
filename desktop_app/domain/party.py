"""The dealer and the addresses goods go to."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field


class Address(Struct, frozen=True):
    """Where goods are delivered. `street` may hold several lines; `country` is ISO 3166-1 alpha-2."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"

    @property
    def country_code(self) -> str:
        """The country in capitals; FR where none is written, or no code: a typed name must not make an export."""
        code = self.country.strip().upper()
        return code if len(code) == 2 and code.isalpha() else "FR"

    @property
    def compact_postcode(self) -> str:
        """The postcode without its spaces."""
        return "".join(self.postcode.split())


class CreditPolicy(StrEnum):
    """What happens to an order over the credit limit: told, held back by the manufacturer, or refused."""

    WARN = "warn"
    HOLD = "hold"
    REFUSE = "refuse"


class MonthEnd(StrEnum):
    """How "fin de mois" is read: not at all, the end of the month after the days, or the days after the month's end."""

    NONE = ""
    AFTER_DAYS = "after-days"
    BEFORE_DAYS = "before-days"


class PaymentTerms(Struct, frozen=True):
    """When invoices fall due, and the discount for paying early (escompte): clauses, never part of a price.

    `days` None: nothing is agreed. `early_percent` is off the total of an invoice paid within `early_days`.
    """

    days: int | None = None
    month_end: MonthEnd = MonthEnd.NONE
    early_percent: Decimal = Decimal(0)
    early_days: int = 0


class Dealer(Struct, frozen=True):
    """The account a desk orders for. `online_bonus_percent` is in per cent; both bonus dates are included.

    `undelivered` is the TTC of accepted orders not yet invoiced, `unpaid` that of invoices not yet paid,
    each known `as_of` that moment; None where the manufacturer gave none. `quota_used` maps the id of a condition
    with a quota to the units this dealer has had at it.
    """

    account: str
    name: str
    group: str = ""
    siret: str = ""
    address: Address = Address()
    credit_limit: Decimal | None = None
    online_bonus_percent: Decimal = Decimal(0)
    online_bonus_from: date | None = None
    online_bonus_to: date | None = None
    unpaid: Decimal | None = None
    unpaid_as_of: datetime | None = None
    undelivered: Decimal = Decimal(0)
    vat_id: str = ""
    credit_policy: CreditPolicy = CreditPolicy.WARN
    payment: PaymentTerms = PaymentTerms()
    quota_used: Mapping[str, int] = field(default_factory=dict)

    def bonus_percent_on(self, day: date) -> Decimal:
        """The online bonus in per cent for an order placed on `day`, 0 outside its dates."""
        starts = self.online_bonus_from is None or self.online_bonus_from <= day
        ends = self.online_bonus_to is None or day <= self.online_bonus_to
        return self.online_bonus_percent if starts and ends else Decimal(0)
