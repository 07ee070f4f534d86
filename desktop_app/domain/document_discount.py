"""The discount on a whole sub-order: which record wins, and what it takes off the goods of each VAT rate."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR, Decimal

from msgspec import Struct

from desktop_app.domain.applying import PRODUCT_RANKS, Case, product_keys
from desktop_app.domain.catalog import Product
from desktop_app.domain.condition import Condition, Step, Unit
from desktop_app.domain.money import CENT, ZERO, round_amount
from desktop_app.domain.order import TraceStep

GoodsByRate = Mapping[Decimal, Decimal]


class DocumentDiscount(Struct, frozen=True):
    """What one record takes off a sub-order: euros per VAT rate, each at 2 decimals and not below zero."""

    condition: Condition
    by_rate: GoodsByRate

    @property
    def total(self) -> Decimal:
        """The whole discount."""
        return sum(self.by_rate.values(), ZERO)

    def trace(self, goods: Decimal) -> TraceStep:
        """The row that explains it: the goods of the sub-order after it."""
        one = self.condition
        return TraceStep(
            step=Step.DOCUMENT,
            condition=one.id,
            applied=True,
            price_after=goods - self.total,
            delta=-self.total,
            label=one.label,
            value=one.value,
            unit=one.unit,
            start=one.start,
            end=one.end,
            contract_ref=one.contract_ref,
            version=one.rev,
        )


class DocumentDiscounts:
    """One dealer's records of the step `document`, best first. `buyers` maps a record's buyer to its rank."""

    def __init__(self, conditions: Iterable[Condition], buyers: Mapping[str, int]) -> None:
        usable = (one for one in conditions if one.unit is not Unit.NET)
        self._ranked = sorted(usable, key=lambda one: _rank(one, buyers[one.buyer]))
        self._keys = frozenset(one.product for one in self._ranked)

    def keys(self, product: Product) -> tuple[str, ...]:
        """The product keys under which goods of this product can earn such a discount."""
        if not self._keys:
            return ()
        return tuple(key for key in product_keys(product) if key in self._keys)

    def best(self, goods: Mapping[str, GoodsByRate], case: Case) -> DocumentDiscount | None:
        """What the winning record takes off a sub-order whose goods per product key and VAT rate are `goods`.

        None where no record is reached: there must be goods it applies to, `amount_min` of them at least.
        """
        for condition in self._ranked:
            base = goods.get(condition.product, {})
            amount = sum(base.values(), ZERO)
            if amount > ZERO and amount >= condition.amount_min and case.admits(condition):
                return DocumentDiscount(condition, _taken_off(condition, base, amount))
        return None


def _rank(condition: Condition, buyer: int) -> tuple[object, ...]:
    return (
        buyer,
        PRODUCT_RANKS[condition.product.partition(":")[0]],
        0 if condition.wholesaler else 1,
        0 if condition.channel else 1,
        0 if condition.end_client else 1,
        -condition.amount_min,
        -condition.start.toordinal() if condition.start else 0,
    )


def _taken_off(condition: Condition, base: GoodsByRate, amount: Decimal) -> dict[Decimal, Decimal]:
    if condition.unit is Unit.PERCENT:
        return {rate: min(round_amount(part * condition.value / 100), part) for rate, part in base.items()}
    return _split(min(round_amount(condition.value), amount), base, amount)


def _split(euros: Decimal, base: GoodsByRate, amount: Decimal) -> dict[Decimal, Decimal]:
    """Euros over the rates in proportion to their goods, exact to the cent: largest remainder, then higher rate."""
    exact = {rate: euros * part / amount for rate, part in base.items()}
    shares = {rate: value.quantize(CENT, ROUND_FLOOR) for rate, value in exact.items()}
    cents = int((euros - sum(shares.values(), ZERO)) / CENT)
    for rate in sorted(base, key=lambda rate: (shares[rate] - exact[rate], -rate))[:cents]:
        shares[rate] += CENT
    return shares
