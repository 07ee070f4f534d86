"""Mistakes of the manufacturer's server: receiving orders, putting its file back, taking orders out."""

from tests.mutants.mutant import Mutant

_ORDERS = "manufacturer_server/orders.py"
_LINEAGE = "manufacturer_server/lineage.py"
_EXPORT = "manufacturer_server/export.py"

_RECEIVING = (
    Mutant(
        "an outcome is recorded after the order was accepted, in a transaction of its own",
        _ORDERS,
        "    return _record(connection, who, received, 201, msgspec.json.encode(accepted))",
        '    connection.exec_driver_sql("COMMIT")\n    connection.exec_driver_sql("BEGIN IMMEDIATE")\n'
        "    return _record(connection, who, received, 201, msgspec.json.encode(accepted))",
        ("K1", "K2", "K3", "K6"),
    ),
    Mutant(
        "changed terms are answered and not recorded",
        _ORDERS,
        "        return _record(connection, who, received, 409, msgspec.json.encode(changed))\n",
        "        return Reply(409, msgspec.json.encode(changed))\n",
        by="tests/server/test_terms_changed.py",
    ),
    Mutant(
        "a recorded revision is answered to other bytes",
        _ORDERS,
        "    if known.sha256 != received.sha256:\n",
        "    if not known.sha256:\n",
        by="tests/server/test_orders.py",
    ),
    Mutant(
        "a revision is accepted although another of the order was",
        _ORDERS,
        "    if accepted is not None:\n        detail",
        "    if accepted is not None and accepted.revision == received.revision:\n        detail",
        by="tests/server/test_orders.py",
    ),
    Mutant(
        "an old revision is taken after a newer one was answered",
        _ORDERS,
        "    if latest is not None and latest > received.revision:\n",
        "    if latest is not None and latest < received.revision < latest:\n",
        by="tests/server/test_orders.py",
    ),
    Mutant(
        "an order is taken at prices that are not in force",
        _ORDERS,
        "    if verdict.differences:\n",
        "    if len(verdict.differences) > 1_000:\n",
        by="tests/server/test_terms_changed.py",
    ),
    Mutant(
        "goods that have left are cancelled",
        "manufacturer_server/followups.py",
        "    if record.status in _TOO_LATE:\n",
        "    if record.status is Status.REFUSED:\n",
        by="tests/server/test_followups.py",
    ),
    Mutant(
        "a desk looks up the answers of another dealer",
        "manufacturer_server/followups.py",
        "select(outcomes).where(outcomes.c.account == account, outcomes.c.order_id.in_(ids))",
        "select(outcomes).where(outcomes.c.order_id.in_(ids))",
        by="tests/server/test_followups.py",
    ),
    Mutant(
        "a change of the feed is not in its sums",
        "manufacturer_server/storage/documents.py",
        "            shift.hash -= row_hash(row_id, before.seq)\n",
        "            shift.hash -= 0\n",
        by="tests/server/test_feed.py",
    ),
)

_PUT_BACK = (
    Mutant(
        "orders are taken in an epoch that is over",
        _LINEAGE,
        "    if under.epoch != who.epoch:\n",
        "    if not who.epoch:\n",
        by="tests/server/test_lineage.py",
    ),
    Mutant(
        "a file copied back by hand is not recognised by the writes it lacks",
        _LINEAGE,
        "    return stored == mark.mark\n",
        "    return True\n",
        by="tests/server/test_lineage.py",
    ),
    Mutant(
        "order numbers go on where the backup ended",
        _LINEAGE,
        "    return (-(-value // ORDERS_STEP) + 1) * ORDERS_STEP\n",
        "    return value\n",
        by="tests/server/test_lineage.py",
    ),
    Mutant(
        "the feed goes on where the backup ended",
        _LINEAGE,
        "        return value + FEED_JUMP\n",
        "        return value\n",
        by="tests/server/test_lineage.py",
    ),
    Mutant(
        "an earlier answer is believed without its receipt",
        "manufacturer_server/restored.py",
        "    if answer.status not in (ACCEPTED, *_REFUSALS) or not is_genuine(who, answer, shown):\n",
        "    if answer.status not in (ACCEPTED, *_REFUSALS):\n",
        by="tests/server/test_receipts.py",
    ),
    Mutant(
        "an order that comes back gets a new number",
        "manufacturer_server/restored.py",
        "    if accepting.is_taken(connection, accepted.order_no):\n",
        "    if accepted.order_no:\n",
        by="tests/server/test_restored_orders.py",
    ),
    Mutant(
        "a refusal that is told again is forgotten",
        "manufacturer_server/restored.py",
        "        accepting.record(connection, who, answer, at)\n        return\n",
        "        return\n",
        by="tests/sync/test_restored_server.py",
    ),
)

_TAKING_OUT = (
    Mutant(
        "export marks are set before the file is written",
        _EXPORT,
        "    _write(folder, file, content)\n    sha256",
        "    sha256",
        ("K1",),
    ),
    Mutant(
        "what left in files before history was lost leaves again",
        _EXPORT,
        "for file in adopt_files(connection, folder, now)\n",
        "for file in adopt_files(connection, folder / 'elsewhere', now)\n",
        ("K2",),
    ),
    Mutant(
        "an export takes the place of an earlier file",
        _EXPORT,
        '    while (folder / (file := f"{kind}-{number:06d}-{epoch}.csv")).exists():\n',
        '    while not (file := f"{kind}-000001.csv"):\n',
        by="tests/server/test_export_after_restore.py",
    ),
    Mutant(
        "a cancellation of what was exported is not told",
        _EXPORT,
        "        if gone:\n",
        "        if len(gone) > 1_000:\n",
        by="tests/server/test_export.py",
    ),
    Mutant(
        "an exported file may lie in the disk's memory when its orders are marked",
        "manufacturer_server/durable.py",
        "    sync_file(part)\n    part.replace(path)\n",
        "    part.replace(path)\n",
        by="tests/powercut/test_powercut.py",
    ),
    Mutant(
        "an answer may lie in the disk's memory when it is given",
        "manufacturer_server/storage/database.py",
        '            connection.execute("PRAGMA synchronous = FULL")\n',
        '            connection.execute("PRAGMA synchronous = NORMAL")\n',
        by="tests/powercut/test_powercut.py",
    ),
)

OF_THE_SERVER = (*_RECEIVING, *_PUT_BACK, *_TAKING_OUT)
