"""The kinds of file a manufacturer can import, in the order in which one leans on another. Their rows: `rows`."""

from desktop_app.contract.documents import AgreementDoc, FamilyDoc, WholesalerDoc
from desktop_app.domain.agreement import CountedOrders, TierMode
from desktop_app.domain.catalog import ProductStatus
from desktop_app.domain.condition import CONDITION_STEPS, Combine, QtyScope, Unit
from desktop_app.domain.order import MAX_QUANTITY
from desktop_app.domain.party import CreditPolicy, MonthEnd
from manufacturer_server.importing import cells, rows
from manufacturer_server.importing.kind import Column, Kind

MAX_COUNT = 999_999_999
FACT_STATES = ("confirmed", "backorder", "shipped", "invoiced", "refused")

_COUNT = cells.whole(0, MAX_COUNT)
_UNITS = cells.whole(1, MAX_QUANTITY)
_DAYS = cells.whole(0, 999)

FAMILIES = Kind(
    "families",
    ("code",),
    (Column("code", cells.key, required=True), Column("name_fr"), Column("name_en")),
    rows.struct(FamilyDoc),
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
        Column("delivery_days", _DAYS),
        Column("express_fee", cells.decimal),
        Column("stock_shelf_hours", cells.whole(1, 9_999)),
    ),
    rows.struct(WholesalerDoc),
)
CARRIAGE = Kind(
    "carriage",
    ("wholesaler", "zone", "weight_max"),
    (
        Column("wholesaler", cells.code, required=True),
        Column("zone", cells.zone, required=True),
        Column("fee", cells.decimal, required=True),
        Column("weight_max", cells.decimal),
        Column("express_fee", cells.decimal),
    ),
    rows.carriage,
    may_be_empty=("weight_max",),
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
        Column("private_copy_fee", cells.decimal),
        Column("weight", cells.decimal),
        Column("vat_rate_overseas", cells.percent),
    ),
    rows.product,
)
PRICES = Kind(
    "prices",
    ("sku", "wholesaler", "start"),
    (
        Column("sku", cells.key, required=True),
        Column("wholesaler", cells.code),
        Column("list_price", cells.decimal, required=True),
        Column("start", cells.day),
        Column("end", cells.day),
        Column("label"),
    ),
    rows.price,
    may_be_empty=("wholesaler", "start"),
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
        Column("as_of", cells.moment),
    ),
    rows.stock,
)
DEALERS = Kind(
    "dealers",
    ("account",),
    (
        Column("account", cells.code, required=True),
        Column("name", required=True),
        Column("siret"),
        Column("vat_id", cells.vat_id),
        Column("group", cells.key),
        Column("credit_limit", cells.decimal),
        Column("credit_policy", cells.choice(*CreditPolicy)),
        Column("payment_days", _DAYS),
        Column("payment_month_end", cells.choice(MonthEnd.AFTER_DAYS, MonthEnd.BEFORE_DAYS)),
        Column("early_payment_percent", cells.percent),
        Column("early_payment_days", _DAYS),
        Column("online_bonus_percent", cells.percent),
        Column("online_bonus_from", cells.day),
        Column("online_bonus_to", cells.day),
        Column("address"),
        Column("postcode"),
        Column("city"),
        Column("country"),
    ),
    rows.dealer,
)
CONDITIONS = Kind(
    "conditions",
    ("id",),
    (
        Column("id", cells.key, required=True),
        Column("step", cells.choice(*CONDITION_STEPS), required=True),
        Column("value", cells.value, required=True),
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
        Column("amount_min", cells.decimal),
        Column("contract_ref"),
        Column("label"),
    ),
    rows.condition,
)
AGREEMENTS = Kind(
    "agreements",
    ("id",),
    (
        Column("id", cells.key, required=True),
        Column("buyer", cells.who, required=True),
        Column("start", cells.day, required=True),
        Column("end", cells.day, required=True),
        Column("tier_from", cells.decimal, required=True),
        Column("tier_percent", cells.percent, required=True),
        Column("mode", cells.choice(*TierMode)),
        Column("base", cells.choice(*CountedOrders)),
        Column("include", cells.product_keys),
        Column("exclude", cells.product_keys),
        Column("gate_paid", cells.yes_or_no),
        Column("gate_growth", cells.percentage),
        Column("contract_ref"),
        Column("label"),
    ),
    rows.struct(AgreementDoc),
    gather=rows.agreement,
)
ACCOUNTS = Kind(
    "accounts",
    ("account",),
    (
        Column("account", cells.code, required=True),
        Column("unpaid", cells.decimal, required=True),
        Column("as_of", cells.moment, required=True),
    ),
    rows.struct(rows.Unpaid),
)
TURNOVER = Kind(
    "turnover",
    ("account", "agreement"),
    (
        Column("account", cells.code, required=True),
        Column("agreement", cells.key, required=True),
        Column("turnover", cells.amount, required=True),
        Column("as_of", cells.moment, required=True),
        Column("reference", cells.amount),
        Column("overdue", cells.amount),
    ),
    rows.struct(rows.TurnoverRow),
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
    rows.struct(rows.Fact),
    may_be_empty=("tracking", "invoice_no"),
)

# In the order in which one leans on the one before.
KINDS = (
    FAMILIES,
    WHOLESALERS,
    CARRIAGE,
    PRODUCTS,
    PRICES,
    STOCK,
    DEALERS,
    CONDITIONS,
    AGREEMENTS,
    ACCOUNTS,
    TURNOVER,
    STATUS,
)
KIND_BY_NAME = {kind.name: kind for kind in KINDS}
# Which kinds' rows are looked up to check a kind's own.
LEANS_ON = {
    "carriage": ("wholesalers",),
    "prices": ("products", "wholesalers"),
    "stock": ("products", "wholesalers"),
    "conditions": ("wholesalers", "dealers"),
    "agreements": ("dealers",),
    "accounts": ("dealers",),
    "turnover": ("dealers", "agreements"),
}
