"""Home: what needs me now, recent orders, credit, the way to begin."""

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from desktop_app.settings import AUTHOR
from ui.home.decisions import Decision, DecisionList
from ui.home.home_page import HomePage
from ui.models.orders_model import STATE, TOTAL
from ui.page import UiContext
from ui.theme.look import Look
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
