"""One sync worker per profile."""

from pathlib import Path

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.sync.lock import SyncLock


def test_one_at_a_time(tmp_path: Path) -> None:
    first, second = SyncLock(tmp_path / "desk.lock"), SyncLock(tmp_path / "desk.lock")
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()
    second.release()


def test_a_lock_that_cannot_be_made_is_a_failure_with_a_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed):
        SyncLock(tmp_path / "file" / "desk.lock").acquire()
