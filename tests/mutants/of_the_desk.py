"""Mistakes of the desk, in the order in which a message goes: queued, sent, answered, compared, read, copied."""

from tests.mutants.mutant import Mutant

_OUTBOX = "desktop_app/storage/outbox.py"
_PUSH = "desktop_app/sync/push.py"
_RECONCILE = "desktop_app/sync/reconcile.py"
_RECONCILIATION = "desktop_app/sync/reconciliation.py"
_ENGINE = "desktop_app/sync/engine.py"
_ORDERS = "desktop_app/storage/order_repository.py"
_STUCK = "desktop_app/storage/stuck_messages.py"
_COPY = "desktop_app/services/second_copy.py"

_QUEUE = (
    Mutant(
        "an order is shown as sent before it is in the queue: two transactions",
        "desktop_app/services/order_service.py",
        "        with self._desk.transaction():\n            self._writing.queue(session, ",
        "        if True:\n            self._writing.queue(session, ",
        ("K0", "K1", "K6"),
    ),
    Mutant(
        "what is withdrawn is a draft again before it has left the queue",
        "desktop_app/services/order_service.py",
        "            self._take_back(order)\n            self._orders.back_to_draft(order.order_id, now)\n",
        "            self._orders.back_to_draft(order.order_id, now)\n",
        ("K0", "K1", "K3", "K4"),
    ),
    Mutant(
        "an order is withdrawn although a byte may have left",
        _OUTBOX,
        'AND {_UNANSWERED} AND first_try_at IS NULL"\n'
        "            \" AND state IN ('pending', 'waiting', 'held', 'attention')\"",
        'AND {_UNANSWERED}"',
        ("K1", "K3", "K4"),
    ),
    Mutant(
        "a held order only waits a little",
        _OUTBOX,
        'self._move_unsent(order_id, DeliveryState.HELD, "hold")',
        'self._move_unsent(order_id, DeliveryState.WAITING, "hold")',
        ("K1", "K3", "K4"),
    ),
    Mutant(
        "to try everything lets held orders go",
        _OUTBOX,
        "THEN state WHEN first_try_at IS NULL THEN 'pending' ELSE 'in_doubt' END\"\n"
        "            f\" WHERE {_UNANSWERED} AND state IN ('waiting', 'in_doubt', 'attention')\"",
        "AND state <> 'held' THEN state WHEN first_try_at IS NULL THEN 'pending' ELSE 'in_doubt' END\"\n"
        "            f\" WHERE {_UNANSWERED} AND state IN ('waiting', 'in_doubt', 'attention', 'held')\"",
        ("K4",),
    ),
    Mutant(
        "what is in doubt is never due",
        _OUTBOX,
        "\" OR state IN ('waiting', 'in_doubt') AND (next_try IS NULL OR next_try <= ?1)\"",
        "\" OR state IN ('waiting') AND (next_try IS NULL OR next_try <= ?1)\"",
        ("K0", "K6"),
    ),
    Mutant(
        "what a wrong clock planned for next month waits for it",
        _ENGINE,
        "        self._outbox.clamp_due(self._now(), retry.LONGEST_WAIT, retry.STUCK_RETRY)\n",
        "",
        ("K0", "K6"),
    ),
)

