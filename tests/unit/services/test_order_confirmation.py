"""Taking changed terms: what is kept, at which prices, and what must go."""

from decimal import Decimal

import msgspec
import pytest

from desktop_app.contract.orders import OrderDocument
from desktop_app.contract.wire import FieldError
from desktop_app.domain.order import Delivery
from desktop_app.domain.party import Address
from desktop_app.errors import ActionNotPossible
from desktop_app.events import OrderChanged
from desktop_app.services.views import OrderView
from tests.support.desk_world import START, WORKED_EXAMPLE, DeskWorld, proposed_part


def submitted(world: DeskWorld) -> str:
    return world.orders.new_order(WORKED_EXAMPLE, reference="BC-7", round_up=False).submit().summary.order_id


def states(view: OrderView) -> tuple[str, str]:
    return view.summary.status.value, view.summary.delivery_state.value


def changed(world: DeskWorld) -> str:
    """An order that came back: TN1 dearer, BK1 not sold any more."""
    order_id = submitted(world)
    part = proposed_part(
        "N",
        [("TN1", 12, "95.0000", "1140.00"), ("MF9", 2, "540.0000", "1080.00")],
        goods="2220.00",
        eco="5.00",
        vat={"20": "445.00"},
        total="2670.00",
        online_bonus="11.10",
    )
    errors = [
        FieldError("/lines/0/unit_price", "price-changed", "91.6185", "95.0000"),
        FieldError("/lines/2", "discontinued", replaced_by="TN1"),
        FieldError("/totals/total", "total-changed", "2665.59", "2670.00"),
    ]
    world.answer_terms_changed(order_id, [part], errors, "2670.00")
    return order_id


def test_a_line_that_cannot_be_sold_must_be_removed(world: DeskWorld) -> None:
    order_id = changed(world)
    with pytest.raises(ActionNotPossible, match="cannot take BK1"):
        world.orders.confirm(order_id)
    with pytest.raises(ActionNotPossible, match="no line NOPE"):
        world.orders.confirm(order_id, without=["NOPE"])
    with pytest.raises(ActionNotPossible, match="No line is left"):
        world.orders.confirm(order_id, without=["TN1", "MF9", "BK1"])
    assert states(world.orders.get(order_id)) == ("to_confirm", "attention")


def test_confirming_takes_the_proposal_to_the_cent(world: DeskWorld) -> None:
    order_id = changed(world)
    assert world.orders.preview_confirm(order_id, without=["BK1"]).total == Decimal("2670.00")
    view = world.orders.confirm(order_id, without=["BK1"])
    assert (states(view), view.summary.revision) == (("submitted", "pending"), 2)
    assert view.totals.total == Decimal("2670.00")
    assert view.changed_terms is None
    (message,) = world.outbox.rows()
    document = msgspec.json.decode(message.body, type=OrderDocument)
    assert [(line.sku, line.unit_price) for line in document.lines] == [("TN1", "95.0000"), ("MF9", "540.0000")]
    assert document.totals.total == "2670.00"
    assert document.terms_version == world.version + 10
    assert [entry.code for entry in view.history][-2:] == ["terms-taken", "submitted"]
    with pytest.raises(ActionNotPossible, match="No changed terms"):
        world.orders.confirm(order_id)


def test_removing_lines_of_a_proposal_newer_than_this_desk_adds_up_the_rest(world: DeskWorld) -> None:
    order_id = changed(world)
    view = world.orders.confirm(order_id, without=["BK1", "TN1"])
    # 1080.00 + eco 5.00, free carriage from 500, VAT 20 %.
    assert (view.totals.goods, view.totals.carriage, view.totals.total) == (
        Decimal("1080.00"),
        Decimal("0"),
        Decimal("1302.00"),
    )
    other = changed(world)
    view = world.orders.confirm(other, without=["BK1", "MF9"])
    assert view.totals.total == Decimal("1368.00")


