"""A sheet keeps the keyboard until it is closed, and gives it back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.look import Look
from ui.widgets.sheet import Sheet


@pytest.fixture
def behind(qtbot: QtBot) -> QWidget:
    """A window with one button, which has the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("behind", window)
    window.resize(600, 400)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    button.setFocus()
    return window


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.text() if isinstance(widget, QPushButton) else ""


def test_tab_goes_round_inside_the_sheet(behind: QWidget, look: Look) -> None:
    sheet = Sheet(look, behind, 300)
    keep, cancel, off = QPushButton("keep"), QPushButton("cancel"), QPushButton("off")
    off.setEnabled(False)
    inside = QHBoxLayout()
    for button in (keep, cancel, off):
        inside.addWidget(button)
    sheet.panel.setLayout(inside)
    sheet.open_sheet(keep)
    stops = []
    for _ in range(4):
        stops.append(focused())
        QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Tab)
    assert stops == ["keep", "cancel", "keep", "cancel"]
    QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Backtab)
    assert focused() == "cancel"
    QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Escape)
    assert focused() == "behind"
