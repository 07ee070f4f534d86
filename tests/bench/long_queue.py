"""A queue of many orders for the benches: one order of the practice desk, queued again and again under other ids."""

import uuid
from pathlib import Path

import msgspec

from desktop_app.application import Application
from desktop_app.contract.orders import OrderDocument
from desktop_app.domain.order import Status
from desktop_app.storage.database import transaction
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.outbox import Outbox

ORDERS, LINES = 10_000, 20


def fill(profile: Path, orders: int = ORDERS) -> None:
    """Queue `orders` orders of `LINES` lines at the desk in this folder, as if its network had been away for long."""
    application = Application.open(profile)
    try:
        rows = application.catalog.search("logitech", limit=100, in_stock=True).rows
        skus = [row.sku for row in rows if row.unit_net is not None][:LINES]
        first = application.orders.new_order([(sku, 1, "") for sku in skus], round_up=True).submit().summary
        assert application._desk is not None
        connection = application._desk.database.connection
        repository, journal = OrderRepository(connection), Journal(connection)
        order, picture = repository.get(first.order_id), repository.snapshot(first.order_id)
        message = Outbox(connection).get_order(first.order_id, 1)
        assert order is not None
        assert picture is not None
        assert message is not None
        lines, document = repository.lines(first.order_id), msgspec.json.decode(message.body, type=OrderDocument)
        with transaction(connection):
            for number in range(1, orders):
                order_id, desk_no = str(uuid.uuid4()), f"Q-{number:05}"
                copy = msgspec.structs.replace(order, order_id=order_id, desk_no=desk_no, status=Status.DRAFT)
                repository.create(copy)
                repository.put_lines(order_id, lines)
                body = msgspec.structs.replace(document, order_id=order_id, desk_no=desk_no)
                repository.submit(
                    order_id,
                    1,
                    picture,
                    msgspec.json.encode(body, order="deterministic"),
                    versions=(document.catalog_version, document.terms_version),
                    author=order.author,
                    delivery=order.delivery,
                    seen=copy.updated_at,
                    now=message.created_at,
                )
                journal.add(order_id, message.created_at, "submitted", {"revision": "1"})
    finally:
        application.close_files()