def test_removing_lines_is_priced_here_where_this_desk_knows_as_much(world: DeskWorld) -> None:
    order_id = submitted(world)
    part = proposed_part("N", [("TN1", 12, "95.0000", "1140.00"), ("MF9", 2, "540.0000", "1080.00")], total="2670.00")
    world.answer_terms_changed(order_id, [part], [FieldError("/lines/2", "discontinued")], "2670.00")
    world.version += 100
    world.publish_catalog()
    world.publish_account()
    view = world.orders.confirm(order_id, without=["BK1", "MF9"])
    assert view.totals.goods == Decimal("1099.42")
    document = msgspec.json.decode(world.outbox.rows()[0].body, type=OrderDocument)
    assert (document.catalog_version, document.terms_version) == (world.catalog_version, world.version)


def test_lines_asked_about_become_a_draft_of_their_own(world: DeskWorld) -> None:
    order_id = changed(world)
    world.events.clear()
    world.orders.confirm(order_id, ask=["BK1"])
    (rest,) = world.orders.drafts()
    assert world.events == [OrderChanged((order_id, rest.order_id))]
    session = world.orders.open_draft(rest.order_id)
    assert [(line.sku, line.quantity, line.wholesaler) for line in session.lines()] == [("BK1", 3, "N")]
    assert session.details.reference == "BC-7"
    assert session.price_differences() == ()
    assert rest.total > 0


def test_changed_terms_can_be_turned_down(world: DeskWorld) -> None:
    first = changed(world)
    assert states(world.orders.withdraw(first)) == ("draft", "none")
    assert [line.sku for line in world.orders.open_draft(first).lines()] == ["TN1", "MF9", "BK1"]
    second = changed(world)
    assert states(world.orders.cancel(second)) == ("cancelled", "done")
    assert world.outbox.rows() == []


def test_a_proposal_below_a_minimum_names_the_wholesaler_and_its_lines(world: DeskWorld) -> None:
    view = world.orders.new_order([("MIN", 50, ""), ("TN1", 1, "")], round_up=False).submit()
    order_id = view.summary.order_id
    below = proposed_part("M", [("MIN", 50, "5.0000", "250.00")], goods="250.00", total="300.00")
    part = proposed_part("N", [("TN1", 1, "91.9894", "91.99")], goods="91.99", total="110.39")
    errors = [FieldError("", "below-minimum", "350.00", "300.00")]
    world.answer_terms_changed(order_id, [below, part], errors, "410.39")
    with pytest.raises(ActionNotPossible, match="Maison Minimum takes orders from 300 EUR on: remove MIN"):
        world.orders.confirm(order_id)
    assert world.orders.confirm(order_id, without=["MIN"]).totals.total == Decimal("110.39")


def test_a_reduced_part_that_falls_below_a_minimum_is_refused_here(world: DeskWorld) -> None:
    world.products["BIG"] = {"sku": "BIG", "name": "Grand", "list_price": "500", "vat_rate": "20"}
    world.stock["M/BIG"] = 5
    world.publish_catalog()
    order_id = world.orders.new_order([("MIN", 1, ""), ("BIG", 1, "")], round_up=False).submit().summary.order_id
    part = proposed_part("M", [("MIN", 1, "7.0000", "7.00"), ("BIG", 1, "350.0000", "350.00")], goods="357.00")
    world.answer_terms_changed(order_id, [part], [FieldError("/lines/0", "price-changed", "6", "7")], "428.40")
    world.version += 100
    world.publish_catalog()
    world.publish_account()
    with pytest.raises(ActionNotPossible, match=r"293\.00 EUR are missing"):
        world.orders.confirm(order_id, without=["BIG"])


def test_a_document_discount_may_take_a_proposal_below_a_minimum(world: DeskWorld) -> None:
    order_id = world.orders.new_order([("MIN", 50, "")], round_up=False).submit().summary.order_id
    part = proposed_part("M", [("MIN", 50, "6.2000", "310.00")], goods="310.00", discount="15.50", total="353.40")
    errors = [FieldError("/lines/0/wholesaler", "below-minimum", "294.50", "300.00")]
    world.answer_terms_changed(order_id, [part], errors, "353.40")
    with pytest.raises(ActionNotPossible, match="takes orders from 300 EUR on"):
        world.orders.confirm(order_id)


