"""The discount on a whole sub-order: which record wins, and what it takes off the goods of each VAT rate."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from desktop_app.domain.applying import PRODUCT_RANKS, Case, product_keys
from desktop_app.domain.catalog import Product
from desktop_app.domain.condition import Condition, Step, Unit
from desktop_app.domain.money import CENT, ZERO, round_amount
from desktop_app.domain.order import NOTE_FLOOR, TraceStep

GoodsByRate = Mapping[Decimal, Decimal]

HUNDRED = Decimal(100)


class DocumentDiscount(Struct, frozen=True):
    """What one record takes off a sub-order: euros per VAT rate, each at 2 decimals and not below zero.

    `stopped` where there were not goods enough for all of it.
    """

    condition: Condition
    by_rate: GoodsByRate
    stopped: bool = False

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
            note=NOTE_FLOOR if self.stopped else "",
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
        self._places: dict[str, list[int]] = {}
        for place, one in enumerate(self._ranked):
            self._places.setdefault(one.product, []).append(place)

    def keys(self, product: Product) -> tuple[str, ...]:
        """The product keys under which goods of this product can earn such a discount."""
        if not self._places:
            return ()
        return tuple(key for key in product_keys(product) if key in self._places)

    def holding(self, case: Case) -> tuple[Condition, ...]:
        """The records that can count in this case, best first."""
        return tuple(one for one in self._ranked if case.admits(one))

    def best(self, goods: Mapping[str, GoodsByRate], case: Case) -> DocumentDiscount | None:
        """What the winning record takes off a sub-order whose goods per product key and VAT rate are `goods`.

        None where no record is reached: there must be goods it applies to, `amount_min` of them at least.
        """
        places = self._places
        found: tuple[int, GoodsByRate, Decimal] | None = None
        for key in sorted(goods.keys() & places.keys(), key=lambda key: places[key][0]):
            if found is not None and found[0] < places[key][0]:
                break
            amount = sum(goods[key].values(), ZERO)
            place = self._first(places[key], amount, case) if amount > ZERO else None
            if place is not None and (found is None or place < found[0]):
                found = place, goods[key], amount
        if found is None:
            return None
        place, base, amount = found
        return _taken_off(self._ranked[place], {rate: part for rate, part in base.items() if part}, amount)

    def _first(self, places: Iterable[int], amount: Decimal, case: Case) -> int | None:
        for place in places:
            condition = self._ranked[place]
            if amount >= condition.amount_min and case.admits(condition):
                return place
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
        # Two that nothing else tells apart may mean different families: the order of records never decides.
        condition.product,
    )


def _taken_off(condition: Condition, base: GoodsByRate, amount: Decimal) -> DocumentDiscount:
    if condition.unit is Unit.PERCENT:
        percent = min(condition.value, HUNDRED)
        off = {rate: round_amount(part * percent / 100) for rate, part in base.items()}
        return DocumentDiscount(condition, off, condition.value > HUNDRED)
    euros = round_amount(condition.value)
    return DocumentDiscount(condition, _split(min(euros, amount), base, amount), euros > amount)


def _split(euros: Decimal, base: GoodsByRate, amount: Decimal) -> dict[Decimal, Decimal]:
    """Euros over the rates in proportion to their goods, exact to the cent: largest remainder, then higher rate.

    In whole cents, since a third has no last decimal and equal remainders must be seen as equal.
    """
    whole = _cents(amount)
    shares = {rate: divmod(_cents(euros) * _cents(part), whole) for rate, part in base.items()}
    cents = {rate: share for rate, (share, _) in shares.items()}
    left = _cents(euros) - sum(cents.values())
    for rate in sorted(base, key=lambda rate: (-shares[rate][1], -rate))[:left]:
        cents[rate] += 1
    return {rate: count * CENT for rate, count in cents.items()}


def _cents(amount: Decimal) -> int:
    return int(amount / CENT)
