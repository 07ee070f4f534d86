"""What a person relies on once an order is sent: all of it is on disk or none, and only possible acts are possible."""

import hashlib
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from desktop_app.contract.orders import CancelRequest, OrderDocument, RequestAnswer
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision
from desktop_app.errors import ActionNotPossible, NewTerms, OrderRefused, StorageFailed, UnknownOrder
from desktop_app.events import OrderChanged
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.views import OrderView
from tests.support.desk_world import START, WORKED_EXAMPLE, DeskWorld

ROOT = Path(__file__).resolve().parents[3]


def draft(world: DeskWorld, reference: str = "BC-7") -> DraftSession:
    return world.orders.new_order(WORKED_EXAMPLE, reference=reference, round_up=False)


def submitted(world: DeskWorld, reference: str = "BC-7") -> OrderView:
    return draft(world, reference).submit()


def states(view: OrderView) -> tuple[str, str]:
    return view.summary.status.value, view.summary.delivery_state.value


# --- sending --------------------------------------------------------------------------------------------------------


def test_submitting_writes_order_message_and_journal_together(world: DeskWorld) -> None:
    session = draft(world)
    session.set_details(note="Quai 3")
    world.events.clear()
    view = session.submit()
    order_id = view.summary.order_id
    assert states(view) == ("submitted", "pending")
    (message,) = world.outbox.rows()
    assert (message.id, message.revision, message.kind) == (f"{order_id}/1", 1, MessageKind.ORDER)
    assert message.sha256 == hashlib.sha256(message.body).hexdigest()
    document = msgspec.json.decode(message.body, type=OrderDocument)
    assert (document.desk_no, document.author, document.reference) == ("B-2026-0001", "Nadia Perrot", "BC-7")
    assert [(line.sku, line.wholesaler, line.quantity, line.unit_price) for line in document.lines] == [
        ("TN1", "N", 12, "91.6185"),
        ("MF9", "N", 2, "540.0000"),
        ("BK1", "N", 3, "13.9930"),
    ]
    assert document.totals.total == "2665.59"
    assert document.totals.vat == {"20": "436.88", "5.5": "2.31"}
    assert (document.catalog_version, document.terms_version) == (world.catalog_version, world.version)
    assert document.lines[0].rev == world.catalog_version
    assert [entry.code for entry in view.history] == ["created", "submitted"]
    assert world.events == [OrderChanged((order_id,))]


def test_the_bytes_stay_the_same_whatever_happens_here(world: DeskWorld) -> None:
    order_id = submitted(world).summary.order_id
    body = world.outbox.rows()[0].body
    world.author = "Somebody else"
    world.products["TN1"]["list_price"] = "1.00"
    world.publish_catalog()
    world.restart()
    world.orders.hold(order_id)
    world.orders.release(order_id)
    assert world.outbox.rows()[0].body == body


def test_an_order_keeps_its_prices_and_its_reasons(world: DeskWorld) -> None:
    view = submitted(world)
    world.products["TN1"]["list_price"] = "1.00"
    world.publish_catalog()
    again = world.orders.get(view.summary.desk_no)
    assert again.totals.total == Decimal("2665.59")
    (part,) = again.sub_orders
    assert [(step.step.value, step.applied) for step in part.lines[0].trace] == [
        ("list", True),
        ("base", True),
        ("qty", True),
        ("promo", False),
    ]
    assert again.names["TN1"] == "Toner noir 12k"


def test_what_stops_an_order_is_named_line_by_line_and_the_draft_stays(world: DeskWorld) -> None:
    session = world.orders.new_draft()
    with pytest.raises(OrderRefused, match="at least one line"):
        session.submit()
    session.add("TN1", 1)
    session.add("OLD", 1)
    session.add("MIN", 2)
    with pytest.raises(OrderRefused) as refused:
        session.submit()
    assert [(problem.code, problem.line) for problem in refused.value.problems] == [
        ("discontinued", 2),
        ("below-minimum", None),
    ]
    assert "Line 2" in refused.value.message
    assert "Maison Minimum" in refused.value.message
    assert states(world.orders.get(session.order_id)) == ("draft", "none")
    assert world.outbox.rows() == []


