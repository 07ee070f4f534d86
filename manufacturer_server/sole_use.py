"""The data folder as one program's own: no two servers on it, and none while its file is replaced."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from manufacturer_server.errors import NoServerHere, ServerRefusal

LOCK_NAME = "server.lock"


@contextmanager
def sole_use(folder: Path) -> Iterator[None]:
    """Hold the lock of a data folder for the length of the block. Raises NoServerHere, ServerRefusal."""
    from filelock import FileLock, Timeout

    if not folder.is_dir():
        raise NoServerHere(f"There is no server in {folder}.")
    try:
        with FileLock(folder / LOCK_NAME, timeout=0):
            yield
    except Timeout as error:
        raise ServerRefusal(f"The server in {folder} is running already; stop it first.") from error
