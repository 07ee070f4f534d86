"""The kinds of file a manufacturer can import: their columns, their keys, and the document a row becomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from desktop_app.contract.documents import (
    AccountDoc,
    AddressDoc,
    ConditionDoc,
    FamilyDoc,
    ProductDoc,
    StockDoc,
    WholesalerDoc,
)
from desktop_app.domain.catalog import ProductStatus
from desktop_app.domain.condition import STEPS, Combine, QtyScope, Step, Unit
from desktop_app.domain.order import MAX_QUANTITY
from manufacturer_server.importing import cells

MAX_COUNT = 999_999_999
FACT_STATES = ("confirmed", "backorder", "shipped", "invoiced", "refused")
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind; an empty cell is left out, so that the document's own default holds."""

    name: str
    read: cells.CellReader = cells.short_text
    required: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. `build` makes a row's document and raises Clash where its cells do not go together.

    `key` names the columns that tell rows apart, `may_be_empty` those among them that a row may leave empty.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    build: Callable[[Values], msgspec.Struct]
    may_be_empty: tuple[str, ...] = ()


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


class Clash(ValueError):
    """Cells of one row that do not go together."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def _struct(kind: type[msgspec.Struct]) -> Callable[[Values], msgspec.Struct]:
    return lambda values: kind(**values)


def _dealer(values: Values) -> AccountDoc:
    own = {name: value for name, value in values.items() if name in AccountDoc.__struct_fields__ and name != "address"}
    place = {name: values[name] for name in ("postcode", "city", "country") if name in values}
    address = AddressDoc(name=values["name"], street=values.get("address", ""), **place)
    doc = AccountDoc(address=address, **own)
    _in_order(doc.online_bonus_from, doc.online_bonus_to, "online_bonus_to", "online_bonus_from")
    return doc


def _condition(values: Values) -> ConditionDoc:
    typed: dict[str, Any] = dict(values, step=Step(values["step"]), unit=Unit(values["unit"]))
    if "combine" in values:
        typed["combine"] = Combine(values["combine"])
    if "qty_scope" in values:
        typed["qty_scope"] = QtyScope(values["qty_scope"])
    doc = ConditionDoc(**typed)
    _in_order(doc.start, doc.end, "end", "start")
    if doc.unit is Unit.PERCENT and Decimal(doc.value) > 100:
        raise Clash("value", f"{doc.value} is more than 100 per cent")
    return doc


def _product(values: Values) -> ProductDoc:
    if "status" in values:
        values = {**values, "status": ProductStatus(values["status"])}
    doc = ProductDoc(**values)
    if doc.replaced_by == doc.sku:
        raise Clash("replaced_by", "a product cannot replace itself")
    return doc


def _in_order(first: date | None, last: date | None, column: str, other: str) -> None:
    if first is not None and last is not None and last < first:
        raise Clash(column, f"{last} lies before {other}, {first}")


_COUNT = cells.whole(0, MAX_COUNT)
_UNITS = cells.whole(1, MAX_QUANTITY)

FAMILIES = Kind(
    "families",
    ("code",),
    (Column("code", cells.key, required=True), Column("name_fr"), Column("name_en")),
    _struct(FamilyDoc),
)
WHOLESALERS = Kind(
    "wholesalers",
    ("code",),
    (
        Column("code", cells.code, required=True),
        Column("name"),
        Column("seller"),
        Column("order_minimum", cells.decimal),
        Column("small_order_fee", cells.decimal),
        Column("free_carriage_from", cells.decimal),
        Column("carriage_fee", cells.decimal),
        Column("carriage_vat_rate", cells.percent),
        Column("delivery_days", cells.whole(0, 999)),
    ),
    _struct(WholesalerDoc),
)
PRODUCTS = Kind(
    "products",
    ("sku",),
    (
        Column("sku", cells.key, required=True),
        Column("name", required=True),
        Column("list_price", cells.decimal, required=True),
        Column("vat_rate", cells.percent, required=True),
        Column("ean"),
        Column("manufacturer_ref"),
        Column("brand"),
        Column("family"),
        Column("eco_fee", cells.decimal),
        Column("pack_multiple", _UNITS),
        Column("min_qty", _UNITS),
        Column("status", cells.choice(*ProductStatus)),
        Column("replaced_by", cells.key),
        Column("description", cells.text(20_000)),
    ),
    _product,
)
STOCK = Kind(
    "stock",
    ("wholesaler", "sku"),
    (
        Column("wholesaler", cells.code, required=True),
        Column("sku", cells.key, required=True),
        Column("available", _COUNT, required=True),
        Column("next_arrival", cells.day),
        Column("next_qty", _COUNT),
        Column("list_price", cells.decimal),
    ),
    _struct(StockDoc),
)
DEALERS = Kind(
    "dealers",
    ("account",),
    (
        Column("account", cells.code, required=True),
        Column("name", required=True),
        Column("siret"),
        Column("group", cells.key),
        Column("credit_limit", cells.decimal),
        Column("online_bonus_percent", cells.percent),
        Column("online_bonus_from", cells.day),
        Column("online_bonus_to", cells.day),
        Column("address"),
        Column("postcode"),
        Column("city"),
        Column("country"),
    ),
    _dealer,
)
CONDITIONS = Kind(
    "conditions",
    ("id",),
    (
        Column("id", cells.key, required=True),
        Column("step", cells.choice(*STEPS), required=True),
        Column("value", cells.decimal, required=True),
        Column("unit", cells.choice(*Unit), required=True),
        Column("buyer", cells.who, required=True),
        Column("product", cells.what, required=True),
        Column("wholesaler", cells.code),
        Column("channel"),
        Column("start", cells.day),
        Column("end", cells.day),
        Column("qty_min", _COUNT),
        Column("qty_scope", cells.choice(*QtyScope)),
        Column("end_client"),
        Column("combine", cells.choice(*Combine)),
        Column("quota", _COUNT),
        Column("stock_cap", _COUNT),
        Column("contract_ref"),
        Column("label"),
    ),
    _condition,
)
ACCOUNTS = Kind(
    "accounts",
    ("account",),
    (
        Column("account", cells.code, required=True),
        Column("unpaid", cells.decimal, required=True),
        Column("as_of", cells.moment, required=True),
    ),
    _struct(Unpaid),
)
STATUS = Kind(
    "status",
    ("order_no", "wholesaler", "sku", "state", "date", "tracking", "invoice_no"),
    (
        Column("order_no", cells.key, required=True),
        Column("wholesaler", cells.code, required=True),
        Column("sku", cells.key, required=True),
        Column("state", cells.choice(*FACT_STATES), required=True),
        Column("quantity", _UNITS, required=True),
        Column("date", cells.moment, required=True),
        Column("tracking"),
        Column("invoice_no"),
        Column("invoice_total", cells.decimal),
    ),
    _struct(Fact),
    may_be_empty=("tracking", "invoice_no"),
)

# In the order in which one leans on the one before.
KINDS = (FAMILIES, WHOLESALERS, PRODUCTS, STOCK, DEALERS, CONDITIONS, ACCOUNTS, STATUS)
KIND_BY_NAME = {kind.name: kind for kind in KINDS}
