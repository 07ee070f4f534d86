"""A download that can be cut and taken up again: its bytes in a file beside their final use, and their digest."""

import errno
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from desktop_app.errors import ProtocolViolation, StorageFailed


class PartFile:
    """What has arrived of an immutable file of `size` bytes. Each chunk, old and new, is handed to `sink` once,
    when it is in the file."""

    def __init__(self, path: Path, size: int, sha256: str, sink: Callable[[bytes], None]) -> None:
        self.path, self.size = path, size
        self.have = 0
        self._sha256, self._sink = sha256, sink
        self._digest = hashlib.sha256()
        self._file: BinaryIO | None = None

    def open(self) -> None:
        """Take up what an earlier attempt left, unless that is done. Raises StorageFailed."""
        if self._file is not None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and self.path.stat().st_size > self.size:
                self.path.unlink()
            self._file = self.path.open("a+b")
            self._file.seek(0)
            while chunk := self._file.read(1 << 18):
                self._take(chunk)
        except OSError as error:
            raise self._failed(error) from error

    def append(self, chunk: bytes) -> None:
        """Add what arrived. Raises ProtocolViolation for more bytes than announced, StorageFailed."""
        if self._file is None:
            raise ValueError("the file is not open")
        if self.have + len(chunk) > self.size:
            self.remove()
            raise ProtocolViolation("The catalogue file is longer than announced.", what="catalogue file")
        try:
            self._file.write(chunk)
            # Whoever reads along in the file finds it there.
            self._file.flush()
        except OSError as error:
            raise self._failed(error) from error
        self._take(chunk)

    def prove(self) -> None:
        """Raises ProtocolViolation, and forgets everything, unless all bytes are there and have the right SHA-256."""
        if self.have != self.size or self._digest.hexdigest() != self._sha256.lower():
            self.remove()
            raise ProtocolViolation("The catalogue file arrived damaged and is fetched again.", what="catalogue file")

    def close(self) -> None:
        """Close the file; what arrived stays for the next attempt."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def remove(self) -> None:
        """Close and delete the file."""
        self.close()
        self.path.unlink(missing_ok=True)

    def _take(self, chunk: bytes) -> None:
        self._digest.update(chunk)
        self.have += len(chunk)
        self._sink(chunk)

    def _failed(self, error: OSError) -> StorageFailed:
        return StorageFailed(
            f"The catalogue cannot be kept in {self.path.parent} ({error.strerror or error}). "
            "Free some space or allow writing there; orders are not affected.",
            reason="full" if error.errno == errno.ENOSPC else "read-only",
            path=str(self.path),
        )
