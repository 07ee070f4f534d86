"""On which later days a price can change, and what it is then: dated list prices, conditions that start or end."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from desktop_app.domain.applying import product_keys
from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.condition import Condition, Step
from desktop_app.domain.list_price import days_of_change, list_price_on
from desktop_app.domain.order import TraceStep
from desktop_app.domain.pricing import Terms
from desktop_app.services.views import PriceAhead

MOST_AHEAD = 12


class PriceOn(Struct, frozen=True):
    """A unit net on a day, with the rows that explain it; `list_label` names the price list of a dated tarif."""

    day: date
    list_price: Decimal
    unit_net: Decimal
    trace: tuple[TraceStep, ...]
    list_label: str = ""


class PriceCalendar:
    """The days after `today` on which some condition starts or has ended, by product key."""

    def __init__(self, conditions: Iterable[Condition], today: date) -> None:
        self.today = today
        self._days: dict[str, set[date]] = {}
        for condition in conditions:
            if condition.step is Step.DOCUMENT:
                continue
            if condition.start is not None and condition.start > today:
                self._days.setdefault(condition.product, set()).add(condition.start)
            if condition.end is not None and today <= condition.end < date.max:
                self._days.setdefault(condition.product, set()).add(condition.end + timedelta(days=1))

    def keys_until(self, until: date) -> tuple[str, ...]:
        """The product keys for which something starts or has ended by `until`."""
        return tuple(key for key, days in self._days.items() if min(days) <= until)

    def days(self, product: Product, after: date, until: date = date.max) -> list[date]:
        """The days after `after`, to `until`, on which the product's price can change."""
        days = {day for key in product_keys(product) for day in self._days.get(key, ())}
        days.update(days_of_change(product, after))
        return sorted(day for day in days if after < day <= until)


def price_on(terms: Terms, product: Product, offer: Offer, quantity: int, day: date, end_client: str = "") -> PriceOn:
    """The price of `quantity` units on a line of its own on a day."""
    list_price, dated = list_price_on(product, offer, day)
    priced = terms.unit_price(product, offer.wholesaler, list_price, quantity, day, end_client=end_client, dated=dated)
    label = "" if dated is None else dated.label
    return PriceOn(day, list_price, priced.unit_net, priced.trace, label)


def prices_ahead(
    terms: Terms, product: Product, offer: Offer, quantity: int, day: date, days: Sequence[date], end_client: str = ""
) -> tuple[PriceAhead, ...]:
    """What the price is on later `days`, where it differs from the one before; at most `MOST_AHEAD`."""
    found: list[PriceAhead] = []
    last = price_on(terms, product, offer, quantity, day, end_client)
    for later in days:
        then = price_on(terms, product, offer, quantity, later, end_client)
        if (then.list_price, then.unit_net) != (last.list_price, last.unit_net):
            found.append(PriceAhead(later, then.list_price, then.unit_net, why(last, then)[1]))
            last = then
        if len(found) == MOST_AHEAD:
            break
    return tuple(found)


def why(now: PriceOn, then: PriceOn) -> tuple[str, str]:
    """The reason for another price (`list-price`, `condition-ends`, `condition-starts`), and what to call it."""
    if now.list_price != then.list_price:
        return "list-price", then.list_label or now.list_label
    before = {row.condition: row for row in now.trace if row.applied and row.condition}
    after = {row.condition: row for row in then.trace if row.applied and row.condition}
    for condition, row in before.items():
        if condition not in after and row.end is not None and row.end < then.day:
            return "condition-ends", _name(row)
    for condition, row in after.items():
        if condition not in before:
            return "condition-starts", _name(row)
    return "condition-ends", next((_name(row) for name, row in before.items() if name not in after), "")


def _name(row: TraceStep) -> str:
    return row.label or row.contract_ref or row.condition
