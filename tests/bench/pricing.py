"""How long prices take: a page of results, a long order and a change of it, a whole catalogue, loading the terms."""

import gc
import random
import statistics
import tempfile
import tracemalloc
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from time import perf_counter

import msgspec

from desktop_app.contract.documents import ConditionDoc
from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.condition import CONDITION_STEPS, Condition, QtyScope, Step, Unit
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Basket, Terms
from desktop_app.domain.sourcing import choose
from desktop_app.storage.condition_repository import ConditionRepository
from desktop_app.storage.desk_database import DeskDatabase
from tests.bench.figure import Figure
from tests.support.trade import DAY, CatalogInMemory, wholesaler

PRODUCTS, CONDITIONS, LINES, ROWS = 35_000, 100_000, 1_000, 50
FAMILIES = [f"F{number}" for number in range(30)]
BRANDS = [f"B{number}" for number in range(400)]
CODES = "NSO"
KEY = bytes(range(32))


def measure() -> Iterable[Figure]:
    """Everything on 35,000 products and 100,000 conditions that all concern the dealer: far more than anybody has."""
    rng = random.Random(7)
    products = [_product(number, rng) for number in range(PRODUCTS)]
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk.db"
        _store(desk, [_condition(number, rng) for number in range(CONDITIONS)])
        yield Figure("100,000 conditions read and indexed", _load(desk), goal=300, note="encrypted file, best of five")
        yield Figure("memory of 100,000 conditions", _memory(desk), "MB", goal=60)
        with closing(_opened(desk)) as opened:
            terms = ConditionRepository(opened.connection).terms("D42", "gold")
    yield Figure("my price for 50 rows", _page(terms, products, rng), goal=4, note="of 3 wholesalers each, first time")
    traced, bare = _catalogue(terms, products)
    yield Figure("35,000 prices with their trace", traced, floor=bare, note="floor: one rounded multiplication each")
    whole, change = _order(terms, products, rng)
    yield Figure("an order of 1,000 lines priced anew", whole, goal=50, note="median of nine")
    yield Figure("one of 1,000 lines changed", change, goal=2, note="p95, with new totals")


def _opened(path: Path) -> DeskDatabase:
    return DeskDatabase(path, KEY, now=lambda: datetime.now(UTC))


def _store(path: Path, conditions: list[Condition]) -> None:
    """The conditions as they lie in the account's rows."""
    encode = msgspec.json.Encoder().encode
    with closing(_opened(path)) as desk, desk.transaction() as connection:
        connection.executemany(
            "INSERT INTO feed_rows (collection, id, rev, doc) VALUES ('terms', ?, 1, ?)",
            [(one.id, encode(_doc(one))) for one in conditions],
        )
        connection.execute(
            "INSERT INTO feed_sums (collection, rows, hash, synced_at, verified) VALUES ('terms', ?, 'h', '', 1)",
            (len(conditions),),
        )


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


def _load(path: Path) -> float:
    """From the file to terms that can be asked, each time as after a start: milliseconds."""
    times = []
    for _ in range(5):
        gc.collect()
        with closing(_opened(path)) as desk:
            start = perf_counter()
            ConditionRepository(desk.connection).terms("D42", "gold")
            times.append(_ms(start))
    return min(times)


def _memory(path: Path) -> float:
    """What the records and their index hold, in MB."""
    with closing(_opened(path)) as desk:
        conditions = ConditionRepository(desk.connection)
        gc.collect()
        tracemalloc.start()
        try:
            conditions.terms("D42", "gold")
            gc.collect()
            return tracemalloc.get_traced_memory()[0] / 1e6
        finally:
            tracemalloc.stop()


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
    """The wholesaler taken and its price for each row, products not asked for before: milliseconds, median."""
    houses = {code: wholesaler(code, delivery_days=1) for code in CODES}
    times = []
    for first in range(0, 40 * ROWS, ROWS):
        rows = products[first : first + ROWS]
        offers = [[Offer(code, product.sku, rng.randrange(100)) for code in CODES] for product in rows]
        start = perf_counter()
        for product, its in zip(rows, offers, strict=True):
            price = partial(_unit_net, terms, product)
            chosen = choose(its, 1, price, houses.get)
            assert chosen is not None
            price(chosen)
        times.append(_ms(start))
    return statistics.median(times)


def _unit_net(terms: Terms, product: Product, offer: Offer) -> Decimal:
    return terms.unit_net(product, offer.wholesaler, list_price_on(product, offer, DAY)[0], 1, DAY)


def _order(terms: Terms, products: list[Product], rng: random.Random) -> tuple[float, float]:
    """A thousand lines from nothing with their totals (median of nine), and a change of one (p95): milliseconds."""
    houses = [wholesaler(code, carriage_fee="12.50", free_carriage_from="500") for code in CODES]
    offers = [Offer(code, product.sku, rng.randrange(100)) for product in products[:LINES] for code in CODES]
    dealer = Dealer("D42", "Dealer", "gold", online_bonus_percent=Decimal("0.5"))
    catalog = CatalogInMemory(products[:LINES], houses, offers)
    quantities = [rng.randrange(1, 20) for _ in range(LINES)]
    wholes = []
    for _ in range(9):
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
