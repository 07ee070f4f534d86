"""The settings choose a second folder, say how it is, and give it up."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from desktop_app.settings import SECOND_FOLDER
from ui.page import UiContext
from ui.settings.second_folder_card import SecondFolderCard


@pytest.fixture
def card(context: UiContext, application: Application, qtbot: QtBot) -> SecondFolderCard:
    made = SecondFolderCard(context, application)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_folder_is_chosen_missed_and_given_up(
    card: SecondFolderCard, application: Application, navigator: Any, tmp_path: Path
) -> None:
    assert not card.badge.isVisible()
    (stick := tmp_path / "stick").mkdir()
    card.use(str(stick))
    assert application.settings.get(SECOND_FOLDER) == str(stick)
    assert card.badge.isVisible()
    assert str(stick) in card.state.text()
    shutil.rmtree(stick)
    application._desk.second_copy._folder.copy()  # type: ignore[union-attr]
    card.show_state()
    assert "not there since" in card.badge.accessibleName()
    card.none_button.click()
    assert application.settings.get(SECOND_FOLDER) == ""
    assert not card.badge.isVisible()
    card.use(str(application.paths.unsent))
    assert navigator.asked[-1] == ("refused", "file-not-written")
