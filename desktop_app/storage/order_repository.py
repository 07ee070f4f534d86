"""Orders made at this desk, line by line, and what becomes of them.

Their messages: `outbox`; what the feed says of them: `order_records`.
"""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from desktop_app.contract.orders import CancelRequest
from desktop_app.domain.order import Delivery, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision
from desktop_app.storage.database import Connection, transaction
from desktop_app.storage.desk_database import moment_text
from desktop_app.storage.journal import HERE, MANUFACTURER, Journal
from desktop_app.storage.order_records import OrderRecords
from desktop_app.storage.order_requests import OrderRequests
from desktop_app.storage.order_rows import (
    HEADER_SELECT,
    LineRow,
    OrderRow,
    Snapshot,
    delivery_bytes,
    header_from,
    header_values,
)
from desktop_app.storage.outbox import Outbox

if TYPE_CHECKING:
    from zstandard import ZstdCompressor, ZstdDecompressor

# More messages than any desk sends in a day.
_LOOKED_BACK = 1_000
_LIKE_SPECIALS = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


def fingerprint(lines: Iterable[tuple[str, int]]) -> str:
    """A digest of what is ordered, (sku, quantity) in any order: equal for the same lines typed twice."""
    digest = hashlib.blake2b(digest_size=12)
    for sku, quantity in sorted(lines):
        digest.update(f"{sku}\n{quantity}\n".encode())
    return digest.hexdigest()


class _Pictures:
    """Packs the pictures of priced orders: reasons repeat themselves, an eighth of the bytes is left."""

    def compress(self, picture: bytes) -> bytes:
        return self._packer.compress(picture)

    def decompress(self, packed: bytes) -> bytes:
        return self._unpacker.decompress(packed)

    # Made late: the first screen needs neither, and made once: its memory is the dear part.
    @cached_property
    def _packer(self) -> "ZstdCompressor":
        from zstandard import ZstdCompressor

        return ZstdCompressor(level=1)

    @cached_property
    def _unpacker(self) -> "ZstdDecompressor":
        from zstandard import ZstdDecompressor

        return ZstdDecompressor()


