"""Orders on the wire: the immutable document a desk pushes, the recorded outcomes, and the row of the feed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import msgspec

from desktop_app.contract.documents import AddressDoc, Key, ShortText
from desktop_app.contract.wire import OUTCOME_IDS, FieldError, Moment, Whole, check_moment
from desktop_app.domain.money import amount_text, unit_text
from desktop_app.domain.order import MAX_QUANTITY, Delivery, DeliveryMode, PricedLine, Status, SubOrder, Totals

ORDER_SCHEMA = "order/1"
Quantity = Annotated[int, msgspec.Meta(ge=1, le=MAX_QUANTITY)]
# Amounts may be below zero nowhere on this wire; 2 decimals for amounts, 4 for unit prices.
Amount = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,15}\.[0-9]{2}$")]
UnitPrice = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,12}\.[0-9]{4}$")]
OptionalAmount = Annotated[str, msgspec.Meta(pattern=r"^([0-9]{1,15}\.[0-9]{2})?$")]
Rate = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,3}(\.[0-9]{1,8})?$")]
Units = Annotated[int, msgspec.Meta(ge=0, le=MAX_QUANTITY)]
# The encoder leaves a default out where it is this very object.
NO_AMOUNT = "0.00"


class OrderLineDoc(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line as the desk saw it. `rev` is the product's feed revision, `unit_price` the unit net seen."""

    sku: Key
    wholesaler: Key
    quantity: Quantity
    unit_price: UnitPrice
    rev: int = 0


class TotalsDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """Sums before VAT, VAT per rate (key: the rate in per cent, `20`, `5.5`) and the total TTC.

    total = goods - discount + eco + private_copy + carriage + fees + the VAT of all rates.
    """

    goods: Amount
    eco: Amount
    carriage: Amount
    fees: Amount
    vat: dict[Rate, Amount]
    total: Amount
    private_copy: Amount = NO_AMOUNT
    discount: Amount = NO_AMOUNT
    vat_reason: ShortText = ""


