"""Reading the account's own feed into desk.db, in whole pages, proved by counts and hash. The catalogue has its own:
`catalog_pull`.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from desktop_app.contract.documents import ACCOUNT_COLLECTIONS, DRAFTS
from desktop_app.contract.drafts import DRAFTS_FEATURE
from desktop_app.contract.feed import FeedPage, PageVoid, read_page
from desktop_app.contract.wire import Checkpoint, Del, Put
from desktop_app.errors import Offline, ProtocolViolation, ResyncNeeded, ServerRefused
from desktop_app.events import EventBus, OrderChanged, TermsChanged
from desktop_app.remote.client import RemoteClient
from desktop_app.storage.account_writer import AccountApplied, AccountWriter
from desktop_app.storage.sync_state import SyncState

# Small enough that a page is written within a frame.
ACCOUNT_PAGE = 500
MAX_PAGES = 20_000
RESYNC_INTERVAL = timedelta(days=1)


class _BuyerOnly(msgspec.Struct):
    buyer: str = ""


class _AccountOnly(msgspec.Struct):
    account: str = ""


async def pages(
    client: RemoteClient, collections: Sequence[str], cursor: str, version: int, limit: int
) -> AsyncIterator[FeedPage]:
    """The pages of a feed from `cursor` on, each one whole. Raises Offline for a page that was cut off.

    Raises ProtocolViolation where the feed goes round in circles or backwards, ResyncNeeded where the server says so.
    """
    for _ in range(MAX_PAGES):
        body = await client.changes(collections, cursor, limit)
        try:
            page = read_page(body)
        except PageVoid as error:
            raise Offline(
                f"A page of data arrived cut off ({error}); it is read again.", reason="interrupted"
            ) from error
        ahead = page.checkpoint
        if ahead.version < version or (ahead.more and ahead.cursor == cursor):
            raise ProtocolViolation("The server's feed does not move on.", what="feed")
        yield page
        if not ahead.more:
            return
        cursor, version = ahead.cursor, ahead.version
    raise ProtocolViolation(f"The server's feed did not end after {MAX_PAGES} pages.", what="feed")


def own_rows(rows: Sequence[Put | Del], account: str) -> list[Put | Del]:
    """`rows` without those that belong to another account: they are never stored, whoever sent them."""
    return [row for row in rows if isinstance(row, Del) or not _of_another(row, account)]


def _of_another(row: Put, account: str) -> bool:
    if row.c == "account":
        return row.id != account
    try:
        if row.c == "orders":
            # A server of before names no account.
            return msgspec.json.decode(row.d, type=_AccountOnly).account not in ("", account)
        if row.c not in ("terms", "agreements"):
            return False
        kind, _, key = msgspec.json.decode(row.d, type=_BuyerOnly).buyer.partition(":")
    except (msgspec.MsgspecError, RecursionError):
        return False
    return kind == "dealer" and key != account


class Cooldown:
    """Lets each cause trigger a full reading at most once a day, remembered across restarts."""

    def __init__(self, state: SyncState, now: Callable[[], datetime]) -> None:
        self._state, self._now = state, now

    def allows(self, cause: str) -> bool:
        """True, and noted, where this cause has not been acted on within a day (or the clock was set back)."""
        key = f"resync/{cause}"
        last = self._state.get(key)
        now = self._now()
        if last and timedelta(0) <= now - datetime.fromisoformat(last) < RESYNC_INTERVAL:
            return False
        self._state.put(key, now.isoformat())
        return True


class AccountPull:
    """The dealer's terms, figures and orders: changes from the cursor, or all of it anew where there is no way on."""

    def __init__(
        self,
        client: RemoteClient,
        writer: AccountWriter,
        state: SyncState,
        events: EventBus,
        *,
        account: str,
        now: Callable[[], datetime],
    ) -> None:
        self._client, self._writer, self._state, self._events = client, writer, state, events
        self._account, self._now = account, now
        self._cooldown = Cooldown(state, now)
        self.defects: list[str] = []

    async def run(self, *, anew: bool = False) -> Counter[str]:
        """Read what changed; returns rows per collection. `anew`: read everything, whatever the cursor."""
        position = self._state.position()
        self.defects = []
        if position is None or anew:
            return await self._read_all()
        counts: Counter[str] = Counter()
        agrees: bool | None = None
        try:
            async for page in pages(self._client, self._collections, position.cursor, position.version, ACCOUNT_PAGE):
                if page.checkpoint.epoch != position.epoch:
                    raise ResyncNeeded("The server's history is another one now.", code="epoch-changed")
                applied = self._writer.apply(own_rows(page.rows, self._account), page.checkpoint, self._now())
                self._tell(applied, counts)
                agrees = applied.agrees
        except ResyncNeeded:
            return await self._read_all()
        except ServerRefused as error:
            if not self._cooldown.allows(f"account-{error.params.get('code', '')}"):
                raise
            return await self._read_all()
        if agrees is False and self._cooldown.allows("account-differs"):
            self.defects.append("account-differs")
            return await self._read_all()
        return counts

    @property
    def _collections(self) -> tuple[str, ...]:
        """What is asked for: a server that announces no drafts would refuse the whole call for them."""
        known = self._state.discovery
        drafts = known is not None and DRAFTS_FEATURE in known.features
        return (*ACCOUNT_COLLECTIONS, DRAFTS) if drafts else ACCOUNT_COLLECTIONS

    async def _read_all(self) -> Counter[str]:
        """Read the whole feed and exchange the rows for it in one go; what was made at this desk is not touched."""
        rows: list[Put | Del] = []
        last: Checkpoint | None = None
        async for page in pages(self._client, self._collections, "", 0, ACCOUNT_PAGE):
            rows += own_rows(page.rows, self._account)
            last = page.checkpoint
        counts: Counter[str] = Counter()
        if last is not None:
            self._tell(self._writer.exchange(rows, last, self._now()), counts)
        return counts

    def _tell(self, applied: AccountApplied, counts: Counter[str]) -> None:
        counts.update(applied.counts)
        self.defects += [f"{bad.collection} {bad.id}: {bad.reason}" for bad in applied.bad_rows]
        if applied.changed_orders:
            self._events.publish(OrderChanged(applied.changed_orders))
        if applied.terms_changed:
            self._events.publish(TermsChanged())
