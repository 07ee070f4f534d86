"""Applying read files to the store: what is withdrawn, what leans on something that is not there, who applies what.

A file is the whole of its kind, so what it no longer names is withdrawn, with two exceptions: rows it names but
spells badly keep their earlier version, and `status` is a log of facts, whose rows only add or correct.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection

from desktop_app.contract.documents import AccountDoc, AgreementDoc, ConditionDoc
from manufacturer_server.importing import apply_accounts, apply_catalog, apply_terms
from manufacturer_server.importing.applying import Applying
from manufacturer_server.importing.existing import COLLECTIONS, agreements, dealers, existing_keys
from manufacturer_server.importing.facts import apply_facts
from manufacturer_server.importing.kinds import LEANS_ON
from manufacturer_server.importing.rows import TurnoverRow
from manufacturer_server.importing.table import Table
from manufacturer_server.storage.documents import Changes

_APPLY: dict[str, Callable[[Applying, Table, list[str]], Changes]] = {
    **dict.fromkeys(COLLECTIONS, apply_catalog.apply_collection),
    "wholesalers": apply_catalog.apply_wholesalers,
    "products": apply_catalog.apply_products,
    "stock": apply_catalog.apply_stock,
    "prices": apply_catalog.apply_prices,
    "carriage": apply_catalog.apply_carriage,
    "dealers": apply_accounts.apply_dealers,
    "accounts": apply_accounts.apply_unpaid,
    "turnover": apply_accounts.apply_turnover,
    "conditions": apply_terms.apply_conditions,
    "agreements": apply_terms.apply_agreements,
}
# The column of a kind that names a row of another, and what a person calls it.
_COLUMNS = {
    "wholesalers": ("wholesaler", "wholesaler"),
    "products": ("sku", "product"),
    "dealers": ("account", "dealer"),
    "agreements": ("agreement", "agreement"),
}


@dataclass(frozen=True, slots=True)
class Shrink:
    """How much of its kind a file would withdraw."""

    withdrawn: int
    existing: int

    @property
    def needs_consent(self) -> bool:
        """More than half gone looks like a cut file rather than a decision."""
        return self.withdrawn * 2 > self.existing


def shrink(table: Table, existing: set[str]) -> Shrink:
    """What applying `table` as the whole of its kind would withdraw."""
    return Shrink(len(_missing(table, existing)), len(existing))


def _missing(table: Table, existing: Iterable[str]) -> list[str]:
    if table.unidentified or table.kind.name == "status":
        return []
    return [key for key in existing if key not in table.lines]


def apply_table(applying: Applying, table: Table) -> Changes:
    """Apply one file; rows that lean on something unknown become defects of `table`."""
    if table.kind.name == "status":
        return apply_facts(applying.connection, table, applying.zone.key)
    _check_references(applying.connection, table)
    existing = () if applying.merge else sorted(existing_keys(applying.connection, table.kind.name))
    return _APPLY[table.kind.name](applying, table, _missing(table, existing))


def _check_references(connection: Connection, table: Table) -> None:
    """Take back the rows whose wholesaler, product, dealer or agreement does not exist."""
    kind = table.kind.name
    for other in LEANS_ON.get(kind, ()):
        column, what = _COLUMNS[other]
        if kind in ("conditions", "agreements") and other == "dealers":
            _check_buyers(connection, table)
            continue
        names = existing_keys(connection, other)
        if column in {name.name for name in table.kind.columns if not name.required}:
            names.add("")
        for key, doc in list(table.documents.items()):
            value = getattr(doc, column)
            if value not in names:
                table.refuse(key, column, f"there is no {what} {value!r}")
    if kind == "turnover":
        _check_parties(connection, table)


def _check_buyers(connection: Connection, table: Table) -> None:
    known = existing_keys(connection, "dealers")
    for key, doc in list(cast(dict[str, ConditionDoc | AgreementDoc], table.documents).items()):
        kind, _, account = doc.buyer.partition(":")
        if kind == "dealer" and account not in known:
            table.refuse(key, "buyer", f"there is no dealer {account!r}")


def _check_parties(connection: Connection, table: Table) -> None:
    """A dealer has no turnover under an agreement that is another's."""
    by_id, by_account = agreements(connection), dealers(connection)
    for key, row in list(cast(dict[str, TurnoverRow], table.documents).items()):
        buyer = by_id[row.agreement].buyer
        if not _is_meant(buyer, by_account[row.account]):
            table.refuse(key, "agreement", f"the agreement {row.agreement!r} is for {buyer}, not for {row.account!r}")


def _is_meant(buyer: str, dealer: AccountDoc) -> bool:
    return buyer in ("all", f"dealer:{dealer.account}") or (dealer.group != "" and buyer == f"group:{dealer.group}")
