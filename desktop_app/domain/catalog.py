"""Products, wholesalers and offers as the rules see them; reading them from somewhere is not done here."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

DEFAULT_CARRIAGE_VAT = Decimal(20)


class ProductStatus(StrEnum):
    """Whether a product can still be ordered."""

    ACTIVE = "active"
    STOPPED = "stopped"


class DatedPrice(Struct, frozen=True):
    """A list price between two dates, both included; None dates are open, an empty wholesaler means every one.

    `label` names the price list it stands in.
    """

    list_price: Decimal
    wholesaler: str = ""
    start: date | None = None
    end: date | None = None
    label: str = ""

    def holds_on(self, day: date) -> bool:
        """True where `day` lies within the dates, both included."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Product(Struct, frozen=True):
    """One article of the catalogue.

    `list_price`, `eco_fee` and `private_copy_fee` (copie privée) are euros per unit before VAT; `vat_rate` is in per
    cent (20 means 20 %) and holds on the mainland, `vat_rate_overseas` where the product's own rate there is not the
    usual one; `weight` is in kilograms per unit; `pack_multiple` and `min_qty` are whole units, at least 1.
    `prices` are the dated list prices, which go before `list_price`.
    """

    sku: str
    name: str
    list_price: Decimal
    vat_rate: Decimal
    ean: str = ""
    manufacturer_ref: str = ""
    brand: str = ""
    family: str = ""
    eco_fee: Decimal = Decimal(0)
    pack_multiple: int = 1
    min_qty: int = 1
    status: ProductStatus = ProductStatus.ACTIVE
    replaced_by: str = ""
    description: str = ""
    rev: int = 0
    private_copy_fee: Decimal = Decimal(0)
    weight: Decimal = Decimal(0)
    vat_rate_overseas: Decimal | None = None
    prices: tuple[DatedPrice, ...] = ()


class Family(Struct, frozen=True):
    """A product family and its names for people."""

    code: str
    name_fr: str = ""
    name_en: str = ""

    def name(self, language: str) -> str:
        """The name in `language` ("fr" or "en"), else whatever name there is, else the code."""
        first, second = (self.name_fr, self.name_en) if language == "fr" else (self.name_en, self.name_fr)
        return first or second or self.code


class CarriageRate(Struct, frozen=True):
    """One row of a carriage table: what a sub-order up to `weight_max` kilograms (None: any weight) costs to a zone.

    `zone` is `*`, a country (`FR`), or a country and the first figures of the postcode (`FR-20`).
    """

    zone: str
    fee: Decimal
    weight_max: Decimal | None = None
    express_fee: Decimal | None = None


class Wholesaler(Struct, frozen=True):
    """One wholesaler and the terms of a sub-order placed with it. Amounts in euros before VAT; None = no limit.

    `carriage_fee` is the flat fee, for what the table has no row for. `express_fee` is what express delivery costs
    besides; None: there is none. `stock_as_of` is when the stock was taken, `stock_shelf_hours` how long it is good.
    """

    code: str
    name: str = ""
    seller: str = ""
    order_minimum: Decimal | None = None
    small_order_fee: Decimal | None = None
    free_carriage_from: Decimal | None = None
    carriage_fee: Decimal = Decimal(0)
    carriage_vat_rate: Decimal = DEFAULT_CARRIAGE_VAT
    delivery_days: int | None = None
    express_fee: Decimal | None = None
    carriage_table: tuple[CarriageRate, ...] = ()
    stock_shelf_hours: int = 24
    stock_as_of: datetime | None = None


class Offer(Struct, frozen=True):
    """One wholesaler's stock row for one product: a wholesaler lists a product if it has such a row.

    `list_price` overrides the product's own where given.
    """

    wholesaler: str
    sku: str
    available: int
    next_arrival: date | None = None
    next_qty: int | None = None
    list_price: Decimal | None = None


class CatalogReader(Protocol):
    """What the rules need to look up; the desk and the server each bring their own."""

    def product(self, sku: str) -> Product | None:
        """The product, or None if the catalogue has no such sku."""

    def offers(self, sku: str) -> Sequence[Offer]:
        """The offers of every wholesaler that lists the product, in any order."""

    def wholesaler(self, code: str) -> Wholesaler | None:
        """The wholesaler, or None if unknown."""
