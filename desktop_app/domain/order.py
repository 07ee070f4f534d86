"""What an order is: its states, lines and priced basket. How prices are found: `pricing`; checks: `validation`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from desktop_app.domain.condition import Step
from desktop_app.domain.party import Address

MAX_QUANTITY = 999_999

# Notes of a trace row: why it was set aside, or that it stopped at zero.
NOTE_LESS_FAVOURABLE = "less-favourable"
NOTE_QUOTA = "quota"
NOTE_FLOOR = "floor"


class Status(StrEnum):
    """The business state of an order; after `submitted` the manufacturer has the last word."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    TO_CONFIRM = "to_confirm"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    INVOICED = "invoiced"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class DeliveryState(StrEnum):
    """Where an order's message to the manufacturer is; never mixed with `Status`."""

    NONE = "none"
    HELD = "held"
    PENDING = "pending"
    IN_FLIGHT = "in_flight"
    IN_DOUBT = "in_doubt"
    WAITING = "waiting"
    ATTENTION = "attention"
    DONE = "done"


class DeliveryMode(StrEnum):
    """All goods at once, or each part as soon as it is there."""

    PARTIAL = "partial"
    COMPLETE = "complete"


class Delivery(Struct, frozen=True):
    """Where, when and how an order is to arrive. `address` None means the dealer's own; `express` costs a surcharge."""

    address: Address | None = None
    wanted_date: date | None = None
    mode: DeliveryMode = DeliveryMode.PARTIAL
    express: bool = False


class Problem(Struct, frozen=True):
    """One thing a person must know about an order, in words made by the front end from `code` and `params`.

    `line` is the 1-based line number, None for the whole order. `blocking` problems stop the order from leaving.
    """

    code: str
    message: str
    line: int | None = None
    blocking: bool = True
    params: Mapping[str, str] = field(default_factory=dict)


# Values without a way back to themselves, thousands of them in a long order: the collector need not look at them.
class TraceStep(Struct, frozen=True, gc=False):
    """One row of "why this price". `price_after` and `delta` are euros per unit, exact to 4 decimals.

    A step set aside has `applied` False, leaves the price unchanged (delta 0) and keeps the price it would have
    made in `candidate`, with the reason in `note` (`less-favourable`, `quota`); `note` is `floor` where a step
    stopped at zero.
    """

    step: Step
    condition: str
    applied: bool
    price_after: Decimal
    delta: Decimal
    label: str
    value: Decimal = Decimal(0)
    unit: str = ""
    combine: str = ""
    candidate: Decimal | None = None
    note: str = ""
    start: date | None = None
    end: date | None = None
    contract_ref: str = ""
    version: int = 0


class PricedLine(Struct, frozen=True, gc=False):
    """One line with its price. Unit prices at 4 decimals, amounts at 2, all before VAT.

    `real_cost` is per unit: unit net less the online bonus and the accrued back-margin, which `off_invoice` explains
    as `trace` does the unit net. `eco` is the line's eco-participation, `private_copy` its copie privée.
    """

    sku: str
    wholesaler: str
    quantity: int
    list_price: Decimal
    unit_net: Decimal
    line_total: Decimal
    eco: Decimal
    vat_rate: Decimal
    real_cost: Decimal
    trace: tuple[TraceStep, ...] = ()
    private_copy: Decimal = Decimal(0)
    off_invoice: tuple[TraceStep, ...] = ()


class Totals(Struct, frozen=True):
    """The sums of one sub-order or, added up, of a basket. `vat` maps a rate in per cent to its amount.

    `goods` are the lines after their discounts; `discount` (not below zero) is what the document discount takes off
    them; `total` = goods - discount + eco + private_copy + carriage + fees + VAT. `rfa` is the accrued back-margin.
    `vat_reason` says why no VAT is due (a VATEX code or the article of the law), empty where it is.
    """

    goods: Decimal = Decimal(0)
    eco: Decimal = Decimal(0)
    carriage: Decimal = Decimal(0)
    fees: Decimal = Decimal(0)
    vat: Mapping[Decimal, Decimal] = field(default_factory=dict)
    total: Decimal = Decimal(0)
    online_bonus: Decimal = Decimal(0)
    private_copy: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    rfa: Decimal = Decimal(0)
    vat_reason: str = ""


class SubOrder(Struct, frozen=True):
    """The part of a basket that one wholesaler delivers and invoices. `trace` explains the document discount, in
    euros of the sub-order: `price_after` are the goods after it.
    """

    wholesaler: str
    lines: tuple[PricedLine, ...]
    totals: Totals
    trace: tuple[TraceStep, ...] = ()


class PricedBasket(Struct, frozen=True):
    """A whole basket: its sub-orders in the order of their wholesaler codes, and their sums."""

    sub_orders: tuple[SubOrder, ...]
    totals: Totals
    problems: tuple[Problem, ...] = ()
