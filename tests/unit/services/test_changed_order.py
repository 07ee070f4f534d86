"""An order that became less: the unit prices and their reasons of then, the quantities and sums of now."""

from decimal import Decimal

from desktop_app.contract.orders import HistoryEntry, OrderRecord, RecordLine, RecordSubOrder, TotalsDoc
from desktop_app.domain.order import Status
from desktop_app.services.changed_order import as_changed, is_changed
from tests.support.desk_world import DeskWorld


def record(world: DeskWorld, lines: list[RecordLine], *states: str) -> OrderRecord:
    sums = {"goods": "1547.80", "eco": "0.00", "carriage": "9.90", "fees": "0.00", "total": "1869.24"}
    part = RecordSubOrder("N", lines, **sums, vat={"20": "311.54"}, online_bonus="7.74")
    history = [HistoryEntry(world.now(), state) for state in states]
    totals = TotalsDoc(**sums, vat={"20": "311.54"})
    return OrderRecord("o", "MF-1", 1, Status.ACCEPTED, world.now(), [part], totals, "7.74", history=history)


def test_only_what_the_history_says_was_changed_is(world: DeskWorld) -> None:
    assert not is_changed(None)
    assert not is_changed(record(world, [], "accepted", "cancelled"))
    assert is_changed(record(world, [], "accepted", "amended"))


def test_lines_sums_and_reasons_are_those_of_what_is_left(world: DeskWorld) -> None:
    session = world.orders.new_order([("TN1", 12, "N"), ("MF9", 2, "N"), ("BK1", 3, "N")], round_up=False)
    session.submit()
    sent = world.repository.snapshot(session.order_id)
    assert sent is not None
    left = [RecordLine("TN1", "", 11, "91.6185", "1007.80"), RecordLine("MF9", "", 1, "540.0000", "540.00")]
    now = as_changed(sent, record(world, left, "amended"))
    (part,), before = now.sub_orders, {line.sku: line for part in sent.sub_orders for line in part.lines}
    lines = {line.sku: line for line in part.lines}
    assert {sku: (line.quantity, line.line_total) for sku, line in lines.items()} == {
        "TN1": (11, Decimal("1007.80")),
        "MF9": (1, Decimal("540.00")),
    }
    assert lines["TN1"].trace == before["TN1"].trace
    assert lines["MF9"].eco * 2 == before["MF9"].eco
    for totals in (now.totals, part.totals):
        assert (totals.goods, totals.carriage, totals.total) == (
            Decimal("1547.80"),
            Decimal("9.90"),
            Decimal("1869.24"),
        )
    assert now.names == sent.names
