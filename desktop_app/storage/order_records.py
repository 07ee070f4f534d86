"""The manufacturer's own rows about orders (collection `orders`), and how they move the orders on this desk.

The row has the last word on status and number; what was made here (lines, bytes, journal) is never changed by it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from desktop_app.contract.orders import OrderRecord
from desktop_app.domain.order import Status
from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text
from desktop_app.storage.journal import MANUFACTURER, Journal
from desktop_app.storage.outbox import HISTORY_LOST
from desktop_app.storage.stuck_messages import StuckMessages

FROM_DESK = "desk"
FROM_FEED = "feed"
# What the history of an order says that was changed after it was accepted.
AMENDED = "amended"
LOST_KEPT = timedelta(days=180)


class OrderRecords:
    """Reads the rows and lets the orders follow them. Writes join the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._decoder = msgspec.json.Decoder(OrderRecord)
        self._journal, self._stuck = Journal(connection), StuckMessages(connection)

    def get(self, order_id: str) -> OrderRecord | None:
        """The order as the manufacturer has it, None where it has none (yet)."""
        row = self._connection.execute(
            "SELECT doc FROM feed_rows WHERE collection = 'orders' AND id = ? AND doc IS NOT NULL", (order_id,)
        ).fetchone()
        return None if row is None else self._decoder.decode(row[0])

    def last_known(self, order_id: str) -> OrderRecord | None:
        """The same, or how he had it before his server's history was lost."""
        row = self._connection.execute("SELECT doc FROM lost_records WHERE order_id = ?", (order_id,)).fetchone()
        return self.get(order_id) or (None if row is None else self._decoder.decode(row[0]))

    def keep_lost(self, epoch: str, now: datetime) -> None:
        """Keep the rows of `epoch` that the complete reading in `feed_staging` no longer has.

        They may be the last trace of what another desk ordered.
        """
        self._connection.execute(
            "INSERT OR REPLACE INTO lost_records (order_id, doc, epoch, noted_at)"
            " SELECT id, doc, ?, ? FROM feed_rows AS old WHERE collection = 'orders' AND doc IS NOT NULL AND NOT EXISTS"
            " (SELECT 1 FROM feed_staging WHERE collection = 'orders' AND id = old.id)",
            (epoch, moment_text(now)),
        )

    def prune_lost(self, now: datetime) -> None:
        """Let go what was lost half a year ago, and the copies that were kept for it."""
        too_old = moment_text(now - LOST_KEPT)
        if not self._connection.execute("DELETE FROM lost_records WHERE noted_at < ?", (too_old,)).rowcount:
            return
        self._connection.execute(
            f"DELETE FROM orders WHERE reason = '{HISTORY_LOST}' AND origin = 'feed'"
            " AND NOT EXISTS (SELECT 1 FROM lost_records WHERE lost_records.order_id = orders.order_id)"
            " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.subject = orders.order_id)"
        )

    def status(self, order_id: str, revision: int) -> Status | None:
        """How far the manufacturer is with this revision or a later one, None where it has said nothing."""
        record = self.get(order_id)
        return record.status if record is not None and record.revision >= revision else None

    def follow(self, order_ids: Iterable[str], now: datetime) -> list[str]:
        """Bring the orders named in step with their rows; returns those that changed."""
        return [order_id for order_id in sorted(order_ids) if self._follow_one(order_id, now)]

    def _follow_one(self, order_id: str, now: datetime) -> bool:
        record = self.get(order_id)
        local = self._connection.execute(
            "SELECT origin, status, order_no, revision FROM orders WHERE order_id = ?", (order_id,)
        ).fetchone()
        if record is None:
            return self._vanished(order_id)
        self._connection.execute("DELETE FROM lost_records WHERE order_id = ?", (order_id,))
        if local is None or local[0] == FROM_FEED:
            self._write_copy(record, now)
            return True
        if not self._was_queued(order_id):
            # Another desk has ordered this draft: what is in it here is settled first (`draft_following`).
            if local[1] == Status.DRAFT and self._is_shared(order_id):
                return True
            if local[1] == Status.CANCELLED:
                self.take_theirs(record, now)
                return True
        self._move(record, local, now)
        return True

    def _is_shared(self, order_id: str) -> bool:
        return self._any("SELECT 1 FROM shared_drafts WHERE draft_id = ?", order_id)

    def _was_queued(self, order_id: str) -> bool:
        return self._any("SELECT 1 FROM outbox WHERE subject = ? LIMIT 1", order_id)

    def _any(self, query: str, order_id: str) -> bool:
        return self._connection.execute(query, (order_id,)).fetchone() is not None

    def _vanished(self, order_id: str) -> bool:
        """Gone from this account's sight: what was made or asked for here stays, as does what was lost; a copy goes."""
        if self.last_known(order_id) is not None:
            marking = "UPDATE orders SET reason = ? WHERE order_id = ? AND origin = 'feed'"
            return bool(self._connection.execute(marking, (HISTORY_LOST, order_id)).rowcount)
        return bool(
            self._connection.execute(
                "DELETE FROM orders WHERE order_id = ? AND origin = 'feed'"
                " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.subject = orders.order_id)",
                (order_id,),
            ).rowcount
        )

    def _move(self, record: OrderRecord, local: tuple[str, str, str, int], now: datetime) -> None:
        _, status, order_no, revision = local
        if record.revision < revision:
            return
        if record.revision > revision:
            # This file was put back to before that revision: what is shown under the number is what was accepted.
            self._stuck.outdated(record.order_id)
            self.take_theirs(record, now)
            self._journal.add(record.order_id, now, "closed-by-books", {"order_no": record.order_no})
            return
        self._stuck.look_up(record.order_id, record.revision)
        self._connection.execute(
            "UPDATE orders SET status = ?, order_no = ?, revision = ?, updated_at = ?, reason = '' WHERE order_id = ?",
            (record.status, record.order_no, record.revision, moment_text(now), record.order_id),
        )
        self._take_changes(record)
        if (status, order_no) != (record.status, record.order_no):
            params = {"status": str(record.status), "order_no": record.order_no}
            self._journal.add(record.order_id, now, "status-received", params, source=MANUFACTURER)

    def _take_changes(self, record: OrderRecord) -> None:
        """What the manufacturer changed of an order at somebody's wish is so here too."""
        if any(entry.state == AMENDED for entry in record.history):
            self._connection.execute(
                "UPDATE orders SET reference = ?, delivery = ?, line_count = ?, total = ? WHERE order_id = ?",
                (
                    record.reference,
                    msgspec.json.encode(record.delivery),
                    _line_count(record),
                    str(Decimal(record.totals.total)),
                    record.order_id,
                ),
            )

    def take_theirs(self, record: OrderRecord, now: datetime) -> None:
        """The order becomes the one the manufacturer has, as if made elsewhere: what this desk sent was not taken."""
        self._connection.execute("DELETE FROM order_lines WHERE order_id = ?", (record.order_id,))
        self._connection.execute(
            "UPDATE orders SET cancel_wish = NULL, answer = NULL, answered_at = NULL WHERE order_id = ?",
            (record.order_id,),
        )
        (desk_no,) = self._connection.execute(
            "SELECT desk_no FROM orders WHERE order_id = ?", (record.order_id,)
        ).fetchone()
        self._write_copy(msgspec.structs.replace(record, desk_no=record.desk_no or desk_no), now)

    def _write_copy(self, record: OrderRecord, now: datetime) -> None:
        """An order made at another desk of the account: listed here, nothing of it can be edited."""
        created = record.created_at or record.received_at
        columns = {
            "order_id": record.order_id,
            "origin": FROM_FEED,
            "desk_no": record.desk_no,
            "order_no": record.order_no,
            "status": record.status,
            "revision": record.revision,
            "reference": record.reference,
            "end_client": record.end_client,
            "author": record.author,
            "delivery": msgspec.json.encode(record.delivery),
            "created_at": moment_text(created),
            "updated_at": moment_text(now),
            "submitted_at": moment_text(record.received_at),
            "line_count": _line_count(record),
            "total": str(Decimal(record.totals.total)),
            "reason": "",
        }
        names, marks = ", ".join(columns), ", ".join(f":{name}" for name in columns)
        again = ", ".join(f"{name} = :{name}" for name in columns)
        self._connection.execute(
            f"INSERT INTO orders ({names}) VALUES ({marks}) ON CONFLICT (order_id) DO UPDATE SET {again}", columns
        )


def _line_count(record: OrderRecord) -> int:
    return sum(len(sub_order.lines) for sub_order in record.sub_orders)
