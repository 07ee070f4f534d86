"""How long prices take: a page of results, a long order and a change of it, a whole catalogue, loading the terms."""

import gc
import random
import statistics
import tempfile
import tracemalloc
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from time import perf_counter

import msgspec

from desktop_app.contract.documents import ConditionDoc
from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.condition import CONDITION_STEPS, Condition, QtyScope, Step, Unit
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Basket, Terms
from desktop_app.storage.condition_repository import ConditionRepository
from desktop_app.storage.database import open_plain
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
    with tempfile.TemporaryDirectory() as folder:
        stored = _stored(Path(folder) / "desk.db", [_condition(number, rng) for number in range(CONDITIONS)])
        yield Figure("100,000 conditions read and indexed", _load(stored), goal=300, note="best of three")
        yield Figure("memory of 100,000 conditions", _memory(stored), "MB", goal=60)
        terms = stored.terms("D42", "gold")
    yield Figure("my price for 50 rows", _page(terms, products, rng), goal=4)
    traced, bare = _catalogue(terms, products)
    yield Figure("35,000 prices with their trace", traced, floor=bare, note="floor: one rounded multiplication each")
    whole, change = _order(terms, products, rng)
    yield Figure("an order of 1,000 lines priced anew", whole, goal=50)
    yield Figure("one of 1,000 lines changed", change, goal=2, note="p95, with new totals")


def _stored(path: Path, conditions: list[Condition]) -> ConditionRepository:
    """The conditions as they lie in the account's rows."""
    connection = open_plain(path)
    connection.execute("CREATE TABLE feed_rows (collection, id, rev, doc, defect, PRIMARY KEY (collection, id))")
    connection.execute("CREATE TABLE feed_sums (collection, rows, hash, synced_at, verified)")
    encode = msgspec.json.Encoder().encode
    connection.executemany(
        "INSERT INTO feed_rows VALUES ('terms', ?, 1, ?, '')", ((c.id, encode(_doc(c))) for c in conditions)
    )
    connection.execute("INSERT INTO feed_sums VALUES ('terms', ?, 'h', '', 1)", (len(conditions),))
    return ConditionRepository(connection)


def _doc(condition: Condition) -> ConditionDoc:
    return ConditionDoc(
        id=condition.id,
        step=condition.step,
        value=str(condition.value),
        unit=condition.unit,
        buyer=condition.buyer,
        product=condition.product,
        start=condition.start,
        qty_min=condition.qty_min,
        qty_scope=condition.qty_scope,
        contract_ref=f"K{condition.qty_min}",
        label="Accord cadre",
    )


def _load(stored: ConditionRepository) -> float:
    times = []
    for account in ("A", "B", "C"):  # another account each time: what was built is kept
        start = perf_counter()
        stored.terms(account, "gold")
        times.append(_ms(start))
    return min(times)


def _memory(stored: ConditionRepository) -> float:
    stored.terms("A", "gold")
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = Terms(stored.conditions(), "D42", "gold")
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    del kept
    return held / 1e6


def _catalogue(terms: Terms, products: list[Product]) -> tuple[float, float]:
    """Every product priced with its trace, and one multiplication and rounding for each: milliseconds."""
    start = perf_counter()
    for product in products:
        terms.unit_price(product, "N", product.list_price, 1, DAY)
    traced = _ms(start)
    factor, cent = Decimal("0.65"), Decimal("0.0001")
    start = perf_counter()
    for product in products:
        (product.list_price * factor).quantize(cent, ROUND_HALF_UP)
    return traced, _ms(start)


def _product(number: int, rng: random.Random) -> Product:
    price = Decimal(rng.randrange(100, 100_000)) / 100
    family, brand = rng.choice(FAMILIES), rng.choice(BRANDS)
    return Product(f"S{number}", "Article", price, Decimal(20), family=family, brand=brand, eco_fee=Decimal("0.25"))


def _condition(number: int, rng: random.Random) -> Condition:
    step = rng.choice(CONDITION_STEPS)
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
            terms.unit_net(product, "N", product.list_price, 1, DAY)
        times.append(_ms(start))
    return statistics.median(times)


def _order(terms: Terms, products: list[Product], rng: random.Random) -> tuple[float, float]:
    """A thousand lines from nothing with their totals (median of three), and a change of one (p95): milliseconds."""
    houses = [wholesaler(code, carriage_fee="12.50", free_carriage_from="500") for code in CODES]
    offers = [Offer(code, product.sku, rng.randrange(100)) for product in products[:LINES] for code in CODES]
    dealer = Dealer("D42", "Dealer", "gold", online_bonus_percent=Decimal("0.5"))
    catalog = CatalogInMemory(products[:LINES], houses, offers)
    quantities = [rng.randrange(1, 20) for _ in range(LINES)]
    wholes = []
    for _ in range(3):
        start = perf_counter()
        basket = Basket(catalog, terms, dealer, DAY)
        for key in range(LINES):
            basket.put(key, f"S{key}", quantities[key], CODES[key % 3])
        basket.totals()
        wholes.append(_ms(start))
    times = []
    for _ in range(500):
        key, quantity = rng.randrange(LINES), rng.randrange(1, 60)
        start = perf_counter()
        basket.put(key, f"S{key}", quantity)
        basket.totals()
        times.append(_ms(start))
    return statistics.median(wholes), statistics.quantiles(times, n=20)[18]


def _ms(start: float) -> float:
    return (perf_counter() - start) * 1_000
