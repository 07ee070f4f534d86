"""One round of synchronisation: greet the server, look up and send, then pull. When rounds happen: `scheduler`."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.contract.wire import Discovery
from desktop_app.errors import (
    ComptoirError,
    DeskRevoked,
    Offline,
    ServerTooNew,
    StorageFailed,
    Unauthorized,
    WrongServer,
)
from desktop_app.events import EventBus, Notice, OrderChanged
from desktop_app.remote.client import API_VERSION, RemoteClient
from desktop_app.storage.database import storage_errors
from desktop_app.storage.outbox import Outbox
from desktop_app.storage.sync_state import HistoryLoss, SyncState
from desktop_app.sync import retry
from desktop_app.sync.catalog_pull import CatalogPull
from desktop_app.sync.draft_push import DraftPush
from desktop_app.sync.lock import SyncLock
from desktop_app.sync.pull import AccountPull
from desktop_app.sync.push import Push
from desktop_app.sync.status import NEEDS_A_PERSON

# A server's clock further off than this is broken: prices are then taken at this computer's day.
WORST_SKEW = timedelta(days=3650)
LEFT_TO_OTHER = "left-to-other"
_ENDS_THE_ROUND = (Offline, Unauthorized, ServerTooNew, WrongServer, StorageFailed)
_NAMED_BY_THE_SERVER = frozenset({"catalogue-empty", "account-suspended"})
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What a round did. `trouble` is what ended it early or went wrong in it, None where all went well.

    `reconciled` is what became of earlier answers where the server had lost its history, else None.
    """

    pulled: Counter[str]
    pushed: int
    reached: bool
    trouble: ComptoirError | None = None
    left_to_other: bool = False
    reconciled: HistoryLoss | None = None

    @property
    def online(self) -> bool:
        """Whether the server answered to the end."""
        return self.reached and not isinstance(self.trouble, Offline)

    @property
    def reason(self) -> str:
        """What went wrong, as a code; "" where nothing did."""
        if self.left_to_other:
            return LEFT_TO_OTHER
        if self.trouble is None:
            return ""
        slug = self.trouble.params.get("code", "")
        return slug if slug in _NAMED_BY_THE_SERVER else self.trouble.code

    @property
    def message(self) -> str:
        """The same in English sentences."""
        return "" if self.trouble is None else self.trouble.message

    @property
    def params(self) -> Mapping[str, str]:
        """The facts that belong to the reason, such as the version that is needed."""
        return {} if self.trouble is None else self.trouble.params

    @property
    def retry_after(self) -> float | None:
        """The seconds the server asked to wait, None where it did not."""
        text = self.trouble.params.get("retry_after", "") if self.trouble is not None else ""
        return float(text) if text else None


