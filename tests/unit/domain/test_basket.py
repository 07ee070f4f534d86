"""A basket re-prices what a change touches, and stands in the end as if it had been priced in one go."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.basket import Basket, BasketLine, price_basket
from desktop_app.domain.catalog import Offer, ProductStatus
from desktop_app.domain.condition import QtyScope
from desktop_app.domain.party import Dealer
from desktop_app.domain.terms import Terms
from tests.support.trade import DAY, CatalogInMemory, condition, product
from tests.support.trade import wholesaler as house

DEALER = Dealer("D42", "Bureautique Morvan", "gold", online_bonus_percent=Decimal("0.5"))
HOUSES = [
    house("N", free_carriage_from="500", carriage_fee="12.50", delivery_days=1),
    house("S", order_minimum="100", small_order_fee="8", carriage_fee="9.90", carriage_vat_rate="5.5"),
    house("O", order_minimum="300"),
]
PRODUCTS = [
    product("T1", "10.00", family="TONER", eco_fee="0.10"),
    product("T2", "25.55", family="TONER", pack_multiple=2),
    product("BK", "19.99", "5.5"),
    product("OLD", "5", status=ProductStatus.STOPPED, replaced_by="T1"),
]
OFFERS = [
    Offer("N", "T1", 100),
    Offer("S", "T1", 5, list_price=Decimal("9.00")),
    Offer("N", "T2", 100),
    Offer("O", "T2", 100, list_price=Decimal("25.00")),
    Offer("S", "BK", 50),
    Offer("O", "BK", 50),
    Offer("N", "OLD", 9),
    Offer("GONE", "BK", 999, list_price=Decimal("0.01")),
]
CATALOG = CatalogInMemory(PRODUCTS, HOUSES, OFFERS)
TERMS = Terms(
    [
        condition("B", "base", "20", buyer="group:gold"),
        condition("Q10", "qty", "5", product="family:TONER", qty_min=10, qty_scope=QtyScope.MATCH),
        condition("Q20", "qty", "9", product="family:TONER", qty_min=20, qty_scope=QtyScope.MATCH),
        condition("ALL", "promo", "1", qty_min=30, qty_scope=QtyScope.MATCH),
        condition("BID", "bid", "17", "NET", product="sku:BK", end_client="Mairie", quota=4),
    ],
    "D42",
    "gold",
)


def basket(**more: Any) -> Basket:
    return Basket(CATALOG, TERMS, more.pop("dealer", DEALER), DAY, **more)


def codes(line: BasketLine) -> list[str]:
    return [problem.code for problem in line.problems]


def test_a_line_is_priced_as_it_is_put() -> None:
    order = basket()
    assert order.put(7, "T1", 3, "N") == {7}
    line = order.line(7)
    assert (line.key, line.sku, line.quantity, line.wholesaler, line.chosen) == (7, "T1", 3, "N", True)
    priced = line.priced
    assert priced is not None
    assert (priced.list_price, priced.unit_net) == (Decimal("10.0000"), Decimal("8.0000"))
    assert (priced.line_total, priced.eco, priced.vat_rate) == (Decimal("24.00"), Decimal("0.30"), Decimal(20))
    assert priced.real_cost == Decimal("7.9600")
    assert [row.condition for row in priced.trace] == ["", "B"]
    assert line.problems == ()


def test_the_tarif_is_the_wholesalers_own_where_it_has_one() -> None:
    order = basket()
    order.put(1, "T1", 3, "S")
    priced = order.line(1).priced
    assert priced is not None
    assert (priced.list_price, priced.unit_net) == (Decimal("9.0000"), Decimal("7.2000"))


def test_a_tarif_of_nothing_is_a_tarif() -> None:
    free = CatalogInMemory([product("A", "10")], offers=[Offer("N", "A", 9, list_price=Decimal(0))])
    order = Basket(free, Terms([], "D42"), DEALER, DAY)
    order.put(1, "A", 2)
    assert order.totals().goods == 0


def test_where_nobody_is_named_the_sourcing_rule_takes_a_wholesaler() -> None:
    order = basket()
    order.put(1, "T1", 5)
    order.put(2, "T1", 6)
    assert [(line.wholesaler, line.chosen) for line in order.lines()] == [("S", False), ("N", False)]
    assert (order.source("T1", 5), order.source("T1", 6), order.source("ZZ", 1)) == ("S", "N", "")


def test_sourcing_compares_what_the_line_alone_would_cost() -> None:
    # Enough toner at N would bring T2 below the price at O; the line's wholesaler does not move for it.
    order = basket()
    order.put(1, "T2", 2)
    order.put(2, "T1", 100, "N")
    assert order.line(1).wholesaler == "O"


@pytest.mark.parametrize(
    ("sku", "quantity", "wholesaler", "expected"),
    [
        ("ZZ", 1, "N", ["unknown-product"]),
        ("T1", 1, "X", ["unknown-wholesaler"]),
        ("T1", 1, "O", ["not-listed"]),
        ("BK", 1, "GONE", ["unknown-wholesaler"]),
        ("T1", 0, "N", ["invalid-quantity"]),
        ("T1", -1, "N", ["invalid-quantity"]),
        ("T1", 10**9, "N", ["invalid-quantity"]),
    ],
)
def test_what_cannot_be_priced_says_why_and_counts_for_nothing(
    sku: str, quantity: int, wholesaler: str, expected: list[str]
) -> None:
    order = basket()
    assert order.put(1, sku, quantity, wholesaler) == {1}
    line = order.line(1)
    assert (line.priced, codes(line)) == (None, expected)
    assert order.sub_orders() == ()
    assert order.totals().total == 0


def test_a_product_that_nobody_lists_has_no_wholesaler() -> None:
    order = Basket(CatalogInMemory([product("A")], offers=[]), TERMS, DEALER, DAY)
    order.put(1, "A", 1)
    assert (order.line(1).wholesaler, codes(order.line(1))) == ("", ["not-listed"])
    order.put(2, "A", 1)
    assert codes(order.line(2)) == ["not-listed"]


def test_a_line_that_breaks_a_rule_but_has_a_price_shows_both() -> None:
    order = basket()
    order.put(1, "T2", 3, "N")
    order.put(2, "OLD", 10, "N")
    assert codes(order.line(1)) == ["pack-multiple"]
    assert codes(order.line(2)) == ["discontinued", "stock-short"]
    assert all(line.priced is not None for line in order.lines())


def test_the_lines_of_an_assortment_reach_a_break_together() -> None:
    order = basket()
    order.put(1, "T1", 6, "N")
    order.put(2, "BK", 1, "S")
    order.put(3, "T1", 4, "S")
    assert order.put(4, "T2", 4, "N") == {1, 4}
    assert (
        order.line(1).priced
        == price_basket([("T1", 6, "N"), ("T2", 4, "N")], CATALOG, TERMS, DEALER, DAY).sub_orders[0].lines[0]
    )
    assert unit_nets(order) == {1: "7.6000", 2: "15.9920", 3: "7.2000", 4: "19.4180"}
    assert order.put(4, "T2", 2, "N") == {1, 4}
    assert order.put(4, "T2", 14, "N") == {1, 4}
    assert order.remove(4) == {1, 4}
    assert unit_nets(order)[1] == "8.0000"


def unit_nets(order: Basket) -> dict[int, str]:
    return {line.key: str(line.priced.unit_net) for line in order.lines() if line.priced is not None}


def test_within_a_break_a_change_touches_its_own_line_only() -> None:
    order = basket()
    order.put(1, "T1", 6, "N")
    order.put(2, "T2", 4, "N")
    assert order.put(2, "T2", 6, "N") == {2}


def test_a_line_that_moves_takes_its_quantity_along() -> None:
    order = basket()
    order.put(1, "T1", 6, "N")
    order.put(2, "T2", 4, "N")
    assert order.put(2, "T2", 4, "O") == {1, 2}
    assert unit_nets(order) == {1: "8.0000", 2: "20.0000"}


def test_the_second_line_of_a_sku_at_a_wholesaler_is_a_duplicate() -> None:
    order = basket()
    order.put(1, "T1", 1, "N")
    order.put(2, "T1", 1, "S")
    assert order.put(3, "T1", 1, "N") == {3}
    assert [codes(line) for line in order.lines()] == [[], [], ["duplicate-line"]]
    assert order.put(2, "T1", 2, "N") == {2, 3} - {3}
    assert [codes(line) for line in order.lines()] == [[], ["duplicate-line"], ["duplicate-line"]]
    assert order.remove(1) == {1, 2}
    assert [codes(line) for line in order.lines()] == [[], ["duplicate-line"]]


def test_a_duplicate_is_a_blocking_problem_of_its_line() -> None:
    order = basket()
    order.put(1, "T1", 1, "N")
    order.put(2, "T1", 1, "N")
    (problem,) = order.problems()
    assert (problem.code, problem.line, problem.blocking) == ("duplicate-line", 2, True)
    assert problem.params == {"sku": "T1", "wholesaler": "N"}


def test_a_changed_line_keeps_its_place() -> None:
    order = basket()
    for key, sku in enumerate(["BK", "T1", "T2"]):
        order.put(key, sku, 2)
    order.put(0, "T1", 1, "S")
    assert [line.sku for line in order.lines()] == ["T1", "T1", "T2"]
    order.remove(1)
    order.put(1, "BK", 1)
    assert [line.key for line in order.lines()] == [0, 2, 1]


def test_an_unknown_key_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        basket().line(1)
    with pytest.raises(KeyError):
        basket().remove(1)


def test_sub_orders_stand_by_code_with_their_own_carriage_and_vat() -> None:
    order = basket()
    order.put(1, "BK", 2, "S")
    order.put(2, "T1", 60, "N")
    north, south = order.sub_orders()
    assert (north.wholesaler, south.wholesaler) == ("N", "S")
    assert north.totals.carriage == Decimal("12.50")
    assert south.totals.fees == 8
    assert list(south.totals.vat) == [Decimal("5.5")]
    assert order.totals().total == north.totals.total + south.totals.total
    assert order.priced() == price_basket([("BK", 2, "S"), ("T1", 60, "N")], CATALOG, TERMS, DEALER, DAY)


def test_a_sub_order_below_the_minimum_refuses_the_basket_and_names_the_wholesaler() -> None:
    order = basket()
    order.put(1, "T1", 1, "N")
    order.put(2, "BK", 1, "O")
    (problem,) = order.problems()
    assert (problem.code, problem.line, problem.params["wholesaler"]) == ("below-minimum", None, "O")
    order.put(2, "BK", 30, "O")
    assert order.problems() == ()


def test_problems_name_the_line_by_its_present_number() -> None:
    order = basket()
    order.put(1, "T1", 1, "N")
    order.put(2, "T2", 3, "N")
    assert [(problem.code, problem.line) for problem in order.problems()] == [("pack-multiple", 2)]
    order.remove(1)
    assert [(problem.code, problem.line) for problem in order.problems()] == [("pack-multiple", 1)]


def test_the_whole_basket_with_vat_counts_against_the_credit() -> None:
    order = basket(dealer=Dealer("D42", "Morvan", "gold", credit_limit=Decimal(30), undelivered=Decimal(10)))
    order.put(1, "T1", 1, "N")
    (problem,) = order.problems()
    assert (problem.code, problem.blocking) == ("credit-limit", False)
    assert problem.params["basket"] == str(order.totals().total) == "24.72"
    assert problem.params["left"] == "-4.72"


def test_terms_of_an_end_client_need_an_order_for_that_client() -> None:
    order = basket(end_client="Mairie")
    order.put(1, "BK", 4, "S")
    assert unit_nets(order) == {1: "17.0000"}
    order.put(1, "BK", 5, "S")
    assert unit_nets(order) == {1: "15.9920"}
    assert unit_nets_of("BK", 4) == "15.9920"


def unit_nets_of(sku: str, quantity: int) -> str:
    order = basket()
    order.put(1, sku, quantity, "S")
    return unit_nets(order)[1]


def test_only_online_orders_earn_the_bonus_and_only_between_its_dates() -> None:
    later = Dealer("D42", "Morvan", "gold", online_bonus_percent=Decimal(1), online_bonus_from=DAY + timedelta(1))
    for order, bonus in ((basket(), "0.04"), (basket(channel="phone"), "0.00"), (basket(dealer=later), "0.00")):
        order.put(1, "T1", 1, "N")
        assert order.totals().online_bonus == Decimal(bonus)
    priced = order.line(1).priced
    assert priced is not None
    assert priced.real_cost == priced.unit_net


def test_an_empty_basket_owes_nothing() -> None:
    order = basket()
    order.put(1, "T1", 1, "N")
    order.remove(1)
    assert order.priced() == price_basket([], CATALOG, TERMS, DEALER, date(2026, 1, 1))
    assert order.totals().total == 0


Edit = tuple[int, str, int, str]
EDITS = st.lists(
    st.one_of(
        st.integers(0, 5),
        st.tuples(
            st.integers(0, 5),
            st.sampled_from(["T1", "T2", "BK", "OLD", "ZZ"]),
            st.sampled_from([1, 2, 5, 8, 10, 20, 0]),
            st.sampled_from(["", "", "N", "S", "O", "X"]),
        ),
    ),
    max_size=14,
)


@given(EDITS)
@settings(max_examples=150, deadline=None)
def test_after_any_edits_the_basket_stands_as_if_priced_from_scratch(edits: list[int | Edit]) -> None:
    order = basket()
    lines: dict[int, tuple[str, int, str]] = {}
    for edit in edits:
        before = {line.key: line for line in order.lines()}
        if isinstance(edit, tuple):
            key, sku, quantity, wholesaler = edit
            changed = order.put(key, sku, quantity, wholesaler)
            lines[key] = (sku, quantity, wholesaler)
        elif edit in lines:
            key = edit
            changed = order.remove(key)
            del lines[key]
        else:
            continue
        after = {line.key: line for line in order.lines()}
        assert list(after) == list(lines)
        assert changed == {key} | {one for one in after if one in before and after[one] != before[one]}
    assert order.priced() == price_basket(lines.values(), CATALOG, TERMS, DEALER, DAY)
