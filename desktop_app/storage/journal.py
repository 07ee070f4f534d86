"""The journal of an order: what happened to it, here and in talking to the manufacturer. Only ever added to."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text

HERE = "desk"
MANUFACTURER = "manufacturer"

JournalRow = tuple[datetime, str, str, tuple[tuple[str, str], ...]]
"""When, source (`desk` or `manufacturer`), code, params."""


class Journal:
    """Answers "why is it not sent?" offline. Writes join the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        order_id: str,
        at: datetime,
        code: str,
        params: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        *,
        source: str = HERE,
    ) -> None:
        """Write one entry; `code` names the words a person reads, `params` fill them."""
        self._connection.execute(
            "INSERT INTO journal (order_id, number, at, source, code, params) SELECT ?1, coalesce(max(number), 0) + 1,"
            " ?2, ?3, ?4, ?5 FROM journal WHERE order_id = ?1",
            (order_id, moment_text(at), source, code, json.dumps(dict(params), ensure_ascii=False)),
        )

    def entries(self, order_id: str) -> list[JournalRow]:
        """The entries of one order, oldest first."""
        rows = self._connection.execute(
            "SELECT at, source, code, params FROM journal WHERE order_id = ? ORDER BY number", (order_id,)
        )
        return [
            (datetime.fromisoformat(at), source, code, tuple(json.loads(params).items()))
            for at, source, code, params in rows
        ]
