"""The settings say whether there is a recovery code, and make a new one."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from ui.page import UiContext
from ui.settings.recovery_card import RecoveryCard


@pytest.fixture
def card(context: UiContext, application: Application, qtbot: QtBot) -> RecoveryCard:
    made = RecoveryCard(context, application)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_desk_without_a_code_gets_one(card: RecoveryCard, application: Application, navigator: Any) -> None:
    assert "has no recovery code" in card.state.text()
    card.button.click()
    card.view.last_group.setText(card.view.code.text()[-4:])
    card.view.keep()
    assert "Made on" in card.state.text()
    assert application.recovery.made_at() is not None
    assert "holds from now on" in navigator.asked[-1][2]


def test_the_earlier_code_holds_until_the_new_one_is_kept(card: RecoveryCard, application: Application) -> None:
    application.recovery.keep(application.recovery.propose())
    before = application.paths.recovery.read_bytes()
    card.make()
    card.view.put_off.emit()
    assert application.paths.recovery.read_bytes() == before
    assert "Made on" in card.state.text()


def test_a_damaged_file_is_said_and_a_new_code_mends_it(card: RecoveryCard, application: Application) -> None:
    application.paths.recovery.write_bytes(b"{")
    card._show_state()
    assert "cannot be read" in card.state.text()
    card.make()
    card.view.last_group.setText(card.view.code.text()[-4:])
    card.view.keep()
    assert "Made on" in card.state.text()
