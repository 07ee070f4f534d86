"""Names of families follow the language, and what a file leaves out has its stated meaning."""

from decimal import Decimal

import pytest

from desktop_app.domain.catalog import Family, Product, ProductStatus, Wholesaler


@pytest.mark.parametrize(
    ("family", "language", "name"),
    [
        (Family("TON", "Toners", "Toner"), "fr", "Toners"),
        (Family("TON", "Toners", "Toner"), "en", "Toner"),
        (Family("TON", "", "Toner"), "fr", "Toner"),
        (Family("TON", "Toners"), "en", "Toners"),
        (Family("TON"), "fr", "TON"),
    ],
)
def test_a_family_is_named_in_the_language_or_as_well_as_it_can_be(family: Family, language: str, name: str) -> None:
    assert family.name(language) == name


def test_a_product_without_more_is_active_sold_singly_and_free_of_eco_fees() -> None:
    product = Product("A", "Article", Decimal(10), Decimal(20))
    assert product.status is ProductStatus.ACTIVE
    assert (product.pack_multiple, product.min_qty) == (1, 1)
    assert product.eco_fee == 0


def test_a_wholesaler_without_more_asks_no_minimum_and_no_carriage_taxed_at_20() -> None:
    wholesaler = Wholesaler("N")
    assert (wholesaler.order_minimum, wholesaler.free_carriage_from) == (None, None)
    assert wholesaler.carriage_fee == 0
    assert wholesaler.carriage_vat_rate == 20
