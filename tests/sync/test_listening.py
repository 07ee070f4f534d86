"""A desk hears at once what the manufacturer does, over a real socket; without the stream it learns it all the same."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop_app.application import Application
from desktop_app.domain.order import Status
from manufacturer_server.importing.run import RunReport
from tests.support.desks import LINES, TestDesk, connected_desk, run, until
from tests.support.server import RunningServer, import_files

# Less than any poll: rounds by themselves come every five minutes.
QUICK_S = 10.0


@pytest.fixture
def desk(tmp_path: Path, data: Path, server: RunningServer) -> TestDesk:
    """A connected desk that reaches the server itself."""
    return connected_desk(tmp_path / "desk", server.url, data)


@contextlib.asynccontextmanager
async def running(desk: TestDesk) -> AsyncIterator[Application]:
    """The program, synchronising by itself; it ends within a moment."""
    application = desk.open()
    await application.start()
    try:
        yield application
    finally:
        async with asyncio.timeout(QUICK_S):
            await application.close()


async def accepted(application: Application) -> str:
    """An order made in an open program, once it is accepted; its id."""
    order_id = application.orders.new_order(LINES, round_up=False).submit().summary.order_id
    await until(lambda: application.orders.summary(order_id).status is Status.ACCEPTED)
    return order_id


async def confirm(server: RunningServer, files: Path, order_no: str) -> None:
    """The manufacturer takes in, with the command that he uses, that all of an order is confirmed."""
    report = await asyncio.to_thread(_taken_in, server.data, files, order_no)
    assert report.exit_code == 0, report.defects


def _taken_in(data: Path, files: Path, order_no: str) -> RunReport:
    files.mkdir(exist_ok=True)
    rows = [f"{order_no},N,{sku},confirmed,{quantity},2026-06-10" for sku, quantity, _ in LINES]
    text = "\n".join(["order_no,wholesaler,sku,state,quantity,date", *rows, ""])
    (files / "status.csv").write_text(text, encoding="utf-8")
    return import_files(data, files / "status.csv")


async def shows(application: Application, order_id: str, status: Status) -> None:
    async with asyncio.timeout(QUICK_S):
        await until(lambda: application.orders.summary(order_id).status is status)


def test_what_the_manufacturer_does_shows_within_seconds_without_polling(
    desk: TestDesk, server: RunningServer, tmp_path: Path
) -> None:
    async def work() -> None:
        async with running(desk) as application:
            order_id = await accepted(application)
            await until(lambda: server.hints.streams)
            await confirm(server, tmp_path / "facts", application.orders.summary(order_id).order_no)
            await shows(application, order_id, Status.CONFIRMED)
            assert application.sync.status().reason == ""
        await until(lambda: not server.hints.streams)

    run(work())


def test_another_desk_of_the_dealer_sees_the_order_within_seconds(
    desk: TestDesk, server: RunningServer, tmp_path: Path
) -> None:
    beside = connected_desk(tmp_path / "beside", server.url, server.data)

    async def work() -> None:
        async with running(desk) as one, running(beside) as other:
            await until(lambda: len(server.hints.streams) == 2)
            order_id = await accepted(one)
            async with asyncio.timeout(QUICK_S):
                await until(lambda: [row for row in other.orders.list() if row.order_id == order_id])

    run(work())


def test_a_stream_that_is_cut_is_no_trouble_and_is_opened_again(
    desk: TestDesk, server: RunningServer, tmp_path: Path
) -> None:
    async def work() -> None:
        async with running(desk) as application:
            order_id = await accepted(application)
            await until(lambda: server.hints.streams)
            for stream in server.hints.streams:
                stream.end()
            assert application.sync.status().online
            await until(lambda: server.hints.streams)
            await confirm(server, tmp_path / "facts", application.orders.summary(order_id).order_no)
            await shows(application, order_id, Status.CONFIRMED)
            assert application.sync.status().reason == ""

    run(work())


def test_without_room_for_a_stream_the_next_look_tells(desk: TestDesk, server: RunningServer, tmp_path: Path) -> None:
    server.hints.most = 0

    async def work() -> None:
        async with running(desk) as application:
            order_id = await accepted(application)
            await confirm(server, tmp_path / "facts", application.orders.summary(order_id).order_no)
            assert (await application.sync.round()).reason == ""
            assert application.orders.summary(order_id).status is Status.CONFIRMED
            assert application.sync.status().online
            assert not server.hints.streams

    run(work())


def test_nobody_listens_with_the_cable_pulled_out(desk: TestDesk, server: RunningServer) -> None:
    async def work() -> None:
        async with running(desk) as application:
            await until(lambda: server.hints.streams)
            application.practice.go_offline()
            await until(lambda: not server.hints.streams)
            application.practice.go_online()
            await until(lambda: server.hints.streams)

    run(work())


def test_one_program_of_a_profile_listens(desk: TestDesk, server: RunningServer) -> None:
    async def work() -> None:
        async with running(desk) as first:
            await until(lambda: server.hints.streams)
            async with running(desk) as second:
                await second.sync.round()
                (stream,) = server.hints.streams
                assert not stream.ended
            await first.sync.round()
            assert server.hints.streams == (stream,)

    run(work())
