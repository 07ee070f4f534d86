"""A person at the keyboard for tests of screens: keys and letters go where the focus is."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

SIZE = (1208, 780)


def settle() -> None:
    """Let everything that was started by an event come to its end, deletions included."""
    for _ in range(4):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def focus() -> QWidget:
    """The widget that gets the keys; fails where there is none."""
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the focus"
    return found


def press(*keys: str) -> None:
    """Press keys or combinations one after the other: `Alt+Right`, `Return`."""
    for sequence in keys:
        QTest.keySequence(focus(), QKeySequence(sequence))
        settle()


def write(text: str) -> None:
    """Type letters, accents and signs included."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focus(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    settle()


@contextmanager
def shown(page: QWidget, size: tuple[int, int] = SIZE) -> Iterator[QWidget]:
    """A page in a window of its own, in front and with the focus."""
    page.resize(*size)
    page.show()
    page.activateWindow()
    settle()
    try:
        yield page
    finally:
        page.close()
        page.deleteLater()
        settle()
