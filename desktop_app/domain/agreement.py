"""Back-margin agreements (remise arrière, RFA): off-invoice, by tier over a period. Their sums: `back_margin`."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class TierMode(StrEnum):
    """Whether the rate reached holds for all turnover of the period, or each rate for its own slice only."""

    TOTAL = "total"
    MARGINAL = "marginal"


class CountedOrders(StrEnum):
    """Which turnover counts: that of all orders, or of those placed online."""

    ALL = "all"
    ONLINE = "online"


class Tier(Struct, frozen=True):
    """From `turnover_from` euros (net goods before VAT) on, `percent` per cent."""

    turnover_from: Decimal
    percent: Decimal


class Agreement(Struct, frozen=True):
    """One agreement for one period, both days included. `tiers` ascend.

    `include` and `exclude` hold product keys (`sku:S`, `family:F`, `brand:B`); no `include` means every product, and
    `exclude` has the last word. Gates: with `gate_paid` nothing is due while invoices are overdue; `gate_growth` is the
    growth over the reference turnover, in per cent, below which nothing is due.
    """

    id: str
    buyer: str
    start: date
    end: date
    tiers: tuple[Tier, ...]
    mode: TierMode = TierMode.TOTAL
    base: CountedOrders = CountedOrders.ALL
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    gate_paid: bool = False
    gate_growth: Decimal | None = None
    contract_ref: str = ""
    label: str = ""
    rev: int = 0


class Turnover(Struct, frozen=True):
    """What the manufacturer has counted for one agreement up to `as_of`: net goods before VAT, invoiced.

    `reference` is the turnover growth is measured against; `overdue` what is invoiced and past its due date.
    """

    agreement: str
    turnover: Decimal
    as_of: datetime
    reference: Decimal | None = None
    overdue: Decimal | None = None


class Accrual(Struct, frozen=True):
    """The rate of one agreement that a purchase made now earns, for the real cost: per cent of net goods."""

    agreement: Agreement
    percent: Decimal
