"""Folders that would lose or damage a desk's files are known before anything is put there."""

import json
from pathlib import Path

import pytest

from desktop_app.places import PlaceKind, Surroundings, unsafe_place

MOUNTS = """22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / {share} rw,relatime shared:9 - {kind} server:/vol rw,vers=4.2
41 22 0:36 / {share}/local rw - ext4 /dev/sdb1 rw
"""


def around(tmp_path: Path, system: str = "linux", mounts: str = "", **environment: str) -> Surroundings:
    return Surroundings(system, environment, tmp_path / "home", mounts)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_network_share_is_no_place(tmp_path: Path, kind: str) -> None:
    share = tmp_path / "my share"
    table = MOUNTS.format(share=str(share).replace(" ", "\\040"), kind=kind)
    found = unsafe_place(share / "comptoir" / "default", around(tmp_path, mounts=table))
    assert found is not None
    assert (found.kind, found.by) == (PlaceKind.NETWORK, kind)
    assert "network share" in found.sentence
    # The share itself does not spoil what lies beside it, nor a disk within it.
    assert unsafe_place(tmp_path / "my shared", around(tmp_path, mounts=table)) is None
    assert unsafe_place(share / "local" / "desk", around(tmp_path, mounts=table)) is None


def test_of_two_mounts_on_one_folder_the_later_counts(tmp_path: Path) -> None:
    first = MOUNTS.format(share=tmp_path / "data", kind="nfs")
    table = first + f"50 40 8:2 / {tmp_path / 'data'} rw - xfs /dev/sdc1 rw\n"
    assert unsafe_place(tmp_path / "data" / "desk", around(tmp_path, mounts=table)) is None


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveCommercial"])
def test_a_folder_of_onedrive_is_no_place(tmp_path: Path, name: str) -> None:
    here = around(tmp_path, **{name: str(tmp_path / "OneDrive - Dealer")})
    found = unsafe_place(tmp_path / "OneDrive - Dealer" / "Documents" / "comptoir", here)
    assert found is not None
    assert (found.kind, found.by) == (PlaceKind.SYNCED, "OneDrive")
    assert unsafe_place(tmp_path / "Documents", here) is None


def test_dropbox_tells_its_folder_itself(tmp_path: Path) -> None:
    settings = tmp_path / "home" / ".dropbox" / "info.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"personal": {"path": str(tmp_path / "Boxed")}, "odd": 3}))
    found = unsafe_place(tmp_path / "Boxed" / "desk", around(tmp_path))
    assert found is not None
    assert found.by == "Dropbox"
    settings.write_text("{")
    assert unsafe_place(tmp_path / "Boxed" / "desk", around(tmp_path)) is None


@pytest.mark.parametrize(("mark", "by"), [(".stfolder", "Syncthing"), (".nextcloudsync.log", "Nextcloud")])
def test_programs_that_sync_are_known_by_what_they_leave(tmp_path: Path, mark: str, by: str) -> None:
    (tmp_path / "synced").mkdir()
    (tmp_path / "synced" / mark).touch()
    found = unsafe_place(tmp_path / "synced" / "deep" / "desk", around(tmp_path))
    assert found is not None
    assert found.by == by


def test_a_link_does_not_hide_where_a_folder_lies(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "OneDrive")
    here = around(tmp_path, OneDrive=str(tmp_path / "OneDrive"))
    assert unsafe_place(tmp_path / "link" / "desk", here) is not None


def test_a_roaming_profile_is_no_place(tmp_path: Path) -> None:
    here = around(tmp_path, "win32", APPDATA=str(tmp_path / "Roaming"), LOCALAPPDATA=str(tmp_path / "Local"))
    found = unsafe_place(tmp_path / "Roaming" / "comptoir", here)
    assert found is not None
    assert found.kind is PlaceKind.ROAMING
    assert unsafe_place(tmp_path / "Local" / "comptoir", here) is None


def test_icloud_is_no_place(tmp_path: Path) -> None:
    here = around(tmp_path, "darwin")
    found = unsafe_place(tmp_path / "home" / "Library" / "Mobile Documents" / "desk", here)
    assert found is not None
    assert found.by == "iCloud"


def test_this_computer_can_be_asked(tmp_path: Path) -> None:
    assert unsafe_place(tmp_path) is None
