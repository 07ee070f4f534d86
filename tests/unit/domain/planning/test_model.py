"""The model counts as the engine does, whatever is chosen."""

import random

from desktop_app.domain.order import Delivery
from tests.support.sourcing_orders import choices, long_order, payable_cents, places_of, refusals, tangled


def test_every_choice_costs_what_the_engine_says() -> None:
    rng = random.Random(5)
    looked_at = 0
    for seed in range(500):
        order = tangled(seed)
        model = order.model()
        every = list(choices(model))
        for choice in rng.sample(every, min(len(every), 8)):
            places = places_of(choice)
            basket, figures = order.priced(places), model.figures(choice)
            assert (figures.refusals, figures.cents) == (refusals(basket), payable_cents(basket, places)), seed
            looked_at += 1
    assert looked_at > 1_500


def test_figures_count_deliveries_days_and_backorders() -> None:
    for seed in range(100):
        model = tangled(seed).model()
        choice = tuple(line.options[-1] for line in model.lines)
        figures = model.figures(choice)
        assert figures.days == sum(option.days for option in choice)
        assert figures.backordered == sum(option.backordered for option in choice)
        used = {bit for bit in range(len(model.deliveries)) if figures.deliveries >> bit & 1}
        assert {model.deliveries[bit][0] for bit in used} == {part.at for option in choice for part in option.parts}


def test_classes_of_sub_orders_give_the_same_charges() -> None:
    for seed in range(200):
        order = tangled(seed)
        model = order.model()
        choice = tuple(line.options[0] for line in model.lines)
        basket = order.priced(places_of(choice))
        by_code = {part.wholesaler: part.totals for part in basket.sub_orders}
        for one in model.sub_orders(choice):
            house = model.houses[one.at]
            charge = house.charges.of(one.goods_class, one.weight_class)
            totals = by_code[house.code]
            assert charge.cents == int((totals.carriage + totals.fees).scaleb(2))
            assert one.discount == int(totals.discount.scaleb(2))
            assert (one.document < len(house.documents)) == (totals.discount > 0)


def test_an_order_with_many_ways_is_searched_with_the_turning_ones() -> None:
    order = long_order(3, 12, 3)
    every, few = order.model(), order.model(ways=0)
    assert (every.complete, few.complete) == (True, False)
    assert sum(len(line.options) for line in few.lines) < sum(len(line.options) for line in every.lines)


def test_express_that_a_wholesaler_does_not_have_is_a_refusal() -> None:
    for seed in range(200):
        order = tangled(seed)
        if order.delivery == Delivery() or any(house.carriage_table for house in order.wholesalers):
            continue
        model = order.model()
        for choice in list(choices(model))[:10]:
            used = {model.houses[part.at].code for option in choice for part in option.parts}
            without = [one.code for one in order.wholesalers if one.code in used and one.express_fee is None]
            assert model.figures(choice).refusals >= len(without)
