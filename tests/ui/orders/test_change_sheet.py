"""An accepted order is changed from its dossier, by keyboard; what is asked, waits and is answered is told there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.application import Application
from desktop_app.domain.order import DeliveryState
from desktop_app.services.order_changes import Change, Less
from tests.support.desks import TestDesk, connected_desk, run
from tests.support.keyboard import focus, press, settle, shown, write
from tests.support.server import filled_server, import_files, start_server
from tests.ui.conftest import PRODUCTS, STOCK
from ui.event_bridge import EventBridge
from ui.models.progress_model import NAME, QUANTITY
from ui.orders.change_sheet import ChangeSheet, LeftField
from ui.orders.order_page import OrderPage
from ui.page import UiContext
from ui.sync_centre.sync_page import SyncPage
from ui.widgets.text import Text

LINES = (("TN1", 12, ""), ("MF9", 2, ""), ("PK5", 50, ""))


class Served:
    """A desk whose server is there, with one accepted order."""

    def __init__(self, desk: TestDesk, application: Application, data: Path, context: UiContext) -> None:
        self.application, self._data, self._context = application, data, context
        self.order_id = next(row.order_id for row in application.orders.list())

    @contextmanager
    def page(self) -> Iterator[OrderPage]:
        page = OrderPage(self._context, self.application.orders, self.order_id)
        with shown(page):
            page.on_shown()
            settle()
            yield page

    @contextmanager
    def centre(self) -> Iterator[SyncPage]:
        desk = self.application
        page = SyncPage(self._context, desk.sync, desk.orders, desk.second_copy.view)
        with shown(page):
            page.on_shown()
            settle()
            yield page

    def round(self) -> None:
        run(self.application.sync.round())
        settle()

    def reported(self, state: str, sku: str, quantity: int, folder: Path) -> None:
        number = self.application.orders.get(self.order_id).summary.order_no
        path = folder / "status.csv"
        header = "order_no,wholesaler,sku,state,quantity,date\n"
        path.write_text(f"{header}{number},N,{sku},{state},{quantity},2027-01-02\n", encoding="utf-8")
        import_files(self._data, path)


@pytest.fixture
def served(tmp_path: Path, context: UiContext) -> Iterator[Served]:
    data = filled_server(tmp_path / "server", tmp_path / "files", products=PRODUCTS, stock=STOCK)
    with start_server(data) as server:
        desk = connected_desk(tmp_path / "changing", server.url, data)
        desk.order(*LINES, reference="BC-7")
        desk.round()
        application = desk.open()
        bridge = EventBridge(application.events)
        seen = UiContext(context.look, context.formats, bridge, context.navigator, context.now)
        yield Served(desk, application, data, seen)
        bridge.close()
        application.close_files()


def sheet_of(page: OrderPage) -> ChangeSheet:
    (sheet,) = page.window().findChildren(ChangeSheet)
    return sheet


def told(page: Any) -> list[str]:
    return [text.text() for text in page.findChildren(Text) if text.isVisible() and text.text()]


def acts(page: OrderPage) -> list[str]:
    return [action.words for action in page._buttons]


def test_less_is_asked_for_by_keyboard_and_waits_in_sight(served: Served) -> None:
    with served.page() as page:
        assert acts(page) == ["Cancel", "Change"]
        press("Ctrl+E")
        sheet = sheet_of(page)
        assert focus().accessibleName() == "Left of Toner noir 12k, 12 ordered"
        assert "nothing is changed yet" in told(sheet)
        assert not sheet.go.isEnabled()
        write("11")
        assert "1 line becomes less" in told(sheet)
        assert "1 less" in told(sheet)
        press("Ctrl+Return")
        assert acts(page) == ["Cancel"]
        assert {"A change is asked for", "11 of Toner noir 12k"} <= set(told(page))
        assert page.order.summary.delivery_state is DeliveryState.PENDING
    with served.centre() as centre:
        assert "The wish to change the order waits for its turn." in told(centre)
    with served.page() as page:
        served.round()
        assert acts(page) == ["Cancel", "Change"]
        assert {"Changed as you asked", "11 of Toner noir 12k"} <= set(told(page))
        model = page.grid.progress
        shown = {str(model.index(n, NAME).data()): str(model.index(n, QUANTITY).data()) for n in range(4)}
        assert shown["Toner noir 12k"] == "11"
        assert "Changed at Grossiste Nord: 11 × TN1" in told(page)


def test_arrows_step_by_what_can_be_ordered_and_nothing_else_is_sent(served: Served) -> None:
    with served.page() as page:
        press("Ctrl+E")
        sheet = sheet_of(page)
        packs = sheet.findChildren(LeftField)[2]
        packs.setFocus()
        press("Down")
        assert packs.text() == "45"
        press("Up", "Up")
        assert packs.text() == "50"
        for typed, words in (("12", "sold by the pack"), ("51", "from 0 to 50"), ("x", "from 0 to 50")):
            packs.setText(typed)
            assert words in told(sheet)
            assert not sheet.go.isEnabled()
        packs.setText("0")
        assert "taken out" in told(sheet)
        assert sheet.go.isEnabled()
        for field in sheet.findChildren(LeftField):
            field.setText("0")
        assert "No line would be left: cancel the order instead." in told(sheet)
        assert not sheet.go.isEnabled()
        press("Esc")
    assert served.application.sync.queue() == ()


def test_date_reference_and_note_are_asked_for_as_they_were_typed(served: Served) -> None:
    with served.page() as page:
        press("Ctrl+E")
        sheet = sheet_of(page)
        sheet.reference.setText("BC-8")
        sheet.note.setText("Ring twice")
        sheet.date.setText("20/03/2027")
        sheet.date.textEdited.emit("20/03/2027")
        assert sheet.change() == Change(date(2027, 3, 20), reference="BC-8", note="Ring twice")
        press("Ctrl+Return")
        served.round()
    view = served.application.orders.get(served.order_id)
    assert (view.summary.reference, view.note, view.delivery.wanted_date) == ("BC-8", "Ring twice", date(2027, 3, 20))
    with served.page() as page:
        press("Ctrl+E")
        sheet = sheet_of(page)
        sheet.date.set_day(None)
        assert sheet.change() == Change(no_date=True)


def test_a_refusal_is_told_with_its_reason_and_the_next_wish_is_free(served: Served, tmp_path: Path) -> None:
    served.reported("confirmed", "TN1", 12, tmp_path)
    served.application.orders.changes.ask(served.order_id, Change(lines=(Less("TN1", 11),)))
    with served.page() as page:
        served.round()
        words = told(page)
        assert "The change was refused" in words
        reason = "The wholesaler has already prepared it. (TN1: 12 confirmed in all, but only 11 ordered.)"
        assert f"{reason} You asked for: 11 of Toner noir 12k." in words
        assert any(line.startswith("The change was refused: The wholesaler") for line in words)
        assert acts(page) == ["Cancel", "Change"]


def test_the_lines_of_a_long_order_are_found_by_their_words(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.orders.change_sheet._SHOWN", 2)
    with served.page() as page:
        press("Ctrl+E")
        sheet = sheet_of(page)
        first, _ = sheet.findChildren(LeftField)
        first.setText("11")
        assert "1 more line: find it by its words." in told(sheet)
        sheet.search.setText("ramettes pk5")
        settle()
        (found,) = [field for field in sheet.findChildren(LeftField) if field.isVisible()]
        found.setText("5")
        assert sheet.change().lines == (Less("TN1", 11, "N"), Less("PK5", 5, "N"))
