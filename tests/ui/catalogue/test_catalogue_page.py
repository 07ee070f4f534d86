"""The catalogue by keyboard: type, look, order; why the price; stock; facets."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from ui.catalogue.break_cards import BreakButton
from ui.catalogue.catalogue_page import CataloguePage, stock_age
from ui.catalogue.results_grid import fitting, split_name
from ui.catalogue.results_model import ResultsQuery, short_name
from ui.formats import Formats
from ui.page import UiContext
from ui.theme.look import Look
from ui.widgets.text import Text


@pytest.fixture
def page(context: UiContext, application: Application, qtbot: QtBot) -> Iterator[CataloguePage]:
    made = CataloguePage(context, application.catalog, lambda: application.orders, application.sync.status)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.on_shown()
    qtbot.waitUntil(lambda: bool(made.grid._age))
    yield made
    made.on_hidden()


def texts(page: CataloguePage) -> str:
    QApplication.processEvents()
    return " ".join(label.text() for label in page.panel.findChildren(Text) if label.isVisible())


def key_event(text: str, key: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)


def skus(page: CataloguePage) -> list[str]:
    rows = (page.model.row(place) for place in range(page.model.rowCount()))
    return [row.sku for row in rows if row is not None]


def test_the_search_has_the_focus_and_shows_everything_first(page: CataloguePage) -> None:
    assert page.search.edit.hasFocus()
    assert len(skus(page)) == 4
    assert page.grid.currentIndex().row() == 0


@pytest.mark.parametrize("typed", ["noir toner", "106R-TN1", "tn1", "TONER", "tonner"])
def test_results_come_while_typing(page: CataloguePage, typed: str) -> None:
    QTest.keyClicks(page.search.edit, typed)
    assert skus(page)[0] == "TN1"
    assert page.panel.sku == "TN1"


def test_a_forgiven_mistake_is_said(page: CataloguePage) -> None:
    page.search.edit.setText("tonner")
    page.run_search()
    assert page.model.rowCount()
    assert any("similar words" in label.text() for label in page.findChildren(Text))


def test_letters_that_arrive_together_are_one_search(page: CataloguePage) -> None:
    searches: list[str] = []
    page.model.modelReset.connect(lambda: searches.append(page.model.query.text))
    for letter in "tn1":
        QApplication.sendEvent(page.search.edit, key_event(letter))
    QApplication.processEvents()
    assert searches == ["tn1"]
    assert skus(page) == ["TN1"]


def test_return_right_after_the_last_letter_orders_what_was_typed(page: CataloguePage, navigator: Any) -> None:
    for letter in "mf9":
        QApplication.sendEvent(page.search.edit, key_event(letter))
    QApplication.sendEvent(page.search.edit, key_event("\r", Qt.Key.Key_Return))
    assert navigator.asked == [("new", "MF9", 1)]


def test_nothing_found_says_what_to_do(page: CataloguePage, context: UiContext) -> None:
    QTest.keyClicks(page.search.edit, "zzzqqq")
    QApplication.processEvents()
    assert skus(page) == []
    assert page.panel.sku == ""
    assert page._results.currentIndex() == 1


def test_arrows_choose_and_return_orders(page: CataloguePage, navigator: Any) -> None:
    first = page.panel.sku
    QTest.keyClick(page.search.edit, Qt.Key.Key_Down)
    second = page.panel.sku
    assert first != second
    QTest.keyClick(page.search.edit, Qt.Key.Key_Return)
    assert navigator.asked == [("new", second, 1)]


def test_the_price_follows_the_quantity_and_says_why(page: CataloguePage) -> None:
    QTest.keyClicks(page.search.edit, "tn1")
    assert "€91.9894" in texts(page)
    page.panel.show_product("TN1", 12)
    assert "€91.6185" in texts(page)
    page.panel.copy_story()
    assert "91.6185" in QGuiApplication.clipboard().text()


def test_breaks_can_be_pressed(page: CataloguePage) -> None:
    page.show_product("TN1")
    QApplication.processEvents()
    cards = [card for card in page.panel.findChildren(BreakButton) if card.isVisible()]
    assert [card.accessibleName() for card in cards] == [
        "1 to 9: €91.9894",
        "10 to 49: €91.6185",
        "from 50: €88.7253",
    ]
    cards[1].click()
    assert page.panel.quantity == 10


def test_stock_short_of_the_quantity_says_how_much_is_missing(page: CataloguePage) -> None:
    page.show_product("TN1")
    page.panel.show_product("TN1", 150)
    assert "10 missing" in texts(page)
    assert "147 missing" in texts(page)


def test_a_pack_multiple_is_told_before_ordering(page: CataloguePage, application: Application) -> None:
    page.show_product("TN1")
    assert "packs" not in texts(page)


def test_a_product_can_be_added_to_the_open_draft(
    page: CataloguePage, application: Application, navigator: Any
) -> None:
    draft = application.orders.new_draft()
    page.on_shown()
    page.show_product("MF9")
    assert draft.desk_no in page.panel._add.text()
    page.panel._add.click()
    assert [line.sku for line in application.orders.open_draft(draft.order_id).lines()] == ["MF9"]
    assert navigator.asked[-1][0:2] == ("notice", "done")


def test_facets_narrow_and_can_be_given_up(page: CataloguePage, qtbot: QtBot) -> None:
    page._refresh_facets()
    page.facets._families.choose("TONER")
    assert skus(page) == ["TN1"]
    page.facets.drop("family")
    assert len(skus(page)) == 4
    page.facets._in_stock.click()
    assert page.facets.active() == [("stock", "In stock")]


def test_the_facets_give_way_where_there_is_no_room(page: CataloguePage, qtbot: QtBot) -> None:
    assert page.facets.isVisible()
    page.resize(1000, 700)
    assert not page.facets.isVisible()
    QTest.keyClick(page.search.edit, Qt.Key.Key_F6)
    assert page.facets.isVisible()
    assert not page.panel.isVisible()
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_F6)
    assert not page.facets.isVisible()
    assert page.panel.isVisible()
    assert page.search.edit.hasFocus()


def test_a_chosen_family_keeps_the_keys(page: CataloguePage, qtbot: QtBot) -> None:
    # A box that is made but not yet shown takes no keys.
    qtbot.waitUntil(lambda: sum(box.isVisible() for box in page.facets._families._boxes.values()) > 1)
    key, box = next(iter(page.facets._families._boxes.items()))
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert page.facets.family == key
    page._refresh_facets()
    assert page.facets._families._boxes[key].hasFocus()


@pytest.mark.parametrize("width", [1040, 1200])
def test_nothing_is_cut(page: CataloguePage, look: Look, width: int) -> None:
    page.resize(width, 760)
    for sku in ("TN1", "MF9", "BK1", "PK5"):
        page.show_product(sku)
        page.grab()
    assert look.elisions == []


def test_the_model_keeps_the_rules_of_qt(page: CataloguePage) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    page.model.load(ResultsQuery("toner"))
    page.model.load(ResultsQuery(""))
    assert tester.model() is page.model


def test_each_column_has_its_words(page: CataloguePage) -> None:
    page.model.load(ResultsQuery("TN1"))
    model = page.model
    headers = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert headers == ["Product", "My net price", "Nord", "Sud"]
    words = [model.data(model.index(0, column)) for column in range(model.columnCount())]
    assert words == ["Toner noir 12k", "€91.99", "140", "3"]


def test_figures_that_change_keep_the_chosen_product(page: CataloguePage, context: UiContext) -> None:
    page.show_product("MF9")
    context.signals.catalog_changed.emit(2)
    QApplication.processEvents()
    assert page.panel.sku == "MF9"


def test_the_age_of_prices_is_told(page: CataloguePage, application: Application) -> None:
    read_at, stale = stock_age(application.sync.status())
    assert read_at is not None
    assert not stale
    assert page.grid._age.endswith("ago")


def test_long_names_are_split_at_a_space(look: Look) -> None:
    name = "ASUS ROG Strix B650E-E Gaming WIFI ATX AM5"
    first, rest = split_name(look, name, 160)
    assert f"{first} {rest}" == name
    assert look.width(first) <= 170
    assert split_name(look, "short", 160) == ("short", "")


def test_details_give_way_from_the_end(look: Look) -> None:
    assert fitting(look, ["106R-TN1", "Toners", "Xantia"], 1_000) == "106R-TN1 · Toners · Xantia"
    assert fitting(look, ["106R-TN1", "Toners", "Xantia"], 90) == "106R-TN1"


def test_a_wholesaler_is_called_by_the_word_of_its_letter(application: Application) -> None:
    assert [short_name(view) for view in application.catalog.wholesalers()] == ["Nord", "Sud"]


def test_a_clock_and_formats_are_given(context: UiContext, now: Callable[[], datetime]) -> None:
    assert context.now().tzinfo is UTC
    assert isinstance(context.formats, Formats)
