"""Where the window was left: size, place on the screen, room. Kept with the person's choices."""

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

from desktop_app.settings import ROOM, WINDOW, Settings
from ui.page import Room

_SIZE = QSize(1440, 900)


def restore_place(window: QWidget, settings: Settings) -> None:
    """Put the window where it was, at the usual size the first time."""
    kept = settings.get(WINDOW)
    if not kept or not window.restoreGeometry(QByteArray.fromBase64(kept.encode())):
        window.resize(_SIZE.boundedTo(window.screen().availableSize()))


def keep_place(window: QWidget, room: Room, settings: Settings) -> None:
    """Keep it for the next start. A room nobody works in is not opened again."""
    settings.set(WINDOW, bytes(window.saveGeometry().toBase64().data()).decode())
    if ROOM.accepts(room.value):
        settings.set(ROOM, room.value)
