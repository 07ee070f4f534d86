"""`comptoir queue`: what waits, how often it was tried and why."""

from datetime import timedelta

from desktop_app.domain.order import DeliveryState
from tests.support.desk_world import DeskWorld
from tests.unit.commands.conftest import Comptoir


def test_the_queue_says_what_waits_and_why(comptoir: Comptoir, world: DeskWorld) -> None:
    assert comptoir("queue", "--json").json == {"queue": []}
    order_id = world.orders.new_order([("TN1", 1, "")], round_up=False).submit().summary.order_id
    world.sent(order_id)
    later = world.now() + timedelta(minutes=5)
    waiting = world.decision(order_id, 1, DeliveryState.WAITING, attempts=2, next_try=later, reason="busy")
    world.repository.apply_outcome(waiting, world.now())
    (row,) = comptoir("queue", "--json").json["queue"]
    assert {
        name: row[name] for name in ("order_id", "revision", "delivery_state", "attempts", "next_try", "reason")
    } == {
        "order_id": order_id,
        "revision": 1,
        "delivery_state": "waiting",
        "attempts": 2,
        "next_try": later.isoformat(),
        "reason": "busy",
    }
