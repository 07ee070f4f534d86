"""What documents were before an import changed them: keeping it, and reading a collection as it was at a moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, select

from manufacturer_server.storage.documents import Replaced, Stored, read, state
from manufacturer_server.storage.schema import UtcTime, versions

# Of these only prices are of interest later, and the first import of a catalogue would double the file.
_BULK = ("products", "stock")
_INSERT = "INSERT INTO versions (collection, scope, id, until, run, seq, body) VALUES (?, ?, ?, ?, ?, ?, ?)"


class _Price(msgspec.Struct):
    list_price: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Keeps what run number `run` changes at the moment `at`; give `keep` to `documents.save`."""

    run: int
    at: datetime

    def keep(self, connection: Connection, collection: str, replaced: Sequence[Replaced]) -> None:
        """Write down the rows as they were. Stock counts only where a row comes or goes or its list price changes."""
        if collection in _BULK:
            if state(connection, collection, replaced[0].place[0]).seq == 0:
                return
            if collection == "stock":
                replaced = [row for row in replaced if _is_another_price(row)]
        until = UtcTime().process_bind_param(self.at, connection.dialect)
        rows = [
            (collection, *row.place, until, self.run, row.before.seq, row.before.body)
            if row.before is not None
            else (collection, *row.place, until, self.run, 0, None)
            for row in replaced
        ]
        if rows:
            connection.exec_driver_sql(_INSERT, rows)


def _is_another_price(row: Replaced) -> bool:
    if row.before is None or row.after is None:
        return True
    decode = msgspec.json.Decoder(_Price).decode
    return decode(row.before.body).list_price != decode(row.after).list_price


def read_at(
    connection: Connection, collection: str, scope: str, at: datetime, ids: Iterable[str] | None = None
) -> dict[str, Stored]:
    """The documents of a collection in one scope, all or those of `ids`, as they were at the moment `at`."""
    wanted = None if ids is None else list(ids)
    found = read(connection, collection, scope, wanted)
    query = select(versions.c.id, versions.c.seq, versions.c.body).where(
        versions.c.collection == collection, versions.c.scope == scope, versions.c.until > at
    )
    asked_for = None if wanted is None else set(wanted)
    # The version that was replaced first after the moment is the one that held then: it is read last.
    for row_id, seq, body in connection.execute(query.order_by(versions.c.position.desc())):
        if asked_for is not None and row_id not in asked_for:
            continue
        if body is None:
            found.pop(row_id, None)
        else:
            found[row_id] = Stored(row_id, seq, body)
    return found
