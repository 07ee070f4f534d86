"""Putting orders down: a new one with its number, and one that is queued to leave. All in the caller's transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from desktop_app.contract.wire import Limits
from desktop_app.errors import ActionNotPossible
from desktop_app.services.order_document import PricedOrder, document_bytes
from desktop_app.services.price_basis import PriceBasis
from desktop_app.services.views import OrderDetails
from desktop_app.storage.database import Connection
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.order_rows import OrderRow


class Numbered(Protocol):
    """What a document says of an order besides its details: its id, its desk number, when it was made."""

    @property
    def order_id(self) -> str:
        """The order's id."""

    @property
    def desk_no(self) -> str:
        """The number it has had at this desk since it was made."""

    @property
    def created_at(self) -> datetime:
        """When it was made."""


class OrderWriting:
    """Creates and queues the orders of one desk; `author` is who sits there, `limits` what the server publishes."""

    def __init__(
        self,
        connection: Connection,
        *,
        basis: Callable[[], PriceBasis],
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        author: Callable[[], str],
        limits: Callable[[], Limits],
    ) -> None:
        self._basis, self._now, self._new_id = basis, now, new_id
        self._author, self._limits = author, limits
        self._orders = OrderRepository(connection)
        self._journal = Journal(connection)

    def create(self, details: OrderDetails) -> OrderRow:
        """A new, empty draft with its desk number."""
        now = self._now()
        order = OrderRow(
            order_id=self._new_id(),
            desk_no=self._orders.next_desk_no(self._basis().day.year),
            created_at=now,
            updated_at=now,
            reference=details.reference,
            end_client=details.end_client,
            note=details.note,
            author=self._author(),
            delivery=details.delivery,
        )
        self._orders.create(order)
        self._journal.add(order.order_id, now, "created", {"desk_no": order.desk_no})
        return order

    def queue(
        self, order: Numbered, details: OrderDetails, priced: PricedOrder, seen: datetime, *, by_rule: bool = False
    ) -> int:
        """Write order, message and journal, if the order is still as it was `seen`; returns the revision queued.

        The journal says who let it leave, unless that was the dealer's own rule.
        Raises OrderRefused where the manufacturer would not take it, ActionNotPossible where it was changed.
        """
        now = self._now()
        revision = self._orders.next_revision(order.order_id)
        author = self._author_of(order)
        body = self.document(order, details, priced, revision)
        versions = priced.catalog_version, priced.terms_version
        if not self._orders.submit(
            order.order_id,
            revision,
            priced.snapshot(),
            body,
            versions=versions,
            author=author,
            delivery=details.delivery,
            seen=seen,
            now=now,
        ):
            raise ActionNotPossible("This draft was changed by another program meanwhile; open it again.")
        self._journal.add(
            order.order_id, now, "submitted", {"revision": str(revision)} | ({} if by_rule else self.by())
        )
        return revision

    def by(self) -> dict[str, str]:
        """Who does what is written down now, for the journal."""
        name = self._author()
        return {"by": name} if name else {}

    def document(self, order: Numbered, details: OrderDetails, priced: PricedOrder, revision: int) -> bytes:
        """The bytes that would be sent. Raises OrderRefused where the manufacturer would not take them."""
        return document_bytes(
            priced,
            details,
            order_id=order.order_id,
            revision=revision,
            desk_no=order.desk_no,
            created_at=order.created_at,
            author=self._author_of(order),
            limits=self._limits(),
        )

    def _author_of(self, order: Numbered) -> str:
        """Who entered the order: it stays his, whoever of the account lets it leave."""
        row = self._orders.get(order.order_id)
        return (row.author if row is not None else "") or self._author()


def details_of(order: OrderRow) -> OrderDetails:
    """What an order says besides its lines."""
    return OrderDetails(order.reference, order.delivery, order.end_client, order.note)
