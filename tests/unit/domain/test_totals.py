"""Carriage, small-order fee, VAT per rate and bonus of a sub-order; each sub-order is an invoice."""

from decimal import Decimal

import pytest

from desktop_app.domain.carriage import carriage_of
from desktop_app.domain.catalog import Wholesaler
from desktop_app.domain.order import PricedLine, Totals
from desktop_app.domain.totals import Tally, small_order_fee_of, sub_order_totals, sum_totals
from tests.support.trade import wholesaler


def line(total: str, rate: str = "20", eco: str = "0.00") -> PricedLine:
    amount = Decimal(total)
    return PricedLine("A", "N", 1, amount, amount, amount, Decimal(eco), Decimal(rate), amount)


def totals(*lines: PricedLine, house: Wholesaler | None = None, bonus: str = "0") -> Totals:
    tally = Tally()
    for one in lines:
        tally.add(one)
    return sub_order_totals(tally, house or wholesaler(), Decimal(bonus))


def test_vat_is_taken_on_the_sum_per_rate_never_per_line() -> None:
    # Each line alone would give 0.01 of VAT, three of them 0.03; the sum 0.09 gives 0.02.
    assert totals(*[line("0.03")] * 3).vat == {Decimal(20): Decimal("0.02")}


@pytest.mark.parametrize(
    ("base", "rate", "vat"),
    # Taken from the published test values of rule BR-CO-17 of EN 16931 (positive ones), and French rates at a tie.
    [("1000", "25", "250.00"), ("2141.05", "14", "299.75"), ("0.50", "5.5", "0.03"), ("12.50", "2.1", "0.26")],
)
def test_vat_is_rounded_half_up(base: str, rate: str, vat: str) -> None:
    assert totals(line(base, rate)).vat == {Decimal(rate): Decimal(vat)}


def test_eco_is_taxed_at_the_rate_of_its_product() -> None:
    mixed = totals(line("100.00", "20", eco="5.00"), line("50.00", "5.5", eco="1.00"))
    assert mixed.vat == {Decimal(20): Decimal("21.00"), Decimal("5.5"): Decimal("2.81")}
    assert (mixed.goods, mixed.eco) == (Decimal("150.00"), Decimal("6.00"))
    assert mixed.total == Decimal("150.00") + 6 + 21 + Decimal("2.81")


def test_rates_that_are_equal_as_numbers_are_one_rate() -> None:
    assert len(totals(line("10.00", "20"), line("10.00", "20.00")).vat) == 1


def test_the_highest_rate_comes_first() -> None:
    assert list(totals(line("1", "2.1"), line("1", "20"), line("1", "5.5")).vat) == [20, Decimal("5.5"), Decimal("2.1")]


def test_carriage_and_fees_are_taxed_at_the_wholesalers_rate() -> None:
    house = wholesaler(carriage_fee="12.50", carriage_vat_rate="5.5", order_minimum="100", small_order_fee="8")
    small = totals(line("50.00"), house=house)
    assert (small.carriage, small.fees) == (Decimal("12.50"), Decimal("8.00"))
    assert small.vat == {Decimal(20): Decimal("10.00"), Decimal("5.5"): Decimal("1.13")}
    assert small.total == Decimal("81.63")


def test_carriage_joins_the_base_of_goods_at_the_same_rate() -> None:
    assert totals(line("10.02"), house=wholesaler(carriage_fee="0.01")).vat == {Decimal(20): Decimal("2.01")}


def test_free_carriage_leaves_no_trace_of_its_rate() -> None:
    house = wholesaler(carriage_fee="12", carriage_vat_rate="5.5", free_carriage_from="50")
    assert list(totals(line("50.00"), house=house).vat) == [20]


@pytest.mark.parametrize(
    ("terms", "goods", "carriage"),
    [
        ({"carriage_fee": "12.50", "free_carriage_from": "500"}, "499.99", "12.50"),
        ({"carriage_fee": "12.50", "free_carriage_from": "500"}, "500.00", "0"),
        ({"carriage_fee": "12.50"}, "1000000", "12.50"),
        ({"free_carriage_from": "500"}, "1", "0"),
        ({"carriage_fee": "12.50", "free_carriage_from": "0"}, "0", "0"),
        ({"carriage_fee": "12.505"}, "1", "12.51"),
    ],
)
def test_carriage_is_free_from_its_franco_on_and_never_where_none_is_given(
    terms: dict[str, str], goods: str, carriage: str
) -> None:
    assert carriage_of(wholesaler(**terms), Decimal(goods)) == Decimal(carriage)


def test_eco_does_not_count_towards_free_carriage() -> None:
    house = wholesaler(carriage_fee="12", free_carriage_from="50")
    assert totals(line("49.99", eco="10.00"), house=house).carriage == 12


@pytest.mark.parametrize(
    ("terms", "goods", "fee"),
    [
        ({"order_minimum": "100", "small_order_fee": "8"}, "99.99", "8"),
        ({"order_minimum": "100", "small_order_fee": "8"}, "100", "0"),
        ({"order_minimum": "100"}, "1", "0"),
        ({"small_order_fee": "8"}, "1", "0"),
    ],
)
def test_the_small_order_fee_is_due_below_the_minimum_only(terms: dict[str, str], goods: str, fee: str) -> None:
    assert small_order_fee_of(wholesaler(**terms), Decimal(goods)) == Decimal(fee)


def test_the_online_bonus_is_taken_on_the_goods_of_the_sub_order() -> None:
    assert totals(line("2221.40", eco="5.00"), bonus="0.5").online_bonus == Decimal("11.11")


def test_lines_that_left_are_as_if_they_had_never_been() -> None:
    tally = Tally()
    tally.add(line("10.00"))
    tally.add(line("30.00", "5.5", eco="1.00"))
    tally.remove(line("30.00", "5.5", eco="1.00"))
    assert sub_order_totals(tally, wholesaler(), Decimal(0)) == totals(line("10.00"))


def test_a_line_for_nothing_still_names_its_rate() -> None:
    assert totals(line("0.00")).vat == {Decimal(20): 0}


def test_a_basket_is_the_sum_of_its_sub_orders() -> None:
    # One invoice of 0.06 would bear 0.01 of VAT, as do these two together; the bonus is rounded per sub-order too.
    parts = [totals(line("1.03"), bonus="0.5"), totals(line("1.03"), line("2.00", "5.5"), bonus="0.5")]
    assert sum_totals(parts) == Totals(
        goods=Decimal("4.06"),
        vat={Decimal(20): Decimal("0.42"), Decimal("5.5"): Decimal("0.11")},
        total=Decimal("4.59"),
        online_bonus=Decimal("0.03"),
    )
    assert sum_totals([]) == Totals()
