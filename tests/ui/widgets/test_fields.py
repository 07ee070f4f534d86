"""The search field moves in its results; the quantity field only ever tells a quantity."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.theme.look import Look
from ui.widgets.fields import QuantityField, SearchField


@pytest.fixture
def search(look: Look, qtbot: QtBot) -> SearchField:
    field = SearchField(look, "words", "Search", "Clear")
    qtbot.addWidget(field)
    field.show()
    return field


def test_arrows_move_in_the_results_and_keep_the_text(search: SearchField, qtbot: QtBot) -> None:
    search.edit.setText("asus")
    moves: list[int] = []
    search.moved.connect(moves.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(search.edit, key)
    assert moves == [1, -1, 10, -10]
    assert search.edit.text() == "asus"


def test_return_takes_and_escape_empties(search: SearchField, qtbot: QtBot) -> None:
    search.edit.setText("asus")
    with qtbot.waitSignal(search.accepted):
        QTest.keyClick(search.edit, Qt.Key.Key_Return)
    with qtbot.waitSignal(search.changed) as told:
        QTest.keyClick(search.edit, Qt.Key.Key_Escape)
    assert told.args == [""]


@pytest.fixture
def quantity(look: Look, qtbot: QtBot) -> QuantityField:
    field = QuantityField(look, "Quantity", "Fewer", "More", maximum=999_999, value=5)
    qtbot.addWidget(field)
    field.show()
    return field


def edit_of(field: QuantityField) -> QLineEdit:
    (edit,) = field.findChildren(QLineEdit)
    return edit


def test_up_and_down_go_by_packs(quantity: QuantityField, qtbot: QtBot) -> None:
    quantity.step = 5
    told: list[int] = []
    quantity.changed.connect(told.append)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(edit_of(quantity), key)
    assert told == [10, 5, 5]


@pytest.mark.parametrize("text", ["", "0", "abc", "-3", "+", "²"])
def test_what_is_no_quantity_is_not_told(quantity: QuantityField, qtbot: QtBot, text: str) -> None:
    edit = edit_of(quantity)
    with qtbot.assertNotEmitted(quantity.changed):
        edit.clear()
        QTest.keyClicks(edit, text)
    assert quantity.value() == 1


def test_a_quantity_with_its_thousands_apart_is_understood(quantity: QuantityField, qtbot: QtBot) -> None:
    edit = edit_of(quantity)
    edit.clear()
    QTest.keyClicks(edit, "1 200")
    assert quantity.value() == 1_200


def test_a_letter_qt_has_no_key_for_is_no_trouble(quantity: QuantityField) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, 0x152, Qt.KeyboardModifier.NoModifier, "\u0152")
    QApplication.sendEvent(edit_of(quantity), event)
    assert quantity.value() == 1
