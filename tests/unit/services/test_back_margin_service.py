"""Meters from agreements, turnover, orders this desk knows and the open draft; rates for the real cost."""

from decimal import Decimal
from typing import Any

import msgspec

from desktop_app.contract.orders import HistoryEntry, OrderRecord, TotalsDoc
from desktop_app.domain.order import Status
from desktop_app.services.back_margin_service import GateState, MeterView
from desktop_app.services.under_way_orders import OrdersUnderWay
from tests.support.desk_world import START, DeskWorld, proposed_part, put

TIERS = [{"turnover_from": "1000", "percent": "1"}, {"turnover_from": "3000", "percent": "2"}]
TOTALS = TotalsDoc("0.00", "0.00", "0.00", "0.00", {}, "0.00")


def agree(world: DeskWorld, name: str = "A", **more: Any) -> None:
    doc = {"id": name, "buyer": "all", "start": "2026-04-01", "end": "2026-06-30", "tiers": TIERS, "label": name}
    world.feed(put("agreements", name, doc | more))


def count(world: DeskWorld, turnover: str, name: str = "A", **more: Any) -> None:
    doc = {"agreement": name, "turnover": turnover, "as_of": "2026-06-08T18:00:00Z"}
    world.feed(put("turnover", name, doc | more))


def only(world: DeskWorld) -> MeterView:
    (view,) = world.back_margin.meters()
    return view


def test_without_an_agreement_in_force_there_is_no_meter_and_no_accrual(world: DeskWorld) -> None:
    agree(world, buyer="dealer:D43")
    agree(world, "B", start="2026-07-01", end="2026-09-30")
    assert world.back_margin.meters() == ()
    assert world.back_margin.accruals() == ()


def test_the_count_the_orders_under_way_and_the_open_draft_add_up(world: DeskWorld) -> None:
    agree(world)
    count(world, "500.00")
    world.orders.new_order([("BK1", 10, "")], round_up=False).submit()
    view = only(world)
    assert (view.turnover, view.under_way, view.basket) == (Decimal("500.00"), Decimal("139.93"), Decimal(0))
    assert (view.next_percent, view.missing, view.gain) == (Decimal(1), Decimal("360.07"), Decimal("10.00"))
    session = world.orders.new_draft()
    session.add("MF9", 1)
    (with_draft,) = world.back_margin.meters(session)
    assert (with_draft.basket, with_draft.reached) == (Decimal("540.00"), Decimal("1179.93"))
    assert (with_draft.percent, with_draft.accrued) == (Decimal(1), Decimal("11.80"))
    assert (with_draft.next_from, with_draft.missing) == (Decimal(3000), Decimal("1820.07"))
    assert only(world) == view


def test_a_cancelled_order_is_not_under_way(world: DeskWorld) -> None:
    agree(world)
    order_id = world.orders.new_order([("BK1", 10, "")], round_up=False).submit().summary.order_id
    assert only(world).under_way == Decimal("139.93")
    world.orders.cancel(order_id)
    assert only(world).under_way == 0


def test_only_products_of_the_agreement_count(world: DeskWorld) -> None:
    agree(world, include=["family:TONER"])
    world.orders.new_order([("BK1", 10, ""), ("TN1", 1, "")], round_up=False).submit()
    # TN1 alone: promotion of 38 % off 148.37.
    assert only(world).under_way == Decimal("91.99")


def test_what_the_manufacturer_tells_of_an_order_goes_before_what_was_sent(world: DeskWorld) -> None:
    agree(world)
    count(world, "500.00")
    order_id = world.orders.new_order([("BK1", 10, "")], round_up=False).submit().summary.order_id
    world.accept(order_id)
    invoiced = HistoryEntry(START, "invoiced", wholesaler="N", sku="BK1", quantity=4)
    record = OrderRecord(order_id, "4500001", 1, Status.CONFIRMED, START, [], TOTALS, "0.00", history=[invoiced])
    part = proposed_part("N", [("BK1", 10, "13.9930", "139.93")], goods="139.93")
    line = msgspec.structs.replace(part.lines[0], invoiced=4, refused=1)
    record = msgspec.structs.replace(record, sub_orders=[msgspec.structs.replace(part, lines=[line])])
    world.feed(put("orders", order_id, msgspec.to_builtins(record)))
    # Four were invoiced on the 9th, after the count of the 8th; one was refused.
    assert only(world).under_way == Decimal("125.94")
    count(world, "555.97", as_of="2026-06-09T09:00:00Z")
    assert (only(world).turnover, only(world).under_way) == (Decimal("555.97"), Decimal("69.97"))


