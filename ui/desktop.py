"""The desktop from start to end: one profile open, its window, and a clean close. What is on screen is elsewhere."""

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QTimer

from desktop_app.application import Application
from desktop_app.errors import ComptoirError, DeskDeparted
from desktop_app.events import DeskShutOut, Event
from desktop_app.paths import default_profile
from desktop_app.settings import LANGUAGE, THEME
from desktop_app.version import program_version
from ui.async_bridge import Tasks, run_until_complete
from ui.collector import Collector
from ui.first_picture import FirstPicture
from ui.formats import Formats, utc_now
from ui.qt_application import qt_application
from ui.quick_start import freeze_what_is_made
from ui.shell.dialogs import CrashHandler
from ui.shell.window import ShellWindow
from ui.single_instance import SingleInstance
from ui.theme.look import Look
from ui.translation import Translation

if TYPE_CHECKING:
    import asyncio

    from ui.departed_page import DepartedPage


class DesktopOptions(Struct, frozen=True):
    """How the desktop was started. `own_folder`: the person named the folder; empty language and theme: as chosen."""

    root: Path
    own_folder: bool = False
    practice: bool = False
    language: str = ""
    theme: str = ""


def start(options: DesktopOptions) -> int:
    """Open the desktop and stay until it is closed; returns the exit code."""
    app = qt_application()
    desktop = Desktop(options)
    if not desktop.claim():
        return 0
    if not desktop.open(options.root, practice=options.practice):
        return 1
    desktop.show_first_picture()
    return run_until_complete(app, desktop.run)


