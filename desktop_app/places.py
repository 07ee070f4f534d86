"""Folders where a desk's files would not be safe: network shares, synced folders, roaming profiles.

SQLite's write-ahead log needs memory that the programs of one computer share, which a network share does not give. A
synced folder copies half-written files and brings old ones back; a roaming profile leaves the queue on another
computer.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from desktop_app.events import Notice

_NETWORK = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "afpfs", "webdav", "davfs", "ncpfs", "ceph", "glusterfs",
        "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.smbnetfs",
    }
)  # fmt: skip
# What programs that sync leave in the folders they look after.
_MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.driveupload": "Google Drive",
    ".SynologyWorkingDirectory": "Synology Drive",
}
_ONE_DRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_REMOTE_DRIVE = 4
# A space in a path stands as \\040 in the table of mounts.
_OCTAL = re.compile(r"\\(\d{3})")


class PlaceKind(StrEnum):
    """Why a folder is no place for a desk."""

    NETWORK = "network"
    SYNCED = "synced"
    ROAMING = "roaming"


class UnsafePlace(Struct, frozen=True):
    """Why a folder is unsafe; `by` names the file system or the program that looks after it."""

    kind: PlaceKind
    by: str

    @property
    def sentence(self) -> str:
        """What is wrong, in English."""
        words = {
            PlaceKind.NETWORK: f"lies on a network share ({self.by}), where files of a database can be damaged",
            PlaceKind.SYNCED: f"is synced by {self.by}, which copies half-written files and brings old ones back",
            PlaceKind.ROAMING: "belongs to a roaming profile, which would leave unsent orders on another computer",
        }
        return words[self.kind]


class Surroundings(Struct, frozen=True):
    """What a place is judged by: the kind of system, its environment, the person's folder, the table of mounts."""

    system: str
    environment: Mapping[str, str]
    home: Path
    mounts: str = ""

    @classmethod
    def here(cls) -> "Surroundings":
        """Those of this computer."""
        mounts = Path("/proc/self/mountinfo")
        try:
            table = mounts.read_text(encoding="utf-8", errors="surrogateescape") if mounts.exists() else ""
        except OSError:
            table = ""
        return cls(sys.platform, os.environ, Path.home(), table)


def unsafe_place(folder: Path, around: Surroundings | None = None) -> UnsafePlace | None:
    """Why `folder`, which need not exist yet, is no place for a desk; None where it is one."""
    around = Surroundings.here() if around is None else around
    place = Path(os.path.realpath(folder))
    share = _file_system(place, around)
    if share:
        return UnsafePlace(PlaceKind.NETWORK, share)
    synced = next((by for root, by in _synced_folders(around) if place.is_relative_to(root)), "") or _marked(place)
    if synced:
        return UnsafePlace(PlaceKind.SYNCED, synced)
    roaming = around.environment.get("APPDATA", "") if around.system == "win32" else ""
    if roaming and place.is_relative_to(os.path.realpath(roaming)):
        return UnsafePlace(PlaceKind.ROAMING, "")
    return None


def place_notice(folder: Path) -> Notice | None:
    """What to tell the person of a desk that was moved to an unsafe folder: it goes on, since its orders are there."""
    unsafe = unsafe_place(folder)
    if unsafe is None:
        return None
    params = (("kind", unsafe.kind.value), ("path", str(folder)), ("by", unsafe.by))
    return Notice("place", "place-unsafe", "warning", params)


def _file_system(place: Path, around: Surroundings) -> str:
    """The name of the network file system that `place` lies on; empty where it lies on none."""
    if around.system == "win32":
        return _windows_share(place)
    deepest, kind = 0, ""
    for line in around.mounts.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split()
        if not dash or len(fields) < 5:
            continue
        root = Path(_OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4]))
        # Of two on one folder the later lies on top.
        if place.is_relative_to(root) and len(root.parts) >= deepest:
            deepest, kind = len(root.parts), after.split()[0]
    return kind if kind in _NETWORK else ""


def _windows_share(place: Path) -> str:
    if place.drive.startswith("\\\\"):
        return place.drive
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == _REMOTE_DRIVE:
            return place.drive
    return ""


def _synced_folders(around: Surroundings) -> Iterator[tuple[Path, str]]:
    """The folders that programs on this computer say they sync."""
    for name in _ONE_DRIVE:
        if folder := around.environment.get(name):
            yield Path(os.path.realpath(folder)), "OneDrive"
    settings = [around.home / ".dropbox"]
    settings += [
        Path(root) / "Dropbox" for name in ("APPDATA", "LOCALAPPDATA") if (root := around.environment.get(name))
    ]
    for place in settings:
        for boxed in _dropbox_folders(place / "info.json"):
            yield boxed, "Dropbox"
    if around.system == "darwin":
        yield Path(os.path.realpath(around.home / "Library" / "Mobile Documents")), "iCloud"
        yield Path(os.path.realpath(around.home / "Library" / "CloudStorage")), "CloudStorage"


def _dropbox_folders(settings: Path) -> Iterable[Path]:
    """What Dropbox says it syncs; nothing where its file is not there or not readable."""
    try:
        told = json.loads(settings.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    accounts = told.values() if isinstance(told, dict) else ()
    paths = (account.get("path") for account in accounts if isinstance(account, dict))
    return [Path(os.path.realpath(path)) for path in paths if isinstance(path, str) and path]


def _marked(place: Path) -> str:
    """Who syncs one of the folders around `place`, by what it left there."""
    for folder in (place, *place.parents):
        for name, by in _MARKS.items():
            # The person's own folder holds settings of these names without being synced.
            if folder != Path.home() and (folder / name).exists():
                return by
    return ""