def test_warnings_do_not_stop_an_order_and_stay_with_it(world: DeskWorld) -> None:
    world.dealer["credit_limit"] = "100"
    world.publish_account()
    view = world.orders.new_order([("TN1", 141, "N")], round_up=False).submit()
    assert {(problem.code, problem.line, problem.blocking) for problem in view.problems} == {
        ("stock-short", 1, False),
        ("credit-limit", None, False),
    }


def test_an_order_past_the_published_limits_is_refused_here(world: DeskWorld) -> None:
    world.products |= {
        f"X{n}": {"sku": f"X{n}", "name": "x", "list_price": "1", "vat_rate": "20"} for n in range(5_001)
    }
    world.stock |= {f"N/X{n}": 1 for n in range(5_001)}
    world.publish_catalog()
    lines = [(f"X{n}", 1, "") for n in range(5_001)]
    with pytest.raises(OrderRefused, match="at most 5000 lines"):
        world.orders.new_order(lines, round_up=False)
    assert world.orders.list() == ()
    session = world.orders.new_draft()
    session.add_many(lines)
    with pytest.raises(OrderRefused, match="at most 5000 lines"):
        session.submit()
    assert states(world.orders.get(session.order_id)) == ("draft", "none")


def test_a_submission_that_cannot_be_written_leaves_the_draft(world: DeskWorld) -> None:
    session = draft(world)
    world.desk.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageFailed):
        session.submit()
    world.desk.connection.execute("PRAGMA query_only = OFF")
    assert states(world.orders.get(session.order_id)) == ("draft", "none")
    assert world.outbox.rows() == []
    assert states(session.submit()) == ("submitted", "pending")


def test_a_draft_changed_by_another_program_is_not_sent_unseen(world: DeskWorld) -> None:
    session = draft(world)
    world.orders.open_draft(session.order_id).set_quantity(1, 50)
    with pytest.raises(ActionNotPossible, match="another program"):
        session.submit()
    assert states(world.orders.get(session.order_id)) == ("draft", "none")


STAGES = ["orders.submit", "outbox.add_order", "journal.add", "commit"]


