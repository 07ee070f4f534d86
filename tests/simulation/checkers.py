"""What must hold, whatever happened: nothing lost, nothing doubled, nothing changed unasked, and both sides agree.

Each rule has its name: K0 no defect shows, K1 nothing lost, K2 nothing doubled, K3 desk and server agree, K4 nothing
changed without an act or the dealer's rule, K5 nothing of one dealer with another, K6 nothing stuck without a word and
no flood of requests, K7 the same schedule is the same run, K8 what is settled stays settled, K9 nothing new is sent to
a server that lost its history before everything it had answered was compared.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop_app.contract.documents import ACCOUNT_COLLECTIONS, SHARED_COLLECTIONS
from desktop_app.contract.orders import Accepted, OrderDocument
from desktop_app.contract.wire import hash_text, row_hash
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind
from desktop_app.remote.failures import problem_of
from desktop_app.services.views import OrderSummary
from desktop_app.storage.database import open_plain
from desktop_app.storage.sync_state import SyncState
from manufacturer_server import feed
from manufacturer_server.access import account_doc
from manufacturer_server.export import export_orders
from manufacturer_server.report import ReportRow, report
from tests.simulation.ledger import Ledger, Promise, Received, Settled

if TYPE_CHECKING:
    from tests.simulation.peers import SimDesk
    from tests.simulation.run import Table

_VISIBLE = (DeliveryState.HELD, DeliveryState.ATTENTION)
_ANSWERS = frozenset({0, 200, 201, 409, 422})
REQUESTS_AN_HOUR = 60
_SHARED_KEYS = {
    "families": "code",
    "wholesalers": "code",
    "products": "sku",
    "stock": "wholesaler || '/' || sku",
    "stock_dates": "wholesaler",
}


def watch(desk: "SimDesk", ledger: Ledger) -> None:
    """K8, looked at after each act: within an epoch an answer that was written down stays, and done is done."""
    if desk.dying:
        return
    state = SyncState(desk.connection)
    if state.epoch != state.reconciled_epoch:
        # A server that was put back may have to answer again: what it then says is judged at the end.
        ledger.settled.pop(desk.account, None)
        return
    rows = list(desk.connection.execute("SELECT subject, id, answer, state FROM outbox WHERE answer IS NOT NULL"))
    answers = {(order_id, message_id): bytes(answer) for order_id, message_id, answer, _ in rows}
    done = frozenset((row[0], row[1]) for row in rows if row[3] == DeliveryState.DONE)
    before = ledger.settled.get(desk.account)
    if before is not None and before.epoch == state.epoch:
        for key, answer in before.answers.items():
            # Whoever takes a way out of a stuck order may ask for the answer again.
            if answers.get(key) != answer and (key in before.done or key[0] not in ledger.taken_out):
                ledger.broken("K8", f"the answer to {key[1]} changed or vanished")
        for key in before.done - done:
            ledger.broken("K8", f"{key[1]} was done and is not any more")
    ledger.settled[desk.account] = Settled(state.epoch, answers, done)
    for (order_id, _), answer in answers.items():
        if (accepted := _accepted(answer)) is None:
            continue
        known_as = ledger.numbers.get(order_id, accepted.order_no)
        told = known_as in (accepted.order_no, accepted.renumbered_from) or order_id in ledger.taken_out
        if not told and desk.account not in ledger.renewed:
            ledger.broken("K2", f"{order_id} was {known_as} and is {accepted.order_no} without a word")
        ledger.numbers[order_id] = accepted.order_no


def is_quiet(desk: "SimDesk") -> bool:
    """Whether nothing will happen at this desk any more without a person."""
    status = desk.application.sync.status()
    return not status.reason and status.online and all(row.state in _VISIBLE for row in desk.open_rows())


def check(table: "Table") -> None:
    """Look at everything once it is calm."""
    server, ledger = table.server, table.ledger
    with server.database.reading() as connection:
        booked = {row.order_id: row for row in report(connection).orders}
    for desk in table.desks.values():
        watch(desk, ledger)
        shown = {row.order_id: row for row in desk.application.orders.list()}
        _lost(desk, shown, booked, ledger)
        _forgotten(desk, shown, ledger)
        _agree(desk, shown, booked.values(), ledger)
        _unchanged(desk, ledger)
        _stuck(desk, booked, ledger)
        _copies(table, desk)
        _flood(table, desk)
    _doubled(booked.values(), ledger)
    _answered_once(ledger)
    _exported(table, booked)
    _logs(table)


# --- K1 ---------------------------------------------------------------------------------------------------------------


def _lost(desk: "SimDesk", shown: dict[str, OrderSummary], booked: dict[str, ReportRow], ledger: Ledger) -> None:
    queued = {row.subject for row in desk.open_rows()}
    for promise in _last_certain(desk.account, ledger):
        row = shown.get(promise.order_id)
        if row is None:
            # What both sides lost nobody can know.
            if desk.account in ledger.renewed and (ledger.lives or _was_over(promise, booked, ledger)):
                continue
            ledger.broken("K1", f"{promise.order_id} was announced and is gone from the desk")
            continue
        known = booked.get(row.order_id)
        fine = {
            Status.DRAFT: row.order_id in ledger.drafted,
            Status.SUBMITTED: row.order_id in queued,
            Status.TO_CONFIRM: row.order_id in queued,
            Status.REFUSED: known is None and _answered(ledger, row, 422),
            Status.CANCELLED: row.order_id in ledger.wanted_cancelled
            and (known is None or known.status == Status.CANCELLED),
        }.get(row.status, known is not None or _left_to_a_person(row, queued, ledger))
        if not fine:
            ledger.broken("K1", f"{row.order_id} was announced; the desk says {row.status}, the books {known}")
        if known is None and row.order_no and not _left_to_a_person(row, queued, ledger):
            ledger.broken("K1", f"{row.order_id} has the number {row.order_no}, and the manufacturer has no such order")


def _was_over(promise: Promise, booked: dict[str, ReportRow], ledger: Ledger) -> bool:
    """Whether an order that a desk lost with its file needs nothing more: refused, or a draft or cancelled by then."""
    over = promise.order_id in ledger.drafted | ledger.wanted_cancelled or any(
        (one.order_id, one.revision, one.status) == (promise.order_id, promise.revision, 422) for one in ledger.received
    )
    return over and promise.order_id not in booked


def _forgotten(desk: "SimDesk", shown: dict[str, OrderSummary], ledger: Ledger) -> None:
    """What a person asked for is under way, done, or known not to be."""
    queued = {row.subject for row in desk.open_rows()}
    for row in shown.values():
        if row.status is Status.SUBMITTED and row.order_id not in queued:
            ledger.broken("K1", f"{row.order_id} is shown as submitted, and nothing of it is in the queue")
        wished = row.order_id in ledger.wishes and row.order_id not in queued
        if wished and row.status in (Status.ACCEPTED, Status.CONFIRMED) and not _given_up(desk, row.order_id, ledger):
            ledger.broken("K1", f"{row.order_id} was to be cancelled; the desk says {row.status} and asks no more")


def _given_up(desk: "SimDesk", order_id: str, ledger: Ledger) -> bool:
    """Whether the journal says that the wish to cancel was refused, or a person gave it up."""
    told = {entry.code for entry in desk.application.sync.journal(order_id)}
    return order_id in ledger.left or bool(told & {"cancel-refused", "left-as-is"})


def _left_to_a_person(row: OrderSummary, queued: set[str], ledger: Ledger) -> bool:
    """Whether the server was put back and a person is asked, or has decided, what becomes of the order."""
    return ledger.lives > 0 and (row.order_id in queued or row.order_id in ledger.left)


def _last_certain(account: str, ledger: Ledger) -> list[Promise]:
    promises = [promise for shown in ledger.promises.values() for promise in shown]
    last = {promise.order_id: promise for promise in promises if promise.certain}
    return [promise for promise in last.values() if promise.desk == account]


def _answered(ledger: Ledger, row: OrderSummary, status: int) -> bool:
    return any(one.status == status for one in ledger.received if one.order_id == row.order_id)


# --- K2 ---------------------------------------------------------------------------------------------------------------


def _doubled(booked: Iterable[ReportRow], ledger: Ledger) -> None:
    taken: dict[tuple[str, int], set[tuple[str, int]]] = defaultdict(set)
    for received in ledger.received:
        if received.status in (200, 201) and (accepted := _accepted(received.answer)) is not None:
            taken[accepted.order_id, received.life].add((accepted.order_no, accepted.revision))
    for row in booked:
        taken[row.order_id, ledger.lives].add((row.order_no, row.revision))
        if ledger.numbers.get(row.order_id, row.order_no) != row.order_no:
            ledger.broken("K2", f"{row.order_id} is {row.order_no} in the books, the desk was told another number")
    given: dict[str, set[str]] = defaultdict(set)
    for (order_id, _), acceptances in taken.items():
        if len(acceptances) > 1:
            ledger.broken("K2", f"{order_id} was accepted {len(acceptances)} times: {sorted(acceptances)}")
        for number, _ in acceptances:
            given[number].add(order_id)
    for number, order_ids in given.items():
        if len(order_ids) > 1:
            ledger.broken("K2", f"the number {number} was given to {sorted(order_ids)}")


def _answered_once(ledger: Ledger) -> None:
    """What was recorded for a revision is what every copy of it is answered, as long as history is not lost."""
    recorded: dict[tuple[str, int, int], bytes] = {}
    for one in ledger.received:
        if _is_recorded(one) and recorded.setdefault((one.order_id, one.revision, one.life), one.answer) != one.answer:
            ledger.broken("K8", f"{one.order_id}/{one.revision} was answered in two ways")


def _is_recorded(received: Received) -> bool:
    if received.status in (200, 201):
        return True
    problem = problem_of(received.answer) if received.status in (409, 422) else None
    return problem is not None and problem.slug in ("terms-changed", "rejected")


def _accepted(answer: bytes) -> Accepted | None:
    try:
        return msgspec.json.decode(answer, type=Accepted)
    except msgspec.MsgspecError:
        return None


def _exported(table: "Table", booked: dict[str, ReportRow]) -> None:
    """The manufacturer's own system reads the files: each order once, none forgotten, cancelled ones told."""
    erp, ledger = table.manufacturer.erp, table.ledger
    export_orders(table.server.database, erp, table.server.clock())
    asked = {row.subject for desk in table.desks.values() for row in desk.open_rows()}
    files = Counter(order_id for file in sorted(erp.glob("orders-*.csv")) for order_id in set(_column(file)))
    cancelled = {order_id for file in erp.glob("cancellations-*.csv") for order_id in _column(file)}
    for order_id, count in files.items():
        if count > 1:
            ledger.broken("K2", f"{order_id} was exported {count} times")
        if order_id not in booked and order_id not in (asked | ledger.left if ledger.lives else ()):
            ledger.broken("K1", f"{order_id} was exported and is not in the books")
    for order_id, row in booked.items():
        if row.status != Status.CANCELLED and not row.held and order_id not in files:
            ledger.broken("K1", f"{order_id} is in the books and was never exported")
        if row.status == Status.CANCELLED and order_id in files and order_id not in cancelled:
            ledger.broken("K3", f"{order_id} was exported, then cancelled, and nobody told")


