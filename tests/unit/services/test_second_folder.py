"""A USB stick that has the sealed copy too: in step while it is there, and no error while it is not."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app import sealing
from desktop_app.application import Application
from desktop_app.errors import FileNotWritten, StorageFailed
from desktop_app.services.second_folder import PREFIX, FolderState, FolderView, SecondFolder, copies_in
from desktop_app.settings import SECOND_FOLDER, Settings
from tests.support.desk_world import KEY, WORKED_EXAMPLE, DeskWorld

NOW = datetime(2026, 6, 9, 8, tzinfo=UTC)
DESK = "desk-1"


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    (tmp_path / "profile" / "unsent").mkdir(parents=True)
    return tmp_path / "profile"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def second_folder(profile: Path) -> SecondFolder:
    """As a fresh start of the program has it."""
    settings = Settings(profile / "settings.json")
    return SecondFolder(profile / "unsent", profile / "second-folder.json", DESK, settings, now=Clock())


def segment(profile: Path, name: str, content: bytes) -> None:
    (profile / "unsent" / f"unsent-{name}.seal").write_bytes(content)


def on_stick(stick: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (stick / (PREFIX + DESK)).iterdir()}


def test_without_a_folder_nothing_is_said_or_written(profile: Path) -> None:
    folder = second_folder(profile)
    folder.wake()
    assert folder.view() == FolderView()
    folder.close()
    assert not (profile / "second-folder.json").exists()


def test_the_folder_has_the_same_files_and_loses_what_the_desk_is_done_with(profile: Path, stick: Path) -> None:
    folder = second_folder(profile)
    segment(profile, "a", b"one")
    assert folder.choose(str(stick)).state is FolderState.IN_STEP
    segment(profile, "a", b"one, two")
    segment(profile, "b", b"three")
    folder.copy()
    assert on_stick(stick) == {"unsent-a.seal": b"one, two", "unsent-b.seal": b"three"}
    (profile / "unsent" / "unsent-a.seal").unlink()
    second_folder(profile).copy()
    assert on_stick(stick) == {"unsent-b.seal": b"three"}


def test_a_torn_end_on_the_stick_is_written_anew(profile: Path, stick: Path) -> None:
    folder = second_folder(profile)
    segment(profile, "a", b"one, two")
    folder.choose(str(stick))
    (stick / (PREFIX + DESK) / "unsent-a.seal").write_bytes(b"one, t")
    folder.copy()
    assert on_stick(stick) == {"unsent-a.seal": b"one, two"}


def test_a_stick_that_is_not_there_is_no_error_and_since_when_is_kept(profile: Path, stick: Path) -> None:
    folder = second_folder(profile)
    segment(profile, "a", b"one")
    last = folder.choose(str(stick)).since
    shutil.move(stick, stick.with_name("drawer"))
    for again in (folder, second_folder(profile)):
        again.copy()
        assert again.view() == FolderView(str(stick), FolderState.ABSENT, last)
    # Nothing is made where the stick would be: that is this computer's own disk.
    assert not stick.exists()
    segment(profile, "b", b"two")
    shutil.move(stick.with_name("drawer"), stick)
    folder.copy()
    assert folder.view().state is FolderState.IN_STEP
    assert set(on_stick(stick)) == {"unsent-a.seal", "unsent-b.seal"}


def test_a_folder_that_cannot_be_written_says_why(profile: Path, stick: Path) -> None:
    folder = second_folder(profile)
    (stick / (PREFIX + DESK)).write_bytes(b"in the way")
    view = folder.choose(str(stick))
    assert (view.state, view.since) == (FolderState.FAILED, None)
    assert PREFIX in view.detail
    assert Settings(profile / "settings.json").get(SECOND_FOLDER) == str(stick)


def test_what_this_desk_does_not_know_is_never_removed(profile: Path, stick: Path) -> None:
    """The profile was lost and begun anew: what lies on the stick is all there is of the orders before."""
    (stick / (PREFIX + DESK)).mkdir()
    (stick / (PREFIX + DESK) / "unsent-before.seal").write_bytes(b"the last trace")
    folder = second_folder(profile)
    segment(profile, "a", b"one")
    folder.choose(str(stick))
    (profile / "unsent" / "unsent-a.seal").unlink()
    folder.copy()
    assert on_stick(stick) == {"unsent-before.seal": b"the last trace"}


def test_another_folder_takes_over_and_the_one_before_is_emptied(profile: Path, stick: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    folder = second_folder(profile)
    segment(profile, "a", b"one")
    folder.choose(str(stick))
    folder.choose(str(tmp_path / "disk"))
    assert (list(stick.iterdir()), on_stick(tmp_path / "disk")) == ([], {"unsent-a.seal": b"one"})
    assert folder.choose("") == FolderView()
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_folder_that_is_not_there_or_part_of_the_profile_is_refused(profile: Path, stick: Path) -> None:
    folder = second_folder(profile)
    folder.choose(str(stick))
    for wrong in (stick / "nowhere", profile / "unsent"):
        with pytest.raises(FileNotWritten):
            folder.choose(str(wrong))
    assert folder.view().folder == str(stick)


def test_a_folder_on_the_desk_s_own_disk_says_so(profile: Path, stick: Path) -> None:
    assert second_folder(profile).choose(str(stick)).same_disk


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    """A connected profile without a server."""
    (tmp_path / "desk").mkdir()
    world = DeskWorld(tmp_path / "desk")
    world.write_profile()
    world.close()
    application = Application.open(tmp_path / "desk")
    yield application
    application.close_files()


def test_an_order_is_on_the_stick_when_the_program_ends(application: Application, stick: Path) -> None:
    application.second_copy.use_folder(str(stick))
    order = application.orders.new_order(WORKED_EXAMPLE, round_up=False).submit()
    application.close_files()
    ((instance, records),) = copies_in(stick, lambda: "never").items()
    assert [sealing.open_sealed(one, sealing.own_private_key(KEY)).order_id for one in records] == [
        order.summary.order_id
    ]
    assert copies_in(stick / (PREFIX + instance), lambda: "never") == {instance: records}


def test_a_folder_without_copies_is_said(stick: Path) -> None:
    with pytest.raises(StorageFailed, match="no copy of unsent orders"):
        copies_in(stick, lambda: "never")
