"""A hand at the keyboard and an eye on the window: keys, waiting, pictures. What is played is in `main_job`."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_LOOK_AGAIN_S = 0.02
_SETTLE_S = 0.12


class Stuck(Exception):
    """What was waited for did not come; the message says what."""


class Hand:
    """Types where the focus is, as a person would. Every key goes through Qt's own dispatch, shortcuts included."""

    def __init__(self, window: QWidget, out: Path) -> None:
        self._window, self._out = window, out
        self.pictures: list[Path] = []

    async def press(self, keys: str) -> None:
        """Press one key or combination, as `Alt+2`, `Return` or `F5`."""
        QTest.keySequence(self._focus(), QKeySequence(keys))
        await self.rest()

    async def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            focus = self._focus()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(focus, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        await self.rest()

    async def rest(self) -> None:
        """Let the screen follow."""
        await asyncio.sleep(_SETTLE_S)

    async def until(self, condition: Callable[[], object], what: str, limit_s: float = 60.0) -> None:
        """Wait until `condition` holds; raises Stuck with `what` after `limit_s` seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + limit_s
        while not condition():
            if loop.time() > end:
                raise Stuck(what)
            await asyncio.sleep(_LOOK_AGAIN_S)
        await self.rest()

    def picture(self, name: str) -> Path:
        """Save what the window shows, with the windows above it, as the next numbered PNG."""
        path = self._out / f"{len(self.pictures) + 1:02d}-{name}.png"
        shot = self._window.grab()
        above = [
            other
            for other in QApplication.topLevelWidgets()
            if other is not self._window and other.isVisible() and other.windowFlags() & Qt.WindowType.Window
        ]
        if above:
            from PySide6.QtGui import QPainter

            painter = QPainter(shot)
            for other in above:
                painter.drawPixmap(self._window.mapFromGlobal(other.mapToGlobal(other.rect().topLeft())), other.grab())
            painter.end()
        if not shot.save(str(path)):
            raise Stuck(f"{path} could not be written")
        self.pictures.append(path)
        return path

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeModalWidget() or self._window
