"""A desk that is too old says what is needed and keeps its orders; after the update they leave by themselves."""

from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import ServerTooNew
from desktop_app.events import Notice
from manufacturer_server import schemas
from manufacturer_server.cli import main
from manufacturer_server.schemas import KnownSchema
from tests.support.cutting_proxy import CuttingProxy, answer
from tests.support.desks import TestDesk, run
from tests.support.server import RunningServer, joining_code

PUT = r"^PUT .*/revisions/"
TOO_OLD = answer(
    "426 Upgrade Required",
    b'{"type":"urn:order-sync:client-too-old","title":"Too old","status":426,"retry":"upgrade","client_minimum":"9.1"}',
    Content_Type="application/problem+json",
)


@pytest.fixture
def data(data: Path) -> Path:
    """A manufacturer that wants version 0.3 of his desks."""
    assert main(["require", "--data", str(data), "--client-minimum", "0.3"]) == 0
    return data


@pytest.fixture
def desk(tmp_path: Path, data: Path, network: CuttingProxy) -> TestDesk:
    """A desk that was connected with the version that is wanted."""
    desk = TestDesk(tmp_path / "desk", version="0.3")
    desk.connect(network.url, joining_code(data, "D42"))
    return desk


def test_an_old_program_says_what_is_needed_and_after_the_update_the_order_leaves(
    desk: TestDesk, network: CuttingProxy
) -> None:
    desk.version = "0.2.9"
    order = desk.order().summary.order_id
    before = len(network.requests)
    report = desk.round()
    assert (report.reason, report.pushed, report.waiting, report.attention) == ("client-too-old", 0, 1, 0)
    assert "install version 0.3 or later" in report.message
    assert network.requests[before:] == ["GET /.well-known/order-sync"]
    (notice,) = [event for event in desk.events if isinstance(event, Notice) and event.code == "client-too-old"]
    assert ("minimum", "0.3") in notice.params
    with desk.opened() as application:
        run(application.sync.round())
        status = application.sync.status()
        assert (status.online, status.since, status.params.get("minimum")) == (False, None, "0.3")
    assert desk.show(order).summary.delivery_state is DeliveryState.PENDING
    desk.version = "0.3.1"
    assert (desk.round().reason, desk.show(order).summary.status) == ("", Status.ACCEPTED)


def test_an_order_that_is_answered_so_stays_as_it_is_and_ends_the_round(desk: TestDesk, network: CuttingProxy) -> None:
    orders = [desk.order().summary.order_id for _ in range(2)]
    network.fail(PUT, TOO_OLD, times=7)
    for tries in range(1, 8):
        report = desk.round()
        assert (report.reason, report.waiting, report.attention) == ("client-too-old", 2, 0)
        assert "install version 9.1 or later" in report.message
        assert network.count(PUT) == tries
    with desk.opened() as application:
        assert {(row.delivery_state, row.attempts) for row in application.sync.queue()} == {(DeliveryState.PENDING, 0)}
    desk.round()
    assert {desk.show(order).summary.status for order in orders} == {Status.ACCEPTED}


def test_an_old_program_cannot_join(tmp_path: Path, network: CuttingProxy, data: Path) -> None:
    code = joining_code(data, "D42")
    desk = TestDesk(tmp_path / "old", version="0.2")
    with pytest.raises(ServerTooNew, match=r"install version 0\.3 or later"):
        desk.connect(network.url, code)
    assert not network.count("POST")
    desk.version = "0.3"
    desk.connect(network.url, code)


def test_an_order_in_a_form_of_long_ago_needs_a_person_and_keeps_no_other_one(
    desk: TestDesk, server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = desk.order().summary.order_id
    with monkeypatch.context() as patched:
        patched.setattr(schemas, "KNOWN", (KnownSchema("order/1", date(2020, 1, 1)), KnownSchema("order/2")))
        report = desk.round()
    assert (report.pushed, report.attention) == (0, 1)
    with desk.opened() as application:
        (row,) = application.sync.queue()
        assert row.reason == "schema-unknown"
        application.orders.correct(old).submit()
    fresh = desk.order().summary.order_id
    assert desk.round().reason == ""
    assert {desk.show(order).summary.status for order in (old, fresh)} == {Status.ACCEPTED}
    assert server.url
