"""Dealers and baskets made fast from a seed: small, and full of ties, thresholds, overlaps, caps and zero prices.

Case `number` of a seed is always the same, whatever was made before it.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from msgspec.structs import replace

from desktop_app.domain.agreement import Accrual, Agreement, CountedOrders, Tier, TierMode
from desktop_app.domain.catalog import CarriageRate, DatedPrice, Offer, Product, ProductStatus, Wholesaler
from desktop_app.domain.condition import STEPS, Combine, Condition, QtyScope, Step, Unit
from desktop_app.domain.order import Delivery
from desktop_app.domain.party import Address, CreditPolicy, Dealer
from tests.support.second_reading.basket import Circumstances, Wanted
from tests.support.second_reading.prices import SecondReading
from tests.support.trade import CatalogInMemory

DAY = date(2026, 3, 2)
ACCOUNT, GROUP = "D42", "gold"
# How many cases are about splitting cents over VAT rates: by chance alone remainders hardly ever tie.
SPLITS = 0.04
SKUS = ("A", "B", "C", "D")
HOUSES = ("N", "S", "O")
BEFORE = [DAY - timedelta(days) for days in (400, 31, 1)]
AFTER = [DAY + timedelta(days) for days in (1, 30, 400)]
STARTS: list[date | None] = [None, None, None, *BEFORE, DAY, AFTER[0]]
ENDS: list[date | None] = [None, None, None, None, BEFORE[2], DAY, *AFTER]


def decimals(*texts: str) -> list[Decimal]:
    """Texts as decimals."""
    return [Decimal(text) for text in texts]


PRICES = decimals("0", "0.01", "0.005", "0.333", "1", "4.995", "9.99", "10", "19.99", "33.333", "50", "100", "148.37")
PERCENTS = decimals("0", "1", "2.5", "5", "5", "10", "10", "12.34", "33.33", "35", "50", "100", "104")
EUROS = decimals("0", "0.01", "0.05", "1", "3.335", "5", "10", "20", "99.99")
THRESHOLDS = decimals("0", "0.01", "10", "50", "99.90", "100", "148.37", "199.80", "500", "1000")
FEES = decimals("0", "0", "0.005", "0.15", "2.50", "6")
RATES = decimals("20", "20", "20", "20", "10", "5.5", "2.1", "0", "8.5")
QUANTITIES = (1, 1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 49, 50)
MINIMA = (0, 0, 0, 1, 2, 5, 6, 10, 10, 12, 50)
KEYS = ("sku:A", "sku:A", "sku:B", "sku:C", "family:F", "family:F", "family:G", "brand:X", "all", "all")
BUYERS = ("dealer:D42", "group:gold", "all", "all", "dealer:D43")
ADDRESSES = (
    *[("71400", "FR")] * 8,
    *(("20000", "FR"), ("97110", "FR"), ("97150", "FR"), ("97300", "FR"), ("98713", "FR"), ("97 200", "fr")),
    *(("98000", "MC"), ("1000", "BE"), ("10557", "GR"), ("97110", "GP"), ("97600", "YT"), ("1201", "CH"), ("", "")),
)
ZONES = ("*", "FR", "FR", "FR-7", "FR-20", "FR-97", "BE", "GP")


@dataclass(frozen=True)
class Case:
    """One dealer and one basket."""

    number: int
    about: Circumstances
    conditions: Sequence[Condition]
    lines: Sequence[Wanted]


def make(seed: int, number: int) -> Case:
    """Case `number` of a seed."""
    draw = Random(f"{seed}/{number}")
    conditions = _conditions(draw)
    dealer = _dealer(draw, conditions)
    houses = [_house(draw, code) for code in HOUSES]
    products = [_product(draw, sku) for sku in SKUS]
    delivery = Delivery(_address(draw) if draw.random() < 0.2 else None, express=draw.random() < 0.15)
    about = Circumstances(
        CatalogInMemory(products, houses, _offers(draw)),
        SecondReading(conditions, ACCOUNT, GROUP, dealer.quota_used),
        dealer,
        DAY,
        end_client=draw.choice(("", "", "C1")),
        channel="online" if draw.random() < 0.9 else "phone",
        delivery=delivery,
        accruals=tuple(_accrual(draw, f"R{place}") for place in range(draw.choice((0, 0, 1, 2)))),
    )
    lines = [_line(draw) for _ in range(draw.randint(1, 6))]
    if draw.random() < SPLITS:
        return _with_a_split(draw, number, about)
    return Case(number, about, conditions, lines)


def _with_a_split(draw: Random, number: int, about: Circumstances) -> Case:
    """A few cents off goods at several rates whose amounts are multiples of each other, so that remainders tie."""
    price = draw.choice(decimals("0.01", "0.99", "1.03", "50.03"))
    rates = draw.sample(decimals("20", "10", "5.5", "2.1"), len(SKUS))
    products = [Product(sku, sku, price, rate) for sku, rate in zip(SKUS, rates, strict=True)]
    cents = Decimal(draw.randint(1, 12)).scaleb(-2)
    conditions = [Condition("off", Step.DOCUMENT, cents, Unit.EUR, "all", draw.choice(("all", "all", "sku:A")))]
    catalog = CatalogInMemory(products, [Wholesaler("N")])
    about = dataclasses.replace(about, catalog=catalog, reading=SecondReading(conditions, ACCOUNT, GROUP))
    chosen = draw.sample(SKUS, draw.randint(2, 4))
    return Case(number, about, conditions, [(sku, draw.choice((1, 1, 1, 2, 3, 4, 7)), "N") for sku in chosen])


def _amount(draw: Random, usual: Sequence[Decimal], largest: int) -> Decimal:
    """Mostly one that others have too, else any at 2 or 3 decimals."""
    if draw.random() < 0.75:
        return draw.choice(usual)
    places = draw.choice((2, 2, 3))
    return Decimal(draw.randrange(largest * 10**places)).scaleb(-places)


def _conditions(draw: Random) -> list[Condition]:
    """3 to 25 records: scales of one record, some twins that conflict, and strangers."""
    count = draw.choice((3, 4, 5, 6, 8, 10, 12, 16, 25))
    found: list[Condition] = []
    for place in range(count):
        kind = draw.random()
        if found and kind < 0.2:
            one = draw.choice(found)
            step = {"qty_min": draw.choice(MINIMA), "amount_min": draw.choice(THRESHOLDS)} if kind < 0.17 else {}
            found.append(replace(one, id=f"c{place}", value=_amount(draw, PERCENTS, 100), rev=place, **step))
        else:
            found.append(_document(draw, place) if kind < 0.35 else _condition(draw, place))
    draw.shuffle(found)
    return found


def _who_and_when(draw: Random, place: int) -> dict[str, Any]:
    return {
        "id": f"c{place}",
        "buyer": draw.choice(BUYERS),
        "product": draw.choice(KEYS),
        "wholesaler": draw.choice(("", "", "", "N", "S")),
        "channel": draw.choice(("", "", "", "online", "phone")),
        "start": draw.choice(STARTS),
        "end": draw.choice(ENDS),
        "end_client": draw.choice(("", "", "", "C1")),
        "combine": draw.choice((Combine.CASCADE, Combine.CASCADE, Combine.BEST, Combine.REPLACE)),
        "label": f"Record {place}",
        "rev": place,
    }


def _condition(draw: Random, place: int) -> Condition:
    unit = draw.choice((Unit.PERCENT, Unit.PERCENT, Unit.EUR, Unit.NET))
    limited = draw.random() < 0.25
    return Condition(
        step=draw.choice(STEPS),
        value=_amount(draw, {Unit.PERCENT: PERCENTS, Unit.EUR: EUROS, Unit.NET: PRICES}[unit], 100),
        unit=unit,
        qty_min=draw.choice(MINIMA),
        qty_scope=draw.choice((QtyScope.LINE, QtyScope.MATCH)),
        quota=draw.choice((None, 3, 6, 10, 20)) if limited else None,
        stock_cap=draw.choice((None, 5, 12, 60)) if limited else None,
        stock_used=draw.choice((0, 0, 2, 5, 61)) if limited else 0,
        **_who_and_when(draw, place),
    )


def _document(draw: Random, place: int) -> Condition:
    unit = draw.choice((Unit.PERCENT, Unit.EUR))
    return Condition(
        step=Step.DOCUMENT,
        value=_amount(draw, PERCENTS if unit is Unit.PERCENT else EUROS, 100),
        unit=unit,
        amount_min=_amount(draw, THRESHOLDS, 500) if draw.random() < 0.5 else Decimal(0),
        qty_min=draw.choice((0, 0, 5)),
        **_who_and_when(draw, place),
    )


def _product(draw: Random, sku: str) -> Product:
    dated = {
        (price.wholesaler, price.start): price
        for price in (
            DatedPrice(
                _amount(draw, PRICES, 500),
                draw.choice(("", "", "N", "S")),
                draw.choice(STARTS),
                draw.choice(ENDS),
                draw.choice(("", "Tarif")),
            )
            for _ in range(draw.choice((0, 0, 1, 2, 3)))
        )
    }
    return Product(
        sku,
        f"Article {sku}",
        _amount(draw, PRICES, 500),
        draw.choice(RATES),
        brand=draw.choice(("", "X")),
        family=draw.choice(("", "F", "F", "G")),
        eco_fee=draw.choice(FEES),
        pack_multiple=draw.choice((1, 1, 1, 1, 1, 1, 6)),
        min_qty=draw.choice((1, 1, 1, 1, 1, 1, 5)),
        status=ProductStatus.STOPPED if draw.random() < 0.05 else ProductStatus.ACTIVE,
        private_copy_fee=draw.choice(FEES),
        weight=draw.choice(decimals("0", "0.25", "1", "2.5")),
        vat_rate_overseas=draw.choice((None, None, None, Decimal("2.1"), Decimal("1.05"))),
        prices=tuple(dated.values()),
    )


def _house(draw: Random, code: str) -> Wholesaler:
    def maybe(share: float, usual: Sequence[Decimal], largest: int) -> Decimal | None:
        return _amount(draw, usual, largest) if draw.random() < share else None

    rows = {
        (row.zone, row.weight_max): row
        for row in (
            CarriageRate(
                draw.choice(ZONES),
                _amount(draw, EUROS, 40),
                draw.choice((None, Decimal(1), Decimal(5), Decimal(30))),
                maybe(0.3, EUROS, 40),
            )
            for _ in range(draw.choice((0, 0, 1, 3, 5)))
        )
    }
    return Wholesaler(
        code,
        order_minimum=maybe(0.3, THRESHOLDS, 500),
        small_order_fee=maybe(0.5, EUROS, 30),
        free_carriage_from=maybe(0.5, THRESHOLDS, 500),
        carriage_fee=_amount(draw, EUROS, 30),
        carriage_vat_rate=draw.choice(decimals("20", "20", "5.5", "0")),
        delivery_days=draw.choice((None, 1, 1, 2)),
        express_fee=maybe(0.6, EUROS, 30),
        carriage_table=tuple(rows.values()),
    )


def _offers(draw: Random) -> list[Offer]:
    return [
        Offer(
            code,
            sku,
            draw.choice((0, 3, 10, 1000)),
            list_price=_amount(draw, PRICES, 500) if draw.random() < 0.2 else None,
        )
        for sku in SKUS
        for code in (*HOUSES, "X")
        if draw.random() < (0.05 if code == "X" else 0.85)
    ]


def _address(draw: Random) -> Address:
    postcode, country = draw.choice(ADDRESSES)
    return Address(postcode=postcode, country=country)


def _dealer(draw: Random, conditions: Sequence[Condition]) -> Dealer:
    return Dealer(
        ACCOUNT,
        "Dealer",
        GROUP,
        address=_address(draw),
        credit_limit=draw.choice((None, Decimal(0), Decimal(100), Decimal(5000))),
        unpaid=draw.choice((None, Decimal("99.99"))),
        undelivered=draw.choice(decimals("0", "0", "4000.01")),
        online_bonus_percent=draw.choice(decimals("0", "0.5", "1", "2.25")),
        online_bonus_from=draw.choice(STARTS),
        online_bonus_to=draw.choice(ENDS),
        vat_id=draw.choice(("", "BE0123456789", "EL123456789", "FR12345678901")),
        credit_policy=draw.choice(list(CreditPolicy)),
        quota_used={one.id: draw.choice((1, 2, 5, 21)) for one in conditions if one.quota and draw.random() < 0.4},
    )


def _accrual(draw: Random, name: str) -> Accrual:
    agreement = Agreement(
        name,
        "all",
        draw.choice((BEFORE[0], BEFORE[0], DAY, AFTER[0])),
        draw.choice((BEFORE[2], DAY, AFTER[2], AFTER[2])),
        (Tier(Decimal(0), Decimal(1)),),
        draw.choice(list(TierMode)),
        draw.choice(list(CountedOrders)),
        include=draw.choice(((), (), ("family:F",), ("brand:X", "sku:A"))),
        exclude=draw.choice(((), (), ("sku:A",), ("family:G",))),
    )
    return Accrual(agreement, _amount(draw, decimals("0", "0.75", "1", "2", "3"), 9))


def _line(draw: Random) -> Wanted:
    sku = draw.choice(SKUS) if draw.random() < 0.98 else "ZZ"
    quantity = draw.choice(QUANTITIES) if draw.random() < 0.98 else draw.choice((0, 999_999, 1_000_000))
    return sku, quantity, draw.choice(("", "", "N", "N", "S", "O") if draw.random() < 0.97 else ("X", "Q"))
