"""One record of a dealer's terms: what it changes, for whom, on what, and when. How records combine: `pricing`."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Step(StrEnum):
    """The steps of the fixed procedure. `list` opens every trace; `document` works on a whole sub-order; `bonus` and
    `rfa` come after the invoice, on the way to the real cost.
    """

    LIST = "list"
    NET = "net"
    BASE = "base"
    QTY = "qty"
    PROMO = "promo"
    BID = "bid"
    DOCUMENT = "document"
    BONUS = "bonus"
    RFA = "rfa"


# What makes a unit net, in this order.
STEPS = (Step.NET, Step.BASE, Step.QTY, Step.PROMO, Step.BID)
# What a condition can be given for.
CONDITION_STEPS = (*STEPS, Step.DOCUMENT)


class Unit(StrEnum):
    """What `Condition.value` means: per cent off, euros off per unit, or the unit price itself."""

    PERCENT = "%"
    EUR = "EUR"
    NET = "NET"


class Combine(StrEnum):
    """How a record meets the price so far."""

    CASCADE = "cascade"
    BEST = "best"
    REPLACE = "replace"


class QtyScope(StrEnum):
    """Whose quantity a break counts: the line's, or that of all lines the record's product key matches."""

    LINE = "line"
    MATCH = "match"


# Nothing in it can refer back to it, and there may be a hundred thousand: the collector need not look at them.
class Condition(Struct, frozen=True, gc=False):
    """One condition. `buyer` is `all`, `group:G` or `dealer:A`; `product` is `all`, `brand:B`, `family:F` or `sku:S`.

    Empty wholesaler, channel or end_client means any; None dates are open; both dates are included. `quota` is the
    most one dealer gets at this condition over all orders, `stock_cap` the most all dealers together get, of which
    `stock_used` units are gone. `amount_min` (euros of goods) is for the step `document` alone.
    """

    id: str
    step: Step
    value: Decimal
    unit: Unit
    buyer: str
    product: str
    wholesaler: str = ""
    channel: str = ""
    start: date | None = None
    end: date | None = None
    qty_min: int = 0
    qty_scope: QtyScope = QtyScope.LINE
    end_client: str = ""
    combine: Combine = Combine.CASCADE
    quota: int | None = None
    stock_cap: int | None = None
    stock_used: int = 0
    amount_min: Decimal = Decimal(0)
    contract_ref: str = ""
    label: str = ""
    rev: int = 0

    def holds_on(self, day: date) -> bool:
        """True where `day` lies within the record's dates, both included."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def left(self, used: int) -> int | None:
        """The units it still serves a dealer who has had `used` of them, None where there is no end to it."""
        caps = [] if self.quota is None else [self.quota - used]
        caps += [] if self.stock_cap is None else [self.stock_cap - self.stock_used]
        return max(min(caps), 0) if caps else None
