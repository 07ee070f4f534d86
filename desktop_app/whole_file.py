"""Writing a small file all or nothing: after a crash it is the old one or the new one, never half of either."""

import contextlib
import os
from pathlib import Path

from desktop_app.durable import sync_folder


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` in place of what `path` holds, readable by its owner only. Raises OSError, with nothing changed."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
