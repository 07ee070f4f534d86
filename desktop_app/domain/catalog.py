"""Products, wholesalers and offers as the rules see them; reading them from somewhere is not done here."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

DEFAULT_CARRIAGE_VAT = Decimal(20)


class ProductStatus(StrEnum):
    """Whether a product can still be ordered."""

    ACTIVE = "active"
    STOPPED = "stopped"


class Product(Struct, frozen=True):
    """One article of the catalogue.

    `list_price` and `eco_fee` are euros per unit before VAT; `vat_rate` is in per cent (20 means 20 %);
    `pack_multiple` and `min_qty` are whole units, at least 1.
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


class Family(Struct, frozen=True):
    """A product family and its names for people."""

    code: str
    name_fr: str = ""
    name_en: str = ""

    def name(self, language: str) -> str:
        """The name in `language` ("fr" or "en"), else whatever name there is, else the code."""
        first, second = (self.name_fr, self.name_en) if language == "fr" else (self.name_en, self.name_fr)
        return first or second or self.code


class Wholesaler(Struct, frozen=True):
    """One wholesaler and the terms of a sub-order placed with it. Amounts in euros before VAT; None = no limit."""

    code: str
    name: str = ""
    seller: str = ""
    order_minimum: Decimal | None = None
    small_order_fee: Decimal | None = None
    free_carriage_from: Decimal | None = None
    carriage_fee: Decimal = Decimal(0)
    carriage_vat_rate: Decimal = DEFAULT_CARRIAGE_VAT
    delivery_days: int | None = None


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
