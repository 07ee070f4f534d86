"""Where a profile keeps what, and how a first start is undone."""

from pathlib import Path

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.paths import ProfilePaths, Undo, default_profile, prepare, remove_desk
from tests.support.folders import unwritable


def test_the_own_and_the_practice_profile_lie_apart(home: Path) -> None:
    own, practice = default_profile(), default_profile(practice=True)
    assert own != practice
    assert own.is_relative_to(home)
    assert not own.exists()


def test_undoing_removes_what_was_made_and_nothing_else(tmp_path: Path) -> None:
    root = tmp_path / "a" / "desk"
    undo = Undo(ProfilePaths(root))
    (root / "desk.db").write_text("new")
    (root / "cache").mkdir()
    (root / "cache" / "catalog-0.db").write_text("new")
    undo.run()
    assert list(tmp_path.iterdir()) == []
    root.mkdir(parents=True)
    (root / "settings.json").write_text("mine")
    (root / "cache").mkdir()
    (root / "cache" / "old").write_text("mine")
    undo = Undo(ProfilePaths(root))
    (root / "desk.db").write_text("new")
    undo.run()
    assert sorted(path.name for path in root.rglob("*")) == ["cache", "old", "settings.json"]


def test_throwing_a_practice_desk_away_keeps_the_settings(tmp_path: Path) -> None:
    paths = ProfilePaths(tmp_path)
    for path in (paths.desk, paths.profile, paths.settings, paths.lock):
        path.write_text("x")
    paths.backup.mkdir()
    (paths.backup / "desk-1.db").write_text("x")
    remove_desk(paths)
    assert list(tmp_path.iterdir()) == [paths.settings]


def test_a_read_only_folder(tmp_path: Path) -> None:
    with unwritable(tmp_path) as folder, pytest.raises(StorageFailed, match="cannot be written"):
        prepare(folder / "desk")


def test_a_folder_under_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed):
        prepare(tmp_path / "file" / "deeper" / "desk")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
