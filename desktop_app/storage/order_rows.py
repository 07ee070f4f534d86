"""What an order is made of on disk: its header, its lines, and the priced picture taken when it was submitted."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct, field

from desktop_app.contract.orders import DeliveryDoc, delivery_doc
from desktop_app.domain.order import Delivery, DeliveryState, Problem, Status, SubOrder, Totals
from desktop_app.storage.desk_database import moment_text, optional_moment
from desktop_app.storage.order_records import FROM_DESK


class LineRow(Struct, frozen=True):
    """One line of an order made here. `asked` is the typed quantity where it was rounded up; `wholesaler` is empty
    where nobody named one; `place` orders the lines; `unit_net` is the price last shown (4 decimals), None if none.
    """

    key: int
    place: float
    sku: str
    quantity: int
    asked: int | None = None
    wholesaler: str = ""
    unit_net: Decimal | None = None


class OrderRow(Struct, frozen=True):
    """The header of an order. `delivery_state` is that of its latest message; `origin` is `desk` or `feed`."""

    order_id: str
    desk_no: str
    created_at: datetime
    updated_at: datetime
    origin: str = FROM_DESK
    order_no: str = ""
    status: Status = Status.DRAFT
    revision: int = 1
    reference: str = ""
    end_client: str = ""
    note: str = ""
    author: str = ""
    delivery: Delivery = field(default_factory=Delivery)
    submitted_at: datetime | None = None
    catalog_version: int = 0
    terms_version: int = 0
    line_count: int = 0
    total: Decimal = Decimal(0)
    reason: str = ""
    cancel_wished: bool = False
    delivery_state: DeliveryState = DeliveryState.NONE


class Snapshot(Struct, frozen=True):
    """An order exactly as it was priced when it was submitted, with every trace; `names` maps sku to product name."""

    sub_orders: tuple[SubOrder, ...]
    totals: Totals
    problems: tuple[Problem, ...] = ()
    names: dict[str, str] = field(default_factory=dict)


class LineGoods(Struct, frozen=True, gc=False):
    """A line's net goods before VAT, in euros."""

    sku: str
    line_total: Decimal


class PartTotals(Struct, frozen=True, gc=False):
    """The goods of a sub-order and the document discount on them, in euros."""

    goods: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)


class PartGoods(Struct, frozen=True):
    """What of a sub-order counts as turnover."""

    lines: tuple[LineGoods, ...]
    totals: PartTotals


class SnapshotGoods(Struct, frozen=True):
    """What of a `Snapshot` counts as turnover: read without all the rest, because it is read of thousands."""

    sub_orders: tuple[PartGoods, ...]


# A message still under way counts before one that is done, whatever came last; a copy from the feed has left for good.
HEADER_SELECT = """
    SELECT order_id, desk_no, created_at, updated_at, origin, order_no, status, revision, reference, end_client, note,
        author, delivery, submitted_at, catalog_version, terms_version, line_count, total, reason,
        cancel_wish IS NOT NULL, CASE WHEN status = 'draft' THEN 'none' ELSE coalesce(
            (SELECT state FROM outbox AS box WHERE box.subject = orders.order_id
                ORDER BY state = 'done', seq DESC LIMIT 1),
            CASE WHEN origin = 'feed' OR order_no <> '' THEN 'done' ELSE 'none' END) END
    FROM orders"""


def header_from(row: tuple[Any, ...]) -> OrderRow:
    """A row of `HEADER_SELECT` as an `OrderRow`."""
    return OrderRow(
        order_id=row[0],
        desk_no=row[1],
        created_at=datetime.fromisoformat(row[2]),
        updated_at=datetime.fromisoformat(row[3]),
        origin=row[4],
        order_no=row[5],
        status=Status(row[6]),
        revision=row[7],
        reference=row[8],
        end_client=row[9],
        note=row[10],
        author=row[11],
        delivery=msgspec.json.decode(row[12], type=DeliveryDoc).to_domain(),
        submitted_at=optional_moment(row[13]),
        catalog_version=row[14],
        terms_version=row[15],
        line_count=row[16],
        total=Decimal(row[17]),
        reason=row[18],
        cancel_wished=bool(row[19]),
        delivery_state=DeliveryState(row[20]),
    )


def header_values(order: OrderRow) -> dict[str, object]:
    """An `OrderRow` as named values for its columns."""
    return {
        "order_id": order.order_id,
        "origin": order.origin,
        "desk_no": order.desk_no,
        "order_no": order.order_no,
        "status": order.status,
        "revision": order.revision,
        "reference": order.reference,
        "end_client": order.end_client,
        "note": order.note,
        "author": order.author,
        "delivery": delivery_bytes(order.delivery),
        "created_at": moment_text(order.created_at),
        "updated_at": moment_text(order.updated_at),
        "line_count": order.line_count,
        "total": str(order.total),
    }


def delivery_bytes(delivery: Delivery) -> bytes:
    """A delivery as it lies in its column."""
    return msgspec.json.encode(delivery_doc(delivery))
