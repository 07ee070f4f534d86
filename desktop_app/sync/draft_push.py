"""Telling the server of the drafts held here, each time it has them otherwise. What becomes of them: `draft_following`.

A draft is no recorded message: there is no queue of them, what is to be told follows from what lies on disk. What was
sent and not answered is sent once more as it was, so that this desk knows its own work again.
"""

from collections.abc import Callable
from datetime import datetime

import msgspec

from desktop_app.contract.drafts import DRAFTS_FEATURE, NEW_DRAFT, DraftAnswer, DraftDoc, DraftState
from desktop_app.contract.wire import Problem
from desktop_app.errors import ProtocolViolation
from desktop_app.events import EventBus, OrderChanged
from desktop_app.remote.client import RemoteClient
from desktop_app.remote.failures import Answer, decoded, refusal
from desktop_app.storage.database import Connection, transaction
from desktop_app.storage.draft_following import DraftFollowing
from desktop_app.storage.shared_drafts import Present, SharedDraft, SharedDrafts, same_work
from desktop_app.storage.sync_state import SyncState
from desktop_app.sync import reconcile

# Of one draft in one round: what was sent before, what is in it now, and once more where it was claimed meanwhile.
_TRIES = 4
_ABOUT_THE_DRAFT = (400, 404, 405, 413, 415, 422)


class DraftPush:
    """The part of a round that shares drafts."""

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
        self._drafts, self._following = SharedDrafts(connection), DraftFollowing(connection)

    async def run(self) -> None:
        """Tell everything that is to be told, while the server's history is the one this desk knows.

        Raises what the network or the server raises; nothing is lost by it, the next round tells it.
        """
        known = self._state.discovery
        if known is None or DRAFTS_FEATURE not in known.features or self._state.epoch != self._state.reconciled_epoch:
            return
        for draft in self._drafts.all():
            if not await self._tell(draft.draft_id):
                return

    # --- inside ---------------------------------------------------------------------------------------------------

    async def _tell(self, draft_id: str) -> bool:
        """Tell of one draft; False where the server's history is another one now."""
        for _ in range(_TRIES):
            draft = self._drafts.get(draft_id)
            document = None if draft is None else self._to_tell(draft)
            if draft is None or document is None:
                return True
            self._drafts.note_sent(draft_id, document)
            body = msgspec.json.encode(document)
            answer = await self._client.put_draft(
                draft_id, body, match=draft.rev, epoch=self._state.epoch, seen=self._seen()
            )
            problem = reconcile.own_problem(answer)
            if problem is not None and answer.status == 412 and problem.epoch:
                self._state.epoch = problem.epoch
                return False
            self._apply(draft, document, answer, problem)
        return True

    def _to_tell(self, draft: SharedDraft) -> DraftDoc | None:
        """What the server is to have instead of what it has; None where there is nothing to tell."""
        mine = self._drafts.document(draft)
        if mine is None or draft.theirs is not None:
            return None
        if draft.sent is not None and not draft.reason:
            return draft.sent
        if draft.rev == NEW_DRAFT and mine.state is not DraftState.OPEN:
            # It ended before anybody was told of it.
            return None
        if draft.reason and draft.sent is not None and same_work(draft.sent, mine) and draft.sent.state is mine.state:
            return None
        if mine.state is DraftState.SENT:
            present = self._drafts.present(draft.draft_id)
            # A colleague has changed it since: the order goes its way, and meets his draft there.
            if present is not None and present.rev > draft.rev:
                return None
        told = draft.told and draft.base is not None and draft.base.state is mine.state
        return None if told and draft.base is not None and same_work(draft.base, mine) else mine

    def _apply(self, draft: SharedDraft, document: DraftDoc, answer: Answer, problem: Problem | None) -> None:
        """Write down what an answer means. Raises what it means for the round."""
        with transaction(self._connection):
            if 200 <= answer.status < 300:
                kept = decoded(answer.body, DraftAnswer, "answer to a draft")
                if kept.draft_id != draft.draft_id:
                    raise ProtocolViolation("The server answered for another draft than the one sent.", what="draft")
                self._drafts.acknowledge(draft.draft_id, kept.rev, document)
            elif problem is not None and problem.slug == "draft-changed":
                self._meet(draft, problem)
            elif problem is not None and answer.status in _ABOUT_THE_DRAFT:
                self._drafts.note_refused(draft.draft_id, problem.slug)
            else:
                raise refusal(answer)
        self._events.publish(OrderChanged((draft.draft_id,)))

    def _meet(self, draft: SharedDraft, problem: Problem) -> None:
        present = None
        if problem.proposal:
            present = Present(problem.revision, decoded(bytes(problem.proposal), DraftDoc, "draft"))
        known = self._drafts.get(draft.draft_id)
        if known is None:
            return
        if present is not None and present.rev == draft.rev:
            raise ProtocolViolation("The server refuses the very revision it says it has.", what="draft")
        self._following.meet(known, present, self._now())

    def _seen(self) -> str:
        position = self._state.position()
        return position.cursor if position is not None and position.epoch == self._state.epoch else ""
