"""What a connected desk consists of, each part made when it is first asked for. Which desk, and when: `application`."""

import logging
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from desktop_app.contract.wire import Limits
from desktop_app.credentials import Secrets
from desktop_app.domain.order import DeliveryState
from desktop_app.domain.pricing import Terms
from desktop_app.domain.pricing_day import pricing_day
from desktop_app.errors import StorageFailed
from desktop_app.events import CatalogChanged, Event, EventBus, Notice, OrderChanged, SyncStatusChanged, TermsChanged
from desktop_app.paths import ProfilePaths
from desktop_app.places import place_notice
from desktop_app.profile import Profile, write_profile
from desktop_app.services.catalog_service import CatalogService
from desktop_app.services.price_basis import CurrentBasis
from desktop_app.settings import AUTHOR, POLL_MINUTES, TERMS_POLICY, TOLERANCE_EUR, TOLERANCE_PERCENT, Settings
from desktop_app.storage.account_repository import AccountRepository
from desktop_app.storage.catalog_shelf import CatalogShelf
from desktop_app.storage.condition_repository import ConditionRepository
from desktop_app.storage.desk_database import DESK_SCHEMA, DeskDatabase, settle
from desktop_app.storage.foreign_writes import ForeignWrites
from desktop_app.storage.outbox import Outbox
from desktop_app.storage.sync_state import LOOKED_OVER, SyncState
from desktop_app.world import World

if TYPE_CHECKING:
    from asyncio import TimerHandle

    from desktop_app.services.back_margin_service import BackMarginService
    from desktop_app.services.condition_service import ConditionService
    from desktop_app.services.order_service import OrderService
    from desktop_app.services.price_service import PriceService
    from desktop_app.services.recovery_codes import RecoveryCodes
    from desktop_app.services.second_copy import SecondCopy
    from desktop_app.services.set_aside import UnreadableRows
    from desktop_app.services.sourcing_service import SourcingService
    from desktop_app.services.sync_service import SyncService
    from desktop_app.synchronisation import Synchronisation

PRACTICE_INTERVAL = timedelta(seconds=2)
# The daily backup waits until the morning's first work is done.
BACKUP_AFTER_S = 60.0
_logger = logging.getLogger(__name__)


