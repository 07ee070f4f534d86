"""Orders at the second server: each revision keeps its one answer. Goods cost their list price, carriage nothing."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.support.second_server.feed import OWN, SHARED, Feed, now
from tests.support.second_server.refusals import Refused, decoded, encoded, problem
from tests.support.second_server.shapes import CANCEL, LOOK_UP, ORDER, Error, error

LINES, BYTES, LOOKED_UP = 500, 200_000, 100
CENT = Decimal("0.01")
Document = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """A recorded answer; `copy` where it was recorded before."""

    status: int
    body: bytes
    sha256: str
    copy: bool = False


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


class Orders:
    """What was answered to which revision and to which wish, for ever."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.answers: dict[tuple[str, str, int], Reply] = {}
        self.wishes: dict[tuple[str, str, str], Reply] = {}
        self._numbers = 0

    def receive(self, account: str, order_id: str, revision: int, body: bytes, epoch: str) -> Reply:
        """Answer one revision. Raises Refused for what leaves no trace."""
        self.check_epoch(epoch)
        known = self.recorded(account, order_id, revision, body)
        if known is not None:
            return known
        self.check_place(account, order_id, revision)
        reply = self.judge(account, order_id, revision, body)
        self.record(account, order_id, revision, reply)
        return reply

    def check_epoch(self, epoch: str) -> None:
        """Raises Refused where a write does not carry the present epoch."""
        if epoch != self.feed.epoch:
            raise Refused("epoch-mismatch" if epoch else "epoch-missing", epoch=self.feed.epoch)

    def recorded(self, account: str, order_id: str, revision: int, body: bytes) -> Reply | None:
        """The answer to a copy. Raises Refused for another document."""
        known = self.answers.get((account, order_id, revision))
        if known is None:
            return None
        if known.sha256 != hashlib.sha256(body).hexdigest():
            raise Refused("key-reused")
        return Reply(200 if known.status == 201 else known.status, known.body, known.sha256, copy=True)

    def check_place(self, account: str, order_id: str, revision: int) -> None:
        """A revision is new only after all others, and only while none is accepted. Raises Refused."""
        accepted = self.feed.get("orders", order_id, account)
        if accepted is not None:
            more = {"order_no": accepted["order_no"], "revision": accepted["revision"]}
            raise Refused("already-accepted", **more)
        answered = [number for owner, name, number in self.answers if (owner, name) == (account, order_id)]
        if answered and max(answered) > revision:
            raise Refused("superseded", revision=max(answered))

    def record(self, account: str, order_id: str, revision: int, reply: Reply) -> None:
        self.answers[account, order_id, revision] = reply

    def judge(self, account: str, order_id: str, revision: int, body: bytes) -> Reply:
        """The answer to a revision that is new. Raises Refused."""
        digest, document = hashlib.sha256(body).hexdigest(), decoded(body)
        defects = list(ORDER(document, ""))
        if not defects and (document["order_id"], document["revision"]) != (order_id, revision):
            raise Refused("malformed", "The document names another order or revision than its address.")
        defects = defects or self.defects(document)
        if defects:
            return Reply(422, encoded(problem("rejected", errors=defects)), digest)
        if not all(0 <= document[name] <= self.feed.seq for name in ("terms_version", "catalog_version")):
            raise Refused("terms-unknown")
        parts, differences = self.price(document["lines"])
        totals = self.sum_up(parts)
        if document["totals"]["total"] != totals["total"]:
            differences.append(error("/totals/total", "total-changed", document["totals"]["total"], totals["total"]))
        if differences:
            proposal = {"day": now()[:10], **self.versions(account), "sub_orders": parts, "totals": totals}
            changed = problem("terms-changed", errors=differences, proposal=proposal | {"online_bonus": "0.00"})
            return Reply(409, encoded(changed), digest)
        return Reply(201, encoded(self.accept(account, document, parts, totals)), digest)

    def defects(self, document: Document) -> list[Error]:
        """What is wrong with a document of the right shape. Raises Refused."""
        lines = document["lines"]
        if len(lines) > LINES:
            raise Refused("too-large")
        found = [] if document["schema"] == "order/1" else [error("/schema", "unknown-schema", ours="order/1")]
        keys = [(line["sku"], line["wholesaler"]) for line in lines]
        return found + [error(f"/lines/{n}", "duplicate-line") for n, key in enumerate(keys) if key in keys[:n]]

    def price(self, lines: list[Document]) -> tuple[list[Document], list[Error]]:
        """The sub-orders at our prices, and every difference from what the desk saw."""
        parts: dict[str, list[Document]] = {}
        differences = []
        for number, line in enumerate(lines):
            place, product = f"/lines/{number}", self.feed.get("products", line["sku"])
            if product is None:
                differences.append(error(place, "unknown-product"))
            elif self.feed.get("wholesalers", line["wholesaler"]) is None:
                differences.append(error(place, "unknown-wholesaler"))
            elif self.feed.get("stock", f"{line['wholesaler']}/{line['sku']}") is None:
                differences.append(error(place, "not-listed"))
            elif product.get("status", "active") != "active":
                differences.append(error(place, "discontinued", replaced_by=product.get("replaced_by", "")))
            else:
                pack, least = product.get("pack_multiple", 1), max(line["quantity"], product.get("min_qty", 1))
                quantity = -(-least // pack) * pack
                if quantity != line["quantity"]:
                    asked = str(line["quantity"])
                    differences.append(error(f"{place}/quantity", "pack-multiple", asked, str(quantity)))
                ours = f"{Decimal(product['list_price']):.4f}"
                if line["unit_price"] != ours:
                    differences.append(error(f"{place}/unit_price", "price-changed", line["unit_price"], ours))
                total = cents(Decimal(ours) * quantity)
                named = {"sku": line["sku"], "name": product["name"], "quantity": quantity}
                parts.setdefault(line["wholesaler"], []).append(named | {"unit_net": ours, "line_total": str(total)})
        return [self.sub_order(wholesaler, mine) for wholesaler, mine in parts.items()], differences

    def sub_order(self, wholesaler: str, lines: list[Document]) -> Document:
        """One wholesaler's part."""
        bases: dict[str, Decimal] = {}
        for line in lines:
            rate = (self.feed.get("products", line["sku"]) or {})["vat_rate"]
            bases[rate] = bases.get(rate, Decimal(0)) + Decimal(line["line_total"])
        vat = {rate: str(cents(base * Decimal(rate) / 100)) for rate, base in bases.items()}
        part = {"goods": str(sum(bases.values(), Decimal(0))), "eco": "0.00", "carriage": "0.00", "fees": "0.00"}
        total = Decimal(part["goods"]) + sum(map(Decimal, vat.values()))
        head = {"wholesaler": wholesaler, "lines": lines}
        return head | part | {"vat": vat, "total": str(total), "online_bonus": "0.00"}

    def sum_up(self, parts: list[Document]) -> Document:
        """The totals of all parts."""
        names = ("goods", "eco", "carriage", "fees", "total")
        sums = {name: f"{sum((Decimal(part[name]) for part in parts), Decimal(0)):.2f}" for name in names}
        vat: dict[str, Decimal] = {}
        for rate, amount in ((rate, amount) for part in parts for rate, amount in part["vat"].items()):
            vat[rate] = vat.get(rate, Decimal(0)) + Decimal(amount)
        return {**sums, "vat": {rate: str(amount) for rate, amount in vat.items()}}

    def versions(self, account: str) -> Document:
        """The places in the sequence that prices were taken from."""
        return {"terms_version": self.feed.head(account, OWN), "catalog_version": self.feed.head("", SHARED)}

    def accept(self, account: str, document: Document, parts: list[Document], totals: Document) -> Document:
        """Make the order, and its row in the feed."""
        self._numbers += 1
        number = f"ZW-{datetime.now(UTC).year}-{self._numbers:05d}"
        order = {"order_id": document["order_id"], "order_no": number, "revision": document["revision"]}
        order |= {"received_at": now(), "sub_orders": parts, "totals": totals, "online_bonus": "0.00"}
        answer = order | {"terms_version": self.versions(account)["terms_version"]}
        kept = {name: document[name] for name in ("desk_no", "reference", "author", "created_at") if name in document}
        history = [{"at": order["received_at"], "state": "accepted"}]
        row = order | kept | {"status": "accepted", "history": history, "account": account}
        self.feed.put("orders", document["order_id"], row, account)
        return answer

    def look_up(self, account: str, asked: Any) -> Document:
        """The recorded answers, in the order asked. Raises Refused."""
        if any(LOOK_UP(asked, "")) or len(asked["ids"]) > LOOKED_UP:
            raise Refused("malformed", f"At most {LOOKED_UP} revisions are looked up at once.")
        found = []
        for one in asked["ids"]:
            kept = self.answers.get((account, one["order_id"], one["revision"]))
            answer = kept and {"status": kept.status, "sha256": kept.sha256, "body": decoded(kept.body)}
            found.append(one | answer if answer else None)
        return {"outcomes": found}

    def cancel(self, account: str, order_id: str, request_id: str, body: bytes, epoch: str) -> Reply:
        """Answer a wish to cancel. Raises Refused."""
        self.check_epoch(epoch)
        digest = hashlib.sha256(body).hexdigest()
        known = self.wishes.get((account, order_id, request_id))
        if known is not None:
            if known.sha256 != digest:
                raise Refused("key-reused")
            return Reply(known.status, known.body, digest, copy=True)
        order = self.feed.get("orders", order_id, account)
        if order is None:
            raise Refused("not-found")
        document = decoded(body)
        defects = list(CANCEL(document, ""))
        if not defects and (document["order_id"], document["request_id"]) != (order_id, request_id):
            raise Refused("malformed", "The document names another order or request than its address.")
        if defects:
            raise Refused("rejected", errors=defects)
        history = [*order["history"], {"at": now(), "state": "cancelled"}]
        self.feed.put("orders", order_id, order | {"status": "cancelled", "history": history}, account)
        done = {"request_id": request_id, "order_id": order_id, "result": "done", "status": "cancelled"}
        reply = Reply(200, encoded(done), digest)
        self.wishes[account, order_id, request_id] = reply
        return reply