class OrderRepository:
    """Every writing method is one small write that joins the caller's transaction. Raises StorageFailed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._journal, self._outbox = Journal(connection), Outbox(connection)
        self._records, self._requests = OrderRecords(connection), OrderRequests(connection)
        self._snapshots = msgspec.json.Decoder(Snapshot)
        self._pictures = _Pictures()

    # --- reading --------------------------------------------------------------------------------------------------

    def get(self, order_id: str) -> OrderRow | None:
        """One order, None where there is none of that id."""
        rows = self._headers("WHERE order_id = ?", order_id)
        return rows[0] if rows else None

    def find(self, number: str) -> list[OrderRow]:
        """The orders with that id, desk number or manufacturer's number; those of this desk first."""
        return self._headers(
            "WHERE ?1 <> '' AND ?1 IN (order_id, desk_no, order_no)"
            " ORDER BY order_id = ?1 DESC, origin = 'desk' DESC, created_at",
            number,
        )

    def matching(self, *, text: str = "", statuses: Collection[Status] = ()) -> list[OrderRow]:
        """The orders whose numbers, reference or client contain `text` and whose status is named, newest first."""
        words = f"%{text.strip().translate(_LIKE_SPECIALS)}%"
        marks = ", ".join("?" for _ in statuses)
        where = (
            "WHERE (desk_no LIKE ? ESCAPE '\\' OR order_no LIKE ? ESCAPE '\\' OR reference LIKE ? ESCAPE '\\'"
            " OR end_client LIKE ? ESCAPE '\\')" + (f" AND status IN ({marks})" if statuses else "")
        )
        return self._headers(f"{where} ORDER BY created_at DESC, order_id DESC", *(words,) * 4, *statuses)

    def lines(self, order_id: str) -> list[LineRow]:
        """The lines of an order made here, in their places."""
        rows = self._connection.execute(
            "SELECT key, place, sku, quantity, asked, wholesaler, unit_net FROM order_lines"
            " WHERE order_id = ? ORDER BY place, key",
            (order_id,),
        )
        return [
            LineRow(key, place, sku, quantity, asked, wholesaler, None if unit_net is None else Decimal(unit_net))
            for key, place, sku, quantity, asked, wholesaler, unit_net in rows
        ]

    def snapshot(self, order_id: str) -> Snapshot | None:
        """The order as it was priced when last submitted, None for a draft and for what was never sent from here."""
        picture = self.picture(order_id)
        return None if picture is None else self._snapshots.decode(picture)

    def picture(self, order_id: str) -> bytes | None:
        """The same as JSON."""
        row = self._connection.execute(
            "SELECT picture FROM outbox JOIN orders ON order_id = subject"
            " WHERE order_id = ? AND status <> 'draft' AND picture IS NOT NULL ORDER BY seq DESC LIMIT 1",
            (order_id,),
        ).fetchone()
        return None if row is None else self._pictures.decompress(row[0])

    def answer(self, order_id: str) -> tuple[bytes, datetime] | None:
        """The manufacturer's recorded answer to the latest revision and when it came, None while there is none."""
        row = self._connection.execute(
            "SELECT answer, answered_at FROM orders WHERE order_id = ? AND answer IS NOT NULL", (order_id,)
        ).fetchone()
        return None if row is None else (row[0], datetime.fromisoformat(row[1]))

    def same_reference(self, reference: str, *, other_than: str) -> list[OrderRow]:
        """Orders, not cancelled, with the same customer reference, newest first."""
        return self._headers(
            "WHERE reference = ? AND reference <> '' AND order_id <> ? AND status <> 'cancelled'"
            " ORDER BY created_at DESC",
            reference,
            other_than,
        )

    def same_lines(self, digest: str, since: datetime, *, other_than: str) -> list[OrderRow]:
        """Orders submitted from here after `since` with exactly these lines (see `fingerprint`), newest first."""
        return self._headers(
            "WHERE order_id IN (SELECT subject FROM outbox ORDER BY seq DESC LIMIT ?) AND fingerprint = ?"
            " AND submitted_at > ? AND order_id <> ? AND status <> 'cancelled' ORDER BY created_at DESC",
            _LOOKED_BACK,
            digest,
            moment_text(since),
            other_than,
        )

    # --- writing drafts -------------------------------------------------------------------------------------------

    def next_desk_no(self, year: int) -> str:
        """Take the next desk number of the year, B-2026-0147; numbers are never given twice."""
        (last,) = self._connection.execute(
            "INSERT INTO desk_numbers (year, last) VALUES (?, 1)"
            " ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last",
            (year,),
        ).fetchone()
        return f"B-{year}-{last:04}"

    def create(self, order: OrderRow) -> None:
        """Write a new order's header."""
        values = header_values(order)
        marks = ", ".join(f":{name}" for name in values)
        self._connection.execute(f"INSERT INTO orders ({', '.join(values)}) VALUES ({marks})", values)

    def put_lines(self, order_id: str, lines: Iterable[LineRow]) -> None:
        """Write these lines, new or changed; the others stay."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO order_lines (order_id, key, place, sku, quantity, asked, wholesaler, unit_net)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (order_id, row.key, row.place, row.sku, row.quantity, row.asked, row.wholesaler, _text(row.unit_net))
                for row in lines
            ],
        )

    def put_prices(self, order_id: str, prices: Iterable[tuple[int, Decimal | None]]) -> None:
        """Note the unit prices now shown, by line key."""
        self._connection.executemany(
            "UPDATE order_lines SET unit_net = ? WHERE order_id = ? AND key = ?",
            [(_text(unit_net), order_id, key) for key, unit_net in prices],
        )

    def delete_lines(self, order_id: str, keys: Iterable[int]) -> None:
        """Take lines out."""
        self._connection.executemany(
            "DELETE FROM order_lines WHERE order_id = ? AND key = ?", [(order_id, key) for key in keys]
        )

    def put_sums(self, order_id: str, line_count: int, total: Decimal, *, seen: datetime, now: datetime) -> bool:
        """Note how many lines the draft has and its total TTC.

        False, and nothing written, where the order is no draft any more or was changed after `seen`.
        """
        return bool(
            self._connection.execute(
                "UPDATE orders SET line_count = ?, total = ?, updated_at = ?"
                " WHERE order_id = ? AND status = 'draft' AND updated_at = ?",
                (line_count, str(total), moment_text(now), order_id, moment_text(seen)),
            ).rowcount
        )

    def put_details(
        self,
        order_id: str,
        *,
        reference: str,
        end_client: str,
        note: str,
        delivery: Delivery,
        seen: datetime,
        now: datetime,
    ) -> bool:
        """Write the details of a draft; False, and nothing written, as in `put_sums`."""
        return bool(
            self._connection.execute(
                "UPDATE orders SET reference = ?, end_client = ?, note = ?, delivery = ?, updated_at = ?"
                " WHERE order_id = ? AND status = 'draft' AND updated_at = ?",
                (reference, end_client, note, delivery_bytes(delivery), moment_text(now), order_id, moment_text(seen)),
            ).rowcount
        )

    # --- writing orders -------------------------------------------------------------------------------------------

    def submit(
        self,
        order_id: str,
        revision: int,
        snapshot: Snapshot,
        body: bytes,
        *,
        versions: tuple[int, int],
        author: str,
        delivery: Delivery,
        seen: datetime,
        now: datetime,
    ) -> bool:
        """The order becomes `submitted`, its document queued with the picture of its prices.

        `versions` are those of catalogue and terms. False, and nothing written, where it was changed after `seen`.
        """
        lines = [line for sub_order in snapshot.sub_orders for line in sub_order.lines]
        changed = self._connection.execute(
            "UPDATE orders SET status = 'submitted', revision = ?, catalog_version = ?, terms_version = ?,"
            " line_count = ?, total = ?, fingerprint = ?, submitted_at = ?, updated_at = ?, author = ?,"
            " delivery = ?,"
            " answer = NULL, answered_at = NULL, reason = '' WHERE order_id = ? AND updated_at = ?"
            " AND status IN ('draft', 'to_confirm')",
            (
                revision,
                *versions,
                len(lines),
                str(snapshot.totals.total),
                fingerprint((line.sku, line.quantity) for line in lines),
                moment_text(now),
                moment_text(now),
                author,
                delivery_bytes(delivery),
                order_id,
                moment_text(seen),
            ),
        ).rowcount
        if not changed:
            return False
        self._outbox.add_order(order_id, revision, body, now, self._pictures.compress(msgspec.json.encode(snapshot)))
        return True

    def back_to_draft(self, order_id: str, now: datetime) -> None:
        """The order is a draft again; its lines are as they were submitted."""
        self._connection.execute(
            "UPDATE orders SET status = 'draft', fingerprint = '', submitted_at = NULL,"
            " answer = NULL, answered_at = NULL, reason = '', updated_at = ? WHERE order_id = ?",
            (moment_text(now), order_id),
        )

    def cancel(self, order_id: str, now: datetime) -> None:
        """The order is cancelled; it stays in the list with its lines and journal."""
        self._connection.execute(
            "UPDATE orders SET status = 'cancelled', reason = '', updated_at = ? WHERE order_id = ?",
            (moment_text(now), order_id),
        )

    def touch(self, order_id: str, now: datetime) -> None:
        """Note that something about the order changed."""
        self._connection.execute("UPDATE orders SET updated_at = ? WHERE order_id = ?", (moment_text(now), order_id))

    def wish_cancelled(self, order_id: str, request: bytes, now: datetime) -> None:
        """Keep the wish to cancel an order of which nobody knows yet whether it arrived.

        `request` are the bytes of the `CancelRequest` that `apply_outcome` queues if the order is then accepted.
        """
        self._connection.execute(
            "UPDATE orders SET cancel_wish = ?, updated_at = ? WHERE order_id = ?",
            (request, moment_text(now), order_id),
        )

    def next_revision(self, order_id: str) -> int:
        """The revision the next submission has: one above the last that was put into the queue and stayed there."""
        last: int | None = self._connection.execute(
            "SELECT max(revision) FROM outbox WHERE subject = ? AND kind = 'order'", (order_id,)
        ).fetchone()[0]
        return (last or 0) + 1

    def apply_outcome(self, decision: OutcomeDecision, now: datetime) -> bool:
        """Write what an answer means to message, order and journal, all or nothing.

        False, and nothing written, where the message is unknown or was answered before. A status the feed has already
        told about this or a later revision is not set back.
        """
        with transaction(self._connection):
            if not self._outbox.record(decision, now):
                return False
            status = decision.status
            if decision.settled and decision.kind is MessageKind.ORDER:
                status = self._records.status(decision.subject, decision.revision) or status
                self._connection.execute(
                    "UPDATE orders SET answer = ?, answered_at = ? WHERE order_id = ? AND revision = ?",
                    (decision.answer, moment_text(now), decision.subject, decision.revision),
                )
            self._connection.execute(
                "UPDATE orders SET status = coalesce(?, status), order_no = coalesce(nullif(?, ''), order_no),"
                " reason = ?, updated_at = ? WHERE order_id = ? AND revision = ?",
                (
                    status,
                    decision.order_no,
                    decision.reason,
                    moment_text(now),
                    decision.subject,
                    decision.revision,
                ),
            )
            source = MANUFACTURER if decision.settled else HERE
            for code, params in decision.journal:
                self._journal.add(decision.subject, now, code, params, source=source)
            if decision.settled:
                if decision.kind is MessageKind.ORDER:
                    self._grant_wish(decision, now)
                self._requests.follow(decision, now)
        return True

    def _grant_wish(self, decision: OutcomeDecision, now: datetime) -> None:
        """A cancellation wished for while the order was under way: sent now where the order arrived, else done here."""
        if decision.status is None:
            return
        (wish,) = self._connection.execute(
            "SELECT cancel_wish FROM orders WHERE order_id = ?", (decision.subject,)
        ).fetchone()
        if wish is None:
            return
        self._connection.execute("UPDATE orders SET cancel_wish = NULL WHERE order_id = ?", (decision.subject,))
        if decision.status is Status.TO_CONFIRM:
            self._outbox.close_decided(decision.subject)
            self.cancel(decision.subject, now)
            self._journal.add(decision.subject, now, "cancelled")
        elif decision.status is not Status.REFUSED:
            request = msgspec.json.decode(wish, type=CancelRequest)
            self._outbox.add_cancel(request.request_id, decision.subject, decision.revision, wish, now)
            self._journal.add(decision.subject, now, "cancel-queued")

    def _headers(self, where: str, *values: str | int) -> list[OrderRow]:
        return [header_from(row) for row in self._connection.execute(f"{HEADER_SELECT} {where}", values)]


def _text(unit_net: Decimal | None) -> str | None:
    return None if unit_net is None else str(unit_net)