@pytest.mark.parametrize("stage", STAGES)
def test_a_kill_while_sending_leaves_the_draft_or_the_queued_order(tmp_path: Path, stage: str) -> None:
    world = DeskWorld(tmp_path)
    session = draft(world)
    world.close()
    script = tmp_path / "die.py"
    script.write_text(_DYING_PROGRAM)
    ended = subprocess.run(
        [sys.executable, script, tmp_path, session.order_id, stage], cwd=ROOT, check=False, capture_output=True
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    world.open()
    view = world.orders.get(session.order_id)
    assert states(view) == ("draft", "none")
    assert world.outbox.rows() == []
    assert [entry.code for entry in view.history] == ["created"]
    assert states(world.orders.submit(session.order_id)) == ("submitted", "pending")
    assert world.outbox.rows()[0].revision == 1
    world.close()


_DYING_PROGRAM = """
import os, signal, sys
sys.path.insert(0, os.getcwd())
from pathlib import Path
from tests.support.desk_world import DeskWorld
from desktop_app.storage import database, desk_database
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.outbox import Outbox

folder, order_id, stage = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
world = DeskWorld(folder)

def after(owner, name):
    real = getattr(owner, name)
    def dying(self, *args, **kwargs):
        real(self, *args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(owner, name, dying)

if stage == "commit":
    def before_commit(statement):
        if statement.startswith("COMMIT"):
            os.kill(os.getpid(), signal.SIGKILL)
    world.desk.connection.set_trace_callback(before_commit)
else:
    after(*{"orders.submit": (OrderRepository, "submit"), "outbox.add_order": (Outbox, "add_order"),
            "journal.add": (Journal, "add")}[stage])
session = world.orders.open_draft(order_id)
session.refresh_terms() if session.price_differences() else None
session.submit()
"""


# --- before it leaves -----------------------------------------------------------------------------------------------


def test_what_has_not_left_can_be_held_released_corrected_and_withdrawn(world: DeskWorld) -> None:
    order_id = submitted(world).summary.order_id
    assert states(world.orders.hold(order_id)) == ("submitted", "held")
    assert world.outbox.due(world.now()) == []
    assert states(world.orders.release(order_id)) == ("submitted", "pending")
    world.orders.hold(order_id)
    assert states(world.orders.send(order_id)) == ("submitted", "pending")
    assert states(world.orders.withdraw(order_id)) == ("draft", "none")
    assert world.outbox.rows() == []
    session = world.orders.open_draft(order_id)
    session.set_quantity(1, 20)
    view = session.submit()
    assert (states(view), view.summary.revision) == (("submitted", "pending"), 1)
    correcting = world.orders.correct(view.summary.desk_no)
    assert [line.quantity for line in correcting.lines()] == [20, 2, 3]
    assert [entry.code for entry in world.orders.get(order_id).history] == [
        "created",
        "submitted",
        "held",
        "released",
        "held",
        "released",
        "withdrawn",
        "submitted",
        "withdrawn",
    ]


def test_once_a_byte_may_have_left_nothing_can_be_taken_back(world: DeskWorld) -> None:
    order_id = submitted(world).summary.order_id
    world.sent(order_id)
    for act in (world.orders.hold, world.orders.withdraw, world.orders.correct):
        with pytest.raises(ActionNotPossible, match="may already have left"):
            act(order_id)
    with pytest.raises(ActionNotPossible, match="not held"):
        world.orders.release(order_id)
    with pytest.raises(ActionNotPossible, match="not a draft"):
        world.orders.open_draft(order_id)
    assert states(world.orders.get(order_id)) == ("submitted", "in_flight")


@pytest.mark.parametrize("act", ["hold", "release"])
def test_what_is_not_on_its_way_cannot_be_held_or_released(world: DeskWorld, act: str) -> None:
    order_id = draft(world).order_id
    method: Callable[[str], object] = getattr(world.orders, act)
    with pytest.raises(ActionNotPossible, match="it is draft"):
        method(order_id)
    world.orders.cancel(order_id)
    for again in (method, world.orders.send):
        with pytest.raises(ActionNotPossible, match="it is cancelled"):
            again(order_id)


def test_a_try_that_reached_nobody_can_still_be_taken_back(world: DeskWorld) -> None:
    order_id = submitted(world).summary.order_id
    world.sent(order_id)
    unreached = world.decision(order_id, 1, DeliveryState.PENDING, never_left=True, reason="offline")
    assert world.repository.apply_outcome(unreached, world.now())
    assert world.orders.get(order_id).summary.reason == "offline"
    assert states(world.orders.withdraw(order_id)) == ("draft", "none")


def test_cancelling_before_it_left_is_done_here(world: DeskWorld) -> None:
    first, second = draft(world).order_id, submitted(world, "BC-8").summary.order_id
    assert states(world.orders.cancel(first)) == ("cancelled", "none")
    assert states(world.orders.cancel(second)) == ("cancelled", "none")
    assert world.outbox.rows() == []
    with pytest.raises(ActionNotPossible, match="it is cancelled"):
        world.orders.cancel(second)
    assert world.orders.get(first).totals.total == Decimal("2665.59")


# --- after it left --------------------------------------------------------------------------------------------------


def test_an_accepted_order_has_its_number_and_three_lights(world: DeskWorld) -> None:
    order_id = submitted(world).summary.order_id
    assert world.accept(order_id)
    view = world.orders.get("4500001")
    assert states(view) == ("accepted", "done")
    lights = view.summary.lights
    assert (lights.desk, lights.manufacturer, lights.their_system) == ("done", "done", "done")
    for act in (world.orders.withdraw, world.orders.hold, world.orders.send):
        with pytest.raises(ActionNotPossible):
            act(order_id)


def test_a_cancellation_wished_for_under_way_is_sent_after_the_outcome(world: DeskWorld) -> None:
    order_id = submitted(world).summary.order_id
    document = world.sent(order_id)
    assert states(world.orders.cancel(order_id)) == ("submitted", "in_flight")
    with pytest.raises(ActionNotPossible, match="already on its way"):
        world.orders.cancel(order_id)
    assert len(world.outbox.rows()) == 1
    accepted = world.decision(
        order_id, 1, DeliveryState.DONE, status=Status.ACCEPTED, order_no="45", answer={"x": document.desk_no}
    )
    world.repository.apply_outcome(accepted, world.now())
    (request,) = world.outbox.rows()
    assert request.kind is MessageKind.CANCEL
    assert msgspec.json.decode(request.body, type=CancelRequest).request_id == request.id
    assert states(world.orders.get(order_id)) == ("accepted", "pending")


def test_a_wished_cancellation_of_a_refused_proposal_needs_no_message(world: DeskWorld) -> None:
    order_id = submitted(world).summary.order_id
    world.sent(order_id)
    world.orders.cancel(order_id)
    answer = world.decision(order_id, 1, DeliveryState.ATTENTION, status=Status.TO_CONFIRM, answer={})
    world.repository.apply_outcome(answer, world.now())
    assert states(world.orders.get(order_id)) == ("cancelled", "done")
    assert world.outbox.rows() == []


def test_cancelling_an_accepted_order_asks_the_manufacturer(world: DeskWorld) -> None:
    order_id = submitted(world).summary.order_id
    world.accept(order_id)
    assert states(world.orders.cancel(order_id, "erreur")) == ("accepted", "pending")
    with pytest.raises(ActionNotPossible, match="already on its way"):
        world.orders.cancel(order_id)
    (request,) = world.outbox.rows()
    body = msgspec.json.decode(request.body, type=CancelRequest)
    assert (body.order_id, body.reason, body.author) == (order_id, "erreur", "Nadia Perrot")
    assert world.outbox.mark_in_flight(request.subject, request.id, world.now())
    answer = RequestAnswer(request.id, order_id, "done", Status.CANCELLED)
    decision = OutcomeDecision(
        request.id,
        MessageKind.CANCEL,
        order_id,
        1,
        DeliveryState.DONE,
        status=Status.CANCELLED,
        answer=msgspec.json.encode(answer),
        journal=(("cancelled", ()),),
    )
    assert world.repository.apply_outcome(decision, world.now())
    assert states(world.orders.get(order_id)) == ("cancelled", "done")


@pytest.mark.parametrize("status", [Status.PARTLY_SHIPPED, Status.SHIPPED, Status.INVOICED, Status.REFUSED])
def test_goods_on_their_way_cannot_be_cancelled(world: DeskWorld, status: Status) -> None:
    order_id = submitted(world).summary.order_id
    world.sent(order_id)
    decision = world.decision(order_id, 1, DeliveryState.DONE, status=status, answer={})
    world.repository.apply_outcome(decision, world.now())
    with pytest.raises(ActionNotPossible, match=f"it is {status}"):
        world.orders.cancel(order_id)


def test_a_refused_order_can_be_corrected_into_its_next_revision(world: DeskWorld) -> None:
    order_id = submitted(world).summary.order_id
    world.sent(order_id)
    refused = world.decision(order_id, 1, DeliveryState.DONE, status=Status.REFUSED, reason="rejected", answer={})
    world.repository.apply_outcome(refused, world.now())
    view = world.orders.get(order_id)
    assert (view.summary.lights.manufacturer, view.summary.reason) == ("stop", "rejected")
    session = world.orders.correct(order_id)
    session.remove(3)
    again = session.submit()
    assert (again.summary.revision, states(again)) == (2, ("submitted", "pending"))


# --- finding and warning --------------------------------------------------------------------------------------------


def test_desk_numbers_count_up_and_start_again_with_the_year(world: DeskWorld) -> None:
    assert [world.orders.new_draft().desk_no for _ in range(2)] == ["B-2026-0001", "B-2026-0002"]
    world.time += timedelta(days=365)
    assert world.orders.new_draft().desk_no == "B-2027-0001"


def test_orders_are_found_by_every_number_and_listed_newest_first(world: DeskWorld) -> None:
    first, second = submitted(world, "BC-7"), draft(world, "100%_Lycée")
    world.accept(first.summary.order_id)
    for number in (first.summary.order_id, "B-2026-0001", "4500001"):
        assert world.orders.get(number).summary.order_id == first.summary.order_id
    for number in ("B-1999-0001", ""):  # an order without a number is not found by having none
        with pytest.raises(UnknownOrder, match=f"number {number}[.]"):
            world.orders.get(number)
    assert [order.desk_no for order in world.orders.list()] == ["B-2026-0002", "B-2026-0001"]
    assert [order.desk_no for order in world.orders.list(text="100%_")] == ["B-2026-0002"]
    assert [order.desk_no for order in world.orders.list(text="%")] == ["B-2026-0002"]
    assert [order.desk_no for order in world.orders.list(statuses=[Status.ACCEPTED])] == ["B-2026-0001"]
    assert [order.order_id for order in world.orders.drafts()] == [second.order_id]
    assert world.orders.drafts()[0].total == Decimal("2665.59")


def test_the_same_reference_and_the_same_lines_warn(world: DeskWorld) -> None:
    first = submitted(world).summary
    second = draft(world)
    warnings = world.orders.duplicate_warnings(second)
    assert [(warning.code, warning.order_id) for warning in warnings] == [
        ("same-reference", first.order_id),
        ("same-lines", first.order_id),
    ]
    second.set_quantity(1, 13)
    second.set_details(reference="BC-9")
    assert world.orders.duplicate_warnings(second) == ()
    world.time = START + timedelta(hours=25)
    third = draft(world, "")
    assert world.orders.duplicate_warnings(third) == ()
    assert world.orders.duplicate_warnings(world.orders.new_draft()) == ()


def test_a_new_order_is_all_or_nothing(world: DeskWorld) -> None:
    world.events.clear()
    wanted: list[tuple[list[tuple[str, int, str]], str]] = [
        ([("TN1", 1, ""), ("PK5", 12, "")], "15 would do"),
        ([("TN1", 1, ""), ("OLD", 1, "")], "no longer sold"),
        ([("NOPE", 1, "")], "NOPE"),
        ([("TN1", 1, "Q")], "no wholesaler Q"),
        ([("MF9", 1, "S")], "S does not list MF9"),
        ([("MIN", 1, "")], "300.00 EUR"),
    ]
    for lines, words in wanted:
        with pytest.raises(OrderRefused, match=words):
            world.orders.new_order(lines, round_up=False)
    assert world.orders.list() == ()
    assert world.events == []
    assert world.orders.new_draft().desk_no == "B-2026-0001"


def test_a_new_order_merges_before_it_judges_quantities(world: DeskWorld) -> None:
    session = world.orders.new_order([("PK5", 7, ""), ("PK5", 8, "")], round_up=False)
    assert [(line.sku, line.quantity) for line in session.lines()] == [("PK5", 15)]
    rounded = world.orders.new_order([("PK5", 12, ""), ("TN1", 1, "")], round_up=True)
    assert [(line.quantity, line.asked) for line in rounded.lines()] == [(15, 12), (1, None)]


def test_a_waiting_order_can_be_tried_at_once(world: DeskWorld) -> None:
    order_id = submitted(world).summary.order_id
    world.sent(order_id)
    later = world.now() + timedelta(minutes=10)
    waiting = world.decision(order_id, 1, DeliveryState.WAITING, next_try=later, attempts=3)
    world.repository.apply_outcome(waiting, world.now())
    assert world.outbox.due(world.now()) == []
    assert states(world.orders.send(order_id)) == ("submitted", "waiting")
    assert [message.subject for message in world.outbox.due(world.now())] == [order_id]


def test_sending_a_draft_on_old_prices_asks_for_a_look_first(world: DeskWorld) -> None:
    order_id = draft(world).order_id
    world.products["TN1"]["list_price"] = "158.37"
    world.publish_catalog()
    with pytest.raises(NewTerms):
        world.orders.send(order_id)
    world.orders.open_draft(order_id).refresh_terms()
    assert states(world.orders.send(order_id)) == ("submitted", "pending")


@pytest.mark.parametrize(
    "act", ["get", "summary", "submit", "send", "hold", "release", "withdraw", "cancel", "confirm"]
)
def test_an_unknown_number_is_said_to_be_unknown(world: DeskWorld, act: str) -> None:
    method: Callable[[str], object] = getattr(world.orders, act)
    with pytest.raises(UnknownOrder, match="B-0"):
        method("B-0")
