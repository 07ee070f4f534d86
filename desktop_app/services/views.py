"""What services hand to a front end: frozen views, made for reading, with no behaviour that writes."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct, field

from desktop_app.domain.catalog import Product
from desktop_app.domain.order import Delivery, DeliveryState, PricedLine, Problem, Status, SubOrder, Totals
from desktop_app.domain.party import CreditPolicy, PaymentTerms
from desktop_app.domain.vat import Territory


class StockView(Struct, frozen=True):
    """One wholesaler's stock of a product, as the letter in a box shows it.

    `listed` False: the wholesaler does not carry the product. `letter` is its mark everywhere (N, S, O ...).
    """

    wholesaler: str
    name: str
    letter: str
    listed: bool
    available: int = 0
    next_arrival: date | None = None
    next_qty: int | None = None

    def mark(self, wanted: int) -> str:
        """`enough`, `short` or `none` for a wanted quantity."""
        if self.available >= max(wanted, 1):
            return "enough"
        return "short" if self.available > 0 else "none"


class ProductRow(Struct, frozen=True):
    """One search result. `unit_net` is my price for one pack from `wholesaler`; None where nobody lists the product."""

    sku: str
    name: str
    manufacturer_ref: str
    brand: str
    family: str
    family_name: str
    status: str
    replaced_by: str
    list_price: Decimal
    unit_net: Decimal | None
    wholesaler: str
    stock: tuple[StockView, ...]


class SearchPage(Struct, frozen=True):
    """The rows of one search, best first. `total` is exact up to 1,000, then `capped` is True.

    `corrected` where nothing matches the text as typed and a typing mistake was forgiven.
    """

    text: str
    rows: tuple[ProductRow, ...]
    total: int
    capped: bool
    elapsed_ms: float
    corrected: bool = False


class BreakView(Struct, frozen=True):
    """One quantity break: from `qty_min` on, `unit_net`."""

    qty_min: int
    unit_net: Decimal


class PriceAhead(Struct, frozen=True):
    """A price known in advance: from `day` on, the list price and my unit net, in euros per unit. `label` names what
    changes then: the price list or the condition.
    """

    day: date
    list_price: Decimal
    unit_net: Decimal
    label: str


class ProductDetail(Struct, frozen=True):
    """One product with everything the panel shows; `ahead` are the prices of later days, soonest first."""

    product: Product
    family_name: str
    stock: tuple[StockView, ...]
    price: PricedLine | None
    breaks: tuple[BreakView, ...]
    ahead: tuple[PriceAhead, ...] = ()


class FamilyView(Struct, frozen=True):
    """A family with the number of its products."""

    code: str
    name: str
    products: int


class BrandView(Struct, frozen=True):
    """A brand with the number of its products."""

    name: str
    products: int


class FacetsView(Struct, frozen=True):
    """What the products found belong to, most frequent first; `exact` where no match was left out of the counts."""

    families: tuple[FamilyView, ...]
    brands: tuple[BrandView, ...]
    exact: bool


class CreditView(Struct, frozen=True):
    """Credit after this basket: `limit - (unpaid + undelivered + basket)`; None limit = not limited.

    `policy` is what the manufacturer does with an order over the limit.
    """

    limit: Decimal | None
    unpaid: Decimal | None
    undelivered: Decimal
    basket: Decimal
    as_of: datetime | None
    policy: CreditPolicy = CreditPolicy.WARN

    @property
    def left(self) -> Decimal | None:
        """What is left after this basket, below zero when over the limit; None where there is no limit."""
        if self.limit is None:
            return None
        return self.limit - (self.unpaid or Decimal(0)) - self.undelivered - self.basket


class CarriageView(Struct, frozen=True):
    """Carriage of one wholesaler's part: what it costs and how far it is from free carriage (None: never free).

    `goods` are after their discounts. `delivery_days` is how long the wholesaler takes, None where it says nothing;
    `express_fee` what express delivery of this part costs besides, None where there is none; `express` whether it is
    asked for and in `carriage`.
    """

    wholesaler: str
    name: str
    letter: str
    carriage: Decimal
    fee: Decimal
    free_from: Decimal | None
    goods: Decimal
    delivery_days: int | None = None
    express_fee: Decimal | None = None
    express: bool = False

    @property
    def missing(self) -> Decimal | None:
        """Euros of goods still missing for free carriage; 0 when reached, None where never free."""
        return None if self.free_from is None else max(self.free_from - self.goods, Decimal(0))


class LineView(Struct, frozen=True):
    """One line of an open draft. `key` names the line for its life; `number` is its 1-based place.

    `asked` is the quantity as typed where it was rounded up to the pack multiple. `chosen` is False while nobody
    named the wholesaler and sourcing picks it. `priced` is None where the line cannot be priced; `problems` say why.
    `was` is the unit net last shown where the price has moved since the draft was closed, else None.
    """

    key: int
    number: int
    sku: str
    name: str
    manufacturer_ref: str
    quantity: int
    asked: int | None
    wholesaler: str
    chosen: bool
    priced: PricedLine | None
    stock: tuple[StockView, ...]
    problems: tuple[Problem, ...]
    pack_multiple: int = 1
    was: Decimal | None = None


class OrderDetails(Struct, frozen=True):
    """What an order says besides its lines: customer reference, delivery, end client (a bid's), note."""

    reference: str = ""
    delivery: Delivery = field(default_factory=Delivery)
    end_client: str = ""
    note: str = ""


class DraftChange(Struct, frozen=True):
    """What one act did to a draft, by line key: which lines look different, came, went.

    `rounded` is (asked, taken) where a quantity was raised to the next one that can be ordered; `merged_into` is the
    line that took the quantity where sku and wholesaler were there already.
    """

    changed: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    rounded: tuple[int, int] | None = None
    merged_into: int | None = None


class DuplicateWarning(Struct, frozen=True):
    """Another order that looks like this one: `same-reference`, or `same-lines` within 24 hours."""

    code: str
    order_id: str
    desk_no: str
    reference: str
    created_at: datetime


class PaymentView(Struct, frozen=True):
    """The payment clause for an invoice of today: when it falls due, and what paying until `early_until` takes off.

    Each None where nothing is agreed. `early` is euros incl. VAT.
    """

    terms: PaymentTerms
    due: date | None
    early: Decimal | None = None
    early_until: date | None = None


class DraftSummary(Struct, frozen=True):
    """What stands beside the wizard at every step. `territory` is where the goods go, as far as VAT is concerned."""

    lines: int
    pieces: int
    totals: Totals
    carriage: tuple[CarriageView, ...]
    credit: CreditView
    problems: tuple[Problem, ...]
    territory: Territory = Territory.MAINLAND
    payment: PaymentView | None = None


class Lights(Struct, frozen=True):
    """The three lights of an order; each is `done`, `waiting`, `off` or `stop`."""

    desk: str
    manufacturer: str
    their_system: str


class DraftShare(Struct, frozen=True):
    """Who holds a shared draft, and since when.

    `mine`: it is held at this desk, else it can be taken over. `told`: the others see it as it is here. `parted`: a
    colleague, `other`, has it otherwise, and a person must look at both. `reason` is why it cannot be shared.
    """

    holder: str
    since: datetime
    mine: bool
    told: bool = True
    parted: bool = False
    other: str = ""
    reason: str = ""


class OrderSummary(Struct, frozen=True):
    """One row of the order list."""

    order_id: str
    desk_no: str
    order_no: str
    revision: int
    reference: str
    status: Status
    delivery_state: DeliveryState
    lights: Lights
    created_at: datetime
    updated_at: datetime
    lines: int
    total: Decimal
    reason: str = ""
    author: str = ""
    shared: DraftShare | None = None


class JournalEntry(Struct, frozen=True):
    """One thing that happened to an order, here or at the manufacturer; `code` names the words, oldest first."""

    at: datetime
    source: str
    code: str
    params: tuple[tuple[str, str], ...] = ()


class LineProgress(Struct, frozen=True):
    """How far a line of an accepted order is at the manufacturer."""

    sku: str
    name: str
    quantity: int
    unit_net: Decimal
    line_total: Decimal
    confirmed: int
    backorder: int
    shipped: int
    invoiced: int
    refused: int


class SubOrderProgress(Struct, frozen=True):
    """One wholesaler's part of an accepted order. `totals` are its sums as the manufacturer counts them."""

    wholesaler: str
    name: str
    letter: str
    lines: tuple[LineProgress, ...]
    total: Decimal
    goods: Decimal
    totals: Totals = field(default_factory=Totals)


class Difference(Struct, frozen=True):
    """One difference between what the desk sent and what the manufacturer answers.

    `code` as on the wire (price-changed, discontinued, pack-multiple, total-changed ...). `line` is 1-based, None for
    the whole order; `field` is what of it differs (unit_price, quantity ...). `can_take` False: the line can only be
    removed or asked about.
    """

    code: str
    line: int | None
    sku: str
    name: str
    quantity: int
    yours: str
    ours: str
    can_take: bool
    replaced_by: str = ""
    detail: str = ""
    field: str = ""


class ChangedTerms(Struct, frozen=True):
    """The manufacturer's answer `terms-changed`, ready for a decision. Totals are TTC."""

    order_id: str
    desk_no: str
    received_at: datetime
    differences: tuple[Difference, ...]
    your_total: Decimal
    their_total: Decimal
    your_goods: Decimal
    their_goods: Decimal


class ChangeView(Struct, frozen=True):
    """The change of an accepted order that was asked for last. `state` is `waiting`, `done`, `refused` or `given-up`.

    `lines` are (sku, wholesaler, units left); None leaves reference or note as it was. `at`: when it was answered, else
    asked for. `code` and `detail` say why it was refused, `code` why it waits (`delivery_state` tells how).
    """

    state: str
    at: datetime
    delivery_state: DeliveryState
    lines: tuple[tuple[str, str, int], ...] = ()
    wanted_date: date | None = None
    no_date: bool = False
    reference: str | None = None
    note: str | None = None
    code: str = ""
    detail: str = ""


class OrderView(Struct, frozen=True):
    """One order as a dossier. `sub_orders` are as sent from this desk; `progress` is what the manufacturer has.

    `names` maps sku to product name, `marks` the code of a wholesaler in `sub_orders` to its name and letter.
    `ways_out` are what a person can do where it is stuck (see `ways_out.Exit`); `asked_again`: it was accepted, the
    server has lost that since, and its answer is awaited once more.
    """

    summary: OrderSummary
    delivery: Delivery
    author: str
    end_client: str
    note: str
    sub_orders: tuple[SubOrder, ...]
    names: dict[str, str]
    totals: Totals
    problems: tuple[Problem, ...]
    progress: tuple[SubOrderProgress, ...]
    changed_terms: ChangedTerms | None
    history: tuple[JournalEntry, ...]
    marks: dict[str, tuple[str, str]] = field(default_factory=dict)
    ways_out: tuple[str, ...] = ()
    asked_again: bool = False
    change: ChangeView | None = None


class QueueRow(Struct, frozen=True):
    """One message that has not been answered yet, as the Sync centre lists it."""

    order_id: str
    desk_no: str
    reference: str
    revision: int
    kind: str
    delivery_state: DeliveryState
    attempts: int
    next_try: datetime | None
    reason: str
    since: datetime
    total: Decimal


class CollectionAge(Struct, frozen=True):
    """How old one collection of data is and how many rows it has, with the hash over them (64 hexadecimal digits).

    `verified` when both were found equal to the manufacturer's at `synced_at`.
    """

    collection: str
    rows: int
    synced_at: datetime | None
    verified: bool
    stale: bool
    hash: str = ""


class LossView(Struct, frozen=True):
    """What came of the orders after the manufacturer's server was put back and had lost its history, at `at`.

    So many were sent `again`, are still `leaving` again, and need a `person`.
    """

    at: datetime
    again: int
    leaving: int
    person: int


class SyncStatus(Struct, frozen=True):
    """The connection and the queue, in facts; the front end makes the words. `loss` is told for a week, and as long as
    an order of it is unsettled. `params` are the facts of `reason`, such as the `minimum` version.
    """

    connected: bool
    online: bool
    since: datetime | None
    last_success: datetime | None
    next_try: datetime | None
    running: bool
    waiting: int
    held: int
    attention: int
    reason: str
    collections: tuple[CollectionAge, ...]
    loss: LossView | None = None
    params: Mapping[str, str] = {}


class RoundReport(Struct, frozen=True):
    """What one sync round did. `reason` names what went wrong, "" where nothing did; `message` says it in English.

    `reconciled` counts what became of earlier answers where the server had lost its history (again, told, kept,
    changed, person); empty where it had not.
    """

    pulled: dict[str, int]
    pushed: int
    waiting: int
    attention: int
    online: bool
    reason: str = ""
    message: str = ""
    reconciled: dict[str, int] = {}


class Identity(Struct, frozen=True):
    """Who this desk works for, as the shell shows it."""

    account: str
    dealer: str
    manufacturer: str
    author: str
    practice: bool
    server_url: str
    group: str = ""
