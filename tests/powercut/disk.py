"""A disk that loses power: what was written since the last sync may be there, gone or torn, and so may names.

A log of operations is replayed up to a moment; `cut` then says which files a machine would find when it starts again.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from random import Random
from typing import Any

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Write:
    """`data` put into file number `file` at `offset`."""

    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """File number `file` got `size` bytes."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """Everything written to file number `file` so far is on the disk for good."""

    file: int


@dataclass(frozen=True, slots=True)
class Name:
    """`path` came to mean file number `file`, a folder (-1), or nothing any more (None)."""

    path: str
    file: int | None


@dataclass(frozen=True, slots=True)
class Rename:
    """What `old` named is called `new`, in the same folder."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SyncFolder:
    """The names in `path` are on the disk for good."""

    path: str


@dataclass(frozen=True, slots=True)
class Promise:
    """From here on somebody relies on `value` for `key`; on nothing where it is None."""

    key: tuple[str, Hashable]
    value: Any


Operation = Write | Truncate | Sync | Name | Rename | SyncFolder | Promise
FOLDER = -1
# Whether one thing that was not synced is on the disk: as often as not, or all the same way.
_STYLES: tuple[Callable[[Random], bool], ...] = (
    lambda rng: rng.random() < 0.5,
    lambda rng: rng.random() < 0.9,
    lambda rng: False,
    lambda rng: True,
)


class Disk:
    """The files below one folder after some operations. `promises` is what is relied on by then."""

    def __init__(self, files: dict[str, bytes], folders: list[str]) -> None:
        self.promises: dict[tuple[str, Hashable], Any] = {}
        self._synced = {number: bytearray(content) for number, content in enumerate(files.values())}
        self._pending: dict[int, list[Write | Truncate]] = defaultdict(list)
        self._names: dict[str, int] = dict.fromkeys(folders, FOLDER) | {path: n for n, path in enumerate(files)}
        self._pending_names: dict[str, list[Name | Rename]] = defaultdict(list)

    def apply(self, operation: Operation) -> None:
        """One more operation is done."""
        match operation:
            case Write(file) | Truncate(file):
                self._pending[file].append(operation)
            case Sync(file):
                for change in self._pending.pop(file, ()):
                    _change(self._synced.setdefault(file, bytearray()), change)
            case Name(path) | Rename(new=path):
                self._pending_names[_folder(path)].append(operation)
            case SyncFolder(path):
                for renamed in self._pending_names.pop(path, ()):
                    _rename(self._names, renamed)
            case Promise(key, None):
                self.promises.pop(key, None)
            case Promise(key, value):
                self.promises[key] = value

    def cut(self, rng: Random) -> dict[str, bytes | None]:
        """The power fails now: the content of each file found afterwards, None for a folder."""
        keeps = rng.choice(_STYLES)
        names = dict(self._names)
        for changes in self._pending_names.values():
            # A file system writes the changes of its names in their order.
            for change in changes:
                if not keeps(rng):
                    break
                _rename(names, change)
        contents = {file: self._content(file, keeps, rng) for file in sorted(set(names.values())) if file != FOLDER}
        return {
            path: None if file == FOLDER else contents[file]
            for path, file in sorted(names.items())
            if all(names.get(str(parent)) == FOLDER for parent in list(PurePosixPath(path).parents)[:-1])
        }

    def _content(self, file: int, keeps: Callable[[Random], bool], rng: Random) -> bytes:
        content = bytearray(self._synced.get(file, b""))
        for change in self._pending.get(file, ()):
            if keeps(rng):
                _change(content, change)
            elif isinstance(change, Write) and len(change.data) > SECTOR and keeps(rng):
                _tear(content, change, rng)
        return bytes(content)


def materialise(found: dict[str, bytes | None], folder: Path) -> None:
    """Write what `Disk.cut` gave into the empty `folder`."""
    for path, content in found.items():
        if content is None:
            (folder / path).mkdir(parents=True, exist_ok=True)
        else:
            (folder / path).write_bytes(content)


def _folder(path: str) -> str:
    return str(PurePosixPath(path).parent)


def _change(content: bytearray, change: Write | Truncate) -> None:
    if isinstance(change, Truncate):
        del content[change.size :]
        content.extend(bytes(change.size - len(content)))
    else:
        content.extend(bytes(max(0, change.offset - len(content))))
        content[change.offset : change.offset + len(change.data)] = change.data


def _tear(content: bytearray, write: Write, rng: Random) -> None:
    """Some sectors of a write are on the disk, the others not."""
    for start in range(0, len(write.data), SECTOR):
        if rng.random() < 0.5:
            _change(content, Write(write.file, write.offset + start, write.data[start : start + SECTOR]))


def _rename(names: dict[str, int], change: Name | Rename) -> None:
    if isinstance(change, Rename):
        names[change.new] = names.pop(change.old)
    elif change.file is None:
        names.pop(change.path, None)
    else:
        names[change.path] = change.file
