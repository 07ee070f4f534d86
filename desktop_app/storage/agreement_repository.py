"""The back-margin agreements and the turnover counted for them, as they lie in `desk.db`. Writing: `account_writer`."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from desktop_app.contract.documents import AgreementDoc, TurnoverDoc
from desktop_app.domain.agreement import Agreement, Turnover
from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text

# Orders are sought a day beyond the period and the count: what their dates are, the caller settles.
_MARGIN = timedelta(days=1)


class SentOrder(Struct, frozen=True):
    """An order that has left this desk or another: when, and `news`, which differs whenever the order does."""

    order_id: str
    revision: int
    sent: datetime
    news: str


class AgreementRepository:
    """Reads the collections `agreements` and `turnover`, the last good version of each row. Raises StorageFailed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._agreements = msgspec.json.Decoder(AgreementDoc)
        self._turnover = msgspec.json.Decoder(TurnoverDoc)

    def agreements(self, account: str, group: str = "") -> tuple[Agreement, ...]:
        """The agreements of the account: its own, its group's and those for everybody, by id."""
        buyers = {"all", f"dealer:{account}", f"group:{group}"}
        rows = self._rows("agreements")
        found = [self._agreements.decode(doc).to_domain(rev) for _, rev, doc in rows]
        return tuple(agreement for agreement in found if agreement.buyer in buyers)

    def turnover(self) -> Mapping[str, Turnover]:
        """What the manufacturer has counted, by the agreement's id."""
        return {row_id: self._turnover.decode(doc).to_domain() for row_id, _, doc in self._rows("turnover")}

    def stamp(self) -> tuple[str, ...]:
        """Changes with every row of the two collections and of the orders the manufacturer tells of."""
        rows = self._connection.execute(
            "SELECT collection, hash FROM feed_sums WHERE collection IN ('agreements', 'turnover', 'orders')"
            " ORDER BY collection"
        )
        return tuple(f"{collection}:{hash_}" for collection, hash_ in rows)

    def perhaps_under_way(
        self, start: date, end: date, as_of: datetime | None, among: Collection[str] | None = None
    ) -> list[SentOrder]:
        """The orders of a period that may hold units not counted at `as_of`; only those `among` these ids, if given.

        Drafts, cancelled and refused orders are left out, and those whose last news, an invoice, is older.
        """
        first = datetime.combine(start - _MARGIN, datetime.min.time()).isoformat()
        last = datetime.combine(end + 2 * _MARGIN, datetime.min.time()).isoformat()
        counted = "" if as_of is None else moment_text(as_of - _MARGIN)
        wanted = "" if among is None else " AND order_id IN (SELECT value FROM json_each(?))"
        rows = self._connection.execute(
            "SELECT order_id, revision, submitted_at, updated_at FROM orders"
            " WHERE status NOT IN ('draft', 'refused', 'cancelled')"
            " AND submitted_at >= ? AND submitted_at < ? AND (status <> 'invoiced' OR updated_at > ?)" + wanted,
            (first, last, counted, *(() if among is None else (msgspec.json.encode(list(among)).decode(),))),
        )
        return [SentOrder(row[0], row[1], datetime.fromisoformat(row[2]), row[3]) for row in rows]

    def _rows(self, collection: str) -> list[tuple[str, int, bytes]]:
        return self._connection.execute(
            "SELECT id, rev, doc FROM feed_rows WHERE collection = ? AND doc IS NOT NULL ORDER BY id", (collection,)
        ).fetchall()
