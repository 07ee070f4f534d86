"""Files and folders that are still there after a power cut, whole."""

import os
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Put `content` in place of what `path` holds: after a power cut it is there, or nothing has changed.

    The folder is made where it is missing. Raises OSError.
    """
    make_folder(path.parent)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    replace_durably(part, path)


def replace_durably(part: Path, path: Path) -> None:
    """Give the finished file `part` the name `path` in the same folder, in place of what had it. Raises OSError."""
    sync_file(part)
    part.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Wait until the content of a file is on the disk. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it, where they are missing, so that they stay. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        sync_folder(made.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable, where the system lets a folder be opened. Raises OSError."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
