"""The one sync worker of a profile, across programs: a lock file held from the first round until the end."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import StorageFailed

if TYPE_CHECKING:
    from filelock import BaseFileLock


class SyncLock:
    """Whoever holds it talks to the server; every other program on the profile leaves that to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock: BaseFileLock | None = None

    def acquire(self) -> bool:
        """Take it, or keep it; False where another program has it. Raises StorageFailed where it cannot be made."""
        # Late, because a desk can be looked at long before it synchronises.
        from filelock import FileLock, Timeout

        if self._lock is None:
            self._lock = FileLock(self._path, timeout=0, thread_local=False)
        try:
            if not self._lock.is_locked:
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
        if self._lock is not None:
            self._lock.release()
