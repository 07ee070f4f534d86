"""A VFS under SQLite that tells of every write, truncation, sync and deletion before the real one does it.

Made with ctypes in the SQLite library that sqlcipher3 brings: a copy of the default VFS whose files have three of their
methods replaced. Only connections opened inside `recording` are watched; they must be closed before it ends.
"""

import ctypes as c
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import sqlcipher3._sqlite3

_JOURNALS = 0x800 | 0x4000 | 0x80000  # SQLITE_OPEN_MAIN_JOURNAL, _SUPER_JOURNAL, _WAL
_CREATE = 0x4
_METHODS = {1: 13, 2: 17, 3: 19}  # pointers in sqlite3_io_methods by its version, iVersion included

_Pointer = c.c_void_p
# The name as a pointer: the real VFS keeps it for as long as the file is open, and reads what lies behind it.
_OPEN = c.CFUNCTYPE(c.c_int, _Pointer, _Pointer, _Pointer, c.c_int, _Pointer)
_DELETE = c.CFUNCTYPE(c.c_int, _Pointer, c.c_char_p, c.c_int)
_WRITE = c.CFUNCTYPE(c.c_int, _Pointer, _Pointer, c.c_int, c.c_int64)
_TRUNCATE = c.CFUNCTYPE(c.c_int, _Pointer, c.c_int64)
_SYNC = c.CFUNCTYPE(c.c_int, _Pointer, c.c_int)


class _Vfs(c.Structure):
    _fields_ = [
        ("iVersion", c.c_int),
        ("szOsFile", c.c_int),
        ("mxPathname", c.c_int),
        ("pNext", _Pointer),
        ("zName", c.c_char_p),
        ("pAppData", _Pointer),
        ("xOpen", _OPEN),
        ("xDelete", _DELETE),
        ("rest", _Pointer * 20),
    ]


class _IoMethods(c.Structure):
    _fields_ = [
        ("iVersion", c.c_int),
        ("xClose", _Pointer),
        ("xRead", _Pointer),
        ("xWrite", _Pointer),
        ("xTruncate", _Pointer),
        ("xSync", _Pointer),
        ("rest", _Pointer * 14),
    ]


class Listener(Protocol):
    """What is told. `file` is the number that `opened` returned, None for a file that is of no interest."""

    def opened(self, path: str) -> int | None:
        """SQLite opens or makes a file."""

    def deleted(self, path: str, synced: bool) -> None:
        """SQLite deletes a file; `synced` where it syncs the folder after."""

    def written(self, file: int, offset: int, data: bytes) -> None:
        """SQLite writes."""

    def truncated(self, file: int, size: int) -> None:
        """SQLite shortens a file."""

    def synced(self, file: int, folder: bool) -> None:
        """SQLite syncs a file; `folder` where it syncs the file's folder too."""


class _RecordingVfs:
    def __init__(self, real: _Vfs, listener: Listener) -> None:
        self._real, self._listener = real, listener
        self._files: dict[int, int] = {}
        self._journals: set[int] = set()
        self._tables: dict[int, _IoMethods] = {}
        self._kept: list[object] = []
        self.vfs = _Vfs()
        c.memmove(c.byref(self.vfs), c.byref(real), c.sizeof(_Vfs))
        self.vfs.zName, self.vfs.pNext = b"recording", None
        self.vfs.xOpen, self.vfs.xDelete = _OPEN(self._open), _DELETE(self._delete)

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        code: int = self._real.xOpen(c.addressof(self._real), name, file, flags, out)
        number = self._listener.opened(c.string_at(name).decode()) if code == 0 and name else None
        if number is not None:
            self._files[file] = number
            # The system's own VFS syncs the folder of a journal with its first sync.
            if flags & _CREATE and flags & _JOURNALS:
                self._journals.add(file)
            else:
                self._journals.discard(file)
            slot = c.cast(file, c.POINTER(_Pointer))
            slot[0] = c.addressof(self._watched(slot[0]))
        return code

    def _delete(self, _vfs: int, name: bytes, synced: int) -> int:
        code: int = self._real.xDelete(c.addressof(self._real), name, synced)
        if code == 0:
            self._listener.deleted(name.decode(), bool(synced))
        return code

    def _watched(self, methods: int) -> _IoMethods:
        """The methods at that address with those that change a file replaced."""
        if methods in self._tables:
            return self._tables[methods]
        real = c.cast(methods, c.POINTER(_IoMethods)).contents
        watched = _IoMethods()
        c.memmove(c.byref(watched), c.byref(real), c.sizeof(c.c_void_p) * _METHODS[real.iVersion])
        write, truncate, sync = _WRITE(real.xWrite), _TRUNCATE(real.xTruncate), _SYNC(real.xSync)

        def written(file: int, data: int, size: int, offset: int) -> int:
            self._listener.written(self._files[file], offset, c.string_at(data, size))
            return int(write(file, data, size, offset))

        def truncated(file: int, size: int) -> int:
            self._listener.truncated(self._files[file], size)
            return int(truncate(file, size))

        def synced(file: int, flags: int) -> int:
            code = int(sync(file, flags))
            self._listener.synced(self._files[file], file in self._journals)
            self._journals.discard(file)
            return code

        replaced = _WRITE(written), _TRUNCATE(truncated), _SYNC(synced)
        watched.xWrite, watched.xTruncate, watched.xSync = (c.cast(one, _Pointer).value for one in replaced)
        self._kept.append(replaced)
        self._tables[methods] = watched
        return watched


# SQLite may look at what it was once given until the process ends.
_registered: list[_RecordingVfs] = []


@contextmanager
def recording(listener: Listener) -> Iterator[None]:
    """Tell `listener` of everything that connections opened inside the block do to files."""
    library = c.CDLL(sqlcipher3._sqlite3.__file__)
    library.sqlite3_vfs_find.restype = c.POINTER(_Vfs)
    library.sqlite3_vfs_find.argtypes = [c.c_char_p]
    library.sqlite3_vfs_register.argtypes = [c.POINTER(_Vfs), c.c_int]
    library.sqlite3_vfs_unregister.argtypes = [c.POINTER(_Vfs)]
    real = library.sqlite3_vfs_find(None)
    made = _RecordingVfs(real.contents, listener)
    _registered.append(made)
    assert library.sqlite3_vfs_register(c.byref(made.vfs), 1) == 0
    try:
        yield
    finally:
        library.sqlite3_vfs_unregister(c.byref(made.vfs))
        assert library.sqlite3_vfs_register(real, 1) == 0
