"""To which cases a record applies, and by which keys it can name a product."""

from datetime import timedelta
from typing import Any

import pytest

from desktop_app.domain.applying import Case, product_keys
from tests.support.trade import DAY, condition, product

CASE = Case("N", DAY, "Mairie", "online")


@pytest.mark.parametrize(
    "asks_for",
    [
        {},
        {"wholesaler": "N", "channel": "online", "end_client": "Mairie"},
        {"start": DAY, "end": DAY},
    ],
)
def test_a_record_counts_where_all_it_asks_for_is_given(asks_for: dict[str, Any]) -> None:
    assert CASE.admits(condition("C", "base", "5", **asks_for))


@pytest.mark.parametrize(
    "asks_for",
    [
        {"wholesaler": "S"},
        {"channel": "phone"},
        {"end_client": "mairie"},
        {"start": DAY + timedelta(1)},
        {"end": DAY - timedelta(1)},
    ],
)
def test_one_thing_that_is_not_given_is_enough(asks_for: dict[str, Any]) -> None:
    assert not CASE.admits(condition("C", "base", "5", **asks_for))


def test_the_most_specific_key_leads_and_what_a_product_lacks_is_no_key() -> None:
    assert product_keys(product("A", family="F", brand="B")) == ("sku:A", "family:F", "brand:B", "all")
    assert product_keys(product("A")) == ("sku:A", "all")
