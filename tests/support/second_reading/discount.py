"""The second reading of the discount on a whole sub-order, and of its split over the VAT rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop_app.domain.catalog import Product
from desktop_app.domain.condition import Condition
from tests.support.second_reading.figures import add, half_up
from tests.support.second_reading.prices import SecondReading, first_in_rank, holds, names


@dataclass(frozen=True)
class Goods:
    """What one line of a sub-order comes to, and the VAT rate that holds for it."""

    article: Product
    rate: Decimal
    total: Fraction


@dataclass(frozen=True)
class Discount:
    """The record that won, and what it takes off the goods of each VAT rate. `floor`: it would have taken more."""

    record: Condition
    by_rate: Mapping[Decimal, Fraction]
    floor: bool

    @property
    def amount(self) -> Fraction:
        return add(self.by_rate.values())


def discount_of(
    reading: SecondReading, lines: Sequence[Goods], wholesaler: str, channel: str, end_client: str, day: date
) -> Discount | None:
    """What is taken off a sub-order, None where no record does."""
    running = [
        record
        for record in reading.records
        if record.step == "document"
        and record.unit != "NET"
        and holds(record, wholesaler, channel, end_client, day)
        and add(_base(record, lines).values()) > 0
        and add(_base(record, lines).values()) >= Fraction(record.amount_min)
    ]
    record = first_in_rank(running)
    if record is None:
        return None
    base = _base(record, lines)
    value = Fraction(record.value)
    if record.unit == "%":
        share = min(value, Fraction(100)) / 100
        return Discount(record, {rate: half_up(of_rate * share, 2) for rate, of_rate in base.items()}, value > 100)
    whole = add(base.values())
    return Discount(record, _split(min(half_up(value, 2), whole), base), half_up(value, 2) > whole)


def _base(record: Condition, lines: Sequence[Goods]) -> dict[Decimal, Fraction]:
    """The goods that the record's product key means, by VAT rate."""
    meant = [line for line in lines if names(record.product, line.article)]
    return {rate: add(line.total for line in meant if line.rate == rate) for rate in {line.rate for line in meant}}


def _split(amount: Fraction, base: Mapping[Decimal, Fraction]) -> dict[Decimal, Fraction]:
    """An amount in proportion to the bases, cent by cent: what rounding down leaves goes to the largest remainders."""
    whole = add(base.values())
    exact = {rate: amount * of_rate / whole * 100 for rate, of_rate in base.items()}
    cents = {rate: share // 1 for rate, share in exact.items()}
    by_remainder = sorted(base, key=lambda rate: (exact[rate] - cents[rate], rate), reverse=True)
    left = int(amount * 100 - sum(cents.values()))
    for rate in by_remainder[:left]:
        cents[rate] += 1
    return {rate: Fraction(count, 100) for rate, count in cents.items()}
