"""Applying conditions and agreements: each lives in the scope of its buyer, and moves where the buyer changes."""

from collections.abc import Mapping
from typing import cast

import msgspec

from desktop_app.contract.documents import AgreementDoc, ConditionDoc
from manufacturer_server.importing.applying import Applying
from manufacturer_server.importing.table import Table
from manufacturer_server.storage.documents import ALL, Changes, Place, Stored, read_everywhere, save_everywhere

_encode = msgspec.json.Encoder().encode


class _Used(msgspec.Struct):
    stock_used: int = 0


def apply_conditions(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """Conditions; how much of a stock cap is gone is the server's own figure and stays."""
    stored = _stored(applying, "terms")
    used = msgspec.json.Decoder(_Used).decode
    bodies = {}
    for condition_id, doc in cast(dict[str, ConditionDoc], table.documents).items():
        before = stored.get(condition_id)
        if before is not None and b'"stock_used":' in before[1].body:
            doc = msgspec.structs.replace(doc, stock_used=used(before[1].body).stock_used)
        bodies[_scope_of(doc.buyer), condition_id] = _encode(doc)
    return _save(applying, "terms", stored, bodies, missing)


def apply_agreements(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """Agreements; what was counted under one that goes, goes with it."""
    documents = cast(dict[str, AgreementDoc], table.documents)
    bodies = {(_scope_of(doc.buyer), agreement_id): _encode(doc) for agreement_id, doc in documents.items()}
    changes = _save(applying, "agreements", _stored(applying, "agreements"), bodies, missing)
    gone = set(missing)
    turnover = read_everywhere(applying.connection, "turnover").items()
    lost = [(scope, row.id) for scope, rows in turnover for row in rows if row.id in gone]
    save_everywhere(applying.connection, "turnover", {}, withdraw=lost)
    return changes


def _stored(applying: Applying, collection: str) -> dict[str, tuple[str, Stored]]:
    rows = read_everywhere(applying.connection, collection).items()
    return {row.id: (scope, row) for scope, found in rows for row in found}


def _save(
    applying: Applying,
    collection: str,
    stored: Mapping[str, tuple[str, Stored]],
    bodies: Mapping[Place, bytes],
    missing: list[str],
) -> Changes:
    """What changed its buyer is revoked where it was."""
    moved = [(stored[row_id][0], row_id) for scope, row_id in bodies if row_id in stored and stored[row_id][0] != scope]
    keep = applying.ledger.keep
    save_everywhere(applying.connection, collection, {}, withdraw=moved, reason="revoked", keep=keep)
    gone = [(stored[row_id][0], row_id) for row_id in missing]
    changes = save_everywhere(applying.connection, collection, bodies, withdraw=gone, keep=keep)
    return _moves_are_changes(changes, {row_id for _, row_id in moved})


def _moves_are_changes(changes: Changes, moved: set[str]) -> Changes:
    added = tuple(row_id for row_id in changes.added if row_id not in moved)
    return Changes(added, (*changes.changed, *sorted(moved)), changes.withdrawn, changes.unchanged)


def _scope_of(buyer: str) -> str:
    return ALL if buyer == "all" else buyer
