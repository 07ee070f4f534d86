"""Applying dealers, their unpaid invoices and their turnover. What orders say about a dealer stays as it is."""

from typing import cast

import msgspec
from sqlalchemy import select

from desktop_app.contract.documents import AccountDoc, TurnoverDoc
from manufacturer_server import status
from manufacturer_server.importing.applying import Applying, moment_of
from manufacturer_server.importing.existing import dealers
from manufacturer_server.importing.rows import TurnoverRow, Unpaid
from manufacturer_server.importing.table import Table
from manufacturer_server.storage.documents import Changes, dealer_scope, save_everywhere
from manufacturer_server.storage.schema import orders
from manufacturer_server.storage.versions import Ledger

_encode = msgspec.json.Encoder().encode
# What other files and the orders say about a dealer.
_NOT_OF_THE_FILE = ("unpaid", "unpaid_as_of", "undelivered", "quota_used")


def apply_dealers(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """Dealers; what accounts.csv and the orders say about one stays."""
    old = dealers(applying.connection)
    wanted = []
    for account, doc in cast(dict[str, AccountDoc], table.documents).items():
        before = old.get(account, doc)
        wanted.append(msgspec.structs.replace(doc, **{name: getattr(before, name) for name in _NOT_OF_THE_FILE}))
    changes = _save(applying, wanted, missing, applying.ledger)
    ordered = select(orders.c.account).distinct()
    back = set(changes.added) & set(applying.connection.execute(ordered).scalars())
    for account in back:  # a dealer who was withdrawn and comes back still has open orders
        status.refresh_account(applying.connection, account)
    return changes


def apply_unpaid(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """Unpaid invoices, into the dealers' documents."""
    old = dealers(applying.connection)
    wanted = [
        msgspec.structs.replace(old[account], unpaid=row.unpaid, unpaid_as_of=moment_of(row.as_of, applying.zone))
        for account, row in cast(dict[str, Unpaid], table.documents).items()
    ]
    cleared = [msgspec.structs.replace(old[account], unpaid=None, unpaid_as_of=None) for account in missing]
    return _save(applying, [*wanted, *cleared], [], None)


def _save(applying: Applying, wanted: list[AccountDoc], gone: list[str], ledger: Ledger | None) -> Changes:
    bodies = {(dealer_scope(doc.account), doc.account): _encode(doc) for doc in wanted}
    withdraw = [(dealer_scope(account), account) for account in gone]
    keep = None if ledger is None else ledger.keep
    return save_everywhere(applying.connection, "account", bodies, withdraw=withdraw, keep=keep)


def apply_turnover(applying: Applying, table: Table, missing: list[str]) -> Changes:
    """What counts under agreements so far, each in its dealer's own scope."""
    bodies = {}
    for row in cast(dict[str, TurnoverRow], table.documents).values():
        as_of = moment_of(row.as_of, applying.zone)
        doc = TurnoverDoc(row.agreement, row.turnover, as_of, row.reference, row.overdue)
        bodies[dealer_scope(row.account), row.agreement] = _encode(doc)
    gone = []
    for key in missing:
        account, _, agreement = key.partition("/")
        gone.append((dealer_scope(account), agreement))
    return save_everywhere(applying.connection, "turnover", bodies, withdraw=gone)
