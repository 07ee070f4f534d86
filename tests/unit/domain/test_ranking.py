"""One record wins a step, by one ranking; records that nothing tells apart are left out and named."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from desktop_app.domain.applying import Case, product_keys
from desktop_app.domain.condition import Condition, QtyScope
from desktop_app.domain.ranking import RankedConditions, winners
from tests.support.trade import DAY, condition, product

TONER = product("A", family="TONER", brand="Xantia")
CASE = Case("N", DAY, "", "online")


def winner(*conditions: Condition, quantity: int = 1, case: Case = CASE, matched: dict[str, int] | None = None) -> str:
    """The id that wins the only step there is, the same in every order; "" where none applies."""
    found = set()
    for order in permutations(conditions):
        plan = RankedConditions(order, "D42", "gold").plan(TONER, case)
        rule = next(winners(plan, quantity, matched or {}), None)
        found.add(rule.condition.id if rule else "")
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param({"buyer": "dealer:D42"}, {"buyer": "group:gold", "product": "sku:A"}, id="dealer before group"),
        pytest.param({"buyer": "group:gold"}, {"product": "sku:A", "wholesaler": "N"}, id="group before all"),
        pytest.param({"product": "sku:A"}, {"product": "family:TONER", "wholesaler": "N"}, id="sku before family"),
        pytest.param({"product": "family:TONER"}, {"product": "brand:Xantia"}, id="family before brand"),
        pytest.param({"product": "brand:Xantia"}, {"qty_min": 1}, id="brand before all products"),
        pytest.param({"wholesaler": "N"}, {"channel": "online"}, id="this wholesaler before any"),
        pytest.param({"channel": "online"}, {"end_client": "C1"}, id="this channel before any"),
        pytest.param({"end_client": "C1"}, {"qty_min": 1}, id="this end client before any"),
        pytest.param({"qty_min": 1}, {"start": DAY}, id="highest quantity reached"),
        pytest.param({"start": DAY}, {"start": DAY - timedelta(1)}, id="latest start"),
        pytest.param({"start": date(1990, 1, 1)}, {}, id="any start before an open one"),
    ],
)
def test_each_criterion_decides_before_the_next(better: dict[str, Any], worse: dict[str, Any]) -> None:
    case = Case("N", DAY, "C1", "online")
    records = (condition("better", "base", "1", **better), condition("worse", "base", "50", **worse))
    assert winner(*records, case=case) == "better"


@pytest.mark.parametrize(
    "other",
    [
        {"buyer": "dealer:D43"},
        {"buyer": "group:silver"},
        {"buyer": "somebody"},
        {"product": "sku:B"},
        {"product": "family:INK"},
        {"product": "brand:Other"},
        {"product": "colour:black"},
        {"wholesaler": "S"},
        {"channel": "phone"},
        {"end_client": "C2"},
        {"start": DAY + timedelta(1)},
        {"end": DAY - timedelta(1)},
        {"qty_min": 2},
    ],
)
def test_a_record_for_another_case_never_counts(other: dict[str, Any]) -> None:
    assert winner(condition("other", "base", "50", **other)) == ""


def test_a_dealer_without_a_group_has_no_group_terms() -> None:
    ranked = RankedConditions([condition("G", "base", "5", buyer="group:")], "D42", "")
    assert ranked.plan(TONER, CASE) == ()


def test_a_product_without_family_or_brand_is_meant_by_sku_and_all_only() -> None:
    assert product_keys(product("B")) == ("sku:B", "all")
    assert product_keys(TONER) == ("sku:A", "family:TONER", "brand:Xantia", "all")


def test_an_unreached_break_leaves_the_step_to_the_next_in_rank() -> None:
    mine = condition("mine", "qty", "9", buyer="dealer:D42", qty_min=50)
    everybodys = condition("everybodys", "qty", "2", qty_min=10)
    assert winner(mine, everybodys, quantity=9) == ""
    assert winner(mine, everybodys, quantity=49) == "everybodys"
    assert winner(mine, everybodys, quantity=50) == "mine"


def test_a_break_over_several_lines_counts_what_its_key_matches() -> None:
    scale = condition("Q", "qty", "5", product="family:TONER", qty_min=10, qty_scope=QtyScope.MATCH)
    assert winner(scale, quantity=4, matched={"family:TONER": 9, "all": 50}) == ""
    assert winner(scale, quantity=4, matched={"family:TONER": 10}) == "Q"
    assert winner(scale, quantity=10) == "Q"
    by_line = condition("Q", "qty", "5", product="family:TONER", qty_min=10)
    assert winner(by_line, quantity=4, matched={"family:TONER": 10}) == ""


def test_two_records_that_nothing_tells_apart_are_both_left_out_and_named() -> None:
    twins = [condition(name, "base", value, product="family:TONER") for name, value in (("B2", "30"), ("B1", "25"))]
    weaker = condition("ALL", "base", "10")
    ranked = RankedConditions([*twins, weaker], "D42", "gold")
    assert winner(*twins, weaker) == "ALL"
    (conflict,) = ranked.conflicts
    assert conflict.ids == ("B1", "B2")
    assert "B1, B2" in conflict.message
    assert "family:TONER" in conflict.message


def test_three_of_them_are_one_conflict() -> None:
    ranked = RankedConditions([condition(name, "base", "5") for name in "CAB"], "D42", "gold")
    assert [conflict.ids for conflict in ranked.conflicts] == [("A", "B", "C")]


def test_a_conflict_that_one_quantity_scope_differs_in_is_still_one() -> None:
    pair = [condition("L", "qty", "5", qty_min=10), condition("M", "qty", "6", qty_min=10, qty_scope=QtyScope.MATCH)]
    assert [conflict.ids for conflict in RankedConditions(pair, "D42", "gold").conflicts] == [("L", "M")]


@pytest.mark.parametrize(
    "difference",
    [
        {"end_client": "C2"},
        {"end_client": ""},
        {"buyer": "group:gold"},
        {"product": "family:TONER"},
        {"wholesaler": "N"},
        {"channel": "online"},
        {"qty_min": 10},
        {"start": DAY},
        {"buyer": "dealer:D43"},
    ],
)
def test_records_that_anything_tells_apart_are_no_conflict(difference: dict[str, Any]) -> None:
    one = condition("one", "bid", "5", product="sku:A", end_client="C1")
    other = condition("other", "bid", "6", **{"product": "sku:A", "end_client": "C1", **difference})
    assert RankedConditions([one, other], "D42", "gold").conflicts == ()


def test_a_record_that_ends_before_it_starts_never_counts_and_never_conflicts() -> None:
    void = condition("void", "base", "50", start=DAY, end=DAY - timedelta(1))
    good = condition("good", "base", "5", start=DAY)
    assert RankedConditions([void, good], "D42", "gold").conflicts == ()
    assert winner(void, good) == "good"


def test_assortments_are_known_by_their_keys_and_the_starts_of_their_breaks() -> None:
    ranked = RankedConditions(
        [
            condition("Q50", "qty", "8", product="family:TONER", qty_min=50, qty_scope=QtyScope.MATCH),
            condition("Q10", "qty", "5", product="family:TONER", qty_min=10, qty_scope=QtyScope.MATCH),
            condition("L10", "qty", "5", product="brand:Xantia", qty_min=10),
        ],
        "D42",
        "gold",
    )
    assert ranked.match_keys(TONER) == ("family:TONER",)
    assert ranked.match_keys(product("B")) == ()
    assert ranked.thresholds("family:TONER") == (10, 50)
    assert ranked.thresholds("brand:Xantia") == ()
