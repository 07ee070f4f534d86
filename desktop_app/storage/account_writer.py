"""The account's own feed into `desk.db`: rows, counts, hash and cursor of one page in one transaction.

Documents are kept as the bytes they came in, so that fields of a later version survive; what terms and agreements were
before goes into `term_history`. Reading them: `condition_repository`, `account_repository`, `order_records`,
`shared_drafts`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from desktop_app.contract.documents import (
    ACCOUNT_COLLECTIONS,
    DRAFTS,
    AccountDoc,
    AgreementDoc,
    ConditionDoc,
    TurnoverDoc,
)
from desktop_app.contract.drafts import DraftDoc
from desktop_app.contract.orders import OrderRecord
from desktop_app.contract.wire import MAX_WHOLE, Checkpoint, Del, Put, hash_text, row_hash
from desktop_app.storage.database import Connection, transaction
from desktop_app.storage.desk_database import moment_text
from desktop_app.storage.draft_following import DraftFollowing
from desktop_app.storage.order_records import OrderRecords
from desktop_app.storage.shared_drafts import SharedDrafts
from desktop_app.storage.sync_state import SyncState
from desktop_app.storage.term_history import KEPT_COLLECTIONS, TermHistory, same_meaning

_DOCUMENTS: Mapping[str, type[msgspec.Struct]] = {
    "account": AccountDoc,
    "terms": ConditionDoc,
    "agreements": AgreementDoc,
    "turnover": TurnoverDoc,
    "orders": OrderRecord,
    DRAFTS: DraftDoc,
}
_ORDERS = "orders"
_KNOWN_COLLECTIONS = (*ACCOUNT_COLLECTIONS, DRAFTS)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row whose document breaks the contract: the last good one stays in force."""

    collection: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class AccountApplied:
    """What one page, or one exchange, did. `agrees` is None where the page was not the last one.

    `counts` are the rows put or deleted per collection; `ignored` lines are of collections this program does not
    know.
    """

    counts: Mapping[str, int]
    changed_orders: tuple[str, ...]
    bad_rows: tuple[BadRow, ...]
    ignored: int
    agrees: bool | None

    @property
    def terms_changed(self) -> bool:
        """Whether prices, back-margins or account figures may differ now."""
        return any(self.counts.get(name) for name in ("terms", "account", "agreements", "turnover"))


class _Sum:
    """The running count and hash of one collection."""

    def __init__(self, rows: int = 0, hash_: int = 0) -> None:
        self.rows = rows
        self.hash = hash_

    def put(self, row_id: str, old_rev: int | None, rev: int) -> None:
        if old_rev is None:
            self.rows += 1
        else:
            self.hash -= row_hash(row_id, old_rev)
        self.hash += row_hash(row_id, rev)

    def remove(self, row_id: str, rev: int) -> None:
        self.rows -= 1
        self.hash -= row_hash(row_id, rev)


