"""The discount on a whole sub-order: which record wins, and what it takes off the goods of each VAT rate."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import Struct

from desktop_app.domain.applying import PRODUCT_RANKS, Case, product_keys
from desktop_app.domain.catalog import Product
from desktop_app.domain.condition import Condition, Step, Unit
from desktop_app.domain.conflicts import without_conflicts
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


class _Ranked(NamedTuple):
    rank: tuple[Any, ...]
    condition: Condition


_RANK = attrgetter("rank")
# Behind every rank there is.
_LAST = (3,)


class DocumentDiscounts:
    """One dealer's records of the step `document`. `buyers` maps a record's buyer to its rank.

    Only sorted by product at first; those of one product key are ranked when it is asked for.
    """

    def __init__(self, conditions: Iterable[Condition], buyers: Mapping[str, int]) -> None:
        self._buyers = buyers
        self._by_key: dict[str, list[Condition]] = {}
        for one in conditions:
            self._by_key.setdefault(one.product, []).append(one)
        self._ranked: dict[str, list[_Ranked]] = {}

    def records(self) -> Iterable[Sequence[Condition]]:
        """All records, those that name the same products together."""
        return self._by_key.values()

    def keys(self, product: Product) -> tuple[str, ...]:
        """The product keys under which goods of this product can earn such a discount."""
        if not self._by_key:
            return ()
        return tuple(key for key in product_keys(product) if key in self._by_key)

    def holding(self, case: Case) -> tuple[Condition, ...]:
        """The records that can count in this case, best first."""
        every = sorted((one for key in self._by_key for one in self._of(key)), key=_RANK)
        return tuple(one.condition for one in every if case.admits(one.condition))

    def best(self, goods: Mapping[str, GoodsByRate], case: Case) -> DocumentDiscount | None:
        """What the winning record takes off a sub-order whose goods per product key and VAT rate are `goods`.

        None where no record is reached: there must be goods it applies to, `amount_min` of them at least.
        """
        found: _Ranked | None = None
        reached = ZERO
        for ranked in sorted((self._of(key) for key in goods), key=_first_rank):
            if not ranked or (found is not None and found.rank < ranked[0].rank):
                break
            amount = sum(goods[ranked[0].condition.product].values(), ZERO)
            if amount <= ZERO:
                continue
            first = next(
                (one for one in ranked if one.condition.amount_min <= amount and case.admits(one.condition)), None
            )
            if first is not None and (found is None or first.rank < found.rank):
                found, reached = first, amount
        if found is None:
            return None
        base = goods[found.condition.product]
        return _taken_off(found.condition, {rate: part for rate, part in base.items() if part}, reached)

    def _of(self, key: str) -> list[_Ranked]:
        """The records of one product key, best first, without those in conflict."""
        known = self._ranked.get(key)
        if known is None:
            kept, _ = without_conflicts(self._by_key.get(key, ()))
            usable = [_Ranked(_rank(one, self._buyers[one.buyer]), one) for one in kept if one.unit is not Unit.NET]
            known = self._ranked[key] = sorted(usable, key=_RANK)
        return known


def _first_rank(ranked: list[_Ranked]) -> tuple[Any, ...]:
    return ranked[0].rank if ranked else _LAST


def _rank(condition: Condition, buyer: int) -> tuple[Any, ...]:
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
