"""The queue as a file: one desk writes it, another desk of the same account sends it, and cannot read it.

Where a computer has no network, or is about to be given away, its orders still reach the manufacturer, once each: the
desk they are of finds the recorded answers at its next round.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from desktop_app.contract.sealed import (
    FILE_MARK,
    DamagedFile,
    NotASealedFile,
    Sealed,
    SealedHeader,
    SealedOutcome,
    framed,
    in_parts,
    public_bytes,
    read_whole,
    sealed_file,
)
from desktop_app.contract.wire import Discovery, Limits
from desktop_app.errors import ActionNotPossible, FileNotWritten, FileUnreadable, WrongQueueFile, WrongServer
from desktop_app.events import EventBus, OrderChanged
from desktop_app.profile import Profile
from desktop_app.remote.client import RemoteClient
from desktop_app.storage.database import Connection, storage_errors
from desktop_app.storage.recovery_file import read_recovery
from desktop_app.storage.sync_state import SyncState
from desktop_app.whole_file import write_whole

SUFFIX = "sealed"
FEATURE = "sealed"
# What is sent at once: the answer then comes in seconds, and a broken connection costs little.
PART_BYTES, PART_RECORDS = 2_000_000, 100
LARGEST_FILE = 1_000_000_000


class ExportedQueue(Struct, frozen=True):
    """How many messages a file holds, and how many of them are held back."""

    messages: int
    held: int


class QueueFileView(Struct, frozen=True):
    """What a file says of itself: when it was made, how many messages, how many of them held; `own`: by this desk."""

    made_at: datetime
    messages: int
    held: int
    own: bool


class SentQueue(Struct, frozen=True):
    """What became of the messages of a file, each counted once; `outcomes` tells it one by one.

    `accepted` now, `known` as accepted before, `to_confirm` as terms have changed (the desk they are of decides),
    `refused` with a recorded answer, `held` as a person keeps them back, and `not_taken`: nothing was recorded of them.
    """

    accepted: int = 0
    known: int = 0
    to_confirm: int = 0
    refused: int = 0
    held: int = 0
    not_taken: int = 0
    outcomes: tuple[SealedOutcome, ...] = ()


class QueueFile:
    """Writes and sends such files for one desk. `working` tells whether the program synchronises by itself."""

    def __init__(
        self,
        connection: Connection,
        profile: Profile,
        recovery_file: Path,
        client: RemoteClient,
        events: EventBus,
        *,
        now: Callable[[], datetime],
        working: Callable[[], bool],
    ) -> None:
        # Cryptography is loaded by whoever makes or sends a file.
        from desktop_app.storage.sealed_queue import SealedQueue

        self._profile, self._recovery_file, self._client = profile, recovery_file, client
        self._state, self._events, self._now, self._working = SyncState(connection), events, now, working
        self._queue = SealedQueue(
            connection,
            server_id=profile.server_id,
            account=profile.account,
            client_instance=profile.client_instance,
        )

    # --- writing --------------------------------------------------------------------------------------------------

    def export(self, path: Path) -> ExportedQueue:
        """Write all messages without an answer to `path`, sealed to the manufacturer and to the recovery code.

        They stay in the queue. Raises ActionNotPossible (nothing waits, or the server gives no key to seal to),
        FileNotWritten or StorageFailed.
        """
        readers, now = self._readers(), self._now()
        with storage_errors():
            rows = self._queue.rows()
            if not rows:
                raise ActionNotPossible("No order waits here: there is nothing to export.", action="export-empty")
            # Before the file is there: once it is, another desk may send it at any moment.
            self._queue.note_exported(rows, now)
            records = [record for record, _ in self._queue.sealed(rows, now, readers)]
        held = sum(record.held for record in records)
        profile = self._profile
        header = SealedHeader(profile.server_id, profile.account, profile.client_instance, now, len(records), held)
        try:
            write_whole(path, sealed_file(header, map(framed, records)))
        except OSError as error:
            raise FileNotWritten(f"{path} cannot be written ({error.strerror or error}).", path=str(path)) from error
        self._events.publish(OrderChanged(tuple(dict.fromkeys(row.order_id for row in rows))))
        return ExportedQueue(len(records), held)

    def _readers(self) -> tuple[bytes, ...]:
        discovery = self._state.discovery
        if discovery is None or discovery.sealing_key is None:
            raise ActionNotPossible(
                "The manufacturer's server has given this desk no key to seal to: only he must be able to read such a "
                "file.",
                action="export-no-key",
            )
        recovery = read_recovery(self._recovery_file)
        own = () if recovery is None else (recovery.public,)
        return (public_bytes(discovery.sealing_key), *own)

    # --- sending --------------------------------------------------------------------------------------------------

    def look(self, path: Path) -> QueueFileView:
        """What a file holds that may be sent from here. Raises FileUnreadable, WrongQueueFile."""
        header, _ = self._read(path)
        own = header.client_instance == self._profile.client_instance
        return QueueFileView(header.at, header.count, header.held, own)

    async def send(self, path: Path, *, with_held: bool = False) -> SentQueue:
        """Send what a file holds; what somebody keeps back only `with_held`. It may be sent any number of times.

        Raises FileUnreadable, WrongQueueFile, WrongServer, Offline, Unauthorized ...; what was sent until then counts.
        """
        header, records = await asyncio.to_thread(self._read, path)
        left = [record for record in records if record.held and not with_held]
        going = [record for record in records if with_held or not record.held]
        outcomes = [SealedOutcome(record.key, record.kind, 202, code="held") for record in left]
        client = self._client
        try:
            limits = self._greeted(await client.discover())
            most, room = min(PART_RECORDS, limits.sealed_records), min(PART_BYTES, limits.sealed_bytes // 2)
            for part in in_parts(going, most, room):
                outcomes += await client.put_sealed(_part_file(header, part), part, send_held=with_held)
        finally:
            if not self._working():
                await client.close()
        return _counted(outcomes)

    def _greeted(self, discovery: Discovery) -> Limits:
        if discovery.server_id != self._profile.server_id:
            raise WrongServer("Another server answers at this address. Nothing was sent.")
        if FEATURE not in discovery.features:
            raise ActionNotPossible(
                "The manufacturer's server takes no such files yet. Send the file to him: he can read it.",
                action="send-queue",
            )
        return discovery.limits

    def _read(self, path: Path) -> tuple[SealedHeader, Sequence[Sealed]]:
        try:
            header, records = read_whole(_content(path))
        except NotASealedFile as error:
            raise WrongQueueFile(f"{path.name} is not a queue that Comptoir has exported.", reason="other") from error
        except DamagedFile as error:
            raise WrongQueueFile(
                f"{path.name} is damaged ({error}). Export it again; where that desk is gone, send the file to the "
                "manufacturer: he can enter what is whole of it.",
                reason="damaged",
            ) from error
        if header.server_id != self._profile.server_id:
            raise WrongQueueFile(
                f"{path.name} is for another manufacturer's server; this desk works with {self._profile.manufacturer}.",
                reason="server",
                manufacturer=self._profile.manufacturer,
            )
        if header.account != self._profile.account:
            raise WrongQueueFile(
                f"{path.name} is of account {header.account}; this desk works for {self._profile.account}.",
                reason="account",
                theirs=header.account,
                ours=self._profile.account,
            )
        return header, records


def _content(path: Path) -> bytes:
    """The bytes of a file; of one that does not begin like a queue no more than its beginning."""
    try:
        with path.open("rb") as file:
            beginning = file.read(len(FILE_MARK))
            if beginning != FILE_MARK or path.stat().st_size > LARGEST_FILE:
                raise WrongQueueFile(f"{path.name} is not a queue that Comptoir has exported.", reason="other")
            return beginning + file.read()
    except OSError as error:
        raise FileUnreadable(f"{path} cannot be read ({error.strerror or error}).", path=str(path)) from error


def _part_file(header: SealedHeader, part: Sequence[Sealed]) -> bytes:
    return sealed_file(
        SealedHeader(
            header.server_id,
            header.account,
            header.client_instance,
            header.at,
            len(part),
            sum(record.held for record in part),
        ),
        map(framed, part),
    )


def _counted(outcomes: Sequence[SealedOutcome]) -> SentQueue:
    counts = Counter(_word(outcome) for outcome in outcomes)
    return SentQueue(**counts, outcomes=tuple(outcomes))


def _word(outcome: SealedOutcome) -> str:
    if outcome.status == 202:
        return "held"
    if outcome.kind == "cancel" and outcome.status == 200:
        return "refused" if outcome.code == "refused" else "accepted"
    if outcome.status in (200, 201):
        return "accepted" if outcome.status == 201 else "known"
    if outcome.status == 409 and outcome.code == "terms-changed":
        return "to_confirm"
    return "refused" if outcome.code == "rejected" else "not_taken"
