"""profile.json: whole, private, and without a secret in its looks."""

import os
import stat
from pathlib import Path

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.profile import Profile, read_profile, write_profile

PROFILE = Profile(
    "https://orders.example.com", "server-1", "D42", "Morvan", "Manufacturer", "desk-1", True, key="ab", token="t"
)


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    assert read_profile(path) is None
    write_profile(path, PROFILE)
    assert read_profile(path) == PROFILE
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"server_url": 1}', b"\xff"])
def test_a_damaged_one_is_said_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "profile.json"
    path.write_bytes(content)
    with pytest.raises(StorageFailed, match="Orders in this folder are untouched"):
        read_profile(path)
    assert path.read_bytes() == content


def test_a_later_version_s_fields_do_not_disturb(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    write_profile(path, PROFILE)
    path.write_text(path.read_text().replace("{", '{"colour": "blue",', 1))
    assert read_profile(path) == PROFILE


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed):
        write_profile(tmp_path / "file" / "profile.json", PROFILE)


def test_its_looks_give_nothing_away() -> None:
    assert "ab" not in repr(PROFILE).replace("Profile", "")
