"""A day typed as people write it."""

from datetime import UTC, date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.formats import Formats
from ui.theme.look import Look
from ui.widgets.day_field import DayField, parse_day

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "next_day", "last_day"),
    [
        ("", None, None),
        ("15/06", date(2027, 6, 15), date(2026, 6, 15)),
        ("24/11", TODAY, TODAY),
        ("31.12.26", date(2026, 12, 31), date(2026, 12, 31)),
        ("2026-06-15", date(2026, 6, 15), date(2026, 6, 15)),
        ("1er janvier", date(2027, 1, 1), date(2026, 1, 1)),
        ("3 Févr. 2027", date(2027, 2, 3), date(2027, 2, 3)),
        ("15 June", date(2027, 6, 15), date(2026, 6, 15)),
        ("+7", date(2026, 12, 1), date(2026, 12, 1)),
        ("-3", date(2026, 11, 21), date(2026, 11, 21)),
    ],
)
def test_a_day_is_understood_as_people_write_it(text: str, next_day: date | None, last_day: date | None) -> None:
    assert parse_day(text, TODAY) == next_day
    assert parse_day(text, TODAY, past=True) == last_day


@pytest.mark.parametrize("text", ["32/1", "abc", "1 brumaire", "99", "29/02/2027"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_day(text, TODAY)


@pytest.fixture
def field(look: Look, qtbot: QtBot) -> DayField:
    made = DayField(look, Formats("en", UTC), lambda: TODAY, "today")
    qtbot.addWidget(made)
    made.show()
    return made


def test_each_day_typed_is_told_and_shown_as_understood(field: DayField) -> None:
    told: list[object] = []
    field.changed.connect(told.append)
    QTest.keyClicks(field, "1/1")
    assert told == [date(2027, 1, 1)]
    field.editingFinished.emit()
    assert field.text() == "1 January 2027"
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.day == date(2027, 1, 2)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert told[-1] is None
    assert field.text() == ""


def test_nonsense_is_marked_and_put_back(field: DayField) -> None:
    field.set_day(TODAY)
    field.selectAll()
    QTest.keyClicks(field, "soon")
    assert field.property("bad")
    assert field.day == TODAY
    field.editingFinished.emit()
    assert field.text() == "24 November 2026"
    assert not field.property("bad")