_SENDING = (
    Mutant(
        "nothing is noted before the first byte leaves",
        _PUSH,
        "return self._outbox.mark_in_flight(message.subject, message.id, self._now(), message.sha256)",
        "return True",
        ("K1", "K3", "K4", "K6"),
    ),
    Mutant(
        "an order that was held meanwhile leaves",
        _OUTBOX,
        "{_UNANSWERED} AND state <> 'held' AND ?4 IN ('', sha256)\"",
        "{_UNANSWERED} AND ?4 IN ('', sha256)\"",
        ("K4",),
    ),
    Mutant(
        "an order that was corrected meanwhile leaves as it was",
        _OUTBOX,
        "AND state <> 'held' AND ?4 IN ('', sha256)\"",
        "AND state <> 'held' AND ?4 = ?4\"",
        ("K1", "K3", "K4"),
    ),
    Mutant(
        "what a crash left in flight is not looked up",
        _ENGINE,
        "doubtful = self._outbox.recover_in_doubt()",
        "doubtful = ()",
        ("K6",),
    ),
    Mutant(
        "what is in doubt is not looked up",
        _PUSH,
        "                await self._look_up()\n",
        "",
        ("K6",),
    ),
    Mutant(
        "a message whose try broke off may be taken back",
        _PUSH,
        'return reconcile.interrupted(message, error.params.get("reason", ""), self._trial(message))',
        'return reconcile.unreachable(message, "")',
        ("K1", "K3", "K4"),
    ),
    Mutant(
        "after a failure it is tried again at once, for ever",
        "desktop_app/sync/retry.py",
        "    ceiling = min(CAP_S, BASE_S * 2.0 ** min(max(failures, 1) - 1, 20))",
        "    ceiling = 0.01",
        ("K6",),
    ),
    Mutant(
        "the breaker never opens",
        "desktop_app/sync/retry.py",
        "        return self.failures >= FAILURES_IN_A_ROW\n",
        "        return False\n",
        by="tests/sync/test_push.py",
    ),
    Mutant(
        "two programs on one profile talk to the server",
        "desktop_app/sync/lock.py",
        "        except Timeout:\n            return False\n",
        "        except Timeout:\n            return True\n",
        by="tests/sync/test_two_programs.py",
    ),
    Mutant(
        "another server at the address gets the orders",
        _ENGINE,
        "        if discovery.server_id != self._server_id:\n",
        "        if not discovery.server_id:\n",
        by="tests/sync/test_connecting.py",
    ),
)

_ANSWERS = (
    Mutant(
        "an empty answer counts as accepted",
        _RECONCILE,
        "    if 200 <= status < 300:\n",
        "    if status == 204:\n"
        "        return decide(message, DeliveryState.DONE, status=Status.ACCEPTED, order_no='MF', answer=b'{}')\n"
        "    if 200 <= status < 300:\n",
        ("K1", "K3"),
    ),
    Mutant(
        "an answer for another order is taken",
        "desktop_app/sync/routes.py",
        "if (accepted.order_id, accepted.revision) != (message.subject, message.revision) or not accepted.order_no:",
        "if not accepted.order_no:",
        ("K1", "K3"),
    ),
    Mutant(
        "an error of the server's counts as a refusal",
        _RECONCILE,
        '    return not_taken(message, f"status-{status}", trial)\n',
        "    return decide(message, DeliveryState.DONE, status=Status.REFUSED, answer=b'{}')\n",
        ("K1", "K3"),
    ),
    Mutant(
        "a refusal of something in between is believed",
        _RECONCILE,
        '        return _unknown(message, f"status-{status}", trial)\n',
        '        return _attention(message, f"status-{status}", message.attempts + 1, never_left=True)\n',
        by="tests/sync/test_push.py",
    ),
    Mutant(
        "what may have been taken in an earlier try is corrected",
        _RECONCILE,
        "        return message.earlier is None and (self.unrecorded or message.first_try_at is None)\n",
        "        return True\n",
        by="tests/sync/test_push.py",
    ),
    Mutant(
        "a problem document of something in between counts as the server's",
        _RECONCILE,
        "    return answer.problem if answer.problem is not None and _is_own(answer.problem) else None\n",
        "    return answer.problem\n",
        by="tests/unit/sync/test_reconcile.py",
    ),
    Mutant(
        "what the server has no record of counts as accepted",
        _RECONCILE,
        '        return _queued(message, "", keep_left=True)',
        "        return decide(message, DeliveryState.DONE, status=Status.ACCEPTED, order_no='MF', answer=b'{}')",
        ("K1", "K3"),
    ),
    Mutant(
        "the answer to other bytes is taken when looked up",
        _RECONCILE,
        "    if named and outcome.sha256 != message.sha256:\n",
        "    if named and not outcome.sha256:\n",
        by="tests/unit/sync/test_reconcile.py",
    ),
    Mutant(
        "a new epoch makes a tried message forget that it may have left",
        _RECONCILE,
        'if message.first_try_at is None else _unknown(message, "epoch-changed")',
        'if message else _unknown(message, "epoch-changed")',
        by="tests/unit/sync/test_reconcile.py",
    ),
    Mutant(
        "what fails for ever is never shown to a person",
        "desktop_app/sync/retry.py",
        "    return attempts >= POISON_TRIES and",
        "    return attempts < 0 and",
        by="tests/unit/sync/test_retry.py",
    ),
    Mutant(
        "a late answer takes the place of the recorded one",
        _OUTBOX,
        '                f" WHERE subject = ?9 AND id = ?10 AND {_UNANSWERED}",\n',
        '                " WHERE subject = ?9 AND id = ?10",\n',
        by="tests/unit/storage/test_queue_machine.py",
    ),
    Mutant(
        "a wish to cancel is forgotten when the order is accepted",
        _ORDERS,
        "        elif decision.status is not Status.REFUSED:\n",
        "        elif decision.status is Status.CONFIRMED:\n",
        ("K1",),
    ),
    Mutant(
        "an answer sets back what the feed has told",
        _ORDERS,
        "                status = self._records.status(decision.subject, decision.revision) or status\n",
        "",
        by="tests/unit/storage/test_order_records.py",
    ),
    Mutant(
        "terms that are dearer are taken by the rule for better ones",
        "desktop_app/services/terms_policy.py",
        "    allowed = yours * (100 + policy.percent) / 100 if policy.rule is Rule.TOLERANCE else yours\n",
        "    allowed = yours + theirs\n",
        by="tests/sync/test_terms_by_rule.py",
    ),
)

