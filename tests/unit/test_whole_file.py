"""All or nothing."""

import os
import stat
from pathlib import Path

import pytest

from desktop_app.whole_file import write_whole


def test_the_new_one_takes_the_old_one_s_place(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_where_it_cannot_be_put_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.mkdir()
    with pytest.raises(OSError, match=r"file\.json"):
        write_whole(path, b"new")
    assert list(tmp_path.iterdir()) == [path]
