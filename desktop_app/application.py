"""Builds and owns everything: the composition root of a profile. What the parts do is theirs.

Late imports are on purpose: the first screen needs the catalogue and the terms, not the network or the key store.
"""

import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import log
from desktop_app.credentials import Credentials, Secrets
from desktop_app.errors import ComptoirError, NotConnected
from desktop_app.events import DeskShutOut, Event, EventBus, SyncStatusChanged
from desktop_app.paths import ProfilePaths, remove_desk
from desktop_app.profile import Profile, read_profile
from desktop_app.services.views import Identity
from desktop_app.settings import AUTHOR, Settings
from desktop_app.world import World

if TYPE_CHECKING:
    from desktop_app.desk import Desk
    from desktop_app.services.back_margin_service import BackMarginService
    from desktop_app.services.catalog_service import CatalogService
    from desktop_app.services.condition_service import ConditionService
    from desktop_app.services.connection_service import ConnectionService
    from desktop_app.services.health import Health
    from desktop_app.services.order_service import OrderService
    from desktop_app.services.people import People
    from desktop_app.services.practice_service import PracticeService
    from desktop_app.services.price_service import PriceService
    from desktop_app.services.recovery_codes import RecoveryCodes
    from desktop_app.services.second_copy import SecondCopy
    from desktop_app.services.set_aside import UnreadableRows
    from desktop_app.services.sourcing_service import SourcingService
    from desktop_app.services.sync_service import SyncService