class Desktop:
    """Owns the window and the application of the profile that is open; may change the profile once (to practise)."""

    def __init__(self, options: DesktopOptions) -> None:
        self._options = options
        self._translation = Translation()
        self._look = Look()
        self._crash = CrashHandler(self._look, program_version)
        self._tasks = Tasks()
        self._collector = Collector()
        self._over = False
        self._end: asyncio.Event | None = None
        self._departed: DepartedPage | None = None
        self._instance: SingleInstance | None = None
        self.application: Application | None = None
        self.window: ShellWindow | None = None

    async def run(self) -> int:
        """Open what is not open yet, wait for the end, close."""
        import asyncio

        self._crash.install()
        self._collector.start()
        self._end = asyncio.Event()
        if self.window is None and not self.open(self._options.root, practice=self._options.practice):
            await self.close()
            return 1
        self._tasks.loop_runs()
        if not self._over:
            await self._end.wait()
        await self.close()
        return 0

    def claim(self) -> bool:
        """Take the profile for a program that is to `run` this desktop; False where another has it and was raised."""
        self._tasks.wait_for_loop()
        self._instance = SingleInstance(self._options.root)
        return self._instance.claim()

    def show_first_picture(self) -> None:
        """Let Qt show the window; what needs the network, or asyncio at all, waits until `run`."""
        assert self.window is not None
        self._crash.install()
        first = FirstPicture(self.window)
        self.window.ended.connect(first.cancel)
        first.wait()
        freeze_what_is_made()

    def open(self, root: Path, *, practice: bool) -> bool:
        """Open the profile in `root` and show its window; False where the profile cannot be used (it was said)."""
        self._translation.use(self._options.language)
        self._look.use(self._options.theme or "system")
        application = self._opened(root)
        if application is None:
            return False
        self.application = application
        application.events.subscribe(self._on_event)
        self._translation.use(self._options.language or application.settings.get(LANGUAGE))
        self._look.use(self._options.theme or application.settings.get(THEME))
        self._instance = self._instance or SingleInstance(root)
        self.window = ShellWindow(
            application, self._look, self._translation, self._tasks, utc_now, practise=self._on_practise_wanted
        )
        self._crash.window = self.window
        self._instance.raised.connect(self.window.come_to_front)
        self.window.ended.connect(self._on_ended)
        self.window.show()
        begin = self.window.begin_practice if practice and not application.connected else self._begin
        self._tasks.start(self._settle(begin))
        return True

    async def close(self) -> None:
        """Stop all work, close window and files."""
        await self._tasks.cancel()
        await self._close_profile()
        self._translation.close()
        self._collector.stop()

    def _on_ended(self) -> None:
        self._over = True
        if self._end is not None:
            self._end.set()

    async def _settle(self, begin: Callable[[], None]) -> None:
        """After the first picture."""
        if self._instance is not None:
            self._instance.listen()
        begin()

    def _begin(self) -> None:
        """Start to synchronise."""
        if self.application is not None:
            self._tasks.start(self.application.start(), failed=self._on_start_failed)

    def _on_start_failed(self, error: ComptoirError) -> None:
        if self.window is not None:
            self.window.say_error(error)

    def _on_event(self, event: Event) -> None:
        """The manufacturer has shut out this desk for good: once the round has ended, a page takes its place."""
        if isinstance(event, DeskShutOut):
            QTimer.singleShot(0, lambda: self._tasks.start(self._depart()))

    async def _depart(self) -> None:
        if self.application is None:
            return
        root = self.application.paths.root
        await self._close_profile()
        page = self._departed = self._departed_page(root)
        # Shown, not executed: a nested event loop inside a coroutine would kill the other tasks.
        page.accepted.connect(lambda: self._open_anew(root))
        page.rejected.connect(self._on_ended)
        page.open()

    def _open_anew(self, root: Path) -> None:
        if not self.open(root, practice=False):
            self._on_ended()

    def _departed_page(self, root: Path) -> "DepartedPage":
        from desktop_app.services.departed_desk import DepartedDesk
        from ui.departed_page import DepartedPage

        desk = DepartedDesk(root, now=utc_now)
        return DepartedPage(self._look, Formats(self._translation.language), desk, desk.view())

    def _on_practise_wanted(self) -> None:
        """Practice never mixes with real data: it has a profile of its own, unless the person named a folder."""
        if self._options.own_folder or self._options.practice:
            assert self.window is not None
            self.window.begin_practice()
            return
        self._tasks.start(self._change_profile(default_profile(practice=True)))

    async def _change_profile(self, root: Path) -> None:
        instance = SingleInstance(root)
        if not instance.claim():
            self._on_ended()
            return
        old = self.window
        await self._close_profile(keep_window=True)
        self._instance = instance
        self.open(root, practice=True)
        if old is not None:
            old.leave()

    async def _close_profile(self, *, keep_window: bool = False) -> None:
        if self._instance is not None:
            self._instance.close()
            self._instance = None
        if self.window is not None and not keep_window:
            self.window.leave()
            self.window = None
        if self.application is not None:
            from asyncio import CancelledError

            with contextlib.suppress(CancelledError):
                await self.application.close()
            self.application = None

    def _opened(self, root: Path) -> Application | None:
        """The profile, put back first where it does not open and the person wants it so; None where it stays shut."""
        try:
            try:
                return Application.open(root)
            except DeskDeparted as error:
                from PySide6.QtWidgets import QDialog

                print(f"{error.title}: {error.message}", file=sys.stderr)
                if self._departed_page(root).exec() != QDialog.DialogCode.Accepted:
                    return None
            except ComptoirError as error:
                if not self._put_back(root, error):
                    return None
            return Application.open(root)
        except ComptoirError as error:
            self._say(error)
            return None

    def _put_back(self, root: Path, error: ComptoirError) -> bool:
        """Offer to put the desk back; True where that was done. Raises `error` where it is not of that kind."""
        from desktop_app.services.recovery_service import RecoveryService

        service = RecoveryService(root)
        if not service.helps(error):
            raise error
        from PySide6.QtWidgets import QDialog

        from ui.recovery_page import RecoveryPage

        print(f"{error.title}: {error.message}", file=sys.stderr)
        page = RecoveryPage(self._look, Formats(self._translation.language), service, service.findings())
        return page.exec() == QDialog.DialogCode.Accepted

    def _say(self, error: ComptoirError) -> None:
        """Nothing can be opened: a plain message, before there is a window."""
        from PySide6.QtWidgets import QMessageBox

        from ui.widgets.tips import plain_tip
        from ui.wording import error_words

        title, message = error_words(error, Formats(self._translation.language))
        box = QMessageBox(QMessageBox.Icon.Critical, "Comptoir", plain_tip(title))
        box.setInformativeText(plain_tip(message))
        print(f"{error.title}: {error.message}", file=sys.stderr)
        box.exec()
