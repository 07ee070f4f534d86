"""The first start with a real server: two choices, clear refusals, the catalogue fetched, the desk open."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.application import Application
from desktop_app.settings import AUTHOR
from tests.support.desks import TestDesk, until
from tests.support.server import RunningServer, filled_server, joining_code, start_server
from ui.async_bridge import Tasks, run_until_complete
from ui.first_start import FirstStartPage
from ui.shell.window import ShellWindow
from ui.theme.look import Look
from ui.translation import Translation
from ui.widgets.notices import NoticeLine

Play = Callable[[Callable[[ShellWindow, FirstStartPage], Awaitable[None]]], None]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Application]:
    application = TestDesk(tmp_path / "fresh").open()
    yield application
    application.close_files()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    data = filled_server(tmp_path / "server", tmp_path / "files")
    with start_server(data) as running:
        yield running


@pytest.fixture
def play(
    fresh: Application, look: Look, translation: Translation, now: Callable[[], datetime], qapp: QApplication
) -> Play:
    """Plays a scene on the window of a fresh profile, on Qt's own loop."""

    def run(scene: Callable[[ShellWindow, FirstStartPage], Awaitable[None]]) -> None:
        async def whole() -> int:
            translation.use("en")
            tasks = Tasks()
            window = ShellWindow(fresh, look, translation, tasks, now, practise=lambda: None)
            window.show()
            page = window.page
            assert isinstance(page, FirstStartPage)
            await scene(window, page)
            await tasks.cancel()
            window.leave()
            await fresh.close()
            return 0

        run_until_complete(qapp, whole)

    return run


def trouble(page: FirstStartPage) -> str:
    return " ".join(line.accessibleName() for line in page.findChildren(NoticeLine))


def said(window: ShellWindow) -> str:
    return " ".join(line.accessibleName() for line in window.findChildren(NoticeLine))


def fill(page: FirstStartPage, url: str, code: str) -> None:
    page.join.click()
    page.address.setText(url)
    page.code.setText(code)
    QTest.keyClick(page.code, Qt.Key.Key_Return)


def test_address_and_code_open_the_desk(play: Play, fresh: Application, server: RunningServer) -> None:
    code = joining_code(server.data, "D42")

    async def scene(window: ShellWindow, page: FirstStartPage) -> None:
        page.author.setText("Nadia Perrot")
        fill(page, server.url, code)
        await until(lambda: hasattr(page, "recovery"))
        assert fresh.recovery.made_at() is None
        page.recovery.last_group.setText(page.recovery.code.text()[-4:].lower())
        QTest.keyClick(page.recovery.last_group, Qt.Key.Key_Return)
        await until(lambda: window.page is not page)
        assert window.page.crumbs()[0].text == "Home"
        assert fresh.settings.get(AUTHOR) == "Nadia Perrot"
        assert fresh.catalog.search("toner").total == 1
        assert fresh.recovery.made_at() is not None

    play(scene)


def test_the_recovery_code_can_be_put_off_and_is_missed(play: Play, fresh: Application, server: RunningServer) -> None:
    code = joining_code(server.data, "D42")

    async def scene(window: ShellWindow, page: FirstStartPage) -> None:
        fill(page, server.url, code)
        await until(lambda: hasattr(page, "recovery"))
        QTest.keyClick(page.recovery.last_group, Qt.Key.Key_Escape)
        await until(lambda: window.page is not page and "no recovery code" in said(window))
        assert fresh.recovery.made_at() is None

    play(scene)


@pytest.mark.parametrize(
    ("code", "words"),
    [("WRONG-CODE", "This code does not work"), ("", "The one-time code is missing")],
    ids=["wrong code", "no code"],
)
def test_a_wrong_code_is_refused_and_nothing_is_left(
    play: Play, fresh: Application, server: RunningServer, code: str, words: str
) -> None:
    async def scene(window: ShellWindow, page: FirstStartPage) -> None:
        fill(page, server.url, code)
        if words:
            await until(lambda: trouble(page))
            assert words in trouble(page)
        assert page._steps.currentIndex() == 1
        assert page.address.text() == server.url
        assert not fresh.connected
        assert not fresh.paths.desk.exists()

    play(scene)


def test_an_address_nobody_answers_at(play: Play, fresh: Application) -> None:
    async def scene(window: ShellWindow, page: FirstStartPage) -> None:
        fill(page, "http://127.0.0.1:9", "ABC")
        await until(lambda: trouble(page))
        assert "Nothing answers at http://127.0.0.1:9" in trouble(page)
        await asyncio.sleep(0)
        assert not fresh.connected

    play(scene)


def test_an_address_that_is_none(play: Play, fresh: Application) -> None:
    async def scene(window: ShellWindow, page: FirstStartPage) -> None:
        fill(page, "javascript:alert(1)", "ABC")
        await until(lambda: trouble(page))
        assert "This address cannot be used" in trouble(page)

    play(scene)
