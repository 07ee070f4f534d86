"""Writing down what a program does to the files below one folder: SQLite's through a VFS, Python's at each sync.

Python's own writes are not seen one by one: a file is looked at when it or a folder is synced, when it is renamed,
and at each promise. What is new in it by then counts as one write.
"""

import os
import sys
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.powercut.disk import FOLDER, Name, Operation, Promise, Rename, Sync, SyncFolder, Truncate, Write
from tests.powercut.recording_vfs import recording

POSSIBLE = sys.platform == "linux"


class Recorder:
    """The operations on the files below `root` from now on. What lies there already counts as synced: `files`."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.operations: list[Operation] = []
        self.files: dict[str, bytes] = {}
        self.folders: list[str] = []
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_dir():
                self.folders.append(name)
            elif not name.endswith("-shm"):
                self.files[name] = path.read_bytes()
        self._folders = set(self.folders)
        self._numbers = {name: number for number, name in enumerate(self.files)}
        self._seen = dict(enumerate(self.files.values()))
        self._next = len(self.files)
        self._of_sqlite: set[int] = set()

    def promise(self, kind: str, key: Hashable, value: Any) -> None:
        """From here on somebody relies on `value`; with None on nothing any more."""
        self._look_at_all()
        self.operations.append(Promise((kind, key), value))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Write down everything that happens inside the block. Every connection made there must be closed in it."""
        with ExitStack() as stack:
            stack.enter_context(recording(self))
            for name, act in (("fsync", self._fsync), ("fdatasync", self._fsync)):
                stack.enter_context(patch.object(os, name, self._around(getattr(os, name), before=act)))
            for name in ("replace", "rename"):
                stack.enter_context(patch.object(os, name, self._around(getattr(os, name), before=self._renamed)))
            for name in ("unlink", "remove", "rmdir"):
                stack.enter_context(patch.object(os, name, self._around(getattr(os, name), after=self._removed)))
            stack.enter_context(patch.object(os, "mkdir", self._around(os.mkdir, after=self._folder_made)))
            yield

    # --- what SQLite does -----------------------------------------------------------------------------------------

    def opened(self, path: str) -> int | None:
        """SQLite opens or makes a file."""
        name = self._name(path)
        if name is None:
            return None
        if name not in self._numbers:
            self._new(name)
        self._of_sqlite.add(self._numbers[name])
        return self._numbers[name]

    def deleted(self, path: str, synced: bool) -> None:
        """SQLite deleted a file."""
        self._removed(path)
        if synced:
            self.operations.append(SyncFolder(self._folder_of(path)))

    def written(self, file: int, offset: int, data: bytes) -> None:
        """SQLite writes."""
        self.operations.append(Write(file, offset, data))

    def truncated(self, file: int, size: int) -> None:
        """SQLite shortens a file."""
        self.operations.append(Truncate(file, size))

    def synced(self, file: int, folder: bool) -> None:
        """SQLite synced a file."""
        self.operations.append(Sync(file))
        if folder:
            name = next(name for name, number in self._numbers.items() if number == file)
            self.operations.append(SyncFolder(str(Path(name).parent)))

    # --- what Python does -----------------------------------------------------------------------------------------

    def _fsync(self, descriptor: int) -> None:
        path = str(Path(f"/proc/self/fd/{descriptor}").readlink())
        name = self._name(path)
        if name is None:
            return
        if os.path.isdir(path):  # noqa: PTH112  what the descriptor names, as it is
            self._look_at_all()
            self.operations.append(SyncFolder(name))
            return
        self._look_at(name)
        self.operations.append(Sync(self._numbers[name]))

    def _renamed(self, source: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
        old, new = self._name(source), self._name(target)
        if old is None or new is None:
            return
        self._look_at(old)
        self._numbers[new] = self._numbers.pop(old)
        self.operations.append(Rename(old, new))

    def _removed(self, path: str | os.PathLike[str]) -> None:
        name = self._name(path)
        if name is not None and (name in self._numbers or name in self._folders):
            self._numbers.pop(name, None)
            self.operations.append(Name(name, None))

    def _folder_made(self, path: str | os.PathLike[str], *_: Any) -> None:
        name = self._name(path)
        if name is not None:
            self._folders.add(name)
            self.operations.append(Name(name, FOLDER))

    def _look_at(self, name: str) -> None:
        """Write down what is new in a file of Python's."""
        if name not in self._numbers:
            self._new(name)
        number = self._numbers[name]
        if number in self._of_sqlite:
            return
        content, before = (self.root / name).read_bytes(), self._seen.get(number, b"")
        if content == before:
            return
        if not content.startswith(before):
            self.operations.append(Truncate(number, 0))
            before = b""
        self.operations.append(Write(number, len(before), content[len(before) :]))
        self._seen[number] = content

    def _look_at_all(self) -> None:
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and not path.name.endswith("-shm"):
                self._look_at(path.relative_to(self.root).as_posix())

    # --- names ----------------------------------------------------------------------------------------------------

    def _new(self, name: str) -> None:
        self._numbers[name] = self._next
        self.operations.append(Name(name, self._next))
        self._next += 1

    def _name(self, path: str | os.PathLike[str]) -> str | None:
        """The path below the folder that is watched, None for any other; `.` for the folder itself."""
        whole = Path(os.path.abspath(path))  # noqa: PTH100  a link that is renamed is not followed
        name = whole.relative_to(self.root).as_posix() if whole.is_relative_to(self.root) else None
        return None if name is None or name.endswith("-shm") else name

    def _folder_of(self, path: str) -> str:
        return Path(path).parent.relative_to(self.root).as_posix()

    @staticmethod
    def _around(
        act: Callable[..., Any],
        *,
        before: Callable[..., None] = lambda *_: None,
        after: Callable[..., None] = lambda *_: None,
    ) -> Callable[..., Any]:
        def watched(*args: Any, **kwargs: Any) -> Any:
            before(*args)
            result = act(*args, **kwargs)
            after(*args)
            return result

        return watched
