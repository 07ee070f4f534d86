"""What every choice of a search node must give: goods for a class, a discount's base, a weight not passed."""

import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING
from typing import NamedTuple

from desktop_app.domain.condition import Condition
from desktop_app.domain.planning.classes import Classes
from desktop_app.domain.planning.discounts import PARTS_OF_ONE, DiscountBounds, Keys
from desktop_app.domain.planning.model import Model, Sums
from desktop_app.domain.planning.options import Option, PlannedLine


class Need(NamedTuple):
    """At wholesaler `at` at least `amount` of what its parts give: each cent of goods whose line has `product` among
    its keys ("" means every line) gives `share` parts of one, and each unit of weight takes one away where `weighs`.
    """

    at: int
    amount: int
    share: int = PARTS_OF_ONE
    product: str = ""
    weighs: bool = False


class Pulls:
    """What goods and weight are worth to a node besides their price: the discounts they earn, the needs they meet."""

    def __init__(
        self, classes: Classes, discounts: DiscountBounds, cent: int, needs: Sequence[Need], worths: Sequence[int]
    ) -> None:
        self._classes = classes
        self._discounts = discounts
        self._cent = cent
        self._worths = [(need, worth) for need, worth in zip(needs, worths, strict=True) if worth]
        self._rates: dict[tuple[Keys, int], int] = {}
        houses = range(len(classes.goods))
        self.of_weight = [sum(worth for need, worth in self._worths if need.weighs and need.at == at) for at in houses]

    def of_goods(self, keys: Keys, at: int) -> int:
        """The worth of a cent of goods at a wholesaler, of a line with these document keys: never too little."""
        rate = self._rates.get((keys, at))
        if rate is None:
            most = self._discounts.most(keys, at, self._classes.documents[at])
            rate = -(-self._cent * most // PARTS_OF_ONE)
            for need, worth in self._worths:
                if need.at == at and (not need.product or need.product in keys) and not need.weighs:
                    rate += -(-worth * self._share(need, keys) // PARTS_OF_ONE)
            self._rates[keys, at] = rate
        return rate

    def _share(self, need: Need, keys: Keys) -> int:
        return share_of(need, keys, self._classes, self._discounts)


class Needs:
    """The needs of nodes, and what options give to them: never less than they do."""

    def __init__(self, model: Model, discounts: DiscountBounds) -> None:
        self._model = model
        self._discounts = discounts

    def of(self, classes: Classes) -> tuple[Need, ...]:
        """What every choice of a node gives."""
        return tuple(self._of(classes))

    def gift(self, need: Need, classes: Classes, line: PlannedLine, weight: int, goods: int) -> int:
        """What so many cents of goods and so much weight at the need's wholesaler give to it."""
        if need.weighs:
            return -weight
        if need.product and need.product not in line.document_keys:
            return 0
        share = share_of(need, line.document_keys, classes, self._discounts)
        return goods if share == PARTS_OF_ONE else -(-goods * share // PARTS_OF_ONE)

    def given(self, needs: Sequence[Need], classes: Classes, line: PlannedLine, option: Option) -> tuple[int, ...]:
        """What an option gives to each need at most, whatever other lines do."""
        return tuple(self._given(need, classes, line, option) for need in needs)

    def lacking(self, classes: Classes, needs: Sequence[Need], sums: Sums) -> list[int]:
        """What a choice lacks of each need by what it adds up to; not above zero where it meets it."""
        return [need.amount - self._reached(classes, need, sums) for need in needs]

    def _reached(self, classes: Classes, need: Need, sums: Sums) -> int:
        if need.weighs:
            return -sums.weights[need.at]
        if not self._model.has_documents:
            return sums.goods[need.at]
        reached = 0
        for (at, keys, _), goods in sums.bases.items():
            if at == need.at and (not need.product or need.product in keys):
                reached -= -goods * share_of(need, keys, classes, self._discounts) // PARTS_OF_ONE
        return reached

    def can_be_met(self, needs: Sequence[Need], classes: Classes) -> bool:
        """Whether needs could be met together: those for more, each in parts of its amount, and those for less of the
        same goods. True is no promise.
        """
        more = [1.0 / need.amount if need.amount > 0 else 0.0 for need in needs]
        groups = [more]
        for product in {need.product for need in needs if need.share < 0}:
            groups.append([float(need.share < 0 and need.product == product) for need in needs])
        return all(
            self._most_given(needs, classes, scales)
            >= sum(scale * need.amount for scale, need in zip(scales, needs, strict=True)) - 1e-6
            for scales in groups
            if sum(scale > 0 for scale in scales) > 1
        )

    def _most_given(self, needs: Sequence[Need], classes: Classes, scales: Sequence[float]) -> float:
        """The most that a choice can give to needs, each scaled."""
        scaled = [(need, scale) for need, scale in zip(needs, scales, strict=True) if scale]
        houses = sum(1 << at for at in {need.at for need, _ in scaled})
        total = 0.0
        for line in self._model.lines:
            most = -math.inf
            for option in line.options:
                if option.deliveries & classes.closed:
                    continue
                gift = 0.0
                if option.houses & houses:
                    for need, scale in scaled:
                        gift += self._given(need, classes, line, option) * scale
                most = max(most, gift)
            total += most
        return total

    def _of(self, classes: Classes) -> Iterable[Need]:
        for at, house in enumerate(self._model.houses):
            charges, among = house.charges, classes.documents[at]
            lowest, _ = classes.goods[at]
            if lowest:
                yield Need(at, charges.goods_steps[lowest - 1] + self._discounts.sure_fixed(at, among))
            _, heaviest = classes.weights[at]
            if heaviest < len(charges.weight_steps):
                yield Need(at, -charges.weight_steps[heaviest], weighs=True)
            # Of the discounts by rank, the one that wins is reached and those before it are not.
            for document in house.documents[: among[0]]:
                yield Need(at, 1 - _reached_from(document), -PARTS_OF_ONE, document.product)
            if among[0] == among[1] < len(house.documents):
                document = house.documents[among[0]]
                yield Need(at, _reached_from(document), PARTS_OF_ONE, document.product)

    def _given(self, need: Need, classes: Classes, line: PlannedLine, option: Option) -> int:
        gift = 0
        for place, part in enumerate(option.parts):
            if part.at != need.at:
                continue
            if option.cents is not None:
                goods = option.goods[place]
            else:
                goods = self._model.goods_range(line, part)[need.share > 0]
            gift += self.gift(need, classes, line, part.weight, goods)
        return gift


def share_of(need: Need, keys: Keys, classes: Classes, discounts: DiscountBounds) -> int:
    """The parts of one that a cent of a line's goods gives to a need: goods for a class count after the discount."""
    return need.share if need.product else PARTS_OF_ONE - discounts.sure(keys, need.at, classes.documents[need.at])


def _reached_from(document: Condition) -> int:
    """The cents of goods from which a discount counts: there must be some."""
    return max(int((document.amount_min * 100).to_integral_value(ROUND_CEILING)), 1)
