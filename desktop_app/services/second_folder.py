"""A second folder for the sealed copy: a USB stick or another disk that holds the same files as the folder `unsent`.

Best effort, in a thread of its own: a stick that is slow keeps no person waiting, one that is not there is no error.
What this desk once copied and has since done away with goes there too; what it does not know there stays untouched,
because it may be the last trace of what a lost computer had not sent.
"""

import contextlib
import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desktop_app.contract.sealed import Sealed
from desktop_app.durable import make_folder, sync_folder
from desktop_app.errors import FileNotWritten, StorageFailed
from desktop_app.settings import SECOND_FOLDER, Settings
from desktop_app.storage.database import storage_errors
from desktop_app.storage.sealed_journal import SEGMENTS, SealedJournal
from desktop_app.whole_file import write_whole

PREFIX = "comptoir-unsent-"
# A program that ends waits no longer for a stick.
_PATIENCE_S = 5.0
# A person who asks how it is gets an answer at once from any disk that works.
_FIRST_LOOK_S = 0.3
_logger = logging.getLogger(__name__)


class FolderState(StrEnum):
    """How the second folder is."""

    NONE = "none"
    LOOKED_FOR = "looked-for"
    IN_STEP = "in-step"
    ABSENT = "absent"
    FAILED = "failed"


class FolderView(Struct, frozen=True):
    """The chosen folder, "" where there is none, and since when it has not been in step: `since` is when it last was,
    None where it never was. `same_disk`: it lies on the disk of the desk itself, and goes with it.
    """

    folder: str = ""
    state: FolderState = FolderState.NONE
    since: datetime | None = None
    detail: str = ""
    same_disk: bool = False


class _Note(Struct):
    """What this desk remembers of the folder: when it was last in step, and which files it put there."""

    folder: str = ""
    at: datetime | None = None
    names: list[str] = []


