"""The pricing rules read a second time, slowly and without any of the engine's code: the oracle of its tests.

Exact fractions, pairwise comparison of every record with every other, every figure added up from nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop_app.domain.catalog import CatalogReader, Offer, Product, Wholesaler
from desktop_app.domain.condition import Condition
from desktop_app.domain.party import Dealer

ORDER_OF_STEPS = ["net", "base", "qty", "promo", "bid"]
ORDER_OF_BUYERS = ["dealer", "group", "all"]
ORDER_OF_PRODUCTS = ["sku", "family", "brand", "all"]


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Round a value that is not below zero."""
    scale = 10**decimals
    return Fraction((value * scale + Fraction(1, 2)) // 1, scale)


def as_decimal(value: Fraction, decimals: int) -> Decimal:
    """A rounded fraction as a Decimal, for comparison with the engine's."""
    scaled = value * 10**decimals
    assert scaled.denominator == 1
    return Decimal(int(scaled)).scaleb(-decimals)


@dataclass(frozen=True)
class Asked:
    """One price that is asked for."""

    product: Product
    wholesaler: str
    list_price: Decimal
    quantity: int
    day: date
    end_client: str = ""
    channel: str = "online"


@dataclass(frozen=True)
class Row:
    """One step that a record won: the exact price after it."""

    step: str
    condition: str
    applied: bool
    price: Fraction


class SecondReading:
    """The conditions of one dealer, read record by record each time."""

    def __init__(self, conditions: Iterable[Condition], account: str, group: str = "") -> None:
        mine = {f"dealer:{account}", "all"} | ({f"group:{group}"} if group else set())
        records = [record for record in conditions if record.buyer in mine and record.step != "list"]
        equals = [
            (one, other)
            for place, one in enumerate(records)
            for other in records[place + 1 :]
            if _equal_in_rank(one, other) and _share_a_day(one, other)
        ]
        self.left_out = {record.id for pair in equals for record in pair}
        self.records = [record for record in records if record.id not in self.left_out]

    def price(self, asked: Asked, matched: Mapping[str, int] | None = None) -> list[Row]:
        """The rows of the trace after `list`."""
        tarif = price = Fraction(asked.list_price)
        rows: list[Row] = []
        net_applied = False
        for step in ORDER_OF_STEPS:
            if net_applied and step in ("base", "qty"):
                continue
            winner = self._winner(step, asked, matched)
            if winner is None:
                continue
            made = max(_made_by(winner, price, tarif), Fraction(0))
            allowed = [cap for cap in (winner.quota, winner.stock_cap) if cap is not None]
            applied = all(asked.quantity <= cap for cap in allowed) and not (winner.combine == "best" and made >= price)
            price = made if applied else price
            net_applied = net_applied or (step == "net" and applied)
            rows.append(Row(step, winner.id, applied, price))
        return rows

    def unit_net(self, asked: Asked, matched: Mapping[str, int] | None = None) -> Fraction:
        """The unit net, rounded to 4 decimals."""
        rows = self.price(asked, matched)
        return half_up(rows[-1].price if rows else Fraction(asked.list_price), 4)

    def _winner(self, step: str, asked: Asked, matched: Mapping[str, int] | None) -> Condition | None:
        running = [record for record in self.records if record.step == step and _counts(record, asked, matched)]
        for record in running:
            if all(record is other or _before(record, other) for other in running):
                return record
        assert not running, "two records that nothing tells apart"
        return None


def names(key: str, asked_for: Product) -> bool:
    """Whether a condition's product key means this product."""
    return key in (
        "all",
        f"sku:{asked_for.sku}",
        f"family:{asked_for.family}" if asked_for.family else "all",
        f"brand:{asked_for.brand}" if asked_for.brand else "all",
    )


def _counts(record: Condition, asked: Asked, matched: Mapping[str, int] | None) -> bool:
    quantity = asked.quantity
    if record.qty_scope == "match" and matched is not None:
        quantity = matched[record.product]
    return (
        names(record.product, asked.product)
        and record.wholesaler in ("", asked.wholesaler)
        and record.channel in ("", asked.channel)
        and record.end_client in ("", asked.end_client)
        and (record.start or asked.day) <= asked.day <= (record.end or asked.day)
        and record.qty_min <= quantity
    )


def _before(one: Condition, other: Condition) -> bool:
    """Whether `one` ranks before `other`: the first of the criteria that tells them apart decides."""
    criteria = [
        (_place(ORDER_OF_BUYERS, other.buyer), _place(ORDER_OF_BUYERS, one.buyer)),
        (_place(ORDER_OF_PRODUCTS, other.product), _place(ORDER_OF_PRODUCTS, one.product)),
        (bool(one.wholesaler), bool(other.wholesaler)),
        (bool(one.channel), bool(other.channel)),
        (bool(one.end_client), bool(other.end_client)),
        (one.qty_min, other.qty_min),
        ((one.start or date.min).toordinal(), (other.start or date.min).toordinal()),
    ]
    return next((mine > yours for mine, yours in criteria if mine != yours), False)


def _equal_in_rank(one: Condition, other: Condition) -> bool:
    return (
        (one.step, one.buyer, one.product, one.wholesaler, one.channel)
        == (other.step, other.buyer, other.product, other.wholesaler, other.channel)
    ) and (one.end_client, one.qty_min, one.start) == (other.end_client, other.qty_min, other.start)


def _share_a_day(one: Condition, other: Condition) -> bool:
    begin = max(one.start or date.min, other.start or date.min)
    return begin <= min(one.end or date.max, other.end or date.max)


def _place(order: Sequence[str], key: str) -> int:
    return order.index(key.split(":")[0])


def _made_by(record: Condition, price: Fraction, tarif: Fraction) -> Fraction:
    if record.unit == "NET":
        return Fraction(record.value)
    start = price if record.combine == "cascade" else tarif
    if record.unit == "%":
        return start - start * Fraction(record.value) / 100
    return start - Fraction(record.value)


@dataclass
class Figures:
    """The sums of one sub-order or of the basket, as fractions of euros."""

    goods: Fraction
    eco: Fraction
    carriage: Fraction
    fees: Fraction
    vat: dict[Decimal, Fraction]
    total: Fraction
    online_bonus: Fraction


def read_basket(
    lines: Sequence[tuple[str, int, str]],
    catalog: CatalogReader,
    reading: SecondReading,
    dealer: Dealer,
    day: date,
    end_client: str = "",
) -> tuple[dict[str, Figures], list[tuple[str, Fraction] | None]]:
    """The figures per wholesaler, and per line its wholesaler and unit net (None where it has no price)."""
    placed = [_place_line(sku, quantity, named, catalog, reading, day, end_client) for sku, quantity, named in lines]
    prices: list[tuple[str, Fraction] | None] = []
    grouped: dict[str, list[tuple[Product, int, Fraction]]] = {}
    for mine in placed:
        if mine is None:
            prices.append(None)
            continue
        article, offer, quantity = mine
        siblings = [other for other in placed if other is not None and other[1].wholesaler == offer.wholesaler]
        keys = {record.product for record in reading.records}
        matched = {key: sum(count for other, _, count in siblings if names(key, other)) for key in keys}
        unit = reading.unit_net(_ask(article, offer, quantity, day, end_client), matched)
        prices.append((offer.wholesaler, unit))
        grouped.setdefault(offer.wholesaler, []).append((article, quantity, unit))
    figures = {}
    for code, part in grouped.items():
        house = catalog.wholesaler(code)
        assert house is not None
        figures[code] = _figures(part, house, dealer, day)
    return figures, prices


def _ask(article: Product, offer: Offer, quantity: int, day: date, end_client: str) -> Asked:
    tarif = article.list_price if offer.list_price is None else offer.list_price
    return Asked(article, offer.wholesaler, tarif, quantity, day, end_client)


def _place_line(
    sku: str, quantity: int, named: str, catalog: CatalogReader, reading: SecondReading, day: date, end_client: str
) -> tuple[Product, Offer, int] | None:
    article = catalog.product(sku)
    if article is None or not 1 <= quantity <= 999_999:
        return None
    known = [(offer, catalog.wholesaler(offer.wholesaler)) for offer in catalog.offers(sku)]
    offers = [(offer, house) for offer, house in known if house is not None and named in ("", offer.wholesaler)]
    if not offers:
        return None
    enough = [pair for pair in offers if pair[0].available >= quantity] or offers
    costs = {offer.wholesaler: reading.unit_net(_ask(article, offer, quantity, day, end_client)) for offer, _ in enough}
    cheapest = [pair for pair in enough if costs[pair[0].wholesaler] == min(costs.values())]
    delays = [house.delivery_days for _, house in cheapest if house.delivery_days is not None]
    soonest = [pair for pair in cheapest if not delays or pair[1].delivery_days == min(delays)]
    return article, min(soonest, key=lambda pair: pair[0].wholesaler)[0], quantity


def _figures(part: Sequence[tuple[Product, int, Fraction]], house: Wholesaler, dealer: Dealer, day: date) -> Figures:
    totals = [half_up(unit * quantity, 2) for _, quantity, unit in part]
    ecos = [half_up(Fraction(article.eco_fee) * quantity, 2) for article, quantity, _ in part]
    goods, eco = sum(totals, Fraction(0)), sum(ecos, Fraction(0))
    free = house.free_carriage_from is not None and goods >= house.free_carriage_from
    carriage = Fraction(0) if free else half_up(Fraction(house.carriage_fee), 2)
    small = house.order_minimum is not None and goods < house.order_minimum
    fees = half_up(Fraction(house.small_order_fee or 0), 2) if small else Fraction(0)
    rates = {article.vat_rate for article, _, _ in part} | ({house.carriage_vat_rate} if carriage + fees else set())
    vat = {}
    for rate in rates:
        lines = zip(part, totals, ecos, strict=True)
        base = sum((total + own for (article, _, _), total, own in lines if article.vat_rate == rate), Fraction(0))
        if rate == house.carriage_vat_rate:
            base += carriage + fees
        vat[rate] = half_up(base * Fraction(rate) / 100, 2)
    begins = dealer.online_bonus_from is None or dealer.online_bonus_from <= day
    lasts = dealer.online_bonus_to is None or day <= dealer.online_bonus_to
    percent = Fraction(dealer.online_bonus_percent) if begins and lasts else Fraction(0)
    total = goods + eco + carriage + fees + sum(vat.values(), Fraction(0))
    return Figures(goods, eco, carriage, fees, vat, total, half_up(goods * percent / 100, 2))
