"""Folders that cannot be written, for whoever runs the tests."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def unwritable(folder: Path) -> Iterator[Path]:
    """A folder nobody may write to: `folder` itself or, for root, whom no permission stops, one the kernel keeps."""
    if sys.platform == "win32":
        pytest.skip("Windows keeps folders by other means")
    if os.geteuid() == 0:
        yield Path("/sys/kernel")
        return
    folder.chmod(0o500)
    try:
        yield folder
    finally:
        folder.chmod(0o700)
