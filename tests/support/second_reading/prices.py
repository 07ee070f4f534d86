"""The pricing rules read a second time, slowly and without any of the engine's code: the price of one line.

Exact fractions, and every record compared with every other. The other files of this folder read the rest of the rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from desktop_app.domain.catalog import DatedPrice, Offer, Product
from desktop_app.domain.condition import Condition
from tests.support.second_reading.figures import NOTHING, half_up

ORDER_OF_STEPS = ["net", "base", "qty", "promo", "bid"]
ORDER_OF_BUYERS = ["dealer", "group", "all"]
ORDER_OF_PRODUCTS = ["sku", "family", "brand", "all"]


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
    """One step that a record won: the exact price after it, and what the record alone would have made."""

    step: str
    record: Condition
    applied: bool
    price: Fraction
    made: Fraction
    note: str

    @property
    def condition(self) -> str:
        return self.record.id


class SecondReading:
    """The conditions of one dealer, read record by record each time. `used`: units he had at a condition before."""

    def __init__(
        self, conditions: Iterable[Condition], account: str, group: str = "", used: Mapping[str, int] | None = None
    ) -> None:
        mine = {f"dealer:{account}", "all"} | ({f"group:{group}"} if group else set())
        records = [record for record in conditions if record.buyer in mine]
        equals = [
            (one, other)
            for place, one in enumerate(records)
            for other in records[place + 1 :]
            if _equal_in_rank(one, other) and _share_a_day(one, other)
        ]
        self.equals = [(one.id, other.id) for one, other in equals]
        self.left_out = {record.id for pair in equals for record in pair}
        self.records = [record for record in records if record.id not in self.left_out]
        self.used = used or {}

    def price(self, asked: Asked, matched: Mapping[str, int] | None = None) -> list[Row]:
        """The rows of the trace after `list`."""
        tarif = price = Fraction(asked.list_price)
        rows: list[Row] = []
        net_applied = False
        for step in ORDER_OF_STEPS:
            if net_applied and step in ("base", "qty"):
                continue
            running = [record for record in self.records if record.step == step and _counts(record, asked, matched)]
            winner = first_in_rank(running)
            if winner is None:
                continue
            exact = _made_by(winner, price, tarif)
            made = max(exact, NOTHING)
            note = "floor" if exact < 0 else ""
            if any(asked.quantity > left for left in self.left_of(winner)):
                note, applied = "quota", False
            elif winner.combine == "best" and made >= price:
                note, applied = "less-favourable", False
            else:
                applied = True
            price = made if applied else price
            net_applied = net_applied or (step == "net" and applied)
            rows.append(Row(step, winner, applied, price, made, note))
        return rows

    def unit_net(self, asked: Asked, matched: Mapping[str, int] | None = None) -> Fraction:
        """The unit net, rounded to 4 decimals."""
        rows = self.price(asked, matched)
        return half_up(rows[-1].price if rows else Fraction(asked.list_price), 4)

    def left_out_together(self) -> list[set[str]]:
        """The records left out, those that are equal together, by the first id."""
        groups: list[set[str]] = []
        for pair in self.equals:
            touching = [group for group in groups if group & set(pair)]
            groups = [group for group in groups if group not in touching]
            groups.append(set(pair).union(*touching))
        return sorted(groups, key=min)

    def left_of(self, record: Condition) -> list[int]:
        """What is left of the dealer's quota and of the cap for all dealers, where there are such."""
        left = []
        if record.quota is not None:
            left.append(max(record.quota - self.used.get(record.id, 0), 0))
        if record.stock_cap is not None:
            left.append(max(record.stock_cap - record.stock_used, 0))
        return left


def list_price(article: Product, offer: Offer, day: date) -> tuple[Decimal, DatedPrice | None]:
    """The list price at the offer's wholesaler on a day, and the dated price it comes from."""
    running = [price for price in article.prices if (price.start or day) <= day <= (price.end or day)]
    own = [price for price in running if price.wholesaler == offer.wholesaler]
    if own:
        latest = max(own, key=lambda price: price.start or date.min)
        return latest.list_price, latest
    if offer.list_price is not None:
        return offer.list_price, None
    for_all = [price for price in running if not price.wholesaler]
    if for_all:
        latest = max(for_all, key=lambda price: price.start or date.min)
        return latest.list_price, latest
    return article.list_price, None


def names(key: str, asked_for: Product) -> bool:
    """Whether a condition's product key means this product."""
    return key in (
        "all",
        f"sku:{asked_for.sku}",
        f"family:{asked_for.family}" if asked_for.family else "all",
        f"brand:{asked_for.brand}" if asked_for.brand else "all",
    )


def first_in_rank(running: Sequence[Condition]) -> Condition | None:
    """The record that ranks before all the others."""
    for record in running:
        if all(record is other or _before(record, other) for other in running):
            return record
    assert not running, "two records that nothing tells apart"
    return None


def holds(record: Condition, wholesaler: str, channel: str, end_client: str, day: date) -> bool:
    """Whether a record counts at this wholesaler, on this channel, for this end client, on this day."""
    return (
        record.wholesaler in ("", wholesaler)
        and record.channel in ("", channel)
        and record.end_client in ("", end_client)
        and (record.start or day) <= day <= (record.end or day)
    )


def _counts(record: Condition, asked: Asked, matched: Mapping[str, int] | None) -> bool:
    quantity = asked.quantity
    if record.qty_scope == "match" and matched is not None:
        quantity = matched[record.product]
    return (
        record.qty_min <= quantity
        and names(record.product, asked.product)
        and holds(record, asked.wholesaler, asked.channel, asked.end_client, asked.day)
    )


def _before(one: Condition, other: Condition) -> bool:
    """Whether `one` ranks before `other`: the first of the criteria that tells them apart decides."""
    criteria: list[tuple[Any, Any]] = [
        (_place(ORDER_OF_BUYERS, other.buyer), _place(ORDER_OF_BUYERS, one.buyer)),
        (_place(ORDER_OF_PRODUCTS, other.product), _place(ORDER_OF_PRODUCTS, one.product)),
        (bool(one.wholesaler), bool(other.wholesaler)),
        (bool(one.channel), bool(other.channel)),
        (bool(one.end_client), bool(other.end_client)),
        (_threshold(one), _threshold(other)),
        ((one.start or date.min).toordinal(), (other.start or date.min).toordinal()),
        # Discounts on a sub-order may mean different products of it: the key, by the alphabet.
        (other.product, one.product),
    ]
    return next((mine > yours for mine, yours in criteria if mine != yours), False)


def _threshold(record: Condition) -> Decimal:
    """What has to be reached: a quantity, or euros of goods for a document discount."""
    return record.amount_min if record.step == "document" else Decimal(record.qty_min)


def _equal_in_rank(one: Condition, other: Condition) -> bool:
    return (
        (one.step, one.buyer, one.product, one.wholesaler, one.channel, one.end_client, one.start)
        == (other.step, other.buyer, other.product, other.wholesaler, other.channel, other.end_client, other.start)
    ) and _threshold(one) == _threshold(other)


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
