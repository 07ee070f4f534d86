"""Carriage: free, by the table, flat; express besides."""

from decimal import Decimal
from typing import Any

import pytest

from desktop_app.domain.carriage import carriage_of
from desktop_app.domain.catalog import CarriageRate, Wholesaler
from desktop_app.domain.party import Address
from tests.support.trade import wholesaler


def rate(zone: str, fee: str, weight_max: str | None = None, express_fee: str | None = None) -> CarriageRate:
    return CarriageRate(
        zone,
        Decimal(fee),
        None if weight_max is None else Decimal(weight_max),
        None if express_fee is None else Decimal(express_fee),
    )


TABLE = (
    rate("*", "60"),
    rate("FR", "15", "30", express_fee="25"),
    rate("FR", "9", "10"),
    rate("FR-20", "40", "10"),
    rate("FR-201", "45", "10"),
)


def house(**more: Any) -> Wholesaler:
    return wholesaler(carriage_fee="12.50", carriage_table=TABLE, express_fee=Decimal(20), **more)


@pytest.mark.parametrize(
    ("country", "postcode", "weight", "fee"),
    [
        ("FR", "75001", "3", "9"),
        ("FR", "75001", "10", "9"),
        ("FR", "75001", "10.001", "15"),
        ("FR", "75001", "31", "12.50"),  # heavier than the table goes: the flat fee
        ("FR", "20000", "3", "40"),
        ("FR", "20137", "3", "45"),
        ("FR", "20137", "11", "12.50"),  # the narrowest zone has the word
        ("BE", "1000", "500", "60"),
    ],
)
def test_the_row_of_the_narrowest_zone_and_the_lightest_class(
    country: str, postcode: str, weight: str, fee: str
) -> None:
    there = Address(country=country, postcode=postcode)
    assert carriage_of(house(), Decimal(100), weight=Decimal(weight), destination=there) == Decimal(fee)


def test_free_from_an_amount_on_whatever_the_weight() -> None:
    there = Address(postcode="75001")
    free = house(free_carriage_from="500")
    assert carriage_of(free, Decimal("499.99"), weight=Decimal(3), destination=there) == 9
    assert carriage_of(free, Decimal(500), weight=Decimal(3), destination=there) == 0


def test_express_costs_its_surcharge_also_where_carriage_is_free() -> None:
    there = Address(postcode="75001")

    def express(goods: str, weight: str) -> Decimal:
        return carriage_of(
            house(free_carriage_from="500"), Decimal(goods), weight=Decimal(weight), destination=there, express=True
        )

    assert express("100", "3") == 29  # the row has none of its own: the house's 20
    assert express("100", "20") == 40  # 15 and the row's 25
    assert express("500", "3") == 20
