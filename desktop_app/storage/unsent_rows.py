"""What of `desk.db` has a second copy: messages that are not done, and wishes to cancel. Read out, and put back."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from itertools import islice

import msgspec
from msgspec import Struct

from desktop_app.contract.orders import CancelRequest, OrderDocument, OrderRequest
from desktop_app.contract.sealed import UnsentOrder
from desktop_app.domain.order import DeliveryState
from desktop_app.domain.outcome import REQUESTS, MessageKind
from desktop_app.storage.database import Connection, transaction
from desktop_app.storage.desk_database import moment_text
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_records import FROM_DESK, FROM_FEED
from desktop_app.storage.order_repository import fingerprint
from desktop_app.storage.outbox import order_message_id

_AT_ONCE = 500


class UnsentRow(Struct, frozen=True):
    """A message without its bytes: `message_id` is its id in the queue, `since` when it was queued, `held` whether a
    person keeps it back, `done` whether it is settled; a wish is a message that is queued once its order has arrived.
    """

    message_id: str
    order_id: str
    since: datetime
    held: bool = False
    done: bool = False
    wish: bool = False

    @property
    def key(self) -> str:
        """What its record in the second copy is called."""
        if self.message_id.startswith(f"{self.order_id}/"):
            return self.message_id
        return f"{self.order_id}/{self.message_id}"


class UnsentRows:
    """Reads what has not left, and puts it back into another `desk.db`. Writes join the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- reading --------------------------------------------------------------------------------------------------

    def of(self, order_ids: Collection[str]) -> list[UnsentRow]:
        """The messages of these orders, settled ones too, and their wishes."""
        rest, found = iter(order_ids), []
        while chunk := tuple(islice(rest, _AT_ONCE)):
            found += self._rows(f"IN ({', '.join('?' * len(chunk))})", chunk)
        return found

    def unsettled(self) -> list[UnsentRow]:
        """The messages that are not done, and the wishes."""
        return self._rows("", ())

    def content(self, row: UnsentRow, *, server_id: str, account: str, client_instance: str) -> UnsentOrder | None:
        """Everything about a message that is to be sealed, None where it went meanwhile."""
        found = self._connection.execute(
            "SELECT revision, desk_no, author, cancel_wish, NULL, 'cancel' FROM orders WHERE order_id = ?"
            if row.wish
            else "SELECT box.revision, desk_no, author, body, picture, kind FROM outbox AS box JOIN orders"
            " ON order_id = subject WHERE subject = ? AND id = ?",
            (row.order_id,) if row.wish else (row.order_id, row.message_id),
        ).fetchone()
        if found is None or found[3] is None:
            return None
        revision, desk_no, author, body, picture, kind = found
        return UnsentOrder(
            server_id, account, client_instance, row.order_id, revision, kind, desk_no, author, row.since, body, picture
        )

    def is_settled(self, key: str, moment: datetime) -> bool:
        """Whether a message of which a copy was made at `moment` is done, or was taken back since.

        False where this file does not know it because it is older than the copy: then it was itself put back.
        """
        order_id, _, message_id = key.rpartition("/")
        row = self._connection.execute(
            "SELECT state = 'done' FROM outbox WHERE subject = ? AND id IN (?, ?)", (order_id, key, message_id)
        ).fetchone()
        if row is None:
            row = self._connection.execute(
                "SELECT updated_at >= ? FROM orders WHERE order_id = ?", (moment_text(moment), order_id)
            ).fetchone()
        return row is not None and bool(row[0])

    def had(self, order: UnsentOrder) -> bool:
        """Whether this very message was once queued in this file, by its journal: if it is not here it was taken back.

        Told by the moment it was queued, which is the same in both, whatever clocks said since.
        """
        queued = "SELECT 1 FROM journal WHERE order_id = ? AND at = ? AND code <> 'created'"
        moment = moment_text(order.created_at)
        return self._connection.execute(queued, (order.order_id, moment)).fetchone() is not None

    def _rows(self, among: str, values: tuple[str, ...]) -> list[UnsentRow]:
        narrowed = f"subject {among}" if among else "state <> 'done'"
        rows = self._connection.execute(
            f"SELECT id, subject, created_at, state FROM outbox WHERE {narrowed} ORDER BY seq", values
        ).fetchall()
        found = [
            UnsentRow(message_id, subject, datetime.fromisoformat(since), state == "held", state == "done")
            for message_id, subject, since, state in rows
        ]
        narrowed = f"AND order_id {among}" if among else ""
        wishes = self._connection.execute(
            f"SELECT order_id, cancel_wish FROM orders WHERE cancel_wish IS NOT NULL {narrowed}", values
        ).fetchall()
        return found + [_wish(order_id, wish) for order_id, wish in wishes]

    # --- putting back ---------------------------------------------------------------------------------------------

    def put_back(self, order: UnsentOrder, *, held: bool, now: datetime) -> bool:
        """Put a message back, to be looked up before it is sent; a held one stays held. False where it was there."""
        message_id = _message_id(order)
        with transaction(self._connection):
            if self._has(message_id, order):
                return False
            if order.kind in REQUESTS:
                self._put_back_request(message_id, order)
            else:
                self._put_back_order(message_id, order, held=held)
            Journal(self._connection).add(order.order_id, now, "recovered", {"revision": str(order.revision)})
        return True

    def after_backup(self, live: Collection[str], now: datetime) -> list[str]:
        """Make the queue of a backup safe: since it was made, messages have left or were taken back.

        What may have left, or is in the second copy too (`live`, their keys), is looked up before it is sent. What had
        never left then and is not in the second copy any more is held: a person looks. Returns those orders.
        """
        held: list[str] = []
        with transaction(self._connection):
            rows = self._connection.execute(
                "SELECT id, subject, created_at, first_try_at FROM outbox"
                " WHERE answer IS NULL AND state NOT IN ('done', 'held')"
            ).fetchall()
            for message_id, order_id, since, first_try_at in rows:
                state = DeliveryState.IN_DOUBT
                key = UnsentRow(message_id, order_id, datetime.fromisoformat(since)).key
                if key not in live and first_try_at is None:
                    state = DeliveryState.HELD
                    held.append(order_id)
                    Journal(self._connection).add(order_id, now, "held")
                self._connection.execute(
                    "UPDATE outbox SET state = ?, next_try = NULL, reason = '' WHERE subject = ? AND id = ?",
                    (state, order_id, message_id),
                )
            self._raise_desk_numbers()
        return held

    def _has(self, message_id: str, order: UnsentOrder) -> bool:
        """Whether this very message, or a later one of its order, is here; another one of the same id gives way."""
        later = self._connection.execute(
            "SELECT 1 FROM orders WHERE order_id = ? AND origin = 'desk' AND revision > ?",
            (order.order_id, order.revision),
        ).fetchone()
        if later is not None:
            return True
        row = self._connection.execute(
            "SELECT sha256, state FROM outbox WHERE subject = ? AND id = ?", (order.order_id, message_id)
        ).fetchone()
        if row is not None and row[0] != _sha256(order.body) and row[1] != "done":
            self._connection.execute("DELETE FROM outbox WHERE subject = ? AND id = ?", (order.order_id, message_id))
            return False
        wish = self._connection.execute(
            "SELECT 1 FROM orders WHERE order_id = ? AND cancel_wish = ?", (order.order_id, order.body)
        ).fetchone()
        return row is not None or wish is not None

    def _put_back_order(self, message_id: str, order: UnsentOrder, *, held: bool) -> None:
        document = msgspec.json.decode(order.body, type=OrderDocument)
        values = _header(document, order)
        if self._connection.execute(
            "SELECT 1 FROM orders WHERE desk_no = ? AND origin = 'desk' AND order_id <> ?",
            (order.desk_no, order.order_id),
        ).fetchone():
            # Given again before this order came back; the manufacturer knows it by its id.
            values["desk_no"] = f"{order.desk_no}-R"
        names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
        again = ", ".join(f"{name} = :{name}" for name in values if name not in ("order_id", "origin", "desk_no"))
        self._connection.execute(
            f"INSERT INTO orders ({names}) VALUES ({marks}) ON CONFLICT (order_id) DO UPDATE SET {again},"
            " answer = NULL, answered_at = NULL, reason = ''",
            values,
        )
        self._connection.execute("DELETE FROM order_lines WHERE order_id = ?", (order.order_id,))
        self._connection.executemany(
            "INSERT INTO order_lines (order_id, key, place, sku, quantity, wholesaler, unit_net)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (order.order_id, number, float(number), line.sku, line.quantity, line.wholesaler, line.unit_price)
                for number, line in enumerate(document.lines, 1)
            ],
        )
        self._queue(message_id, order, held=held)
        self._raise_desk_numbers()

    def _put_back_request(self, message_id: str, order: UnsentOrder) -> None:
        request = msgspec.json.decode(order.body, type=OrderRequest)
        # Its order may lie nowhere here: the feed fills this copy with what the manufacturer has.
        self._connection.execute(
            "INSERT INTO orders (order_id, origin, desk_no, status, revision, author, delivery, created_at, updated_at)"
            " VALUES (?1, ?2, ?3, 'accepted', ?4, ?5, '{}', ?6, ?6) ON CONFLICT DO NOTHING",
            (
                order.order_id,
                FROM_FEED,
                order.desk_no,
                order.revision,
                order.author,
                moment_text(request.created_at),
            ),
        )
        under_way = self._connection.execute(
            "SELECT 1 FROM outbox WHERE subject = ? AND kind = 'order' AND answer IS NULL AND state <> 'done'",
            (order.order_id,),
        ).fetchone()
        if under_way and order.kind == MessageKind.CANCEL:
            self._connection.execute(
                "UPDATE orders SET cancel_wish = ? WHERE order_id = ?", (order.body, order.order_id)
            )
        else:
            self._queue(message_id, order, held=False)

    def _queue(self, message_id: str, order: UnsentOrder, *, held: bool) -> None:
        # That it may have left is what its first try says: it may be asked to be cancelled, never taken back unasked.
        self._connection.execute(
            "INSERT INTO outbox (id, subject, revision, kind, state, body, sha256, created_at, picture, first_try_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                message_id,
                order.order_id,
                order.revision,
                order.kind,
                DeliveryState.HELD if held else DeliveryState.IN_DOUBT,
                order.body,
                _sha256(order.body),
                moment_text(order.created_at),
                order.picture,
                None if held else moment_text(order.created_at),
            ),
        )

    def _raise_desk_numbers(self) -> None:
        """No number that any order here bears is given again."""
        highest: dict[int, int] = {}
        for (desk_no,) in self._connection.execute("SELECT desk_no FROM orders WHERE desk_no GLOB 'B-[0-9]*-[0-9]*'"):
            year, _, number = desk_no[2:].partition("-")
            if year.isdecimal() and number.isdecimal():
                highest[int(year)] = max(highest.get(int(year), 0), int(number))
        self._connection.executemany(
            "INSERT INTO desk_numbers (year, last) VALUES (?, ?)"
            " ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)",
            list(highest.items()),
        )