class Application:
    """One profile, open. `catalog`, `orders` and `sync` raise NotConnected until the desk is connected.

    Everything runs on the thread that opened it; `start` and the services' `async` methods need an asyncio loop there.
    """

    def __init__(self, root: Path, credentials: Credentials, world: World) -> None:
        self.paths = ProfilePaths(root)
        self.events = EventBus()
        self.settings = Settings(self.paths.settings)
        self._credentials, self._world = credentials, world
        self._log: logging.Handler | None = None
        self._desk: Desk | None = None
        self.events.subscribe(self._on_event)

    @classmethod
    def open(cls, root: Path, *, credentials: Credentials | None = None, world: World | None = None) -> "Application":
        """Open the profile in folder `root`; a fresh folder stays untouched until `connection.connect` succeeds.

        Raises StorageFailed (damaged or unreadable profile), VaultUnavailable (its key cannot be had) or DeskDeparted
        (the manufacturer has shut it out for good).
        """
        application = cls(root, credentials or Credentials(), world or World())
        profile = read_profile(application.paths.profile)
        if profile is not None:
            if application.paths.departed.exists():
                application._leave(profile)
            application._attach(profile, application._credentials.read(profile))
        return application

    @property
    def connected(self) -> bool:
        """Whether this profile belongs to a manufacturer already; False on a fresh one."""
        return self._desk is not None

    @property
    def identity(self) -> Identity | None:
        """Who this desk works for, None on a fresh profile."""
        if self._desk is None:
            return None
        profile = self._desk.profile
        return Identity(
            account=profile.account,
            dealer=profile.dealer,
            manufacturer=profile.manufacturer,
            author=self.settings.get(AUTHOR),
            practice=profile.practice,
            server_url=profile.server_url,
            group=self._desk.group,
        )

    @cached_property
    def connection(self) -> "ConnectionService":
        """Joining a manufacturer; the only service of a fresh profile besides `practice`."""
        from desktop_app.services.connection_service import ConnectionService, DeskAccess

        access = DeskAccess(self._attach, self._profile, lambda: self.identity, self._first_round)
        return ConnectionService(self.paths, self._credentials, self.settings, access, self._world)

    @cached_property
    def practice(self) -> "PracticeService":
        """The embedded practice manufacturer; only for a profile kept for practice."""
        from desktop_app.services.practice_service import PracticeAccess, PracticeService

        access = PracticeAccess(self.connection.connect, lambda: self._desk, self._forget)
        return PracticeService(self.paths, self.events, access)

    @property
    def catalog(self) -> "CatalogService":
        """Search, products, prices."""
        return self._connected().catalog

    @property
    def orders(self) -> "OrderService":
        """Drafts and orders."""
        return self._connected().orders

    @property
    def conditions(self) -> "ConditionService":
        """All conditions: searched, as of a day, what changed, what becomes dearer."""
        return self._connected().conditions

    @property
    def prices(self) -> "PriceService":
        """What if: prices at another quantity, day, wholesaler or for another client."""
        return self._connected().prices

    @property
    def back_margin(self) -> "BackMarginService":
        """Back-margin agreements and the way to their next steps."""
        return self._connected().back_margin

    @property
    def sourcing(self) -> "SourcingService":
        """Plans over the wholesalers."""
        return self._connected().sourcing

    @property
    def sync(self) -> "SyncService":
        """The connection, the queue, and rounds."""
        return self._connected().sync

    @property
    def people(self) -> "People":
        """Who enters orders at this desk."""
        from desktop_app.services.people import People

        connection = self._connected().database.connection
        return People(connection, self.settings, self.events, now=self._world.now)

    @property
    def second_copy(self) -> "SecondCopy":
        """The sealed copies of what has not left."""
        return self._connected().second_copy

    @property
    def unreadable(self) -> "UnreadableRows":
        """Rows of desk.db that this version could not read."""
        return self._connected().unreadable

    @property
    def recovery(self) -> "RecoveryCodes":
        """The recovery code of this desk."""
        return self._connected().recovery

    def health(self) -> "Health":
        """Look the files over: whole or damaged, and what they are read with."""
        from desktop_app.services.health import examine

        desk = self._connected()
        return examine(desk.database, desk.shelf, desk.second_copy)

    async def start(self) -> None:
        """Begin to synchronise by itself; on a practice profile the practice manufacturer starts first.

        Does nothing on a fresh profile: call it again once connected. A second program on the same profile stays
        usable but leaves the synchronisation to the first.
        """
        if self._desk is None:
            return
        if self._desk.profile.practice:
            await self.practice.start()
        self._desk.start()

    async def close(self) -> None:
        """End the synchronisation, the practice manufacturer and all files. Unsent orders stay queued on disk."""
        if self._desk is not None:
            await self._desk.stop()
        if "practice" in self.__dict__:
            await self.practice.stop()
        self.close_files()

    def close_files(self) -> None:
        """Close all files: the end of a program that never called `start`."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        if self._log is not None:
            log.stop(self._log)
            self._log = None

    def _connected(self) -> "Desk":
        if self._desk is None:
            raise NotConnected(
                "This desk is not connected to a manufacturer yet. Connect it with the address and the code the "
                "manufacturer gave you, or practise first."
            )
        return self._desk

    def _profile(self) -> Profile | None:
        return None if self._desk is None else self._desk.profile

    def _attach(self, profile: Profile, secrets: Secrets) -> None:
        """Open the files of a connected profile, or take over a changed address or token of the open one."""
        if self._desk is not None:
            self._desk.take(profile, secrets.token)
            return
        from desktop_app.desk import Desk

        self._desk = Desk(self.paths, profile, secrets, self.events, self.settings, self._world)
        self._log = self._log or log.start(self.paths.log)
        self.events.publish(SyncStatusChanged())

    def _on_event(self, event: Event) -> None:
        """A desk that was shut out for good and has handed over what it had must not be readable a moment longer."""
        profile = self._profile()
        if isinstance(event, DeskShutOut) and profile is not None:
            from desktop_app.sync.departure import make_unreadable

            try:
                make_unreadable(self.paths, self._credentials, profile)
            except ComptoirError as error:
                # Tried again at the next start, which goes no further before it succeeds.
                logging.getLogger(__name__).warning("%s: %s", error.code, error.message)

    def _leave(self, profile: Profile) -> None:
        """Raises DeskDeparted where it was this desk that was shut out, once nothing of it can be read any more."""
        from desktop_app.sync.departure import departed_error, has_departed, make_unreadable

        make_unreadable(self.paths, self._credentials, profile)
        if (departed := has_departed(self.paths, profile)) is not None:
            raise departed_error(profile, departed)

    async def _first_round(self) -> None:
        await self.sync.round()

    async def _forget(self) -> None:
        """Close the desk and remove what it made: only practice is ever thrown away."""
        if self._desk is not None:
            await self._desk.stop()
        self.close_files()
        remove_desk(self.paths)