def test_an_order_whose_wholesaler_has_no_express_is_taken_without(world: DeskWorld) -> None:
    world.wholesalers["N"]["express_fee"] = "9.00"
    world.publish_catalog()
    session = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    session.set_details(delivery=Delivery(wanted_date=START.date(), express=True))
    order_id = session.submit().summary.order_id
    lines = [("TN1", 12, "91.6185", "1099.42"), ("MF9", 2, "540.0000", "1080.00"), ("BK1", 3, "13.9930", "41.98")]
    vat = {"20": "436.88", "5.5": "2.31"}
    part = proposed_part("N", lines, goods="2221.40", eco="5.00", vat=vat, total="2665.59")
    errors = [FieldError("/delivery/express", "express-unavailable", "true", "false")]
    world.answer_terms_changed(order_id, [part], errors, "2665.59")
    terms = world.orders.get(order_id).changed_terms
    assert terms is not None
    assert [(one.code, one.can_take) for one in terms.differences] == [("express-unavailable", True)]
    view = world.orders.confirm(order_id)
    assert view.totals.total == Decimal("2665.59")
    assert view.delivery == Delivery(wanted_date=START.date())
    document = msgspec.json.decode(world.outbox.rows()[0].body, type=OrderDocument)
    assert (document.delivery.express, document.delivery.wanted_date) == (False, START.date())


def test_a_proposal_over_a_credit_that_is_refused_needs_fewer_lines(world: DeskWorld) -> None:
    part = proposed_part(
        "N",
        [("TN1", 12, "95.0000", "1140.00"), ("MF9", 2, "540.0000", "1080.00")],
        goods="2220.00",
        eco="5.00",
        vat={"20": "445.00"},
        total="2670.00",
    )
    other = submitted(world)
    errors = [
        FieldError("/lines/2", "discontinued", replaced_by="TN1"),
        FieldError("/totals/total", "credit-limit", "2670.00", "-670.00"),
    ]
    world.answer_terms_changed(other, [part], errors, "2670.00")
    # This desk still knows of a credit that bears it: the manufacturer decides.
    assert states(world.orders.confirm(other, without=["BK1"])) == ("submitted", "pending")
    world.answer_terms_changed(other, [part], errors[1:], "2670.00", revision=2)
    world.dealer |= {"credit_limit": "2000", "credit_policy": "refuse"}
    world.publish_account()
    terms = world.orders.get(other).changed_terms
    assert terms is not None
    assert not any(one.can_take for one in terms.differences)
    assert world.orders.preview_confirm(other).total == Decimal("2670.00")
    with pytest.raises(ActionNotPossible, match=r"this one is 2670\.00 EUR, 2000\.00 EUR are left"):
        world.orders.confirm(other)
    assert states(world.orders.confirm(other, without=["TN1"])) == ("submitted", "pending")


def test_what_is_left_of_a_newer_proposal_keeps_discount_territory_and_express(world: DeskWorld) -> None:
    world.terms["DOC"] = {
        "id": "DOC", "step": "document", "value": "10", "unit": "%", "buyer": "all", "product": "all",
    }  # fmt: skip
    world.wholesalers["N"]["express_fee"] = "9.00"
    world.products["MF9"]["private_copy_fee"] = "1.20"
    world.publish_account()
    world.publish_catalog()
    session = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    session.set_details(delivery=Delivery(Address("Sté", "1 rue", "97100", "Basse-Terre"), express=True))
    order_id = session.submit().summary.order_id
    part = proposed_part("N", [("TN1", 12, "95.0000", "1140.00"), ("MF9", 2, "540.0000", "1080.00")], total="2400.00")
    errors = [FieldError("/lines/2", "discontinued")]
    world.answer_terms_changed(order_id, [part], errors, "2400.00")
    totals = world.orders.preview_confirm(order_id, without=["BK1", "TN1"])
    assert (totals.goods, totals.discount, totals.private_copy) == (
        Decimal("1080.00"),
        Decimal("108.00"),
        Decimal("2.40"),
    )
    # Free carriage, but express; 8.5 % on 972.00 + 5.00 + 2.40 + 9.00.
    assert (totals.carriage, totals.vat) == (Decimal("9.00"), {Decimal("8.5"): Decimal("84.01")})
