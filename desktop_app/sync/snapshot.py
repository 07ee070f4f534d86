"""From the compressed bytes of a catalogue snapshot to a new catalogue file, while they arrive. No downloading here.

Runs in a worker thread: the download writes a file and tells an `ArrivingFile` how far it has come, and `build_catalog`
reads along on the other side.
The new file gets its name only when everything about it was verified.
"""

import hashlib
import queue
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import zstandard

from desktop_app.contract.feed import PageVoid, read_lines
from desktop_app.contract.wire import Checkpoint, Del, Manifest, Put
from desktop_app.errors import ComptoirError, ProtocolViolation, ShrinkNeedsConsent
from desktop_app.storage.catalog_builder import CatalogBuilder
from desktop_app.storage.catalog_rows import COLLECTIONS, BadRow
from desktop_app.storage.catalog_schema import FeedState
from desktop_app.storage.database import replace_durably, storage_errors

BLOCK_BYTES = 1 << 18
MAX_LINE_BYTES = 1 << 22
# Lines of a catalogue shrink about tenfold; what grows back more than this many times is not a catalogue.
MAX_EXPANSION = 100
MIN_CAP_BYTES = 1 << 26
MAX_WINDOW_BYTES = 1 << 27

Progress = Callable[[str, int, int], None]


