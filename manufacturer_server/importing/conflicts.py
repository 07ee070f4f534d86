"""Conditions that nothing tells apart: every desk leaves both out, so the manufacturer is told at the import."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection

from desktop_app.contract.documents import ConditionDoc
from desktop_app.domain.pricing import Terms
from manufacturer_server.storage.documents import read_everywhere


def conflicts(connection: Connection) -> Iterator[str]:
    """One sentence per conflict. Only conditions of one buyer can conflict, and a scope is one buyer."""
    decode = msgspec.json.Decoder(ConditionDoc).decode
    for scope, rows in sorted(read_everywhere(connection, "terms").items()):
        kind, _, name = scope.partition(":")
        conditions = [decode(row.body).to_domain(row.seq) for row in rows]
        terms = Terms(conditions, account=name if kind == "dealer" else "", group=name if kind == "group" else "")
        for conflict in terms.conflicts:
            yield conflict.message
