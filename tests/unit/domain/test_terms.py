"""The fixed procedure, step by step: what a winning record does to a price, and what the trace says about it."""

from datetime import date
from decimal import Decimal, localcontext

import pytest

from desktop_app.domain.condition import Condition, QtyScope, Step
from desktop_app.domain.order import TraceStep
from desktop_app.domain.terms import Terms
from tests.support.trade import DAY, condition, product

A = product("A", family="TONER")


def trace(*conditions: Condition, tarif: str = "100", quantity: int = 1, **more: object) -> tuple[TraceStep, ...]:
    """The rows after `list`; checks what is true of every trace on the way."""
    terms = Terms(conditions, "D42", "gold")
    price = terms.unit_price(A, "N", Decimal(tarif), quantity, DAY, **more)  # type: ignore[arg-type]
    first, *rows = price.trace
    assert first.step == Step.LIST
    assert first.applied
    assert first.delta == 0
    assert first.price_after + sum(row.delta for row in rows) == price.unit_net == price.trace[-1].price_after
    assert terms.unit_net(A, "N", Decimal(tarif), quantity, DAY, **more) == price.unit_net  # type: ignore[arg-type]
    return tuple(rows)


def prices(*conditions: Condition, tarif: str = "100", quantity: int = 1, **more: object) -> list[tuple[str, str]]:
    """Condition and price after it, of the applied rows; those set aside in brackets with their note."""
    return [
        (row.condition, str(row.price_after)) if row.applied else (f"({row.condition})", row.note)
        for row in trace(*conditions, tarif=tarif, quantity=quantity, **more)
    ]


def test_without_conditions_the_tarif_is_the_price() -> None:
    assert trace() == ()
    assert Terms([], "D42").unit_price(A, "N", Decimal("19.99"), 1, DAY).unit_net == Decimal("19.9900")


def test_discounts_in_cascade_multiply() -> None:
    base, qty = condition("B30", "base", "30"), condition("Q5", "qty", "5")
    assert prices(base, qty) == [("B30", "70.0000"), ("Q5", "66.5000")]


def test_euros_off_and_net_prices() -> None:
    assert prices(condition("E", "base", "12.50", "EUR")) == [("E", "87.5000")]
    assert prices(condition("N", "base", "61.2", "NET")) == [("N", "61.2000")]


def test_the_steps_follow_their_order_whatever_the_order_of_the_records() -> None:
    records = [condition(step.upper(), step, "10") for step in ("bid", "promo", "qty", "base")]
    assert [row[0] for row in prices(*records)] == ["BASE", "QTY", "PROMO", "BID"]


def test_a_net_price_blocks_base_and_quantity_discounts_but_not_promotion_and_bid() -> None:
    records = [condition(step.upper(), step, "10") for step in ("base", "qty", "promo", "bid")]
    net = condition("NET", "net", "80", "NET")
    assert prices(net, *records) == [("NET", "80.0000"), ("PROMO", "72.0000"), ("BID", "64.8000")]


def test_a_net_price_set_aside_blocks_nothing() -> None:
    base = condition("BASE", "base", "10")
    dearer = condition("NET", "net", "100", "NET", combine="best")
    assert prices(dearer, base) == [("(NET)", "less-favourable"), ("BASE", "90.0000")]
    short = condition("NET", "net", "50", "NET", quota=3)
    assert prices(short, base, quantity=4) == [("(NET)", "quota"), ("BASE", "90.0000")]


def test_best_works_on_the_tarif_and_is_taken_only_where_it_is_cheaper() -> None:
    base = condition("B35", "base", "35")
    assert prices(base, condition("P", "promo", "38", combine="best")) == [("B35", "65.0000"), ("P", "62.0000")]
    assert prices(base, condition("P", "promo", "30", combine="best"))[1] == ("(P)", "less-favourable")


def test_best_at_an_equal_price_is_set_aside_and_stays_in_the_trace() -> None:
    base = condition("B35", "base", "35")
    _, row = trace(base, condition("P", "promo", "35", "EUR", combine="best", label="Promo"))
    assert (row.applied, row.note, row.candidate) == (False, "less-favourable", Decimal("65.0000"))
    assert (row.price_after, row.delta, row.label) == (Decimal("65.0000"), Decimal(0), "Promo")


