"""Servers that answer orders, look-ups and wishes to cancel wrongly."""

import hashlib
import threading
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from conformance.ordering import COPIES
from tests.conformance.faults.fault import Fault, seen_by
from tests.support.second_server.feed import Feed
from tests.support.second_server.orders import Document, Orders, Reply
from tests.support.second_server.refusals import Refused, decoded, encoded, problem
from tests.support.second_server.web import Handler, Manufacturer

PATIENCE_S = 20


class NoLock(Manufacturer):
    """Requests are answered side by side."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.lock = nullcontext()


class AllAtOnce(Orders):
    """Copies of a first revision are all judged before one of them is recorded."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(feed)
        self._together = threading.Barrier(COPIES)

    def judge(self, account: str, order_id: str, revision: int, body: bytes) -> Reply:
        reply = super().judge(account, order_id, revision, body)
        if (reply.status, revision) == (201, 1):
            self._together.wait(PATIENCE_S)
        return reply


COPIES_RACE = Fault(
    "copies that arrive together are each the first",
    frozenset({"copies-at-once"}),
    manufacturer=NoLock,
    orders=AllAtOnce,
)
FORGOTTEN = ("refusal-repeated", "other-body-after-refusal", "refusals-are-remembered", "superseded", "look-up")


@seen_by(*FORGOTTEN, "rejected")
class ForgetsRefusals(Orders):
    """refusals are forgotten"""

    def record(self, account: str, order_id: str, revision: int, reply: Reply) -> None:
        if reply.status == 201:
            super().record(account, order_id, revision, reply)


@seen_by("refusals-are-remembered")
class LateCopiesAccepted(Orders):
    """a late copy of a refused revision is judged by what is accepted now"""

    def recorded(self, account: str, order_id: str, revision: int, body: bytes) -> Reply | None:
        later = self.answers.get((account, order_id, revision + 1))
        if later is not None and later.status == 201:
            return replace(later, status=200, copy=True)
        return super().recorded(account, order_id, revision, body)


@seen_by("other-body-after-refusal", "other-body-after-acceptance")
class AnyBody(Orders):
    """another document under a known revision is taken for a copy"""

    def recorded(self, account: str, order_id: str, revision: int, body: bytes) -> Reply | None:
        known = self.answers.get((account, order_id, revision))
        return known and replace(known, status=200 if known.status == 201 else known.status, copy=True)


@seen_by("acceptance-repeated", "copies-at-once")
class NumberAgain(Orders):
    """a copy gets another number"""

    def recorded(self, account: str, order_id: str, revision: int, body: bytes) -> Reply | None:
        known = super().recorded(account, order_id, revision, body)
        if known is None or known.status != 200:
            return known
        self._numbers += 1
        return replace(known, body=encoded(decoded(known.body) | {"order_no": f"ZW-{self._numbers}"}))


@seen_by("refusal-repeated", "acceptance-repeated", "refusals-are-remembered", "other-body-after-refusal", "rejected")
class UnmarkedCopies(Orders):
    """copies are not marked as such"""

    def recorded(self, account: str, order_id: str, revision: int, body: bytes) -> Reply | None:
        known = super().recorded(account, order_id, revision, body)
        return known and replace(known, copy=False)


@seen_by("epoch-missing", "cancelling-under-epoch")
class NoEpochNeeded(Orders):
    """a write without its epoch"""

    def check_epoch(self, epoch: str) -> None:
        super().check_epoch(epoch or self.feed.epoch)


@seen_by("epoch-changed")
class AnyEpoch(Orders):
    """a write under another epoch"""

    def check_epoch(self, epoch: str) -> None:
        super().check_epoch(epoch and self.feed.epoch)


@seen_by("superseded")
class Overtaken(Orders):
    """a revision below one that was answered"""

    def check_place(self, account: str, order_id: str, revision: int) -> None:
        super().check_place(account, order_id, revision + 1)


@seen_by("already-accepted", "order-in-feed")
class AcceptsTwice(Orders):
    """a second accepted revision"""

    def check_place(self, account: str, order_id: str, revision: int) -> None:
        if self.feed.get("orders", order_id, account) is None:
            super().check_place(account, order_id, revision)


