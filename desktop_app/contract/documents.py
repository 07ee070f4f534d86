"""The documents a feed carries, one Struct per collection, and their way into the domain.

Decimals travel as strings, dates as ISO 8601. Unknown fields are ignored by the decoder.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import msgspec

from desktop_app.domain.agreement import Agreement, CountedOrders, Tier, TierMode, Turnover
from desktop_app.domain.catalog import (
    DEFAULT_CARRIAGE_VAT,
    CarriageRate,
    DatedPrice,
    Family,
    Offer,
    Product,
    ProductStatus,
    Wholesaler,
)
from desktop_app.domain.condition import Combine, Condition, QtyScope, Step, Unit
from desktop_app.domain.party import Address, CreditPolicy, Dealer, MonthEnd, PaymentTerms

# A plain, non-negative decimal: no exponent, no NaN, no sign, no comma.
DecimalText = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,12}(\.[0-9]{1,8})?$")]
# A sum of orders: longer than any of their amounts.
SumText = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,20}(\.[0-9]{1,2})?$")]
ShortText = Annotated[str, msgspec.Meta(max_length=2_000)]
LongText = Annotated[str, msgspec.Meta(max_length=20_000)]
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Count = Annotated[int, msgspec.Meta(ge=0, le=999_999_999)]
Positive = Annotated[int, msgspec.Meta(ge=1, le=999_999)]

SHARED_COLLECTIONS = ("families", "wholesalers", "products", "stock", "stock_dates")
ACCOUNT_COLLECTIONS = ("account", "terms", "agreements", "turnover", "orders")
# Kept for the account only by a server that announces it.
DRAFTS = "drafts"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


class FamilyDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """A product family; the feed id is its code."""

    code: Key
    name_fr: ShortText = ""
    name_en: ShortText = ""

    def to_domain(self) -> Family:
        """The family as the rules see it."""
        return Family(self.code, self.name_fr, self.name_en)


class CarriageRateDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row of a wholesaler's carriage table: up to `weight_max` kilograms to `zone` (`*`, `FR`, `FR-20`)."""

    zone: Key
    fee: DecimalText
    weight_max: DecimalText | None = None
    express_fee: DecimalText | None = None

    def to_domain(self) -> CarriageRate:
        """The row as the rules see it."""
        return CarriageRate(self.zone, Decimal(self.fee), _decimal(self.weight_max), _decimal(self.express_fee))


class WholesalerDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """A wholesaler; the feed id is its code."""

    code: Key
    name: ShortText = ""
    seller: ShortText = ""
    order_minimum: DecimalText | None = None
    small_order_fee: DecimalText | None = None
    free_carriage_from: DecimalText | None = None
    carriage_fee: DecimalText = "0"
    carriage_vat_rate: DecimalText = str(DEFAULT_CARRIAGE_VAT)
    delivery_days: Count | None = None
    express_fee: DecimalText | None = None
    carriage_table: list[CarriageRateDoc] = []
    stock_shelf_hours: Count = 24

    def to_domain(self) -> Wholesaler:
        """The wholesaler as the rules see it."""
        return Wholesaler(
            code=self.code,
            name=self.name,
            seller=self.seller,
            order_minimum=_decimal(self.order_minimum),
            small_order_fee=_decimal(self.small_order_fee),
            free_carriage_from=_decimal(self.free_carriage_from),
            carriage_fee=Decimal(self.carriage_fee),
            carriage_vat_rate=Decimal(self.carriage_vat_rate),
            delivery_days=self.delivery_days,
            express_fee=_decimal(self.express_fee),
            carriage_table=tuple(row.to_domain() for row in self.carriage_table),
            stock_shelf_hours=self.stock_shelf_hours,
        )


class DatedPriceDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """A list price between two dates, at one wholesaler or at all."""

    list_price: DecimalText
    wholesaler: ShortText = ""
    start: date | None = None
    end: date | None = None
    label: ShortText = ""

    def to_domain(self) -> DatedPrice:
        """The price as the rules see it."""
        return DatedPrice(Decimal(self.list_price), self.wholesaler, self.start, self.end, self.label)


class ProductDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """A product; the feed id is its sku."""

    sku: Key
    name: ShortText
    list_price: DecimalText
    vat_rate: DecimalText
    ean: ShortText = ""
    manufacturer_ref: ShortText = ""
    brand: ShortText = ""
    family: ShortText = ""
    eco_fee: DecimalText = "0"
    pack_multiple: Positive = 1
    min_qty: Positive = 1
    status: ProductStatus = ProductStatus.ACTIVE
    replaced_by: ShortText = ""
    description: LongText = ""
    private_copy_fee: DecimalText = "0"
    weight: DecimalText = "0"
    vat_rate_overseas: DecimalText | None = None
    prices: list[DatedPriceDoc] = []

    def to_domain(self, rev: int) -> Product:
        """The product as the rules see it, at feed revision `rev`."""
        return Product(
            sku=self.sku,
            name=self.name,
            list_price=Decimal(self.list_price),
            vat_rate=Decimal(self.vat_rate),
            ean=self.ean,
            manufacturer_ref=self.manufacturer_ref,
            brand=self.brand,
            family=self.family,
            eco_fee=Decimal(self.eco_fee),
            pack_multiple=self.pack_multiple,
            min_qty=self.min_qty,
            status=self.status,
            replaced_by=self.replaced_by,
            description=self.description,
            rev=rev,
            private_copy_fee=Decimal(self.private_copy_fee),
            weight=Decimal(self.weight),
            vat_rate_overseas=_decimal(self.vat_rate_overseas),
            prices=tuple(price.to_domain() for price in self.prices),
        )


class StockDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """One wholesaler's stock of one product; the feed id is `wholesaler/sku`."""

    wholesaler: Key
    sku: Key
    available: Count
    next_arrival: date | None = None
    next_qty: Count | None = None
    list_price: DecimalText | None = None

    def to_domain(self) -> Offer:
        """The offer as the rules see it."""
        return Offer(
            self.wholesaler, self.sku, self.available, self.next_arrival, self.next_qty, _decimal(self.list_price)
        )


class StockDateDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """When a wholesaler's stock was taken (collection `stock_dates`); the feed id is the wholesaler's code."""

    wholesaler: Key
    as_of: datetime


class ConditionDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of the dealer's conditions (collection `terms`); the feed id is its id."""

    id: Key
    step: Step
    value: DecimalText
    unit: Unit
    buyer: Key
    product: Key
    wholesaler: ShortText = ""
    channel: ShortText = ""
    start: date | None = None
    end: date | None = None
    qty_min: Count = 0
    qty_scope: QtyScope = QtyScope.LINE
    end_client: ShortText = ""
    combine: Combine | None = None
    quota: Count | None = None
    stock_cap: Count | None = None
    stock_used: Count = 0
    amount_min: DecimalText = "0"
    contract_ref: ShortText = ""
    label: ShortText = ""

    def to_domain(self, rev: int) -> Condition:
        """The condition as the rules see it; an empty `combine` means replace for NET, else cascade."""
        combine = self.combine or (Combine.REPLACE if self.unit is Unit.NET else Combine.CASCADE)
        return Condition(
            id=self.id,
            step=self.step,
            value=Decimal(self.value),
            unit=self.unit,
            buyer=self.buyer,
            product=self.product,
            wholesaler=self.wholesaler,
            channel=self.channel,
            start=self.start,
            end=self.end,
            qty_min=self.qty_min,
            qty_scope=self.qty_scope,
            end_client=self.end_client,
            combine=combine,
            quota=self.quota,
            stock_cap=self.stock_cap,
            stock_used=self.stock_used,
            amount_min=Decimal(self.amount_min),
            contract_ref=self.contract_ref,
            label=self.label,
            rev=rev,
        )


class AddressDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """A delivery address."""

    name: ShortText = ""
    street: ShortText = ""
    postcode: ShortText = ""
    city: ShortText = ""
    country: ShortText = "FR"

    def to_domain(self) -> Address:
        """The address as the rules see it."""
        return Address(self.name, self.street, self.postcode, self.city, self.country)


class AccountDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """The dealer himself (collection `account`, one row; the feed id is the account)."""

    account: Key
    name: ShortText
    group: ShortText = ""
    siret: ShortText = ""
    address: AddressDoc = AddressDoc()
    credit_limit: DecimalText | None = None
    online_bonus_percent: DecimalText = "0"
    online_bonus_from: date | None = None
    online_bonus_to: date | None = None
    unpaid: DecimalText | None = None
    unpaid_as_of: datetime | None = None
    undelivered: SumText = "0"
    vat_id: ShortText = ""
    credit_policy: CreditPolicy = CreditPolicy.WARN
    payment_days: Count | None = None
    payment_month_end: MonthEnd = MonthEnd.NONE
    early_payment_percent: DecimalText = "0"
    early_payment_days: Count = 0
    quota_used: dict[str, Count] = {}

    def to_domain(self) -> Dealer:
        """The dealer as the rules see it."""
        return Dealer(
            account=self.account,
            name=self.name,
            group=self.group,
            siret=self.siret,
            address=self.address.to_domain(),
            credit_limit=_decimal(self.credit_limit),
            online_bonus_percent=Decimal(self.online_bonus_percent),
            online_bonus_from=self.online_bonus_from,
            online_bonus_to=self.online_bonus_to,
            unpaid=_decimal(self.unpaid),
            unpaid_as_of=self.unpaid_as_of,
            undelivered=Decimal(self.undelivered),
            vat_id=self.vat_id,
            credit_policy=self.credit_policy,
            payment=PaymentTerms(
                self.payment_days,
                self.payment_month_end,
                Decimal(self.early_payment_percent),
                self.early_payment_days,
            ),
            quota_used=self.quota_used,
        )


class TierDoc(msgspec.Struct, frozen=True):
    """From `turnover_from` euros on, `percent` per cent."""

    turnover_from: DecimalText
    percent: DecimalText


class AgreementDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """A back-margin agreement (collection `agreements`); the feed id is its id."""

    id: Key
    buyer: Key
    start: date
    end: date
    tiers: Annotated[list[TierDoc], msgspec.Meta(min_length=1, max_length=100)]
    mode: TierMode = TierMode.TOTAL
    base: CountedOrders = CountedOrders.ALL
    include: list[Key] = []
    exclude: list[Key] = []
    gate_paid: bool = False
    gate_growth: DecimalText | None = None
    contract_ref: ShortText = ""
    label: ShortText = ""

    def to_domain(self, rev: int) -> Agreement:
        """The agreement as the rules see it, its tiers ascending."""
        tiers = sorted((Tier(Decimal(tier.turnover_from), Decimal(tier.percent)) for tier in self.tiers), key=_from)
        return Agreement(
            id=self.id,
            buyer=self.buyer,
            start=self.start,
            end=self.end,
            tiers=tuple(tiers),
            mode=self.mode,
            base=self.base,
            include=tuple(self.include),
            exclude=tuple(self.exclude),
            gate_paid=self.gate_paid,
            gate_growth=_decimal(self.gate_growth),
            contract_ref=self.contract_ref,
            label=self.label,
            rev=rev,
        )


class TurnoverDoc(msgspec.Struct, frozen=True, omit_defaults=True):
    """What counts for one agreement so far (collection `turnover`, the dealer's own); the feed id is the agreement."""

    agreement: Key
    turnover: SumText
    as_of: datetime
    reference: SumText | None = None
    overdue: SumText | None = None

    def to_domain(self) -> Turnover:
        """The turnover as the rules see it."""
        return Turnover(
            self.agreement, Decimal(self.turnover), self.as_of, _decimal(self.reference), _decimal(self.overdue)
        )


def _from(tier: Tier) -> Decimal:
    return tier.turnover_from