def _wish(order_id: str, wish: bytes) -> UnsentRow:
    request = msgspec.json.decode(wish, type=CancelRequest)
    return UnsentRow(request.request_id, order_id, request.created_at, wish=True)


def _message_id(order: UnsentOrder) -> str:
    """The id of the message in a queue."""
    if order.kind in REQUESTS:
        request: OrderRequest = msgspec.json.decode(order.body, type=OrderRequest)
        return request.request_id
    return order_message_id(order.order_id, order.revision)


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _header(document: OrderDocument, order: UnsentOrder) -> dict[str, object]:
    """The columns of an order as its document says them."""
    return {
        "order_id": order.order_id,
        "origin": FROM_DESK,
        "desk_no": order.desk_no,
        "status": "submitted",
        "revision": order.revision,
        "reference": document.reference,
        "end_client": document.end_client,
        "note": document.note,
        "author": order.author,
        "delivery": msgspec.json.encode(document.delivery),
        "created_at": moment_text(document.created_at),
        "updated_at": moment_text(order.created_at),
        "submitted_at": moment_text(order.created_at),
        "catalog_version": document.catalog_version,
        "terms_version": document.terms_version,
        "line_count": len(document.lines),
        "total": str(Decimal(document.totals.total)),
        "fingerprint": fingerprint((line.sku, line.quantity) for line in document.lines),
    }
