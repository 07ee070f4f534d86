"""The dossier: lights, time line, progress, and what can be done in each state."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from desktop_app.application import Application
from desktop_app.domain.order import DeliveryState, Status
from tests.support.desks import TestDesk, connected_desk, run
from tests.support.keyboard import focus, press, settle, shown
from tests.support.server import filled_server, import_files, start_server
from ui.event_bridge import EventBridge
from ui.models.progress_model import BACKORDER, CONFIRMED, INVOICED, NAME, QUANTITY, SHIPPED
from ui.orders.confirm_sheet import ConfirmSheet
from ui.orders.order_actions import Act
from ui.orders.order_page import OrderPage
from ui.page import UiContext
from ui.widgets.buttons import KeyButton


@contextmanager
def opened(context: UiContext, application: Application, order_id: str) -> Iterator[OrderPage]:
    page = OrderPage(context, application.orders, order_id)
    with shown(page):
        page.on_shown()
        settle()
        yield page


def buttons(page: OrderPage) -> list[str]:
    return [action.words for action in page._buttons]


def state(page: OrderPage) -> DeliveryState:
    return page.order.summary.delivery_state


def rows(page: OrderPage) -> list[list[str]]:
    model = page.grid.progress
    columns = (NAME, QUANTITY, CONFIRMED, BACKORDER, SHIPPED, INVOICED)
    return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]


def test_an_order_that_has_not_left_can_be_held_let_go_and_corrected(
    context: UiContext, application: Application, make_order: Callable[..., str], navigator: Any
) -> None:
    order_id = make_order("BC-7")
    with opened(context, application, order_id) as page:
        assert buttons(page) == ["Cancel", "Correct", "Hold back"]
        press("Ctrl+H")
        assert state(page) == DeliveryState.HELD
        assert buttons(page) == ["Cancel", "Correct", "Let it go"]
        press("Ctrl+H")
        assert state(page) == DeliveryState.PENDING
        press("Ctrl+E")
        assert navigator.asked[-1] == ("wizard", order_id)
    assert application.orders.get(order_id).summary.status is Status.DRAFT


def test_cancelling_asks_first_and_keeping_has_the_focus(
    context: UiContext, application: Application, make_order: Callable[..., str]
) -> None:
    order_id = make_order()
    with opened(context, application, order_id) as page:
        press("Ctrl+Del")
        (sheet,) = page.window().findChildren(ConfirmSheet)
        press("Return")
        assert application.orders.get(order_id).summary.status is Status.SUBMITTED
        page.do(Act.CANCEL)
        (sheet,) = page.window().findChildren(ConfirmSheet)
        sheet.agreed.emit()
        sheet.close_sheet()
        settle()
        assert page.order.summary.status is Status.CANCELLED
        assert buttons(page) == ["Take up again"]


def test_what_was_done_to_an_order_is_said_in_place_of_what_was_said_before(
    context: UiContext, application: Application, make_order: Callable[..., str], navigator: Any
) -> None:
    order_id = make_order()
    with opened(context, application, order_id) as page:
        for act, words in ((Act.HOLD, "held back"), (Act.RELEASE, "leaves by itself")):
            page.do(act)
            settle()
            assert navigator.asked[-1][0] == "notice"
            assert words in navigator.asked[-1][2]
        application.orders.cancel(order_id)
        settle()
        assert "cancelled" in navigator.asked[-1][2]


def test_a_draft_goes_on_with_return(
    context: UiContext, application: Application, make_order: Callable[..., str], navigator: Any
) -> None:
    order_id = make_order(send=False)
    with opened(context, application, order_id):
        assert isinstance(focus(), KeyButton)
        press("Return")
    assert navigator.asked[-1] == ("wizard", order_id)


def test_before_the_answer_lines_stand_under_their_wholesaler_with_nothing_done(
    context: UiContext, application: Application, make_order: Callable[..., str]
) -> None:
    with opened(context, application, make_order()) as page:
        assert rows(page) == [
            ["Grossiste Nord", "", "", "", "", ""],
            ["Toner noir 12k", "12", "–", "–", "–", "–"],
            ["Multifonction A4 couleur", "2", "–", "–", "–", "–"],
            ["Guide de l'imprimeur", "3", "–", "–", "–", "–"],
        ]
        assert "leaves by itself" in page._lights.accessibleName()


def test_the_answer_is_told_while_the_person_looks(context: UiContext, tmp_path: Path, navigator: Any) -> None:
    data = filled_server(tmp_path / "server", tmp_path / "files")
    with start_server(data) as server:
        desk = connected_desk(tmp_path / "desk", server.url, data)
        order_id = desk.order(reference="BC-7").summary.order_id
        with desk.opened() as application:
            bridge = EventBridge(application.events)
            own = UiContext(context.look, context.formats, bridge, context.navigator, context.now)
            with opened(own, application, order_id) as page:
                run(application.sync.round())
                settle()
                assert page.order.summary.status is Status.ACCEPTED
                kind, severity, words = navigator.asked[-1]
                assert (kind, severity) == ("notice", "done")
                assert page.order.summary.order_no in words


def test_progress_numbers_and_parcels_arrive_from_the_manufacturer(
    context: UiContext, tmp_path: Path, navigator: Any
) -> None:
    data = filled_server(tmp_path / "server", tmp_path / "files")
    with start_server(data) as server:
        desk = connected_desk(tmp_path / "desk", server.url, data)
        order_id = desk.order(reference="BC-7").summary.order_id
        desk.round()
        number = desk.show(order_id).summary.order_no
        _put_progress(data, tmp_path, number)
        desk.round()
        _check_dossier(context, desk, order_id, number)


def _put_progress(data: Path, folder: Path, number: str) -> None:
    lines = ["order_no,wholesaler,sku,state,quantity,date,tracking,invoice_no,invoice_total"]
    lines += [
        f"{number},N,TN1,confirmed,10,2026-12-02,,,",
        f"{number},N,TN1,backorder,2,2026-12-02,,,",
        f"{number},N,TN1,shipped,10,2026-12-03,8V 4471,,",
        f"{number},N,TN1,invoiced,10,2026-12-04,,FA-26-1,1099.42",
    ]
    path = folder / "status.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = import_files(data, path)
    assert report.exit_code == 0


def _check_dossier(context: UiContext, desk: TestDesk, order_id: str, number: str) -> None:
    with desk.opened() as application:
        own = UiContext(context.look, context.formats, EventBridge(application.events), context.navigator, context.now)
        with opened(own, application, order_id) as page:
            assert page.order.summary.status is Status.PARTLY_SHIPPED
            toner = next(row for row in rows(page) if row[0] == "Toner noir 12k")
            assert toner == ["Toner noir 12k", "12", "10", "2", "10", "10"]
            place = next(place for place, row in enumerate(rows(page)) if row[0].startswith("8V 4471"))
            page.grid.setFocus()
            page.grid.select_row(place)
            press("Ctrl+C")
            assert QGuiApplication.clipboard().text() == "8V 4471"
            told = page._line.accessibleName()
            assert "FA-26-1" in told
            assert "2 pieces" in told
            assert number in page._lights.accessibleName()
