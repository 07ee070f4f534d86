"""Tariffs: the engine's prices in whole cents."""

from decimal import Decimal

from desktop_app.domain.catalog import Offer
from desktop_app.domain.condition import QtyScope
from desktop_app.domain.planning.tariff import Amounts, Pricing, Tariff, cents
from desktop_app.domain.pricing import Terms, price_basket
from tests.support.sourcing_orders import DEALER, tangled
from tests.support.trade import DAY, CatalogInMemory, condition, product, wholesaler

OFFER = Offer("N", "A", 100)


def tariff(*conditions: object, keys: tuple[str, ...] = (), **more: str) -> Tariff:
    terms = Terms(conditions, "D42", "gold")  # type: ignore[arg-type]
    return Tariff(product("A", "9.99", family="T", **more), OFFER, Pricing(terms, DAY), keys)


def test_a_break_of_the_line_is_a_turn_and_changes_the_price() -> None:
    prices = tariff(condition("q", "qty", "10", qty_min=5))
    assert prices.turns == (5,)
    assert prices.amounts(4, ()).goods == 3996
    # 9.99 less ten per cent is 8.991: five of them 44.955, half up.
    assert prices.amounts(5, ()).goods == 4496


def test_a_break_of_an_assortment_counts_by_level() -> None:
    shared = condition("q", "qty", "10", qty_min=10, qty_scope=QtyScope.MATCH, product="family:T")
    prices = tariff(shared, keys=("family:T",))
    assert (prices.turns, prices.amounts(2, (0,)).goods, prices.amounts(2, (1,)).goods) == ((), 1998, 1798)


def test_fees_per_unit_are_rounded_apart_from_the_goods() -> None:
    assert tariff(eco_fee="0.013").amounts(5, ()) == Amounts(4995, 7, ())


def test_a_record_with_an_end_is_told_and_turns_the_price() -> None:
    prices = tariff(condition("bid", "bid", "5", "NET", quota=3))
    assert (prices.turns, prices.limits) == ((4,), (("bid", 3),))
    assert prices.amounts(3, ()) == Amounts(1500, 0, ("bid",))
    assert prices.amounts(4, ()) == Amounts(3996, 0, ())


def test_cents_are_those_of_the_engine() -> None:
    for seed in range(60):
        order = tangled(seed)
        for line, _ in order.lines:
            for offer in (one for one in order.offers if one.sku == line.sku):
                prices = Tariff(line, offer, Pricing(order.terms, DAY), ())
                for units in (1, 2, 3, 4, 6, 7, 12, 30):
                    if any(
                        start <= units for key in order.terms.match_keys(line) for start in starts(order.terms, key)
                    ):
                        continue
                    catalog = CatalogInMemory([line], [wholesaler(offer.wholesaler)], [offer])
                    basket = price_basket([(line.sku, units, offer.wholesaler)], catalog, order.terms, DEALER, DAY)
                    totals, amounts = basket.totals, prices.amounts(units, ())
                    assert amounts.goods == cents(totals.goods)
                    assert amounts.fees == cents(totals.eco + totals.private_copy)


def starts(terms: Terms, key: str) -> tuple[int, ...]:
    return terms.match_thresholds(key)


def test_euros_become_whole_cents() -> None:
    assert cents(Decimal("12.30")) == 1230
