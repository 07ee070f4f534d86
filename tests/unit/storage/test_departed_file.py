"""The word that a desk was shut out for good: kept whole, and never mistaken for anything else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.storage.departed_file import Departed, read_departed, write_departed

DEPARTED = Departed("i-1", datetime(2026, 3, 2, tzinfo=UTC), 3, "stolen")


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "departed.json"
    assert read_departed(path) is None
    write_departed(path, DEPARTED)
    assert read_departed(path) == DEPARTED


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    path = tmp_path / "departed.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(StorageFailed):
        read_departed(path)
    with pytest.raises(StorageFailed):
        write_departed(tmp_path / "nowhere" / "departed.json", DEPARTED)