def test_best_compares_unrounded_prices() -> None:
    base = condition("B", "base", "99.9998")
    _, row = trace(base, condition("P", "promo", "99.99985", combine="best"), tarif="10")
    assert row.applied
    assert row.price_after == Decimal("0.0000")


def test_replace_drops_the_price_so_far_and_later_steps_still_apply() -> None:
    base, bid = condition("B35", "base", "35"), condition("BID", "bid", "10")
    replaced = prices(base, condition("P", "promo", "20", combine="replace"), bid)
    assert replaced == [("B35", "65.0000"), ("P", "80.0000"), ("BID", "72.0000")]


def test_a_net_value_is_the_price_itself_whatever_the_combination() -> None:
    base = condition("B35", "base", "35")
    for combine in ("cascade", "replace", "best"):
        assert prices(base, condition("P", "promo", "55", "NET", combine=combine))[1] == ("P", "55.0000")


def test_a_price_never_falls_below_zero_and_says_so() -> None:
    (row,) = trace(condition("E", "base", "120", "EUR"))
    assert (row.applied, row.price_after, row.delta, row.note) == (True, Decimal(0), Decimal(-100), "floor")
    (row,) = trace(condition("E", "base", "150"))
    assert (row.price_after, row.note) == (Decimal(0), "floor")


def test_after_the_floor_later_steps_go_on_from_zero() -> None:
    rows = prices(condition("E", "base", "120", "EUR"), condition("P", "promo", "40", "NET"))
    assert rows == [("E", "0.0000"), ("P", "40.0000")]


def test_exactly_zero_is_no_floor() -> None:
    (row,) = trace(condition("E", "base", "100"))
    assert (row.price_after, row.note) == (Decimal(0), "")


@pytest.mark.parametrize("cap", ["quota", "stock_cap"])
def test_a_cap_smaller_than_the_line_sets_the_record_aside(cap: str) -> None:
    bid = condition("BID", "bid", "54", "NET", **{cap: 20})
    assert prices(bid, quantity=20) == [("BID", "54.0000")]
    (row,) = trace(bid, quantity=21)
    assert (row.applied, row.note, row.candidate) == (False, "quota", Decimal("54.0000"))
    assert row.price_after == 100


def test_the_smaller_of_two_caps_counts() -> None:
    bid = condition("BID", "bid", "54", "NET", quota=50, stock_cap=20)
    assert prices(bid, quantity=21) == [("(BID)", "quota")]


def test_an_exhausted_quota_sets_the_record_aside_for_every_quantity() -> None:
    assert prices(condition("BID", "bid", "54", "NET", quota=0)) == [("(BID)", "quota")]


def test_the_place_of_a_winner_set_aside_is_not_taken_by_another() -> None:
    mine = condition("MINE", "promo", "40", buyer="dealer:D42", stock_cap=5)
    everybodys = condition("ALL", "promo", "10")
    assert prices(mine, everybodys, quantity=6) == [("(MINE)", "quota")]


def test_records_that_lost_inside_a_step_are_no_rows() -> None:
    assert prices(condition("WON", "base", "5", product="sku:A"), condition("LOST", "base", "50")) == [
        ("WON", "95.0000")
    ]


def test_prices_are_not_rounded_between_the_steps() -> None:
    # 0.10005 less 10 % is 0.090045; from the shown 0.1001 it would have been 0.0901.
    rows = trace(condition("B", "base", "50"), condition("Q", "qty", "10"), tarif="0.2001")
    assert [row.price_after for row in rows] == [Decimal("0.1001"), Decimal("0.0900")]
    assert rows[1].delta == Decimal("-0.0101")


def test_a_tie_at_the_fifth_decimal_goes_up() -> None:
    assert prices(condition("E", "base", "0.00005", "EUR"), tarif="1.0001") == [("E", "1.0001")]


def test_a_row_carries_what_the_waterfall_shows() -> None:
    record = condition(
        "G35",
        "base",
        "35",
        label="Remise Or",
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        contract_ref="CT-7",
        rev=9,
    )
    (row,) = trace(record)
    assert row == TraceStep(
        step=record.step,
        condition="G35",
        applied=True,
        price_after=Decimal("65.0000"),
        delta=Decimal("-35.0000"),
        label="Remise Or",
        value=Decimal(35),
        unit="%",
        combine="cascade",
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        contract_ref="CT-7",
        version=9,
    )


