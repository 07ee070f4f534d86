"""Sending what waits, oldest first, and looking up what is in doubt. What an answer means: `reconcile`."""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from desktop_app.contract.orders import Outcome
from desktop_app.domain.order import DeliveryState
from desktop_app.domain.outcome import OutcomeDecision, QueuedMessage
from desktop_app.errors import (
    ComptoirError,
    Offline,
    ProtocolViolation,
    ResyncNeeded,
    ServerBusy,
    ServerRefused,
)
from desktop_app.events import EventBus
from desktop_app.remote.client import RemoteClient
from desktop_app.remote.failures import Answer, Interrupted, refusal
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.outbox import Outbox
from desktop_app.storage.sync_state import HistoryLoss, SyncState
from desktop_app.sync import reconcile
from desktop_app.sync.announcements import Announcements
from desktop_app.sync.reconcile import Trial
from desktop_app.sync.reconciliation import Reconciliation, ends_telling, said_on_the_way, tell_answer
from desktop_app.sync.retry import Breaker, delay
from desktop_app.sync.routes import ROUTES, look_up
from desktop_app.sync.window import Arrived, Window


class Push:
    """The sending half of a round. Holds the breaker between rounds; everything else lies in the outbox."""

    def __init__(
        self,
        client: RemoteClient,
        outbox: Outbox,
        orders: OrderRepository,
        state: SyncState,
        events: EventBus,
        reconciliation: Reconciliation,
        *,
        now: Callable[[], datetime],
        rng: random.Random,
    ) -> None:
        self._client, self._outbox, self._orders, self._state = client, outbox, orders, state
        self._reconciliation, self._announcements = reconciliation, Announcements(events)
        self._now, self._rng = now, rng
        self._breaker = Breaker()
        # What the server, asked in this round, has never recorded; until it is sent again.
        self._unrecorded: set[str] = set()
        self.settled = 0
        self.resync_wanted = False
        self.reconciled: HistoryLoss | None = None

    def begin(self) -> None:
        """A new round: nothing has been answered in it yet."""
        self.settled, self.resync_wanted = 0, False
        self._unrecorded.clear()
        self.reconciled = None

    async def run(self) -> None:
        """Look up, then send everything that is due. `settled` counts the recorded answers since `begin`.

        Raises Offline, ServerBusy, Unauthorized or ServerTooNew where the round must end; no message is lost by it.
        Nothing leaves before all earlier answers were compared with a server that has lost its history.
        """
        # Twice at most: where a new epoch is met, answers are compared, and what is in doubt is looked up, before
        # anything else leaves.
        try:
            for _ in range(2):
                if self._reconciliation.wanted:
                    self.reconciled = await self._reconciliation.run()
                await self._look_up()
                if await self._send_due():
                    return
        finally:
            self._announcements.finish()

    async def _send_due(self) -> bool:
        """Send what is due; False where a new epoch was met."""
        due = (row for rows in self._due() for row in rows if row.state is not DeliveryState.IN_DOUBT)
        return await Window(self._leave, self._put, self._record, self._judge).run(due)

    def _due(self, only: DeliveryState | None = None) -> Iterator[list[QueuedMessage]]:
        """What is due, some at a time: a long queue is never in memory as a whole, and each row comes once."""
        after = 0
        while messages := self._outbox.due(self._now(), after=after, only=only):
            yield messages
            after = messages[-1].seq

    async def _look_up(self) -> None:
        """Ask for the recorded answers of what is in doubt."""
        for doubtful in self._due(DeliveryState.IN_DOUBT):
            await self._look_up_some(doubtful)

    async def _look_up_some(self, messages: Sequence[QueuedMessage]) -> None:
        outcomes: Sequence[Outcome | None]
        try:
            outcomes = await look_up(self._client, messages)
            self._unrecorded |= {row.id for row, found in zip(messages, outcomes, strict=True) if found is None}
        except ServerBusy as error:
            await self._after_failure(error)
            outcomes = [None] * len(messages)
        except (ServerRefused, ResyncNeeded, ProtocolViolation):
            # To repeat is as safe as to ask: what is recorded is answered the same again. What the server cannot
            # look up must not keep the others from leaving.
            outcomes = [None] * len(messages)
        for message, outcome in zip(messages, outcomes, strict=True):
            trial = self._trial(message, unrecorded=message.id in self._unrecorded)
            if self._apply(reconcile.from_outcome(message, outcome, trial)):
                self._announcements.changed(message.subject)

    def _leave(self, messages: Sequence[QueuedMessage]) -> list[QueuedMessage]:
        """Note on disk that these are about to leave; those that may."""
        with self._outbox.together():
            leaving = [message for message in messages if self._may_leave(message)]
        for message in leaving:
            self._announcements.changed(message.subject)
        return leaving

    def _may_leave(self, message: QueuedMessage) -> bool:
        return self._outbox.mark_in_flight(message.subject, message.id, self._now(), message.sha256)

    def _record(self, arrived: Arrived[QueuedMessage, Answer]) -> None:
        """Write down what became of some messages."""
        with self._outbox.together():
            told = [message for message, sent in arrived if self._apply(self._decided(message, sent))]
        for message in told:
            self._announcements.changed(message.subject)

    def _decided(self, message: QueuedMessage, sent: asyncio.Task[Answer]) -> OutcomeDecision:
        unrecorded = message.id in self._unrecorded
        self._unrecorded.discard(message.id)
        try:
            answer = sent.result()
        except asyncio.CancelledError:
            return reconcile.interrupted(message, "cancelled", self._trial(message))
        except Interrupted as error:
            return reconcile.interrupted(message, error.params.get("reason", ""), self._trial(message))
        except ProtocolViolation:
            return reconcile.interrupted(message, "answer-unreadable", self._trial(message))
        except Offline as error:
            return reconcile.unreachable(message, error.params.get("reason", ""))
        trial = self._trial(message, answer.retry_after, unrecorded=unrecorded)
        return reconcile.from_answer(message, answer, trial)

    async def _judge(self, sent: asyncio.Task[Answer]) -> bool | None:
        """Whether a message went well; None where it met a new epoch. Raises what ends the round."""
        try:
            answer = sent.result()
        except Interrupted as error:
            await self._after_failure(error)
            return False
        except ProtocolViolation:
            return False
        return await self._goes_on_after(answer)

    async def _put(self, message: QueuedMessage) -> Answer:
        epoch, seen = self._state.epoch, self._seen()
        if message.earlier is not None and message.receipt:
            # Each time: the server may have been put back once more. One that takes no earlier answers, or not this
            # one, prices the order anew.
            told = await tell_answer(self._client, message, message.earlier, message.receipt, epoch)
            if ends_telling(told) or said_on_the_way(told):
                return told
        return await self._client.put(ROUTES[message.kind].path(message), message.body, epoch, seen)

    def _seen(self) -> str:
        """How far this desk has read the server's history: one that was put back since sees it by this."""
        position = self._state.position()
        return position.cursor if position is not None and position.epoch == self._state.epoch else ""

    async def _goes_on_after(self, answer: Answer) -> bool | None:
        """Whether the server is well, None where it names a new epoch. Raises what ends the round."""
        problem = reconcile.own_problem(answer)
        of_this_order = problem is not None and problem.slug == reconcile.SCHEMA_UNKNOWN
        if answer.status in (401, 403, 426) and not of_this_order:
            raise refusal(answer)
        if answer.status == 412 and problem is not None and problem.epoch:
            self._state.epoch = problem.epoch
            return None
        if answer.status == 409 and problem is not None and problem.retry == "resync":
            self.resync_wanted = True
        if answer.status == 429 or answer.status >= 500:
            await self._after_failure(refusal(answer))
            return False
        self._breaker.passed()
        return True

    async def _after_failure(self, failure: ComptoirError) -> None:
        """After three failures in a row the server is asked for itself: is it the server, or the records?"""
        if not self._breaker.failed():
            return
        try:
            await self._client.discover()
        except (Offline, ServerBusy, ProtocolViolation):
            self._breaker.opened()
            raise failure from None
        self._breaker.blames_records()

    def _apply(self, decision: OutcomeDecision) -> bool:
        applied = self._orders.apply_outcome(decision, self._now())
        self.settled += applied and decision.settled
        return applied

    def _trial(self, message: QueuedMessage, retry_after: float | None = None, *, unrecorded: bool = False) -> Trial:
        now = self._now()
        return Trial(now, now + delay(message.attempts + 1, self._rng, retry_after), unrecorded)
