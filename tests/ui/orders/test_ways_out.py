"""A stuck order says what can be done about it: on its dossier and in the sync centre, by keyboard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QWidget

from desktop_app.application import Application
from desktop_app.contract.orders import Accepted, OrderDocument
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision
from desktop_app.storage.lost_answers import LostAnswers
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.outbox import Outbox, order_message_id
from desktop_app.storage.sync_state import HistoryLoss, SyncState
from tests.support.keyboard import press, settle, shown
from ui.orders.lights_words import lights_words
from ui.orders.order_page import OrderPage
from ui.page import UiContext
from ui.sync_centre.sync_page import SyncPage
from ui.widgets.buttons import KeyButton
from ui.widgets.notices import NoticeLine


def now() -> datetime:
    return datetime.now(UTC)


MakeOrder = Callable[..., str]


def answered(application: Application, order_id: str, state: DeliveryState, **more: Any) -> None:
    """The order left and got this answer."""
    connection = application._connected().database.connection
    Outbox(connection).mark_in_flight(order_id, order_message_id(order_id, 1), now())
    decision = OutcomeDecision(order_message_id(order_id, 1), MessageKind.ORDER, order_id, 1, state, **more)
    assert OrderRepository(connection).apply_outcome(decision, now())


def stuck(application: Application, order_id: str, reason: str) -> None:
    """The order left and the server will never take it as it is."""
    answered(application, order_id, DeliveryState.ATTENTION, reason=reason)


def lost(application: Application, order_id: str, *, person: bool = True) -> None:
    """The order was accepted, and the server has lost that."""
    connection = application._connected().database.connection
    message = Outbox(connection).get_order(order_id, 1)
    assert message is not None
    totals = msgspec.json.decode(message.body, type=OrderDocument).totals
    answer = msgspec.json.encode(Accepted(order_id, "MF-2026-000147", 1, now(), 3, [], totals, "0.00"))
    done = {"status": Status.ACCEPTED, "order_no": "MF-2026-000147", "answer": answer, "receipt": "v1.r"}
    answered(application, order_id, DeliveryState.DONE, **done)
    state, answers = SyncState(connection), LostAnswers(connection)
    loss = state.history_loss
    for messages in Outbox(connection).answered_since(now() - timedelta(days=1)):
        for one in messages:
            if one.subject == order_id:
                answers.ask_person(one, "history-lost", now()) if person else answers.send_again(one, now())
    state.history_loss = HistoryLoss("e2", now(), again=loss.again + (not person), person=loss.person + person)


def ways(page: QWidget) -> list[str]:
    """The words of the ways out, in their order."""
    words = ("Leave it as it is", "Send it again", "Try now", "Take theirs", "Into a new draft", "Give up cancelling")
    found = [button for button in page.findChildren(KeyButton) if button.isVisible() and button.text() in words]
    return [button.text() for button in found if button.accessibleDescription()]


@contextmanager
def centre(context: UiContext, application: Application) -> Iterator[SyncPage]:
    page = SyncPage(context, application.sync, application.orders, application.second_copy.view)
    with shown(page):
        page.on_shown()
        settle()
        yield page


@contextmanager
def dossier(context: UiContext, application: Application, order_id: str) -> Iterator[OrderPage]:
    page = OrderPage(context, application.orders, order_id)
    with shown(page):
        page.on_shown()
        settle()
        yield page


def test_an_order_the_server_lost_is_left_as_it_is_from_the_sync_centre(
    context: UiContext, application: Application, make_order: MakeOrder
) -> None:
    order_id = make_order("BC-7")
    lost(application, order_id)
    with centre(context, application) as page:
        assert ways(page) == ["Leave it as it is", "Send it again"]
        told = [line.accessibleName() for line in page.banner.findChildren(NoticeLine)]
        assert told[1].startswith("The manufacturer's server was put back to an earlier state.")
        assert told[1].endswith("1 order needs you.")
        press("Alt+L")
        assert page.model.rowCount() == 0
        assert len([line for line in page.banner.findChildren(NoticeLine) if line.isVisible()]) == 1
    summary = application.orders.get(order_id).summary
    assert (summary.delivery_state, summary.status) == (DeliveryState.DONE, Status.ACCEPTED)


def test_it_is_sent_again_from_its_dossier_and_its_lights_do_not_go_back(
    context: UiContext, application: Application, make_order: MakeOrder
) -> None:
    order_id = make_order()
    lost(application, order_id)
    with dossier(context, application, order_id) as page:
        assert (ways(page), page._buttons) == (["Leave it as it is", "Send it again"], ())
        press("Alt+R")
        assert ways(page) == []
        lights = lights_words(page.order, context.formats, context.now())
        assert [light.kind for light in lights] == ["done", "done", "done"]
        assert lights[1].note == "being confirmed again"


@pytest.mark.parametrize("reason", ["key-reused", "superseded"])
def test_lines_that_were_never_taken_go_into_a_new_draft(
    context: UiContext, application: Application, make_order: MakeOrder, navigator: Any, reason: str
) -> None:
    order_id = make_order()
    stuck(application, order_id, reason)
    with centre(context, application) as page:
        assert ways(page) == ["Into a new draft"]
        press("Alt+N")
    (draft,) = application.orders.drafts()
    assert navigator.asked[-1] == ("wizard", draft.order_id)
    assert application.orders.get(order_id).summary.status is Status.CANCELLED


def test_a_stuck_order_is_tried_now(context: UiContext, application: Application, make_order: MakeOrder) -> None:
    order_id = make_order()
    stuck(application, order_id, "status-500")
    with dossier(context, application, order_id) as page:
        assert ways(page) == ["Try now"]
        press("Alt+R")
    assert application.orders.get(order_id).summary.delivery_state is DeliveryState.IN_DOUBT


def test_one_that_waits_is_tried_now(context: UiContext, application: Application, make_order: MakeOrder) -> None:
    order_id = make_order()
    later = now() + timedelta(hours=1)
    answered(application, order_id, DeliveryState.WAITING, next_try=later, reason="server-busy")
    with dossier(context, application, order_id) as page:
        assert [action.words for action in page._buttons][-1] == "Try now"
        press("Alt+R")
    assert [row.next_try for row in application.sync.queue()] == [None]


def test_orders_that_leave_again_are_counted_over_the_sync_centre(
    context: UiContext, application: Application, make_order: MakeOrder
) -> None:
    for _ in range(2):
        lost(application, make_order(), person=False)
    with centre(context, application) as page:
        told = page.banner.findChildren(NoticeLine)[1].accessibleName()
    assert told.endswith("2 orders are about to be sent again.")
