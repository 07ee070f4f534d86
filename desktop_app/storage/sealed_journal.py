"""The second copy on disk: sealed records of what has not left, in files that are only ever added to.

Each run of the program writes one segment of its own, made when the first record comes: no two programs write one
file, and nothing is ever written behind a torn end. What is in a record, and who can read it: `sealing`.
"""

import errno
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path

from msgspec import Struct, field

from desktop_app.contract.sealed import Sealed, framed, read_records
from desktop_app.durable import make_folder, sync_folder
from desktop_app.errors import StorageFailed
from desktop_app.storage.database import storage_errors

# A segment of this size goes once a tenth of it or less is still of use.
CUT_OVER_BYTES = 1_000_000
SEGMENTS = "unsent-*.seal"
_NAME, _PATTERN, _GOING = "unsent-{}.seal", f"{SEGMENTS}*", ".old"


class Entry(Struct, frozen=True):
    """What is known of one record without opening it. `readers` are the ids of the keys it is sealed to."""

    key: str
    at: datetime
    void: bool
    held: bool
    readers: frozenset[str]
    size: int


class JournalHealth(Struct, frozen=True):
    """How the files are: their number, the messages that can be read from them, and bytes that belong to none."""

    files: int
    messages: int
    damaged_bytes: int


class _Segment(Struct):
    path: Path
    entries: list[Entry] = field(default_factory=list)
    size: int = 0
    damaged: int = 0


