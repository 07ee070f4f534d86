"""Where a profile keeps what: every file and folder name of a profile is decided here, nothing is opened here."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.durable import sync_folder
from desktop_app.errors import StorageFailed

DEFAULT = "default"
PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class ProfilePaths:
    """The files of the profile in folder `root`."""

    root: Path

    @property
    def desk(self) -> Path:
        """The encrypted file with everything precious: terms, orders, queue, journal."""
        return self.root / "desk.db"

    @property
    def founded_desk(self) -> Path:
        """The `desk` of a desk that is being connected: it takes its place once the profile is written."""
        return self.root / "desk.db.new"

    @property
    def cache(self) -> Path:
        """What can be fetched again: catalogue files and unfinished downloads."""
        return self.root / "cache"

    @property
    def profile(self) -> Path:
        """Which server and account this profile belongs to."""
        return self.root / "profile.json"

    @property
    def settings(self) -> Path:
        """The person's choices."""
        return self.root / "settings.json"

    @property
    def lock(self) -> Path:
        """Held by the one process that talks to the server for this profile."""
        return self.root / "desk.lock"

    @property
    def log(self) -> Path:
        """Log files."""
        return self.root / "log"

    @property
    def backup(self) -> Path:
        """Copies of `desk`, encrypted as it is."""
        return self.root / "backup"

    @property
    def unsent(self) -> Path:
        """The second, sealed copy of what has not left."""
        return self.root / "unsent"

    @property
    def second_folder(self) -> Path:
        """What this desk put into the second folder of the person's choice."""
        return self.root / "second-folder.json"

    @property
    def recovery(self) -> Path:
        """The key of `desk`, sealed to the recovery code; absent where there is no code."""
        return self.root / "recovery.json"

    @property
    def departed(self) -> Path:
        """That the manufacturer has shut out this desk; absent where it works."""
        return self.root / "departed.json"

    @property
    def practice_server(self) -> Path:
        """The data of the embedded practice manufacturer."""
        return self.root / "manufacturer"

    def catalog(self, generation: int) -> Path:
        """The catalogue file of that generation."""
        return self.cache / f"catalog-{generation}.db"


def default_profile(*, practice: bool = False) -> Path:
    """The folder of the person's own profile, or of the practice profile."""
    from platformdirs import user_data_path

    return user_data_path("comptoir", appauthor=False) / (PRACTICE if practice else DEFAULT)


class Undo:
    """Leaves a profile folder as it was before a first start that failed: nothing that was there before is touched."""

    def __init__(self, paths: ProfilePaths) -> None:
        """Note what there is, and make the folder. Raises StorageFailed where it cannot be written."""
        self._new = [name for name in _made_by_a_desk(paths) if not name.exists()]
        self._made = prepare(paths.root)

    def run(self) -> None:
        """Remove what the first start made."""
        _remove(self._new)
        _remove_empty(self._made)


def remove_desk(paths: ProfilePaths) -> None:
    """Remove everything a desk made in its folder, orders included; settings stay. Nothing of it may be open."""
    _remove(_made_by_a_desk(paths))


def remove_readable(paths: ProfilePaths) -> None:
    """Remove what of a desk can be read without its key: the catalogue, and the copies sealed to a recovery code."""
    _remove((paths.cache, paths.unsent))


def set_aside(paths: ProfilePaths, name: str) -> Path:
    """Move what a desk made into the folder `name` within its own, so that another can begin in its place.

    Returns the folder. Raises StorageFailed; nothing of the desk may be open.
    """
    aside = paths.root / name
    try:
        aside.mkdir()
        # The profile goes late: as long as it is here, this is still the desk of before.
        for path in (*_made_by_a_desk(paths)[1:], paths.profile, paths.departed):
            if path.exists():
                path.replace(aside / path.name)
        sync_folder(paths.root)
    except OSError as error:
        raise StorageFailed(
            f"The files of the earlier desk cannot be moved to {aside} ({error}).", reason="read-only", path=str(aside)
        ) from error
    return aside


def _remove(names: Iterable[Path]) -> None:
    for name in names:
        if name.is_dir():
            shutil.rmtree(name, ignore_errors=True)
        else:
            name.unlink(missing_ok=True)


def prepare(root: Path) -> list[Path]:
    """Make sure `root` exists and can be written; returns the folders made, outermost first.

    Raises StorageFailed, with nothing left behind.
    """
    missing = [folder for folder in (root, *root.parents) if not folder.exists()]
    made: list[Path] = []
    try:
        for folder in reversed(missing):
            folder.mkdir(mode=0o700)
            sync_folder(folder.parent)
            made.append(folder)
        probe = root / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        _remove_empty(made)
        raise StorageFailed(
            f"The folder {root} cannot be written ({error.strerror or error}). "
            "Choose another folder, or ask for the right to write there.",
            reason="read-only",
            path=str(root),
            detail=str(error),
        ) from error
    return made


def _remove_empty(folders: list[Path]) -> None:
    for folder in reversed(folders):
        try:
            folder.rmdir()
        except OSError:
            return


def _made_by_a_desk(paths: ProfilePaths) -> tuple[Path, ...]:
    desk_files = (
        path.with_name(path.name + suffix)
        for path in (paths.desk, paths.founded_desk)
        for suffix in ("", "-wal", "-shm")
    )
    return (
        paths.profile, *desk_files, paths.cache, paths.backup, paths.unsent, paths.second_folder, paths.recovery,
        paths.log, paths.lock,
    )  # fmt: skip
