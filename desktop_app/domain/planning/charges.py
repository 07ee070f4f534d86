"""What a sub-order costs besides its goods at one wholesaler: carriage and small-order fee, by classes that change it.

The rules are the engine's; here they are asked once per class of goods and weight.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from desktop_app.domain.carriage import carriage_of
from desktop_app.domain.catalog import Wholesaler
from desktop_app.domain.money import ZERO
from desktop_app.domain.party import Address
from desktop_app.domain.planning.tariff import cents
from desktop_app.domain.totals import small_order_fee_of
from desktop_app.domain.validation import check_express, check_minimum

# Weights are whole hundred-millionths of a kilogram here: all decimals that the wire can carry.
WEIGHT_SCALE = 8


class Charge(NamedTuple):
    """Cents besides the goods, and how many refusals the sub-order would meet."""

    cents: int
    refusals: int


class Charges:
    """The charges of one wholesaler to one destination.

    A class of goods is the number of `goods_steps` reached, a class of weight the number of `weight_steps` passed.
    """

    def __init__(self, wholesaler: Wholesaler, destination: Address, express: bool) -> None:
        self._wholesaler, self._destination, self._express = wholesaler, destination, express
        self.goods_steps = _ascending(
            int((euros * 100).to_integral_value(ROUND_CEILING))
            for euros in (wholesaler.order_minimum, wholesaler.free_carriage_from)
            if euros is not None and euros > 0
        )
        self.weight_steps = _ascending(
            scaled_weight(row.weight_max) for row in wholesaler.carriage_table if row.weight_max is not None
        )
        self._known: dict[tuple[int, int], Charge] = {}

    def goods_class(self, goods: int) -> int:
        """The class of so many cents of goods after discounts."""
        return bisect_right(self.goods_steps, goods)

    def weight_class(self, weight: int) -> int:
        """The class of a scaled weight."""
        return bisect_left(self.weight_steps, weight)

    def at(self, goods: int, weight: int) -> Charge:
        """The charge of so many cents of goods after discounts and so much scaled weight."""
        return self.of(self.goods_class(goods), self.weight_class(weight))

    def of(self, goods_class: int, weight_class: int) -> Charge:
        """The charge of a class of goods and weight."""
        known = self._known.get((goods_class, weight_class))
        if known is None:
            known = self._known[goods_class, weight_class] = self._asked(goods_class, weight_class)
        return known

    def least(self, goods: tuple[int, int], weight: tuple[int, int]) -> Charge:
        """The lowest charge among classes from first to last: fewest refusals first."""
        found = (
            self.of(goods_class, weight_class)
            for goods_class in range(goods[0], goods[1] + 1)
            for weight_class in range(weight[0], weight[1] + 1)
        )
        return min(found, key=lambda charge: (charge.refusals, charge.cents))

    def _asked(self, goods_class: int, weight_class: int) -> Charge:
        house = self._wholesaler
        goods = Decimal(self.goods_steps[goods_class - 1]).scaleb(-2) if goods_class else ZERO
        steps = self.weight_steps
        lightest_beyond = steps[-1] + 1 if steps else 0
        weight = Decimal(steps[weight_class] if weight_class < len(steps) else lightest_beyond).scaleb(-WEIGHT_SCALE)
        carriage = carriage_of(house, goods, weight=weight, destination=self._destination, express=self._express)
        refusals = [check_minimum(house, goods)]
        if self._express:
            refusals.append(check_express(house, weight, self._destination))
        count = sum(problem is not None for problem in refusals)
        return Charge(cents(carriage + small_order_fee_of(house, goods)), count)


def scaled_weight(kilograms: Decimal) -> int:
    """A weight as whole hundred-millionths of a kilogram, what is smaller rounded up."""
    return int(kilograms.scaleb(WEIGHT_SCALE).to_integral_value(ROUND_CEILING))


def _ascending(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))
