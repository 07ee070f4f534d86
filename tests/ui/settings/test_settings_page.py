"""Settings: every choice is kept the moment it is made; the sources are named."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from desktop_app.settings import AUTHOR, TERMS_POLICY, TEXT_SIZE, TOLERANCE_EUR, TOLERANCE_PERCENT
from desktop_app.version import program_version
from ui.async_bridge import Tasks
from ui.page import UiContext, WindowActions
from ui.settings.about import credits
from ui.settings.settings_page import SettingsPage
from ui.theme.look import Look
from ui.widgets.buttons import KeyButton
from ui.widgets.text import Text


@pytest.fixture
def chosen() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def page(context: UiContext, application: Application, qtbot: QtBot, chosen: list[tuple[str, str]]) -> SettingsPage:
    actions = WindowActions(
        use_language=lambda value: chosen.append(("language", value)),
        use_theme=lambda value: chosen.append(("theme", value)),
        rebuild=lambda: None,
        practise=lambda: None,
    )
    made = SettingsPage(context, application, Tasks(), actions)
    qtbot.addWidget(made)
    made.resize(1040, 760)
    made.show()
    made.on_shown()
    return made


def test_language_and_colours_go_to_the_window(page: SettingsPage, chosen: list[tuple[str, str]]) -> None:
    QTest.keyClick(page.language, Qt.Key.Key_Right)
    QTest.keyClick(page.theme, Qt.Key.Key_Right)
    assert chosen == [("language", "fr"), ("theme", "light")]


def test_the_name_is_kept_when_the_field_is_left(page: SettingsPage, application: Application) -> None:
    QTest.keyClicks(page.author, "  Nadia   Perrot ")
    QTest.keyClick(page.author, Qt.Key.Key_Return)
    assert application.settings.get(AUTHOR) == "Nadia Perrot"


def test_the_text_size_is_kept_and_said_to_hold_later(
    page: SettingsPage, application: Application, navigator: Any
) -> None:
    QTest.keyClick(page.text_size, Qt.Key.Key_Right)
    assert application.settings.get(TEXT_SIZE) == 125
    assert "next start" in navigator.asked[-1][2]


def test_the_rule_for_changed_prices_is_kept_and_said_in_words(page: SettingsPage, application: Application) -> None:
    card = page.terms_rule
    assert application.settings.get(TERMS_POLICY) == "better"
    assert not card.percent.isVisible()
    QTest.keyClick(card.rule, Qt.Key.Key_Right)
    assert application.settings.get(TERMS_POLICY) == "tolerance"
    assert card.percent.isVisible()
    QTest.keyClick(card.percent, Qt.Key.Key_Up)
    QTest.keyClick(card.euros, Qt.Key.Key_Down)
    assert (application.settings.get(TOLERANCE_PERCENT), application.settings.get(TOLERANCE_EUR)) == (2, 4)
    assert "within these limits" in card._words.text()
    card.rule.chosen.emit("ask")
    assert "every changed order" in card._words.text().lower()


def test_the_data_folder_can_be_copied(page: SettingsPage, application: Application) -> None:
    next(button for button in page.findChildren(KeyButton) if button.text() == "Copy the path").click()
    assert QGuiApplication.clipboard().text() == str(application.paths.root)


def test_sources_and_licences_are_named(page: SettingsPage) -> None:
    words = " ".join(label.text() for label in page.findChildren(Text))
    for needed in ("BuildCores OpenDB", "ODC-By", "Inter", "Open Font License", "Apache-2.0", program_version()):
        assert needed in words
    assert len(credits()) >= 5


def test_nothing_is_cut(page: SettingsPage, look: Look) -> None:
    page.grab()
    assert look.elisions == []
