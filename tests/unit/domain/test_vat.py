"""VAT by product and territory."""

from decimal import Decimal

import pytest

from desktop_app.domain.party import Address, Dealer
from desktop_app.domain.vat import Territory, place_of, product_rate, rate_in, territory_of
from tests.support.trade import product


@pytest.mark.parametrize(
    ("country", "postcode", "territory"),
    [
        ("FR", "75001", Territory.MAINLAND),
        ("FR", "20000", Territory.MAINLAND),
        ("", "69003", Territory.MAINLAND),
        ("MC", "98000", Territory.MAINLAND),
        ("FR", "97110", Territory.OVERSEAS),
        ("FR", "972 00", Territory.OVERSEAS),
        ("re", "", Territory.OVERSEAS),
        ("FR", "97300", Territory.OVERSEAS_EXEMPT),
        ("YT", "", Territory.OVERSEAS_EXEMPT),
        ("FR", "97133", Territory.EXPORT),
        ("FR", "98800", Territory.EXPORT),
        ("NC", "", Territory.EXPORT),
        ("DE", "10115", Territory.INTRA_EU),
        ("GR", "", Territory.INTRA_EU),
        ("CH", "1200", Territory.EXPORT),
        ("GB", "", Territory.EXPORT),
        ("France", "75001", Territory.MAINLAND),
        ("FRA", "97400", Territory.OVERSEAS),
    ],
)
def test_the_territory_of_an_address(country: str, postcode: str, territory: Territory) -> None:
    assert place_of(Address(country=country, postcode=postcode)) is territory


@pytest.mark.parametrize(
    ("vat_id", "territory"),
    [("DE123456789", Territory.INTRA_EU), ("", Territory.MAINLAND), ("FR40303265045", Territory.MAINLAND)],
)
def test_goods_to_another_country_of_the_union_need_a_number_from_there(vat_id: str, territory: Territory) -> None:
    assert territory_of(Address(country="DE"), Dealer("D", "D", vat_id=vat_id)) is territory


@pytest.mark.parametrize(
    ("rate", "overseas"), [("20", "8.5"), ("10", "2.1"), ("5.5", "2.1"), ("2.1", "2.1"), ("0", "0"), ("13", "13")]
)
def test_rates_overseas(rate: str, overseas: str) -> None:
    assert rate_in(Decimal(rate), Territory.OVERSEAS) == Decimal(overseas)


def test_a_product_may_have_its_own_rate_overseas_and_only_there() -> None:
    one = product(vat_rate_overseas=Decimal("1.05"))
    assert product_rate(one, Territory.OVERSEAS) == Decimal("1.05")
    assert product_rate(one, Territory.MAINLAND) == Decimal(20)
    assert product_rate(one, Territory.EXPORT) == 0
