"""Which lines change each other's prices."""

from desktop_app.domain.catalog import Offer
from desktop_app.domain.condition import Condition, QtyScope
from desktop_app.domain.planning.bindings import assortments
from desktop_app.domain.planning.model import Conditions, Model
from desktop_app.domain.planning.options import Demand
from desktop_app.domain.planning.tariff import Pricing
from desktop_app.domain.pricing import Terms
from tests.support.trade import DAY, condition, product, wholesaler

FAMILIES = {"A": "T", "B": "T", "C": "U", "D": "U", "E": ""}


def shared(name: str, key: str, start: int) -> Condition:
    return condition(name, "qty", "5", qty_min=start, qty_scope=QtyScope.MATCH, product=key)


def model(terms: Terms, units: int = 5) -> Model:
    demands = [
        Demand(product(sku, family=family), units, (Offer("N", sku, 100), Offer("S", sku, 100)), {})
        for sku, family in FAMILIES.items()
    ]
    return Model(demands, Conditions(Pricing(terms, DAY), (wholesaler("N"), wholesaler("S"))))


def test_an_assortment_binds_lines_where_its_first_break_can_be_reached() -> None:
    terms = Terms([shared("t", "family:T", 10), shared("u", "family:U", 11)], "D42")
    demands = [Demand(product(sku, family=family), 5, (), {}) for sku, family in FAMILIES.items()]
    assert assortments(demands, terms) == {"family:T": 10}
    order = model(terms)
    assert order.families == ((0, 1),)
    assert [line.alone for line in order.lines] == [False, False, True, True, True]


def test_an_assortment_of_one_line_is_a_break_of_that_line() -> None:
    order = model(Terms([shared("a", "sku:A", 3)], "D42"))
    assert order.families == ()
    assert {tariff.turns for tariff in order.lines[0].tariffs.values()} == {(3,)}


def test_assortments_that_share_a_line_are_one_family() -> None:
    order = model(Terms([shared("t", "family:T", 2), shared("all", "all", 20)], "D42"))
    assert order.families == ((0, 1, 2, 3, 4),)


def test_a_record_binds_the_lines_that_could_exhaust_it() -> None:
    bid = condition("bid", "bid", "50", "NET", product="family:U", quota=8)
    order = model(Terms([bid], "D42"))
    assert (order.left, order.families) == ({"bid": 8}, ((2, 3),))
    assert model(Terms([bid], "D42"), units=4).families == ()
