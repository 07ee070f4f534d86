"""Applying read files to the store: what is new, changed, withdrawn; what leans on something that is not there.

A file is the whole of its kind, so what it no longer names is withdrawn, with two exceptions: rows it names but
spells badly keep their earlier version, and `status` is a log of facts, whose rows only add or correct.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, select

from desktop_app.contract.documents import AccountDoc, ConditionDoc
from manufacturer_server import status
from manufacturer_server.importing.kinds import Unpaid
from manufacturer_server.importing.reader import Table
from manufacturer_server.storage.documents import (
    ALL,
    SHARED,
    Changes,
    dealer_scope,
    live_ids,
    read_everywhere,
    save,
    save_everywhere,
)
from manufacturer_server.storage.schema import orders

_COLLECTIONS = {"families": "families", "wholesalers": "wholesalers", "products": "products", "stock": "stock"}


@dataclass(frozen=True, slots=True)
class Shrink:
    """How much of its kind a file would withdraw."""

    withdrawn: int
    existing: int

    @property
    def needs_consent(self) -> bool:
        """More than half gone looks like a cut file rather than a decision."""
        return self.withdrawn * 2 > self.existing


def existing_keys(connection: Connection, kind: str) -> set[str]:
    """The keys of a kind that the store now holds."""
    if kind in _COLLECTIONS:
        return set(live_ids(connection, kind, SHARED))
    if kind == "dealers":
        return set(_dealers(connection))
    if kind == "conditions":
        return {row.id for rows in read_everywhere(connection, "terms").values() for row in rows}
    if kind == "accounts":
        return {account for account, doc in _dealers(connection).items() if doc.unpaid is not None}
    return set()


def shrink(table: Table, existing: set[str]) -> Shrink:
    """What applying `table` as the whole of its kind would withdraw."""
    return Shrink(len(_missing(table, existing)), len(existing))


def _missing(table: Table, existing: Iterable[str]) -> list[str]:
    if table.unidentified or table.kind.name == "status":
        return []
    return [key for key in existing if key not in table.lines]


def apply_table(connection: Connection, table: Table, *, merge: bool, time_zone: str) -> Changes:
    """Apply one file; rows that lean on something unknown become defects of `table`. `status` has its own way."""
    _check_references(connection, table)
    missing = [] if merge else _missing(table, sorted(existing_keys(connection, table.kind.name)))
    kind = table.kind.name
    if kind in _COLLECTIONS:
        changes = save(connection, kind, SHARED, _bodies(table), withdraw=missing)
        _withdraw_stock_of(connection, kind, missing)
        return changes
    if kind == "dealers":
        return _apply_dealers(connection, cast(dict[str, AccountDoc], table.documents), missing)
    if kind == "conditions":
        return _apply_conditions(connection, cast(dict[str, ConditionDoc], table.documents), missing)
    return _apply_unpaid(connection, cast(dict[str, Unpaid], table.documents), missing, ZoneInfo(time_zone))


def _bodies(table: Table) -> dict[str, bytes]:
    encode = msgspec.json.Encoder().encode
    return {key: encode(doc) for key, doc in table.documents.items()}


def _check_references(connection: Connection, table: Table) -> None:
    """Take back the rows whose wholesaler, product or dealer does not exist."""
    checks: dict[str, tuple[tuple[str, Callable[[], set[str]]], ...]] = {
        "stock": (
            ("wholesaler", lambda: existing_keys(connection, "wholesalers")),
            ("sku", lambda: existing_keys(connection, "products")),
        ),
        "accounts": (("account", lambda: existing_keys(connection, "dealers")),),
        "conditions": (("wholesaler", lambda: {"", *existing_keys(connection, "wholesalers")}),),
    }
    for column, known in checks.get(table.kind.name, ()):
        names = known()
        what = {"sku": "product", "account": "dealer"}.get(column, column)
        for key, doc in list(table.documents.items()):
            value = getattr(doc, column)
            if value not in names:
                table.refuse(key, column, f"there is no {what} {value!r}")
    if table.kind.name == "conditions":
        dealers = existing_keys(connection, "dealers")
        for key, doc in list(cast(dict[str, ConditionDoc], table.documents).items()):
            kind, _, account = doc.buyer.partition(":")
            if kind == "dealer" and account not in dealers:
                table.refuse(key, "buyer", f"there is no dealer {account!r}")


def _withdraw_stock_of(connection: Connection, kind: str, gone: list[str]) -> None:
    """Nobody can order what has no product or no wholesaler: its stock goes with it."""
    if kind not in ("wholesalers", "products") or not gone:
        return
    lost = set(gone)
    part = 0 if kind == "wholesalers" else 1
    stock = [row_id for row_id in live_ids(connection, "stock", SHARED) if row_id.split("/", 1)[part] in lost]
    save(connection, "stock", SHARED, {}, withdraw=stock)


def _dealers(connection: Connection) -> dict[str, AccountDoc]:
    decode = msgspec.json.Decoder(AccountDoc).decode
    return {row.id: decode(row.body) for rows in read_everywhere(connection, "account").values() for row in rows}


def _apply_dealers(connection: Connection, documents: dict[str, AccountDoc], missing: list[str]) -> Changes:
    """What accounts.csv and the orders say about a dealer stays as it is."""
    old = _dealers(connection)
    wanted = []
    for account, doc in documents.items():
        before = old.get(account, doc)
        own = {"unpaid": before.unpaid, "unpaid_as_of": before.unpaid_as_of, "undelivered": before.undelivered}
        wanted.append(msgspec.structs.replace(doc, **own))
    changes = _save_dealers(connection, wanted, missing)
    back = set(changes.added) & set(connection.execute(select(orders.c.account).distinct()).scalars())
    for account in back:  # a dealer who was withdrawn and comes back still has open orders
        status.refresh_account(connection, account)
    return changes


def _apply_unpaid(connection: Connection, documents: dict[str, Unpaid], missing: list[str], zone: ZoneInfo) -> Changes:
    old = _dealers(connection)
    wanted = [
        msgspec.structs.replace(old[account], unpaid=row.unpaid, unpaid_as_of=moment_of(row.as_of, zone))
        for account, row in documents.items()
    ]
    cleared = [msgspec.structs.replace(old[account], unpaid=None, unpaid_as_of=None) for account in missing]
    return _save_dealers(connection, [*wanted, *cleared], [])


def _save_dealers(connection: Connection, wanted: list[AccountDoc], gone: list[str]) -> Changes:
    encode = msgspec.json.Encoder().encode
    bodies = {(dealer_scope(doc.account), doc.account): encode(doc) for doc in wanted}
    return save_everywhere(
        connection, "account", bodies, withdraw=[(dealer_scope(account), account) for account in gone]
    )


def moment_of(value: date | datetime, zone: ZoneInfo) -> datetime:
    """A day as its noon at the manufacturer (so that it is the same day nearly everywhere), in UTC."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    return datetime.combine(value, time(12), zone).astimezone(UTC)


def _apply_conditions(connection: Connection, documents: dict[str, ConditionDoc], missing: list[str]) -> Changes:
    """Each condition lives in the scope of its buyer; one whose buyer changed is revoked where it was."""
    encode = msgspec.json.Encoder().encode
    wanted = {(_scope_of(doc), condition_id): encode(doc) for condition_id, doc in documents.items()}
    stored = {row.id: scope for scope, rows in read_everywhere(connection, "terms").items() for row in rows}
    moved = [
        (scope, row_id) for row_id, scope in stored.items() if row_id in documents and (scope, row_id) not in wanted
    ]
    save_everywhere(connection, "terms", {}, withdraw=moved, reason="revoked")
    gone = [(stored[row_id], row_id) for row_id in missing]
    changes = save_everywhere(connection, "terms", wanted, withdraw=gone)
    return _moves_are_changes(changes, {row_id for _, row_id in moved})


def _moves_are_changes(changes: Changes, moved: set[str]) -> Changes:
    added = tuple(row_id for row_id in changes.added if row_id not in moved)
    return Changes(added, (*changes.changed, *sorted(moved)), changes.withdrawn, changes.unchanged)


def _scope_of(doc: ConditionDoc) -> str:
    return ALL if doc.buyer == "all" else doc.buyer
