"""Tab goes as one reads, and stops at what is chosen."""

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.support.keyboard import focus, press, shown
from ui.theme.look import Look
from ui.widgets.choices import SegmentedChoice
from ui.widgets.filter_chips import FilterChips
from ui.widgets.tab_order import tab_as_read
from ui.widgets.text import column, row


def names(count: int) -> list[str]:
    told = []
    for _ in range(count):
        at = focus()
        told.append(at.text() if isinstance(at, QAbstractButton) else at.objectName())
        press("Tab")
    return told


def field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    return made


def test_down_the_layouts_whenever_the_widgets_were_made(qtbot: QtBot) -> None:
    last, first, third, second = (field(name) for name in ("d", "a", "c", "b"))
    page, held, area = QWidget(), QWidget(), QScrollArea()
    held.setLayout(row(second, third))
    area.setWidget(held)
    area.setObjectName("area")
    page.setLayout(column(first, area, last))
    tab_as_read(page)
    with shown(page):
        first.setFocus()
        assert names(5) == ["a", "area", "b", "c", "d"]


def test_a_choice_has_one_stop_the_chosen_one_whoever_chose(look: Look, qtbot: QtBot) -> None:
    page, before, after = QWidget(), field("before"), field("after")
    choice = SegmentedChoice(look, (("a", "A"), ("b", "B"), ("c", "C")), "b", "Choice")
    chips = FilterChips(look, (("x", "X"), ("y", "Y")), "x", "Chips")
    page.setLayout(column(before, choice, chips, after))
    with shown(page):
        before.setFocus()
        assert names(4) == ["before", "B", "X", "after"]
        choice.set_value("c")
        chips.choose("y")
        before.setFocus()
        assert names(4) == ["before", "C", "Y", "after"]
        choice.set_value("")
        before.setFocus()
        assert names(2) == ["before", "A"]
