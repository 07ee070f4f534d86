"""The dealer's conditions as they lie in `desk.db`, ready for the price engine, and as they were.

Writing them: `account_writer`; old documents: `term_history`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec
from msgspec.structs import force_setattr

from desktop_app.contract.documents import ConditionDoc
from desktop_app.domain.condition import Combine, Condition, Unit
from desktop_app.domain.pricing import Terms
from desktop_app.storage.database import Connection
from desktop_app.storage.term_history import TermHistory

_NOTHING_USED: Mapping[str, int] = {}


class KeptVersion(NamedTuple):
    """A condition as it was here from `since` (None: from before this desk looked) until `until` (None: in force)."""

    condition: Condition
    since: datetime | None
    until: datetime | None


class ConditionRepository:
    """Reads the collection `terms`. What was read and built is kept until the feed's rows change."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._decode = msgspec.json.Decoder(Condition).decode
        self._history = TermHistory(connection)
        self._read: tuple[str, tuple[Condition, ...]] | None = None
        self._built: tuple[tuple[str, str, tuple[tuple[str, int], ...], str], Terms] | None = None

    def terms(self, account: str, group: str = "", used: Mapping[str, int] = _NOTHING_USED) -> Terms:
        """The terms in force for the account, built once per state of the feed. `used` maps the id of a condition with
        a quota to the units the account has had at it. Raises StorageFailed.
        """
        key = (account, group, tuple(sorted(used.items())), self.stamp())
        if self._built is None or self._built[0] != key:
            self._built = key, Terms(self.conditions(), account, group, used)
        return self._built[1]

    def conditions(self) -> tuple[Condition, ...]:
        """Every condition there is, the last good version of each, by id."""
        stamp = self.stamp()
        if self._read is None or self._read[0] != stamp:
            rows = self._connection.execute(
                "SELECT rev, doc FROM feed_rows WHERE collection = 'terms' AND doc IS NOT NULL ORDER BY id"
            )
            texts = dict[str, str]()
            self._read = stamp, tuple(self._condition(doc, rev, texts) for rev, doc in rows)
        return self._read[1]

    def before(self, moment: datetime) -> dict[str, Condition | None]:
        """The conditions that may differ now from what they were at `moment`, as they were then; None: not there yet.

        What this desk did not know yet at that moment is taken to have been as it was first seen.
        """
        found: dict[str, Condition | None] = dict.fromkeys(self._history.begun_after(moment))
        for row in self._history.ended_after(moment):
            if row.since is None or row.since <= moment:
                found[row.id] = self._condition(row.doc, row.rev, {})
            else:
                found.setdefault(row.id, None)
        return found

    def versions(self, condition_id: str) -> list[KeptVersion]:
        """What a condition was and is, as far as this desk has kept it, oldest first; empty for one it never had."""
        old = self._history.of(condition_id)
        kept = [KeptVersion(self._condition(row.doc, row.rev, {}), row.since, row.until) for row in old]
        row = self._connection.execute(
            "SELECT rev, doc, since FROM feed_rows WHERE collection = 'terms' AND id = ? AND doc IS NOT NULL",
            (condition_id,),
        ).fetchone()
        if row is not None:
            since = datetime.fromisoformat(row[2]) if row[2] else None
            kept.append(KeptVersion(self._condition(row[1], row[0], {}), since, None))
        return kept

    def known_since(self) -> datetime | None:
        """The earliest moment `before` can tell of, None before the first synchronisation."""
        return self._history.known_since()

    def synced_at(self) -> datetime | None:
        """When the conditions were last known to be current."""
        row = self._connection.execute("SELECT synced_at FROM feed_sums WHERE collection = 'terms'").fetchone()
        return None if row is None else datetime.fromisoformat(row[0])

    def stamp(self) -> str:
        """Changes with every row of the collection."""
        row = self._connection.execute("SELECT hash FROM feed_sums WHERE collection = 'terms'").fetchone()
        return "" if row is None else str(row[0])

    def defects(self) -> list[tuple[str, str]]:
        """The conditions whose latest version could not be read: (id, reason)."""
        return self._connection.execute(
            "SELECT id, defect FROM feed_rows WHERE collection = 'terms' AND defect <> '' ORDER BY id"
        ).fetchall()

    def _condition(self, doc: bytes, rev: int, texts: dict[str, str]) -> Condition:
        """The condition at its revision. Its document was checked against the contract when it was stored.

        Most are read straight into what the engine takes: that is twice as fast as the way through the contract, which
        is left for what is written otherwise (an empty `combine`). `texts` keeps one copy of what a hundred thousand
        records say alike: their buyers and their documents.
        """
        try:
            condition = self._decode(doc)
        except msgspec.ValidationError:
            return msgspec.json.decode(doc, type=ConditionDoc).to_domain(rev)
        force_setattr(condition, "rev", rev)
        force_setattr(condition, "buyer", texts.setdefault(condition.buyer, condition.buyer))
        force_setattr(condition, "contract_ref", texts.setdefault(condition.contract_ref, condition.contract_ref))
        if condition.unit is Unit.NET and condition.combine is Combine.CASCADE:
            force_setattr(condition, "combine", Combine.REPLACE)
        return condition