class AccountWriter:
    """Applies pages of the account feed. One writer per connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._state = SyncState(connection)
        self._records = OrderRecords(connection)
        self._shared = SharedDrafts(connection)
        self._drafts = DraftFollowing(connection)
        self._history = TermHistory(connection)

    def apply(self, lines: Sequence[Put | Del], checkpoint: Checkpoint, now: datetime) -> AccountApplied:
        """Write one page of changes with its cursor, all or nothing. Raises StorageFailed."""
        page = _Page(moment_text(now) if self._state.position() else "")
        with transaction(self._connection):
            sums = self._sums()
            for line in lines:
                sum_ = sums.get(line.c)
                if sum_ is None:
                    page.ignored += 1
                    continue
                old = self._rev(line.c, line.id)
                if isinstance(line, Put):
                    sum_.put(line.id, old, line.rev)
                    self._put_in_force(line, page, now)
                elif old is not None:
                    sum_.remove(line.id, old)
                    if line.c in KEPT_COLLECTIONS:
                        self._history.close(line.c, line.id, now)
                    self._connection.execute("DELETE FROM feed_rows WHERE collection = ? AND id = ?", (line.c, line.id))
                page.touched(line)
            changed = self._follow(page, now)
            agrees = self._finish(sums, checkpoint, now)
        return page.applied(changed, agrees)

    def exchange(self, lines: Iterable[Put | Del], checkpoint: Checkpoint, now: datetime) -> AccountApplied:
        """Replace every row of the account by a complete reading from the feed's start, all or nothing.

        Orders, drafts and the queue made at this desk are not touched. Where the server has lost its history, the
        orders that vanish with it are kept as they were last known. Raises StorageFailed.
        """
        position = self._state.position()
        page = _Page()
        with transaction(self._connection):
            self._connection.execute("DELETE FROM feed_staging")
            for line in lines:
                if line.c not in _KNOWN_COLLECTIONS:
                    page.ignored += 1
                    continue
                if isinstance(line, Put):
                    self._put("feed_staging", line, page, _defect(line))
                else:
                    self._connection.execute(
                        "DELETE FROM feed_staging WHERE collection = ? AND id = ?", (line.c, line.id)
                    )
                page.touched(line)
            page.orders.update(self._orders_that_differ())
            if position is not None and position.epoch != checkpoint.epoch:
                self._records.keep_lost(position.epoch, now)
            self._exchange_staging(now, first=position is None)
            sums = self._recount()
            page.drafts.update(draft.draft_id for draft in self._shared.all())
            changed = self._follow(page, now)
            agrees = self._finish(sums, checkpoint, now)
        return page.applied(changed, agrees)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _follow(self, page: "_Page", now: datetime) -> list[str]:
        """Bring orders and drafts in step with their rows, drafts first: an order may be made of one held here."""
        self._drafts.follow(sorted(page.drafts | page.orders), now)
        changed = self._records.follow(page.orders, now)
        return sorted({*changed, *page.drafts})

    def _put_in_force(self, line: Put, page: "_Page", now: datetime) -> None:
        """Write a row of a page; a document of the terms that says something else now is kept as it was."""
        reason = _defect(line)
        since = page.since if line.c in KEPT_COLLECTIONS and not reason else ""
        if since:
            old = self._connection.execute(
                "SELECT doc, since FROM feed_rows WHERE collection = ? AND id = ? AND doc IS NOT NULL",
                (line.c, line.id),
            ).fetchone()
            if old is not None and same_meaning(line.c, old[0], bytes(line.d)):
                since = old[1]
            elif old is not None:
                self._history.close(line.c, line.id, now)
        self._put("feed_rows", line, page, reason, since)

    def _put(self, table: str, line: Put, page: "_Page", reason: str, since: str = "") -> None:
        if reason:
            page.bad.append(BadRow(line.c, line.id, reason))
        self._connection.execute(
            f"INSERT INTO {table} (collection, id, rev, doc, defect, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
            " ON CONFLICT (collection, id) DO UPDATE SET rev = ?3, doc = coalesce(?4, doc), defect = ?5,"
            " since = CASE WHEN ?4 IS NULL THEN since ELSE ?6 END",
            (line.c, line.id, min(max(line.rev, 0), MAX_WHOLE), None if reason else bytes(line.d), reason, since),
        )

    def _rev(self, collection: str, row_id: str) -> int | None:
        row = self._connection.execute(
            "SELECT rev FROM feed_rows WHERE collection = ? AND id = ?", (collection, row_id)
        ).fetchone()
        return None if row is None else int(row[0])

    def _sums(self) -> dict[str, _Sum]:
        sums = {collection: _Sum() for collection in _KNOWN_COLLECTIONS}
        for collection, rows, hash_ in self._connection.execute("SELECT collection, rows, hash FROM feed_sums"):
            sums[collection] = _Sum(rows, int(hash_, 16))
        return sums

    def _recount(self) -> dict[str, _Sum]:
        sums = {collection: _Sum() for collection in _KNOWN_COLLECTIONS}
        for collection, row_id, rev in self._connection.execute("SELECT collection, id, rev FROM feed_rows"):
            sums[collection].put(row_id, None, rev)
        return sums

    def _orders_that_differ(self) -> list[str]:
        rows = self._connection.execute(
            "SELECT id FROM feed_rows AS old WHERE collection = 'orders' AND NOT EXISTS"
            " (SELECT 1 FROM feed_staging WHERE collection = 'orders' AND id = old.id AND rev = old.rev)"
        )
        return [order_id for (order_id,) in rows]

    def _exchange_staging(self, now: datetime, *, first: bool) -> None:
        execute: Callable[[str], object] = self._connection.execute
        # A row that came damaged keeps the last good document.
        execute(
            "UPDATE feed_staging SET doc = (SELECT doc FROM feed_rows WHERE feed_rows.collection ="
            " feed_staging.collection AND feed_rows.id = feed_staging.id) WHERE doc IS NULL"
        )
        self._history.close_exchanged(now, first=first)
        execute("DELETE FROM feed_rows")
        execute(
            "INSERT INTO feed_rows (collection, id, rev, doc, defect, since)"
            " SELECT collection, id, rev, doc, defect, since FROM feed_staging"
        )
        execute("DELETE FROM feed_staging")

    def _finish(self, sums: dict[str, _Sum], checkpoint: Checkpoint, now: datetime) -> bool | None:
        agrees = None if checkpoint.more else _agree(sums, checkpoint)
        self._connection.executemany(
            "INSERT OR REPLACE INTO feed_sums (collection, rows, hash, synced_at, verified) VALUES (?, ?, ?, ?, ?)",
            [
                (collection, sum_.rows, hash_text(sum_.hash), moment_text(now), agrees is True)
                for collection, sum_ in sums.items()
                # A server of before has no drafts: none are counted, then.
                if collection in ACCOUNT_COLLECTIONS or sum_.rows or collection in checkpoint.counts
            ],
        )
        self._history.begin(now)
        self._history.prune(now)
        self._records.prune_lost(now)
        self._state.set_position(checkpoint, now)
        return agrees


class _Page:
    """What is gathered while the lines of one page are written. `since`: when they come into force, "" where nothing
    was known before them.
    """

    def __init__(self, since: str = "") -> None:
        self.since = since
        self.counts: dict[str, int] = {}
        self.orders: set[str] = set()
        self.drafts: set[str] = set()
        self.bad: list[BadRow] = []
        self.ignored = 0

    def touched(self, line: Put | Del) -> None:
        self.counts[line.c] = self.counts.get(line.c, 0) + 1
        if line.c == _ORDERS:
            self.orders.add(line.id)
        elif line.c == DRAFTS:
            self.drafts.add(line.id)

    def applied(self, changed_orders: Iterable[str], agrees: bool | None) -> AccountApplied:
        return AccountApplied(self.counts, tuple(changed_orders), tuple(self.bad), self.ignored, agrees)


def _agree(sums: dict[str, _Sum], checkpoint: Checkpoint) -> bool:
    counts = all(sums[name].rows == count for name, count in checkpoint.counts.items() if name in sums)
    hashes = all(hash_text(sums[name].hash) == text for name, text in checkpoint.hash.items() if name in sums)
    return counts and hashes


def _defect(line: Put) -> str:
    """Why the document cannot be used, empty where it can."""
    try:
        document = msgspec.json.decode(line.d, type=_DOCUMENTS[line.c])
    except (msgspec.MsgspecError, RecursionError) as error:
        return str(error)
    if isinstance(document, OrderRecord) and document.order_id != line.id:
        return f"the document names order {document.order_id!r}"
    if isinstance(document, DraftDoc) and document.draft_id != line.id:
        return f"the document names draft {document.draft_id!r}"
    if not 0 <= line.rev <= MAX_WHOLE:
        return f"revision {line.rev} is not possible"
    return ""
