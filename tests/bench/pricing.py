"""How long prices take: a page of results, a changed line of a long order, a whole catalogue, indexing the terms."""

import random
import statistics
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from time import perf_counter

from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.condition import Condition, QtyScope, Step, Unit
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Basket, Terms
from tests.bench.figure import Figure
from tests.support.trade import DAY, CatalogInMemory, wholesaler

PRODUCTS, CONDITIONS, LINES, ROWS = 35_000, 100_000, 1_000, 50
FAMILIES = [f"F{number}" for number in range(30)]
BRANDS = [f"B{number}" for number in range(400)]
CODES = "NSO"


def measure() -> Iterable[Figure]:
    """Everything on 35,000 products and 100,000 conditions that all concern the dealer: far more than anybody has."""
    rng = random.Random(7)
    products = [_product(number, rng) for number in range(PRODUCTS)]
    conditions = [_condition(number, rng) for number in range(CONDITIONS)]
    start = perf_counter()
    terms = Terms(conditions, "D42", "gold")
    yield Figure("100,000 conditions indexed", _ms(start))
    yield Figure("50 rows x 3 wholesalers priced", _page(terms, products, rng), goal=12, note="50 rows: a third of it")
    start = perf_counter()
    for product in products:
        terms.unit_price(product, "N", product.list_price, 1, DAY)
    yield Figure("35,000 prices with their trace", _ms(start))
    yield Figure("one of 1,000 lines changed", _edits(terms, products, rng), goal=2, note="p95, with new totals")


def _product(number: int, rng: random.Random) -> Product:
    price = Decimal(rng.randrange(100, 100_000)) / 100
    family, brand = rng.choice(FAMILIES), rng.choice(BRANDS)
    return Product(f"S{number}", "Article", price, Decimal(20), family=family, brand=brand, eco_fee=Decimal("0.25"))


def _condition(number: int, rng: random.Random) -> Condition:
    step = rng.choice([step for step in Step if step is not Step.LIST])
    product = rng.choice([f"sku:S{rng.randrange(PRODUCTS)}"] * 7 + [f"brand:{rng.choice(BRANDS)}"] * 2 + ["family:F1"])
    by_quantity = step is Step.QTY
    return Condition(
        id=f"c{number}",
        step=step,
        value=Decimal(rng.randrange(1, 40)),
        unit=Unit.PERCENT,
        buyer=rng.choice(["all", "group:gold", "dealer:D42"]),
        product=product,
        start=date(2025, 1 + number % 12, 1 + number % 28),
        qty_min=rng.choice([0, 5, 10, 50]) if by_quantity else 0,
        qty_scope=QtyScope.MATCH if by_quantity and product.startswith("family:") else QtyScope.LINE,
    )


def _page(terms: Terms, products: list[Product], rng: random.Random) -> float:
    times = []
    for _ in range(40):
        rows = rng.sample(products, ROWS)
        start = perf_counter()
        for product in rows:
            for code in CODES:
                terms.unit_net(product, code, product.list_price, 1, DAY)
        times.append(_ms(start))
    return statistics.median(times)


def _edits(terms: Terms, products: list[Product], rng: random.Random) -> float:
    houses = [wholesaler(code, carriage_fee="12.50", free_carriage_from="500") for code in CODES]
    offers = [Offer(code, product.sku, rng.randrange(100)) for product in products[:LINES] for code in CODES]
    dealer = Dealer("D42", "Dealer", "gold", online_bonus_percent=Decimal("0.5"))
    basket = Basket(CatalogInMemory(products[:LINES], houses, offers), terms, dealer, DAY)
    for key in range(LINES):
        basket.put(key, f"S{key}", rng.randrange(1, 20))
    times = []
    for _ in range(500):
        key, quantity = rng.randrange(LINES), rng.randrange(1, 60)
        start = perf_counter()
        basket.put(key, f"S{key}", quantity)
        basket.totals()
        times.append(_ms(start))
    return statistics.quantiles(times, n=20)[18]


def _ms(start: float) -> float:
    return (perf_counter() - start) * 1_000
