"""What one row of each kind becomes, and which of its cells do not go together."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from desktop_app.contract.documents import (
    AccountDoc,
    AddressDoc,
    AgreementDoc,
    CarriageRateDoc,
    ConditionDoc,
    DatedPriceDoc,
    ProductDoc,
    StockDoc,
    TierDoc,
)
from desktop_app.domain.condition import Combine, QtyScope, Step, Unit
from manufacturer_server.importing.kind import Clash, Row, Values


class Unpaid(msgspec.Struct, frozen=True):
    """A row of accounts.csv: unpaid invoices of an account, TTC; `as_of` is a day or a moment."""

    account: str
    unpaid: str
    as_of: Any = None


class Fact(msgspec.Struct, frozen=True):
    """A row of status.csv: what became of some units of an order line. `date` is a day or a moment."""

    order_no: str
    wholesaler: str
    sku: str
    state: str
    quantity: int
    date: Any
    tracking: str = ""
    invoice_no: str = ""
    invoice_total: str = ""


class StockRow(msgspec.Struct, frozen=True):
    """A row of stock.csv; `as_of` (a day or a moment) is when the stock was taken, None: at the import."""

    doc: StockDoc
    as_of: Any = None

    @property
    def wholesaler(self) -> str:
        """Whose stock it is."""
        return self.doc.wholesaler

    @property
    def sku(self) -> str:
        """Of which product."""
        return self.doc.sku


class PriceRow(msgspec.Struct, frozen=True):
    """A row of prices.csv: a dated list price of a product."""

    sku: str
    price: DatedPriceDoc

    @property
    def wholesaler(self) -> str:
        """At which wholesaler, empty: at every one."""
        return self.price.wholesaler


class CarriageRow(msgspec.Struct, frozen=True):
    """A row of carriage.csv: one row of a wholesaler's carriage table."""

    wholesaler: str
    rate: CarriageRateDoc


class TurnoverRow(msgspec.Struct, frozen=True):
    """A row of turnover.csv: what counts for a dealer under an agreement so far; `as_of` is a day or a moment."""

    account: str
    agreement: str
    turnover: str
    as_of: Any
    reference: str | None = None
    overdue: str | None = None


def struct(kind: type[msgspec.Struct]) -> Callable[[Values], msgspec.Struct]:
    """The builder of a kind whose columns are the fields of `kind`."""
    return lambda values: kind(**values)


def dealer(values: Values) -> AccountDoc:
    """A row of dealers.csv."""
    own = {name: value for name, value in values.items() if name in AccountDoc.__struct_fields__ and name != "address"}
    place = {name: values[name] for name in ("postcode", "city", "country") if name in values}
    address = AddressDoc(name=values["name"], street=values.get("address", ""), **place)
    doc = AccountDoc(address=address, **own)
    _in_order(doc.online_bonus_from, doc.online_bonus_to, "online_bonus_to", "online_bonus_from")
    if doc.payment_month_end and doc.payment_days is None:
        raise Clash("payment_month_end", "without payment_days it says nothing")
    if doc.early_payment_days and doc.early_payment_percent == "0":
        raise Clash("early_payment_days", "without early_payment_percent it says nothing")
    return doc


def condition(values: Values) -> ConditionDoc:
    """A row of conditions.csv."""
    typed: dict[str, Any] = dict(values)
    written, is_percent = values["value"]
    typed["value"] = written
    doc = ConditionDoc(**typed)
    _in_order(doc.start, doc.end, "end", "start")
    if is_percent and doc.unit is not Unit.PERCENT:
        raise Clash("value", f"{written} % is a percentage, but the unit is {doc.unit}")
    if doc.unit is Unit.PERCENT and Decimal(doc.value) > 100:
        raise Clash("value", f"{doc.value} is more than 100 per cent")
    if doc.step is Step.DOCUMENT:
        _document_discount(doc)
    elif doc.amount_min != "0":
        raise Clash("amount_min", "only the step document counts euros; the others have qty_min")
    return doc


def _document_discount(doc: ConditionDoc) -> None:
    """Whole sub-orders know no quantities and no unit price."""
    if doc.unit is Unit.NET:
        raise Clash("unit", "a whole sub-order has no net price: the step document takes % or EUR")
    out_of_place = (
        ("qty_min", doc.qty_min, "amount_min is what the step document begins at"),
        ("qty_scope", doc.qty_scope is QtyScope.MATCH, "the step document counts no quantity"),
        ("combine", doc.combine not in (None, Combine.CASCADE), "the step document always comes after all others"),
        ("quota", doc.quota is not None, "the step document has no quota"),
        ("stock_cap", doc.stock_cap is not None, "the step document has no stock"),
    )
    for column, is_there, reason in out_of_place:
        if is_there:
            raise Clash(column, reason)


def product(values: Values) -> ProductDoc:
    """A row of products.csv."""
    doc = ProductDoc(**values)
    if doc.replaced_by == doc.sku:
        raise Clash("replaced_by", "a product cannot replace itself")
    return doc


def stock(values: Values) -> StockRow:
    """A row of stock.csv."""
    return StockRow(StockDoc(**{name: value for name, value in values.items() if name != "as_of"}), values.get("as_of"))


def price(values: Values) -> PriceRow:
    """A row of prices.csv."""
    doc = DatedPriceDoc(**{name: value for name, value in values.items() if name != "sku"})
    _in_order(doc.start, doc.end, "end", "start")
    return PriceRow(values["sku"], doc)


def carriage(values: Values) -> CarriageRow:
    """A row of carriage.csv."""
    rate = {name: value for name, value in values.items() if name != "wholesaler"}
    return CarriageRow(values["wholesaler"], CarriageRateDoc(**rate))


def agreement(rows: Sequence[Row]) -> AgreementDoc:
    """The rows of one agreement: one tier each, the other cells equal on all of them."""
    (first_line, first), *others = rows
    common = {name: value for name, value in first.items() if name not in ("tier_from", "tier_percent")}
    lines: dict[Decimal, int] = {}
    for line, values in rows:
        start = Decimal(values["tier_from"])
        if start in lines:
            raise Clash("tier_from", f"{values['tier_from']} is already in line {lines[start]}", line)
        lines[start] = line
    for line, values in others:
        own = {name: value for name, value in values.items() if name not in ("tier_from", "tier_percent")}
        for name in sorted({*own, *common}):
            if own.get(name) != common.get(name):
                raise Clash(name, f"differs from line {first_line} of the same agreement", line)
    _in_order(common["start"], common["end"], "end", "start")
    if len(rows) > 100:
        raise Clash("tier_from", "an agreement has at most 100 tiers")
    tiers = sorted(rows, key=lambda row: Decimal(row[1]["tier_from"]))
    return AgreementDoc(tiers=[TierDoc(row["tier_from"], row["tier_percent"]) for _, row in tiers], **common)


def _in_order(first: date | None, last: date | None, column: str, other: str) -> None:
    if first is not None and last is not None and last < first:
        raise Clash(column, f"{last} lies before {other}, {first}")
