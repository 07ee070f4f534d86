"""Buttons that show their key: pressed by it, read aloud by their words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.keys import key_labels
from ui.theme.look import Look
from ui.widgets.buttons import CheckBox, KeyButton, KeyHint


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.setLayout(QVBoxLayout())
    qtbot.addWidget(widget)
    return widget


def shown(window: QWidget, qtbot: QtBot, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()


def test_its_key_presses_it(look: Look, window: QWidget, qtbot: QtBot) -> None:
    button = KeyButton(look, "New order", kind="big", icon="plus", keys="Ctrl+N")
    shown(window, qtbot, button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_a_hint_alone_binds_nothing(look: Look, window: QWidget, qtbot: QtBot) -> None:
    button = KeyButton(look, "New order", keys="Ctrl+N", bind=False)
    shown(window, qtbot, button)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_return_presses_what_has_the_focus(look: Look, window: QWidget, qtbot: QtBot) -> None:
    button = KeyButton(look, "Send", kind="primary")
    shown(window, qtbot, button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return)


@pytest.mark.parametrize("kind", ["primary", "big", "main", "secondary", "quiet", "link", "chip"])
def test_words_always_fit(look: Look, window: QWidget, qtbot: QtBot, kind: str) -> None:
    button = KeyButton(look, "Envoyer la commande", kind=kind, icon="check", keys="Ctrl+Return")
    shown(window, qtbot, button)
    button.grab()
    assert look.elisions == []
    assert button.text() == "Envoyer la commande"


def test_caps_of_a_sequence() -> None:
    assert key_labels("Ctrl+Return") == ("Ctrl", "\u23ce")
    assert key_labels("Alt+Right") == ("Alt", "\u2192")
    assert key_labels("") == ()


def test_a_check_box_tells_its_count(look: Look, window: QWidget, qtbot: QtBot) -> None:
    box = CheckBox(look, "In stock", "31")
    shown(window, qtbot, box, KeyHint(look, "F6", "filters"))
    assert box.accessibleName() == "In stock (31)"
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    box.set_count("12")
    assert box.accessibleName() == "In stock (12)"
