"""What of an order a manufacturer's count of turnover cannot hold yet."""

from datetime import UTC, datetime
from decimal import Decimal

from msgspec.structs import replace

from desktop_app.contract.orders import HistoryEntry, OrderRecord, RecordLine, TotalsDoc
from desktop_app.domain.order import PricedLine, Status, SubOrder, Totals
from desktop_app.services.under_way import GoodsLine, lines_of, open_lines
from tests.support.desk_world import proposed_part

COUNTED = datetime(2026, 6, 1, tzinfo=UTC)
BEFORE, AFTER = datetime(2026, 5, 20, tzinfo=UTC), datetime(2026, 6, 3, tzinfo=UTC)
TOTALS = TotalsDoc("0.00", "0.00", "0.00", "0.00", {}, "0.00")


def record(line: RecordLine, *history: HistoryEntry, discount: str = "0.00") -> OrderRecord:
    part = replace(proposed_part("N", [], goods=line.line_total, discount=discount), lines=[line])
    return OrderRecord("id", "45", 1, Status.CONFIRMED, BEFORE, [part], TOTALS, "0.00", history=list(history))


def line(**units: int) -> RecordLine:
    return RecordLine("TN1", "Toner", 12, "91.6185", "1099.42", **units)


def invoiced(at: datetime, units: int, sku: str = "TN1") -> HistoryEntry:
    return HistoryEntry(at, "invoiced", wholesaler="N", sku=sku, quantity=units)


def test_what_is_neither_invoiced_nor_refused_is_under_way() -> None:
    assert open_lines(record(line()), COUNTED) == (GoodsLine("TN1", Decimal("1099.42")),)
    half = record(line(shipped=12, invoiced=6, refused=3), invoiced(BEFORE, 6))
    assert open_lines(half, COUNTED) == (GoodsLine("TN1", Decimal("274.86")),)


def test_what_was_invoiced_after_the_count_is_under_way_too() -> None:
    found = record(line(invoiced=12), invoiced(BEFORE, 6), invoiced(AFTER, 6), invoiced(AFTER, 6, "OTHER"))
    assert open_lines(found, COUNTED) == (GoodsLine("TN1", Decimal("549.71")),)
    assert open_lines(found, AFTER) == ()
    assert open_lines(found, None) == (GoodsLine("TN1", Decimal("1099.42")),)


def test_a_document_discount_is_taken_off_in_proportion() -> None:
    assert open_lines(record(line(), discount="109.94"), COUNTED) == (GoodsLine("TN1", Decimal("989.48")),)
    priced = [
        PricedLine(sku, "N", 1, Decimal(0), Decimal(0), Decimal(total), Decimal(0), Decimal(20), Decimal(0))
        for sku, total in (("A", "300"), ("B", "100"))
    ]
    part = SubOrder("N", tuple(priced), Totals(goods=Decimal(400), discount=Decimal(40)))
    assert [one.amount for one in lines_of([part])] == [Decimal(270), Decimal(90)]
