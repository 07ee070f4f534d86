"""What a front end may know and ask of the synchronisation. Doing it: `sync`."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop_app.domain.order import DeliveryState
from desktop_app.events import EventBus, OrderChanged, SyncStatusChanged
from desktop_app.remote.client import RemoteClient
from desktop_app.services.views import CollectionAge, JournalEntry, LossView, QueueRow, RoundReport, SyncStatus
from desktop_app.storage.catalog_shelf import CatalogShelf
from desktop_app.storage.database import storage_errors
from desktop_app.storage.journal import Journal
from desktop_app.storage.outbox import Outbox
from desktop_app.storage.stuck_messages import StuckMessages
from desktop_app.storage.sync_state import SyncState
from desktop_app.sync.catalog_pull import CatalogPull
from desktop_app.sync.engine import RoundResult
from desktop_app.sync.scheduler import Scheduler
from desktop_app.sync.status import SHUT_OUT, RoundStatus, counted, is_stale

if TYPE_CHECKING:
    from desktop_app.services.queue_file import QueueFile

TIMED_OUT, OFFLINE = "timeout", "offline"
LOSS_TOLD = timedelta(days=7)
# The messages that a report tells of one by one.
REPORTED = 200


class SyncService:
    """The connection and the queue in facts, and rounds on demand. Reading never touches the network.

    Every method raises StorageFailed where the files cannot be read.
    """

    def __init__(
        self,
        scheduler: Scheduler,
        client: RemoteClient,
        catalog: CatalogPull,
        status: RoundStatus,
        outbox: Outbox,
        stuck: StuckMessages,
        journal: Journal,
        state: SyncState,
        shelf: CatalogShelf,
        events: EventBus,
        *,
        now: Callable[[], datetime],
        account: str,
        queue_file: Callable[[], "QueueFile"],
    ) -> None:
        self._scheduler, self._client, self._catalog, self._status = scheduler, client, catalog, status
        self._outbox, self._stuck, self._journal = outbox, stuck, journal
        self._state, self._shelf, self._events, self._now = state, shelf, events, now
        self._account, self._queue_file = account, queue_file

    @property
    def queue_file(self) -> "QueueFile":
        """The queue as a file for another desk."""
        return self._queue_file()

    def status(self) -> SyncStatus:
        """The connection, the queue and the ages of the data now. Raises StorageFailed.

        `online`: what is sent leaves at once; False too where the server answers but shuts this desk out (`reason`).
        """
        with storage_errors():
            waiting, held, attention = counted(self._outbox.counts())
            offline_since, last_success = self._state.offline_since, self._state.last_success
            collections = (*self._shared_ages(), *self._account_ages())
            loss = self._loss()
        return SyncStatus(
            connected=True,
            online=offline_since is None and self._status.reason not in SHUT_OUT,
            since=offline_since,
            last_success=last_success,
            next_try=self._status.next_try,
            running=self._status.running,
            waiting=waiting,
            held=held,
            attention=attention,
            reason=self._status.reason,
            collections=collections,
            loss=loss,
            params=dict(self._status.params),
        )

    def queue(self, limit: int | None = None) -> tuple[QueueRow, ...]:
        """What has no answer yet, and answers that wait for a decision, oldest first. Raises StorageFailed.

        At most `limit`: then first what needs a person, what is held, and what leaves next; `status` counts them all.
        """
        with storage_errors():
            headers = self._outbox.headers(limit)
            # While the server is out of reach no message is tried, so none has a reason of its own.
            untried = OFFLINE if self._state.offline_since is not None else ""
        return tuple(
            QueueRow(
                order_id=row.order_id,
                desk_no=row.desk_no,
                reference=row.reference,
                revision=row.revision,
                kind=row.kind,
                delivery_state=row.state,
                attempts=row.attempts,
                next_try=row.next_try,
                reason=row.reason or (untried if row.state is DeliveryState.PENDING else ""),
                since=row.since,
                total=row.total,
            )
            for row in headers
        )

    def journal(self, order_id: str) -> tuple[JournalEntry, ...]:
        """What happened to an order, oldest first: the answer to "why is it not sent?", offline too."""
        return tuple(JournalEntry(*entry) for entry in self._journal.entries(order_id))

    async def round(self, timeout: float | None = None) -> RoundReport:  # noqa: ASYNC109 (it reports, never raises)
        """Synchronise once, after the round under way if there is one; cut off after `timeout` seconds.

        Never raises for trouble with the network, the server or the disk: the report says so.
        """
        try:
            async with asyncio.timeout(timeout):
                return self._report(await self._scheduler.round())
        except TimeoutError:
            return self._report(None)
        finally:
            # Without a scheduler there is no later round in this loop that could use the connections.
            if not self._scheduler.started:
                await self._client.close()

    async def try_now(self) -> None:
        """Try everything that waits at once, whatever its next try was, and run a round."""
        with storage_errors():
            self._outbox.try_now()
        self._events.publish(SyncStatusChanged())
        await self.round()

    def try_order_now(self, order_id: str) -> None:
        """Try what waits of one order as soon as possible, whatever its next try was; the others keep theirs."""
        with storage_errors():
            self._outbox.try_now(order_id)
        self._events.publish(OrderChanged((order_id,)))
        self._scheduler.hurry()

    def due_now(self) -> None:
        """Let the next round try everything that waits, whatever its next try was; what needs a person stays."""
        with storage_errors():
            self._outbox.clamp_due(self._now(), timedelta(0))

    def agree_to_smaller_catalogue(self) -> None:
        """The person accepts that the new catalogue is empty or much smaller; it is taken in the next round."""
        with storage_errors():
            self._catalog.consent()
        self._scheduler.hurry()

    def report_text(self) -> str:
        """Everything a help desk needs to know, as text without secrets, prices or customers."""
        status = self.status()
        lines = [
            f"desk of {self._account}, server {self._client.host}",
            f"now: {self._now().isoformat(timespec='seconds')}",
            f"online: {status.online}" + (f", offline since {status.since}" if status.since else ""),
            f"last round that went through: {status.last_success}",
            f"next try: {status.next_try}",
            f"trouble: {status.reason or 'none'} {self._status.message}".rstrip(),
            f"waiting {status.waiting}, held {status.held}, attention {status.attention}",
            *(
                f"{age.collection}: {age.rows} rows, as of {age.synced_at}, verified {age.verified}, hash {age.hash}"
                for age in status.collections
            ),
        ]
        told = self.queue(REPORTED)
        if len(told) == REPORTED:
            lines.append(f"of a longer queue, {REPORTED}:")
        for row in told:
            lines.append(
                f"{row.desk_no} {row.order_id} revision {row.revision} {row.kind}: {row.delivery_state}, "
                f"{row.attempts} tries, next {row.next_try}, {row.reason or 'no reason'}"
            )
            lines += [
                f"  {at} {source} {code} {dict(params)}" for at, source, code, params in self._entries(row.order_id)
            ]
        return "\n".join(lines)

    def _entries(self, order_id: str) -> list[tuple[str, str, str, tuple[tuple[str, str], ...]]]:
        return [
            (at.isoformat(timespec="seconds"), source, code, params)
            for at, source, code, params in self._journal.entries(order_id)
        ]

    def _report(self, result: RoundResult | None) -> RoundReport:
        """The front end's view of a round; None stands for one that was cut off."""
        waiting, _, attention = counted(self._outbox.counts())
        if result is None:
            message = "The manufacturer's server did not answer in time. What waits here leaves by itself later."
            return RoundReport({}, 0, waiting, attention, self._state.offline_since is None, TIMED_OUT, message)
        return RoundReport(
            pulled=dict(result.pulled),
            pushed=result.pushed,
            waiting=waiting,
            attention=attention,
            online=result.online,
            reason=result.reason,
            message=result.message,
            reconciled={} if result.reconciled is None else result.reconciled.counts(),
        )

    def _loss(self) -> LossView | None:
        known = self._state.history_loss
        if known.at is None:
            return None
        leaving, person = self._stuck.after_a_loss()
        again = max(known.again - leaving, 0)
        recent = self._now() - known.at < LOSS_TOLD and (again or known.changed)
        return LossView(known.at, again, leaving, person) if recent or leaving or person else None

    def _shared_ages(self) -> tuple[CollectionAge, ...]:
        state = self._shelf.repository().state()
        if self._shelf.generation == 0:
            return ()
        now = self._now()
        return tuple(
            CollectionAge(
                collection,
                rows,
                state.synced_at,
                state.agrees,
                is_stale(collection, state.synced_at, now),
                state.hash.get(collection, ""),
            )
            for collection, rows in sorted(state.counts.items())
        )

    def _account_ages(self) -> tuple[CollectionAge, ...]:
        now = self._now()
        return tuple(
            CollectionAge(
                sum_.collection,
                sum_.rows,
                sum_.synced_at,
                sum_.verified,
                is_stale(sum_.collection, sum_.synced_at, now),
                sum_.hash,
            )
            for sum_ in self._state.sums()
        )
