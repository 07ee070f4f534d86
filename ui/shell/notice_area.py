"""The place under the top bar where one notice line at a time is said. Notices of the core get their words here."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.look import Look
from ui.widgets.notices import NoticeLine

_LASTING = ("warning", "error", "offline")
_SHORT_MS = 8_000


class NoticeArea(QWidget):
    """Holds the last notice; a newer one takes its place. Good news goes away by itself, a page's words with it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._line: NoticeLine | None = None
        self._key = ""
        self._lasting = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    def say(self, text: str, severity: str, key: str = "", detail: str = "", *, lasting: bool = False) -> None:
        """One line; the same `key` replaces, so does any other. `lasting`: on every page, and until it is closed."""
        self.clear()
        self._key, self._lasting = key, lasting
        self._line = NoticeLine(self._look, severity, text, detail, close_name=self.tr("Close"))
        self._line.closed.connect(self.clear)
        self._layout.addWidget(self._line)
        self.show()
        if severity not in _LASTING and not lasting:
            self._timer.start(_SHORT_MS)

    def clear(self) -> None:
        """Take the line away."""
        self._timer.stop()
        if self._line is not None:
            self._layout.removeWidget(self._line)
            self._line.hide()
            self._line.deleteLater()
            self._line = None
        self._key, self._lasting = "", False
        self.hide()

    def leave_page(self) -> None:
        """Another page comes: what was said about the last one goes with it."""
        if not self._lasting:
            self.clear()

    def forget(self, key: str) -> None:
        """Take the line away if it is the one with this key."""
        if key and key == self._key:
            self.clear()
