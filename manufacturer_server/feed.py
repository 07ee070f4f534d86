"""The feed: opaque cursors, pages of changes, and the checkpoint that proves them. The first load: `snapshot`.

Shared collections live in one scope that every account sees; `terms` and `agreements` come from all the scopes it sees.
A cursor is bound to account, collections, scopes and epoch, and signed, so that no other position can be asked for;
only the one inside a snapshot, which is the same file for all, names no account.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from desktop_app.contract.documents import ACCOUNT_COLLECTIONS, DRAFTS, SHARED_COLLECTIONS, AccountDoc
from desktop_app.contract.wire import Checkpoint, Del, Put, hash_text
from manufacturer_server import cursors, lineage
from manufacturer_server.cursors import Position
from manufacturer_server.lineage import Mark
from manufacturer_server.problems import Refused
from manufacturer_server.storage.documents import (
    ALL,
    SHARED,
    changed_after,
    dealer_scope,
    group_scope,
    states,
)
from manufacturer_server.storage.identity import Identity

EVERY_ACCOUNT = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What one account reads in one call: its collections, each with the scopes it sees of it."""

    account: str
    collections: tuple[str, ...]
    scopes: tuple[tuple[str, str], ...]

    @property
    def visibility(self) -> str:
        """A short digest of the scopes: it changes when the account sees other rows than before."""
        return hashlib.sha256(repr(self.scopes).encode()).hexdigest()[:16]


def feed_of(dealer: AccountDoc, collections: Sequence[str]) -> Feed:
    """The feed of `collections` for a dealer. Raises Refused where they are unknown, none, or of both kinds."""
    wanted = tuple(dict.fromkeys(collections))
    shared = [name for name in wanted if name in SHARED_COLLECTIONS]
    own = [name for name in wanted if name in (*ACCOUNT_COLLECTIONS, DRAFTS)]
    unknown = sorted(set(wanted) - set(shared) - set(own))
    if unknown or not wanted:
        raise Refused("malformed", f"There is no collection {', '.join(unknown) or 'named'}.")
    if shared and own:
        raise Refused("malformed", "Collections shared by all and those of the account are read in separate calls.")
    pairs = [(name, scope) for name in wanted for scope in _scopes(dealer, name)]
    return Feed(dealer.account, tuple(sorted(wanted)), tuple(sorted(pairs)))


def shared_feed() -> Feed:
    """The whole shared catalogue, as the snapshot holds it."""
    return Feed(
        EVERY_ACCOUNT, tuple(sorted(SHARED_COLLECTIONS)), tuple((c, SHARED) for c in sorted(SHARED_COLLECTIONS))
    )


def _scopes(dealer: AccountDoc, collection: str) -> list[str]:
    if collection in SHARED_COLLECTIONS:
        return [SHARED]
    own = dealer_scope(dealer.account)
    if collection not in ("terms", "agreements"):
        return [own]
    return [ALL, own, *([group_scope(dealer.group)] if dealer.group else [])]


def make_cursor(identity: Identity, feed: Feed, seq: int, mark: Mark) -> str:
    """The cursor for everything of `feed` after sequence `seq`, read in the history that has `mark`."""
    collections = list(feed.collections)
    position = Position(feed.account, identity.epoch, collections, feed.visibility, seq, mark.seq, mark.mark)
    return cursors.written(identity, position)


def read_cursor(connection: Connection, identity: Identity, feed: Feed, cursor: str) -> int:
    """The sequence number a cursor stands at, 0 for an empty one.

    Raises Refused where it does not fit this feed, HistoryLost where it proves that history was lost.
    """
    if not cursor:
        return 0
    position = cursors.verified(identity, cursor)
    if position is None:
        raise Refused("cursor-expired", "The cursor was not made by this server.")
    lineage.check_position(connection, identity, position)
    if position.epoch != identity.epoch:
        raise Refused("epoch-changed", epoch=identity.epoch)
    if position.account not in (feed.account, EVERY_ACCOUNT):
        raise Refused("cursor-expired", "The cursor belongs to another feed.")
    if tuple(position.collections) != feed.collections:
        # A desk of another version asks for more, or fewer, than the one that read so far: from the start, then.
        raise Refused("cursor-expired", "The cursor belongs to other collections; ask for the same ones in every call.")
    if position.scopes != feed.visibility:
        raise Refused("visibility-changed", "The account now sees other terms; read them from the start.")
    return position.seq


def page(
    connection: Connection, identity: Identity, feed: Feed, cursor: str, limit: int, now: Callable[[], datetime]
) -> bytes:
    """One page of the feed as NDJSON: at most `limit` rows, oldest change first, then the checkpoint.

    Raises Refused, HistoryLost (see `read_cursor`).
    """
    after = read_cursor(connection, identity, feed, cursor)
    rows = []
    for (collection, scope), known in states(connection, feed.scopes).items():
        if known.seq <= after:
            continue
        for seq, row_id, body, reason in changed_after(connection, collection, scope, after, limit + 1):
            rows.append((seq, collection, row_id, body, reason))
    rows.sort()
    more = len(rows) > limit
    del rows[limit:]
    encode = msgspec.json.Encoder().encode
    lines = [
        encode(Del(collection, row_id, reason) if body is None else Put(collection, row_id, seq, msgspec.Raw(body)))
        for seq, collection, row_id, body, reason in rows
    ]
    reached = rows[-1][0] if more else max(after, head(connection, feed))
    lines.append(encode(_checkpoint(connection, identity, feed, reached, more, now())))
    lines.append(b"")
    return b"\n".join(lines)


def head(connection: Connection, feed: Feed) -> int:
    """The sequence number of the latest change in a feed."""
    return max((known.seq for known in states(connection, feed.scopes).values()), default=0)


def totals(connection: Connection, feed: Feed) -> tuple[dict[str, int], dict[str, str]]:
    """Live rows and hash of each collection of a feed, as they travel in a checkpoint."""
    counts = dict.fromkeys(feed.collections, 0)
    hashes = dict.fromkeys(feed.collections, 0)
    for (collection, _), part in states(connection, feed.scopes).items():
        counts[collection] += part.count
        hashes[collection] += part.hash
    return counts, {name: hash_text(value) for name, value in hashes.items()}


def _checkpoint(
    connection: Connection, identity: Identity, feed: Feed, seq: int, more: bool, now: datetime
) -> Checkpoint:
    counts, hashes = ({}, {}) if more else totals(connection, feed)
    return Checkpoint(
        cursor=make_cursor(identity, feed, seq, lineage.newest_mark(connection)),
        more=more,
        epoch=identity.epoch,
        server_time=now,
        version=seq,
        counts=counts,
        hash=hashes,
    )