class BuildCancelled(ComptoirError):
    """The build was ended on purpose; nothing of it is left."""

    code = "cancelled"
    title = "Cancelled"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: rows per collection, what was ignored and how often, and the rows left out with the reason."""

    counts: Mapping[str, int]
    ignored: Mapping[str, int]
    bad_rows: tuple[BadRow, ...]
    state: FeedState


class ArrivingFile:
    """A file read while it is written. One side tells how it grows and closes or fails, the other iterates.

    `grown` never waits, and nothing that has arrived is held in memory, however far the build lags behind.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._items: queue.SimpleQueue[int | BaseException | None] = queue.SimpleQueue()

    def grown(self, size: int) -> None:
        """Say that there are `size` more bytes in the file."""
        self._items.put(size)

    def close(self) -> None:
        """Say that the download is complete."""
        self._items.put(None)

    def fail(self, error: BaseException) -> None:
        """Say that the download has ended early; `error` is raised in the build."""
        self._items.put(error)

    def __iter__(self) -> Iterator[bytes]:
        place = 0
        while (item := self._items.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            # Opened for each piece: some systems delete no file that is open.
            with storage_errors(self._path), self._path.open("rb") as file:
                file.seek(place)
                chunk = file.read(item)
            place += item
            yield chunk


def check_shrink(counts: Mapping[str, int], before: Mapping[str, int]) -> None:
    """Raise ShrinkNeedsConsent where a catalogue of `counts` rows is empty or less than half of the one `before`."""
    products = counts.get("products", 0)
    for collection in ("products", "stock"):
        new, old = counts.get(collection, 0), before.get(collection, 0)
        if products == 0 or new * 2 < old:
            raise ShrinkNeedsConsent(
                f"The new catalogue has {new} rows of {collection}, the present one {old}. "
                "The present one stays in use until you agree to the new one.",
                collection=collection,
                new=str(new),
                old=str(old),
            )


def build_catalog(
    chunks: Iterable[bytes],
    manifest: Manifest,
    target: Path,
    *,
    now: Callable[[], datetime],
    before: Mapping[str, int] | None = None,
    consent: bool = False,
    progress: Progress = lambda stage, done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> BuildReport:
    """Build the catalogue file `target` from the compressed bytes of the snapshot that `manifest` describes.

    `before` has the row counts of the catalogue in force; `consent` lets one in that is empty or less than half of
    it. `progress` is called with `build` and the compressed bytes done and in all, then with `index`; `cancelled` is
    asked between blocks. Raises ProtocolViolation (digest, counts, form), ShrinkNeedsConsent, StorageFailed,
    BuildCancelled, and whatever the download failed with; then there is no new file.
    """
    if not consent:
        check_shrink(manifest.counts, before or {})
    source = _Source(chunks, manifest, progress, cancelled)
    part = target.with_name(f"{target.name}.part")
    with CatalogBuilder(part) as builder:
        checkpoint = _fill(builder, source)
        source.finish()
        _verify(builder.counts, checkpoint, manifest)
        progress("index", 0, 1)
        state = FeedState(
            manifest.cursor, manifest.epoch, manifest.version, dict(manifest.counts), dict(manifest.hash), now()
        )
        builder.finish(state)
        if cancelled():
            raise BuildCancelled("The new catalogue was given up.")
        with storage_errors(target):
            replace_durably(part, target)
        progress("index", 1, 1)
    return BuildReport(dict(builder.counts), dict(builder.ignored), tuple(builder.bad_rows), state)


class _Source:
    """The compressed bytes as a readable file that counts, digests, reports and stops."""

    def __init__(
        self, chunks: Iterable[bytes], manifest: Manifest, progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        self._chunks = iter(chunks)
        self._rest = b""
        self._digest = hashlib.sha256()
        self._done = 0
        self._manifest = manifest
        self._progress = progress
        self._cancelled = cancelled

    def read(self, size: int = -1) -> bytes:
        """The next bytes, fewer than `size` where no more are here yet; b"" at the end."""
        if self._cancelled():
            raise BuildCancelled("The new catalogue was given up.")
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._digest.update(chunk)
            self._done += len(chunk)
            if self._done > self._manifest.bytes:
                raise ProtocolViolation("The snapshot is longer than announced.", reason="length")
            self._progress("build", self._done, self._manifest.bytes)
            self._rest = chunk
        taken, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return taken

    def finish(self) -> None:
        """Take what is left and compare length and digest with the manifest."""
        while self.read():
            pass
        if self._done != self._manifest.bytes:
            raise ProtocolViolation(
                f"The snapshot has {self._done} bytes instead of {self._manifest.bytes}.", reason="length"
            )
        if self._digest.hexdigest() != self._manifest.sha256.lower():
            raise ProtocolViolation("The snapshot's SHA-256 is not the announced one.", reason="digest")

    @property
    def cap(self) -> int:
        """The most bytes it may decompress to."""
        return max(MIN_CAP_BYTES, MAX_EXPANSION * self._manifest.bytes)


def _fill(builder: CatalogBuilder, source: _Source) -> Checkpoint | None:
    """Read all rows into the builder; the checkpoint, or None where the last line is another."""
    checkpoint: Checkpoint | None = None
    for block in _blocks(source):
        rows: list[Put | Del] = []
        try:
            messages = read_lines(block, builder.ignored)
        except PageVoid as error:
            raise ProtocolViolation(f"The snapshot cannot be read: {error}.", reason="form") from error
        for message in messages:
            if checkpoint is not None:
                raise ProtocolViolation("The snapshot goes on after its last line.", reason="form")
            if isinstance(message, Checkpoint):
                checkpoint = message
            else:
                rows.append(message)
        builder.add(rows)
    return checkpoint


def _blocks(source: _Source) -> Iterator[bytes]:
    """The decompressed lines, in blocks of whole lines."""
    reader = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES).stream_reader(
        source,  # type: ignore[arg-type]  # only its `read` is used
        read_across_frames=True,
    )
    total = 0
    rest = b""
    try:
        while block := reader.read(BLOCK_BYTES):
            total += len(block)
            if total > source.cap:
                raise ProtocolViolation("The snapshot grows beyond every sensible size.", reason="too-large")
            head, line_end, tail = block.rpartition(b"\n")
            if line_end:
                yield rest + head
                rest = tail
            else:
                rest += block
            if len(rest) > MAX_LINE_BYTES:
                raise ProtocolViolation("A line of the snapshot is too long.", reason="too-large")
    except zstandard.ZstdError as error:
        raise ProtocolViolation(f"The snapshot cannot be decompressed: {error}.", reason="form") from error
    if rest:
        yield rest


def _verify(counts: Counter[str], checkpoint: Checkpoint | None, manifest: Manifest) -> None:
    if checkpoint is None:
        raise ProtocolViolation("The snapshot ends without its last line.", reason="form")
    if checkpoint.epoch != manifest.epoch:
        raise ProtocolViolation("The snapshot is of another epoch than announced.", reason="epoch")
    for collection in COLLECTIONS:
        for announced in (manifest.counts, checkpoint.counts):
            if announced.get(collection, counts[collection]) != counts[collection]:
                raise ProtocolViolation(
                    f"The snapshot has {counts[collection]} rows of {collection} instead of {announced[collection]}.",
                    reason="counts",
                )
