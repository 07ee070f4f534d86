"""Test orders. Prices are never computed here: an order at an impossible price makes the server name its own."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from conformance.findings import Broken, NotTried
from conformance.peer import JSON, Answer, Peer, document, refusal
from conformance.reading import Reading, decoded
from desktop_app.contract.documents import ProductDoc, StockDoc, WholesalerDoc
from desktop_app.contract.orders import (
    ORDER_SCHEMA,
    Accepted,
    CancelRequest,
    OrderDocument,
    OrderLineDoc,
    Outcome,
    OutcomeAnswer,
    OutcomeQuery,
    OutcomeRequest,
    Proposal,
    RecordSubOrder,
    TotalsDoc,
)
from desktop_app.contract.wire import Discovery, Problem
from desktop_app.domain.catalog import ProductStatus

IMPOSSIBLE_PRICE = "0.0001"
TRIES = 5
NO_TOTALS = TotalsDoc(goods="0.00", eco="0.00", carriage="0.00", fees="0.00", vat={}, total="0.00")
REPLAYED = "Idempotency-Replayed"


def new_id() -> str:
    """A UUIDv7 (RFC 9562), as every document of a desk has one."""
    stamp = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = stamp << 80 | 0x7 << 76 | (random >> 68 & 0xFFF) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return str(UUID(int=value))


@dataclass(frozen=True, slots=True)
class Sent:
    """One revision as it was sent first, and the answer."""

    body: bytes
    answer: Answer


@dataclass
class Accepting:
    """One test order on its way to being accepted: what it orders, its revisions, and the proposal of the first."""

    order_id: str
    line: OrderLineDoc
    first: Sent
    problem: Problem
    proposal: Proposal
    second: Sent | None = None
    accepted: Accepted | None = None

    @property
    def final(self) -> Accepted:
        """How it was accepted. Raises NotTried before."""
        if self.accepted is None:
            raise NotTried("it needs an accepted order")
        return self.accepted

    @property
    def winner(self) -> Sent:
        """The revision that was accepted. Raises NotTried before."""
        if self.second is None:
            raise NotTried("it needs an accepted order")
        return self.second


@dataclass(frozen=True)
class OrderForm:
    """What all test orders have in common."""

    terms_version: int
    catalog_version: int
    note: str = "Conformance test, not to be delivered"
    totals: TotalsDoc = field(default_factory=lambda: NO_TOTALS)

    def fill(self, order_id: str, revision: int, lines: Sequence[OrderLineDoc], note: str = "") -> bytes:
        """The bytes of one revision."""
        return msgspec.json.encode(
            OrderDocument(
                schema=ORDER_SCHEMA,
                order_id=order_id,
                revision=revision,
                desk_no="CONFORMANCE",
                created_at=datetime.now(UTC).replace(microsecond=0),
                terms_version=self.terms_version,
                catalog_version=self.catalog_version,
                lines=list(lines),
                totals=self.totals,
                reference="conformance",
                note=note or self.note,
            )
        )


def put_order(
    peer: Peer, epoch: str, order_id: str, revision: int, body: bytes, headers: dict[str, str] | None = None
) -> Answer:
    """Send one revision. `headers` replaces those that belong to it; an empty value takes one away."""
    usual = {"Content-Type": JSON, "Sync-Epoch": epoch, "Idempotency-Key": f'"{order_id}/{revision}"'}
    path = peer.under_account(f"/orders/{order_id}/revisions/{revision}")
    return peer.ask("PUT", path, headers=usual | (headers or {}), content=body)


def put_cancel(peer: Peer, epoch: str, order_id: str, request_id: str, body: bytes) -> Answer:
    """Send the wish to cancel an order."""
    path = peer.under_account(f"/orders/{order_id}/requests/{request_id}")
    return peer.ask("PUT", path, headers={"Content-Type": JSON, "Sync-Epoch": epoch}, content=body)


def cancel_body(order_id: str, request_id: str, reason: str = "conformance test") -> bytes:
    """The bytes of a wish to cancel."""
    now = datetime.now(UTC).replace(microsecond=0)
    return msgspec.json.encode(CancelRequest(order_id, request_id, now, reason=reason))


def ask_outcomes(peer: Peer, ids: Sequence[tuple[str, int]]) -> Answer:
    """Look up recorded answers; the answer, whatever it is."""
    asked = msgspec.json.encode(OutcomeRequest([OutcomeQuery(*one) for one in ids]))
    path = peer.under_account("/orders:outcomes")
    return peer.ask("POST", path, headers={"Content-Type": JSON}, content=asked)


def outcomes(peer: Peer, *ids: tuple[str, int]) -> list[Outcome | None]:
    """The recorded answers. Raises Broken."""
    answer = ask_outcomes(peer, ids)
    if answer.status_code != 200:
        raise Broken(f"The look-up of {len(ids)} recorded answers was answered {answer.status_code} instead of 200.")
    found = document(answer, OutcomeAnswer).outcomes
    if len(found) != len(ids):
        raise Broken(f"The look-up of {len(ids)} revisions has {len(found)} answers.")
    return found


def check_not_recorded(peer: Peer, order_id: str, revision: int, what: str) -> None:
    """Raises Broken where the server has recorded an answer to a revision."""
    if outcomes(peer, (order_id, revision))[0] is not None:
        raise Broken(f"{what} was recorded as the answer to its revision: it must leave no trace.")


def refused_order(peer: Peer, discovery: Discovery, shared: Reading, own: Reading) -> Accepting:
    """Place an order at an impossible price, of something that can be ordered. Raises Broken, NotTried."""
    if shared.checkpoint is None or own.checkpoint is None:
        raise NotTried("it needs the catalogue")
    form = OrderForm(own.checkpoint.version, shared.checkpoint.version)
    refused = ""
    for line in _lines_to_try(shared):
        order_id = new_id()
        body = form.fill(order_id, 1, [line])
        answer = put_order(peer, discovery.epoch, order_id, 1, body)
        problem = refusal(answer, 409, "terms-changed")
        others = {error.code for error in problem.errors} - {"price-changed", "total-changed"}
        if not others:
            return Accepting(order_id, line, Sent(body, answer), problem, _proposal(problem))
        refused = f"{line.sku} of {line.wholesaler}: {', '.join(sorted(others))}"
    raise NotTried(f"nothing of the catalogue could be ordered alone ({refused or 'it is empty'})")


def accepted_order(peer: Peer, discovery: Discovery, order: Accepting) -> Accepting:
    """Send the proposal as the second revision. Raises Broken where it is not accepted."""
    body = of_proposal(order)
    answer = put_order(peer, discovery.epoch, order.order_id, 2, body)
    if answer.status_code != 201:
        said = refusal_in_words(answer)
        raise Broken(f"The revision made of the server's own proposal was answered {said} instead of 201.")
    order.second, order.accepted = Sent(body, answer), document(answer, Accepted)
    return order


def of_proposal(order: Accepting, order_id: str = "", revision: int = 2, note: str = "") -> bytes:
    """The order as the manufacturer would take it, as the next revision (or as another order)."""
    offered = order.proposal
    form = OrderForm(offered.terms_version, offered.catalog_version, totals=offered.totals)
    return form.fill(order_id or order.order_id, revision, list(_lines_of(offered.sub_orders)), note)


def wrong_price(order: Accepting, order_id: str, revision: int, note: str = "") -> bytes:
    """The same goods at the impossible price again."""
    form = OrderForm(order.proposal.terms_version, order.proposal.catalog_version)
    return form.fill(order_id, revision, [order.line], note)


def refusal_in_words(answer: Answer) -> str:
    """Status, type and codes of a refusal."""
    try:
        problem = document(answer, Problem)
    except Broken:
        return str(answer.status_code)
    codes = ", ".join(error.code for error in problem.errors)
    return f"{answer.status_code} {problem.slug}{f' ({codes})' if codes else ''}"


def _lines_of(sub_orders: Sequence[RecordSubOrder]) -> Iterator[OrderLineDoc]:
    for part in sub_orders:
        for line in part.lines:
            yield OrderLineDoc(line.sku, part.wholesaler, line.quantity, line.unit_net)


def _proposal(problem: Problem) -> Proposal:
    if not problem.proposal:
        raise Broken("409 terms-changed comes without a proposal: a person would have nothing to confirm.")
    try:
        proposal = msgspec.json.decode(problem.proposal, type=Proposal)
    except msgspec.DecodeError as error:
        raise Broken(f"The proposal of terms-changed is no Proposal: {error}.") from error
    if [len(part.lines) for part in proposal.sub_orders] != [1]:
        raise Broken("The proposal for an order of one line that can be sold does not have one line.")
    return proposal


def _lines_to_try(shared: Reading) -> Iterator[OrderLineDoc]:
    """A few lines that ought to be possible: in stock first, where no minimum is asked, cheap goods first."""
    products = {row.id: decoded(row, ProductDoc) for row in shared.of("products")}
    sellers = {row.id: decoded(row, WholesalerDoc) for row in shared.of("wholesalers")}
    found = []
    for row in shared.of("stock"):
        stock = decoded(row, StockDoc)
        product, seller = products.get(stock.sku), sellers.get(stock.wholesaler)
        if product is None or seller is None or product.status is not ProductStatus.ACTIVE:
            continue
        price = Decimal(product.list_price)
        minimum = Decimal(seller.order_minimum or 0)
        found.append((not price, not stock.available, minimum > 0, price, stock.wholesaler, product, minimum))
    found.sort(key=lambda each: each[:5])
    for _, _, _, price, wholesaler, product, minimum in found[:TRIES]:
        # Three times the minimum at list price leaves room for what the dealer pays less.
        enough = max(product.min_qty, int(3 * minimum / price) + 1 if price else 1)
        quantity = -(-enough // product.pack_multiple) * product.pack_multiple
        yield OrderLineDoc(product.sku, wholesaler, quantity, IMPOSSIBLE_PRICE, 0)
