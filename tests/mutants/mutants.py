"""Mistakes that the simulation must find: each is one small change of the programs, and the rule that it breaks."""

from msgspec import Struct


class Mutant(Struct, frozen=True):
    """In `file`, `old` (which is there exactly once) becomes `new`; the rules of `caught_by` then do not hold."""

    name: str
    file: str
    old: str
    new: str
    caught_by: tuple[str, ...]


MUTANTS = (
    Mutant(
        "nothing is noted before the first byte leaves",
        "desktop_app/sync/push.py",
        "if not self._outbox.mark_in_flight(message.subject, message.id, self._now(), message.sha256):",
        "if False:",
        ("K1", "K3", "K4", "K6"),
    ),
    Mutant(
        "an empty answer counts as accepted",
        "desktop_app/sync/reconcile.py",
        "    if 200 <= status < 300:\n",
        "    if status == 204:\n"
        "        return decide(message, DeliveryState.DONE, status=Status.ACCEPTED, order_no='MF', answer=b'{}')\n"
        "    if 200 <= status < 300:\n",
        ("K1", "K3"),
    ),
    Mutant(
        "what a crash left in flight is not looked up",
        "desktop_app/sync/engine.py",
        "doubtful = self._outbox.recover_in_doubt()",
        "doubtful = ()",
        ("K6",),
    ),
    Mutant(
        "an outcome is recorded after the order was accepted, in a transaction of its own",
        "manufacturer_server/orders.py",
        "    return _record(connection, who, received, 201, msgspec.json.encode(accepted))",
        '    connection.exec_driver_sql("COMMIT")\n    connection.exec_driver_sql("BEGIN IMMEDIATE")\n'
        "    return _record(connection, who, received, 201, msgspec.json.encode(accepted))",
        ("K1", "K2", "K3", "K6"),
    ),
    Mutant(
        "an answer for another order is taken",
        "desktop_app/sync/routes.py",
        "if (accepted.order_id, accepted.revision) != (message.subject, message.revision) or not accepted.order_no:",
        "if not accepted.order_no:",
        ("K1", "K3"),
    ),
    Mutant(
        "an order is withdrawn although a byte may have left",
        "desktop_app/storage/outbox.py",
        'AND {_UNANSWERED} AND first_try_at IS NULL"\n'
        "            \" AND state IN ('pending', 'waiting', 'held', 'attention')\"",
        'AND {_UNANSWERED}"',
        ("K1", "K3", "K4"),
    ),
    Mutant(
        "a held order only waits a little",
        "desktop_app/storage/outbox.py",
        'self._move_unsent(order_id, DeliveryState.HELD, "hold")',
        'self._move_unsent(order_id, DeliveryState.WAITING, "hold")',
        ("K1", "K3", "K4"),
    ),
    Mutant(
        "export marks are set before the file is written",
        "manufacturer_server/export.py",
        "    _write(folder, file, content)\n    sha256",
        "    sha256",
        ("K1",),
    ),
    Mutant(
        "an answer of the server's that says nothing counts as a refusal",
        "desktop_app/sync/reconcile.py",
        "    if status in _NOT_THE_MESSAGE_S_FAULT:\n",
        "    if status == 500:\n"
        "        return decide(message, DeliveryState.DONE, status=Status.REFUSED, answer=b'{}')\n"
        "    if status in _NOT_THE_MESSAGE_S_FAULT:\n",
        ("K1", "K3"),
    ),
    Mutant(
        "a message whose try broke off may be taken back",
        "desktop_app/sync/push.py",
        '(reconcile.interrupted(message, error.params.get("reason", ""), self._trial(message)))\n            await',
        '(reconcile.unreachable(message, ""))\n            await',
        ("K1", "K3", "K4"),
    ),
    Mutant(
        "what the server has no record of counts as accepted",
        "desktop_app/sync/reconcile.py",
        '        return _queued(message, "", keep_left=True)',
        "        return decide(message, DeliveryState.DONE, status=Status.ACCEPTED, order_no='MF', answer=b'{}')",
        ("K1", "K3"),
    ),
    Mutant(
        "the breaker never opens and nothing waits",
        "desktop_app/sync/retry.py",
        "    ceiling = min(CAP_S, BASE_S * 2.0 ** min(max(failures, 1) - 1, 20))",
        "    ceiling = 0.01",
        ("K6",),
    ),
    Mutant(
        "a new epoch is met and nothing is compared",
        "desktop_app/sync/engine.py",
        "        if not self._state.epoch:\n",
        "        if True:\n",
        ("K1", "K2", "K3"),
    ),
)