_AFTER_A_LOSS = (
    Mutant(
        "a new epoch is met and nothing is compared",
        _ENGINE,
        "        if not self._state.epoch:\n",
        "        if True:\n",
        ("K1", "K2", "K3", "K9"),
    ),
    Mutant(
        "new orders leave before the answers are compared",
        _PUSH,
        "                if self._reconciliation.wanted:\n"
        "                    self.reconciled = await self._reconciliation.run()\n"
        "                await self._look_up()\n"
        "                if await self._send_due():\n"
        "                    return\n",
        "                await self._look_up()\n"
        "                if await self._send_due():\n"
        "                    if self._reconciliation.wanted:\n"
        "                        self.reconciled = await self._reconciliation.run()\n"
        "                    return\n",
        ("K9",),
    ),
    Mutant(
        "a comparison that broke off counts as done",
        _RECONCILIATION,
        "        epoch, self._takes_answers = self._state.epoch, True\n",
        "        epoch, self._takes_answers = self._state.epoch, True\n        self._state.reconciled_epoch = epoch\n",
        by="tests/unit/sync/test_reconciliation.py",
    ),
    Mutant(
        "an order the server lost leaves again without its earlier answer",
        "desktop_app/storage/lost_answers.py",
        "        earlier = message.answer if message.receipt else None\n",
        "        earlier = None\n",
        ("K2", "K3", "K4"),
    ),
    Mutant(
        "a refusal the server lost is not told it",
        _RECONCILE,
        "        return LossDecision.TELL_AGAIN\n",
        "        return LossDecision.AGREES\n",
        by="tests/sync/test_restored_server.py",
    ),
    Mutant(
        "a cancellation the server lost is not asked for again",
        _RECONCILE,
        "        return LossDecision.SEND_AGAIN if stands and was_granted(message.answer) else LossDecision.AGREES\n",
        "        return LossDecision.AGREES\n",
        by="tests/sync/test_restored_server.py",
    ),
    Mutant(
        "goods that may be under way are ordered again unasked",
        _RECONCILE,
        "    return LossDecision.PERSON if message.status in _UNDER_WAY else LossDecision.SEND_AGAIN\n",
        "    return LossDecision.SEND_AGAIN\n",
        by="tests/sync/test_restored_server.py",
    ),
    Mutant(
        "what was accepted once is undone by the server's new answer",
        _RECONCILE,
        "    if message.earlier is None or decision.status not in (Status.TO_CONFIRM, Status.REFUSED):\n",
        "    if True:\n",
        by="tests/unit/sync/test_reconcile.py",
    ),
    Mutant(
        "what an order has become elsewhere leaves its message stuck",
        _STUCK,
        "            f\" AND revision = ? AND {_UNANSWERED} AND state IN ('waiting', 'attention')\",\n",
        "            f\" AND revision = ? AND {_UNANSWERED} AND state IN ('waiting')\",\n",
        by="tests/sync/test_push.py",
    ),
)

