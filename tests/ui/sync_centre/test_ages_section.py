"""How old the data is in one line, or in full."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.services.views import CollectionAge
from ui.formats import Formats
from ui.sync_centre.ages_section import AgesSection
from ui.theme.look import Look


@pytest.fixture
def section(look: Look, now: Callable[[], datetime], qtbot: QtBot) -> AgesSection:
    made = AgesSection(look, Formats("en"), now)
    qtbot.addWidget(made)
    made.show()
    return made


def age(name: str, hours: int, now: Callable[[], datetime], *, stale: bool = False) -> CollectionAge:
    return CollectionAge(name, 3, now() - timedelta(hours=hours), True, stale, "5d53" * 16)


def test_the_worst_is_told_in_the_one_line(section: AgesSection, now: Callable[[], datetime]) -> None:
    section.show_ages((age("products", 3, now), age("terms", 1, now)))
    section.set_fits(False)
    assert section.heading.accessibleName() == "Age of the data: 3 h ago"
    section.show_ages((age("products", 3, now), age("stock", 2, now, stale=True)))
    assert section.heading.accessibleName() == "Age of the data: 2 h ago, to be confirmed"
    section.show_ages(())
    assert section.heading.accessibleName() == "Age of the data: "


def test_what_a_person_chose_stays_whatever_the_room(section: AgesSection, now: Callable[[], datetime]) -> None:
    section.show_ages((age("products", 3, now),))
    section.set_fits(True)
    assert section.ages.isVisible()
    section.set_fits(False)
    assert not section.ages.isVisible()
    section.heading.click()
    section.set_fits(False)
    assert section.ages.isVisible()
    section.heading.click()
    section.set_fits(True)
    assert not section.ages.isVisible()
