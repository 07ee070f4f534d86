"""Answering the manufacturer's changed terms: a person line by line, or the dealer's own rule.

What of an order is kept, and at which prices: `order_confirmation`; what the rule takes: `terms_policy`.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec.structs import replace

from desktop_app.contract.orders import OrderLineDoc
from desktop_app.domain.money import ZERO, amount_text
from desktop_app.domain.order import Status, Totals
from desktop_app.errors import ActionNotPossible, OrderRefused
from desktop_app.events import EventBus, Notice, OrderChanged
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.order_confirmation import Confirmation, Confirming
from desktop_app.services.order_document import PricedOrder
from desktop_app.services.order_reading import OrderReading
from desktop_app.services.order_terms import TermsAnswer
from desktop_app.services.order_writing import OrderWriting, details_of
from desktop_app.services.price_basis import PriceBasis
from desktop_app.services.price_request import asked_lines, request_words
from desktop_app.services.terms_policy import Rule, TakenTerms, TermsPolicy, taken_by
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.order_rows import LineRow, OrderRow
from desktop_app.storage.outbox import Outbox

BY_RULE = "terms-taken-by-policy"
_logger = logging.getLogger(__name__)


class TermsAnswers:
    """Takes, trims or asks again. Each answer is one transaction; `session` opens a draft that was put aside."""

    def __init__(
        self,
        desk: DeskDatabase,
        reading: OrderReading,
        writing: OrderWriting,
        *,
        basis: Callable[[], PriceBasis],
        events: EventBus,
        now: Callable[[], datetime],
        session: Callable[[OrderRow], DraftSession],
    ) -> None:
        self._desk, self._reading, self._writing = desk, reading, writing
        self._basis, self._events, self._now, self._session = basis, events, now, session
        self._orders = OrderRepository(desk.connection)
        self._outbox = Outbox(desk.connection)
        self._journal = Journal(desk.connection)

    def confirm(self, number: str, without: Iterable[str], ask: Iterable[str], request: str) -> str:
        """Queue the next revision without the skus of `without` and `ask`; returns the order's id.

        The lines of `ask` become a draft of their own whose note is `request`, English words where that is empty.
        """
        out, asked = set(without), set(ask)
        with self._desk.transaction():
            order, answer = self._waiting(number)
            confirmation = self._confirmation(order, answer, out, asked, sends=True)
            words = request or self._request(order, answer, asked)
            changed = [order.order_id]
            removed = ", ".join(sorted(out - asked))
            self._take(order, answer, confirmation.order, "terms-taken", {"removed": removed} if removed else {})
            if confirmation.left:
                changed.append(self._put_aside(order, confirmation.left, words))
        self._events.publish(OrderChanged(tuple(changed)))
        return order.order_id

    def preview(self, number: str, without: Iterable[str], ask: Iterable[str]) -> Totals:
        """The sums the order would have if it were confirmed so, whatever its credit; else raises as `confirm` does."""
        order, answer = self._waiting(number)
        return self._confirmation(order, answer, set(without), set(ask)).order.totals

    def take_by_rule(self, policy: TermsPolicy) -> int:
        """Take every answer that waits and that the dealer's rule covers; how many were taken. Says so in a notice."""
        if policy.rule is Rule.ASK:
            return 0
        taken: dict[str, TakenTerms] = {}
        for summary in self._reading.matching("", (Status.TO_CONFIRM,)):
            try:
                found = self._take_one(summary.order_id, policy)
            except (ActionNotPossible, OrderRefused) as error:
                _logger.info("%s is left to a person: %s", summary.desk_no, error.message)
                continue
            if found is not None:
                taken[summary.desk_no] = found
                self._events.publish(OrderChanged((summary.order_id,)))
        if taken:
            self._tell(taken)
        return len(taken)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _waiting(self, number: str) -> tuple[OrderRow, TermsAnswer]:
        order = self._reading.find(number)
        answer = self._reading.terms(order)
        if answer is None:
            name = order.order_no or order.desk_no
            raise ActionNotPossible(f"No changed terms wait for an answer on {name}.", action="confirm")
        return order, answer

    def _confirmation(
        self, order: OrderRow, answer: TermsAnswer, without: set[str], ask: set[str], *, sends: bool = False
    ) -> Confirmation:
        confirming = Confirming(answer, self._reading.snapshot(order), self._basis())
        found = confirming.confirm(without, ask)
        if sends:
            confirming.refuse_over_credit(found.order.totals.total)
        return found

    def _take_one(self, order_id: str, policy: TermsPolicy) -> TakenTerms | None:
        with self._desk.transaction():
            order, answer = self._waiting(order_id)
            if self._made_by_rule(order):
                # Little by little would pass any tolerance: a second time only what is not dearer is taken.
                policy = replace(policy, rule=Rule.BETTER)
            found = taken_by(policy, answer)
            if found is None:
                return None
            confirmation = self._confirmation(order, answer, set(), set())
            params = {
                "rule": found.rule.value,
                "lines": str(found.lines),
                "yours": amount_text(found.yours),
                "theirs": amount_text(found.theirs),
                "difference": amount_text(found.difference),
            }
            self._take(order, answer, confirmation.order, BY_RULE, params)
        return found

    def _made_by_rule(self, order: OrderRow) -> bool:
        """Whether the revision that was answered is itself one the rule had made."""
        for _, _, code, params in reversed(self._journal.entries(order.order_id)):
            if code == BY_RULE:
                return dict(params).get("revision") == str(order.revision)
        return False

    def _take(
        self, order: OrderRow, answer: TermsAnswer, priced: PricedOrder, code: str, params: dict[str, str]
    ) -> None:
        """Write the answer down and queue it, in the caller's transaction."""
        self._outbox.close_decided(order.order_id)
        revision = {"revision": str(self._orders.next_revision(order.order_id))}
        self._journal.add(order.order_id, self._now(), code, params | revision)
        self._replace_lines(order, priced)
        details = replace(details_of(order), delivery=answer.delivery)
        self._writing.queue(order, details, priced, order.updated_at, by_rule=code == BY_RULE)

    def _replace_lines(self, order: OrderRow, priced: PricedOrder) -> None:
        self._orders.delete_lines(order.order_id, [row.key for row in self._orders.lines(order.order_id)])
        self._orders.put_lines(
            order.order_id,
            [
                LineRow(key, float(key), line.sku, line.quantity, None, line.wholesaler, line.unit_net)
                for key, line in enumerate(priced.lines, start=1)
            ],
        )

    def _request(self, order: OrderRow, answer: TermsAnswer, asked: set[str]) -> str:
        lines = asked_lines(answer, asked, self._reading.snapshot(order).names)
        return request_words(lines, self._basis().day, order.desk_no)

    def _put_aside(self, order: OrderRow, lines: Iterable[OrderLineDoc], request: str) -> str:
        """A new draft with the lines asked about; returns its id."""
        draft = self._writing.create(replace(details_of(order), note=request))
        rows = [
            LineRow(key, float(key), line.sku, line.quantity, None, line.wholesaler)
            for key, line in enumerate(lines, start=1)
        ]
        self._orders.put_lines(draft.order_id, rows)
        self._session(draft).refresh_terms()
        facts = {"desk_no": draft.desk_no, "lines": str(len(rows))}
        self._journal.add(order.order_id, self._now(), "price-asked", facts)
        return draft.order_id

    def _tell(self, taken: dict[str, TakenTerms]) -> None:
        difference = sum((one.difference for one in taken.values()), ZERO)
        numbers = ", ".join(sorted(taken))
        params = (("orders", str(len(taken))), ("desk_no", numbers), ("difference", amount_text(difference)))
        _logger.info("taken by the dealer's rule: %s, %s EUR", numbers, amount_text(difference))
        self._events.publish(Notice(BY_RULE, BY_RULE, "info", params))