class DeliveryDoc(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where, when and how to deliver; no address means the dealer's own."""

    address: AddressDoc | None = None
    wanted_date: date | None = None
    mode: DeliveryMode = DeliveryMode.PARTIAL
    express: bool = False

    def to_domain(self) -> Delivery:
        """The delivery as the rules see it."""
        address = None if self.address is None else self.address.to_domain()
        return Delivery(address, self.wanted_date, self.mode, self.express)


class OrderDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /orders/{order_id}/revisions/{revision}`; its bytes never change once stored.

    `terms_version` and `catalog_version` are the checkpoints' `version` the desk priced with.
    """

    schema: str
    order_id: Key
    revision: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    desk_no: Key
    created_at: datetime
    terms_version: int
    catalog_version: int
    lines: Annotated[list[OrderLineDoc], msgspec.Meta(min_length=1)]
    totals: TotalsDoc
    author: ShortText = ""
    on_behalf_of: ShortText = ""
    reference: ShortText = ""
    end_client: ShortText = ""
    note: ShortText = ""
    delivery: DeliveryDoc = DeliveryDoc()


class RecordLine(msgspec.Struct, frozen=True):
    """One line of an order at the manufacturer and how far each of its units is."""

    sku: str
    name: str
    quantity: Quantity
    unit_net: UnitPrice
    line_total: Amount
    confirmed: Units = 0
    backorder: Units = 0
    shipped: Units = 0
    invoiced: Units = 0
    refused: Units = 0


class RecordSubOrder(msgspec.Struct, frozen=True, omit_defaults=True):
    """One wholesaler's part of an order at the manufacturer."""

    wholesaler: str
    lines: list[RecordLine]
    goods: Amount
    eco: Amount
    carriage: Amount
    fees: Amount
    vat: dict[Rate, Amount]
    total: Amount
    online_bonus: Amount
    private_copy: Amount = NO_AMOUNT
    discount: Amount = NO_AMOUNT
    vat_reason: ShortText = ""


class HistoryEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened to an order at the manufacturer, oldest first."""

    at: Moment
    state: str
    wholesaler: str = ""
    sku: str = ""
    quantity: Whole = 0
    tracking: str = ""
    invoice_no: str = ""
    invoice_total: OptionalAmount = ""
    text: str = ""

    def __post_init__(self) -> None:
        check_moment(self.at)


class OrderRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row of the collection `orders`: an accepted order as the manufacturer has it now; the feed id is order_id.

    `account` is the dealer it belongs to, empty from a server of before: a desk takes no row of another account.
    """

    order_id: str
    order_no: str
    revision: Whole
    status: Status
    received_at: Moment
    sub_orders: list[RecordSubOrder]
    totals: TotalsDoc
    online_bonus: Amount
    desk_no: str = ""
    reference: str = ""
    author: str = ""
    end_client: str = ""
    created_at: Moment | None = None
    delivery: DeliveryDoc = DeliveryDoc()
    history: list[HistoryEntry] = []
    account: str = ""

    def __post_init__(self) -> None:
        check_moment(self.received_at)
        check_moment(self.created_at)


class Accepted(msgspec.Struct, frozen=True, omit_defaults=True):
    """`201`: the order is recorded under `order_no`. `problems` are warnings (credit-limit, stock-short).

    `renumbered_from` is the number it had before the server's history was lost, where another order has that now.
    """

    order_id: str
    order_no: str
    revision: Whole
    received_at: Moment
    terms_version: Whole
    sub_orders: list[RecordSubOrder]
    totals: TotalsDoc
    online_bonus: Amount
    problems: list[FieldError] = []
    renumbered_from: str = ""


class Proposal(msgspec.Struct, frozen=True, omit_defaults=True):
    """The order re-priced by the manufacturer, inside a `terms-changed` problem; lines it cannot sell are absent."""

    day: date
    terms_version: Whole
    catalog_version: Whole
    sub_orders: list[RecordSubOrder]
    totals: TotalsDoc
    online_bonus: Amount


class OutcomeQuery(msgspec.Struct, frozen=True, omit_defaults=True):
    """One revision asked about in `POST /orders:outcomes`, or with `request_id` a request about that order.

    A server of before answers such a question with what it has recorded of the revision: see `Outcome.request_id`.
    """

    order_id: Key
    revision: int
    request_id: Annotated[str, msgspec.Meta(max_length=200)] = ""


class OutcomeRequest(msgspec.Struct, frozen=True):
    """`POST /orders:outcomes`: at most `OUTCOME_IDS` revisions at once."""

    ids: Annotated[list[OutcomeQuery], msgspec.Meta(max_length=OUTCOME_IDS)]


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """A recorded answer as it was first given: its status, the SHA-256 of the document, and its body.

    `receipt` proves that this server gave it, also to the server itself once it has lost it; empty where it gives none,
    as for a request. `request_id` names the request it answers, empty for a revision of the order.
    """

    order_id: str
    revision: int
    status: int
    sha256: str
    body: msgspec.Raw
    receipt: str = ""
    request_id: str = ""


class OutcomeAnswer(msgspec.Struct, frozen=True):
    """The recorded answers in the order asked; null for a revision the server has never recorded."""

    outcomes: list[Outcome | None]


class CancelRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="cancel"):
    """The body of `PUT /orders/{order_id}/requests/{request_id}`: the wish to cancel an accepted order."""

    order_id: Key
    request_id: Key
    created_at: datetime
    author: ShortText = ""
    reason: ShortText = ""


class AmendLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line that shall be less: `quantity` is what is left of it, 0 takes it out."""

    sku: Key
    wholesaler: Key
    quantity: Units


class AmendRequest(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="kind", tag="amend"
):
    """The same, with the wish to change an accepted order: what is left out, or None, stays as it is.

    `no_date` takes the wanted date away; an empty `reference` or `note` empties it. `lines` names only those that
    become less.
    """

    order_id: Key
    request_id: Key
    created_at: datetime
    author: ShortText = ""
    reason: ShortText = ""
    wanted_date: date | None = None
    no_date: bool = False
    reference: ShortText | None = None
    note: ShortText | None = None
    lines: list[AmendLine] = []


OrderRequest = CancelRequest | AmendRequest


class RequestAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The recorded answer to a request: `done` or `refused`, with the order's status after it.

    `code` says why it was refused, for programs; `detail` in words.
    """

    request_id: str
    order_id: str
    result: str
    status: Status
    detail: str = ""
    code: str = ""

    @property
    def granted(self) -> bool:
        """Whether what was asked is done."""
        return self.result == "done"


def rate_key(rate: Decimal) -> str:
    """A VAT rate as a key: `20`, `5.5`, `2.1` (no trailing zeros, never an exponent)."""
    text = f"{rate:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def delivery_doc(delivery: Delivery) -> DeliveryDoc:
    """A delivery as it is written on the wire."""
    address = delivery.address
    if address is None:
        return DeliveryDoc(None, delivery.wanted_date, delivery.mode, delivery.express)
    written = AddressDoc(address.name, address.street, address.postcode, address.city, address.country)
    return DeliveryDoc(written, delivery.wanted_date, delivery.mode, delivery.express)


def totals_doc(totals: Totals) -> TotalsDoc:
    """Totals as they are written on the wire."""
    return TotalsDoc(
        goods=amount_text(totals.goods),
        eco=amount_text(totals.eco),
        carriage=amount_text(totals.carriage),
        fees=amount_text(totals.fees),
        vat={rate_key(rate): amount_text(amount) for rate, amount in totals.vat.items()},
        total=amount_text(totals.total),
        private_copy=_amount_if_any(totals.private_copy),
        discount=_amount_if_any(totals.discount),
        vat_reason=totals.vat_reason,
    )


def record_sub_order(sub_order: SubOrder, names: dict[str, str]) -> RecordSubOrder:
    """A priced sub-order as the manufacturer records it; `names` maps sku to product name."""
    totals = totals_doc(sub_order.totals)
    return RecordSubOrder(
        wholesaler=sub_order.wholesaler,
        lines=[_record_line(line, names.get(line.sku, "")) for line in sub_order.lines],
        goods=totals.goods,
        eco=totals.eco,
        carriage=totals.carriage,
        fees=totals.fees,
        vat=totals.vat,
        total=totals.total,
        online_bonus=amount_text(sub_order.totals.online_bonus),
        private_copy=totals.private_copy,
        discount=totals.discount,
        vat_reason=totals.vat_reason,
    )


def _amount_if_any(value: Decimal) -> str:
    return amount_text(value) if value else NO_AMOUNT


def _record_line(line: PricedLine, name: str) -> RecordLine:
    return RecordLine(line.sku, name, line.quantity, unit_text(line.unit_net), amount_text(line.line_total))
