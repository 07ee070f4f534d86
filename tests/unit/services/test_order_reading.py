"""Dossiers put together from what lies on disk."""

from desktop_app.domain.order import Status
from desktop_app.services.order_reading import OrderReading
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld


def reading(world: DeskWorld) -> OrderReading:
    return OrderReading(world.desk.connection, world.basis, world.stock_view)


def test_a_draft_is_shown_at_the_prices_of_now(world: DeskWorld) -> None:
    session = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    world.products["TN1"]["list_price"] = "158.37"
    world.publish_catalog()
    view = reading(world).view(reading(world).find(session.desk_no))
    assert str(view.sub_orders[0].lines[0].unit_net) == "97.7935"
    assert view.names == {"TN1": "Toner noir 12k", "MF9": "Multifonction A4", "BK1": "Guide"}


def test_terms_are_there_only_while_they_wait_for_a_decision(world: DeskWorld) -> None:
    order_id = world.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id
    assert reading(world).terms(reading(world).find(order_id)) is None
    world.answer_terms_changed(order_id, [], [], "1.00")
    assert reading(world).terms(reading(world).find(order_id)) is not None
    world.orders.withdraw(order_id)
    assert reading(world).terms(reading(world).find(order_id)) is None


def test_duplicates_need_something_to_compare(world: DeskWorld) -> None:
    order_id = world.orders.new_order(WORKED_EXAMPLE, reference="BC-7", round_up=False).submit().summary.order_id
    lines = [(sku, quantity) for sku, quantity, _ in WORKED_EXAMPLE]
    found = reading(world).duplicates("another", "BC-7", lines, world.now())
    assert [(one.code, one.order_id) for one in found] == [("same-reference", order_id), ("same-lines", order_id)]
    assert reading(world).duplicates(order_id, "BC-7", lines, world.now()) == ()
    assert reading(world).duplicates("another", "", [], world.now()) == ()


def test_statuses_filter_the_list(world: DeskWorld) -> None:
    world.orders.new_order(WORKED_EXAMPLE, round_up=False).submit()
    world.orders.new_draft("later")
    assert [one.reference for one in reading(world).matching("", [Status.DRAFT])] == ["later"]
    assert len(reading(world).matching("", [])) == 2
