"""The answer "terms changed" as a person reads it."""

from decimal import Decimal

import msgspec

from desktop_app.contract.wire import FieldError, Problem, problem_type
from desktop_app.services.order_terms import as_problems, terms_answer
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld, proposed_part


def changed(world: DeskWorld) -> str:
    """An order that came back: TN1 dearer, BK1 not sold any more."""
    order_id = world.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id
    part = proposed_part("N", [("TN1", 12, "95.0000", "1140.00"), ("MF9", 2, "540.0000", "1080.00")])
    errors = [
        FieldError("/lines/0/unit_price", "price-changed", "91.6185", "95.0000"),
        FieldError("/lines/2", "discontinued", replaced_by="TN1"),
        FieldError("/totals/total", "total-changed", "2665.59", "2670.00"),
        FieldError("/lines/77", "unknown-product"),
    ]
    world.answer_terms_changed(order_id, [part], errors, "2670.00")
    return order_id


def test_every_difference_names_its_line_and_what_can_be_done(world: DeskWorld) -> None:
    view = world.orders.get(changed(world))
    assert (view.summary.status, view.summary.delivery_state) == ("to_confirm", "attention")
    assert view.summary.lights.manufacturer == "waiting"
    terms = view.changed_terms
    assert terms is not None
    assert [(one.code, one.line, one.sku, one.can_take) for one in terms.differences] == [
        ("price-changed", 1, "TN1", True),
        ("discontinued", 3, "BK1", False),
        ("total-changed", None, "", True),
        ("unknown-product", None, "", False),
    ]
    assert (terms.differences[0].name, terms.differences[0].quantity) == ("Toner noir 12k", 12)
    assert (terms.your_total, terms.their_total) == (Decimal("2665.59"), Decimal("2670.00"))
    assert terms.received_at <= world.time


def test_differences_read_as_problems_of_their_lines(world: DeskWorld) -> None:
    terms = world.orders.get(changed(world)).changed_terms
    assert terms is not None
    problems = as_problems(terms)
    assert [(problem.line, problem.code) for problem in problems[:2]] == [(1, "price-changed"), (3, "discontinued")]
    assert "yours 91.6185, theirs 95.0000" in problems[0].message
    assert "replaced by TN1" in problems[1].message


def test_other_answers_hold_no_changed_terms(world: DeskWorld) -> None:
    rejected = Problem(problem_type("rejected"), "No", 422)
    for answer in (msgspec.json.encode(rejected), b"{}", b"not json"):
        assert terms_answer(b"{}", answer, world.time) is None