class SyncEngine:
    """Runs rounds, one at a time. Every expected failure is part of the result; nothing queued is ever lost by one.

    `take_by_rule` takes the changed terms that the dealer's own rule covers, and tells how many orders it queued again.
    `depart` follows the word that this desk is shut out, and gives what the round is to report.
    """

    def __init__(
        self,
        client: RemoteClient,
        push: Push,
        drafts: DraftPush,
        account: AccountPull,
        catalog: CatalogPull,
        outbox: Outbox,
        state: SyncState,
        events: EventBus,
        lock: SyncLock,
        *,
        server_id: str,
        now: Callable[[], datetime],
        take_by_rule: Callable[[], int] = lambda: 0,
        depart: Callable[[DeskRevoked], Awaitable[ComptoirError]] | None = None,
    ) -> None:
        self._client, self._push, self._account, self._catalog = client, push, account, catalog
        self._drafts = drafts
        self._outbox, self._state, self._events, self._lock = outbox, state, events, lock
        self._server_id, self._now, self._take_by_rule = server_id, now, take_by_rule
        self._depart = depart
        self._last_reason = ""

    async def round(self) -> RoundResult:
        """Push, then pull. Returns at once, with `left_to_other`, where another program has the sync lock."""
        self._pulled: Counter[str] = Counter()
        self._push.begin()
        self._reached = False
        try:
            if not self._lock.acquire():
                return RoundResult(self._pulled, 0, reached=False, left_to_other=True)
            with storage_errors():
                trouble = await self._steps()
        except DeskRevoked as told:
            # Said by a server that gave its known id in this very round.
            trouble = told if self._depart is None else await self._depart(told)
        except ComptoirError as error:
            trouble = error
        self._remember(trouble)
        result = RoundResult(self._pulled, self._push.settled, self._reached, trouble, reconciled=self._push.reconciled)
        news = result.reason != self._last_reason
        self._last_reason = result.reason
        if news and trouble is not None and result.reason in NEEDS_A_PERSON:
            self._events.publish(Notice("connection", result.reason, "warning", tuple(trouble.params.items())))
        if result.pulled or result.pushed or news:
            _logger.info("round: pulled %s, pushed %s, %s", dict(result.pulled), result.pushed, result.reason or "well")
        return result

    async def _steps(self) -> ComptoirError | None:
        """The steps in their order; the first trouble that did not end the round."""
        self._recover()
        await self._greet()
        trouble = await self._guarded(self._push.run)
        if self._take_by_rule():
            # What the dealer's rule took leaves in the same round; what comes back of that waits for the next one.
            trouble = await self._guarded(self._push.run) or trouble
        trouble = await self._guarded(self._drafts.run) or trouble
        anew = self._push.resync_wanted
        account = await self._guarded(lambda: self._pull(self._account, anew=anew))
        catalog = await self._guarded(lambda: self._pull(self._catalog, anew=anew))
        return trouble or account or catalog

    async def _pull(self, pull: AccountPull | CatalogPull, *, anew: bool) -> None:
        self._pulled.update(await pull.run(anew=anew))
        for defect in pull.defects:
            _logger.warning("data of the server: %s", defect)
        if pull.defects:
            self._events.publish(
                Notice("data-defects", "data-defects", "warning", (("count", str(len(pull.defects))),))
            )

    async def _guarded(self, step: Callable[[], Awaitable[None]]) -> ComptoirError | None:
        """Run a step; trouble of this step alone does not keep the next ones from running."""
        try:
            await step()
        except _ENDS_THE_ROUND:
            raise
        except ComptoirError as error:
            _logger.warning("%s: %s", error.code, error.message)
            return error
        return None

    def _recover(self) -> None:
        """What a crash left in flight is in doubt; what a clock set back would delay is due within the hour."""
        doubtful = self._outbox.recover_in_doubt()
        self._outbox.clamp_due(self._now(), retry.LONGEST_WAIT, retry.STUCK_RETRY)
        if doubtful:
            self._events.publish(OrderChanged(doubtful))

    async def _greet(self) -> None:
        """Make sure that it is our server, and note its epoch and clock. Raises WrongServer, ServerTooNew, Offline."""
        discovery = await self._client.discover()
        if discovery.server_id != self._server_id:
            raise WrongServer(
                "Another server answers at this address than the one this desk belongs to. Nothing was sent."
            )
        if API_VERSION not in discovery.api_versions:
            raise ServerTooNew("The manufacturer's server needs a newer version of this program.")
        self._reached = True
        self._note(discovery)
        self._client.check_version(discovery)

    def _note(self, discovery: Discovery) -> None:
        skew = discovery.server_time - self._now()
        if abs(skew) > WORST_SKEW:
            _logger.warning("the server's clock says %s", discovery.server_time)
            skew = timedelta(0)
        self._state.discovery = discovery
        self._state.clock_skew = skew
        if discovery.sealing_key is not None and self._state.sealing_key is None:
            self._state.sealing_key = discovery.sealing_key
        if not self._state.epoch:
            self._state.reconciled_epoch = discovery.epoch
        if self._state.epoch != discovery.epoch:
            self._state.epoch = discovery.epoch

    def _remember(self, trouble: ComptoirError | None) -> None:
        """Note on disk since when the server is out of reach, or when a round last went through."""
        now = self._now()
        try:
            with storage_errors():
                self._note_success(trouble, now)
        except StorageFailed as error:
            _logger.warning("%s: %s", error.code, error.message)

    def _note_success(self, trouble: ComptoirError | None, now: datetime) -> None:
        if isinstance(trouble, Offline):
            if self._state.offline_since is None:
                self._state.offline_since = now
        elif self._reached:
            if self._state.offline_since is not None:
                self._state.offline_since = None
            if trouble is None:
                self._state.last_success = now
