"""The one sequence of changes of the second server, its pages, cursors and snapshot."""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import zstandard

from tests.support.second_server.refusals import Refused, encoded

SHARED = ("families", "wholesalers", "products", "stock", "stock_dates")
OWN = ("account", "terms", "agreements", "turnover", "orders")
PAGE_ROWS = 1_000


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Row:
    """A row as it is now; without a document it is gone."""

    seq: int
    collection: str
    id: str
    document: dict[str, Any] | None

    @property
    def line(self) -> bytes:
        """How it travels."""
        if self.document is None:
            return encoded({"op": "del", "c": self.collection, "id": self.id, "reason": "deleted"})
        return encoded({"op": "put", "c": self.collection, "id": self.id, "rev": self.seq, "d": self.document})


class Feed:
    """All rows by owner (none: shared by all), collection and id; each change has the next number of one sequence."""

    def __init__(self) -> None:
        self.epoch, self.seq = str(uuid4()), 0
        self.rows: dict[tuple[str, str, str], Row] = {}
        self.files: dict[str, bytes] = {}
        self._manifest: tuple[int, dict[str, Any]] = (-1, {})
        self._secret = os.urandom(32)

    def put(self, collection: str, row_id: str, document: dict[str, Any] | None, owner: str = "") -> None:
        """Change a row, or take it away."""
        self.seq += 1
        self.rows[owner, collection, row_id] = Row(self.seq, collection, row_id, document)

    def get(self, collection: str, row_id: str, owner: str = "") -> dict[str, Any] | None:
        """A row's document, if it is there."""
        row = self.rows.get((owner, collection, row_id))
        return None if row is None else row.document

    def page(self, account: str, names: str, cursor: str, limit: str) -> list[bytes]:
        """The lines of one page. Raises Refused."""
        collections = sorted({name.strip() for name in names.split(",") if name.strip()})
        if not collections or not (set(collections) <= set(SHARED) or set(collections) <= set(OWN)):
            raise Refused("malformed", "Collections are known, and of one kind.")
        if not limit.isdecimal() or not 1 <= int(limit) <= PAGE_ROWS:
            raise Refused("malformed", f"The limit is from 1 to {PAGE_ROWS}.")
        after = self.position(account, collections, cursor)
        found = [row for row in self._of(account, collections) if row.seq > after]
        rows, more = found[: int(limit)], len(found) > int(limit)
        reached = rows[-1].seq if more else max(after, self.head(account, collections))
        return [*(row.line for row in rows), self.checkpoint(account, collections, reached, more)]

    def head(self, account: str, collections: Sequence[str]) -> int:
        """The number of the latest change in these collections."""
        return max((row.seq for row in self._of(account, collections)), default=0)

    def checkpoint(self, account: str, collections: Sequence[str], reached: int, more: bool) -> bytes:
        """The line that makes a page whole."""
        sums = {} if more else self.sums(account, collections)
        line = {"op": "checkpoint", "cursor": self.cursor(account, collections, reached), "more": more}
        return encoded(line | {"epoch": self.epoch, "server_time": now(), "version": reached} | sums)

    def sums(self, account: str, collections: Sequence[str]) -> dict[str, Any]:
        """Counts and hashes of the rows that are there."""
        counts, hashes = dict.fromkeys(collections, 0), dict.fromkeys(collections, 0)
        for row in self._of(account, collections):
            if row.document is not None:
                counts[row.collection] += 1
                hashes[row.collection] += self.share(row)
        return {"counts": counts, "hash": {name: f"{value % 2**256:064x}" for name, value in hashes.items()}}

    def share(self, row: Row) -> int:
        """What one row adds to the hash of its collection."""
        return int.from_bytes(hashlib.sha256(f"{row.id}\n{row.seq}".encode()).digest())

    def cursor(self, account: str, collections: Sequence[str], reached: int) -> str:
        """A place in these collections, signed."""
        owner = "" if set(collections) == set(SHARED) and not account else account
        place = json.dumps([owner, list(collections), self.epoch, reached]).encode()
        return base64.urlsafe_b64encode(self.mark(place) + place).decode()

    def position(self, account: str, collections: Sequence[str], cursor: str) -> int:
        """The number a cursor stands at. Raises Refused where it is not one of these collections."""
        if not cursor:
            return 0
        try:
            raw = base64.urlsafe_b64decode(cursor)
        except ValueError as error:
            raise Refused("cursor-expired") from error
        if base64.urlsafe_b64encode(raw).decode() != cursor or not hmac.compare_digest(raw[:16], self.mark(raw[16:])):
            raise Refused("cursor-expired")
        owner, names, epoch, reached = json.loads(raw[16:])
        if epoch != self.epoch:
            raise Refused("epoch-changed", epoch=self.epoch)
        if owner not in ("", account):
            raise Refused("cursor-expired")
        if names != list(collections):
            raise Refused("malformed", "The cursor belongs to other collections.")
        return int(reached)

    def manifest(self) -> dict[str, Any]:
        """The snapshot now in force, made anew where more than stock has changed; `url` is the file's name."""
        newest = self.head("", SHARED[:3])
        if self._manifest[0] != newest:
            self._manifest = (newest, self._make_snapshot())
        return self._manifest[1]

    def _make_snapshot(self) -> dict[str, Any]:
        reached, collections = self.head("", SHARED), sorted(SHARED)
        live = [row for row in self._of("", SHARED) if row.document is not None]
        live.sort(key=lambda row: (SHARED.index(row.collection), row.seq))
        last = self.checkpoint("", collections, reached, more=False)
        content = zstandard.compress(b"".join(line + b"\n" for line in [*(row.line for row in live), last]), 9)
        digest = hashlib.sha256(content).hexdigest()
        self.files[digest] = content
        told = {"epoch": self.epoch, "url": digest, "bytes": len(content), "sha256": digest, "version": reached}
        return told | self.sums("", collections) | {"cursor": self.cursor("", collections, reached)}

    def _of(self, account: str, collections: Sequence[str]) -> list[Row]:
        """The rows an account sees of these collections, the oldest change first."""
        owners = ("",) if set(collections) <= set(SHARED) else (account,)
        seen = [row for (owner, name, _), row in self.rows.items() if owner in owners and name in collections]
        return sorted(seen, key=lambda row: row.seq)

    def mark(self, place: bytes) -> bytes:
        return hmac.digest(self._secret, place, "sha256")[:16]
