"""An order's header and its priced picture come back from disk as they were written."""

from decimal import Decimal

import msgspec

from desktop_app.contract.wire import Del
from desktop_app.domain.condition import Step
from desktop_app.domain.order import Delivery, DeliveryMode, DeliveryState, Status
from desktop_app.domain.party import Address
from desktop_app.storage.order_rows import OrderRow, Snapshot
from tests.support.desk_world import START, WORKED_EXAMPLE, DeskWorld, put


def test_a_header_comes_back_whole(world: DeskWorld) -> None:
    order = OrderRow(
        "o1",
        "B-2026-0009",
        START,
        START,
        reference="BC-7",
        end_client="Lycée",
        note="Quai 3",
        author="Nadia",
        delivery=Delivery(Address("A", "B", "C", "D", "BE"), world.today(), DeliveryMode.COMPLETE),
        line_count=3,
        total=Decimal("12.34"),
    )
    world.repository.create(order)
    world.restart()
    assert world.repository.get("o1") == order


def test_the_state_of_the_latest_open_message_is_the_orders(world: DeskWorld) -> None:
    order_id = world.orders.new_order(WORKED_EXAMPLE, round_up=False).order_id
    seen = []
    for act in (lambda: None, lambda: world.orders.submit(order_id), lambda: world.accept(order_id)):
        act()
        order = world.repository.get(order_id)
        assert order is not None
        seen.append((order.status, order.delivery_state))
    assert seen == [
        (Status.DRAFT, DeliveryState.NONE),
        (Status.SUBMITTED, DeliveryState.PENDING),
        (Status.ACCEPTED, DeliveryState.DONE),
    ]
    world.orders.cancel(order_id)
    order = world.repository.get(order_id)
    assert order is not None
    assert order.delivery_state is DeliveryState.PENDING


def test_the_priced_picture_keeps_every_reason(world: DeskWorld) -> None:
    session = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    sub_orders = session.priced.basket().sub_orders()
    session.submit()
    world.restart()
    snapshot = world.repository.snapshot(session.order_id)
    assert snapshot is not None
    assert snapshot.sub_orders == sub_orders
    assert list(snapshot.totals.vat) == [Decimal(20), Decimal("5.5")]


def test_a_dispute_months_later_is_answered_offline_whatever_the_conditions_are_by_then(world: DeskWorld) -> None:
    world.products["BK1"]["prices"] = [{"list_price": "21.00", "start": "2026-01-01", "label": "Tarif 2026"}]
    world.publish_catalog()
    discount = {"step": "document", "value": "2", "unit": "%", "buyer": "all", "product": "all", "amount_min": "100"}
    tiers = [{"turnover_from": "0", "percent": "3"}]
    agreement = {"id": "R1", "buyer": "all", "start": "2026-01-01", "end": "2026-12-31", "tiers": tiers}
    world.feed(
        put("terms", "DOC", {"id": "DOC", **discount, "contract_ref": "CT-9", "label": "Remise document"}),
        put("agreements", "R1", {**agreement, "contract_ref": "RFA-9"}),
    )
    session = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    sub_orders = session.priced.basket().sub_orders()
    session.submit()
    world.feed(*(Del("terms", name) for name in (*world.terms, "DOC")), Del("agreements", "R1"))
    world.restart()
    snapshot = world.repository.snapshot(session.order_id)
    assert snapshot is not None
    assert snapshot.sub_orders == sub_orders
    (part,) = snapshot.sub_orders
    assert [(row.step, row.condition, row.contract_ref, row.label) for row in part.trace if row.condition] == [
        (Step.DOCUMENT, "DOC", "CT-9", "Remise document")
    ]
    assert part.totals.discount == Decimal("44.47")
    toner, _, guide = part.lines
    assert [row.condition for row in toner.trace] == ["", "G35", "Q10", "P38"]
    assert [(row.step, row.contract_ref) for row in toner.off_invoice] == [(Step.BONUS, ""), (Step.RFA, "RFA-9")]
    assert (guide.trace[0].label, str(guide.trace[0].start)) == ("Tarif 2026", "2026-01-01")


def test_a_picture_of_an_earlier_version_is_still_read() -> None:
    picture = (
        b'{"sub_orders":[{"wholesaler":"N","lines":[{"sku":"A","wholesaler":"N","quantity":1,"list_price":"1.0000",'
        b'"unit_net":"1.0000","line_total":"1.00","eco":"0","vat_rate":"20","real_cost":"1.0000","trace":[]}],'
        b'"totals":{"goods":"1.00"}}],"totals":{"goods":"1.00"}}'
    )
    snapshot = msgspec.json.decode(picture, type=Snapshot)
    (part,) = snapshot.sub_orders
    assert (part.trace, part.totals.discount, part.lines[0].off_invoice) == ((), Decimal(0), ())
