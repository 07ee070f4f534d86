"""The list price of a day, and the next one that is announced."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.catalog import DatedPrice, Offer
from desktop_app.domain.list_price import list_price_on, next_price
from tests.support.trade import product

NEW_YEAR, EVE = date(2027, 1, 1), date(2026, 12, 31)


def dated(price: str, wholesaler: str = "", start: date | None = None, end: date | None = None) -> DatedPrice:
    return DatedPrice(Decimal(price), wholesaler, start, end, f"Tarif {price}")


def offer(price: str | None = None) -> Offer:
    return Offer("N", "A", 10, list_price=None if price is None else Decimal(price))


@pytest.mark.parametrize(
    ("prices", "own", "expected"),
    [
        ((), None, "100"),
        ((), "90", "90"),
        ((dated("104"),), None, "104"),
        ((dated("104"),), "90", "90"),
        ((dated("104"), dated("95", "N")), "90", "95"),
        ((dated("104"), dated("95", "S")), None, "104"),
        ((dated("104", start=date(2026, 1, 1)), dated("105", start=date(2026, 6, 1))), None, "105"),
        ((dated("104", start=NEW_YEAR),), None, "100"),
        ((dated("104", end=date(2026, 6, 1)),), None, "100"),
    ],
)
def test_the_most_particular_price_that_holds_counts(
    prices: tuple[DatedPrice, ...], own: str | None, expected: str
) -> None:
    found, _ = list_price_on(product(prices=prices), offer(own), EVE)
    assert found == Decimal(expected)


def test_a_product_that_nobody_lists_has_the_price_for_all() -> None:
    one = product(prices=(dated("104"), dated("95", "N")))
    assert list_price_on(one, None, EVE) == (Decimal(104), one.prices[0])
    assert list_price_on(product(), None, EVE) == (Decimal(100), None)


def test_both_days_of_a_price_are_included() -> None:
    one = product(prices=(dated("104", start=NEW_YEAR, end=NEW_YEAR),))
    assert [list_price_on(one, offer(), day)[0] for day in (EVE, NEW_YEAR, date(2027, 1, 2))] == [100, 104, 100]


def test_the_dated_price_is_named() -> None:
    one = product(prices=(dated("104", start=NEW_YEAR),))
    assert list_price_on(one, offer(), NEW_YEAR)[1] == one.prices[0]
    assert list_price_on(one, offer(), EVE)[1] is None


def test_a_rise_is_known_before_it_comes() -> None:
    one = product(prices=(dated("104", start=NEW_YEAR),))
    assert next_price(one, offer(), EVE) == (NEW_YEAR, Decimal(104), one.prices[0])
    assert next_price(one, offer(), NEW_YEAR) is None


def test_a_price_that_ends_gives_way_to_the_undated_one() -> None:
    one = product(prices=(dated("80", end=EVE),))
    assert next_price(one, offer(), date(2026, 11, 1)) == (NEW_YEAR, Decimal(100), None)


def test_a_change_that_changes_nothing_is_none() -> None:
    assert next_price(product(prices=(dated("100", start=NEW_YEAR),)), offer(), EVE) is None
    assert next_price(product(prices=(dated("104", "S", start=NEW_YEAR),)), offer(), EVE) is None
