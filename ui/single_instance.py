"""One desktop per profile: the second raises the first and ends. Who may synchronise is another lock's matter."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 500


def _name(profile: Path) -> str:
    digest = hashlib.sha256(str(profile.resolve()).encode()).hexdigest()[:20]
    return f"comptoir-{digest}"


def raise_running(profile: Path) -> bool:
    """Ask the desktop that has `profile` open to come to the front; False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(profile))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    return True


class SingleInstance(QObject):
    """Listens for later starts on the same profile; `raised` asks the window to come to the front."""

    raised = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)
        # A desktop that was killed leaves its socket behind; nobody answered on it, so it may go.
        QLocalServer.removeServer(_name(profile))
        self._server.listen(_name(profile))

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _on_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()
