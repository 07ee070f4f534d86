"""The one sync worker of a profile, across programs: a lock file held from the first round until the end."""

from pathlib import Path

from filelock import FileLock, Timeout

from desktop_app.errors import StorageFailed


class SyncLock:
    """Whoever holds it talks to the server; every other program on the profile leaves that to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path, timeout=0, thread_local=False)

    def acquire(self) -> bool:
        """Take it, or keep it; False where another program has it. Raises StorageFailed where it cannot be made."""
        if self._lock.is_locked:
            return True
        try:
            self._lock.acquire()
        except Timeout:
            return False
        except OSError as error:
            raise StorageFailed(
                f"The file {self._path} cannot be written ({error.strerror or error}).",
                reason="read-only",
                path=str(self._path),
            ) from error
        return True

    def release(self) -> None:
        """Let another program have it."""
        self._lock.release()
