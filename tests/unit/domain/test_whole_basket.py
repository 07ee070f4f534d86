"""What counts beyond single lines: document discounts, copie privée, territories, limits over lines, the real cost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.agreement import Accrual, Agreement, Tier
from desktop_app.domain.condition import Condition, QtyScope, Step
from desktop_app.domain.order import Delivery
from desktop_app.domain.party import Address, CreditPolicy, Dealer
from desktop_app.domain.pricing import Basket, Terms, price_basket
from tests.support.trade import DAY, CatalogInMemory, condition, product, wholesaler

CATALOG = CatalogInMemory(
    [
        product("A", "100", private_copy_fee=Decimal("1.25"), eco_fee="0.50"),
        product("B", "10.01", "5.5"),
        product("C", "7", "10"),
    ],
    [wholesaler("N", carriage_fee="10"), wholesaler("S")],
)


def basket(*conditions: Condition, used: dict[str, int] | None = None, **more: Any) -> Basket:
    dealer = more.pop("dealer", Dealer("D42", "Dealer", "gold"))
    return Basket(CATALOG, Terms(conditions, "D42", "gold", used or {}), dealer, DAY, **more)


def test_a_per_cent_discount_is_rounded_per_rate() -> None:
    one = basket(condition("D", "document", "3"))
    one.put(1, "A", 1, "N")
    one.put(2, "B", 1, "N")
    totals = one.totals()
    # 3 % of 100.00 and of 10.01: 3.00 + 0.30
    assert (totals.goods, totals.discount) == (Decimal("110.01"), Decimal("3.30"))
    # (97.00 + 0.50 + 1.25 + carriage 10) x 20 % and 9.71 x 5.5 %
    assert totals.vat == {Decimal(20): Decimal("21.75"), Decimal("5.5"): Decimal("0.53")}
    assert totals.total == Decimal("110.01") - Decimal("3.30") + Decimal("11.75") + Decimal("22.28")
    (part,) = one.sub_orders()
    assert [(row.step, row.condition, row.delta) for row in part.trace] == [(Step.DOCUMENT, "D", Decimal("-3.30"))]


def test_euros_off_are_split_over_the_rates_to_the_cent() -> None:
    one = basket(condition("D", "document", "10", "EUR"))
    for key, sku in enumerate("ABC"):
        one.put(key, sku, 1, "S")
    # 10 x 100 / 117.01 = 8.5463, 10 x 10.01 / 117.01 = 0.8555, 10 x 7 / 117.01 = 0.5982: the last two get the cents
    assert one.totals().discount == Decimal("10.00")
    assert one.totals().vat == {
        Decimal(20): Decimal("18.64"),  # (100 - 8.54 + 0.50 + 1.25) x 20 % = 18.642
        Decimal(10): Decimal("0.64"),  # (7 - 0.60) x 10 %
        Decimal("5.5"): Decimal("0.50"),  # (10.01 - 0.86) x 5.5 % = 0.503
    }


def test_the_highest_amount_reached_counts_and_goods_of_its_product_alone() -> None:
    records = (
        condition("D1", "document", "1", amount_min=Decimal(50)),
        condition("D2", "document", "2", amount_min=Decimal(200)),
        condition("DA", "document", "5", product="sku:B", amount_min=Decimal(20)),
    )
    one = basket(*records)
    one.put(1, "A", 1, "N")
    one.put(2, "B", 1, "N")
    assert one.totals().discount == Decimal("1.10")
    one.put(1, "A", 2, "N")
    assert one.totals().discount == Decimal("4.20")
    one.put(2, "B", 2, "N")  # a record for a product goes before one for all
    assert one.totals().discount == Decimal("1.00")


def test_franco_minimum_and_bonus_look_at_goods_after_the_discount() -> None:
    houses = [wholesaler("N", carriage_fee="10", free_carriage_from="100", order_minimum="100", small_order_fee="7")]
    dealer = Dealer("D42", "Dealer", online_bonus_percent=Decimal(1))
    catalog = CatalogInMemory([product("A", "100")], houses)
    one = Basket(catalog, Terms([condition("D", "document", "10")], "D42"), dealer, DAY)
    one.put(1, "A", 1, "N")
    totals = one.totals()
    assert [totals.carriage, totals.fees, totals.online_bonus] == [Decimal(10), Decimal(7), Decimal("0.90")]


def test_lines_that_share_the_last_units_of_a_bid_are_refused_together() -> None:
    bid = condition("BID", "bid", "50", "NET", product="sku:A", quota=10, label="Lycée")
    one = basket(bid, used={"BID": 4})
    one.put(1, "A", 4, "N")
    assert one.put(2, "A", 3, "S") == {1, 2}
    told = [problem for problem in one.problems() if problem.code == "bid-exhausted"]
    assert [(problem.line, problem.blocking, problem.params["left"]) for problem in told] == [
        (1, True, "6"),
        (2, True, "6"),
    ]
    assert one.put(2, "A", 2, "S") == {1, 2}
    assert not one.problems()


def test_a_line_that_another_price_takes_over_is_no_longer_refused_for_the_bid() -> None:
    """An assortment reached by a third line brings a net price that blocks the limited discount."""
    limited = condition("Q", "base", "10", product="sku:A", quota=5)
    net = condition("NET", "net", "80", "NET", product="all", wholesaler="N", qty_min=10, qty_scope=QtyScope.MATCH)
    one = basket(limited, net)
    one.put(1, "A", 4, "N")
    one.put(2, "A", 4, "S")
    assert [problem.code for problem in one.line(1).problems] == ["bid-exhausted"]
    assert 1 in one.put(3, "B", 6, "N")
    assert [row.condition for row in one.line(1).priced.trace] == ["", "NET"]  # type: ignore[union-attr]
    assert one.line(1).problems == one.line(2).problems == ()


def test_two_records_that_run_out_are_told_in_the_order_of_the_steps() -> None:
    promo = condition("PROMO", "promo", "10", product="sku:A", stock_cap=9)
    bid = condition("BID", "bid", "50", "NET", product="sku:A", quota=9)
    one = basket(promo, bid)
    one.put(1, "A", 5, "N")
    one.put(2, "A", 5, "S")
    for key in (1, 2):
        told = [(problem.code, problem.params["condition"]) for problem in one.line(key).problems]
        assert told == [("bid-exhausted", "PROMO"), ("bid-exhausted", "BID")]


def test_a_line_larger_than_what_is_left_loses_the_condition() -> None:
    bid = condition("BID", "bid", "50", "NET", product="sku:A", quota=10)
    cap = condition("CAP", "promo", "60", "NET", product="sku:A", stock_cap=9, stock_used=2)
    one = basket(bid, cap, used={"BID": 4})
    one.put(1, "A", 7, "N")
    priced = one.line(1).priced
    assert priced is not None
    assert [(row.condition, row.applied, row.note) for row in priced.trace[1:]] == [
        ("CAP", True, ""),
        ("BID", False, "quota"),
    ]


@pytest.mark.parametrize(
    ("address", "vat_id", "vat", "reason"),
    [
        (Address(postcode="97400"), "", {Decimal("8.5"): Decimal("9.50")}, ""),
        (Address(postcode="97300"), "", {Decimal(0): Decimal("0.00")}, "Art. 294 CGI"),
        (Address(country="BE"), "BE0411905847", {Decimal(0): Decimal("0.00")}, "VATEX-EU-IC"),
        (Address(country="BE"), "", {Decimal(20): Decimal("22.35")}, ""),
        (Address(country="CH"), "", {Decimal(0): Decimal("0.00")}, "VATEX-EU-G"),
    ],
)
def test_vat_follows_the_goods(address: Address, vat_id: str, vat: dict[Decimal, Decimal], reason: str) -> None:
    one = basket(dealer=Dealer("D42", "Dealer", vat_id=vat_id))
    one.put(1, "A", 1, "N")
    assert one.totals().vat == {Decimal(20): Decimal("22.35")}
    one.set_delivery(Delivery(address))
    assert one.totals().vat == vat
    assert one.totals().vat_reason == reason
    warned = [problem.code for problem in one.problems()]
    assert warned == (["vat-id-missing"] if address.country == "BE" and not vat_id else [])


def test_express_where_there_is_none_is_refused() -> None:
    one = basket(delivery=Delivery(express=True))
    one.put(1, "A", 1, "N")
    assert [(problem.code, problem.blocking) for problem in one.problems()] == [("express-unavailable", True)]


def test_the_real_cost_is_less_the_bonus_and_what_agreements_accrue() -> None:
    quarter = Agreement("R", "all", date(2026, 1, 1), date(2026, 12, 31), (Tier(Decimal(0), Decimal(2)),), label="RFA")
    other = Agreement(
        "X", "all", date(2026, 1, 1), date(2026, 12, 31), (Tier(Decimal(0), Decimal(9)),), exclude=("all",)
    )
    dealer = Dealer("D42", "Dealer", online_bonus_percent=Decimal("0.5"))
    one = basket(dealer=dealer, accruals=[Accrual(quarter, Decimal(2)), Accrual(other, Decimal(9))])
    one.put(1, "A", 3, "N")
    priced = one.line(1).priced
    assert priced is not None
    assert priced.real_cost == Decimal("97.5000")
    assert [(row.step, row.condition, row.price_after, row.delta) for row in priced.off_invoice] == [
        (Step.BONUS, "", Decimal("99.5000"), Decimal("-0.5000")),
        (Step.RFA, "R", Decimal("97.5000"), Decimal("-2.0000")),
    ]
    assert (one.totals().online_bonus, one.totals().rfa) == (Decimal("1.50"), Decimal("6.00"))


@pytest.mark.parametrize(
    ("policy", "code", "blocking"),
    [
        (CreditPolicy.WARN, "credit-limit", False),
        (CreditPolicy.HOLD, "credit-hold", False),
        (CreditPolicy.REFUSE, "credit-limit", True),
    ],
)
def test_over_the_credit_limit_the_dealers_policy_speaks(policy: CreditPolicy, code: str, blocking: bool) -> None:
    one = basket(dealer=Dealer("D42", "Dealer", credit_limit=Decimal(50), credit_policy=policy))
    one.put(1, "A", 1, "N")
    assert [(problem.code, problem.blocking) for problem in one.problems()] == [(code, blocking)]


def test_taking_lines_out_again_leaves_what_was_there_before() -> None:
    records = (condition("D", "document", "3", "EUR"), condition("Q", "promo", "5", product="sku:A", quota=9))
    one, other = basket(*records), basket(*records)
    for each in (one, other):
        each.put(1, "A", 5, "N")
        each.put(2, "B", 3, "N")
    one.put(3, "A", 5, "S")
    one.put(4, "C", 5, "N")
    one.remove(3)
    one.remove(4)
    assert one.priced() == other.priced()


EVERYTHING = (
    condition("D", "document", "7.77", "EUR", amount_min=Decimal(15)),
    condition("DF", "document", "3", product="family:F", wholesaler="N", amount_min=Decimal(50)),
    condition("Q", "qty", "5", product="family:F", qty_min=6, qty_scope=QtyScope.MATCH),
    condition("CAP", "promo", "10", product="family:F", stock_cap=8),
    condition("BID", "bid", "50", "NET", product="sku:A", quota=10),
)
FULL_CATALOG = CatalogInMemory(
    [
        product("A", "100", family="F", private_copy_fee=Decimal("1.25"), weight=Decimal(2)),
        product("B", "10.01", "5.5", family="F", weight=Decimal("0.3")),
        product("C", "7", "10", vat_rate_overseas=Decimal("1.75")),
    ],
    [wholesaler("N", carriage_fee="10", free_carriage_from="150"), wholesaler("S", express_fee=Decimal(20))],
)
FULL_DEALER = Dealer("D42", "Dealer", credit_limit=Decimal(500), online_bonus_percent=Decimal("0.5"))
YEAR = Agreement("R", "all", date(2026, 1, 1), date(2026, 12, 31), (Tier(Decimal(0), Decimal(2)),), include=("sku:A",))
DELIVERIES = [
    Delivery(),
    Delivery(express=True),
    Delivery(Address(postcode="97400")),
    Delivery(Address(country="CH"), express=True),
    Delivery(Address(country="DE")),
]
Edit = tuple[int, str, int, str]
EDITS = st.lists(
    st.one_of(
        st.integers(0, 4),
        st.sampled_from(DELIVERIES),
        st.tuples(st.integers(0, 4), st.sampled_from("ABC"), st.integers(0, 12), st.sampled_from(["", "N", "S"])),
    ),
    max_size=14,
)


@given(EDITS)
@settings(max_examples=200, deadline=None)
def test_after_any_edits_everything_stands_as_if_priced_from_scratch(edits: list[int | Delivery | Edit]) -> None:
    more: dict[str, Any] = {"accruals": [Accrual(YEAR, Decimal(2))]}
    terms = Terms(EVERYTHING, "D42", used={"BID": 2})
    one, delivery = Basket(FULL_CATALOG, terms, FULL_DEALER, DAY, **more), Delivery()
    lines: dict[int, tuple[str, int, str]] = {}
    for edit in edits:
        before = {line.key: line for line in one.lines()}
        if isinstance(edit, Delivery):
            delivery, touched = edit, set()
            changed = one.set_delivery(edit)
        elif isinstance(edit, tuple):
            touched = {edit[0]}
            lines[edit[0]] = edit[1:]
            changed = one.put(*edit)
        elif edit in lines:
            touched = {edit}
            del lines[edit]
            changed = one.remove(edit)
        else:
            continue
        after = {line.key: line for line in one.lines()}
        assert changed == touched | {key for key in after if key in before and after[key] != before[key]}
    assert one.priced() == price_basket(
        lines.values(), FULL_CATALOG, terms, FULL_DEALER, DAY, delivery=delivery, **more
    )
