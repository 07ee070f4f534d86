"""What an order still adds to the turnover a manufacturer has counted: net goods not invoiced yet, line by line.

Pure. Which orders are asked: `back_margin_service`; which lines an agreement counts: `domain.back_margin`.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from desktop_app.contract.orders import OrderRecord, RecordLine
from desktop_app.domain.money import ZERO, round_amount
from desktop_app.domain.order import SubOrder
from desktop_app.storage.order_rows import PartGoods

_INVOICED = "invoiced"


class GoodsLine(Struct, frozen=True):
    """Net goods of one product before VAT, in euros, less its share of a document discount."""

    sku: str
    amount: Decimal


def lines_of(sub_orders: Iterable[SubOrder | PartGoods]) -> tuple[GoodsLine, ...]:
    """All goods of priced sub-orders: an open draft, or an order the manufacturer has not told of yet."""
    return tuple(
        GoodsLine(line.sku, line.line_total - _share(line.line_total, part.totals.discount, part.totals.goods))
        for part in sub_orders
        for line in part.lines
    )


def open_lines(record: OrderRecord, as_of: datetime | None) -> tuple[GoodsLine, ...]:
    """The goods of an order that the count of `as_of` cannot hold (None: nothing was counted yet).

    Units neither invoiced nor refused, and units invoiced after that moment.
    """
    later = _invoiced_after(record, as_of)
    found = []
    for part in record.sub_orders:
        for line in part.lines:
            since = later.get((part.wholesaler, line.sku), 0)
            units = line.quantity - line.refused - line.invoiced + min(since, line.invoiced)
            if units > 0:
                whole = _net(line, Decimal(part.discount), Decimal(part.goods))
                found.append(GoodsLine(line.sku, round_amount(whole * units / line.quantity)))
    return tuple(found)


def _invoiced_after(record: OrderRecord, as_of: datetime | None) -> dict[tuple[str, str], int]:
    units: dict[tuple[str, str], int] = {}
    for entry in record.history:
        if entry.state == _INVOICED and (as_of is None or entry.at > as_of):
            key = entry.wholesaler, entry.sku
            units[key] = units.get(key, 0) + entry.quantity
    return units


def _net(line: RecordLine, discount: Decimal, goods: Decimal) -> Decimal:
    total = Decimal(line.line_total)
    return total - _share(total, discount, goods)


def _share(amount: Decimal, discount: Decimal, goods: Decimal) -> Decimal:
    return discount * amount / goods if discount and goods else ZERO
