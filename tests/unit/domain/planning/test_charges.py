"""Charges: carriage and fees by class, as the engine has them."""

import random
from decimal import Decimal

from desktop_app.domain.carriage import carriage_of
from desktop_app.domain.party import Address
from desktop_app.domain.planning.charges import Charges, scaled_weight
from desktop_app.domain.planning.tariff import cents
from desktop_app.domain.totals import small_order_fee_of
from desktop_app.domain.validation import check_express, check_minimum
from tests.support.sourcing_orders import tangled
from tests.support.trade import wholesaler

BREST = Address(postcode="29200")


def test_a_class_costs_what_each_sub_order_in_it_costs() -> None:
    rng = random.Random(4)
    for seed in range(80):
        for house in tangled(seed).wholesalers:
            for express in (False, True):
                charges = Charges(house, BREST, express)
                for _ in range(30):
                    goods = Decimal(rng.choice([0, 4999, 5000, 9999, 10000, 14999, 15000, rng.randrange(40_000)])) / 100
                    weight = Decimal(rng.choice([0, 2, 5, 10, rng.randrange(1200)])) / rng.choice([1, 100])
                    charge = charges.at(cents(goods), scaled_weight(weight))
                    carriage = carriage_of(house, goods, weight=weight, destination=BREST, express=express)
                    assert charge.cents == cents(carriage + small_order_fee_of(house, goods))
                    refused = [check_minimum(house, goods)]
                    refused += [check_express(house, weight, BREST)] if express else []
                    assert charge.refusals == sum(problem is not None for problem in refused)


def test_a_threshold_between_two_cents_is_reached_with_the_next_one() -> None:
    charges = Charges(wholesaler(carriage_fee="8", free_carriage_from="100.005"), BREST, False)
    assert (charges.at(10_000, 0).cents, charges.at(10_001, 0).cents) == (800, 0)


def test_the_least_charge_of_some_classes_has_the_fewest_refusals() -> None:
    house = wholesaler(order_minimum="50", carriage_fee="8", free_carriage_from="100")
    charges = Charges(house, BREST, False)
    assert charges.least((0, 0), (0, 0)) == (800, 1)
    assert charges.least((0, 1), (0, 0)) == (800, 0)
    assert charges.least((0, 2), (0, 0)) == (0, 0)
