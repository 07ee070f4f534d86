"""How far an order is, from the facts about its lines."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.contract.orders import HistoryEntry, OrderRecord, RecordLine, RecordSubOrder, TotalsDoc
from desktop_app.domain.order import Status
from manufacturer_server.progress import Reported, excess, status_of, undelivered, with_facts

START = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def record(*quantities: int, total: str = "120.00") -> OrderRecord:
    """An order at one wholesaler with lines L0, L1 ... at 10 euros."""
    lines = [RecordLine(f"L{number}", "", quantity, "10.0000", "0.00") for number, quantity in enumerate(quantities)]
    part = RecordSubOrder("N", lines, "0.00", "0.00", "0.00", "0.00", {}, total, "0.00")
    totals = TotalsDoc("0.00", "0.00", "0.00", "0.00", {}, total)
    return OrderRecord("o-1", "MF-2026-000001", 1, Status.ACCEPTED, START, [part], totals, "0.00")


def facts(*said: tuple[str, str, int]) -> list[Reported]:
    """Facts (sku, state, quantity), an hour apart."""
    return [
        Reported("N", sku, state, quantity, START + timedelta(hours=number), tracking=f"T{number}")
        for number, (sku, state, quantity) in enumerate(said, 1)
    ]


def after(order: OrderRecord, said: Iterable[Reported]) -> OrderRecord:
    return with_facts(order, said, HistoryEntry(at=START, state="accepted"))


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([], Status.ACCEPTED),
        ([("L0", "confirmed", 4)], Status.ACCEPTED),
        ([("L0", "confirmed", 4), ("L1", "confirmed", 1)], Status.ACCEPTED),
        ([("L0", "confirmed", 4), ("L1", "confirmed", 2)], Status.CONFIRMED),
        ([("L0", "confirmed", 4), ("L1", "backorder", 2)], Status.CONFIRMED),
        ([("L0", "shipped", 1)], Status.PARTLY_SHIPPED),
        ([("L0", "shipped", 4), ("L1", "backorder", 2)], Status.PARTLY_SHIPPED),
        ([("L0", "shipped", 2), ("L0", "shipped", 2), ("L1", "shipped", 2)], Status.SHIPPED),
        ([("L0", "shipped", 4), ("L1", "refused", 2)], Status.SHIPPED),
        ([("L0", "invoiced", 4)], Status.PARTLY_SHIPPED),
        ([("L0", "invoiced", 4), ("L1", "shipped", 2)], Status.SHIPPED),
        ([("L0", "invoiced", 4), ("L1", "invoiced", 2)], Status.INVOICED),
        ([("L0", "invoiced", 4), ("L1", "refused", 2)], Status.INVOICED),
        ([("L0", "refused", 4), ("L1", "refused", 1)], Status.ACCEPTED),
        ([("L0", "refused", 4), ("L1", "refused", 2)], Status.REFUSED),
    ],
)
def test_the_status_follows_every_unit(said: list[tuple[str, str, int]], status: Status) -> None:
    assert after(record(4, 2), facts(*said)).status is status


def test_a_cancelled_order_stays_cancelled() -> None:
    cancelled = OrderRecord("o", "n", 1, Status.CANCELLED, START, record(4).sub_orders, record(4).totals, "0.00")
    assert after(cancelled, facts(("L0", "shipped", 4))).status is Status.CANCELLED


def test_what_waits_shrinks_as_it_is_shipped() -> None:
    order = record(10)
    said: list[tuple[str, str, int]] = [("L0", "confirmed", 6), ("L0", "backorder", 4)]
    steps = [("L0", "shipped", 6), ("L0", "shipped", 3), ("L0", "shipped", 1)]
    seen = []
    for step in (None, *steps):
        said += [step] if step else []
        (line,) = after(order, facts(*said)).sub_orders[0].lines
        seen.append((line.confirmed, line.backorder, line.shipped))
    assert seen == [(6, 4, 0), (6, 4, 6), (9, 1, 9), (10, 0, 10)]


def test_the_history_is_in_order_of_time_and_keeps_what_was_said() -> None:
    late, early = facts(("L0", "shipped", 1)), facts(("L0", "confirmed", 4))
    late = [Reported("N", "L0", "invoiced", 1, START + timedelta(days=2), "", "F-7", "12.5"), *late]
    history = after(record(4), [*late, *early]).history
    assert history[0].state == "accepted"
    assert [entry.at for entry in history] == sorted(entry.at for entry in history)
    assert (history[-1].invoice_no, history[-1].invoice_total) == ("F-7", "12.50")
    assert history[1].tracking == "T1"


def test_more_than_was_ordered_cannot_be() -> None:
    (line,) = record(4).sub_orders[0].lines
    assert excess(line, facts(("L0", "shipped", 4))) == ""
    assert "5 shipped" in excess(line, facts(("L0", "shipped", 4), ("L0", "shipped", 1)))
    assert "1 of them refused" in excess(line, facts(("L0", "refused", 1), ("L0", "shipped", 4)))
    assert excess(line, facts(("L0", "refused", 5)))


def test_a_refusal_takes_back_what_was_confirmed_but_not_what_has_left() -> None:
    order = record(4)
    said: list[tuple[str, str, int]] = [("L0", "confirmed", 4), ("L0", "shipped", 3), ("L0", "refused", 1)]
    assert excess(order.sub_orders[0].lines[0], facts(*said)) == ""
    (line,) = after(order, facts(*said)).sub_orders[0].lines
    assert (line.confirmed, line.backorder, line.shipped, line.refused) == (3, 0, 3, 1)
    assert after(order, facts(*said)).status is Status.SHIPPED
    assert after(order, facts(*said, ("L0", "invoiced", 3))).status is Status.INVOICED
    assert excess(order.sub_orders[0].lines[0], facts(*said, ("L0", "refused", 1)))


def test_what_is_not_invoiced_is_still_to_be_delivered() -> None:
    order = record(4, 2)
    assert undelivered(order) == Decimal("120.00")
    assert undelivered(after(order, facts(("L0", "shipped", 4)))) == Decimal("120.00")
    assert undelivered(after(order, facts(("L0", "invoiced", 2)))) == Decimal("80.00")
    assert undelivered(after(order, facts(("L0", "refused", 4)))) == Decimal("40.00")
    assert undelivered(after(order, facts(("L0", "invoiced", 4), ("L1", "refused", 2)))) == 0


STATES = ("confirmed", "backorder", "shipped", "invoiced", "refused")


@given(
    st.lists(st.tuples(st.sampled_from(("L0", "L1")), st.sampled_from(STATES), st.integers(1, 6)), max_size=8),
)
def test_any_facts_that_can_be_true_keep_the_books_straight(said: list[tuple[str, str, int]]) -> None:
    order = record(4, 2)
    kept: list[Reported] = []
    for fact in facts(*said):
        line = next(line for line in order.sub_orders[0].lines if line.sku == fact.sku)
        if not excess(line, [one for one in (*kept, fact) if one.sku == fact.sku]):
            kept.append(fact)
    result = after(order, kept)
    assert result == after(order, reversed(kept))
    for line in result.sub_orders[0].lines:
        assert 0 <= line.invoiced <= line.shipped <= line.confirmed <= line.quantity - line.refused
        assert 0 <= line.backorder <= line.quantity - line.refused - line.confirmed
    assert Decimal(0) <= undelivered(result) <= Decimal(120)
    assert (result.status is Status.INVOICED) <= (undelivered(result) == 0)
    assert status_of(result.sub_orders) is result.status