def test_an_order_of_another_period_does_not_count(world: DeskWorld) -> None:
    order_id = world.orders.new_order([("BK1", 10, "")], round_up=False).submit().summary.order_id
    world.desk.connection.execute(
        "UPDATE orders SET submitted_at = '2026-03-31T21:00:00.000000+00:00' WHERE order_id = ?", (order_id,)
    )
    agree(world)
    assert only(world).under_way == 0


def test_gates_are_open_shut_or_unknown(world: DeskWorld) -> None:
    agree(world, gate_paid=True, gate_growth="5")
    paid, growth = only(world).gates
    assert (paid.kind, paid.state, growth.kind, growth.state) == ("paid", "unknown", "growth", "unknown")
    assert growth.needed == 5
    count(world, "1100.00", overdue="12.50", reference="1000.00")
    paid, growth = only(world).gates
    assert (paid.state, paid.reached) == (GateState.SHUT, Decimal("12.50"))
    assert (growth.state, growth.reached) == (GateState.OPEN, Decimal("10.00"))
    assert only(world).shut


def test_the_rate_reached_is_accrued_unless_a_gate_is_shut(world: DeskWorld) -> None:
    agree(world, gate_paid=True)
    count(world, "999.99")
    assert world.back_margin.accruals() == ()
    world.orders.new_order([("BK1", 10, "")], round_up=False).submit()
    (accrual,) = world.back_margin.accruals()
    assert (accrual.agreement.id, accrual.percent) == ("A", Decimal(1))
    count(world, "999.99", overdue="0.01")
    assert world.back_margin.accruals() == ()


def test_the_agreement_whose_missing_euro_is_worth_most_comes_first(world: DeskWorld) -> None:
    agree(world, "FAR")
    agree(world, "NEAR")
    agree(world, "TOP")
    count(world, "10.00", "FAR")
    count(world, "990.00", "NEAR")
    count(world, "9000.00", "TOP")
    assert [view.agreement for view in world.back_margin.meters()] == ["NEAR", "FAR", "TOP"]


def test_a_product_that_is_gone_still_counts_where_everything_does(world: DeskWorld) -> None:
    agree(world)
    agree(world, "B", include=["family:TONER"])
    world.orders.new_order([("TN1", 1, "")], round_up=False).submit()
    del world.products["TN1"]
    world.publish_catalog()
    assert {view.agreement: view.under_way for view in world.back_margin.meters()} == {
        "A": Decimal("91.99"),
        "B": Decimal(0),
    }


def test_orders_are_read_once_until_they_change(world: DeskWorld) -> None:
    order_id = world.orders.new_order([("BK1", 10, "")], round_up=False).submit().summary.order_id
    under_way = OrdersUnderWay(world.desk.connection, lambda moment: moment.date())
    period = START.date().replace(day=1), START.date().replace(day=30)
    first = under_way.goods(*period, None)
    kept = under_way._kept[order_id]
    assert under_way.goods(*period, None) == first
    assert under_way._kept[order_id] is kept
    world.accept(order_id)
    under_way.goods(*period, None)
    assert under_way._kept[order_id] is not kept


def test_many_orders_are_read_some_at_a_time_before_they_are_counted(world: DeskWorld) -> None:
    agree(world)
    for _ in range(5):
        world.orders.new_order([("BK1", 1, "")], round_up=False).submit()
    before = only(world)
    world.desk.close()
    world.open()
    assert [world.back_margin.read_ahead(2) for _ in range(3)] == [False, False, True]
    read: list[str] = []
    world.desk.connection.set_trace_callback(read.append)
    assert only(world) == before
    world.desk.connection.set_trace_callback(None)
    assert not [statement for statement in read if "picture" in statement]
    assert world.back_margin.read_ahead(2)
    agree(world, "B")
    assert not world.back_margin.read_ahead(2)


def test_of_many_orders_only_the_changed_ones_are_counted_anew(world: DeskWorld) -> None:
    agree(world)
    first, second = (
        world.orders.new_order([("BK1", quantity, "")], round_up=False).submit().summary.order_id
        for quantity in (10, 20)
    )
    assert only(world).under_way == Decimal("139.93") * 3
    read: list[str] = []
    world.desk.connection.set_trace_callback(read.append)
    world.orders.cancel(second)
    third = world.orders.new_order([("BK1", 10, "")], round_up=False).submit().summary.order_id
    assert only(world).under_way == Decimal("139.93") * 2
    sought = " ".join(statement for statement in read if "submitted_at >=" in statement)
    assert [order_id in sought for order_id in (first, second, third)] == [False, True, True]
    world.desk.connection.set_trace_callback(None)
    world.accept(first)
    assert only(world).under_way == Decimal("139.93") * 2
