"""Home: what needs me now, recent orders, credit, the way to begin."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from desktop_app.contract.wire import Checkpoint
from desktop_app.services.back_margin_service import MeterView
from desktop_app.settings import AUTHOR
from desktop_app.storage.account_writer import AccountWriter
from tests.support.desk_world import put
from ui.back_margin.meter_sheet import MeterSheet
from ui.home.decisions import Decision, DecisionList
from ui.home.home_page import HomePage
from ui.models.orders_model import STATE, TOTAL
from ui.page import UiContext
from ui.theme.look import Look
from ui.widgets.buttons import KeyButton
from ui.widgets.text import Text


def home(context: UiContext, application: Application, qtbot: QtBot) -> HomePage:
    catalog, orders = application.catalog, application.orders
    page = HomePage(context, orders, application.sync, catalog.credit, lambda: application.identity)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.on_shown()
    return page


def words(page: HomePage) -> str:
    QApplication.processEvents()
    return " ".join(label.text() for label in page.findChildren(Text) if label.isVisible())


def queued(application: Application, reference: str) -> str:
    draft = application.orders.new_draft(reference)
    draft.add("TN1", 12)
    draft.submit()
    return draft.order_id


def test_an_empty_desk_says_how_to_begin(context: UiContext, application: Application, qtbot: QtBot) -> None:
    page = home(context, application, qtbot)
    assert "No orders yet" in words(page)
    assert "nothing waits for your decision" in words(page)
    assert page._new.hasFocus()


def test_it_greets_by_first_name(context: UiContext, application: Application, qtbot: QtBot) -> None:
    application.settings.set(AUTHOR, "Nadia Perrot")
    page = home(context, application, qtbot)
    assert "Hello Nadia" in words(page)
    application.settings.set(AUTHOR, "Paul Roux")
    page.on_shown()
    assert "Hello Paul" in words(page)


def test_credit_left_with_its_terms(context: UiContext, application: Application, qtbot: QtBot) -> None:
    assert "€60,000.00" in words(home(context, application, qtbot))


def test_recent_orders_open_on_return(
    context: UiContext, application: Application, qtbot: QtBot, navigator: Any
) -> None:
    first, second = queued(application, "one"), queued(application, "two")
    page = home(context, application, qtbot)
    assert page.model.rowCount() == 2
    shown = [column for column in range(page.model.columnCount()) if not page.recent.isColumnHidden(column)]
    assert STATE in shown
    assert TOTAL in shown
    page.recent.select_row(0)
    QTest.keyClick(page.recent, Qt.Key.Key_Return)
    assert navigator.asked == [("order", second)]
    assert first != second


def test_the_newest_draft_is_one_key_away(
    context: UiContext, application: Application, qtbot: QtBot, navigator: Any
) -> None:
    draft = application.orders.new_draft("BC-7")
    page = home(context, application, qtbot)
    QTest.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert navigator.asked == [("wizard", draft.order_id)]
    assert "BC-7" in page._drafts_card.findChildren(type(page._new))[0].text()


def test_the_big_button_begins_an_order(
    context: UiContext, application: Application, qtbot: QtBot, navigator: Any
) -> None:
    home(context, application, qtbot)._new.click()
    assert navigator.asked == [("new", "", 1)]


def test_it_follows_what_happens(context: UiContext, application: Application, qtbot: QtBot) -> None:
    page = home(context, application, qtbot)
    queued(application, "later")
    QApplication.processEvents()
    assert page.model.rowCount() == 1
    assert page.model.data(page.model.index(0, 1, QModelIndex())) == "later"


@pytest.mark.parametrize("width", [1040, 1200])
def test_nothing_is_cut(context: UiContext, application: Application, qtbot: QtBot, look: Look, width: int) -> None:
    queued(application, "Lycée Bonaparte")
    application.orders.new_draft("Clinique Saint-Lazare")
    page = home(context, application, qtbot)
    page.resize(width, 760)
    QApplication.processEvents()
    page.grab()
    assert look.elisions == []


def test_decisions_are_taken_by_key(look: Look, qtbot: QtBot) -> None:
    taken: list[str] = []
    decisions = [
        Decision("look", "Terms changed", name, "why", "€1.00", "now", "Decide", partial(taken.append, name))
        for name in ("one", "two", "three")
    ]
    box = DecisionList(look)
    qtbot.addWidget(box)
    box.resize(760, 200)
    box.show_decisions(decisions)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    assert box.first is not None
    box.first.button.click()
    QTest.keyClick(box, Qt.Key.Key_3)
    assert taken == ["one", "three"]
    assert "why" in box.first.button.accessibleName()
    box.grab()
    assert look.elisions == []


def test_no_decisions_no_list(look: Look, qtbot: QtBot) -> None:
    box = DecisionList(look)
    qtbot.addWidget(box)
    box.show_decisions([])
    assert box.isHidden()


def test_the_meter_of_the_desk_is_shown_and_explained_by_its_letter(
    context: UiContext, application: Application, qtbot: QtBot
) -> None:
    today = application._connected()._today()
    year = {"start": f"{today.year}-01-01", "end": f"{today.year}-12-31"}
    tiers = [{"turnover_from": "0", "percent": "1"}, {"turnover_from": "5000", "percent": "2"}]
    agreement = {"id": "A", "buyer": "all", "tiers": tiers, "label": "Accord", **year}
    position = application._connected().state.position()
    assert position is not None
    writer = AccountWriter(application._connected().database.connection)
    checkpoint = Checkpoint(position.cursor, False, position.epoch, datetime.now(UTC), position.version + 1)
    writer.apply([put("agreements", "A", agreement)], checkpoint, datetime.now(UTC))
    application.orders.new_order([("MF9", 2, "")], round_up=False).submit()
    orders, meters = application.orders, application.back_margin.meters
    page = HomePage(context, orders, application.sync, application.catalog.credit, lambda: application.identity, meters)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.on_shown()
    assert "€3,920.00 more to order" in words(page)
    assert "nothing counted yet" in words(page)
    QTest.keyClick(page, Qt.Key.Key_M)
    (sheet,) = page.findChildren(MeterSheet)
    assert sheet.isVisible()


def test_a_long_queue_is_counted_after_the_first_picture(
    context: UiContext, application: Application, qtbot: QtBot
) -> None:
    steps = iter([False, False, True])
    asked: list[bool] = []

    def read_ahead() -> bool:
        asked.append(next(steps))
        return asked[-1]

    def meters() -> tuple[MeterView, ...]:
        assert asked == [False, False, True]
        return application.back_margin.meters()

    orders, credit = application.orders, application.catalog.credit
    page = HomePage(context, orders, application.sync, credit, lambda: application.identity, meters, read_ahead)
    qtbot.addWidget(page)
    page.on_shown()
    assert asked == [False]
    assert page._meter_card.isHidden()
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: len(asked) == 3)


def test_who_is_at_a_decision_stays_there_while_figures_come_in(look: Look, qtbot: QtBot) -> None:
    def told(*names: str) -> list[Decision]:
        return [Decision("look", "Terms changed", name, "why", "€1.00", "now", "Decide", print) for name in names]

    box = DecisionList(look)
    qtbot.addWidget(box)
    box.show_decisions(told("one", "two"))
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    second = box._rows[1].button
    second.setFocus()
    box.show_decisions(told("one", "two"))
    assert second.hasFocus()
    box.show_decisions(told("one", "two", "three"))
    qtbot.waitUntil(lambda: box._rows[1].button.hasFocus())
    box.show_decisions(told("one"))
    qtbot.waitUntil(lambda: box._rows[0].button.hasFocus())


def test_a_draft_in_reach_stays_in_reach(context: UiContext, application: Application, qtbot: QtBot) -> None:
    application.orders.new_draft("Clinique Saint-Lazare")
    page = home(context, application, qtbot)
    (link,) = (button for button in page._drafts_card.findChildren(KeyButton) if "Clinique" in button.text())
    link.setFocus()
    page.refresh()
    QApplication.processEvents()
    assert link.hasFocus()
