"""Short ways to say products, wholesalers, conditions and a catalogue in memory, for tests of the rules."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from desktop_app.domain.catalog import Offer, Product, Wholesaler
from desktop_app.domain.condition import Combine, Condition, Step, Unit

DAY = date(2026, 3, 2)


def product(sku: str = "A", list_price: str = "100", vat_rate: str = "20", **more: Any) -> Product:
    """A product; `eco_fee` may be given as text."""
    eco_fee = Decimal(more.pop("eco_fee", "0"))
    return Product(sku, f"Product {sku}", Decimal(list_price), Decimal(vat_rate), eco_fee=eco_fee, **more)


def condition(name: str, step: str, value: str, unit: str = "%", **more: Any) -> Condition:
    """A condition for all buyers on all products unless said otherwise; an empty `combine` as on the wire."""
    default = Combine.REPLACE if unit == "NET" else Combine.CASCADE
    return Condition(
        name,
        Step(step),
        Decimal(value),
        Unit(unit),
        more.pop("buyer", "all"),
        more.pop("product", "all"),
        combine=Combine(more.pop("combine", default)),
        **more,
    )


def wholesaler(code: str = "N", **more: Any) -> Wholesaler:
    """A wholesaler; amounts may be given as text."""
    amounts = ("order_minimum", "small_order_fee", "free_carriage_from", "carriage_fee", "carriage_vat_rate")
    more |= {name: Decimal(more[name]) for name in amounts if name in more}
    return Wholesaler(code, name=more.pop("name", f"House {code}"), **more)


class CatalogInMemory:
    """What a test says there is; where it names no offers, every wholesaler has 1,000 of every product."""

    def __init__(
        self,
        products: Iterable[Product],
        wholesalers: Iterable[Wholesaler] | None = None,
        offers: Iterable[Offer] | None = None,
    ) -> None:
        self._products = {one.sku: one for one in products}
        self._wholesalers = {one.code: one for one in wholesalers or [wholesaler()]}
        self._offers: dict[str, list[Offer]] = {}
        if offers is None:
            offers = [Offer(code, sku, 1_000) for sku in self._products for code in self._wholesalers]
        for offer in offers:
            self._offers.setdefault(offer.sku, []).append(offer)

    def product(self, sku: str) -> Product | None:
        return self._products.get(sku)

    def offers(self, sku: str) -> Sequence[Offer]:
        return self._offers.get(sku, ())

    def wholesaler(self, code: str) -> Wholesaler | None:
        return self._wholesalers.get(code)
