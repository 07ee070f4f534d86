"""One of many, found by typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.pick_sheet import Choice, PickSheet, among
from ui.theme.look import Look

CHOICES = (Choice("", "All"), Choice("T", "Toners", "12"), Choice("P", "Papers", "3"))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def sheet_over(window: QWidget, look: Look) -> tuple[PickSheet, list[str]]:
    sheet = PickSheet(look, window, "Family", "a part of its name", among(CHOICES))
    told: list[str] = []
    sheet.picked.connect(told.append)
    return sheet, told


def test_typing_narrows_and_return_takes(window: QWidget, look: Look) -> None:
    sheet, told = sheet_over(window, look)
    sheet.open_pick()
    QTest.keyClicks(sheet.edit, "pap")
    assert sheet.model.rowCount() == 1
    QTest.keyClick(sheet.edit, Qt.Key.Key_Return)
    assert told == ["P"]
    assert not sheet.isVisible()


def test_it_opens_at_the_present_choice_and_escape_changes_nothing(window: QWidget, look: Look) -> None:
    sheet, told = sheet_over(window, look)
    sheet.open_pick("T")
    assert sheet.grid.currentIndex().row() == 1
    QTest.keyClick(sheet.edit, Qt.Key.Key_Escape)
    assert told == []


def test_nothing_found_is_said(window: QWidget, look: Look) -> None:
    sheet, told = sheet_over(window, look)
    sheet.open_pick()
    QTest.keyClicks(sheet.edit, "zzz")
    assert sheet._nothing.isVisible()
    QTest.keyClick(sheet.edit, Qt.Key.Key_Return)
    assert told == []
