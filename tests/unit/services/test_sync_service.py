"""The synchronisation in facts, without a network."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from desktop_app.application import Application
from desktop_app.domain.order import DeliveryState
from tests.support.desk_world import WORKED_EXAMPLE
from tests.support.offline_desk import START, TOKEN, Moment, offline_desk


@pytest.fixture
def clock() -> Moment:
    return Moment()


@pytest.fixture
def desk(tmp_path: Path, clock: Moment) -> Iterator[Application]:
    application = offline_desk(tmp_path / "desk", clock=clock)
    yield application
    application.close_files()


def submitted(desk: Application, reference: str = "BC-7") -> str:
    session = desk.orders.new_order(WORKED_EXAMPLE, reference=reference, round_up=False)
    return session.submit().summary.order_id


def test_status_before_and_after_a_round_that_reaches_nobody(desk: Application) -> None:
    order_id = submitted(desk)
    held = submitted(desk, "BC-8")
    desk.orders.hold(held)
    before = desk.sync.status()
    assert (before.online, before.waiting, before.held, before.attention) == (True, 1, 1, 0)
    report = asyncio.run(desk.sync.round())
    assert (report.online, report.reason, report.pushed, report.waiting) == (False, "offline", 0, 1)
    assert "connection" in report.message
    after = desk.sync.status()
    assert (after.online, after.reason, after.running) == (False, "offline", False)
    assert after.since is not None
    assert after.next_try is not None
    assert desk.orders.summary(order_id).delivery_state is DeliveryState.PENDING
    desk.orders.withdraw(order_id)


def test_ages_say_what_is_old(desk: Application, clock: Moment) -> None:
    ages = {age.collection: age for age in desk.sync.status().collections}
    assert (ages["terms"].rows, ages["terms"].synced_at, ages["terms"].stale) == (6, START, False)
    assert ages["products"].rows == 8
    clock.now += timedelta(days=8)
    assert all(age.stale for age in desk.sync.status().collections)


def test_the_queue_says_what_waits_and_why(desk: Application) -> None:
    order_id = submitted(desk)
    (row,) = desk.sync.queue()
    assert (row.order_id, row.kind, row.revision, row.attempts) == (order_id, "order", 1, 0)
    assert (row.reference, str(row.total)) == ("BC-7", "2665.59")
    assert [entry.code for entry in desk.sync.journal(order_id)] == ["created", "submitted"]
    asyncio.run(desk.sync.round())
    held = submitted(desk, "BC-8")
    desk.orders.hold(held)
    assert [(row.delivery_state, row.reason) for row in desk.sync.queue()] == [("pending", "offline"), ("held", "")]


def test_a_round_that_takes_too_long_is_cut_off_and_said(tmp_path: Path) -> None:
    async def silent(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise httpx.ConnectError("never", request=request)

    desk = offline_desk(tmp_path / "desk", network=silent)
    submitted(desk)
    report = asyncio.run(desk.sync.round(timeout=0.05))
    assert (report.reason, report.waiting) == ("timeout", 1)
    desk.close_files()


def test_trying_now_brings_back_what_needs_a_person(tmp_path: Path) -> None:
    asked: list[str] = []

    def network(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        raise httpx.ConnectError("no", request=request)

    desk = offline_desk(tmp_path / "desk", network=network)
    order_id = submitted(desk)
    connection = desk._connected().database.connection
    connection.execute("UPDATE outbox SET state = 'attention', first_try_at = created_at")
    assert desk.sync.status().attention == 1
    desk.sync.due_now()
    assert desk.orders.summary(order_id).delivery_state is DeliveryState.ATTENTION
    asyncio.run(desk.sync.try_now())
    assert asked == ["/.well-known/order-sync"]
    assert desk.orders.summary(order_id).delivery_state is DeliveryState.IN_DOUBT
    desk.close_files()


def test_the_report_names_orders_but_no_secret_and_no_customer(desk: Application) -> None:
    order_id = submitted(desk, "SECRET CLIENT")
    asyncio.run(desk.sync.round())
    text = desk.sync.report_text()
    assert order_id in text
    assert "offline" in text
    assert "submitted" in text
    assert TOKEN not in text
    assert "SECRET CLIENT" not in text
    assert "91.6185" not in text
