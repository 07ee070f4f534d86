"""What the dealer's terms and agreements were before: each document that was replaced or withdrawn, with its time.

Filled by `account_writer` in the transaction of the change. Nothing here changes what is in force.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from desktop_app.contract.documents import ConditionDoc
from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text, optional_moment
from desktop_app.storage.sync_state import SyncState

KEPT_COLLECTIONS = ("terms", "agreements")
KEPT_FOR = timedelta(days=400)
# A manufacturer who replaces everything every night must not fill the disk: the oldest rows go first.
MOST_KEPT = 200_000
KNOWN_SINCE = "terms_known_since"

_decode_condition = msgspec.json.Decoder(ConditionDoc).decode


class OldRow(NamedTuple):
    """A document as it was, in force here from `since` (None: from before this desk looked) until `until`."""

    id: str
    rev: int
    doc: bytes
    since: datetime | None
    until: datetime


class TermHistory:
    """Reads and writes the old documents. Writes join the caller's transaction. Raises StorageFailed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._state = SyncState(connection)
        self._added = False

    # --- writing --------------------------------------------------------------------------------------------------

    def begin(self, now: datetime) -> None:
        """Note that the account's rows are known from now on, unless they are already."""
        if not self._state.get(KNOWN_SINCE):
            self._state.put(KNOWN_SINCE, moment_text(now))

    def close(self, collection: str, row_id: str, now: datetime) -> None:
        """The document of a row is about to be replaced or deleted: keep it as it was."""
        self._added |= bool(
            self._connection.execute(
                "INSERT INTO term_history (collection, id, rev, doc, since, until)"
                " SELECT collection, id, rev, doc, since, ? FROM feed_rows"
                " WHERE collection = ? AND id = ? AND doc IS NOT NULL",
                (moment_text(now), collection, row_id),
            ).rowcount
        )

    def close_exchanged(self, now: datetime, *, first: bool) -> None:
        """Every row of the account is about to be replaced by the staged ones: keep what differs, and say since when
        each staged document holds. `first`: nothing was known before, so nothing is new.
        """
        marks = ", ".join("?" for _ in KEPT_COLLECTIONS)
        both = (
            "FROM feed_staging AS new JOIN feed_rows AS old USING (collection, id)"
            f" WHERE collection IN ({marks}) AND old.doc IS NOT NULL"
        )
        kept = "SELECT collection, id, old.since " + both + " AND old.doc = new.doc"
        compared = self._connection.execute(
            f"SELECT collection, id, old.since, old.doc, new.doc {both} AND old.doc <> new.doc", KEPT_COLLECTIONS
        ).fetchall()
        same = [row[:3] for row in compared if same_meaning(row[0], row[3], row[4])]
        same += self._connection.execute(kept, KEPT_COLLECTIONS).fetchall()
        moment = moment_text(now)
        self._connection.execute(
            f"UPDATE feed_staging SET since = ? WHERE collection IN ({marks})",
            ("" if first else moment, *KEPT_COLLECTIONS),
        )
        self._connection.executemany(
            "UPDATE feed_staging SET since = ?3 WHERE collection = ?1 AND id = ?2", [tuple(row) for row in same]
        )
        # What holds on has the time of its old row; every other old row has ended.
        added = self._connection.execute(
            "INSERT INTO term_history (collection, id, rev, doc, since, until)"
            f" SELECT collection, id, rev, doc, since, ? FROM feed_rows AS old WHERE collection IN ({marks})"
            " AND doc IS NOT NULL AND NOT EXISTS (SELECT 1 FROM feed_staging AS new WHERE new.collection ="
            " old.collection AND new.id = old.id AND new.since = old.since)",
            (moment, *KEPT_COLLECTIONS),
        )
        self._added |= bool(added.rowcount)

    def prune(self, now: datetime) -> None:
        """Let go of what is too old or too much, where something was added; look-backs end there from then on."""
        if not self._added:
            return
        self._added = False
        row = self._connection.execute(
            "SELECT max(seq), max(until) FROM term_history WHERE until < ? OR seq <= (SELECT max(seq) - ?"
            " FROM term_history)",
            (moment_text(now - KEPT_FOR), MOST_KEPT),
        ).fetchone()
        if row[0] is not None:
            self._connection.execute("DELETE FROM term_history WHERE seq <= ? AND until <= ?", row)
            self._state.put(KNOWN_SINCE, max(self._state.get(KNOWN_SINCE), row[1]))

    # --- reading --------------------------------------------------------------------------------------------------

    def known_since(self) -> datetime | None:
        """The earliest moment whose documents are all known, None before the first synchronisation."""
        return optional_moment(self._state.get(KNOWN_SINCE) or None)

    def ended_after(self, moment: datetime, collection: str = "terms") -> list[OldRow]:
        """The documents replaced or withdrawn after `moment`, oldest first."""
        rows = self._connection.execute(
            "SELECT id, rev, doc, since, until FROM term_history WHERE collection = ? AND until > ? ORDER BY seq",
            (collection, moment_text(moment)),
        )
        return [_old_row(*row) for row in rows]

    def of(self, row_id: str, collection: str = "terms") -> list[OldRow]:
        """The documents that a row had before, oldest first."""
        rows = self._connection.execute(
            "SELECT id, rev, doc, since, until FROM term_history WHERE collection = ? AND id = ? ORDER BY seq",
            (collection, row_id),
        )
        return [_old_row(*row) for row in rows]

    def begun_after(self, moment: datetime, collection: str = "terms") -> set[str]:
        """The ids of the documents in force now that were not yet at `moment`."""
        rows = self._connection.execute(
            "SELECT id FROM feed_rows WHERE collection = ? AND since <> '' AND since > ? AND doc IS NOT NULL",
            (collection, moment_text(moment)),
        )
        return {row_id for (row_id,) in rows}


def _old_row(row_id: str, rev: int, doc: bytes, since: str, until: str) -> OldRow:
    return OldRow(row_id, rev, doc, optional_moment(since or None), datetime.fromisoformat(until))


def same_meaning(collection: str, old: bytes, new: bytes) -> bool:
    """Whether two good documents say the same of the terms: what other dealers used up of a stock is no term."""
    if old == new:
        return True
    if collection != "terms":
        return bool(msgspec.json.decode(old) == msgspec.json.decode(new))
    before, after = _decode_condition(old), _decode_condition(new)
    return msgspec.structs.replace(before, stock_used=after.stock_used) == after
