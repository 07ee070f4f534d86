"""The sums of a sub-order and of a basket: carriage, fees, VAT per rate, online bonus. Each sub-order is an invoice."""

from collections.abc import Iterable
from decimal import Decimal

from desktop_app.domain.catalog import Wholesaler
from desktop_app.domain.money import ZERO, round_amount
from desktop_app.domain.order import PricedLine, Totals


class Tally:
    """Running sums of a sub-order's lines: goods, eco and the VAT base per rate. Lines may come and go."""

    __slots__ = ("_bases", "_counts", "eco", "goods", "lines")

    def __init__(self) -> None:
        self.goods = ZERO
        self.eco = ZERO
        self.lines = 0
        self._bases: dict[Decimal, Decimal] = {}
        self._counts: dict[Decimal, int] = {}

    def add(self, line: PricedLine) -> None:
        """Count a line in."""
        self._change(line, 1)

    def remove(self, line: PricedLine) -> None:
        """Count a line out that was counted in before."""
        self._change(line, -1)

    def bases(self) -> dict[Decimal, Decimal]:
        """Goods and eco per VAT rate, for the rates that some line has."""
        return {rate: base for rate, base in self._bases.items() if self._counts[rate]}

    def _change(self, line: PricedLine, sign: int) -> None:
        self.goods += sign * line.line_total
        self.eco += sign * line.eco
        self.lines += sign
        rate = line.vat_rate
        self._bases[rate] = self._bases.get(rate, ZERO) + sign * (line.line_total + line.eco)
        self._counts[rate] = self._counts.get(rate, 0) + sign


def sub_order_totals(tally: Tally, wholesaler: Wholesaler, bonus_percent: Decimal) -> Totals:
    """The figures of one sub-order: VAT half up per rate on the summed base, the rest by exact addition."""
    carriage = carriage_of(wholesaler, tally.goods)
    fees = small_order_fee_of(wholesaler, tally.goods)
    bases = tally.bases()
    if carriage or fees:
        rate = wholesaler.carriage_vat_rate
        bases[rate] = bases.get(rate, ZERO) + carriage + fees
    vat = {rate: round_amount(bases[rate] * rate / 100) for rate in sorted(bases, reverse=True)}
    return Totals(
        goods=tally.goods,
        eco=tally.eco,
        carriage=carriage,
        fees=fees,
        vat=vat,
        total=tally.goods + tally.eco + carriage + fees + sum(vat.values(), ZERO),
        online_bonus=round_amount(tally.goods * bonus_percent / 100),
    )


def carriage_of(wholesaler: Wholesaler, goods: Decimal) -> Decimal:
    """Carriage before VAT: nothing once the goods reach `free_carriage_from`, else the fee; never free where empty."""
    free_from = wholesaler.free_carriage_from
    if free_from is not None and goods >= free_from:
        return ZERO
    return round_amount(wholesaler.carriage_fee)


def small_order_fee_of(wholesaler: Wholesaler, goods: Decimal) -> Decimal:
    """The fee that makes a sub-order below the minimum acceptable; 0 where it is not below or is refused instead."""
    minimum = wholesaler.order_minimum
    if minimum is None or goods >= minimum or wholesaler.small_order_fee is None:
        return ZERO
    return round_amount(wholesaler.small_order_fee)


def sum_totals(parts: Iterable[Totals]) -> Totals:
    """The basket's figures: the sums of its sub-orders', VAT kept per rate."""
    goods = eco = carriage = fees = total = bonus = ZERO
    vat: dict[Decimal, Decimal] = {}
    for part in parts:
        goods += part.goods
        eco += part.eco
        carriage += part.carriage
        fees += part.fees
        total += part.total
        bonus += part.online_bonus
        for rate, amount in part.vat.items():
            vat[rate] = vat.get(rate, ZERO) + amount
    ordered = {rate: vat[rate] for rate in sorted(vat, reverse=True)}
    return Totals(goods, eco, carriage, fees, ordered, total, bonus)
