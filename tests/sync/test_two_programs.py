"""Two programs on one profile, and two desks of one account: one talks to the server, nobody loses anything."""

import asyncio
from pathlib import Path

from desktop_app.application import Application
from desktop_app.domain.order import Status
from desktop_app.events import OrderChanged
from tests.support.cutting_proxy import CuttingProxy
from tests.support.desks import LINES, TestDesk, connected_desk, run, until


def test_an_open_desktop_sends_by_itself_what_is_submitted(desk: TestDesk) -> None:
    async def work(application: Application) -> None:
        await application.start()
        order = application.orders.new_order(LINES, round_up=False).submit()
        number = order.summary.order_id
        await until(lambda: application.orders.summary(number).status is Status.ACCEPTED)
        await application.close()

    run(work(desk.open()))


def test_a_command_beside_an_open_desktop_leaves_the_work_to_it(desk: TestDesk, network: CuttingProxy) -> None:
    async def work(desktop: Application) -> None:
        await desktop.start()
        await desktop.sync.round()
        beside = desk.open()
        report = await beside.sync.round()
        assert (report.reason, report.pushed) == ("left-to-other", 0)
        order = beside.orders.new_order(LINES, round_up=False).submit().summary
        assert (await beside.sync.round()).waiting == 1
        await until(lambda: beside.orders.summary(order.order_id).status is Status.ACCEPTED)
        assert any(order.order_id in event.order_ids for event in desk.events if isinstance(event, OrderChanged))
        assert desktop.orders.summary(order.order_id).order_no
        beside.close_files()
        await desktop.close()

    run(work(desk.open()))
    assert network.count("^PUT") == 1


def test_when_the_first_program_ends_the_second_takes_over(desk: TestDesk) -> None:
    first, second = desk.open(), desk.open()
    assert run(first.sync.round()).reason == ""
    assert run(second.sync.round()).reason == "left-to-other"
    first.close_files()
    assert run(second.sync.round()).reason == ""
    second.close_files()


def test_quitting_in_the_middle_of_a_round_loses_nothing(desk: TestDesk) -> None:
    order = desk.order()

    async def work(application: Application) -> None:
        await application.start()
        await asyncio.sleep(0)
        await application.close()

    run(work(desk.open()))
    desk.round()
    assert desk.show(order.summary.order_id).summary.status is Status.ACCEPTED


def test_two_desks_of_one_account_see_each_others_orders(
    desk: TestDesk, network: CuttingProxy, data: Path, tmp_path: Path
) -> None:
    other = connected_desk(tmp_path / "other", network.url, data)
    order = desk.order(reference="BC-1")
    desk.round()
    other.round()
    seen = other.show(order.summary.order_id).summary
    assert (seen.reference, seen.status) == ("BC-1", Status.ACCEPTED)


def test_a_desk_of_another_account_sees_nothing_of_it(
    desk: TestDesk, network: CuttingProxy, data: Path, tmp_path: Path
) -> None:
    stranger = connected_desk(tmp_path / "stranger", network.url, data, "D43")
    desk.order(reference="CANARY")
    desk.round()
    stranger.round()
    with stranger.opened() as application:
        assert application.orders.list() == ()
        rows = application._connected().database.connection.execute("SELECT doc FROM feed_rows").fetchall()
    assert not any(b"D42" in (doc or b"") or b"CANARY" in (doc or b"") for (doc,) in rows)


def test_each_order_of_a_full_queue_leaves_once(desk: TestDesk, network: CuttingProxy) -> None:
    orders = [desk.order(("TN1", quantity, "")).summary.order_id for quantity in range(1, 6)]
    assert desk.round().pushed == 5
    sent = [request.split("/orders/")[1].split("/")[0] for request in network.requests if request.startswith("PUT")]
    # Some travel side by side: which of them arrives first is the network's affair.
    assert sorted(sent) == sorted(orders)
