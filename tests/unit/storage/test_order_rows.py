"""An order's header and its priced picture come back from disk as they were written."""

from decimal import Decimal

from desktop_app.domain.order import Delivery, DeliveryMode, DeliveryState, Status
from desktop_app.domain.party import Address
from desktop_app.storage.order_rows import OrderRow
from tests.support.desk_world import START, WORKED_EXAMPLE, DeskWorld


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
