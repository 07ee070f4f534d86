"""The sums of a sub-order and of a basket: discount, fees, VAT per rate, what is off the invoice. Carriage: `carriage`.

Each sub-order is an invoice.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from desktop_app.domain.carriage import carriage_of
from desktop_app.domain.catalog import Wholesaler
from desktop_app.domain.condition import Step
from desktop_app.domain.document_discount import DocumentDiscount
from desktop_app.domain.money import ZERO, round_amount
from desktop_app.domain.order import PricedLine, Totals
from desktop_app.domain.party import Address
from desktop_app.domain.vat import REASONS, Territory, rate_in


class Shipping(Struct, frozen=True):
    """Where a sub-order goes and how: what carriage and VAT depend on besides the goods."""

    territory: Territory = Territory.MAINLAND
    destination: Address | None = None
    express: bool = False


HERE = Shipping()


class Tally:
    """Running sums of a sub-order's lines: goods, fees per unit, weight, the VAT base per rate. Lines come and go."""

    __slots__ = ("_bases", "_counts", "_keyed", "_rfa", "eco", "goods", "lines", "private_copy", "weight")

    def __init__(self) -> None:
        self.goods = ZERO
        self.eco = ZERO
        self.private_copy = ZERO
        self.weight = ZERO
        self.lines = 0
        self._keyed: dict[str, dict[Decimal, Decimal]] = {}
        self._bases: dict[Decimal, Decimal] = {}
        self._counts: dict[Decimal, int] = {}
        self._rfa = ZERO

    def add(self, line: PricedLine, keys: Iterable[str] = (), weight: Decimal = ZERO) -> None:
        """Count a line in, its goods also under `keys`; `weight` is the line's, in kilograms."""
        self._change(line, 1, keys, weight)

    def remove(self, line: PricedLine, keys: Iterable[str] = (), weight: Decimal = ZERO) -> None:
        """Count a line out that was counted in before, with the same keys and weight."""
        self._change(line, -1, keys, weight)

    def bases(self) -> dict[Decimal, Decimal]:
        """Goods and fees per unit by VAT rate, for the rates that some line has."""
        return {rate: base for rate, base in self._bases.items() if self._counts[rate]}

    def goods_by_key(self) -> Mapping[str, Mapping[Decimal, Decimal]]:
        """The goods of each product key by VAT rate; rates and keys whose lines all went are still there, with 0."""
        return self._keyed

    def rfa(self, discount: Decimal) -> Decimal:
        """The back-margin these goods accrue, at 2 decimals, the lines bearing `discount` in proportion."""
        if not self._rfa or not self.goods:
            return ZERO
        return round_amount(self._rfa * (self.goods - discount) / self.goods / 100)

    def _change(self, line: PricedLine, sign: int, keys: Iterable[str], weight: Decimal) -> None:
        self.goods += sign * line.line_total
        self.eco += sign * line.eco
        self.private_copy += sign * line.private_copy
        self.weight += sign * weight
        self.lines += sign
        rate = line.vat_rate
        whole = line.line_total + line.eco + line.private_copy
        self._bases[rate] = self._bases.get(rate, ZERO) + sign * whole
        self._counts[rate] = self._counts.get(rate, 0) + sign
        for key in keys:
            rates = self._keyed.setdefault(key, {})
            rates[rate] = rates.get(rate, ZERO) + sign * line.line_total
        if line.off_invoice:
            percent = sum((row.value for row in line.off_invoice if row.step is Step.RFA), ZERO)
            self._rfa += sign * line.line_total * percent


def sub_order_totals(
    tally: Tally,
    wholesaler: Wholesaler,
    bonus_percent: Decimal,
    discount: DocumentDiscount | None = None,
    shipping: Shipping = HERE,
) -> Totals:
    """The figures of one sub-order: VAT half up per rate on the summed base, the rest by exact addition."""
    off = ZERO if discount is None else discount.total
    goods = tally.goods - off
    carriage = carriage_of(
        wholesaler, goods, weight=tally.weight, destination=shipping.destination, express=shipping.express
    )
    fees = small_order_fee_of(wholesaler, goods)
    bases = tally.bases()
    for rate, euros in discount.by_rate.items() if discount is not None else ():
        bases[rate] -= euros
    if carriage or fees:
        rate = rate_in(wholesaler.carriage_vat_rate, shipping.territory)
        bases[rate] = bases.get(rate, ZERO) + carriage + fees
    vat = {rate: round_amount(bases[rate] * rate / 100) for rate in sorted(bases, reverse=True)}
    charges = tally.eco + tally.private_copy + carriage + fees
    return Totals(
        goods=tally.goods,
        eco=tally.eco,
        carriage=carriage,
        fees=fees,
        vat=vat,
        total=goods + charges + sum(vat.values(), ZERO),
        online_bonus=round_amount(goods * bonus_percent / 100),
        private_copy=tally.private_copy,
        discount=off,
        rfa=tally.rfa(off),
        vat_reason=REASONS.get(shipping.territory, ""),
    )


def small_order_fee_of(wholesaler: Wholesaler, goods: Decimal) -> Decimal:
    """The fee that makes a sub-order below the minimum acceptable; 0 where it is not below or is refused instead."""
    minimum = wholesaler.order_minimum
    if minimum is None or goods >= minimum or wholesaler.small_order_fee is None:
        return ZERO
    return round_amount(wholesaler.small_order_fee)


def sum_totals(parts: Iterable[Totals]) -> Totals:
    """The basket's figures: the sums of its sub-orders', VAT kept per rate."""
    goods = eco = carriage = fees = total = bonus = private_copy = discount = rfa = ZERO
    vat: dict[Decimal, Decimal] = {}
    reason = ""
    for part in parts:
        goods += part.goods
        eco += part.eco
        carriage += part.carriage
        fees += part.fees
        total += part.total
        bonus += part.online_bonus
        private_copy += part.private_copy
        discount += part.discount
        rfa += part.rfa
        reason = reason or part.vat_reason
        for rate, amount in part.vat.items():
            vat[rate] = vat.get(rate, ZERO) + amount
    ordered = {rate: vat[rate] for rate in sorted(vat, reverse=True)}
    return Totals(goods, eco, carriage, fees, ordered, total, bonus, private_copy, discount, rfa, reason)
