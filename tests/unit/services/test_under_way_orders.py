"""Orders under way over the whole desk: which period they belong to is settled by the manufacturer's day."""

from datetime import date, datetime, timedelta

from desktop_app.services.under_way_orders import OrdersUnderWay
from tests.support.desk_world import START, DeskWorld


def test_the_day_of_receipt_is_the_manufacturers(world: DeskWorld) -> None:
    world.orders.new_order([("BK1", 10, "")], round_up=False).submit()
    today = START.date()

    def a_day_later(moment: datetime) -> date:
        return moment.date() + timedelta(days=1)

    here = OrdersUnderWay(world.desk.connection, datetime.date)
    there = OrdersUnderWay(world.desk.connection, a_day_later)
    ((line,),) = here.goods(today, today, None).values()
    assert line.sku == "BK1"
    assert there.goods(today, today, None) == {}
    assert list(there.goods(today, today + timedelta(days=1), None).values()) == [(line,)]


def test_only_the_orders_asked_for_are_read(world: DeskWorld) -> None:
    first, second = (
        world.orders.new_order([("BK1", quantity, "")], round_up=False).submit().summary.order_id
        for quantity in (10, 20)
    )
    orders = OrdersUnderWay(world.desk.connection, datetime.date)
    today = START.date()
    assert list(orders.goods(today, today, None)) == [first, second]
    assert list(orders.goods(today, today, None, [second, "unknown"])) == [second]
    assert orders.goods(today, today, None, []) == {}
