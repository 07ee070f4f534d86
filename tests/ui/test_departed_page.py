"""A desk that is wiped while somebody works at it gives way to a page that tells what happened, and a new beginning."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.credentials import KEY_VARIABLE, TOKEN_VARIABLE
from desktop_app.services.departed_desk import DepartedDesk
from desktop_app.storage.departed_file import Departed, write_departed
from manufacturer_server.access import known_desks, revoke
from manufacturer_server.storage.database import Database
from tests.support.desks import TestDesk, connected_desk
from tests.support.server import filled_server, start_server
from ui.departed_page import DepartedPage
from ui.desktop import DesktopOptions, start
from ui.first_start import FirstStartPage
from ui.formats import Formats
from ui.shell.window import ShellWindow
from ui.theme.look import Look
from ui.widgets.notices import NoticeLine
from ui.widgets.text import Text

NOW = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_server(tmp_path_factory.mktemp("server") / "data", tmp_path_factory.mktemp("files"))


@pytest.fixture
def lost(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestDesk]:
    """A desk with an order that waits, shut out and to be wiped; its secrets are in the environment."""
    with start_server(data) as server:
        desk = connected_desk(tmp_path / "profile", server.url, data)
        desk.order()
        instance = json.loads((desk.root / "profile.json").read_bytes())["client_instance"]
        with closing(Database.open(data)) as database, database.writing() as connection:
            revoke(connection, instance, NOW, wipe=True, reason="stolen at Lyon")
        for variable, name in ((KEY_VARIABLE, "/key"), (TOKEN_VARIABLE, "/token")):
            value = next(value for (_, entry), value in desk.store.entries.items() if entry.endswith(name))
            monkeypatch.setenv(variable, value)
        yield desk


def words(page: DepartedPage) -> str:
    return " ".join(text.text() for text in page.findChildren(Text))


def visible(qapp: QApplication, kind: type[DepartedPage] | type[ShellWindow]) -> list[DepartedPage | ShellWindow]:
    return [one for one in qapp.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]


def often(act: Callable[[], None]) -> QTimer:
    timer = QTimer(interval=20)
    timer.timeout.connect(act)
    timer.start()
    return timer


def test_the_window_gives_way_to_the_page_and_a_new_desk_can_begin(
    lost: TestDesk, data: Path, qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    begun: list[bool] = []

    def act() -> None:
        for page in visible(qapp, DepartedPage):
            assert isinstance(page, DepartedPage)
            assert not visible(qapp, ShellWindow)
            told.append(words(page))
            page.anew_button.click()
        for window in visible(qapp, ShellWindow):
            assert isinstance(window, ShellWindow)
            if told:
                begun.append(isinstance(window.page, FirstStartPage))
                window.close()

    timer = often(act)
    assert start(DesktopOptions(lost.root, own_folder=True, language="en")) == 0
    timer.stop()
    assert "Test manufacturer has shut out this desk" in told[0]
    assert "stolen at Lyon" in told[0]
    assert "1 order that had not left was handed over" in told[0]
    assert "set in the environment" in told[0]
    assert begun[0]
    with closing(Database.open(data)) as database, database.reading() as connection:
        assert sum(desk.handed_over for desk in known_desks(connection)) >= 1


def test_at_the_next_start_it_is_still_there_and_may_be_closed(
    lost: TestDesk, qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lost.round().reason == "desk-departed"
    seen: list[str] = []

    def act() -> None:
        for page in visible(qapp, DepartedPage):
            assert isinstance(page, DepartedPage)
            seen.append(words(page))
            QTest.keyClick(page, Qt.Key.Key_Escape)

    timer = often(act)
    assert start(DesktopOptions(lost.root, own_folder=True, language="fr")) == 1
    timer.stop()
    assert "stolen at Lyon" in seen[0]
    assert (lost.root / "desk.db").exists()


def test_a_folder_that_cannot_be_cleared_is_said(desk: TestDesk, look: Look, qtbot: QtBot) -> None:
    instance = json.loads((desk.root / "profile.json").read_bytes())["client_instance"]
    write_departed(desk.root / "departed.json", Departed(instance, NOW, 0, key_deleted=True))
    departed = DepartedDesk(desk.root, now=lambda: NOW)
    page = DepartedPage(look, Formats("en", UTC), departed, departed.view())
    qtbot.addWidget(page)
    page.show()
    assert "No order was waiting" in words(page)
    assert "can no longer be opened" in words(page)
    (desk.root / "departed-2026-06-09T08-00-00").mkdir()
    page.begin_anew()
    assert page.isVisible()
    assert [line.accessibleName() for line in page.findChildren(NoticeLine)]
    assert (desk.root / "profile.json").exists()
