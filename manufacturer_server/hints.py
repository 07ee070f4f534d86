"""Telling desks that wait for it, at once, that something has changed. What has changed they read from the feed.

A hint that is lost does no harm: desks look by themselves every few minutes. So nothing is kept for anybody, and a desk
that reads slowly gets one hint for all that happened meanwhile.
"""

import asyncio
import contextlib
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
from litestar.response import ServerSentEventMessage
from sqlalchemy import Connection

from desktop_app.contract.documents import ACCOUNT_COLLECTIONS, AccountDoc
from desktop_app.contract.wire import Hint
from manufacturer_server import feed
from manufacturer_server.access import account_doc
from manufacturer_server.orders import LIMITS
from manufacturer_server.problems import Refused
from manufacturer_server.storage.documents import changed_places, dealer_scope, last_seq

# So often a stream shows that it lives; proxies cut what is silent for a minute.
COMMENT_S = 25.0
# How soon what other programs write (imports, facts about orders) is noticed.
LOOK_S = 1.0
# Writes that come close together are told of together.
GAP_S = 0.25
# A stream ends after this long, so that the right to it is looked at again.
LONGEST_S = 3_600.0
# What a process holds at most unless told otherwise (see `serving`).
MOST_STREAMS = 800

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class News:
    """What has changed since the last look: where, up to which sequence, and dealers that may see other places now."""

    version: int
    places: Mapping[Place, int] = field(default_factory=dict)
    dealers: Mapping[str, AccountDoc | None] = field(default_factory=dict)


class HintStream:
    """What one desk is told, from the opening of its stream to the end."""

    def __init__(self, dealer: AccountDoc, instance: str) -> None:
        self.account, self.instance = dealer.account, instance
        self.ended = False
        self._places = _places_of(dealer)
        self._pending: set[str] = set()
        self._version = 0
        self._woken = asyncio.Event()

    def see_as(self, dealer: AccountDoc | None) -> None:
        """The dealer has changed; a stream of one that is served no longer ends."""
        if dealer is None:
            self.end()
        else:
            self._places = _places_of(dealer)

    def tell(self, news: News) -> None:
        """Say so where this desk sees some of it."""
        seen = self._places & news.places.keys()
        if seen:
            self._pending |= {collection for collection, _ in seen}
            self._version = max(news.places[place] for place in seen)
            self._woken.set()

    def end(self) -> None:
        """Let the stream end at once."""
        self.ended = True
        self._woken.set()

    async def events(self) -> AsyncIterator[ServerSentEventMessage]:
        """The stream itself: hints as they come, a comment where there is none for long."""
        ends_at = asyncio.get_running_loop().time() + LONGEST_S
        try:
            yield _comment()
            while not self.ended and asyncio.get_running_loop().time() < ends_at:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(COMMENT_S):
                        await self._woken.wait()
                self._woken.clear()
                if self._pending:
                    hint = Hint(sorted(self._pending), self._version)
                    self._pending.clear()
                    yield ServerSentEventMessage(data=msgspec.json.encode(hint))
                elif not self.ended:
                    yield _comment()
        finally:
            self.ended = True


class Hints:
    """All open streams of this process, and what keeps them told.

    `most` bounds them, so that ordinary requests are never crowded out.
    """

    def __init__(self, *, most: int = MOST_STREAMS) -> None:
        self.most = most
        # A stream lives as long as its answer: one that was never begun to be sent takes no place.
        self._streams: weakref.WeakSet[HintStream] = weakref.WeakSet()
        self._woken = asyncio.Event()
        self._version: int | None = None
        self._over = False

    @property
    def streams(self) -> tuple[HintStream, ...]:
        """Those that are open now."""
        return tuple(stream for stream in self._streams if not stream.ended)

    def open(self, dealer: AccountDoc, instance: str) -> HintStream:
        """A stream for one desk; an earlier one of the same desk, which it must have lost, ends.

        Raises Refused (`streams-exceeded`, `busy`).
        """
        if self._over:
            raise Refused("busy", "The server is about to end.")
        of_desk = [stream for stream in self.streams if (stream.account, stream.instance) == (dealer.account, instance)]
        others = sum(stream.account == dealer.account for stream in self.streams) - len(of_desk)
        if others >= LIMITS.event_streams:
            raise Refused("streams-exceeded", f"An account has at most {LIMITS.event_streams} streams at once.")
        if len(self.streams) - len(of_desk) >= self.most:
            raise Refused("streams-exceeded", "The server has no room for another stream now.")
        for stream in of_desk:
            stream.end()
        stream = HintStream(dealer, instance)
        self._streams.add(stream)
        return stream

    def wake(self) -> None:
        """Something was written: look at once."""
        self._woken.set()

    def end(self) -> None:
        """End all streams, and let no other begin: the server ends."""
        self._over = True
        for stream in self.streams:
            stream.end()

    async def keep_telling(self, read: Callable[[Callable[[Connection], News]], Awaitable[News]]) -> None:
        """Look for what has changed and tell it, until cancelled; `read` runs its work on the database."""
        while True:
            accounts = {stream.account for stream in self.streams}
            after = self._version

            def look(connection: Connection, after: int | None = after, of: Iterable[str] = accounts) -> News:
                return news_since(connection, after, of)

            with contextlib.suppress(Refused):  # busy: the next look will do
                self._tell(await read(look))
            await asyncio.sleep(GAP_S)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S - GAP_S):
                    await self._woken.wait()
            self._woken.clear()

    def _tell(self, news: News) -> None:
        self._version = news.version
        for stream in self.streams:
            if stream.account in news.dealers:
                stream.see_as(news.dealers[stream.account])
            stream.tell(news)


def news_since(connection: Connection, version: int | None, accounts: Iterable[str]) -> News:
    """What has changed after `version` (None: nothing is known yet), and those of `accounts` whose own row has."""
    newest = last_seq(connection)
    if version is None or newest == version:
        return News(newest)
    places = changed_places(connection, version)
    moved = [account for account in accounts if ("account", dealer_scope(account)) in places]
    return News(newest, places, {account: account_doc(connection, account) for account in moved})


def _places_of(dealer: AccountDoc) -> frozenset[Place]:
    return frozenset((*feed.feed_of(dealer, ACCOUNT_COLLECTIONS).scopes, *feed.shared_feed().scopes))


def _comment() -> ServerSentEventMessage:
    return ServerSentEventMessage(data=None, comment="")
