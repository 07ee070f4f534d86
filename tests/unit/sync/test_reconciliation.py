"""After the server lost its history: every earlier answer is compared before anything new leaves."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from desktop_app.contract.orders import Accepted, RequestAnswer
from desktop_app.contract.wire import Discovery, Limits
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision
from desktop_app.errors import ComptoirError, Offline, ResyncNeeded, ServerBusy
from desktop_app.events import EventBus, Notice
from desktop_app.remote.client import RemoteClient
from desktop_app.storage.outbox import order_message_id
from desktop_app.sync.reconciliation import Reconciliation
from tests.support.desk_world import DeskWorld

EARLIER, NOW_IN_FORCE = "e1", "e2"


class Restored:
    """A server put back to an earlier state: it knows `outcomes`, and answers earlier answers with `told_status`."""

    def __init__(self) -> None:
        self.outcomes: dict[tuple[str, int], dict[str, Any]] = {}
        self.asked: list[list[str]] = []
        self.told: list[tuple[str, bytes, dict[str, str]]] = []
        self.told_status = 204
        self.fails_after = 1_000

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            ids = [(one["order_id"], one["revision"]) for one in json.loads(request.content)["ids"]]
            self.asked.append([order_id for order_id, _ in ids])
            if len(self.asked) > self.fails_after:
                return reply(503, None)
            return reply(200, {"outcomes": [self.outcomes.get(one) for one in ids]})
        assert request.url.path.endswith("/answer")
        self.told.append((request.url.path.split("/")[-4], request.content, dict(request.headers)))
        if self.told_status < 400:
            return reply(self.told_status, None)
        body = {"type": "urn:order-sync:x", "title": "x", "status": self.told_status, "epoch": "e3"}
        if self.told_status == 412:
            body["retry"] = "resync"
        return reply(self.told_status, body)


def reply(status: int, body: object) -> httpx.Response:
    content = b"" if body is None else json.dumps(body).encode()
    return httpx.Response(status, headers={"Content-Type": "application/json"}, stream=httpx.ByteStream(content))


class Desk:
    """A desk whose server has begun another epoch."""

    def __init__(self, world: DeskWorld) -> None:
        self.world, self.server = world, Restored()
        self.notices: list[Notice] = []
        bus = EventBus()
        bus.subscribe(lambda event: self.notices.append(event) if isinstance(event, Notice) else None)
        client = RemoteClient(
            "https://m.example",
            client_instance="c",
            now=world.now,
            account="D42",
            transport=httpx.MockTransport(self.server),
        )
        world.state.epoch, world.state.reconciled_epoch = NOW_IN_FORCE, EARLIER
        self.reconciliation = Reconciliation(client, world.desk.connection, world.state, bus, now=world.now)
        self._client = client

    def reconcile(self) -> None:
        async def work() -> None:
            try:
                await self.reconciliation.run()
            finally:
                await self._client.close()

        asyncio.run(work())

    def accepted(self, order_no: str = "MF-1", receipt: str = "v1.proof", status: Status = Status.ACCEPTED) -> str:
        """An order the server accepted before."""
        order_id = self.world.orders.new_order([("TN1", 1, "")], round_up=False).submit().summary.order_id
        document = self.world.sent(order_id)
        answer = Accepted(order_id, order_no, 1, self.world.time, 3, [], document.totals, "0.00")
        self.answered(order_id, msgspec.json.encode(answer), DeliveryState.DONE, Status.ACCEPTED, order_no, receipt)
        self.world.desk.connection.execute("UPDATE orders SET status = ? WHERE order_id = ?", (status, order_id))
        return order_id

    def refused(self, receipt: str = "v1.proof") -> str:
        order_id = self.world.orders.new_order([("TN1", 1, "")], round_up=False).submit().summary.order_id
        self.world.sent(order_id)
        self.answered(order_id, problem("rejected", 422), DeliveryState.DONE, Status.REFUSED, "", receipt)
        return order_id

    def answered(
        self, order_id: str, body: bytes, state: DeliveryState, status: Status, order_no: str, receipt: str
    ) -> None:
        decision = OutcomeDecision(
            order_message_id(order_id, 1),
            MessageKind.ORDER,
            order_id,
            1,
            state,
            status=status,
            order_no=order_no,
            answer=body,
            receipt=receipt,
        )
        assert self.world.repository.apply_outcome(decision, self.world.now())

    def known(self, order_id: str, body: bytes | None = None, status: int = 201, receipt: str = "v1.new") -> None:
        """The server knows an answer to the order, by default the one this desk has."""
        row = self.row(order_id)
        self.server.outcomes[order_id, 1] = {
            "order_id": order_id,
            "revision": 1,
            "status": status,
            "sha256": row["sha256"],
            "body": json.loads(body or row["answer"]),
            "receipt": receipt,
        }

    def row(self, order_id: str, kind: str = "order") -> dict[str, Any]:
        names: tuple[str, ...] = ("state", "reason", "answer", "earlier", "receipt", "sha256", "first_try_at")
        found = self.world.desk.connection.execute(
            f"SELECT {', '.join(names)} FROM outbox WHERE subject = ? AND kind = ?", (order_id, kind)
        ).fetchone()
        return dict(zip(names, found, strict=True))

    def status(self, order_id: str) -> Status:
        return self.world.orders.get(order_id).summary.status

    def journal(self, order_id: str) -> list[str]:
        return [entry.code for entry in self.world.orders.get(order_id).history]


def problem(slug: str, status: int) -> bytes:
    return msgspec.json.encode({"type": f"urn:order-sync:{slug}", "title": "T", "status": status})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    world = DeskWorld(tmp_path)
    yield Desk(world)
    world.close()


def test_an_order_the_server_lost_waits_to_leave_again_with_its_earlier_answer(desk: Desk) -> None:
    lost = desk.accepted()
    answer = desk.row(lost)["answer"]
    desk.reconcile()
    row = desk.row(lost)
    assert (row["state"], row["answer"], row["earlier"], row["receipt"]) == ("pending", None, answer, "v1.proof")
    assert row["first_try_at"] is not None
    assert (desk.status(lost), desk.journal(lost)[-1]) == (Status.ACCEPTED, "history-lost")
    assert not desk.reconciliation.wanted
    assert [(notice.code, dict(notice.params)) for notice in desk.notices] == [
        ("history-lost", {"again": "1", "person": "0"})
    ]


def test_an_order_answered_before_there_were_receipts_is_priced_anew(desk: Desk) -> None:
    lost = desk.accepted(receipt="")
    desk.reconcile()
    row = desk.row(lost)
    assert (row["state"], row["earlier"], desk.server.told) == ("pending", None, [])


def test_what_the_server_still_says_stays_and_its_receipt_is_kept(desk: Desk) -> None:
    known = desk.accepted(receipt="")
    desk.known(known)
    desk.reconcile()
    row = desk.row(known)
    assert (row["state"], row["receipt"], desk.notices) == ("done", "v1.new", [])
    assert desk.world.state.history_loss.kept == 1


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.PARTLY_SHIPPED, Status.SHIPPED, Status.INVOICED])
def test_goods_under_way_are_never_ordered_again_unasked(desk: Desk, status: Status) -> None:
    lost = desk.accepted(status=status)
    desk.reconcile()
    row = desk.row(lost)
    assert (row["state"], row["reason"], row["earlier"]) == ("attention", "history-lost", None)
    assert row["answer"] is not None
    assert (desk.status(lost), desk.world.outbox.due(desk.world.now() + timedelta(days=9))) == (status, [])
    assert desk.world.state.history_loss.person == 1


def test_a_lost_refusal_is_told_and_the_order_stays_as_it_is(desk: Desk) -> None:
    refused = desk.refused()
    desk.reconcile()
    ((order_id, body, headers),) = desk.server.told
    assert (order_id, body) == (refused, desk.row(refused)["answer"])
    assert (headers["outcome-status"], headers["outcome-receipt"]) == ("422", "v1.proof")
    assert (headers["document-sha256"], headers["sync-epoch"]) == (desk.row(refused)["sha256"], NOW_IN_FORCE)
    assert (desk.status(refused), desk.row(refused)["state"]) == (Status.REFUSED, "done")
    assert desk.journal(refused)[-1] == "answer-told-again"


@pytest.mark.parametrize("status", [404, 405, 500])
def test_a_server_that_takes_no_earlier_answers_is_not_told_and_the_rest_goes_on(desk: Desk, status: int) -> None:
    desk.server.told_status = status
    desk.refused()
    refused = desk.refused()
    lost = desk.accepted()
    desk.reconcile()
    assert (desk.row(lost)["state"], "answer-told-again" in desk.journal(refused)) == ("pending", False)
    assert len(desk.server.told) == (2 if status == 500 else 1)
    assert not desk.reconciliation.wanted


def test_a_refusal_without_receipt_is_not_told(desk: Desk) -> None:
    desk.refused(receipt="")
    desk.reconcile()
    assert desk.server.told == []


def test_another_number_is_taken_as_a_new_answer(desk: Desk) -> None:
    order_id = desk.accepted("MF-1")
    theirs = json.loads(desk.row(order_id)["answer"]) | {"order_no": "MF-9"}
    desk.known(order_id, json.dumps(theirs).encode())
    desk.reconcile()
    summary = desk.world.orders.get(order_id).summary
    assert (summary.status, summary.order_no, summary.delivery_state) == (Status.ACCEPTED, "MF-9", "done")
    assert desk.row(order_id)["receipt"] == "v1.new"
    assert desk.journal(order_id)[-2:] == ["answer-changed", "accepted"]


def test_a_refusal_of_what_is_under_way_is_left_to_a_person(desk: Desk) -> None:
    order_id = desk.accepted(status=Status.SHIPPED)
    desk.known(order_id, problem("rejected", 422), 422)
    desk.reconcile()
    assert (desk.row(order_id)["state"], desk.row(order_id)["reason"]) == ("attention", "answer-changed")
    assert desk.status(order_id) is Status.SHIPPED


def test_a_cancellation_is_asked_again_where_its_order_stands_and_where_it_is_unknown(desk: Desk) -> None:
    stands, gone = desk.accepted("MF-1"), desk.accepted("MF-2")
    for order_id in (stands, gone):
        desk.world.outbox.add_cancel(f"r-{order_id}", order_id, 1, b"{}", desk.world.now())
        desk.world.outbox.mark_in_flight(order_id, f"r-{order_id}", desk.world.now())
        body = RequestAnswer(f"r-{order_id}", order_id, "done", Status.CANCELLED)
        decision = OutcomeDecision(
            f"r-{order_id}",
            MessageKind.CANCEL,
            order_id,
            1,
            DeliveryState.DONE,
            status=Status.CANCELLED,
            answer=msgspec.json.encode(body),
        )
        assert desk.world.repository.apply_outcome(decision, desk.world.now())
    desk.known(stands)
    desk.reconcile()
    assert (desk.row(stands)["state"], desk.row(stands, "cancel")["state"]) == ("done", "pending")
    # The manufacturer's own system may have the order from an earlier export: it must hear of the cancellation.
    assert (desk.row(gone)["state"], desk.row(gone, "cancel")["state"]) == ("pending", "pending")


def test_an_answer_older_than_half_a_year_is_left_alone_by_the_server_s_clock(desk: Desk) -> None:
    old = desk.accepted()
    desk.world.state.clock_skew = timedelta(days=-2)
    desk.world.time += timedelta(days=181)
    young = desk.accepted()
    desk.world.time += timedelta(hours=1)
    desk.reconcile()
    assert (desk.row(old)["state"], desk.row(young)["state"]) == ("pending", "pending")
    desk.world.time += timedelta(days=183)
    late = desk.accepted()
    desk.world.state.epoch = "e3"
    desk.reconcile()
    assert desk.server.asked[-1] == [late]


def test_what_broke_off_is_taken_up_again_and_counted_once(desk: Desk) -> None:
    desk.world.state.discovery = Discovery(
        "M", "s", ["1"], NOW_IN_FORCE, datetime(2026, 6, 9, tzinfo=UTC), limits=Limits(outcome_ids=2)
    )
    orders = [desk.accepted(f"MF-{number}") for number in range(3)]
    under_way = desk.accepted("MF-9", status=Status.SHIPPED)
    for portions in (1, 2):
        desk.server.fails_after = portions
        if portions == 1:
            with pytest.raises(ServerBusy):
                desk.reconcile()
            assert desk.reconciliation.wanted
            assert [desk.row(order_id)["state"] for order_id in orders] == ["pending", "pending", "done"]
    desk.server.fails_after = 1_000
    desk.reconcile()
    assert desk.server.asked == [orders[:2], [orders[2], under_way], [orders[2], under_way]]
    assert [desk.journal(order_id).count("history-lost") for order_id in orders] == [1, 1, 1]
    loss = desk.world.state.history_loss
    assert (loss.epoch, loss.again, loss.person) == (NOW_IN_FORCE, 3, 1)
    desk.world.state.reconciled_epoch = EARLIER
    desk.reconcile()
    assert desk.journal(under_way).count("history-lost") == 1
    assert desk.world.state.history_loss.person == 1


def test_a_history_that_changes_once_more_is_compared_anew(desk: Desk) -> None:
    desk.refused()
    desk.server.told_status = 412
    with pytest.raises(ResyncNeeded):
        desk.reconcile()
    assert (desk.world.state.epoch, desk.world.state.reconciled_epoch) == ("e3", EARLIER)


@pytest.mark.parametrize(("status", "error"), [(503, ServerBusy), (401, ComptoirError)])
def test_trouble_of_the_server_ends_it_and_nothing_counts_as_compared(
    desk: Desk, status: int, error: type[ComptoirError]
) -> None:
    desk.refused()
    desk.server.told_status = status
    with pytest.raises(error):
        desk.reconcile()
    assert desk.reconciliation.wanted


def test_no_network_no_comparison(desk: Desk) -> None:
    desk.accepted()
    desk._client.unplugged = True
    with pytest.raises(Offline):
        desk.reconcile()
    assert desk.reconciliation.wanted