class Desk:
    """One connected profile with its files open. Used on one thread; `start` and `stop` need an asyncio loop there."""

    def __init__(
        self,
        paths: ProfilePaths,
        profile: Profile,
        secrets: Secrets,
        events: EventBus,
        settings: Settings,
        world: World,
    ) -> None:
        self.profile = profile
        self._paths, self._token, self._key = paths, secrets.token, secrets.key
        self._events, self._settings, self._world = events, settings, world
        settle(paths.desk, paths.founded_desk)
        self.database = DeskDatabase(paths.desk, secrets.key, now=world.now)
        self.state = SyncState(self.database.connection)
        if self.state.get(LOOKED_OVER) != str(DESK_SCHEMA):
            self.unreadable.look_over()
        self.shelf = CatalogShelf(paths.cache, paths.catalog, self.state, self._catalogue_damaged)
        self._account = AccountRepository(self.database.connection, profile.account)
        self._conditions = ConditionRepository(self.database.connection)
        self._backup: TimerHandle | None = None
        self._others = ForeignWrites(self.database.connection, world.now)
        # The first of all that listen: an order has its second copy before any screen tells of it.
        self._unsubscribe = events.subscribe(self._on_event)

    # --- what front ends use --------------------------------------------------------------------------------------

    @cached_property
    def catalog(self) -> CatalogService:
        """Search, products, prices."""
        return CatalogService(
            self.shelf.repository,
            terms=self._terms,
            dealer=self._account.dealer,
            today=self._today,
            accruals=lambda: self.back_margin.accruals(),
            calendar=lambda: self.prices.calendar(),
        )

    @cached_property
    def orders(self) -> "OrderService":
        """Drafts and orders."""
        from desktop_app.services.order_service import OrderService

        return OrderService(
            self.database,
            basis=self._basis,
            stock_view=self.catalog.stock_view,
            events=self._events,
            now=self._world.now,
            new_id=self._world.new_id,
            author=lambda: self._settings.get(AUTHOR),
            limits=self._limits,
            takes_changes=lambda: self.state.knows("amend-requests"),
        )

    @cached_property
    def back_margin(self) -> "BackMarginService":
        """The back-margin agreements, and the way to their next steps."""
        from desktop_app.services.back_margin_service import BackMarginService
        from desktop_app.services.under_way_orders import OrdersUnderWay
        from desktop_app.storage.agreement_repository import AgreementRepository

        connection = self.database.connection
        return BackMarginService(
            AgreementRepository(connection),
            self._account,
            OrdersUnderWay(connection, lambda moment: pricing_day(moment, self.profile.time_zone)),
            self.shelf.repository,
            self._events,
            today=self._today,
        )

    @cached_property
    def prices(self) -> "PriceService":
        """What if: prices at another quantity, day, wholesaler or for another client."""
        from desktop_app.services.price_service import PriceService

        return PriceService(
            self.shelf.repository,
            self._conditions,
            dealer=self._account.dealer,
            today=self._today,
            stock_view=self.catalog.stock_view,
            accruals=lambda: self.back_margin.accruals(),
        )

    @cached_property
    def conditions(self) -> "ConditionService":
        """All conditions: searched, as of a day, what changed, what becomes dearer."""
        from desktop_app.services.condition_service import ConditionService
        from desktop_app.storage.agreement_repository import AgreementRepository

        return ConditionService(
            self.shelf.repository,
            self._conditions,
            AgreementRepository(self.database.connection),
            dealer=self._account.dealer,
            today=self._today,
            calendar=self.prices.calendar,
            time_zone=lambda: self.profile.time_zone,
        )

    @cached_property
    def sourcing(self) -> "SourcingService":
        """Plans over the wholesalers."""
        from desktop_app.services.sourcing_service import SourcingService

        return SourcingService(
            basis=self._basis,
            stock_view=self.catalog.stock_view,
            now=lambda: self._world.now() + self.state.clock_skew,
        )

    @property
    def sync(self) -> "SyncService":
        """The connection, the queue, and rounds."""
        return self._synchronisation.service

    @cached_property
    def second_copy(self) -> "SecondCopy":
        """The sealed copy of what has not left."""
        from desktop_app.services.second_copy import second_copy_of

        key_and_file = self._key, self.database.connection
        return second_copy_of(self._paths, self.profile, *key_and_file, self._events, self._settings, self._world)

    @cached_property
    def recovery(self) -> "RecoveryCodes":
        """The recovery code."""
        from desktop_app.services.recovery_codes import RecoveryCodes

        kept, now = self.second_copy.catch_up, self._world.now
        return RecoveryCodes(self._paths.recovery, self.profile, self._key, kept=kept, now=now)

    @property
    def unreadable(self) -> "UnreadableRows":
        """The rows this version could not read."""
        from desktop_app.services.set_aside import UnreadableRows

        return UnreadableRows(self.database.connection, self._events, now=self._world.now)

    @property
    def group(self) -> str:
        """The dealer's group, empty before the first synchronisation."""
        return self._account.dealer().group

    # --- practice -------------------------------------------------------------------------------------------------

    @property
    def unplugged(self) -> bool:
        """Whether the cable is pulled out."""
        return self._synchronisation.client.unplugged

    @unplugged.setter
    def unplugged(self, unplugged: bool) -> None:
        self._synchronisation.client.unplugged = unplugged
        self._synchronisation.scheduler.hurry()
        self._events.publish(SyncStatusChanged())

    async def practice_clock(self, **changes: float) -> dict[str, object]:
        """Read or change a practice manufacturer's clock."""
        clock = await self._synchronisation.client.practice_clock(**changes)
        self._synchronisation.scheduler.hurry()
        return clock

    def moved(self, server_url: str) -> None:
        """The same server is at another address from now on."""
        self.take(replace(self.profile, server_url=server_url), self._token)
        write_profile(self._paths.profile, self.profile)

    def take(self, profile: Profile, token: str) -> None:
        """Go on with another address or token of the same server and account."""
        self.profile, self._token = profile, token
        synchronisation = self._synchronisation
        synchronisation.client.take(profile.server_url, token)
        synchronisation.scheduler.hurry()

    # --- life -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to synchronise by itself, and back up once a day."""
        import asyncio

        self.second_copy.catch_up()
        self.unreadable.tell()
        if self.recovery.possible and not self._paths.recovery.exists():
            self._events.publish(Notice("recovery", "recovery-missing"))
        self._synchronisation.start()
        if not self.profile.practice and (unsafe := place_notice(self._paths.root)) is not None:
            self._events.publish(unsafe)
        if self._backup is None:
            self._backup = asyncio.get_running_loop().call_later(BACKUP_AFTER_S, self._back_up)

    async def stop(self) -> None:
        """End the synchronisation; a message in flight is looked up next time."""
        if self._backup is not None:
            self._backup.cancel()
        if "_synchronisation" in self.__dict__:
            await self._synchronisation.stop()

    def close(self) -> None:
        """Close all files."""
        self._unsubscribe()
        if "second_copy" in self.__dict__:
            self.second_copy.close()
        if "_synchronisation" in self.__dict__:
            self._synchronisation.close()
        self.shelf.close()
        self.database.close()

    # --- inside ---------------------------------------------------------------------------------------------------

    @cached_property
    def _basis(self) -> CurrentBasis:
        return CurrentBasis(
            self.shelf.repository,
            lambda: self.shelf.repository().version(),
            self._conditions,
            self._account,
            self.state,
            self._today,
            lambda: self.back_margin.accruals(),
        )

    @cached_property
    def _synchronisation(self) -> "Synchronisation":
        from desktop_app.synchronisation import Synchronisation

        return Synchronisation(
            self._paths,
            self.profile,
            self._token,
            self.database.connection,
            self.shelf,
            self._events,
            self._world,
            interval=self._interval,
            changed_elsewhere=self._changed_elsewhere,
            take_by_rule=self._take_by_rule,
        )

    def _on_event(self, event: Event) -> None:
        # The first picture waits for no cryptography: a status counts once something is queued, or talks to the server.
        in_use = "second_copy" in self.__dict__ or "_synchronisation" in self.__dict__
        if isinstance(event, OrderChanged) or (isinstance(event, SyncStatusChanged) and in_use):
            self.second_copy.on_event(event)

    def _terms(self) -> Terms:
        dealer = self._account.dealer()
        return self._conditions.terms(dealer.account, dealer.group, dealer.quota_used)

    def _today(self) -> date:
        """The day prices are taken at: the manufacturer's, by his clock."""
        return pricing_day(self._world.now() + self.state.clock_skew, self.profile.time_zone)

    def _limits(self) -> Limits:
        discovery = self.state.discovery
        return Limits() if discovery is None else discovery.limits

    def _interval(self) -> timedelta:
        return PRACTICE_INTERVAL if self.profile.practice else timedelta(minutes=self._settings.get(POLL_MINUTES))

    def _take_by_rule(self) -> int:
        """Let the dealer's rule take the changed terms it covers; how many orders are on their way again."""
        rule = self._settings.get(TERMS_POLICY)
        if not Outbox(self.database.connection).counts().get(DeliveryState.ATTENTION):
            return 0
        from desktop_app.services.terms_policy import Rule, TermsPolicy

        percent, euros = self._settings.get(TOLERANCE_PERCENT), self._settings.get(TOLERANCE_EUR)
        return self.orders.take_by_rule(TermsPolicy(Rule(rule), Decimal(percent), Decimal(euros)))

    def _changed_elsewhere(self) -> bool:
        """Whether another program wrote to the profile since last asked; what it changed is announced."""
        orders = self._others.orders()
        if orders is None:
            return False
        if self.shelf.refresh():
            self._events.publish(CatalogChanged(self.shelf.generation))
        self._events.publish(TermsChanged())
        if orders:
            self._events.publish(OrderChanged(orders))
        self._events.publish(SyncStatusChanged())
        return True

    def _catalogue_damaged(self) -> None:
        _logger.warning("catalogue file %d is damaged and is fetched again", self.shelf.generation)
        if "_synchronisation" in self.__dict__:
            self._synchronisation.scheduler.hurry()

    def _back_up(self) -> None:
        try:
            self.database.back_up_daily()
        except StorageFailed as error:
            _logger.warning("%s: %s", error.code, error.message)
            self._events.publish(Notice("backup", "backup-failed", "warning", (("detail", error.message),)))