def test_terms_of_an_end_client_need_that_client() -> None:
    bid = condition("BID", "bid", "54", "NET", end_client="Mairie de Nevers")
    assert prices(bid) == []
    assert prices(bid, end_client="Mairie de Nevers") == [("BID", "54.0000")]


def test_terms_of_a_channel_need_that_channel() -> None:
    online = condition("WEB", "promo", "5", channel="online")
    assert prices(online) == [("WEB", "95.0000")]
    assert prices(online, channel="phone") == []


def test_the_quantity_of_the_assortment_reaches_a_break() -> None:
    scale = condition("Q10", "qty", "5", product="family:TONER", qty_min=10, qty_scope=QtyScope.MATCH)
    assert prices(scale, quantity=4) == []
    assert prices(scale, quantity=4, matched={"family:TONER": 12}) == [("Q10", "95.0000")]


def test_the_result_does_not_depend_on_the_callers_decimal_context() -> None:
    records = [condition("B", "base", "33.333"), condition("Q", "qty", "12.345678")]
    expected = prices(*records, tarif="123456.789")
    with localcontext() as context:
        context.prec = 12
        assert prices(*records, tarif="123456.789") == expected


def test_conflicts_are_named_and_the_rest_is_priced() -> None:
    terms = Terms([condition("B1", "base", "5"), condition("B2", "base", "6"), condition("P", "promo", "10")], "D42")
    assert [conflict.ids for conflict in terms.conflicts] == [("B1", "B2")]
    assert terms.unit_net(A, "N", Decimal(100), 1, DAY) == 90


SCALE = [condition(f"Q{start}", "qty", value, qty_min=start) for start, value in ((10, "5"), (50, "8"))]


def test_breaks_list_the_quantities_where_the_price_changes() -> None:
    terms = Terms([condition("B", "base", "30"), *SCALE], "D42")
    assert terms.breaks(A, "N", Decimal(100), DAY) == (
        (1, Decimal("70.0000")),
        (10, Decimal("66.5000")),
        (50, Decimal("64.4000")),
    )


def test_breaks_are_quantities_that_can_be_ordered() -> None:
    packed = product("A", pack_multiple=6, min_qty=4)
    assert [start for start, _ in Terms(SCALE, "D42").breaks(packed, "N", Decimal(100), DAY)] == [6, 12, 54]


def test_breaks_without_an_effect_are_not_listed() -> None:
    net = condition("NET", "net", "60", "NET")
    assert Terms([net, *SCALE], "D42").breaks(A, "N", Decimal(100), DAY) == ((1, Decimal("60.0000")),)


def test_the_end_of_a_quota_is_a_break() -> None:
    bid = condition("BID", "bid", "54", "NET", quota=20)
    assert Terms([bid], "D42").breaks(A, "N", Decimal(100), DAY) == ((1, Decimal("54.0000")), (21, Decimal("100.0000")))


def test_assortments_are_told() -> None:
    terms = Terms([condition("Q", "qty", "5", product="family:TONER", qty_min=10, qty_scope=QtyScope.MATCH)], "D42")
    assert terms.match_keys(A) == ("family:TONER",)
    assert terms.match_thresholds("family:TONER") == (10,)


def test_the_shape_of_a_price_tells_where_it_may_turn_and_what_may_run_out() -> None:
    records = [
        condition("line", "qty", "5", qty_min=10),
        condition("shared", "qty", "5", qty_min=4, qty_scope=QtyScope.MATCH, product="family:T"),
        condition("bid", "bid", "50", "NET", quota=20),
        condition("south", "promo", "5", wholesaler="S", stock_cap=3),
    ]
    terms = Terms(records, "D42", used={"bid": 8})
    shape = terms.shape(product("A", family="T"), "N", DAY)
    assert (shape.turns, shape.limits) == ((10, 13), (("bid", 12),))
    assert dict(terms.shape(product("A", family="T"), "S", DAY).limits) == {"bid": 12, "south": 3}
