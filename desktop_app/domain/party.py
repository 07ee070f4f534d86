"""The dealer and the addresses goods go to."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct


class Address(Struct, frozen=True):
    """Where goods are delivered. `street` may hold several lines; `country` is ISO 3166-1 alpha-2."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"


class Dealer(Struct, frozen=True):
    """The account a desk orders for. `online_bonus_percent` is in per cent; both bonus dates are included.

    `undelivered` is the TTC of accepted orders not yet invoiced, `unpaid` that of invoices not yet paid,
    each known `as_of` that moment; None where the manufacturer gave none.
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

    def bonus_percent_on(self, day: date) -> Decimal:
        """The online bonus in per cent for an order placed on `day`, 0 outside its dates."""
        starts = self.online_bonus_from is None or self.online_bonus_from <= day
        ends = self.online_bonus_to is None or day <= self.online_bonus_to
        return self.online_bonus_percent if starts and ends else Decimal(0)