def _column(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [row["order_id"] for row in csv.DictReader(lines)]


# --- K3 ---------------------------------------------------------------------------------------------------------------


def _agree(desk: "SimDesk", shown: dict[str, OrderSummary], booked: Iterable[ReportRow], ledger: Ledger) -> None:
    for row in booked:
        if row.account != desk.account:
            continue
        mine = shown.get(row.order_id)
        if mine is None:
            ledger.broken("K3", f"{desk.account} does not know its order {row.order_id}")
            continue
        same = (mine.order_no, mine.revision, str(mine.status)) == (row.order_no, row.revision, row.status)
        if not same:
            told = f"{mine.order_no} revision {mine.revision} {mine.status}, {mine.delivery_state} {mine.reason}"
            ledger.broken("K3", f"{row.order_id}: the desk says {told}, the books say {row}")
        elif f"{mine.total:.2f}" != row.total:
            ledger.broken("K3", f"{row.order_id}: the desk says {mine.total}, the books say {row.total}")


def _copies(table: "Table", desk: "SimDesk") -> None:
    """The desk's copies of the feeds, counted and summed afresh, against the server's."""
    found = dict(_sums(desk.connection.execute("SELECT collection, id, rev FROM feed_rows"), ACCOUNT_COLLECTIONS))
    shelf = desk.application._desk.shelf  # type: ignore[union-attr]
    with closing(open_plain(desk.application.paths.catalog(shelf.generation), read_only=True)) as catalogue:
        rows = [
            (collection, row_id, rev)
            for collection, key in _SHARED_KEYS.items()
            for row_id, rev in catalogue.execute(f"SELECT {key}, rev FROM {collection}")
        ]
    found |= dict(_sums(rows, SHARED_COLLECTIONS))
    with table.server.database.reading() as connection:
        dealer = account_doc(connection, desk.account)
        assert dealer is not None
        for collections in (ACCOUNT_COLLECTIONS, SHARED_COLLECTIONS):
            counts, hashes = feed.totals(connection, feed.feed_of(dealer, collections))
            for name in collections:
                if found[name] != (counts[name], hashes[name]):
                    table.ledger.broken("K3", f"{desk.account} has {found[name][0]} {name}, the server {counts[name]}")


def _sums(rows: Iterable[tuple[str, str, int]], names: Iterable[str]) -> Iterator[tuple[str, tuple[int, str]]]:
    counts, hashes = Counter[str](), Counter[str]()
    for name, row_id, rev in rows:
        counts[name] += 1
        hashes[name] += row_hash(row_id, rev)
    return ((name, (counts[name], hash_text(hashes[name]))) for name in names)


# --- K4 ---------------------------------------------------------------------------------------------------------------


def _unchanged(desk: "SimDesk", ledger: Ledger) -> None:
    seen: dict[tuple[str, int], bytes] = {}
    answered: set[tuple[str, int]] = set()
    for one in ledger.received:
        key = (one.order_id, one.revision)
        if one.desk != desk.account:
            continue
        if seen.setdefault(key, one.body) != one.body:
            ledger.broken("K4", f"{key} reached the server with two contents")
        if one.revision > 1 and (one.order_id, one.revision - 1) not in answered:
            ledger.broken("K4", f"{key} left before revision {one.revision - 1} was answered")
        if one.status in _ANSWERS:
            answered.add(key)
    for (order_id, revision), body in seen.items():
        kept = desk.outbox.get_order(order_id, revision)
        lost = kept is None and desk.account in ledger.renewed
        if not lost and (kept is None or kept.body != body):
            ledger.broken("K4", f"{order_id}/{revision}: the desk keeps other bytes than it sent")
        document = msgspec.json.decode(body, type=OrderDocument)
        lines = tuple(sorted((line.sku, line.quantity, line.unit_price) for line in document.lines))
        promises = ledger.promises.get((order_id, revision), [])
        if not promises:
            # Who lost his file lost its journal.
            if desk.account not in ledger.renewed and not _by_rule(desk, order_id, revision):
                ledger.broken("K4", f"{order_id}/{revision} was sent, and nobody had queued it")
            continue
        if not any((lines, document.totals.total) == _as_sent(promise) for promise in promises):
            ledger.broken("K4", f"{order_id}/{revision}: shown {promises}, sent {lines} {document.totals.total}")


def _as_sent(promise: Promise) -> tuple[tuple[tuple[str, int, str], ...], str]:
    lines = tuple((sku, quantity, f"{net:.4f}") for sku, quantity, net in promise.lines)
    return lines, f"{promise.total:.2f}"


def _by_rule(desk: "SimDesk", order_id: str, revision: int) -> bool:
    """Whether the desk's own journal says that the dealer's rule made this revision, or a crash cut its act off."""
    return any(
        entry.code in ("terms-taken-by-policy", "terms-taken", "submitted")
        and dict(entry.params).get("revision") == str(revision)
        for entry in desk.application.sync.journal(order_id)
    )


# --- K5 and K6 --------------------------------------------------------------------------------------------------------


def _logs(table: "Table") -> None:
    for file in table.root.rglob("*.log"):
        if b"CANARY" in file.read_bytes():
            table.ledger.broken("K5", f"{file.name} tells a customer's reference")


def _stuck(desk: "SimDesk", booked: dict[str, ReportRow], ledger: Ledger) -> None:
    for row in desk.open_rows():
        told = json.dumps([row.subject, row.revision, row.state, row.reason])
        if row.state not in _VISIBLE:
            ledger.broken("K6", f"{told} is still on its way after two days of calm")
        elif not desk.application.sync.journal(row.subject):
            ledger.broken("K6", f"{told} waits for a person, and the journal does not say why")
        elif row.state is DeliveryState.HELD and desk.account in ledger.renewed:
            # Put back with a backup in which it had not left: a person looks.
            continue
        elif row.kind is MessageKind.ORDER and (known := booked.get(row.subject)) and known.revision == row.revision:
            ledger.broken("K6", f"{told} waits for a person, and the manufacturer has the order")


def _flood(table: "Table", desk: "SimDesk") -> None:
    """Nobody asks more often than about once a minute, but for what persons do."""
    asked = table.network.requests[desk.account]
    allowed = REQUESTS_AN_HOUR + 15 * table.acts[desk.account]
    first = 0
    for last, moment in enumerate(asked):
        while moment - asked[first] > 3_600:
            first += 1
        if last - first >= allowed:
            table.ledger.broken("K6", f"{desk.account} asked {last - first + 1} times in an hour")
            return
