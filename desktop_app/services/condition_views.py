"""What the rooms of conditions and prices show: frozen views, with no behaviour that writes. Made by
`condition_service` and `price_service`.
"""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from desktop_app.domain.catalog import Product
from desktop_app.domain.condition import Condition
from desktop_app.domain.order import PricedLine, Problem
from desktop_app.services.views import BreakView, PriceAhead, StockView

__all__ = [
    "VIEWS",
    "ConditionHistory",
    "ConditionPage",
    "ConditionQuery",
    "ConditionRow",
    "ConditionVersion",
    "DearerPage",
    "DearerRow",
    "DocumentView",
    "PriceAhead",
    "PriceAnswer",
    "PriceQuestion",
]

VIEWS = ("all", "changed", "ending", "ahead", "conflicts")


class ConditionRow(Struct, frozen=True):
    """One condition as a list shows it.

    `step`, `value`, `unit`, `channel`, dates, quantities and `combine` are the condition's own; `buyer_kind` is `all`,
    `group` or `dealer`; `product` its product key (`sku:S`, `family:F`, `brand:B`, `all`) and `product_name` the words
    for it, empty where the catalogue has none; `wholesaler_name` is empty where it holds for any. `quota_left` are the
    units left of the quota or stock cap, whichever is less, None where there is neither.

    `state` is `now`, `ahead`, `over` or `conflict` (a record that could be meant two ways); `change` is `new`,
    `changed` or `gone` within the last week, else empty; `before` is the record it replaced, where there was one.
    """

    id: str
    step: str
    value: Decimal
    unit: str
    buyer_kind: str
    product: str
    product_name: str
    wholesaler: str
    wholesaler_name: str
    channel: str
    start: date | None
    end: date | None
    qty_min: int
    qty_scope: str
    amount_min: Decimal
    end_client: str
    combine: str
    quota: int | None
    quota_left: int | None
    contract_ref: str
    label: str
    rev: int
    state: str
    change: str = ""
    before: Condition | None = None


class ConditionVersion(Struct, frozen=True):
    """A condition as this desk had it from `since` (None: from before it looked) until `until` (None: still so).

    `changed` names the fields that differ from the version before it, in the order of `Condition`; empty for the first.
    """

    condition: Condition
    since: datetime | None
    until: datetime | None
    changed: tuple[str, ...] = ()


class ConditionHistory(Struct, frozen=True):
    """All versions of a condition that this desk has kept, newest first. `known_since`: the earliest moment of which
    all versions are known, None before the first synchronisation.
    """

    versions: tuple[ConditionVersion, ...]
    known_since: datetime | None


class ConditionQuery(Struct, frozen=True):
    """What to list. All that is given must fit; what is empty fits any.

    `text` are words, each of which begins a word of the product's name, sku, family, brand, the document, the label or
    the id; `family` a family's code, its products' records among them; `document` a `contract_ref`; `sku` the product a
    record must touch: by itself, its family, its brand or as one of all. `day`: as the conditions stood at its end.
    `view` is one of `VIEWS`: `changed` within the last week, `ending` this month, `ahead` not yet in force,
    `conflicts` contradictory.
    """

    text: str = ""
    family: str = ""
    document: str = ""
    sku: str = ""
    day: date | None = None
    view: str = "all"


class ConditionPage(Struct, frozen=True):
    """One page of conditions out of `total`. `as_of` is when they were last known to be current, None before the first
    synchronisation; `known_since` the first day this desk can look back to.
    """

    rows: tuple[ConditionRow, ...]
    total: int
    as_of: datetime | None
    known_since: date | None


class DocumentView(Struct, frozen=True):
    """One document (`contract_ref`): a label found in it, its number of conditions, and the dates they span (None:
    open).
    """

    ref: str
    label: str
    conditions: int
    start: date | None
    end: date | None


class DearerRow(Struct, frozen=True):
    """A product whose net price for one pack rises by `day`, at one wholesaler. Prices are euros per unit.

    `reason` is `list-price`, `condition-ends` or `condition-starts`; `label` names the price list or the condition.
    """

    sku: str
    name: str
    wholesaler: str
    wholesaler_name: str
    day: date
    list_now: Decimal
    list_then: Decimal
    net_now: Decimal
    net_then: Decimal
    reason: str
    label: str


class DearerPage(Struct, frozen=True):
    """What becomes dearer, biggest rise first: `rows` are the first of the `found` among the `looked_at` products.

    `complete` is False where a change touches more products than were looked at: among those others may rise too.
    """

    rows: tuple[DearerRow, ...]
    found: int
    looked_at: int
    complete: bool


class PriceQuestion(Struct, frozen=True):
    """What if: `quantity` units of a product, at a wholesaler ("" leaves it to the sourcing rule), on a day (None:
    today), for an end client who has a special bid.
    """

    sku: str
    quantity: int
    wholesaler: str = ""
    day: date | None = None
    end_client: str = ""


class PriceAnswer(Struct, frozen=True):
    """What the question costs and why. `product` is None where there is none of that number.

    `priced` is None where the line cannot be priced, `problems` say why. `breaks` are of the wholesaler priced;
    `ahead` are the prices of later days, soonest first; `stock` is that of every wholesaler; `day` is the day priced;
    `end_clients` are those that have a special bid on this product on that day.
    """

    product: Product | None
    priced: PricedLine | None
    problems: tuple[Problem, ...]
    breaks: tuple[BreakView, ...]
    ahead: tuple[PriceAhead, ...]
    stock: tuple[StockView, ...]
    day: date
    end_clients: tuple[str, ...]
