"""One of a few: by mouse, by arrows, and without telling when set from outside."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.theme.look import Look
from ui.widgets.choices import SegmentedChoice

OPTIONS = (("a", "Accept"), ("r", "Remove"), ("l", "Later"))


def test_arrows_choose_the_neighbour_and_skip_the_forbidden(look: Look, qtbot: QtBot) -> None:
    choice = SegmentedChoice(look, OPTIONS, "a", "Choice")
    qtbot.addWidget(choice)
    choice.show()
    choice.set_enabled("r", False)
    with qtbot.waitSignal(choice.chosen) as told:
        QTest.keyClick(choice, Qt.Key.Key_Right)
    assert told.args == ["l"]
    assert choice.value() == "l"


def test_setting_a_value_tells_nobody(look: Look, qtbot: QtBot) -> None:
    choice = SegmentedChoice(look, OPTIONS, "a", "Choice")
    qtbot.addWidget(choice)
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_value("r")
    assert choice.value() == "r"
    choice.set_value("unknown")
    assert choice.value() == ""


def test_it_is_painted_in_full(look: Look, qtbot: QtBot) -> None:
    choice = SegmentedChoice(look, OPTIONS, "a", "Choice")
    qtbot.addWidget(choice)
    choice.show()
    choice.grab()
    assert look.elisions == []
