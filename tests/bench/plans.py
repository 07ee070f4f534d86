"""Sourcing plans: cheapest, fewest deliveries and earliest, with their figures, as the wizard asks for them.

The floor prices the lines once at each wholesaler that lists them, with the engine and without any plan.
"""

import random
import statistics
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from desktop_app.application import Application
from desktop_app.domain.catalog import Offer, Product, Wholesaler
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.plans import PlanKind
from desktop_app.services.plan_views import PlansView
from desktop_app.services.price_basis import PriceBasis
from desktop_app.services.sourcing_service import SourcingService
from desktop_app.storage.catalog_repository import CatalogMatches
from desktop_app.storage.catalog_search import SearchQuery
from tests.bench.figure import Figure, time_ms
from tests.bench.practice_desk import own_copy
from tests.support.sourcing_orders import Order, long_order
from tests.support.trade import DAY, CatalogInMemory

TIMES = 9
SIZES = ((200, 3, 200.0), (1_000, 5, 1_000.0))
PRACTICE_LINES = 200
WORDS = ("asus", "logitech", "corsair", "kingston", "samsung", "msi", "seagate", "dell")


def measure() -> Iterable[Figure]:
    """Orders of a generated trade with breaks by assortment; then one of the practice desk, with its discounts."""
    for lines, wholesalers, goal in SIZES:
        yield from _generated(lines, wholesalers, goal)
    yield _practice()


def _generated(lines: int, wholesalers: int, goal: float) -> Iterable[Figure]:
    order = long_order(7, lines, wholesalers, assortments=True)
    basis = PriceBasis(lambda: _Source(order), order.terms, order.dealer, DAY, 1, 1)
    service = SourcingService(basis=lambda: basis, stock_view=lambda sku: (), now=_now)
    wanted = [(product.sku, units, "") for product, units in order.lines]
    views = [service.plans_for(wanted) for _ in range(TIMES)][1:]
    took = statistics.median(view.elapsed_ms for view in views)
    floor = statistics.median(time_ms(lambda: _priced_everywhere(order)) for _ in range(TIMES))
    name = f"plans for {lines:,} lines x {wholesalers}"
    yield Figure(name, took, goal=goal, note=f"three plans, priced; {_proof(views[0])}")
    yield Figure(f"{name}, to pricing each line everywhere", took, floor=floor)


def _practice() -> Figure:
    application = Application.open(own_copy("plans"))
    try:
        rng = random.Random(3)
        found = [row for word in WORDS for row in application.catalog.search(word, limit=300).rows]
        skus = list(dict.fromkeys(row.sku for row in found if row.unit_net is not None and row.status == "active"))
        wanted = [(sku, rng.choice([1, 2, 3, 5, 10, 20]), "") for sku in rng.sample(skus, PRACTICE_LINES)]
        views = [application.sourcing.plans_for(wanted, round_up=True) for _ in range(TIMES)][1:]
    finally:
        application.close_files()
    took = statistics.median(view.elapsed_ms for view in views)
    return Figure(f"plans for {PRACTICE_LINES} lines of the practice desk", took, note=_proof(views[0]))


def _proof(view: PlansView) -> str:
    """How far the cheapest plan is from being proven."""
    plan = view.plan(PlanKind.CHEAPEST)
    return "proven" if plan.proven else f"bound {(plan.total - plan.bound) / plan.total:.4%} below"


def _priced_everywhere(order: Order) -> None:
    products = {product.sku: (product, units) for product, units in order.lines}
    terms = order.terms
    for offer in order.offers:
        product, units = products[offer.sku]
        terms.unit_price(product, offer.wholesaler, list_price_on(product, offer, DAY)[0], units, DAY)


def _now() -> datetime:
    return datetime(2026, 3, 2, 9, tzinfo=UTC)


class _Source(CatalogInMemory):
    """The catalogue of an order, asked for many products at once."""

    def __init__(self, order: Order) -> None:
        super().__init__([product for product, _ in order.lines], order.wholesalers, order.offers)
        self._houses = order.wholesalers

    def products_many(self, skus: Iterable[str]) -> Mapping[str, Product]:
        found = {sku: self.product(sku) for sku in skus}
        return {sku: product for sku, product in found.items() if product is not None}

    def offers_many(self, skus: Iterable[str]) -> Mapping[str, Sequence[Offer]]:
        return {sku: self.offers(sku) for sku in skus}

    def wholesalers(self) -> Sequence[Wholesaler]:
        return self._houses

    def search(self, query: SearchQuery) -> CatalogMatches:
        return CatalogMatches((), 0, False)
