"""The second server with receipts, which it need not give, and servers whose receipts are worth nothing."""

import hashlib
import hmac
import os
from dataclasses import replace
from typing import Any

from tests.conformance.faults.fault import Fault, seen_by
from tests.support.second_server.feed import Feed
from tests.support.second_server.orders import BYTES, Document, Orders, Reply
from tests.support.second_server.refusals import Refused, encoded
from tests.support.second_server.web import ACCOUNT, JSON, Answer, Handler

REVISION = ACCOUNT + r"/orders/(?P<order_id>[^/]+)/revisions/(?P<revision>[1-9]\d{0,5})"


class ReceiptOrders(Orders):
    """Knows its own answers again. It loses none, so one that is brought back changes nothing."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(feed)
        self._secret = os.urandom(32)

    def receipt(self, account: str, order_id: str, revision: int, reply: Reply) -> str:
        """What proves that this answer was given."""
        status = 201 if reply.status == 200 else reply.status
        parts = [account, order_id, revision, status, reply.sha256, hashlib.sha256(reply.body).hexdigest()]
        return hmac.digest(self._secret, encoded(parts), "sha256").hex()

    def look_up(self, account: str, asked: Any) -> Document:
        found = super().look_up(account, asked)["outcomes"]
        for one in filter(None, found):
            kept = self.answers[account, one["order_id"], one["revision"]]
            one["receipt"] = self.receipt(account, one["order_id"], one["revision"], kept)
        return {"outcomes": found}

    def bring_back(self, account: str, order_id: str, revision: int, shown: Reply, receipt: str, epoch: str) -> None:
        """Take in an earlier answer. Raises Refused."""
        self.check_epoch(epoch)
        if receipt != self.receipt(account, order_id, revision, shown):
            raise Refused("receipt-invalid")


class ReceiptHandler(Handler):
    """Tells receipts, and takes answers that are brought back."""

    routes = (*Handler.routes, ("PUT", REVISION + "/answer", "_answer_again"))

    def _order(self, account: str, order_id: str, revision: str) -> Answer:
        status, media_type, body, headers = super()._order(account, order_id, revision)
        orders = self.manufacturer.orders
        assert isinstance(orders, ReceiptOrders)
        reply = replace(orders.answers[account, order_id, int(revision)], body=body)
        receipt = orders.receipt(account, order_id, int(revision), reply)
        return status, media_type, body, headers | {"Outcome-Receipt": receipt}

    def _answer_again(self, account: str, order_id: str, revision: str) -> Answer:
        orders, told = self.manufacturer.orders, self.headers
        assert isinstance(orders, ReceiptOrders)
        shown = Reply(int(told.get("Outcome-Status", 0)), self._json(BYTES), told.get("Document-SHA256", ""))
        receipt, epoch = told.get("Outcome-Receipt", ""), told.get("Sync-Epoch", "")
        orders.bring_back(account, order_id, int(revision), shown, receipt, epoch)
        return 204, JSON, b"", {}


@seen_by("receipts", "known-answer", handler=ReceiptHandler)
class NewReceipts(ReceiptOrders):
    """another receipt each time"""

    def receipt(self, account: str, order_id: str, revision: int, reply: Reply) -> str:
        return os.urandom(8).hex()


@seen_by("made-up-answer", handler=ReceiptHandler)
class BelievesAll(ReceiptOrders):
    """answers that it never gave are believed"""

    def bring_back(self, account: str, order_id: str, revision: int, shown: Reply, receipt: str, epoch: str) -> None:
        self.check_epoch(epoch)


@seen_by("made-up-answer", handler=ReceiptHandler)
class ReceiptOfTheBody(ReceiptOrders):
    """a receipt that says nothing of the order it belongs to"""

    def receipt(self, account: str, order_id: str, revision: int, reply: Reply) -> str:
        return super().receipt(account, "", 0, reply)


@seen_by("known-answer", handler=ReceiptHandler)
class RecordsAgain(ReceiptOrders):
    """an answer that is brought back takes the place of the recorded one"""

    def bring_back(self, account: str, order_id: str, revision: int, shown: Reply, receipt: str, epoch: str) -> None:
        super().bring_back(account, order_id, revision, shown, receipt, epoch)
        self.record(account, order_id, revision, replace(shown, body=shown.body + b" "))


@seen_by("answer-under-epoch", handler=ReceiptHandler)
class AnyEpochForAnswers(ReceiptOrders):
    """answers are brought back without their epoch"""

    def bring_back(self, account: str, order_id: str, revision: int, shown: Reply, receipt: str, epoch: str) -> None:
        super().bring_back(account, order_id, revision, shown, receipt, self.feed.epoch)


WITHOUT_FAULT = Fault("nothing, with receipts", frozenset(), orders=ReceiptOrders, handler=ReceiptHandler)
