"""The training room with a real practice server: its clock, the cable, beginning anew only when sure."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from tests.support.desks import PATIENCE_S, TestDesk, connected_desk, until
from tests.support.server import RunningServer, import_files, new_server, small_catalogue, start_server
from ui.async_bridge import Tasks, run_until_complete
from ui.event_bridge import EventBridge
from ui.formats import Formats
from ui.page import UiContext
from ui.theme.look import Look
from ui.training.training_page import TrainingPage

Play = Callable[[Callable[[TrainingPage, Application], Awaitable[None]]], None]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    data = new_server(tmp_path / "server", practice=True)
    assert import_files(data, small_catalogue(tmp_path / "files")).exit_code == 0
    with start_server(data) as running:
        yield running


@pytest.fixture
def trainee(server: RunningServer, tmp_path: Path) -> TestDesk:
    return connected_desk(tmp_path / "practice", server.url, server.data)


@pytest.fixture
def play(
    trainee: TestDesk, look: Look, navigator: Any, now: Callable[[], datetime], qapp: QApplication, qtbot: QtBot
) -> Play:
    def run(scene: Callable[[TrainingPage, Application], Awaitable[None]]) -> None:
        async def whole() -> int:
            application, tasks = trainee.open(), Tasks()
            bridge = EventBridge(application.events)
            context = UiContext(look, Formats("en"), bridge, navigator, now, practice=True)
            page = TrainingPage(context, application, tasks, lambda: None)
            qtbot.addWidget(page)
            page.resize(1040, 760)
            page.show()
            page.on_shown()
            try:
                await scene(page, application)
            finally:
                page.on_hidden()
                await tasks.cancel()
                bridge.close()
                await application.close()
            return 0

        run_until_complete(qapp, whole)

    return run


def test_the_clock_is_shown_and_runs_as_fast_as_chosen(play: Play) -> None:
    async def scene(page: TrainingPage, application: Application) -> None:
        await until(lambda: "There it is" in page.clock.text())
        assert page.speed.value() == "1"
        QTest.keyClick(page.speed, Qt.Key.Key_Right)
        async with asyncio.timeout(PATIENCE_S):
            while float(str((await application.practice.clock())["speed"])) != 60:  # noqa: ASYNC110 (another program)
                await asyncio.sleep(0.02)
        await until(lambda: page.speed.value() == "60")

    play(scene)


def test_a_day_ahead(play: Play, navigator: Any) -> None:
    async def scene(page: TrainingPage, application: Application) -> None:
        await until(lambda: page.clock.text())
        before = page.clock.text()
        page.ahead.click()
        await until(lambda: page.clock.text() != before)
        assert ("try",) in navigator.asked

    play(scene)


def test_the_cable(play: Play) -> None:
    async def scene(page: TrainingPage, application: Application) -> None:
        QTest.keyClick(page.cable, Qt.Key.Key_Right)
        assert application.practice.offline
        assert "nothing reaches" in page.cable_state.accessibleName()
        QTest.keyClick(page.cable, Qt.Key.Key_Left)
        assert not application.practice.offline

    play(scene)


def test_beginning_anew_is_asked_twice(play: Play) -> None:
    async def scene(page: TrainingPage, application: Application) -> None:
        assert page._sure.isHidden()
        page.reset.click()
        assert not page._sure.isHidden()
        assert application.connected

    play(scene)


def test_nothing_is_cut(play: Play, look: Look) -> None:
    async def scene(page: TrainingPage, application: Application) -> None:
        await asyncio.sleep(0.05)
        page.grab()
        assert look.elisions == []

    play(scene)