class SealedJournal:
    """The segments in `folder`. The newest record of a key counts; a void one says that the message is settled.

    Raises StorageFailed where a file cannot be read or written.
    """

    def __init__(self, folder: Path, new_id: Callable[[], str]) -> None:
        self._folder, self._new_id = folder, new_id
        self._segments: dict[str, _Segment] = {}
        self._newest: dict[str, tuple[Entry, _Segment]] = {}
        self._keys: dict[str, set[str]] = {}
        self._last: datetime | None = None
        self._own: _Segment | None = None
        self._file: FileIO | None = None

    # --- reading --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what other programs wrote since, and notice what is gone."""
        with storage_errors(self._folder):
            there = {path.name: path for path in self._folder.glob(_PATTERN)}
            changed = False
            for name in self._segments.keys() - there.keys():
                changed = True
                if self._segments.pop(name) is self._own:
                    self._leave_own()
            for name in sorted(there):
                known = self._segments.get(name)
                if known is None or (known is not self._own and known.size != there[name].stat().st_size):
                    self._segments[name] = _read(there[name])
                    changed = True
        if changed:
            self._index()

    def live(self) -> Mapping[str, Entry]:
        """What has not been settled, by key."""
        return {key: entry for key, (entry, _) in self._newest.items() if not entry.void}

    def entry(self, key: str) -> Entry | None:
        """What is known of one message that has not been settled, None where there is nothing."""
        found = self._newest.get(key)
        return None if found is None or found[0].void else found[0]

    def knows(self, key: str) -> bool:
        """Whether anything was ever said here of a message, be it that it is settled."""
        return key in self._newest

    def of(self, order_id: str) -> list[Entry]:
        """What has not been settled of one order."""
        found = [self._newest[key][0] for key in self._keys.get(order_id, ())]
        return [entry for entry in found if not entry.void]

    def records(self) -> list[Sealed]:
        """The sealed records of what has not been settled, oldest first."""
        self.refresh()
        found: list[Sealed] = []
        with storage_errors(self._folder):
            for segment in {id(home): home for entry, home in self._newest.values() if not entry.void}.values():
                records = read_records(segment.path.read_bytes()).records
                found += [record for record in records if self._counts(record, segment)]
        return sorted(found, key=lambda record: record.at)

    def health(self) -> JournalHealth:
        """How the files are."""
        self.refresh()
        damaged = sum(segment.damaged for segment in self._segments.values())
        return JournalHealth(len(self._segments), len(self.live()), damaged)

    def moment(self, now: datetime) -> datetime:
        """When a record made now is to be dated: later than all others, whatever the clock says."""
        if self._last is not None and now <= self._last:
            return self._last + timedelta(microseconds=1)
        return now

    # --- writing --------------------------------------------------------------------------------------------------

    def append(self, records: Sequence[Sealed], *, durable: bool = True) -> None:
        """Add records, all in one write; with `durable` they are on disk when this returns."""
        frames = [_frame(record) for record in records]
        with storage_errors(self._folder):
            if not self._write(b"".join(frames), durable=durable):
                # Another program found that nothing in the segment is of use any more, and removed it.
                self._leave_own()
                self._write(b"".join(frames), durable=durable)
        assert self._own is not None
        for record, frame in zip(records, frames, strict=True):
            entry = _entry(record, len(frame))
            self._own.entries.append(entry)
            self._own.size += entry.size
            self._note(entry, self._own)

    def prune(self) -> None:
        """Remove the segments in which nothing is of use any more."""
        with storage_errors(self._folder):
            self._cut_over()
            removed = True
            while removed:
                held = self._holders()
                closed = [segment for segment in self._segments.values() if segment is not self._own]
                # One that goes may set free another, which says that what it held is void.
                removed = any(self._remove(segment) for segment in closed if self._is_settled(segment, held))

    def close(self) -> None:
        """End the segment of this run."""
        self._leave_own()

    # --- inside ---------------------------------------------------------------------------------------------------

    def _write(self, data: bytes, *, durable: bool) -> bool:
        """Add to the segment of this run; False where somebody removed it meanwhile."""
        file = self._file or self._begin()
        assert self._own is not None
        try:
            if file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if durable:
                os.fsync(file.fileno())
        except OSError:
            # Its end may be torn: the next record begins a new segment.
            self._leave_own()
            raise
        return self._own.path.exists()

    def _begin(self) -> FileIO:
        make_folder(self._folder, 0o700)
        path = self._folder / _NAME.format(self._new_id())
        self._file = FileIO(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))
        self._own = self._segments[path.name] = _Segment(path)
        sync_folder(self._folder)
        return self._file

    def _leave_own(self) -> None:
        if self._file is not None:
            self._file.close()
        if self._own is not None:
            # What was written of a torn record is read again like anybody's.
            self._own.size = -1
        self._file = self._own = None

    def _cut_over(self) -> None:
        """Begin a new segment with what is still of use in a large one."""
        own = self._own
        if own is None or own.size <= CUT_OVER_BYTES:
            return
        kept = [entry for entry in own.entries if not entry.void and self._newest[entry.key][0] is entry]
        if sum(entry.size for entry in kept) * 10 > own.size:
            return
        records = [one for one in read_records(own.path.read_bytes()).records if self._counts(one, own)]
        self._leave_own()
        self.refresh()
        if records:
            self.append(records)

    def _holders(self) -> Counter[str]:
        """How many segments hold a message, by its key."""
        return Counter(
            key
            for segment in self._segments.values()
            for key in {entry.key for entry in segment.entries if not entry.void}
        )

    def _is_settled(self, segment: _Segment, holders: Counter[str]) -> bool:
        """Whether nothing in it is of use: no message, and no word about one that another segment still holds."""
        own = {entry.key for entry in segment.entries if not entry.void}
        for entry in segment.entries:
            newest, home = self._newest[entry.key]
            if home is segment and (not newest.void or holders[entry.key] > (entry.key in own)):
                return False
        return True

    def _remove(self, segment: _Segment) -> bool:
        """Remove a segment, unless its program has written to it after it was read."""
        going = segment.path.with_name(segment.path.name + _GOING)
        try:
            segment.path.rename(going)
        except OSError:
            # Windows renames no file that is open: its program still runs.
            return False
        if going.stat().st_size != segment.size:
            going.rename(segment.path)
            return False
        going.unlink()
        del self._segments[segment.path.name]
        self._index()
        return True

    def _counts(self, record: Sealed, segment: _Segment) -> bool:
        newest, home = self._newest.get(record.key, (None, None))
        return newest is not None and home is segment and not newest.void and newest.at == record.at

    def _index(self) -> None:
        self._newest, self._keys = {}, {}
        for name in sorted(self._segments):
            for entry in self._segments[name].entries:
                self._note(entry, self._segments[name])

    def _note(self, entry: Entry, segment: _Segment) -> None:
        known = self._newest.get(entry.key)
        if known is None or known[0].at <= entry.at:
            self._newest[entry.key] = entry, segment
            self._keys.setdefault(order_of(entry.key), set()).add(entry.key)
        self._last = entry.at if self._last is None else max(self._last, entry.at)


def order_of(key: str) -> str:
    """The id of the order that a record is about."""
    return key.rpartition("/")[0]


def _read(path: Path) -> _Segment:
    data = path.read_bytes()
    read = read_records(data)
    return _Segment(path, [_entry(record, len(framed(record))) for record in read.records], len(data), read.damaged)


def _entry(record: Sealed, size: int) -> Entry:
    readers = frozenset(reader.id for reader in record.to)
    return Entry(record.key, record.at, record.void, record.held, readers, size)


def _frame(record: Sealed) -> bytes:
    try:
        return framed(record)
    except ValueError as error:
        raise StorageFailed(f"The second copy takes no such order: {error}.", reason="too-large", path="") from error