@seen_by("already-accepted")
class AlreadyAcceptedUnnamed(Orders):
    """already-accepted without the number that counts"""

    def check_place(self, account: str, order_id: str, revision: int) -> None:
        if self.feed.get("orders", order_id, account) is not None:
            raise Refused("already-accepted")
        super().check_place(account, order_id, revision)


@seen_by("terms-changed")
class DesksPrice(Orders):
    """the desk's price becomes true"""

    def price(self, lines: list[Document]) -> tuple[list[Document], list[dict[str, str]]]:
        parts, _ = super().price(lines)
        return parts, []

    def sum_up(self, parts: list[Document]) -> Document:
        return super().sum_up(parts) | {"total": "0.00"}


@seen_by("terms-changed")
class NoProposal(Orders):
    """changed terms without a proposal"""

    def judge(self, account: str, order_id: str, revision: int, body: bytes) -> Reply:
        reply = super().judge(account, order_id, revision, body)
        plain = decoded(reply.body)
        plain.pop("proposal", None)
        return replace(reply, body=encoded(plain))


@seen_by("proposal-accepted")
class ProposalRefused(Orders):
    """its own proposal is not accepted"""

    def judge(self, account: str, order_id: str, revision: int, body: bytes) -> Reply:
        reply = super().judge(account, order_id, revision, body)
        return replace(reply, status=422, body=encoded(problem("rejected"))) if reply.status == 201 else reply


@seen_by("rejected")
class RejectsWithoutReasons(Orders):
    """faults without their names"""

    def judge(self, account: str, order_id: str, revision: int, body: bytes) -> Reply:
        reply = super().judge(account, order_id, revision, body)
        return reply if reply.status != 422 else replace(reply, body=encoded(problem("rejected")))


@seen_by("malformed")
class RecordsMalformed(Orders):
    """what cannot be read is recorded"""

    def judge(self, account: str, order_id: str, revision: int, body: bytes) -> Reply:
        try:
            return super().judge(account, order_id, revision, body)
        except Refused as refused:
            if refused.status == 400:
                kept = Reply(400, refused.body, hashlib.sha256(body).hexdigest())
                self.record(account, order_id, revision, kept)
            raise


@seen_by("terms-unknown")
class AnyVersion(Orders):
    """versions that were never given out"""

    def judge(self, account: str, order_id: str, revision: int, body: bytes) -> Reply:
        self.feed.seq += 1 << 50
        try:
            return super().judge(account, order_id, revision, body)
        finally:
            self.feed.seq -= 1 << 50


@seen_by("key-mismatch")
class AnyKey(Handler):
    """an Idempotency-Key of another document"""

    def _check_key(self, mine: str) -> None:
        """Whatever it names."""


@seen_by("too-large", "malformed")
class AnySize(Handler):
    """documents of any size and media type"""

    def _json(self, limit: int = 0) -> bytes:
        return self._body


@seen_by("look-up")
class LookUpSorted(Orders):
    """looked-up answers in an order of its own"""

    def look_up(self, account: str, asked: Any) -> Document:
        found = super().look_up(account, asked)["outcomes"]
        return {"outcomes": sorted(found, key=lambda one: one is None)}


@seen_by("look-up-limit")
class LookUpUnbounded(Orders):
    """a look-up of any length"""

    def look_up(self, account: str, asked: Any) -> Document:
        ids = asked["ids"]
        halves = [ids[: len(ids) // 2], ids[len(ids) // 2 :]]
        found = [Orders.look_up(self, account, {"ids": half})["outcomes"] for half in halves]
        return {"outcomes": found[0] + found[1]}


@seen_by("order-in-feed", "already-accepted", "cancelling")
class OtherNumberInFeed(Feed):
    """an order in the feed under another number"""

    def put(self, collection: str, row_id: str, document: dict[str, Any] | None, owner: str = "") -> None:
        if collection == "orders" and document:
            document = document | {"order_no": "ZW-0", "status": "accepted"}
        super().put(collection, row_id, document, owner)


@seen_by("cancelling")
class CancelsAnew(Orders):
    """each copy of a wish to cancel is a new one"""

    def cancel(self, account: str, order_id: str, request_id: str, body: bytes, epoch: str) -> Reply:
        self.wishes.clear()
        return super().cancel(account, order_id, request_id, body, epoch)
