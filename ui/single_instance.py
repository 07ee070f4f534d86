"""One desktop per profile: the second raises the first and ends. Who may synchronise is another lock's matter.

A lock file tells whether there is another one; only to reach it is Qt's network module imported.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QDir, QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_PATIENCE_MS = 500
# A first one that has just been started listens a moment after its first picture.
_TRIES, _BETWEEN_MS = 10, 200


def _name(profile: Path) -> str:
    digest = QCryptographicHash.hash(str(profile.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
    return f"comptoir-{bytes(digest.data()).hex()[:20]}"


def raise_running(profile: Path) -> bool:
    """Ask the desktop that has `profile` open to come to the front; False where none answers."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_name(profile))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    return True


class SingleInstance(QObject):
    """Keeps a profile to one desktop. `raised`: a later start asks the window to come to the front."""

    raised = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._lock = QLockFile(QDir.temp().filePath(f"{_name(profile)}.lock"))
        # However long it runs: the lock of a desktop that was killed is known by its process.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Take the profile; False where another desktop has it and was raised instead.

        Where the other does not answer, or no lock can be written, the profile is taken all the same.
        """
        if self._lock.tryLock(0):
            return True
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            return not raise_running(self._profile)
        for _ in range(_TRIES):
            if raise_running(self._profile):
                return False
            if self._lock.tryLock(0):
                return True
            QThread.msleep(_BETWEEN_MS)
        return True

    def listen(self) -> None:
        """Answer later starts from now on."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)
        # A desktop that was killed leaves its socket behind; nobody answered on it, so it may go.
        QLocalServer.removeServer(_name(self._profile))
        self._server.listen(_name(self._profile))

    def close(self) -> None:
        """Stop listening and let the profile go."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _on_new_connection(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()
