"""The sealed key beside the desk: written whole, read back, and a damaged one is said."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.storage.recovery_file import RecoveryFile, read_recovery, write_recovery

FILE = RecoveryFile("0190-2", bytes(range(32)), b"\xff sealed", datetime(2026, 3, 2, tzinfo=UTC))


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "recovery.json"
    assert read_recovery(path) is None
    write_recovery(path, FILE)
    assert read_recovery(path) == FILE
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_one_is_no_missing_one(tmp_path: Path) -> None:
    path = tmp_path / "recovery.json"
    path.write_bytes(b'{"version": 1')
    with pytest.raises(StorageFailed) as failed:
        read_recovery(path)
    assert failed.value.params == {"reason": "recovery-damaged", "path": str(path)}


def test_where_it_cannot_be_put_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed) as failed:
        write_recovery(tmp_path / "gone" / "recovery.json", FILE)
    assert failed.value.params["reason"] == "read-only"
