"""What document discounts take off at most and at least in a search node; what they really take off the engine says."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop_app.domain.condition import Condition, Unit
from desktop_app.domain.planning.classes import Range
from desktop_app.domain.planning.model import Model

# Fractions of a per cent are counted in this many parts of one.
PARTS_OF_ONE = 10**8

Keys = tuple[str, ...]


class DiscountBounds:
    """Limits of the document discounts. `keys` are the product keys under which a line's goods can earn them; `among`
    the first and last rank that may win, one past the last rank meaning none.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._rates = len({line.rate for line in model.lines if line.document_keys})
        self._most: dict[tuple[Keys, int, Range], int] = {}

    def most(self, keys: Keys, at: int, among: Range) -> int:
        """The percentage that is taken off goods at most, in parts of one."""
        if not keys:
            return 0
        place = (keys, at, among)
        if place not in self._most:
            percents = (
                one.value for one in self._possible(at, among) if one.unit is Unit.PERCENT and one.product in keys
            )
            best = max(percents, default=Decimal(0))
            self._most[place] = max(int((best * PARTS_OF_ONE / 100).to_integral_value(ROUND_CEILING)), 0)
        return self._most[place]

    def sure(self, keys: Keys, at: int, among: Range) -> int:
        """The percentage that is taken off goods in any case, in parts of one."""
        one = self._sure(at, among)
        if one is None or one.unit is not Unit.PERCENT or one.product not in keys:
            return 0
        return int((one.value * PARTS_OF_ONE / 100).to_integral_value(ROUND_FLOOR))

    def fixed(self, at: int, among: Range) -> int:
        """The cents that discounts in euros take off a sub-order at most."""
        euros = max((one.value for one in self._possible(at, among) if one.unit is Unit.EUR), default=Decimal(0))
        return int((euros * 100).to_integral_value(ROUND_CEILING))

    def sure_fixed(self, at: int, among: Range) -> int:
        """The cents that are taken off a sub-order in any case.

        Nothing where the discount may meet goods of less than its value: then it takes off no more than those.
        """
        one = self._sure(at, among)
        if one is None or one.unit is not Unit.EUR or one.amount_min < one.value:
            return 0
        return int((one.value * 100).to_integral_value(ROUND_FLOOR))

    def roundings(self, at: int, among: Range) -> int:
        """The half cents that rounding a percentage per VAT rate may add to what it takes off."""
        return self._rates if any(one.unit is Unit.PERCENT for one in self._possible(at, among)) else 0

    def roundings_of_all(self) -> int:
        """The cents that all these roundings together may come to."""
        houses = enumerate(self._model.houses)
        halves = sum(self.roundings(at, (0, len(house.documents))) for at, house in houses if house.documents)
        return -(-halves // 2)

    def _possible(self, at: int, among: Range) -> tuple[Condition, ...]:
        return self._model.houses[at].documents[among[0] : among[1] + 1]

    def _sure(self, at: int, among: Range) -> Condition | None:
        documents = self._model.houses[at].documents
        return documents[among[0]] if among[0] == among[1] < len(documents) else None
