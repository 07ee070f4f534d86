"""Changes of the shared feed into the catalogue file in force: one page in one transaction, with the cursor.

Building a whole file is `catalog_builder`'s; fetching pages and deciding what to do when the sums differ is the sync's.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from desktop_app.contract.feed import FeedPage
from desktop_app.contract.wire import MAX_WHOLE, Checkpoint, Del, Put, hash_text, row_hash
from desktop_app.storage.catalog_rows import COLLECTIONS, BadRow, Collection, read_document
from desktop_app.storage.catalog_schema import FeedState, read_state, write_state
from desktop_app.storage.catalog_words import WordIndex
from desktop_app.storage.database import Connection, open_plain, storage_errors, transaction


@dataclass(frozen=True, slots=True)
class CatalogApplied:
    """What one page did. `counts` are the rows put or deleted per collection, `ignored` what is unknown and how often.

    `agrees` compares this file's counts and hashes with the server's; None where the page was not the last one.
    """

    counts: Mapping[str, int]
    ignored: Mapping[str, int]
    bad_rows: tuple[BadRow, ...]
    agrees: bool | None


def apply_changes(path: Path, page: FeedPage, now: datetime) -> CatalogApplied:
    """Write one page into the catalogue file, all or nothing, on a connection of its own.

    Of rows that come twice the last one counts; rows that cannot be read leave the older version in force and are
    named. Raises StorageFailed; the file and its cursor are then as before.
    """
    connection = open_plain(path)
    try:
        with storage_errors(path):
            return _Page(connection, page).apply(now)
    finally:
        connection.close()


class _Page:
    """One page on its way into the file."""

    def __init__(self, connection: Connection, page: FeedPage) -> None:
        self._connection = connection
        self._page = page
        self._words = WordIndex(connection)
        self._counts: Counter[str] = Counter()
        self._ignored = Counter(page.ignored)
        self._bad_rows: list[BadRow] = []

    def apply(self, now: datetime) -> CatalogApplied:
        latest: dict[str, dict[str, Put | Del]] = {}
        for row in self._page.rows:
            if row.c in COLLECTIONS:
                latest.setdefault(row.c, {})[row.id] = row
            else:
                self._ignored[f"collection:{row.c}"] += 1
        checkpoint = self._page.checkpoint
        with transaction(self._connection):
            state = read_state(self._connection)
            sums = _Sums(state)
            for name, rows in latest.items():
                self._write(COLLECTIONS[name], rows.values(), sums)
            self._words.flush()
            agrees = None if checkpoint.more else sums.agree_with(checkpoint)
            write_state(self._connection, sums.state(checkpoint, now, state.agrees and agrees is not False))
        return CatalogApplied(dict(self._counts), dict(self._ignored), tuple(self._bad_rows), agrees)

    def _write(self, collection: Collection, rows: Iterable[Put | Del], sums: "_Sums") -> None:
        for row in rows:
            key, rev = self._kept(collection, row.id)
            before = self._take_out_of_quarantine(row, rev)
            if isinstance(row, Put):
                self._put(collection, row)
                sums.put(row, before)
            elif before is not None:
                self._delete(collection, key)
                sums.delete(row, before)
            else:
                continue
            self._counts[collection.name] += 1

    def _kept(self, collection: Collection, row_id: str) -> tuple[Mapping[str, str], int | None]:
        """The key and the revision of the row in its table, where there is one."""
        for key in collection.keys(row_id):
            found = self._connection.execute(f"SELECT rev FROM {collection.name} {_where(key)}", key).fetchone()
            if found is not None:
                return key, found[0]
        return {}, None

    def _take_out_of_quarantine(self, row: Put | Del, rev: int | None) -> int | None:
        """The revision the server last sent, even where it could not be read; else `rev`."""
        sql = "DELETE FROM quarantine WHERE collection = ? AND id = ? RETURNING rev"
        found = self._connection.execute(sql, (row.c, row.id)).fetchall()
        return found[0][0] if found else rev

    def _put(self, collection: Collection, row: Put) -> None:
        try:
            doc = read_document(row, collection)
        except ValueError as error:
            self._bad_rows.append(BadRow(row.c, row.id, row.rev, str(error)))
            rev = min(max(row.rev, 0), MAX_WHOLE)
            values = (row.c, row.id, rev, str(error))
            self._connection.execute("INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?)", values)
            return
        for unknown in msgspec.json.decode(row.d, type=dict[str, msgspec.Raw]).keys() - collection.fields:
            self._ignored[f"field:{row.c}.{unknown}"] += 1
        if collection.name == "products":
            self._words.note_put(doc)
        self._connection.execute(collection.upsert, collection.row(doc, row.rev))

    def _delete(self, collection: Collection, key: Mapping[str, str]) -> None:
        if not key:
            return
        if collection.name == "products":
            self._words.note_delete(key["sku"])
        self._connection.execute(f"DELETE FROM {collection.name} {_where(key)}", key)


class _Sums:
    """The server's counts and hashes, carried along row by row.

    A row in quarantine counts as the server has it: the server's sums can be reached, and no resync would mend it.
    """

    def __init__(self, before: FeedState) -> None:
        # A file that has read nothing yet has no rows; in any other, what the server gave no sum of stays unknown.
        unread = before.version == 0 and not before.counts
        known = [name for name in COLLECTIONS if unread or (name in before.counts and name in before.hash)]
        self._rows = {name: before.counts.get(name, 0) for name in known}
        self._hashes = {name: int(before.hash.get(name, "0"), 16) for name in known}

    def put(self, row: Put, before: int | None) -> None:
        """A row was written; `before` is the revision it replaced."""
        if row.c in self._rows:
            self._rows[row.c] += before is None
            self._hashes[row.c] += row_hash(row.id, row.rev) - (0 if before is None else row_hash(row.id, before))

    def delete(self, row: Del, before: int) -> None:
        """A row of revision `before` was deleted."""
        if row.c in self._rows:
            self._rows[row.c] -= 1
            self._hashes[row.c] -= row_hash(row.id, before)

    def agree_with(self, checkpoint: Checkpoint) -> bool:
        """Whether they are the server's; sums that one side does not have are not compared."""
        return all(
            checkpoint.counts.get(name, rows) == rows
            and checkpoint.hash.get(name, hash_text(self._hashes[name])) == hash_text(self._hashes[name])
            for name, rows in self._rows.items()
        )

    def state(self, checkpoint: Checkpoint, now: datetime, agrees: bool) -> FeedState:
        """The state of the file after the page."""
        hashes = {name: hash_text(value) for name, value in self._hashes.items()}
        return FeedState(checkpoint.cursor, checkpoint.epoch, checkpoint.version, self._rows, hashes, now, agrees)


def _where(key: Mapping[str, str]) -> str:
    return "WHERE " + " AND ".join(f"{column} = :{column}" for column in key)
