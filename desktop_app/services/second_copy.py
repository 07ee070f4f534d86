"""Keeps the second, sealed copy of what has not left in step with `desk.db`. How it lies on disk: `sealed_journal`.

A message is copied after its COMMIT and before the person's act returns: before, a commit that fails would leave a copy
of an order that was never saved. What a crash in between left out is caught up with at the next start.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Set
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from desktop_app import sealing
from desktop_app.contract.sealed import Sealed, UnsentOrder, key_id, public_bytes
from desktop_app.errors import StorageFailed
from desktop_app.events import Event, EventBus, Notice, OrderChanged, SyncStatusChanged
from desktop_app.paths import ProfilePaths
from desktop_app.profile import Profile
from desktop_app.services.second_folder import FolderView, SecondFolder
from desktop_app.settings import Settings
from desktop_app.storage.database import Connection, storage_errors
from desktop_app.storage.recovery_file import read_recovery
from desktop_app.storage.sealed_journal import Entry, JournalHealth, SealedJournal
from desktop_app.storage.sync_state import SyncState
from desktop_app.storage.unsent_rows import UnsentRow, UnsentRows
from desktop_app.world import World

# Rounds come every few seconds in practice: the whole queue is compared with the copy no oftener than this.
CATCH_UP_EVERY = timedelta(seconds=30)
AT_ONCE = 100
VOID = "void"
NOTICE = "second-copy"
_logger = logging.getLogger(__name__)


class Sender(Struct, frozen=True):
    """Whose messages are sealed: the desk, and the server and account they are for."""

    server_id: str
    account: str
    client_instance: str


class CopiesView(Struct, frozen=True):
    """How the copies of what has not left are: what keeps the one beside desk.db from being written since when, "" and
    None where nothing does, and the second folder.
    """

    failed: str = ""
    failed_since: datetime | None = None
    folder: FolderView = FolderView()


class SecondCopy:
    """Listens to what changes. It never raises into anybody's act: what fails is said, and tried again.

    `readers` are the raw public keys of others that a copy is sealed to, asked for each time; the desk itself reads it
    with `private`. `folder` is to have the same files.
    """

    def __init__(
        self,
        connection: Connection,
        journal: SealedJournal,
        sender: Sender,
        readers: Callable[[], tuple[bytes, ...]],
        private: bytes,
        events: EventBus,
        *,
        folder: SecondFolder | None = None,
        now: Callable[[], datetime],
    ) -> None:
        self._folder = folder
        self._connection, self._rows, self._journal = connection, UnsentRows(connection), journal
        self._sender, self._others, self._events, self._now = sender, readers, events, now
        self._private, self._public = private, sealing.public_key(private)
        self._caught_up: datetime | None = None
        self.failed = ""
        self._failed_since: datetime | None = None

    def on_event(self, event: Event) -> None:
        """Copy what was queued, and note what is settled."""
        if isinstance(event, OrderChanged):
            self._guarded(lambda: self._follow(event.order_ids))
        elif isinstance(event, SyncStatusChanged) and self._is_due():
            self.catch_up()

    def catch_up(self) -> None:
        """Compare the whole queue with the copy: what is missing is copied, what is settled noted, old files go."""
        self._guarded(self._catch_up)

    def health(self) -> JournalHealth:
        """How the files of the copy are. Raises StorageFailed where they cannot be read."""
        return self._journal.health()

    def missing(self) -> int:
        """How many messages that have not left are not in the copy. Raises StorageFailed."""
        self._journal.refresh()
        return sum(not self._has(row, {key_id(self._public)}) for row in self._rows.unsettled())

    def view(self) -> CopiesView:
        """How the copies are."""
        folder = FolderView() if self._folder is None else self._folder.view()
        return CopiesView(self.failed, self._failed_since, folder)

    def use_folder(self, folder: str) -> None:
        """Keep the same files in `folder` too, in none where it is empty. Raises as `SecondFolder.choose`."""
        if self._folder is not None:
            self._folder.choose(folder)

    def close(self) -> None:
        """End the file of this run."""
        self._journal.close()
        if self._folder is not None:
            self._folder.close()

    def _guarded(self, act: Callable[[], None]) -> None:
        if self._connection.in_transaction:
            # Not saved yet: whoever has the transaction announces it again, or the next round catches up.
            self._caught_up = None
            return
        try:
            with storage_errors():
                act()
            if self._folder is not None:
                self._folder.wake()
        except StorageFailed as error:
            self._caught_up = None
            if error.message != self.failed:
                _logger.warning("second copy: %s", error.message)
                self.failed = error.message
                self._failed_since = self._failed_since or self._now()
                params = (("path", error.params.get("path", "")), ("detail", error.message))
                self._events.publish(Notice(NOTICE, "second-copy-failed", "warning", params))

    def _is_due(self) -> bool:
        return self._caught_up is None or not timedelta(0) <= self._now() - self._caught_up < CATCH_UP_EVERY

    def _follow(self, order_ids: tuple[str, ...]) -> None:
        if self._caught_up is None:
            self._catch_up()
            return
        # Another program on this profile may have copied what is taken back here.
        self._journal.refresh()
        rows = self._rows.of(order_ids)
        waiting = [row for row in rows if not row.done]
        self._copy(waiting)
        known = [entry for order_id in order_ids for entry in self._journal.of(order_id)]
        self._let_go(known, {row.key for row in waiting}, answered={row.key for row in rows if row.done})

    def _catch_up(self) -> None:
        self._journal.refresh()
        rows = self._rows.unsettled()
        there = {row.key for row in rows}
        self._copy(rows)
        unknown = self._let_go(list(self._journal.live().values()), there)
        if unknown:
            self._put_back({entry.key for entry in unknown})
        self._journal.prune()
        self._caught_up = self._now()
        if self.failed:
            self.failed, self._failed_since = "", None
            self._events.publish(Notice(NOTICE, "second-copy-works"))

    def _copy(self, rows: Iterable[UnsentRow]) -> None:
        """Seal what the copy does not have yet, or not to all its readers."""
        readers = (self._public, *self._others())
        wanted = {key_id(reader) for reader in readers}
        missing = [row for row in rows if not self._has(row, wanted)]
        for start in range(0, len(missing), AT_ONCE):
            sealed = [self._sealed(row, readers) for row in missing[start : start + AT_ONCE]]
            self._journal.append([record for record in sealed if record is not None])

    def _has(self, row: UnsentRow, wanted: set[str]) -> bool:
        entry = self._journal.entry(row.key)
        return entry is not None and entry.at >= row.since and entry.held == row.held and wanted <= entry.readers

    def _sealed(self, row: UnsentRow, readers: tuple[bytes, ...]) -> Sealed | None:
        sender = self._sender
        order = self._rows.content(
            row, server_id=sender.server_id, account=sender.account, client_instance=sender.client_instance
        )
        if order is None:
            return None
        at = self._journal.moment(max(self._now(), row.since))
        return sealing.seal(order, key=row.key, at=at, to=readers, held=row.held)

    def _let_go(self, entries: list[Entry], there: set[str], answered: Set[str] = frozenset()) -> list[Entry]:
        """Say in the copy what is settled; returns what this file does not know, although it is not newer.

        A message that was taken back must never come back: that is put on disk at once. An answer can be asked again.
        """
        gone = [entry for entry in entries if entry.key not in there]
        settled = [entry for entry in gone if self._rows.is_settled(entry.key, entry.at)]
        if len(settled) < len(gone):
            # Whose clock was set back since may only seem not to know them.
            unclear = {entry.key for entry in gone if entry not in settled}
            taken_back = {record.key for record, order in self._opened(unclear) if self._rows.had(order)}
            settled += [entry for entry in gone if entry.key in taken_back]
        if settled:
            at, sender = self._journal.moment(self._now()), self._sender
            self._journal.append(
                [Sealed(one.key, VOID, at, sender.server_id, sender.account) for one in settled],
                durable=any(one.key not in answered for one in settled),
            )
        return [entry for entry in gone if entry not in settled]

    def _put_back(self, keys: set[str]) -> None:
        """This desk.db was put back by hand to an earlier state: what is only in the copy comes back."""
        now, found = self._now(), []
        for record, order in self._opened(keys):
            if self._rows.put_back(order, held=record.held, now=now):
                found.append(order.order_id)
        if found:
            self._events.publish(OrderChanged(tuple(found)))

    def _opened(self, keys: set[str]) -> Iterator[tuple[Sealed, UnsentOrder]]:
        """The records of these keys and what is in them, as far as this desk can open them."""
        for record in self._journal.records():
            if record.key not in keys:
                continue
            try:
                yield record, sealing.open_sealed(record, self._private)
            except sealing.CannotOpen as error:
                _logger.warning("second copy: %s: %s", record.key, error)


def second_copy_of(
    paths: ProfilePaths,
    profile: Profile,
    key: bytes,
    connection: Connection,
    events: EventBus,
    settings: Settings,
    world: World,
) -> SecondCopy:
    """The copy of a connected desk; `key` is that of its database, to which `connection` is open."""
    return SecondCopy(
        connection,
        SealedJournal(paths.unsent, world.new_id),
        Sender(profile.server_id, profile.account, profile.client_instance),
        lambda: other_readers(SyncState(connection), paths.recovery),
        sealing.own_private_key(key),
        events,
        folder=SecondFolder(paths.unsent, paths.second_folder, profile.client_instance, settings, now=world.now),
        now=world.now,
    )


def other_readers(state: SyncState, recovery_file: Path) -> tuple[bytes, ...]:
    """The public keys a copy is sealed to besides the desk's own: the server's, and that of the recovery code.

    What is wrong with one of them does not keep the copy from being written.
    """
    found: list[bytes] = []
    try:
        discovery = state.discovery
        if discovery is not None and discovery.sealing_key is not None:
            found.append(public_bytes(discovery.sealing_key))
        recovery = read_recovery(recovery_file)
        if recovery is not None:
            found.append(recovery.public)
    except (StorageFailed, ValueError) as error:
        _logger.warning("a reader of the second copy: %s", error)
    return tuple(found)
