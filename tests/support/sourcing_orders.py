"""Orders over several wholesalers for the tests of plans: drawn by chance, small and tangled or large and plain.

What they cost is only ever said by the engine.
"""

import itertools
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from desktop_app.domain.catalog import CarriageRate, Offer, Product, Wholesaler
from desktop_app.domain.condition import Combine, Condition, QtyScope, Step, Unit
from desktop_app.domain.order import Delivery, PricedBasket
from desktop_app.domain.party import Address, Dealer
from desktop_app.domain.planning.making import OrderToPlan, plans_for
from desktop_app.domain.planning.model import WAYS_OF_AN_ORDER, Conditions, Model
from desktop_app.domain.planning.options import SPLIT_CENTS, Demand, Option
from desktop_app.domain.planning.tariff import Pricing
from desktop_app.domain.plans import Grounds, Plan, Wanted
from desktop_app.domain.pricing import Terms, price_basket
from desktop_app.domain.vat import territory_of
from tests.support.trade import DAY, CatalogInMemory

DEALER = Dealer("D42", "Dealer", "gold", address=Address(postcode="29000"))
ANYHOW = Delivery()
# Where one product goes: (place of the wholesaler by code, units).
Parts = tuple[tuple[int, int], ...]
REFUSALS = ("below-minimum", "express-unavailable")


@dataclass(frozen=True)
class Order:
    """Everything a plan follows from, and what is wanted: (product, units) per line."""

    wholesalers: Sequence[Wholesaler]
    offers: Sequence[Offer]
    lines: Sequence[tuple[Product, int]]
    conditions: Sequence[Condition] = ()
    delivery: Delivery = ANYHOW
    dealer: Dealer = DEALER

    @property
    def catalog(self) -> CatalogInMemory:
        return CatalogInMemory([product for product, _ in self.lines], self.wholesalers, self.offers)

    @property
    def terms(self) -> Terms:
        return Terms(self.conditions, self.dealer.account, self.dealer.group)

    @property
    def grounds(self) -> Grounds:
        return Grounds(self.catalog, self.terms, self.dealer, DAY, delivery=self.delivery)

    @property
    def wanted(self) -> list[Wanted]:
        return [Wanted(key, product.sku, units) for key, (product, units) in enumerate(self.lines, start=1)]

    def model(self, *, any_backorder: bool = False, ways: int = WAYS_OF_AN_ORDER) -> Model:
        destination = self.delivery.address or self.dealer.address
        conditions = Conditions(
            Pricing(self.terms, DAY),
            tuple(sorted(self.wholesalers, key=lambda one: one.code)),
            destination,
            self.delivery.express,
            territory_of(destination, self.dealer),
        )
        demands = [
            Demand(product, units, tuple(one for one in self.offers if one.sku == product.sku), {})
            for product, units in self.lines
        ]
        return Model(demands, conditions, any_backorder=any_backorder, ways=ways)

    def priced(self, places: Iterable[Parts]) -> PricedBasket:
        """What the engine says of the order with its lines at these places."""
        codes = sorted(one.code for one in self.wholesalers)
        rows = [
            (product.sku, units, codes[at])
            for (product, _), parts in zip(self.lines, places, strict=True)
            for at, units in parts
        ]
        return price_basket(rows, self.catalog, self.terms, self.dealer, DAY, delivery=self.delivery)


def refusals(basket: PricedBasket) -> int:
    """How often the engine refuses what a placement can mend: once per sub-order or record that has run out."""
    exhausted = {problem.params["condition"] for problem in basket.problems if problem.code == "bid-exhausted"}
    return sum(problem.code in REFUSALS for problem in basket.problems) + len(exhausted)


def payable_cents(basket: PricedBasket, places: Sequence[Parts]) -> int:
    """The payable before VAT in cents, with what the splits count."""
    totals = basket.totals
    euros = totals.total - sum(totals.vat.values(), Decimal(0))
    return int(euros.scaleb(2)) + SPLIT_CENTS * sum(len(parts) - 1 for parts in places)


def tangled(seed: int, *, lines: Sequence[int] = (1, 2, 2, 3, 3, 4), stock: Sequence[int] = (0, 0, 2, 3, 100)) -> Order:
    """A small order in which everything hangs together: breaks, assortments, bids, minimums, francos, express."""
    rng = random.Random(seed)
    codes = "NSO"[: rng.choice([1, 2, 2, 3, 3])]
    count = rng.choice(lines)
    rows, offers = [], []
    for number in range(count):
        product, units = _product(number, rng, count)
        rows.append((product, units))
        for code in [code for code in codes if rng.random() < 0.8] or [rng.choice(codes)]:
            price = product.list_price
            own = rng.choice([None, None, price * Decimal("0.97"), price + Decimal("0.1"), price * Decimal("1.05")])
            arrival = rng.choice([None, DAY + timedelta(rng.randint(0, 9))])
            offers.append(Offer(code, product.sku, rng.choice([*stock, units]), arrival, None, own))
    conditions = [_condition(number, rng, codes) for number in range(rng.choice([0, 1, 2, 4]))]
    houses = [_wholesaler(code, rng) for code in codes]
    return Order(houses, offers, rows, conditions, Delivery(express=rng.random() < 0.15))


