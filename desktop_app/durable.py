"""Making sure that what was written is still there after a power cut."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Put the names in `folder` on disk: of a file just made, renamed or deleted there. Raises OSError.

    Windows keeps names without being asked, and opens no folder.
    """
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make `folder`, with `mode`, and those above it, where they are missing, so that they stay. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(mode, parents=True, exist_ok=True)
    for made in missing:
        sync_folder(made.parent)
