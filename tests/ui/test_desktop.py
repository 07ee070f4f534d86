"""The desktop from start to end: opens a profile, raises the first instead of a second, refuses in words."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_app.credentials import KEY_VARIABLE, TOKEN_VARIABLE
from desktop_app.settings import ROOM, TEXT_SIZE
from tests.support.desks import TestDesk
from ui import main
from ui.async_bridge import run_until_complete
from ui.desktop import Desktop, DesktopOptions, start
from ui.first_start import FirstStartPage
from ui.recovery_page import RecoveryPage
from ui.shell.window import ShellWindow
from ui.single_instance import raise_running
from ui.widgets.text import Text

LONGEST_MS = 20_000
_FIRST_PICTURE = """
import pathlib, sys
from PySide6.QtWidgets import QApplication
from ui.desktop import Desktop, DesktopOptions
app = QApplication([])
desktop = Desktop(DesktopOptions(pathlib.Path(sys.argv[1]), own_folder=True))
assert desktop.claim() and desktop.open(pathlib.Path(sys.argv[1]), practice=False)
app.processEvents()
print(*sys.modules)
sys.stdout.flush()
import os; os._exit(0)
"""


@pytest.fixture
def with_secrets(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> TestDesk:
    """The desk's secrets in the environment, as a desk without a key store has them."""
    entries = desk.store.entries
    monkeypatch.setenv(KEY_VARIABLE, next(value for (_, name), value in entries.items() if name.endswith("/key")))
    monkeypatch.setenv(TOKEN_VARIABLE, next(value for (_, name), value in entries.items() if name.endswith("/token")))
    return desk


def shown(qapp: QApplication) -> ShellWindow:
    (window,) = (one for one in qapp.topLevelWidgets() if isinstance(one, ShellWindow) and one.isVisible())
    return window


def test_a_connected_profile_opens_at_home_and_closes_clean(with_secrets: TestDesk, qapp: QApplication) -> None:
    async def scene() -> int:
        desktop = Desktop(DesktopOptions(with_secrets.root, own_folder=True, language="fr"))
        running = asyncio.ensure_future(desktop.run())
        for _ in range(3):
            await asyncio.sleep(0)
        assert raise_running(with_secrets.root)
        assert desktop.window is not None
        assert desktop.window.page.crumbs()[0].text == "Accueil"
        desktop.window.close()
        code = await running
        assert desktop.application is None
        assert not raise_running(with_secrets.root)
        return code

    assert run_until_complete(qapp, scene) == 0


def test_what_is_begun_before_the_loop_runs_is_done_when_it_does(with_secrets: TestDesk, qapp: QApplication) -> None:
    done: list[str] = []

    def act() -> None:
        window = shown(qapp)
        window._tasks.start(work(), done=lambda _result: QTimer.singleShot(0, window.close))
        QTimer.singleShot(LONGEST_MS, window.close)

    async def work() -> None:
        done.append("work")

    QTimer.singleShot(0, act)
    assert start(DesktopOptions(with_secrets.root, own_folder=True, language="en")) == 0
    assert done == ["work"]


def test_a_window_closed_at_once_ends_the_program(with_secrets: TestDesk, qapp: QApplication) -> None:
    QTimer.singleShot(0, lambda: shown(qapp).close())
    assert start(DesktopOptions(with_secrets.root, own_folder=True, language="en")) == 0


def test_the_first_picture_waits_for_no_network(with_secrets: TestDesk) -> None:
    with with_secrets.opened() as application:
        application.settings.set(ROOM, "catalogue")
    loaded = subprocess.run(
        [sys.executable, "-c", _FIRST_PICTURE, str(with_secrets.root)], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "ui.catalogue.catalogue_page" in loaded
    assert not {"asyncio", "qasync", "httpx", "keyring", "sqlite_utils", "PySide6.QtNetwork"} & set(loaded)


def test_a_fresh_profile_asks_and_leaves_nothing_behind(tmp_path: Path, qapp: QApplication) -> None:
    root = tmp_path / "fresh"

    async def scene() -> int:
        desktop = Desktop(DesktopOptions(root, own_folder=True, language="en"))
        assert desktop.open(root, practice=False)
        assert desktop.window is not None
        assert isinstance(desktop.window.page, FirstStartPage)
        await desktop.close()
        return 0

    run_until_complete(qapp, scene)
    assert not (root / "desk.db").exists()


def test_a_damaged_profile_is_refused_in_words(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "profile.json").write_text("{ not json", encoding="utf-8")
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(f"{box.text()} {box.informativeText()}"))

    async def scene() -> int:
        return await Desktop(DesktopOptions(tmp_path, own_folder=True, language="en")).run()

    assert run_until_complete(qapp, scene) == 1
    assert "The data folder cannot be used" in told[0]
    assert "untouched" in told[0]
    assert "profile.json" in capsys.readouterr().err


def recovery_page(qapp: QApplication) -> RecoveryPage | None:
    pages = [one for one in qapp.topLevelWidgets() if isinstance(one, RecoveryPage) and one.isVisible()]
    return pages[0] if pages else None


def often(act: Callable[[], None]) -> QTimer:
    """Call `act` again and again: what it waits for comes in an event loop inside another one."""
    timer = QTimer(interval=20)
    timer.timeout.connect(act)
    timer.start()
    return timer


def test_a_desk_whose_file_is_gone_is_put_back_and_opens(with_secrets: TestDesk, qapp: QApplication) -> None:
    (with_secrets.root / "desk.db").unlink()
    told: list[str] = []

    def act() -> None:
        page = recovery_page(qapp)
        if page is not None:
            told.append(" ".join(text.text() for text in page.findChildren(Text)))
            page.put_back()
            page.open_button.click()
        elif told and any(isinstance(one, ShellWindow) and one.isVisible() for one in qapp.topLevelWidgets()):
            shown(qapp).close()

    timer = often(act)
    assert start(DesktopOptions(with_secrets.root, own_folder=True, language="en")) == 0
    timer.stop()
    assert "is gone" in told[0]
    assert (with_secrets.root / "desk.db").exists()


def test_a_desk_that_is_not_put_back_stays_shut(with_secrets: TestDesk, qapp: QApplication) -> None:
    (with_secrets.root / "desk.db").unlink()

    def act() -> None:
        page = recovery_page(qapp)
        if page is not None:
            page.reject()

    timer = often(act)
    assert start(DesktopOptions(with_secrets.root, own_folder=True, language="en")) == 1
    timer.stop()
    assert not (with_secrets.root / "desk.db").exists()


def test_the_text_size_is_taken_before_qt_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: TestDesk
) -> None:
    with desk.opened() as application:
        application.settings.set(TEXT_SIZE, 150)
    seen: list[Path] = []

    def started(options: DesktopOptions) -> int:
        seen.append(options.root)
        return 0

    # Set and deleted again, so that it is put back as it was whatever main does to it.
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")
    monkeypatch.delenv("QT_SCALE_FACTOR")
    monkeypatch.setattr("ui.desktop.start", started)
    assert main.main(["--profile", str(desk.root)]) == 0
    assert os.environ["QT_SCALE_FACTOR"] == "1.5"
    assert seen == [desk.root]
