"""Answers to changed terms that the dealer's own rule gives, and lines that leave to ask for a special price."""

from decimal import Decimal

from desktop_app.contract.wire import FieldError
from desktop_app.events import Notice, OrderChanged
from desktop_app.services.terms_answers import BY_RULE
from desktop_app.services.terms_policy import Rule, TermsPolicy
from desktop_app.services.views import OrderView
from tests.support.desk_world import DeskWorld, proposed_part

TOLERANCE = TermsPolicy(Rule.TOLERANCE, Decimal(1), Decimal(5))


def answered(world: DeskWorld, net: str, total: str, *, order_id: str = "", revision: int = 1) -> str:
    """Ten BK1 at 13.9930 (162.63 in all), which the manufacturer answers with another price."""
    if not order_id:
        session = world.orders.new_order([("BK1", 10, "")], reference="BC-7", round_up=False)
        order_id = session.submit().summary.order_id
    sent = world.orders.get(order_id).sub_orders[0].lines[0].unit_net
    goods = f"{Decimal(net) * 10:.2f}"
    part = proposed_part("N", [("BK1", 10, net, goods)], goods=goods, total=total, vat={"5.5": "0.00"})
    errors = [FieldError("/lines/0/unit_price", "price-changed", f"{sent}", net)]
    world.answer_terms_changed(order_id, [part], errors, total, revision)
    world.events.clear()
    return order_id


def state(view: OrderView) -> tuple[str, int]:
    return view.summary.status.value, view.summary.revision


def test_a_better_price_leaves_again_by_itself_and_is_told(world: DeskWorld) -> None:
    order_id = answered(world, "13.0000", "150.00")
    assert world.orders.take_by_rule(TermsPolicy()) == 1
    view = world.orders.get(order_id)
    assert state(view) == ("submitted", 2)
    assert view.sub_orders[0].lines[0].unit_net == Decimal("13.0000")
    (taken,) = [entry for entry in view.history if entry.code == BY_RULE]
    params = dict(taken.params)
    assert (params["rule"], params["lines"], params["revision"]) == ("better", "1", "2")
    assert Decimal(params["difference"]) == Decimal(params["theirs"]) - Decimal(params["yours"]) < 0
    changed, notice = world.events
    assert changed == OrderChanged((order_id,))
    assert isinstance(notice, Notice)
    assert dict(notice.params) == {
        "orders": "1",
        "desk_no": view.summary.desk_no,
        "difference": params["difference"],
    }


def test_what_the_rule_does_not_cover_stays_and_nothing_is_told(world: DeskWorld) -> None:
    order_id = answered(world, "15.0000", "170.00")
    assert world.orders.take_by_rule(TermsPolicy()) == 0
    assert world.orders.take_by_rule(TermsPolicy(Rule.ASK)) == 0
    assert state(world.orders.get(order_id)) == ("to_confirm", 1)
    assert world.events == []


def test_a_tolerance_is_used_once_per_order_and_never_adds_up(world: DeskWorld) -> None:
    order_id = answered(world, "14.1000", "163.70")
    assert world.orders.take_by_rule(TOLERANCE) == 1
    answered(world, "14.2000", "164.70", order_id=order_id, revision=2)
    assert world.orders.take_by_rule(TOLERANCE) == 0
    assert state(world.orders.get(order_id)) == ("to_confirm", 2)
    # A person takes it; of what comes back after that the rule may take a little again.
    world.orders.confirm(order_id)
    answered(world, "14.3000", "165.70", order_id=order_id, revision=3)
    assert world.orders.take_by_rule(TOLERANCE) == 1


def test_a_line_asked_about_leaves_into_a_draft_whose_note_is_the_request(world: DeskWorld) -> None:
    session = world.orders.new_order([("BK1", 10, ""), ("MF9", 2, "")], reference="BC-7", round_up=False)
    order_id = session.submit().summary.order_id
    part = proposed_part(
        "N",
        [("BK1", 10, "15.0000", "150.00"), ("MF9", 2, "540.0000", "1080.00")],
        goods="1230.00",
        eco="5.00",
        vat={"20": "217.00"},
        total="1452.00",
    )
    errors = [FieldError("/lines/0/unit_price", "price-changed", "13.9930", "15.0000")]
    world.answer_terms_changed(order_id, [part], errors, "1452.00")
    view = world.orders.confirm(order_id, ask=["BK1"])
    (draft,) = world.orders.drafts()
    assert world.orders.get(draft.order_id).note == (
        f"Special price asked for on 2026-06-09 (order {view.summary.desk_no}): "
        "10 x BK1 Guide: ordered at 13.9930 EUR, offered at 15.0000 EUR."
    )
    assert [line.sku for part in view.sub_orders for line in part.lines] == ["MF9"]
    asked = next(entry for entry in view.history if entry.code == "price-asked")
    assert dict(asked.params) == {"desk_no": draft.desk_no, "lines": "1"}


def test_the_words_of_the_request_may_be_the_screens(world: DeskWorld) -> None:
    session = world.orders.new_order([("BK1", 10, ""), ("MF9", 2, "")], round_up=False)
    order_id = session.submit().summary.order_id
    part = proposed_part("N", [("BK1", 10, "15.0000", "150.00"), ("MF9", 2, "540.0000", "1080.00")], total="1452.00")
    errors = [FieldError("/lines/0/unit_price", "price-changed", "13.9930", "15.0000")]
    world.answer_terms_changed(order_id, [part], errors, "1452.00")
    world.orders.confirm(order_id, ask=["BK1"], request="Prix spécial demandé")
    (draft,) = world.orders.drafts()
    assert world.orders.get(draft.order_id).note == "Prix spécial demandé"
