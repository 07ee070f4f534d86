"""Notices whether a picture named in a text was fetched: from its file, or from this computer's own port."""

import contextlib
import ctypes
import os
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QColor, QPixmap

_IN_OPEN = 0x20


class Fetched:
    """What was fetched so far."""

    def __init__(self, listener: socket.socket, opened: int | None) -> None:
        self._listener, self._opened = listener, opened

    def connections(self) -> int:
        """How often somebody connected to the port."""
        found = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                self._listener.accept()[0].close()
                found += 1
        return found

    def openings(self) -> int:
        """How often the file was opened; 0 where the system does not tell."""
        if self._opened is None:
            return 0
        with contextlib.suppress(BlockingIOError):
            data = os.read(self._opened, 4_096)
            return len(data) // struct.calcsize("iIII")
        return 0


@contextlib.contextmanager
def watched(picture: Path, port: int) -> Iterator[Fetched]:
    """A picture at `picture`, and somebody who listens at `port` of this computer."""
    pixmap = QPixmap(4, 4)
    pixmap.fill(QColor("red"))
    assert pixmap.save(str(picture))
    with socket.create_server(("127.0.0.1", port)) as listener:
        listener.setblocking(False)
        opened = None
        if sys.platform == "linux":
            libc = ctypes.CDLL(None, use_errno=True)
            opened = libc.inotify_init1(os.O_NONBLOCK)
            assert libc.inotify_add_watch(opened, str(picture).encode(), _IN_OPEN) >= 0
        try:
            yield Fetched(listener, opened)
        finally:
            if opened is not None:
                os.close(opened)
            picture.unlink()