def overlapping(seed: int) -> Order:
    """Four products at two wholesalers, all in stock; one break on a family, one on a brand that cuts across it."""
    rng = random.Random(seed)
    rows, offers = [], []
    for number in range(4):
        price = Decimal(rng.randrange(100, 9_000)) / 100
        product = Product(f"P{number}", "x", price, Decimal(20), family=rng.choice("AB"), brand=rng.choice("YZ"))
        rows.append((product, rng.randint(1, 6)))
        for code in "NS":
            offers.append(Offer(code, product.sku, 100, DAY, None, price * Decimal(rng.choice(["0.9", "1", "1.1"]))))
    breaks = [
        Condition(
            key, Step.QTY, Decimal(rng.choice([3, 10, 30])), Unit.PERCENT, "all", key,
            qty_min=rng.randint(2, 9), qty_scope=QtyScope.MATCH,
        )
        for key in ("family:A", "brand:Z")
    ]  # fmt: skip
    return Order([_wholesaler(code, rng) for code in "NS"], offers, rows, breaks)


def _wholesaler(code: str, rng: random.Random) -> Wholesaler:
    table = tuple(
        CarriageRate(
            rng.choice(["*", "FR"]),
            Decimal(rng.choice([5, 8, 12])),
            rng.choice([None, Decimal(2), Decimal(5), Decimal(10)]),
            rng.choice([None, Decimal(4)]),
        )
        for _ in range(rng.choice([0, 0, 0, 1, 2, 3]))
    )
    return Wholesaler(
        code,
        order_minimum=rng.choice([None, None, Decimal(50), Decimal(100)]),
        small_order_fee=rng.choice([None, Decimal("9.5")]),
        free_carriage_from=rng.choice([None, Decimal(100), Decimal(150), Decimal(300)]),
        carriage_fee=Decimal(rng.choice(["0", "8.90", "12.50", "7.9"])),
        delivery_days=rng.choice([None, 1, 1, 2, 3]),
        express_fee=rng.choice([None, Decimal(6)]),
        carriage_table=table,
    )


def _product(number: int, rng: random.Random, count: int) -> tuple[Product, int]:
    multiple = rng.choice([1, 1, 1, 2, 5])
    product = Product(
        f"S{number}",
        f"Article {number}",
        Decimal(rng.choice([500, 999, 1490, 2005, 3333, 4999])) / 100,
        Decimal(rng.choice(["20", "20", "5.5"])),
        family=rng.choice(["T", "U", ""]),
        brand="B",
        eco_fee=rng.choice([Decimal(0), Decimal("0.25"), Decimal("0.013")]),
        private_copy_fee=rng.choice([Decimal(0), Decimal(0), Decimal("1.5")]),
        pack_multiple=multiple,
        min_qty=rng.choice([1, 1, 1, multiple, multiple * 2]),
        weight=rng.choice([Decimal(0), Decimal("0.5"), Decimal("1.2")]),
    )
    packs = rng.randint(1, 4 if count > 2 else 6)
    return product, multiple * packs + (rng.random() < 0.05)


def _condition(number: int, rng: random.Random, codes: str) -> Condition:
    steps = [Step.BASE, Step.QTY, Step.QTY, Step.QTY, Step.PROMO, Step.BID, Step.NET, Step.DOCUMENT, Step.DOCUMENT]
    step = rng.choice(steps)
    unit = Unit.PERCENT
    if step in (Step.BID, Step.NET):
        unit = Unit.NET
    elif step in (Step.PROMO, Step.DOCUMENT):
        unit = rng.choice([Unit.PERCENT, Unit.EUR])
    by_quantity = step is Step.QTY
    return Condition(
        f"c{number}",
        step,
        Decimal(str(rng.choice([4, 9, 20] if unit is Unit.NET else [2, 5, 8, 3.5]))),
        unit,
        "all",
        rng.choice(["all", "family:T", "family:U", "brand:B", "sku:S0", "sku:S1"]),
        wholesaler=rng.choice(["", "", *codes]),
        qty_min=rng.choice([0, 2, 4, 6]) if by_quantity else 0,
        qty_scope=rng.choice([QtyScope.LINE, QtyScope.MATCH]) if by_quantity else QtyScope.LINE,
        combine=_combine(step, unit, rng),
        quota=rng.choice([None, 3, 6]) if step in (Step.BID, Step.PROMO) else None,
        amount_min=Decimal(rng.choice([0, 50, 120])) if step is Step.DOCUMENT else Decimal(0),
    )


