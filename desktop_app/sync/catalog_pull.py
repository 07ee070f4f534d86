"""The catalogue kept fresh: changes into the file in force, or a snapshot into a new one. Building it: `snapshot`."""

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop_app.contract.documents import SHARED_COLLECTIONS
from desktop_app.contract.wire import Manifest
from desktop_app.errors import ProtocolViolation, ResyncNeeded, ServerRefused, StorageFailed
from desktop_app.events import CatalogChanged, EventBus, SyncProgress
from desktop_app.remote.client import RemoteClient
from desktop_app.remote.part_file import PartFile
from desktop_app.storage.catalog_shelf import CatalogShelf
from desktop_app.storage.catalog_writer import apply_changes
from desktop_app.storage.sync_state import SyncState
from desktop_app.sync.pull import Cooldown, pages
from desktop_app.sync.worker import Worker

if TYPE_CHECKING:
    from desktop_app.sync.snapshot import BuildReport

SHARED_PAGE = 5_000
_CONSENT = "catalogue-consent"
_BEGUN = "catalogue-begun"


class CatalogPull:
    """Products, families, wholesalers and stock. Bulk work happens in `worker`, on a connection of its own."""

    def __init__(
        self,
        client: RemoteClient,
        shelf: CatalogShelf,
        state: SyncState,
        events: EventBus,
        worker: Worker,
        *,
        now: Callable[[], datetime],
        folder: Path,
    ) -> None:
        self._client, self._shelf, self._state, self._events = client, shelf, state, events
        self._worker, self._now, self._folder = worker, now, folder
        self._cooldown = Cooldown(state, now)
        self.defects: list[str] = []

    def consent(self) -> None:
        """A person agrees to a catalogue that is much smaller than the present one: the next round fetches it."""
        self._state.put(_CONSENT, "yes")

    @property
    def _consented(self) -> bool:
        return self._state.get(_CONSENT) == "yes"

    async def run(self, *, anew: bool = False) -> Counter[str]:
        """Read what changed; returns rows per collection. `anew`: fetch the whole catalogue.

        Raises ServerBusy while the manufacturer has put no catalogue in, ShrinkNeedsConsent, Offline ...
        """
        self.defects = []
        if anew or self._shelf.damaged or self._consented:
            return await self._snapshot()
        try:
            if self._shelf.repository().state().version == 0:
                return await self._snapshot()
            return await self._changes()
        except ResyncNeeded:
            return await self._snapshot()
        except StorageFailed as error:
            if not self._shelf.condemn(error):
                raise
            return await self._snapshot()
        except ServerRefused as error:
            if not self._cooldown.allows(f"catalogue-{error.params.get('code', '')}"):
                raise
            return await self._snapshot()

    async def _changes(self) -> Counter[str]:
        state = self._shelf.repository().state()
        path = self._shelf.path()
        counts: Counter[str] = Counter()
        async for page in pages(self._client, SHARED_COLLECTIONS, state.cursor, state.version, SHARED_PAGE):
            if page.checkpoint.epoch != state.epoch:
                raise ResyncNeeded("The server's history is another one now.", code="epoch-changed")
            applied = await self._worker.run(partial(apply_changes, path, page, self._now()))
            counts.update(applied.counts)
            self.defects += [f"{bad.collection} {bad.id}: {bad.reason}" for bad in applied.bad_rows]
        if counts:
            self._events.publish(CatalogChanged(self._shelf.generation))
        if not self._shelf.repository().state().agrees and self._cooldown.allows("catalogue-differs"):
            self.defects.append("catalogue-differs")
            return await self._snapshot()
        return counts

    async def _snapshot(self) -> Counter[str]:
        """Fetch the snapshot into a new file and put it in force; the old one serves until then."""
        manifest = await self._client.manifest()
        number, target = self._shelf.next()
        report = await self._begun_or_new(manifest, target)
        self._shelf.put_in_force(number)
        self._state.put(_CONSENT, "")
        self._state.put(_BEGUN, "")
        self.defects += [f"{bad.collection} {bad.id}: {bad.reason}" for bad in report.bad_rows]
        self._events.publish(CatalogChanged(number))
        return Counter(report.counts)

    async def _begun_or_new(self, manifest: Manifest, target: Path) -> "BuildReport":
        """Build the file of `manifest`, or the one begun before it: the manufacturer may well make a new one before a
        slow link has brought the old one, which stays as long as its address holds.
        """
        begun = self._begun()
        if begun is not None and begun.epoch == manifest.epoch and begun.sha256 != manifest.sha256:
            with contextlib.suppress(ResyncNeeded, ServerRefused, ProtocolViolation):
                return await self._build(begun, target)
        return await self._build(manifest, target)

    def _begun(self) -> Manifest | None:
        """The manifest of the download that broke off, None where nothing of it is here."""
        text = self._state.get(_BEGUN)
        begun = msgspec.json.decode(text, type=Manifest) if text else None
        return begun if begun is not None and self._part_of(begun).exists() else None

    def _part_of(self, manifest: Manifest) -> Path:
        return self._folder / f"snapshot-{manifest.sha256[:32]}.part"

    async def _build(self, manifest: Manifest, target: Path) -> "BuildReport":
        """Build while the bytes arrive; what arrived of a download that broke off is kept for the next round."""
        from desktop_app.sync.snapshot import ArrivingFile, BuildCancelled, build_catalog

        self._state.put(_BEGUN, msgspec.json.encode(manifest).decode())
        arriving = ArrivingFile(self._part_of(manifest))
        part = PartFile(
            self._part_of(manifest), manifest.bytes, manifest.sha256, lambda chunk: arriving.grown(len(chunk))
        )
        for other in self._folder.glob("snapshot-*.part"):
            if other != part.path:
                other.unlink(missing_ok=True)
        before = self._shelf.counts()
        consent = self._consented
        progress = _Progress(self._events, self._now)

        given_up = threading.Event()

        def work() -> "BuildReport":
            return build_catalog(
                arriving,
                manifest,
                target,
                now=self._now,
                before=before,
                consent=consent,
                progress=progress.from_worker,
                cancelled=given_up.is_set,
            )

        # What an earlier attempt left is read and digested there too.
        await self._worker.run(part.open)
        build = asyncio.ensure_future(self._worker.run(work)) if self._worker.concurrent else None

        async def give_up() -> None:
            given_up.set()
            arriving.fail(BuildCancelled("The download was given up."))
            if build is not None:
                await asyncio.wait([build])
                build.exception()

        async with contextlib.AsyncExitStack() as unless_built:
            unless_built.push_async_callback(give_up)
            await self._client.download(manifest, part, progress.downloaded)
            arriving.close()
            report = await (asyncio.shield(build) if build is not None else self._worker.run(work))
            unless_built.pop_all()
        part.remove()
        return report


class _Progress:
    """Tells how far a snapshot is, at most once per hundredth, with the time left as the pace so far suggests."""

    def __init__(self, events: EventBus, now: Callable[[], datetime]) -> None:
        self._events, self._now = events, now
        self._started = now()
        self._loop = asyncio.get_running_loop()
        self._told: dict[str, int] = {}

    def downloaded(self, done: int, total: int) -> None:
        """Bytes arrived; called in the loop's thread."""
        if self._moved("download", done, total):
            self._publish("download", done, total)

    def from_worker(self, stage: str, done: int, total: int) -> None:
        """The build moved on; told in the loop's thread, whichever thread calls."""
        if self._moved(stage, done, total):
            self._loop.call_soon_threadsafe(self._publish, stage, done, total)

    def _moved(self, stage: str, done: int, total: int) -> bool:
        hundredth = done * 100 // max(total, 1)
        moved = self._told.get(stage) != hundredth
        self._told[stage] = hundredth
        return moved

    def _publish(self, stage: str, done: int, total: int) -> None:
        spent = (self._now() - self._started) / timedelta(seconds=1)
        left = spent * (total - done) / done if done else None
        self._events.publish(SyncProgress(stage, done, total, left))
