"""On which days a price can change, what it is then, and what to call the reason."""

from datetime import date
from decimal import Decimal

from desktop_app.domain.catalog import DatedPrice, Offer, Product
from desktop_app.domain.condition import Condition
from desktop_app.domain.pricing import Terms
from desktop_app.services.price_calendar import MOST_AHEAD, PriceCalendar, price_on, prices_ahead, why
from tests.support.trade import condition

TODAY = date(2026, 6, 9)
A = Product("A", "A", Decimal(100), Decimal(20), family="F", brand="B")
OFFER = Offer("N", "A", 5)


def test_days_are_those_of_its_conditions_and_of_its_list_prices() -> None:
    calendar = PriceCalendar(
        [
            condition("F", "base", "5", product="family:F", start=date(2026, 7, 1)),
            condition("S", "base", "5", product="sku:A", end=date(2026, 6, 30)),
            condition("OTHER", "base", "5", product="sku:Z", start=date(2026, 8, 1)),
            condition("OVER", "base", "5", product="all", start=date(2026, 1, 1), end=date(2026, 6, 8)),
            condition("DOC", "document", "5", product="all", start=date(2026, 9, 1)),
            condition("FOREVER", "base", "5", product="all", end=date.max),
        ],
        TODAY,
    )
    priced = Product(
        "A", "A", Decimal(100), Decimal(20), family="F", prices=(DatedPrice(Decimal(1), "", TODAY, date(2026, 9, 30)),)
    )
    assert calendar.days(priced, TODAY) == [date(2026, 7, 1), date(2026, 10, 1)]
    assert calendar.days(priced, TODAY, date(2026, 7, 1)) == [date(2026, 7, 1)]
    assert set(calendar.keys_until(date(2026, 7, 1))) == {"family:F", "sku:A"}


def test_what_changes_nothing_is_not_told_and_what_is_told_ends_somewhere() -> None:
    days = [date(2027, month, 1) for month in range(1, 13)] + [date(2028, month, 1) for month in range(1, 13)]
    rising = Product(
        "A",
        "A",
        Decimal(100),
        Decimal(20),
        prices=tuple(DatedPrice(Decimal(100 + n), "", day) for n, day in enumerate(days)),
    )
    terms = Terms([], "D1")
    ahead = prices_ahead(terms, rising, OFFER, 1, TODAY, days)
    assert len(ahead) == MOST_AHEAD
    # The first of them says what holds already.
    assert (ahead[0].day, ahead[0].unit_net) == (days[1], Decimal("101.0000"))
    assert prices_ahead(terms, A, OFFER, 1, TODAY, days) == ()


def test_reasons() -> None:
    ends = condition("E", "base", "10", end=date(2026, 6, 30), contract_ref="CT-1")
    blocks = condition("N", "net", "95", unit="NET", start=date(2026, 7, 1), label="Net 2026")
    base = condition("E", "base", "10")

    def reason(*conditions: Condition) -> tuple[str, str]:
        terms = Terms(conditions, "D1")
        return why(price_on(terms, A, OFFER, 1, TODAY), price_on(terms, A, OFFER, 1, date(2026, 7, 1)))

    assert reason(ends) == ("condition-ends", "CT-1")
    assert reason(base, blocks) == ("condition-starts", "Net 2026")
