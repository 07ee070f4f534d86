"""Needs: every choice of a node gives what they ask for, as they count it."""

from collections.abc import Iterator

from desktop_app.domain.planning.classes import Classes, Kind
from desktop_app.domain.planning.discounts import DiscountBounds
from desktop_app.domain.planning.model import Choice, Model
from desktop_app.domain.planning.needs import Needs, Pulls
from tests.support.sourcing_orders import choices, tangled


def whole(model: Model) -> Classes:
    return Classes(
        0,
        0,
        tuple((0, len(house.charges.goods_steps)) for house in model.houses),
        tuple((0, len(house.charges.weight_steps)) for house in model.houses),
        tuple((0, len(house.documents)) for house in model.houses),
    )


def node_of(model: Model, choice: Choice) -> Classes:
    """The smallest node that the choice belongs to."""
    classes = whole(model)
    for one in model.sub_orders(choice):
        classes = classes.narrowed(Kind.GOODS, one.at, (one.goods_class, one.goods_class))
        classes = classes.narrowed(Kind.WEIGHT, one.at, (one.weight_class, one.weight_class))
        classes = classes.narrowed(Kind.DOCUMENT, one.at, (one.document, one.document))
    return classes


def some() -> Iterator[tuple[Model, Choice, Classes, Needs]]:
    for seed in range(400):
        model = tangled(seed).model()
        for choice in list(choices(model))[:4]:
            yield model, choice, node_of(model, choice), Needs(model, DiscountBounds(model))


def test_a_choice_meets_the_needs_of_its_own_node() -> None:
    met = 0
    for model, choice, classes, needs in some():
        asked = needs.of(classes)
        assert all(lack <= 0 for lack in needs.lacking(classes, asked, model.sums(choice)))
        assert needs.can_be_met(asked, classes)
        met += len(asked)
    assert met > 400


def test_options_give_at_least_what_the_choice_gives() -> None:
    for model, choice, classes, needs in some():
        asked = needs.of(classes)
        given = [needs.given(asked, classes, line, option) for line, option in zip(model.lines, choice, strict=True)]
        lacking = needs.lacking(classes, asked, model.sums(choice))
        for place, need in enumerate(asked):
            assert sum(gifts[place] for gifts in given) >= need.amount - lacking[place]


def test_goods_and_weight_are_worth_what_they_give_to_needs() -> None:
    for model, choice, classes, needs in some():
        asked = needs.of(classes)
        worths = [7 + place for place in range(len(asked))]
        pulls = Pulls(classes, DiscountBounds(model), 0, asked, worths)
        levels = model.levels(choice)
        for line, option in zip(model.lines, choice, strict=True):
            for part, goods in model.goods_of(line, option, levels):
                pulled = goods * pulls.of_goods(line.document_keys, part.at) - part.weight * pulls.of_weight[part.at]
                worth = sum(
                    worth * needs.gift(need, classes, line, part.weight, goods)
                    for need, worth in zip(asked, worths, strict=True)
                    if need.at == part.at
                )
                # A gift is rounded up, a rate too: they differ by less than a need's worth, and by a unit per cent.
                assert pulled >= worth - sum(worths)
