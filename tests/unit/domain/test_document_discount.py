"""The discount on a whole sub-order: which record wins, and what each VAT rate bears of it."""

from decimal import Decimal

import pytest

from desktop_app.domain.applying import Case
from desktop_app.domain.condition import Condition
from desktop_app.domain.document_discount import DocumentDiscount, DocumentDiscounts
from tests.support.trade import DAY, condition, product

CASE = Case("N", DAY, "", "online")
Goods = dict[str, str]


def best(*records: Condition, **goods: Goods) -> DocumentDiscount | None:
    """The discount on goods given as product key (`:` written `_`) and amount by VAT rate; `everything` is `all`."""
    keyed = {
        key.replace("_", ":").replace("everything", "all"): {Decimal(r): Decimal(a) for r, a in rates.items()}
        for key, rates in goods.items()
    }
    return DocumentDiscounts(records, {"all": 2, "dealer:D42": 0}).best(keyed, CASE)


def taken_off(record: Condition, goods: Goods) -> Goods:
    found = best(record, everything=goods)
    assert found is not None
    assert found.total == sum(found.by_rate.values())
    return {f"{rate:f}": f"{amount:.2f}" for rate, amount in found.by_rate.items() if amount}


def test_a_per_cent_is_rounded_half_up_for_each_rate() -> None:
    assert taken_off(condition("D", "document", "2.5"), {"20": "100.20", "5.5": "33.40"}) == {
        "20": "2.51",
        "5.5": "0.84",
    }


@pytest.mark.parametrize(
    ("euros", "goods", "shares"),
    [
        ("10", {"20": "75.00", "5.5": "25.00"}, {"20": "7.50", "5.5": "2.50"}),
        # 6.666 and 3.333: the cent that is left goes to the larger remainder.
        ("10", {"20": "20.00", "5.5": "10.00"}, {"20": "6.67", "5.5": "3.33"}),
        # 0.005 and 0.005: at a tie to the higher rate.
        ("0.01", {"20": "1.00", "5.5": "1.00"}, {"20": "0.01"}),
        # Two thirds of a cent are left over at each rate: a tie that rounded decimals do not show.
        ("0.04", {"20": "0.01", "10": "0.01", "5.5": "0.04"}, {"20": "0.01", "10": "0.01", "5.5": "0.02"}),
    ],
)
def test_euros_are_split_in_proportion_to_the_cent(euros: str, goods: Goods, shares: Goods) -> None:
    assert taken_off(condition("D", "document", euros, "EUR"), goods) == shares


@pytest.mark.parametrize(("value", "unit"), [("100.01", "%"), ("30.01", "EUR")])
def test_what_takes_off_more_than_there_is_stops_and_says_so(value: str, unit: str) -> None:
    found = best(condition("D", "document", value, unit), everything={"20": "20.00", "5.5": "10.00"})
    assert found is not None
    row = found.trace(Decimal("30.00"))
    assert [str(amount) for amount in (found.total, row.price_after, row.delta)] == ["30.00", "0.00", "-30.00"]
    assert row.note == "floor"


@pytest.mark.parametrize(("value", "unit"), [("100", "%"), ("30", "EUR")])
def test_what_takes_off_all_there_is_did_not_stop(value: str, unit: str) -> None:
    found = best(condition("D", "document", value, unit), everything={"20": "20.00", "5.5": "10.00"})
    assert found is not None
    assert found.total == 30
    assert found.trace(Decimal(30)).note == ""


def test_the_highest_amount_reached_wins_and_an_unreached_one_leaves_the_rest() -> None:
    scale = [condition(f"D{at}", "document", "1", amount_min=Decimal(at)) for at in (0, 100, 200)]
    for goods, name in (("99.99", "D0"), ("100.00", "D100"), ("200.00", "D200")):
        found = best(*scale, everything={"20": goods})
        assert found is not None
        assert found.condition.id == name


def test_of_two_families_with_equal_records_the_first_by_name_counts_whatever_the_order() -> None:
    pair = [condition(name, "document", "1", product=f"family:{name}") for name in ("INK", "TONER")]
    for records in (pair, pair[::-1]):
        found = best(*records, family_TONER={"20": "10.00"}, family_INK={"20": "10.00"})
        assert found is not None
        assert found.condition.id == "INK"


def test_the_better_buyer_goes_before_the_better_product() -> None:
    records = [
        condition("ALL", "document", "1", product="sku:A"),
        condition("MINE", "document", "1", buyer="dealer:D42"),
    ]
    found = best(*records, sku_A={"20": "10.00"}, everything={"20": "10.00"})
    assert found is not None
    assert found.condition.id == "MINE"
    found = best(*records, sku_A={"20": "10.00"})
    assert found is not None
    assert found.condition.id == "ALL"


def test_only_goods_that_the_record_means_count() -> None:
    mine = condition("S", "document", "50", product="sku:A", buyer="dealer:D42", amount_min=Decimal(20))
    found = best(mine, condition("D", "document", "1"), sku_A={"20": "19.99"}, everything={"20": "500.00"})
    assert found is not None
    assert found.condition.id == "D"


def test_no_discount_without_goods_and_none_to_a_net_price() -> None:
    assert best(condition("D", "document", "10"), everything={}) is None
    assert best(condition("D", "document", "10", "NET"), everything={"20": "100.00"}) is None


def test_a_product_is_known_by_the_keys_that_some_record_names() -> None:
    discounts = DocumentDiscounts([condition("D", "document", "1", product="family:F")], {"all": 2})
    assert discounts.keys(product("A", family="F")) == ("family:F",)
    assert discounts.keys(product("A")) == ()


def test_the_records_that_can_count_in_a_case_are_told_best_first() -> None:
    records = [
        condition("all", "document", "1", amount_min=Decimal(100)),
        condition("more", "document", "2", amount_min=Decimal(500)),
        condition("mine", "document", "3", buyer="dealer:D42", amount_min=Decimal(9)),
        condition("south", "document", "4", wholesaler="S"),
    ]
    discounts = DocumentDiscounts(records, {"all": 2, "dealer:D42": 0})
    assert [one.id for one in discounts.holding(CASE)] == ["mine", "more", "all"]
