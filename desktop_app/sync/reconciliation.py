"""After the server lost its history: what this desk was once answered is compared with what the server knows now.

Until that is done nothing new leaves (`wanted`). What each difference means: `reconcile.after_loss`.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from desktop_app.contract.orders import Outcome
from desktop_app.contract.wire import OUTCOME_IDS
from desktop_app.domain.order import Status
from desktop_app.domain.outcome import ANSWER_CHANGED, AnsweredMessage, LossDecision, MessageKind, QueuedMessage
from desktop_app.events import EventBus, Notice, OrderChanged, SyncStatusChanged
from desktop_app.remote.client import RemoteClient
from desktop_app.remote.failures import Answer, refusal
from desktop_app.storage.database import Connection, transaction
from desktop_app.storage.lost_answers import LostAnswers
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.outbox import HISTORY_LOST, Outbox
from desktop_app.storage.sync_state import HistoryLoss, SyncState
from desktop_app.sync import reconcile
from desktop_app.sync.reconcile import Trial
from desktop_app.sync.routes import look_up

LOOKED_BACK = timedelta(days=180)
_ENDS_IT = (401, 403, 408, 412, 426, 429)
_NOT_KNOWN = (404, 405, 501)
_logger = logging.getLogger(__name__)


async def tell_answer(
    client: RemoteClient, message: AnsweredMessage | QueuedMessage, answer: bytes, receipt: str, epoch: str
) -> Answer:
    """Tell the server the answer it once gave to `message`."""
    return await client.put_answer(
        message.subject,
        message.revision,
        answer,
        status=reconcile.recorded_status(answer),
        receipt=receipt,
        sha256=message.sha256,
        epoch=epoch,
    )


def ends_telling(answer: Answer) -> bool:
    """Whether this answer is about the server or the sign-in: anything else sent now would meet it too."""
    return answer.status in _ENDS_IT or (answer.status >= 500 and answer.status not in _NOT_KNOWN)


def said_on_the_way(answer: Answer) -> bool:
    """Whether something between here and the server refuses to carry an earlier answer: the server knows nothing yet.

    That there is no such address may be the word of a server that takes none.
    """
    refused = 400 <= answer.status < 500 and answer.status not in _NOT_KNOWN
    return refused and reconcile.own_problem(answer) is None


class Reconciliation:
    """Settles the answered messages of the last 180 days, some at a time; a run that broke off is taken up again."""

    def __init__(
        self,
        client: RemoteClient,
        connection: Connection,
        state: SyncState,
        events: EventBus,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._client, self._connection, self._state, self._events, self._now = client, connection, state, events, now
        self._outbox, self._orders = Outbox(connection), OrderRepository(connection)
        self._lost = LostAnswers(connection)
        self._takes_answers = True

    @property
    def wanted(self) -> bool:
        """Whether the server's history is another one than that in which the answers of this desk were compared."""
        return self._state.epoch != self._state.reconciled_epoch

    async def run(self) -> HistoryLoss:
        """Compare and settle everything. Raises what the network or the server raises; what is settled then stays.

        Raises ResyncNeeded where the server's history changed once more meanwhile.
        """
        epoch, self._takes_answers = self._state.epoch, True
        if self._state.history_loss.epoch != epoch:
            self._state.history_loss = HistoryLoss(epoch, self._now())
        for messages in self._outbox.answered_since(self._oldest()):
            for some in self._portions(messages):
                await self._settle(some, epoch)
        self._state.reconciled_epoch = epoch
        loss = self._state.history_loss
        _logger.warning("the server's history was lost: %s", loss)
        if loss.again or loss.person or loss.changed:
            params = (("again", str(loss.again)), ("person", str(loss.person)))
            self._events.publish(Notice(HISTORY_LOST, HISTORY_LOST, "warning", params))
        self._events.publish(SyncStatusChanged())
        return loss

    # --- inside ---------------------------------------------------------------------------------------------------

    def _oldest(self) -> datetime:
        """Since when answers are compared; whichever clock is behind, none is left out for that."""
        return self._now() + min(self._state.clock_skew, timedelta(0)) - LOOKED_BACK

    def _portions(self, messages: Sequence[AnsweredMessage]) -> Iterator[Sequence[AnsweredMessage]]:
        known = self._state.discovery
        size = max(1, min(OUTCOME_IDS, known.limits.outcome_ids if known is not None else OUTCOME_IDS))
        for start in range(0, len(messages), size):
            yield messages[start : start + size]

    async def _settle(self, messages: Sequence[AnsweredMessage], epoch: str) -> None:
        pairs = list(zip(messages, await look_up(self._client, messages, after_loss=True), strict=True))
        told = {message.id for message, outcome in pairs if await self._told(message, outcome, epoch)}
        changed = []
        with transaction(self._connection):
            loss = self._state.history_loss
            for message, outcome in pairs:
                decision = reconcile.after_loss(
                    message, outcome, cancelled_here=outcome is None and self._is_cancelled_here(message)
                )
                loss = self._apply(decision, message, outcome, loss, told=message.id in told)
                if decision is not LossDecision.AGREES:
                    changed.append(message.subject)
            self._state.history_loss = loss
        if changed:
            self._events.publish(OrderChanged(tuple(dict.fromkeys(changed))))

    def _is_cancelled_here(self, message: AnsweredMessage) -> bool:
        if message.status is not Status.CANCELLED:
            return False
        oldest = self._oldest()
        # What is not compared itself does not come back.
        answers = (one for one in self._outbox.answers_about(message.subject) if one.answered_at >= oldest)
        return reconcile.is_cancelled(answers)

    async def _told(self, message: AnsweredMessage, outcome: Outcome | None, epoch: str) -> bool:
        """Tell the server a refusal it has lost, so that no late copy of what it refused is taken; True if it knows."""
        if not (message.receipt and self._takes_answers):
            return False
        if reconcile.after_loss(message, outcome) is not LossDecision.TELL_AGAIN:
            return False
        answer = await tell_answer(self._client, message, message.answer, message.receipt, epoch)
        if answer.status == 412 and answer.problem is not None and answer.problem.epoch:
            self._state.epoch = answer.problem.epoch
        # To tell it is a safeguard: what the server fails over in itself must not keep this desk for ever.
        if ends_telling(answer) and answer.status != 500:
            raise refusal(answer)
        # Another make of server may not know of earlier answers: the comparison goes on without.
        self._takes_answers = answer.status not in _NOT_KNOWN
        return 200 <= answer.status < 300

    def _apply(
        self,
        decision: LossDecision,
        message: AnsweredMessage,
        outcome: Outcome | None,
        loss: HistoryLoss,
        *,
        told: bool,
    ) -> HistoryLoss:
        """Write down what becomes of one message; the counts after it."""
        now = self._now()
        match decision:
            case LossDecision.SEND_AGAIN:
                return replace(loss, again=loss.again + self._lost.send_again(message, now))
            case LossDecision.TELL_AGAIN:
                if told:
                    self._lost.told(message, now)
                return replace(loss, told=loss.told + told)
            case LossDecision.PERSON:
                reason = HISTORY_LOST if outcome is None else ANSWER_CHANGED
                return replace(loss, person=loss.person + self._lost.ask_person(message, reason, now))
            case LossDecision.TAKE_THEIRS:
                return replace(loss, changed=loss.changed + self._take_theirs(message, outcome, now))
            case LossDecision.AGREES:
                if outcome is not None and message.kind is MessageKind.ORDER:
                    self._lost.keep_receipt(message, outcome.receipt)
                return replace(loss, kept=loss.kept + 1)

    def _take_theirs(self, message: AnsweredMessage, outcome: Outcome | None, now: datetime) -> bool:
        if not self._lost.drop_answer(message, now):
            return False
        queued = self._outbox.get_order(message.subject, message.revision)
        if queued is not None:
            self._orders.apply_outcome(reconcile.from_outcome(queued, outcome, Trial(now, now)), now)
        return True
