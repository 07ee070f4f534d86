"""What a plan is good by: the weights that make one number of a choice's figures, the least being the best."""

from typing import NamedTuple

from desktop_app.domain.planning.model import Figures, Model
from desktop_app.domain.planning.options import UNKNOWN_WAIT, Option

# Room between the weights for the fractions that bounds work with.
_FINE = 10**6
# What counts below a cent, all together, is less than this part of one.
_BELOW_A_CENT = 1000
# More than any order comes to, in cents.
_MOST_CENTS = 10**15


class Goal(NamedTuple):
    """Weights of refusals, backordered units, cents, deliveries and waiting days. Each outweighs all below it."""

    refusal: int
    backorder: int
    cent: int
    delivery: int
    day: int

    def value(self, figures: Figures) -> int:
        """The number that stands for a choice's figures."""
        return (
            figures.refusals * self.refusal
            + figures.backordered * self.backorder
            + figures.cents * self.cent
            + figures.deliveries.bit_count() * self.delivery
            + figures.days * self.day
        )

    def of_option(self, option: Option) -> int:
        """The value of an option as far as it follows from its line alone."""
        cents = option.split if option.cents is None else option.cents
        return cents * self.cent + option.days * self.day + option.backordered * self.backorder

    def snapped(self, bound: int) -> int:
        """The bound raised to the next whole cent where it stands between two: no choice comes to part of a cent."""
        whole, rest = divmod(bound, self.cent)
        return bound if rest * _BELOW_A_CENT <= self.cent else (whole + 1) * self.cent


class Most(NamedTuple):
    """The most that any choice of a model can come to."""

    days: int
    deliveries: int
    units: int


def most_of(model: Model) -> Most:
    """Generous limits for the figures of a model, whatever is chosen."""
    units = sum(line.demand.quantity for line in model.lines)
    return Most(units * UNKNOWN_WAIT, len(model.deliveries) + 1, units)


def cheapest(most: Most) -> Goal:
    """The payable before VAT, then deliveries, then waiting days."""
    day = _FINE
    delivery = day * (most.days + 1)
    cent = delivery * most.deliveries * _BELOW_A_CENT
    return _with_refusals(cent, delivery, day, cent * (_MOST_CENTS), most)


def fewest(most: Most) -> Goal:
    """Deliveries, then the payable before VAT, then waiting days."""
    day = _FINE
    cent = day * (most.days + 1) * _BELOW_A_CENT
    delivery = cent * (_MOST_CENTS)
    return _with_refusals(cent, delivery, day, delivery * most.deliveries, most)


def earliest(most: Most) -> Goal:
    """Waiting days, then the payable before VAT, then deliveries."""
    delivery = _FINE
    cent = delivery * most.deliveries * _BELOW_A_CENT
    day = cent * (_MOST_CENTS)
    return _with_refusals(cent, delivery, day, day * (most.days + 1), most)


def _with_refusals(cent: int, delivery: int, day: int, backorder: int, most: Most) -> Goal:
    return Goal(backorder * (most.units + 1), backorder, cent, delivery, day)
