"""Servers whose pages, cursors, sums or snapshots are wrong."""

import gzip
import hashlib
from collections.abc import Sequence
from typing import Any

from tests.conformance.faults.fault import seen_by
from tests.support.second_server.feed import SHARED, Feed, Row, now
from tests.support.second_server.goods import DEALER, OTHER_DEALER
from tests.support.second_server.refusals import Refused, decoded, encoded
from tests.support.second_server.web import ZSTD, Answer, Handler


@seen_by("shared-pages", "account-pages", "rows-in-order", "compression", "going-on")
class NoCheckpoint(Feed):
    """pages without their checkpoint"""

    def page(self, account: str, names: str, cursor: str, limit: str) -> list[bytes]:
        return super().page(account, names, cursor, limit)[:-1]


HASHES = ("counts-and-hashes", "nothing-after-the-end", "contents", "going-on", "order-in-feed", "cancelling")


@seen_by(*HASHES)
class WrongHash(Feed):
    """hashes without the revisions"""

    def share(self, row: Row) -> int:
        return int.from_bytes(hashlib.sha256(row.id.encode()).digest())


@seen_by("counts-and-hashes", "nothing-after-the-end", "contents", "going-on")
class CountsTheGone(Feed):
    """counts that take in the rows that are gone"""

    def sums(self, account: str, collections: Sequence[str]) -> dict[str, Any]:
        told = super().sums(account, collections)
        for row in self._of(account, collections):
            told["counts"][row.collection] += row.document is None
        return told


@seen_by("small-pages")
class LimitIgnored(Feed):
    """pages longer than asked for"""

    def page(self, account: str, names: str, cursor: str, limit: str) -> list[bytes]:
        return super().page(account, names, cursor, "1000" if limit.isdecimal() else limit)


@seen_by("small-pages")
class RowsLost(Feed):
    """a row lost between two pages"""

    def checkpoint(self, account: str, collections: Sequence[str], reached: int, more: bool) -> bytes:
        return super().checkpoint(account, collections, reached + more, more)


@seen_by("rows-in-order")
class Backwards(Feed):
    """the newest change first"""

    def page(self, account: str, names: str, cursor: str, limit: str) -> list[bytes]:
        lines = super().page(account, names, cursor, limit)
        return [*lines[-2::-1], lines[-1]]


@seen_by("nothing-after-the-end")
class SentAgain(Feed):
    """the last row again after its cursor"""

    def position(self, account: str, collections: Sequence[str], cursor: str) -> int:
        found = super().position(account, collections, cursor)
        return found - 1 if found and found == self.head(account, collections) else found


@seen_by("cursor-of-its-collections")
class CursorForAll(Feed):
    """a cursor that works for other collections"""

    def position(self, account: str, collections: Sequence[str], cursor: str) -> int:
        try:
            return super().position(account, collections, cursor)
        except Refused as refused:
            if refused.status == 400:
                return 1
            raise


@seen_by("forged-cursor")
class TrustsCursors(Feed):
    """a cursor that it did not make"""

    def position(self, account: str, collections: Sequence[str], cursor: str) -> int:
        try:
            return super().position(account, collections, cursor)
        except Refused as refused:
            if refused.status == 410:
                return 0
            raise


@seen_by("checkpoint-fields", "contents")
class OtherEpoch(Feed):
    """a checkpoint of an epoch that discovery does not name"""

    def checkpoint(self, account: str, collections: Sequence[str], reached: int, more: bool) -> bytes:
        return encoded(decoded(super().checkpoint(account, collections, reached, more)) | {"epoch": "another"})


@seen_by("kinds-apart")
class Mixing(Feed):
    """shared collections and those of the account in one call"""

    def page(self, account: str, names: str, cursor: str, limit: str) -> list[bytes]:
        return super().page(account, "orders" if names == "products,orders" else names, cursor, limit)


@seen_by("only-own-orders")
class OthersOrders(Feed):
    """an order of another dealer"""

    def __init__(self) -> None:
        super().__init__()
        money = dict.fromkeys(("goods", "eco", "carriage", "fees", "total"), "0.00")
        order: dict[str, Any] = {"order_id": "X", "order_no": "ZW-1", "revision": 1, "status": "accepted"}
        order |= {"received_at": now(), "sub_orders": [], "totals": money | {"vat": {}}, "online_bonus": "0.00"}
        self.put("orders", "X", order | {"account": OTHER_DEALER}, DEALER)


@seen_by("compression")
class AlwaysPacked(Handler):
    """gzip whether it is wanted or not"""

    def _changes(self, account: str) -> Answer:
        status, media_type, body, headers = super()._changes(account)
        return status, media_type, gzip.compress(body), headers | {"Content-Encoding": "gzip"}


@seen_by("digest")
class WrongDigest(Feed):
    """a digest in the manifest that is not the file's"""

    def manifest(self) -> dict[str, Any]:
        return super().manifest() | {"sha256": "0" * 64}


@seen_by("contents", "going-on")
class SnapshotLacksRows(Feed):
    """a snapshot without one of its rows"""

    def _of(self, account: str, collections: Sequence[str]) -> list[Row]:
        rows = super()._of(account, collections)
        making = list(collections) == list(SHARED) and account == ""
        return rows[1:] if making else rows


@seen_by("ranges", "beyond-the-end", "conditions")
class NoRanges(Handler):
    """the whole file whatever part is asked for"""

    def _file(self, owner: str, name: str) -> Answer:
        del self.headers["Range"]
        return super()._file(owner, name)


@seen_by("ranges")
class RangesShifted(Handler):
    """a part that begins one byte late"""

    def _file(self, owner: str, name: str) -> Answer:
        status, media_type, body, headers = super()._file(owner, name)
        return status, media_type, body[1:] + b"\0" if status == 206 else body, headers


@seen_by("beyond-the-end")
class EndlessFile(Handler):
    """nothing at all from beyond the end"""

    def _file(self, owner: str, name: str) -> Answer:
        try:
            return super()._file(owner, name)
        except Refused as refused:
            if refused.status != 416:
                raise
            return 206, ZSTD, b"", {"Content-Range": "bytes */*"}


@seen_by("conditions")
class NoConditions(Handler):
    """a file without an ETag"""

    def _file(self, owner: str, name: str) -> Answer:
        status, media_type, body, headers = super()._file(owner, name)
        return status, media_type, body, {name: value for name, value in headers.items() if name != "ETag"}


@seen_by("address")
class TokenForTheFile(Handler):
    """a file that only a desk's token opens"""

    def _file(self, owner: str, name: str) -> Answer:
        told = self.headers
        self.manufacturer.check_desk(told.get("Authorization", ""), told.get("Client-Instance", ""), owner)
        return super()._file(owner, name)


@seen_by("address")
class AnyTicket(Handler):
    """a file that any ticket opens"""

    def _file(self, owner: str, name: str) -> Answer:
        self._query["ticket"] = self.ticket(owner, name, self._query.get("until", ""))
        return super()._file(owner, name)


@seen_by("address")
class NoCaching(Handler):
    """a file that no cache may keep"""

    def _file(self, owner: str, name: str) -> Answer:
        status, media_type, body, headers = super()._file(owner, name)
        return status, media_type, body, headers | {"Cache-Control": "private"}