def _combine(step: Step, unit: Unit, rng: random.Random) -> Combine:
    if unit is Unit.NET:
        return Combine.REPLACE
    return Combine.CASCADE if step is Step.DOCUMENT else rng.choice([Combine.CASCADE, Combine.CASCADE, Combine.BEST])


def long_order(
    seed: int,
    lines: int,
    wholesalers: int,
    *,
    thresholds: int = 1,
    assortments: bool = False,
    documents: bool = False,
) -> Order:
    """A long order of a trade with some stock short, promotions at single wholesalers, breaks by line or assortment.

    `thresholds` multiplies the francos and the minimums, so that they can be made to bite.
    """
    rng = random.Random(seed)
    codes = "NSOPQ"[:wholesalers]
    houses = [
        Wholesaler(
            code,
            order_minimum=rng.choice([None, Decimal(80), Decimal(50)]),
            small_order_fee=rng.choice([None, Decimal("9.5")]),
            free_carriage_from=Decimal(rng.choice([250, 300, 500, 800])) * thresholds,
            carriage_fee=Decimal(rng.choice(["8.90", "12.50", "7.90", "15"])),
            delivery_days=rng.choice([1, 2, 3]),
        )
        for code in codes
    ]
    families = [f"F{number}" for number in range(12)]
    rows, offers = [], []
    for number in range(lines):
        multiple = rng.choice([1, 1, 1, 1, 5, 10])
        price = Decimal(int(math.exp(rng.uniform(math.log(300), math.log(80_000))))) / 100
        product = Product(
            f"S{number}",
            f"Article {number}",
            price,
            Decimal(20),
            family=rng.choice(families),
            brand=f"B{rng.randrange(30)}",
            eco_fee=rng.choice([Decimal(0), Decimal("0.25"), Decimal("0.02")]),
            pack_multiple=multiple,
        )
        units = multiple * rng.choice([1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 20])
        rows.append((product, units))
        for code in rng.sample(codes, min(rng.choice([1, 2, 2, 3, wholesalers]), wholesalers)):
            available = rng.randrange(units) if rng.random() < 0.25 else rng.randrange(units, units * 10 + 1)
            own = (price * Decimal(rng.choice(["0.97", "0.99", "1.01", "1.03"]))).quantize(Decimal("0.01"))
            arrival = DAY + timedelta(rng.randint(0, 15)) if available < units and rng.random() < 0.7 else None
            offers.append(Offer(code, product.sku, available, arrival, None, own if rng.random() < 0.5 else None))
    return Order(houses, offers, rows, list(_trade_conditions(rng, families, codes, assortments, documents)))


def _trade_conditions(
    rng: random.Random, families: Sequence[str], codes: str, assortments: bool, documents: bool
) -> Iterable[Condition]:
    yield Condition("base", Step.BASE, Decimal(30), Unit.PERCENT, "all", "all")
    for number, family in enumerate(families):
        yield Condition(f"base-{family}", Step.BASE, Decimal(20 + number), Unit.PERCENT, "all", f"family:{family}")
    scope = QtyScope.MATCH if assortments else QtyScope.LINE
    for family in families[:6]:
        for start, value in ((10, 3), (50, 6)):
            key = f"family:{family}"
            yield Condition(
                f"q-{family}-{start}",
                Step.QTY,
                Decimal(value),
                Unit.PERCENT,
                "all",
                key,
                qty_min=start,
                qty_scope=scope,
            )
    for number in range(20):
        yield Condition(
            f"promo-{number}",
            Step.PROMO,
            Decimal(35),
            Unit.PERCENT,
            "all",
            f"brand:B{number}",
            wholesaler=rng.choice(codes),
            combine=Combine.BEST,
        )
    if documents:
        for amount, percent in ((1000, 1), (5000, 2)):
            yield Condition(
                f"doc-{amount}", Step.DOCUMENT, Decimal(percent), Unit.PERCENT, "all", "all", amount_min=Decimal(amount)
            )


def places_of(choice: Iterable[Option]) -> list[Parts]:
    """Where a choice of options puts the lines."""
    return [tuple((part.at, part.quantity) for part in option.parts) for option in choice]


def choices(model: Model) -> Iterable[tuple[Option, ...]]:
    """Every choice of a model, one option per line."""
    return itertools.product(*(tuple(line.options) for line in model.lines))


def choice_count(model: Model) -> int:
    """How many choices there are."""
    return math.prod(len(line.options) for line in model.lines)


def make_plans(lines: Iterable[Wanted], grounds: Grounds, *, keep_named: bool = False) -> tuple[Plan, ...]:
    """The plans of an order, read and searched at once."""
    return plans_for(OrderToPlan(lines, grounds, keep_named=keep_named))