_READING = (
    Mutant(
        "a page of the feed without its last line is taken",
        "desktop_app/contract/feed.py",
        '        raise PageVoid("the page ends without a checkpoint line")\n',
        '        checkpoint = msgspec.convert({"cursor": "", "more": False, "epoch": "", "version": 1, "counts": {},'
        ' "hash": {}, "server_time": "2026-03-10T08:00:00Z"}, Checkpoint)\n',
        by="tests/unit/contract/test_feed.py",
    ),
    Mutant(
        "rows that do not add up are kept",
        "desktop_app/sync/pull.py",
        "        if agrees is False and self._cooldown",
        "        if agrees is None and self._cooldown",
        by="tests/sync/test_pull.py",
    ),
    Mutant(
        "rows of another dealer are stored",
        "desktop_app/sync/pull.py",
        "    return [row for row in rows if isinstance(row, Del) or not _of_another(row, account)]\n",
        "    return list(rows)\n",
        by="tests/sync/test_pull.py",
    ),
    Mutant(
        "orders of other desks go with the server's history",
        "desktop_app/storage/account_writer.py",
        "                self._records.keep_lost(position.epoch, now)\n",
        "                pass\n",
        by="tests/sync/test_restored_server.py",
    ),
    Mutant(
        "a catalogue of other bytes than announced is built",
        "desktop_app/sync/snapshot.py",
        "        if self._digest.hexdigest() != self._manifest.sha256.lower():\n",
        "        if not self._manifest.sha256:\n",
        by="tests/unit/sync/test_snapshot.py",
    ),
    Mutant(
        "an empty catalogue takes the place of a full one",
        "desktop_app/sync/snapshot.py",
        "        if products == 0 or new * 2 < old:\n",
        "        if new < 0:\n",
        by="tests/sync/test_catalog_pull.py",
    ),
)

_COPIES = (
    Mutant(
        "what was taken back comes out of the second copy again",
        _COPY,
        "            settled += [entry for entry in gone if entry.key in taken_back]\n",
        "",
        by="tests/unit/services/test_second_copy.py",
    ),
    Mutant(
        "what was queued is not in the second copy when it is said to be saved",
        _COPY,
        "        self._copy(waiting)\n",
        "",
        by="tests/unit/services/test_second_copy.py",
    ),
    Mutant(
        "a commit of the desk may lie in the disk's memory",
        "desktop_app/storage/database.py",
        '        _tune(connection, synchronous="FULL")\n',
        '        _tune(connection, synchronous="NORMAL")\n',
        by="tests/powercut/test_powercut.py",
    ),
    Mutant(
        "a file put back from a backup sends what was taken back since",
        "desktop_app/storage/unsent_rows.py",
        "                if key not in live and first_try_at is None:\n",
        "                if False:\n",
        by="tests/unit/storage/test_unsent_rows.py",
    ),
)

OF_THE_DESK = (*_QUEUE, *_SENDING, *_ANSWERS, *_AFTER_A_LOSS, *_READING, *_COPIES)
