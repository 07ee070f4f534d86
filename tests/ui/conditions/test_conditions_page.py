"""The room of conditions by keyboard: search, views, filters, what a condition says and touches."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from desktop_app.services.condition_views import PriceQuestion
from tests.support.keyboard import press, settle, shown, write
from ui.conditions.conditions_model import ConditionsModel
from ui.conditions.conditions_page import ConditionsPage
from ui.conditions.history_sheet import HistorySheet
from ui.conditions.view_words import DEARER
from ui.page import UiContext
from ui.pick_sheet import PickSheet
from ui.theme.look import Look
from ui.widgets.text import Text


@pytest.fixture
def page(context: UiContext, application: Application, qtbot: QtBot) -> Iterator[ConditionsPage]:
    made = ConditionsPage(context, application.conditions, application.catalog)
    with shown(made, (1208, 780)):
        made.on_shown()
        settle()
        yield made
        made.on_hidden()


def ids(page: ConditionsPage) -> list[str]:
    rows = (page.model.row(place) for place in range(page.model.total))
    return [row.id for row in rows if row is not None]


def said(page: ConditionsPage) -> str:
    return " ".join(label.text() for label in page.panel.findChildren(Text) if label.isVisible())


def test_the_search_has_the_focus_and_all_conditions_are_there(page: ConditionsPage) -> None:
    assert page.list.search.edit.hasFocus()
    assert set(ids(page)) == {"G30", "G35", "Q10", "Q50", "P38", "N612", "B540"}


def test_typing_narrows_and_the_first_is_told_in_one_sentence(page: ConditionsPage) -> None:
    write("multifonction")
    assert {"N612", "B540"} <= set(ids(page))
    place = ids(page).index("B540")
    page.list.grid.select_row(place)
    settle()
    assert "You pay the special price of €540.00 for Multifonction A4 couleur (MF9)" in said(page)
    assert "20 of 20" in said(page)


def test_return_opens_the_product_or_the_products_it_touches(page: ConditionsPage, navigator: Any) -> None:
    page.list.grid.select_row(ids(page).index("N612"))
    press("Return")
    assert navigator.asked[-1] == ("product", "MF9")
    page.list.grid.select_row(ids(page).index("G35"))
    press("Return")
    assert navigator.asked[-1] == ("products", "TONER", "")


def test_f7_asks_what_if_with_the_condition_s_quantity(page: ConditionsPage, navigator: Any) -> None:
    page.list.grid.select_row(ids(page).index("P38"))
    press("F7")
    assert navigator.asked[-1][:2] == ("price", PriceQuestion("TN1", 1))


def test_a_family_is_chosen_by_keyboard(page: ConditionsPage) -> None:
    before = page.model.total
    press("Alt+F")
    (sheet,) = page.window().findChildren(PickSheet)
    write("toner")
    press("Return")
    assert page.list.filters.family == "TONER"
    assert 0 < page.model.total <= before
    assert page.model.query.family == "TONER"
    assert sheet is not None


def test_views_have_counts_and_an_empty_one_says_what_it_is_for(page: ConditionsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.list.chips._chips["all"]._count == "7")
    page.show_view("conflicts")
    settle()
    assert any("No contradictory record" in label.text() for label in page.list.findChildren(Text))
    page.show_view(DEARER)
    settle()
    assert any("Nothing becomes dearer" in label.text() for label in page.list.findChildren(Text))


def test_another_day_is_said(page: ConditionsPage) -> None:
    press("Alt+A")
    write("-1")
    assert page.model.query.day is not None
    assert "As they stood on" in page.list._note.text()


def test_what_touches_one_product_can_be_given_up(page: ConditionsPage) -> None:
    page.show_conditions("MF9", "")
    assert page.model.query.sku == "MF9"
    assert "P38" not in ids(page)
    page.list.filters._product.click()
    assert len(ids(page)) == 7


@pytest.mark.parametrize("width", [844, 1048, 1208])
def test_nothing_is_cut(page: ConditionsPage, look: Look, width: int) -> None:
    page.resize(width, 600)
    page.show_conditions("TN1", "")
    settle()
    filters = page.list.filters
    for part in (filters._family, filters._document, filters._product):
        assert part.width() >= part.sizeHint().width()
        assert filters.rect().contains(part.geometry())
    for chip in page.list.chips._chips.values():
        assert chip.width() >= chip.sizeHint().width()
        assert page.list.chips.rect().contains(chip.geometry())
    assert page._panels.geometry().right() == page.rect().right()
    assert page._panels.width() == page.panel.width() == page.dearer_panel.width()
    for place in range(page.model.total):
        page.list.grid.select_row(place)
        QApplication.processEvents()
        page.grab()
    assert look.elisions == []


def test_the_model_keeps_the_rules_of_qt(page: ConditionsPage) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(page.model, mode)
    page.show_view("ahead")
    page.show_view("all")
    model: ConditionsModel = page.model
    assert tester.model() is model
    headers = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert headers == ["Condition", "On", "From", "Where", "Dates", "Document", "Quota left"]


def test_escape_goes_back_to_the_search(page: ConditionsPage) -> None:
    for way in ("F6", "Alt+A"):
        press(way)
        assert not page.list.search.edit.hasFocus()
        press("Escape")
        assert page.list.search.edit.hasFocus()
    page.list.grid.setFocus()
    press("Escape")
    assert page.list.search.edit.hasFocus()


def test_f7_on_a_condition_of_many_products_asks_about_the_one_looked_at(page: ConditionsPage, navigator: Any) -> None:
    page.list.grid.select_row(ids(page).index("G35"))
    press("F7")
    assert navigator.asked[-1][:2] == ("notice", "info")
    page.show_conditions("TN1", "")
    settle()
    page.list.grid.select_row(ids(page).index("Q10"))
    press("F7")
    assert navigator.asked[-1][:2] == ("price", PriceQuestion("TN1", 10))


def test_the_history_of_a_condition(page: ConditionsPage, navigator: Any) -> None:
    page.list.grid.select_row(ids(page).index("G35"))
    press("Alt+H")
    (sheet,) = page.window().findChildren(HistorySheet)
    assert sheet.close_button.hasFocus()
    assert "Discount 35%" in sheet.told
    press("Ctrl+C")
    assert "Discount 35%" in QApplication.clipboard().text()
    assert page.list.search.edit.hasFocus()


def test_the_list_as_a_file(page: ConditionsPage, navigator: Any, tmp_path: Path) -> None:
    write("toner")
    press("Ctrl+E")
    (dialog,) = page.window().findChildren(QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    path = tmp_path / "list.csv"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Number"] for row in rows] == ids(page)
    assert {row["Kind"] for row in rows} >= {"Discount", "Promotion"}
    assert all(row["In one sentence"].endswith(".") for row in rows)
    assert navigator.asked[-1] == ("notice", "done", f"{len(rows)} rows written to list.csv.")


def test_where_the_file_cannot_be_written_it_is_said(page: ConditionsPage, navigator: Any, tmp_path: Path) -> None:
    press("Ctrl+E")
    (dialog,) = page.window().findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "missing" / "list.csv"))
    dialog.reject()
    assert navigator.asked[-1] == ("refused", "file-not-written")
