"""What screen readers and keyboards meet in every room: each stop of the Tab key has a name."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from ui.async_bridge import Tasks
from ui.page import Room
from ui.shell.window import ShellWindow
from ui.theme.look import Look
from ui.translation import Translation

ROOMS = (Room.HOME, Room.CATALOGUE, Room.CONDITIONS, Room.ORDERS, Room.SYNC, Room.SETTINGS)


@pytest.fixture
def window(
    application: Application, look: Look, translation: Translation, now: Callable[[], datetime], qtbot: QtBot
) -> Iterator[ShellWindow]:
    translation.use("fr")
    draft = application.orders.new_draft("Lycée")
    draft.add("TN1", 2)
    draft.submit()
    application.orders.new_draft("Mairie")
    made = ShellWindow(application, look, translation, Tasks(), now, practise=lambda: None)
    made.resize(1440, 900)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.leave()


def stops(window: QWidget) -> list[QWidget]:
    """The widgets the Tab key goes to, in its order, once round."""
    found: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window and widget not in found:
        tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


@pytest.mark.parametrize("room", ROOMS)
def test_each_stop_of_the_tab_key_has_a_name(window: ShellWindow, room: Room) -> None:
    window.open_room(room)
    QApplication.processEvents()
    nameless = [f"{type(widget).__name__} {widget.objectName()}" for widget in stops(window) if not name_of(widget)]
    assert nameless == []
    # Of a row of chips or segments one is a stop.
    assert len(stops(window)) > 6


@pytest.mark.parametrize("room", ROOMS)
def test_the_tab_key_never_gets_stuck(window: ShellWindow, room: Room) -> None:
    window.open_room(room)
    QApplication.processEvents()
    seen: list[QWidget | None] = []
    for _ in range(len(stops(window)) + 4):
        window.focusNextChild()
        seen.append(QApplication.focusWidget())
    assert len(set(seen)) >= len(stops(window)) // 2


@pytest.mark.parametrize("room", ROOMS)
def test_something_has_the_focus(window: ShellWindow, room: Room) -> None:
    window.open_room(room)
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.page.isAncestorOf(focus)
