"""The goods of this desk's orders that a manufacturer's count of turnover cannot hold yet, over all of them.

What of one order that is: `under_way`. Each order is read once and kept until it changes.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime

import msgspec
from msgspec import Struct

from desktop_app.contract.orders import OrderRecord
from desktop_app.domain.order import Status
from desktop_app.services.under_way import GoodsLine, lines_of, open_lines
from desktop_app.storage.agreement_repository import AgreementRepository, SentOrder
from desktop_app.storage.database import Connection
from desktop_app.storage.order_records import OrderRecords
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.order_rows import SnapshotGoods

_WITHOUT = (Status.REFUSED, Status.CANCELLED)


class _Kept(Struct, frozen=True):
    """An order as it was when `news` was its news: the manufacturer's record, else the goods as sent from here."""

    news: str
    record: OrderRecord | None
    sent: tuple[GoodsLine, ...]


class OrdersUnderWay:
    """`day_of` tells on which day at the manufacturer a moment lies. Raises StorageFailed."""

    def __init__(self, connection: Connection, day_of: Callable[[datetime], date]) -> None:
        self._day_of = day_of
        self._found = AgreementRepository(connection)
        self._records = OrderRecords(connection)
        self._orders = OrderRepository(connection)
        self._goods = msgspec.json.Decoder(SnapshotGoods)
        self._kept: dict[str, _Kept] = {}

    def goods(
        self, start: date, end: date, as_of: datetime | None, among: Collection[str] | None = None
    ) -> dict[str, tuple[GoodsLine, ...]]:
        """By order, the goods of those received from `start` to `end` (both included) that were not counted at `as_of`;
        only of the orders `among` these ids, if given.

        Where the manufacturer has told nothing of an order yet, the day it left is the day it was received.
        """
        found: dict[str, tuple[GoodsLine, ...]] = {}
        for order in self._found.perhaps_under_way(start, end, as_of, among):
            kept = self._read(order)
            received = order.sent if kept.record is None else kept.record.received_at
            if not start <= self._day_of(received) <= end:
                continue
            if kept.record is None:
                found[order.order_id] = kept.sent
            elif kept.record.status not in _WITHOUT:
                found[order.order_id] = open_lines(kept.record, as_of)
        return found

    def reading_ahead(self, start: date, end: date, as_of: datetime | None) -> Iterator[str]:
        """Read what `goods` of that period needs, one order with each step; yields the order's id."""
        for order in self._found.perhaps_under_way(start, end, as_of):
            self._read(order)
            yield order.order_id

    def _read(self, order: SentOrder) -> _Kept:
        kept = self._kept.get(order.order_id)
        if kept is None or kept.news != order.news:
            record = self._records.get(order.order_id)
            if record is not None and record.revision < order.revision:
                record = None
            picture = self._orders.picture(order.order_id) if record is None else None
            kept = _Kept(
                order.news, record, () if picture is None else lines_of(self._goods.decode(picture).sub_orders)
            )
            self._kept[order.order_id] = kept
        return kept
