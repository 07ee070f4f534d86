"""The names in a folder are put on disk."""

from pathlib import Path

import pytest

from desktop_app.durable import sync_folder


def test_a_folder_is_synced_and_one_that_is_not_there_is_said(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    with pytest.raises(OSError, match="missing"):
        sync_folder(tmp_path / "missing")
