"""The three lights in every state, progress and history as the manufacturer tells them."""

from datetime import timedelta

import msgspec
import pytest

from desktop_app.contract.orders import Accepted, HistoryEntry, OrderRecord, RecordLine, RecordSubOrder, TotalsDoc
from desktop_app.contract.wire import FieldError
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.order_views import history, lights, line_of
from desktop_app.storage.order_rows import OrderRow
from tests.support.desk_world import START, WORKED_EXAMPLE, DeskWorld, put


@pytest.mark.parametrize(
    ("status", "delivery_state", "order_no", "shown"),
    [
        ("draft", "none", "", "off off off"),
        ("submitted", "pending", "", "done waiting off"),
        ("submitted", "held", "", "done waiting off"),
        ("submitted", "in_doubt", "", "done waiting off"),
        ("submitted", "attention", "", "done stop off"),
        ("to_confirm", "attention", "", "done waiting off"),
        ("refused", "done", "", "done stop off"),
        ("accepted", "done", "45", "done done done"),
        ("partly_shipped", "done", "45", "done done done"),
        ("cancelled", "none", "", "stop off off"),
        ("cancelled", "done", "45", "done done done"),
    ],
)
def test_the_three_lights(status: str, delivery_state: str, order_no: str, shown: str) -> None:
    order = OrderRow(
        "o", "B", START, START, status=Status(status), delivery_state=DeliveryState(delivery_state), order_no=order_no
    )
    found = lights(order)
    assert f"{found.desk} {found.manufacturer} {found.their_system}" == shown


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("/lines/0/unit_price", 1),
        ("/lines/12", 13),
        ("/lines", None),
        ("/totals/total", None),
        ("", None),
        ("/lines/x", None),
    ],
)
def test_pointers_name_lines_from_one(pointer: str, line: int | None) -> None:
    assert line_of(pointer) == line


def test_history_of_both_sides_is_one_story() -> None:
    totals = TotalsDoc("0.00", "0.00", "0.00", "0.00", {}, "0.00")
    told = [
        HistoryEntry(START + timedelta(hours=2), "invoiced", "N", quantity=12, invoice_no="FA-1", invoice_total="9.00")
    ]
    record = OrderRecord("o", "45", 1, Status.INVOICED, START, [], totals, "0.00", history=told)
    journal = [(START, "desk", "created", ()), (START + timedelta(hours=3), "desk", "later", (("a", "b"),))]
    story = history(journal, record)
    assert [entry.code for entry in story] == ["created", "invoiced", "later"]
    assert dict(story[1].params) == {
        "wholesaler": "N",
        "quantity": "12",
        "invoice_no": "FA-1",
        "invoice_total": "9.00",
    }


def test_what_the_answer_said_is_not_told_again() -> None:
    totals = TotalsDoc("0.00", "0.00", "0.00", "0.00", {}, "0.00")
    told = [
        HistoryEntry(START, "accepted"),
        HistoryEntry(START + timedelta(hours=2), "refused", "N", "TN1", 3),
        HistoryEntry(START + timedelta(hours=3), "cancelled"),
    ]
    record = OrderRecord("o", "45", 2, Status.CANCELLED, START, [], totals, "0.00", history=told)
    journal = [
        (START - timedelta(hours=1), "manufacturer", "refused", ()),
        (START, "manufacturer", "accepted", (("order_no", "45"),)),
    ]
    assert [entry.code for entry in history(journal, record)] == ["refused", "accepted", "refused", "cancelled"]


def test_warnings_of_the_acceptance_join_the_orders_own(world: DeskWorld) -> None:
    order_id = world.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id
    document = world.sent(order_id)
    line = RecordLine("TN1", "Toner noir 12k", 12, "91.6185", "1099.42", backorder=2)
    part = RecordSubOrder("N", [line], "1099.42", "0.00", "0.00", "0.00", {"20": "219.88"}, "1319.30", "5.50")
    answer = Accepted(
        order_id,
        "45",
        1,
        START,
        1,
        [part],
        document.totals,
        "5.50",
        [FieldError("/lines/0/quantity", "stock-short", "12", "10", "2 will follow")],
    )
    decision = world.decision(order_id, 1, DeliveryState.DONE, status=Status.ACCEPTED, order_no="45", answer=answer)
    world.repository.apply_outcome(decision, world.now())
    view = world.orders.get(order_id)
    assert [(problem.code, problem.line, problem.message) for problem in view.problems] == [
        ("stock-short", 1, "2 will follow")
    ]
    (progress,) = view.progress
    assert (progress.name, progress.letter, progress.lines[0].backorder) == ("Grossiste Nord", "N", 2)
    assert str(progress.totals.online_bonus) == "5.50"
    assert msgspec.json.decode(msgspec.json.encode(answer), type=Accepted) == answer


def held(world: DeskWorld) -> str:
    """An order the manufacturer accepted and holds for its credit, which this desk did not foresee."""
    order_id = world.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id
    document = world.sent(order_id)
    warning = FieldError("/totals/total", "credit-hold", "2665.59", "-1204.00", "Held.")
    answer = Accepted(order_id, "45", 1, world.time, 1, [], document.totals, "0.00", [warning])
    decision = world.decision(order_id, 1, DeliveryState.DONE, status=Status.ACCEPTED, order_no="45", answer=answer)
    assert world.repository.apply_outcome(decision, world.now())
    return order_id


def test_an_order_held_for_its_credit_says_by_how_much_until_it_is_released(world: DeskWorld) -> None:
    order_id = held(world)
    (problem,) = world.orders.get(order_id).problems
    assert (problem.code, problem.blocking, problem.params["over"]) == ("credit-hold", False, "1204.00")
    totals = TotalsDoc("0.00", "0.00", "0.00", "0.00", {}, "0.00")
    for states in (["credit-hold"], ["credit-hold", "credit-released"]):
        told = [HistoryEntry(START, state) for state in states]
        record = OrderRecord(order_id, "45", 1, Status.ACCEPTED, START, [], totals, "0.00", history=told)
        world.feed(put("orders", order_id, msgspec.to_builtins(record)))
        view = world.orders.get(order_id)
        assert [entry.code for entry in view.history if entry.code.startswith("credit")] == states
        assert [one.code for one in view.problems] == (["credit-hold"] if len(states) == 1 else [])
