"""Puts the synchronisation of one desk together. Imported late: no screen waits for it."""

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from desktop_app.errors import ComptoirError, DeskRevoked
from desktop_app.events import EventBus
from desktop_app.paths import ProfilePaths
from desktop_app.profile import Profile
from desktop_app.remote.client import RemoteClient
from desktop_app.services.sync_service import SyncService
from desktop_app.storage.account_writer import AccountWriter
from desktop_app.storage.catalog_shelf import CatalogShelf
from desktop_app.storage.database import Connection
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.outbox import Outbox
from desktop_app.storage.stuck_messages import StuckMessages
from desktop_app.storage.sync_state import SyncState
from desktop_app.sync.catalog_pull import CatalogPull
from desktop_app.sync.draft_push import DraftPush
from desktop_app.sync.engine import SyncEngine
from desktop_app.sync.listener import Listener
from desktop_app.sync.lock import SyncLock
from desktop_app.sync.pull import AccountPull
from desktop_app.sync.push import Push
from desktop_app.sync.reconciliation import Reconciliation
from desktop_app.sync.scheduler import Scheduler
from desktop_app.sync.status import RoundStatus
from desktop_app.sync.worker import ThreadWorker
from desktop_app.world import World

if TYPE_CHECKING:
    from desktop_app.services.queue_file import QueueFile


class Synchronisation:
    """The parts that belong together: one client, one lock, one worker, one scheduler, and the service over them."""

    def __init__(
        self,
        paths: ProfilePaths,
        profile: Profile,
        token: str,
        connection: Connection,
        shelf: CatalogShelf,
        events: EventBus,
        world: World,
        *,
        interval: Callable[[], timedelta],
        changed_elsewhere: Callable[[], bool],
        take_by_rule: Callable[[], int],
    ) -> None:
        self._paths, self._profile, self._connection = paths, profile, connection
        self._events, self._world = events, world
        self._state, self._outbox = SyncState(connection), Outbox(connection)
        self._orders = OrderRepository(connection)
        self._lock = SyncLock(paths.lock)
        self._worker = world.worker or ThreadWorker()
        self.client = RemoteClient(
            profile.server_url,
            client_instance=profile.client_instance,
            now=world.now,
            account=profile.account,
            token=token,
            transport=world.transport,
            version=world.version,
        )
        catalog = CatalogPull(self.client, shelf, self._state, events, self._worker, now=world.now, folder=paths.cache)
        status = RoundStatus()
        self.scheduler = Scheduler(
            self._engine(profile, connection, catalog, take_by_rule),
            self._outbox,
            events,
            status,
            interval=interval,
            changed_elsewhere=changed_elsewhere,
            now=world.now,
            rng=world.rng,
            sleep=world.sleep,
        )
        self._listener = Listener(
            self.client, self.scheduler, self._state, events, now=world.now, rng=world.rng, sleep=world.sleep
        )
        self.service = self._service(profile, connection, catalog, shelf, status)

    def _service(
        self,
        profile: Profile,
        connection: Connection,
        catalog: CatalogPull,
        shelf: CatalogShelf,
        status: RoundStatus,
    ) -> SyncService:
        return SyncService(
            self.scheduler,
            self.client,
            catalog,
            status,
            self._outbox,
            StuckMessages(connection),
            Journal(connection),
            self._state,
            shelf,
            self._events,
            now=self._world.now,
            account=f"{profile.account} at {profile.manufacturer}",
            queue_file=lambda: self._queue_file,
        )

    @cached_property
    def _queue_file(self) -> "QueueFile":
        from desktop_app.services.queue_file import QueueFile

        return QueueFile(
            self._connection,
            self._profile,
            self._paths.recovery,
            self.client,
            self._events,
            now=self._world.now,
            working=lambda: self.scheduler.started,
        )

    def _engine(
        self, profile: Profile, connection: Connection, catalog: CatalogPull, take_by_rule: Callable[[], int]
    ) -> SyncEngine:
        client, state, events, now = self.client, self._state, self._events, self._world.now
        reconciliation = Reconciliation(client, connection, state, events, now=now)
        return SyncEngine(
            client,
            Push(client, self._outbox, self._orders, state, events, reconciliation, now=now, rng=self._world.rng),
            DraftPush(client, connection, state, events, now=now),
            AccountPull(client, AccountWriter(connection), state, events, account=profile.account, now=now),
            catalog,
            self._outbox,
            state,
            events,
            self._lock,
            server_id=profile.server_id,
            now=now,
            take_by_rule=take_by_rule,
            depart=self._depart,
        )

    async def _depart(self, told: DeskRevoked) -> ComptoirError:
        # Hardly any desk ever needs this: no other waits for its cryptography.
        from desktop_app.storage.sealed_queue import SealedQueue
        from desktop_app.sync.departure import Departure

        profile = self._profile
        queue = SealedQueue(
            self._connection,
            server_id=profile.server_id,
            account=profile.account,
            client_instance=profile.client_instance,
        )
        departure = Departure(
            self.client,
            queue,
            profile,
            self._paths.departed,
            self._events,
            sealing_key=lambda: self._state.sealing_key,
            now=self._world.now,
        )
        return await departure.follow(told)

    def start(self) -> None:
        """Synchronise by itself from now on: at times of its own, and when the server says that something changed."""
        self.scheduler.start()
        self._listener.start()

    async def stop(self) -> None:
        """End the scheduler and the connections."""
        await self._listener.stop()
        await self.scheduler.stop()
        await self.client.close()

    def close(self) -> None:
        """Wait for work in the thread, and let another program synchronise this profile."""
        self._worker.close()
        self._lock.release()
