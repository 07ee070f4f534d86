"""The dealer's conditions as they lie in `desk.db`, ready for the price engine. Writing them: `account_writer`."""

import msgspec
from msgspec.structs import force_setattr

from desktop_app.domain.condition import Combine, Condition, Unit
from desktop_app.domain.pricing import Terms
from desktop_app.storage.database import Connection


class ConditionRepository:
    """Reads the collection `terms`. The built `Terms` are kept until the feed's rows change."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._decoder = msgspec.json.Decoder(Condition)
        self._built: tuple[tuple[str, str, str], Terms] | None = None

    def terms(self, account: str, group: str = "") -> Terms:
        """The terms in force for the account, built once per state of the feed. Raises StorageFailed."""
        row = self._connection.execute("SELECT hash FROM feed_sums WHERE collection = 'terms'").fetchone()
        key = (account, group, "" if row is None else str(row[0]))
        if self._built is None or self._built[0] != key:
            self._built = key, Terms(self.conditions(), account, group)
        return self._built[1]

    def conditions(self) -> list[Condition]:
        """Every condition there is, the last good version of each."""
        rows = self._connection.execute(
            "SELECT rev, doc FROM feed_rows WHERE collection = 'terms' AND doc IS NOT NULL ORDER BY id"
        )
        decode, texts = self._decoder.decode, dict[str, str]()
        return [_condition(decode(doc), rev, texts) for rev, doc in rows]

    def defects(self) -> list[tuple[str, str]]:
        """The conditions whose latest version could not be read: (id, reason)."""
        return self._connection.execute(
            "SELECT id, defect FROM feed_rows WHERE collection = 'terms' AND defect <> '' ORDER BY id"
        ).fetchall()


def _condition(condition: Condition, rev: int, texts: dict[str, str]) -> Condition:
    """The condition at its revision. Its document was checked against the contract when it was stored.

    `texts` keeps one copy of what a hundred thousand records say alike: their buyers and their documents.
    """
    force_setattr(condition, "rev", rev)
    force_setattr(condition, "buyer", texts.setdefault(condition.buyer, condition.buyer))
    force_setattr(condition, "contract_ref", texts.setdefault(condition.contract_ref, condition.contract_ref))
    if condition.unit is Unit.NET and condition.combine is Combine.CASCADE:
        force_setattr(condition, "combine", Combine.REPLACE)
    return condition
