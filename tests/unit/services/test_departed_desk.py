"""A folder whose desk was shut out for good says what happened, and makes room for another desk."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.errors import NotConnected, StorageFailed
from desktop_app.paths import ProfilePaths
from desktop_app.profile import Profile, read_profile, write_profile
from desktop_app.services.departed_desk import DepartedDesk
from desktop_app.storage.departed_file import Departed, write_departed

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
PROFILE = Profile("https://orders.example.com", "s-1", "D42", "Bureautique Morvan", "Fabrique", "i-1")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_profile(tmp_path / "profile.json", PROFILE)
    write_departed(tmp_path / "departed.json", Departed("i-1", NOW, 3, "stolen", key_deleted=True))
    for name in ("desk.db", "desk.db-wal", "settings.json"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "backup").mkdir()
    return tmp_path


def departed(root: Path) -> DepartedDesk:
    return DepartedDesk(root, now=lambda: NOW)


def test_it_says_what_happened(root: Path) -> None:
    view = departed(root).view()
    assert (view.manufacturer, view.dealer, view.at) == ("Fabrique", "Bureautique Morvan", NOW)
    assert (view.messages, view.reason, view.key_deleted) == (3, "stolen", True)


def test_the_word_about_another_desk_counts_for_nothing(root: Path) -> None:
    write_departed(root / "departed.json", Departed("i-0", NOW, 3))
    with pytest.raises(NotConnected):
        departed(root).view()


def test_its_files_make_room_and_the_person_s_choices_stay(root: Path) -> None:
    aside = departed(root).begin_anew()
    assert sorted(path.name for path in aside.iterdir()) == [
        "backup",
        "departed.json",
        "desk.db",
        "desk.db-wal",
        "profile.json",
    ]
    assert sorted(path.name for path in root.iterdir()) == [aside.name, "settings.json"]
    assert read_profile(ProfilePaths(root).profile) is None
    with pytest.raises(StorageFailed):
        departed(root).begin_anew()