class SecondFolder:
    """Follows the files in `source`. `note` is the small file in the profile, `instance` the id of this desk.

    Nothing here raises for a folder that is not as it should be: `view` says so.
    """

    def __init__(
        self, source: Path, note: Path, instance: str, settings: Settings, *, now: Callable[[], datetime]
    ) -> None:
        self._source, self._path, self._instance = source, note, instance
        self._settings, self._now = settings, now
        self._note = _read_note(note)
        self._sizes: dict[str, int] = {}
        self._view = FolderView()
        self._lock, self._wanted, self._looked = threading.Lock(), threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._ending = False

    def view(self) -> FolderView:
        """How it was when last looked at."""
        chosen = self._settings.get(SECOND_FOLDER)
        if self._view.folder != chosen:
            self._looked.clear()
            self.wake()
            self._looked.wait(_FIRST_LOOK_S if chosen else 0)
        return self._view if self._view.folder == chosen else FolderView(chosen, FolderState.LOOKED_FOR, self._note.at)

    def choose(self, folder: str) -> FolderView:
        """Keep a copy in `folder` from now on, in none where it is empty; what lies in the one before is removed.

        Raises FileNotWritten for a folder that is not there, or is part of the profile.
        """
        if folder:
            chosen = Path(folder).absolute()
            if not chosen.is_dir():
                raise FileNotWritten(f"There is no folder {chosen}.", path=folder)
            if chosen.is_relative_to(self._source.parent):
                raise FileNotWritten(
                    f"{chosen} is part of this desk's own folder: choose one on another disk.", path=folder
                )
            folder = str(chosen)
        with self._lock:
            if folder != self._note.folder:
                self._leave()
        self._settings.set(SECOND_FOLDER, folder)
        self.copy()
        return self._view

    def wake(self) -> None:
        """The files changed: bring the folder in step soon."""
        if not self._settings.get(SECOND_FOLDER):
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._follow, name="second-folder", daemon=True)
            self._thread.start()
        self._wanted.set()

    def copy(self) -> None:
        """Bring the folder in step now."""
        with self._lock:
            chosen = self._settings.get(SECOND_FOLDER)
            if chosen != self._note.folder:
                self._note, self._sizes = _Note(chosen), {}
            self._view = FolderView() if not chosen else self._copied(Path(chosen))
            self._looked.set()

    def close(self) -> None:
        """End, after a last copy where one is due."""
        if self._thread is not None:
            self._ending = True
            self._wanted.set()
            self._thread.join(_PATIENCE_S)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        ending = False
        while not ending:
            self._wanted.wait()
            self._wanted.clear()
            # Looked at before copying: what was added during the last copy but one is not left out.
            ending = self._ending
            self.copy()

    def _copied(self, root: Path) -> FolderView:
        view = FolderView(str(root), since=self._note.at)
        try:
            if not root.is_dir():
                # Never made: it would be a folder on this computer's own disk, where the stick is mounted.
                return replace(view, state=FolderState.ABSENT)
            self._bring_in_step(root / (PREFIX + self._instance))
            same_disk = root.stat().st_dev == self._source.parent.stat().st_dev
        except OSError as error:
            if view.state is not self._view.state:
                _logger.warning("second folder %s: %s", root, error)
            return replace(view, state=FolderState.FAILED, detail=str(error))
        return replace(view, state=FolderState.IN_STEP, since=self._note.at, same_disk=same_disk)

    def _bring_in_step(self, target: Path) -> None:
        make_folder(target, 0o700)
        names = sorted(path.name for path in self._source.glob(SEGMENTS))
        here = [name for name in names if self._put(name, target)]
        for gone in set(self._note.names) - set(here):
            (target / gone).unlink(missing_ok=True)
            self._sizes.pop(gone, None)
        sync_folder(target)
        moved = here != self._note.names
        self._note = _Note(self._note.folder, self._now(), here)
        if moved:
            self._keep_note()

    def _put(self, name: str, target: Path) -> bool:
        """Copy one file; False where it is gone meanwhile."""
        try:
            content = (self._source / name).read_bytes()
        except FileNotFoundError:
            return False
        there, known = target / name, self._sizes.pop(name, -1)
        size = there.stat().st_size if there.exists() else None
        if size == known < len(content):
            # The files are only ever added to, and what this program wrote there before is still there.
            with there.open("ab") as file:
                file.write(content[known:])
                file.flush()
                os.fsync(file.fileno())
        elif size is None or there.read_bytes() != content:
            write_whole(there, content)
        self._sizes[name] = len(content)
        return True

    def _leave(self) -> None:
        """Remove what this desk put into the folder it gives up, as far as that can be done."""
        target = Path(self._note.folder) / (PREFIX + self._instance)
        with contextlib.suppress(OSError):
            for name in self._note.names:
                (target / name).unlink(missing_ok=True)
            target.rmdir()

    def _keep_note(self) -> None:
        write_whole(self._path, msgspec.json.encode(self._note))


def copies_in(folder: Path, new_id: Callable[[], str]) -> dict[str, list[Sealed]]:
    """The sealed records in a second folder, by the id of the desk that wrote them, oldest first.

    Raises StorageFailed where there is no such folder, or none of a desk in it.
    """
    with storage_errors(folder):
        found = [folder] if folder.name.startswith(PREFIX) else sorted(folder.glob(f"{PREFIX}*"))
        found = [one for one in found if one.is_dir()]
    if not found:
        raise StorageFailed(
            f"There is no copy of unsent orders in {folder}: no folder {PREFIX}… of a desk lies there.",
            reason="no-copy",
            path=str(folder),
        )
    return {one.name.removeprefix(PREFIX): SealedJournal(one, new_id).records() for one in found}


def _read_note(path: Path) -> _Note:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Note)
    except (OSError, msgspec.MsgspecError):
        # Without it nothing is ever removed from the folder: that is the safe side.
        return _Note()
