"""Where nobody names a wholesaler: enough stock, then price, then delay, then code."""

from decimal import Decimal
from itertools import permutations

import pytest

from desktop_app.domain.catalog import Offer, Wholesaler
from desktop_app.domain.sourcing import choose

HOUSES = {
    "E": Wholesaler("E", delivery_days=None),
    "N": Wholesaler("N", delivery_days=2),
    "O": Wholesaler("O", delivery_days=0),
    "S": Wholesaler("S", delivery_days=2),
}


def taken(stock: dict[str, int], prices: dict[str, str], quantity: int = 10) -> str:
    """The code taken, the same whatever the order of the offers."""
    offers = [Offer(code, "A", available) for code, available in stock.items()]
    found = {
        choice.wholesaler if choice else ""
        for order in permutations(offers)
        for choice in [choose(order, quantity, lambda offer: Decimal(prices[offer.wholesaler]), HOUSES.get)]
    }
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize(
    ("stock", "prices", "code"),
    [
        pytest.param({"N": 9, "S": 10}, {"N": "1", "S": "5"}, "S", id="enough stock before price"),
        pytest.param({"N": 50, "S": 10}, {"N": "5", "S": "4.9999"}, "S", id="more than enough is no better"),
        pytest.param({"N": 10, "S": 10, "O": 10}, {"N": "5", "S": "5", "O": "5"}, "O", id="then the sooner"),
        pytest.param({"E": 10, "N": 10}, {"E": "5", "N": "5"}, "N", id="an unknown delay is the longest"),
        pytest.param({"S": 10, "N": 10}, {"S": "5", "N": "5"}, "N", id="then the code"),
        pytest.param({"N": 2, "S": 0}, {"N": "5", "S": "4"}, "S", id="nobody has enough: the price"),
        pytest.param({"X": 99, "N": 0}, {"X": "1", "N": "9"}, "N", id="an unknown wholesaler is passed over"),
        pytest.param({"X": 99}, {"X": "1"}, "", id="nobody known lists it"),
        pytest.param({}, {}, "", id="nobody lists it"),
    ],
)
def test_the_rule(stock: dict[str, int], prices: dict[str, str], code: str) -> None:
    assert taken(stock, prices) == code
