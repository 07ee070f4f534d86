"""Orders on the wire: what a desk pushes is read strictly, what the manufacturer records is written to the cent."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from desktop_app.contract.documents import AddressDoc
from desktop_app.contract.orders import (
    ORDER_SCHEMA,
    Accepted,
    CancelRequest,
    DeliveryDoc,
    HistoryEntry,
    OrderDocument,
    OrderLineDoc,
    OrderRecord,
    Outcome,
    OutcomeAnswer,
    OutcomeQuery,
    OutcomeRequest,
    Proposal,
    RecordLine,
    RecordSubOrder,
    RequestAnswer,
    TotalsDoc,
    rate_key,
    record_sub_order,
    totals_doc,
)
from desktop_app.contract.wire import FieldError
from desktop_app.domain.order import DeliveryMode, PricedLine, Status, SubOrder, Totals

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
TOTALS = TotalsDoc("1099.42", "0.00", "0.00", "0.00", {"20": "219.88"}, "1319.30")
ORDER = OrderDocument(
    schema=ORDER_SCHEMA,
    order_id="0195-1",
    revision=1,
    desk_no="B-2026-0147",
    created_at=NOW,
    terms_version=12,
    catalog_version=9,
    lines=[OrderLineDoc("TN1", "N", 12, "91.6185", 3)],
    totals=TOTALS,
    author="Claire",
    on_behalf_of="Paul",
    reference="CDE-17",
    end_client="Mairie de Nevers",
    note="Livrer avant 9 h",
    delivery=DeliveryDoc(AddressDoc("Mairie", "1 place", "58000", "Nevers"), date(2026, 3, 9), DeliveryMode.COMPLETE),
)
PART = RecordSubOrder(
    wholesaler="N",
    lines=[RecordLine("TN1", "Toner", 12, "91.6185", "1099.42", shipped=6)],
    goods="1099.42",
    eco="0.00",
    carriage="0.00",
    fees="0.00",
    vat={"20": "219.88"},
    total="1319.30",
    online_bonus="5.50",
)
RECORD = OrderRecord(
    order_id="0195-1",
    order_no="C-1001",
    revision=1,
    status=Status.PARTLY_SHIPPED,
    received_at=NOW,
    sub_orders=[PART],
    totals=TOTALS,
    online_bonus="5.50",
    history=[HistoryEntry(NOW, "shipped", "N", "TN1", 6, tracking="1Z")],
)
ANSWERS: list[msgspec.Struct] = [
    RECORD,
    msgspec.structs.replace(RECORD, account="D42"),
    Accepted("0195-1", "C-1001", 1, NOW, 12, [PART], TOTALS, "5.50", [FieldError("/lines/0/quantity", "stock-short")]),
    Accepted("0195-1", "C-1001", 1, NOW, 12, [PART], TOTALS, "5.50", renumbered_from="C-0998"),
    Proposal(date(2026, 3, 2), 13, 9, [PART], TOTALS, "5.50"),
    RequestAnswer("r1", "0195-1", "done", Status.CANCELLED),
    OutcomeAnswer([None, Outcome("0195-1", 1, 201, "ab" * 32, msgspec.Raw(b'{"order_no":"C-1001"}'), "v1.x")]),
]
PUSHED: list[msgspec.Struct] = [
    ORDER,
    CancelRequest("0195-1", "r1", NOW, "Claire", "Le client renonce"),
]


@pytest.mark.parametrize("message", [*PUSHED, *ANSWERS], ids=lambda message: type(message).__name__)
def test_a_message_comes_back_as_it_went(message: msgspec.Struct) -> None:
    assert msgspec.json.decode(msgspec.json.encode(message), type=type(message)) == message


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
def test_unknown_fields_of_an_answer_are_ignored(answer: msgspec.Struct) -> None:
    fields = {**msgspec.json.decode(msgspec.json.encode(answer)), "from_a_later_version": 1}
    assert msgspec.json.decode(msgspec.json.encode(fields), type=type(answer)) == answer


@pytest.mark.parametrize("message", PUSHED, ids=lambda message: type(message).__name__)
@pytest.mark.parametrize("field", ["account", "status", "order_no"])
def test_fields_a_desk_has_no_say_in_are_refused(message: msgspec.Struct, field: str) -> None:
    fields = {**msgspec.json.decode(msgspec.json.encode(message)), field: "x"}
    with pytest.raises(msgspec.ValidationError, match=field):
        msgspec.json.decode(msgspec.json.encode(fields), type=type(message))


def order_with(change: Callable[[dict[str, Any]], object]) -> bytes:
    fields = msgspec.json.decode(msgspec.json.encode(ORDER))
    change(fields)
    return msgspec.json.encode(fields)


@pytest.mark.parametrize("quantity", [0, -1, 10**18, 1_000_000, 0.0001, 1.5, "1", None])
def test_a_quantity_that_is_not_whole_from_1_to_999999_is_refused(quantity: object) -> None:
    body = order_with(lambda order: order["lines"][0].update(quantity=quantity))
    with pytest.raises(msgspec.ValidationError, match=r"lines\[0\]\.quantity"):
        msgspec.json.decode(body, type=OrderDocument)


@pytest.mark.parametrize("price", ["12.9", "12.90", "12,9000", "-1.0000", "1e4", "NaN", "", 12.9])
def test_a_unit_price_has_four_decimals(price: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(order_with(lambda order: order["lines"][0].update(unit_price=price)), type=OrderDocument)


@pytest.mark.parametrize("amount", ["12", "12.9", "12.9000", "-0.01", "1e2", 12.9])
def test_an_amount_has_two_decimals(amount: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(order_with(lambda order: order["totals"].update(goods=amount)), type=OrderDocument)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(order_with(lambda order: order["totals"]["vat"].update({"20": amount})), type=OrderDocument)


@pytest.mark.parametrize(
    "change",
    [
        lambda order: order.update(lines=[]),
        lambda order: order["lines"][0].pop("quantity"),
        lambda order: order["lines"][0].update(discount="5"),
        lambda order: order.update(revision=0),
        lambda order: order.update(created_at="yesterday"),
        lambda order: order.update(note="x" * 2_001),
        lambda order: order["delivery"].update(mode="by pigeon"),
    ],
)
def test_an_order_out_of_its_bounds_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(order_with(change), type=OrderDocument)


def test_at_most_500_outcomes_are_asked_for_at_once() -> None:
    body = msgspec.json.encode(OutcomeRequest([OutcomeQuery("o", 1)] * 501))
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(body, type=OutcomeRequest)


@pytest.mark.parametrize(
    ("rate", "key"),
    [
        ("20", "20"),
        ("20.00", "20"),
        ("2E+1", "20"),
        ("5.5", "5.5"),
        ("5.50", "5.5"),
        ("2.1", "2.1"),
        ("0", "0"),
        ("0.0", "0"),
    ],
)
def test_a_vat_rate_has_one_spelling(rate: str, key: str) -> None:
    assert rate_key(Decimal(rate)) == key


def test_totals_are_written_with_two_decimals_and_their_rates() -> None:
    totals = Totals(
        goods=Decimal("2221.4"),
        eco=Decimal(5),
        vat={Decimal("20.0"): Decimal("436.88"), Decimal("5.5"): Decimal("2.31")},
        total=Decimal("2665.59"),
    )
    assert totals_doc(totals) == TotalsDoc(
        "2221.40", "5.00", "0.00", "0.00", {"20": "436.88", "5.5": "2.31"}, "2665.59"
    )


def test_a_sub_order_is_recorded_with_the_names_of_its_products() -> None:
    line = PricedLine(
        sku="TN1",
        wholesaler="N",
        quantity=12,
        list_price=Decimal("148.3700"),
        unit_net=Decimal("91.6185"),
        line_total=Decimal("1099.42"),
        eco=Decimal(0),
        vat_rate=Decimal(20),
        real_cost=Decimal("91.1604"),
    )
    totals = Totals(
        goods=Decimal("1099.42"),
        vat={Decimal(20): Decimal("219.88")},
        total=Decimal("1319.30"),
        online_bonus=Decimal("5.5"),
    )
    record = record_sub_order(SubOrder("N", (line, line), totals), {"TN1": "Toner"})
    assert record.lines[0] == RecordLine("TN1", "Toner", 12, "91.6185", "1099.42")
    assert (record.goods, record.vat, record.total, record.online_bonus) == (
        "1099.42",
        {"20": "219.88"},
        "1319.30",
        "5.50",
    )
    assert record_sub_order(SubOrder("N", (line,), totals), {}).lines[0].name == ""
