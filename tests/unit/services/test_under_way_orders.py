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
    assert [line.sku for line in here.lines(today, today, None)] == ["BK1"]
    assert there.lines(today, today, None) == []
    assert [line.sku for line in there.lines(today, today + timedelta(days=1), None)] == ["BK1"]
