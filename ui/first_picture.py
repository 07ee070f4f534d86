"""The start until a window is seen: Qt runs alone, and what only the network needs is not imported yet."""

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

# Long enough to show the results of what is typed at once, too short to be felt as late news.
_MOMENT_MS = 250
# A window that is not painted (minimised from the start) does not keep the orders from leaving.
_PATIENCE_MS = 2_000


class FirstPicture(QObject):
    """Waits until a window was seen for a moment."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._loop = QEventLoop()

    def wait(self) -> None:
        """Let Qt work until then, or until `cancel`."""
        self._window.installEventFilter(self)
        QTimer.singleShot(_PATIENCE_MS, self._loop, self._loop.quit)
        self._loop.exec()
        self._window.removeEventFilter(self)

    def cancel(self) -> None:
        """Wait no longer: the window was closed."""
        self._loop.quit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first time the window is painted."""
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(_MOMENT_MS, self._loop, self._loop.quit)
        return False
