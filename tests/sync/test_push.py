"""Orders leave exactly once, whatever the network does in between: two real programs and a proxy that cuts."""

import time
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.order import Delivery, DeliveryState, Status
from desktop_app.events import Notice
from desktop_app.storage.outbox import Outbox
from manufacturer_server.report import ReportRow, report
from manufacturer_server.storage.database import Database
from tests.support import worked_example
from tests.support.cutting_proxy import Cut, CuttingProxy, answer, portal
from tests.support.desks import LINES, TestDesk, run
from tests.support.server import RunningServer, import_files, joining_code, small_catalogue

PUT = r"^PUT .*/revisions/"
PROBLEM = "application/problem+json"


def accepted(data: Path) -> list[ReportRow]:
    """The orders in the manufacturer's books."""
    with closing(Database.open(data)) as database, database.reading() as connection:
        return report(connection).orders


def test_an_order_is_accepted_and_gets_its_number(desk: TestDesk, data: Path) -> None:
    order = desk.order()
    done = desk.round()
    assert (done.pushed, done.waiting, done.attention, done.reason) == (1, 0, 0, "")
    summary = desk.show(order.summary.order_id).summary
    (booked,) = accepted(data)
    assert (summary.status, summary.delivery_state) == (Status.ACCEPTED, DeliveryState.DONE)
    assert summary.order_no == booked.order_no


def test_a_long_queue_leaves_in_order_some_at_a_time(
    desk: TestDesk, network: CuttingProxy, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = Outbox.due
    monkeypatch.setattr(Outbox, "due", lambda outbox, now, after=0, only=None: due(outbox, now, 2, after, only))
    ids = [desk.order().summary.order_id for _ in range(5)]
    network.fail(PUT, Cut.AFTER)
    first = desk.round()
    assert (first.pushed, first.waiting) == (4, 1)
    second = desk.round()
    assert (second.pushed, second.waiting) == (1, 0)
    assert [row.order_id for row in sorted(accepted(data), key=lambda row: row.order_no)] == ids
    assert network.count(PUT) == 5


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
def test_a_network_that_fails_while_several_orders_are_on_their_way_loses_and_doubles_none(
    desk: TestDesk, network: CuttingProxy, data: Path, cut: Cut
) -> None:
    ids = {desk.order(("TN1", 1, "")).summary.order_id for _ in range(14)}

    def fail_from_the_sixth_on(_: str) -> None:
        if network.count(PUT) == 5:
            network.on_request = lambda _: None
            network.fail(PUT, cut, times=6)

    network.on_request = fail_from_the_sixth_on
    first = desk.round()
    assert 0 < first.pushed < 14
    assert first.waiting == 14 - first.pushed
    for _ in range(4):
        desk.clock.advance(minutes=11)
        last = desk.round()
    assert (last.waiting, last.attention) == (0, 0)
    booked = accepted(data)
    assert {row.order_id for row in booked} == ids
    assert len({row.order_no for row in booked}) == len(booked) == 14
    shown = {order_id: desk.show(order_id).summary.order_no for order_id in ids}
    assert shown == {row.order_id: row.order_no for row in booked}


@pytest.mark.parametrize("effect", [Cut.BEFORE, Cut.AFTER, Cut.MID_BODY, answer("204 No Content"), portal()])
def test_an_answer_that_is_lost_is_looked_up_before_anything_is_sent_again(
    desk: TestDesk, network: CuttingProxy, data: Path, effect: Cut | bytes
) -> None:
    order = desk.order()
    network.fail(PUT, effect)
    first = desk.round()
    assert (first.pushed, first.waiting) == (0, 1)
    assert desk.show(order.summary.order_id).summary.delivery_state is DeliveryState.IN_DOUBT
    second = desk.round()
    assert (second.pushed, second.waiting, second.attention) == (1, 0, 0)
    looked_up = [request for request in network.requests if "outcomes" in request or request.startswith("PUT")]
    assert "outcomes" in looked_up[1]
    reached = effect in (Cut.AFTER, Cut.MID_BODY)
    assert network.count(PUT) == (1 if reached else 2)
    assert [row.order_id for row in accepted(data)] == [order.summary.order_id]


@pytest.mark.parametrize("status", ["500 Internal Server Error", "502 Bad Gateway", "503 Unavailable", "429 Too Many"])
def test_an_error_of_the_server_repeats_the_same_bytes(
    desk: TestDesk, network: CuttingProxy, data: Path, status: str
) -> None:
    desk.order()
    network.fail(PUT, answer(status, b"<html>oops</html>", Content_Type="text/html", Retry_After="1"))
    assert desk.round().waiting == 1
    assert desk.round().pushed == 1
    sent = [body for request, body in network.bodies if request.startswith("PUT")]
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert len(accepted(data)) == 1


def test_a_request_the_server_cannot_read_needs_a_person_at_once(desk: TestDesk, network: CuttingProxy) -> None:
    order = desk.order()
    body = b'{"type":"urn:order-sync:malformed","title":"no","status":400,"retry":"never"}'
    network.fail(PUT, answer("400 Bad Request", body, Content_Type=PROBLEM))
    assert desk.round().attention == 1
    assert desk.show(order.summary.order_id).summary.reason == "malformed"
    assert desk.round().attention == 1
    assert network.count(PUT) == 1


@pytest.mark.parametrize(("status", "slug"), [(400, "malformed"), (404, "not-found"), (413, "too-large")])
def test_what_the_server_cannot_take_as_it_is_can_be_corrected(
    desk: TestDesk, network: CuttingProxy, status: int, slug: str
) -> None:
    order = desk.order().summary
    body = b'{"type":"urn:order-sync:%s","title":"no","status":%d,"retry":"never"}' % (slug.encode(), status)
    network.fail(PUT, answer(f"{status} No", body, Content_Type=PROBLEM))
    assert desk.round().attention == 1
    with desk.opened() as application:
        session = application.orders.correct(order.order_id)
        session.set_quantity(session.lines()[0].key, 1)
        session.submit()
    assert desk.round().pushed == 1
    assert desk.show(order.order_id).summary.status is Status.ACCEPTED


@pytest.mark.parametrize(
    "trouble",
    [
        answer("500 Broken", b'{"type":"urn:order-sync:internal","title":"no","status":500}', Content_Type=PROBLEM),
        answer("404 No", b'{"type":"urn:order-sync:not-found","title":"no","status":404}', Content_Type=PROBLEM),
        answer("200 OK", b'{"outcomes":[]}', Content_Type="application/json"),
        answer("200 OK", b'{"outcomes":[{"order_id":7}]}', Content_Type="application/json"),
    ],
)
def test_a_look_up_that_fails_for_ever_keeps_no_order_back(
    desk: TestDesk, network: CuttingProxy, data: Path, trouble: bytes
) -> None:
    doubtful = desk.order(("TN1", 1, "")).summary.order_id
    network.fail(PUT, Cut.AFTER)
    desk.round()
    healthy = desk.order(("TN1", 2, "")).summary.order_id
    network.fail(r"^POST .*outcomes", trouble, times=100)
    assert desk.round().pushed == 2
    for order_id in (doubtful, healthy):
        assert desk.show(order_id).summary.status is Status.ACCEPTED
    assert len(accepted(data)) == 2


def test_an_acceptance_of_something_else_is_looked_up(desk: TestDesk, network: CuttingProxy, data: Path) -> None:
    order = desk.order()
    other = (
        b'{"order_id":"somebody-else","order_no":"X","revision":1,"received_at":"2026-01-01T00:00:00Z",'
        b'"terms_version":1,"sub_orders":[],"online_bonus":"0.00","totals":{"goods":"0.00","eco":"0.00",'
        b'"carriage":"0.00","fees":"0.00","vat":{},"total":"0.00"}}'
    )
    network.fail(PUT, answer("201 Created", other, Content_Type="application/json"))
    desk.round()
    summary = desk.show(order.summary.order_id).summary
    assert (summary.status, summary.order_no) == (Status.SUBMITTED, "")
    assert desk.round().pushed == 1
    assert len(accepted(data)) == 1


def test_a_refused_sign_in_keeps_the_queue_and_a_new_code_sends_it(
    desk: TestDesk, network: CuttingProxy, data: Path
) -> None:
    order = desk.order()
    network.fail(
        r"^PUT",
        answer(
            "401 Unauthorized",
            b'{"type":"urn:order-sync:unauthorized","title":"no","status":401,"retry":"reauth"}',
            Content_Type=PROBLEM,
        ),
    )
    desk.events.clear()
    with desk.opened() as application:
        refused = run(application.sync.round())
        assert (refused.reason, refused.waiting, application.sync.status().online) == ("unauthorized", 1, False)
    assert [event.code for event in desk.events if isinstance(event, Notice)] == ["unauthorized"]
    summary = desk.show(order.summary.order_id).summary
    assert (summary.status, summary.delivery_state) == (Status.SUBMITTED, DeliveryState.PENDING)
    desk.connect(network.url, joining_code(data, "D42"))
    assert desk.show(order.summary.order_id).summary.status is Status.ACCEPTED


def test_offline_orders_wait_can_be_corrected_and_leave_later(
    desk: TestDesk, server: RunningServer, data: Path
) -> None:
    server.stop()
    first, second = desk.order(("TN1", 1, "")), desk.order(("MF9", 1, ""))
    offline = desk.round()
    assert (offline.online, offline.reason, offline.waiting) == (False, "offline", 2)
    with desk.opened() as application:
        session = application.orders.correct(first.summary.order_id)
        session.set_quantity(session.lines()[0].key, 5)
        session.submit()
        application.orders.hold(second.summary.order_id)
    server = RunningServer(data, port=server.port)
    try:
        done = desk.round()
        assert (done.pushed, done.waiting) == (1, 0)
        assert [(row.lines, row.order_id) for row in accepted(data)] == [(1, first.summary.order_id)]
        with desk.opened() as application:
            application.orders.release(second.summary.order_id)
        assert desk.round().pushed == 1
    finally:
        server.stop()
    assert len(accepted(data)) == 2


def test_changed_terms_wait_for_a_person_and_the_next_revision_is_accepted(
    desk: TestDesk, data: Path, tmp_path: Path
) -> None:
    dearer = "sku,name,list_price,vat_rate,family,brand,eco_fee\nTN1,Toner noir 12k,158.37,20,TONER,Xantia,0\n"
    order = desk.order(("TN1", 12, ""))
    import_files(data, small_catalogue(tmp_path / "dearer", products=dearer), merge=True)
    first = desk.round()
    assert (first.pushed, first.attention) == (1, 1)
    view = desk.show(order.summary.order_id)
    assert view.summary.status is Status.TO_CONFIRM
    assert view.changed_terms is not None
    assert "price-changed" in {difference.code for difference in view.changed_terms.differences}
    assert accepted(data) == []
    with desk.opened() as application:
        application.orders.confirm(order.summary.order_id)
    assert desk.round().attention == 0
    (booked,) = accepted(data)
    assert (booked.revision, booked.order_id) == (2, order.summary.order_id)


def test_an_order_whose_express_there_is_no_more_is_taken_without(desk: TestDesk, data: Path, tmp_path: Path) -> None:
    plain = worked_example.FILES["wholesalers.csv"]
    head, *rows = plain.splitlines()
    express = "\n".join([f"{head},express_fee", *(f"{row},15" for row in rows), ""])
    import_files(data, small_catalogue(tmp_path / "express", wholesalers=express))
    desk.round()
    with desk.opened() as application:
        session = application.orders.new_order(LINES, round_up=False)
        session.set_details(delivery=Delivery(express=True))
        order = session.submit()
    assert order.totals.total == Decimal("2683.59")  # the worked example, and 15.00 with VAT
    import_files(data, small_catalogue(tmp_path / "plain", wholesalers=plain))
    assert desk.round().attention == 1
    assert accepted(data) == []
    with desk.opened() as application:
        assert application.orders.confirm(order.summary.order_id).delivery == Delivery()
    assert desk.round().attention == 0
    (booked,) = accepted(data)
    assert (booked.revision, booked.total) == (2, worked_example.TOTALS["total"])


def test_a_poison_order_does_not_keep_others_from_leaving_and_ends_before_a_person(
    desk: TestDesk, network: CuttingProxy, data: Path
) -> None:
    poison = desk.order(("TN1", 1, ""))
    network.fail(f"^PUT .*{poison.summary.order_id}", answer("500 Oops"), times=100)
    for quantity in (2, 3):
        desk.order(("TN1", quantity, ""))
    assert desk.round().pushed == 2
    for _ in range(4):
        desk.clock.advance(minutes=5)
        done = desk.round()
    assert (done.waiting, done.attention) == (0, 1)
    before = network.count("^PUT")
    desk.clock.advance(hours=1)
    desk.round()
    assert network.count("^PUT") == before
    desk.clock.advance(hours=24)
    desk.round()
    assert network.count("^PUT") == before + 1
    assert len(accepted(data)) == 2


def test_a_server_in_trouble_is_asked_once_and_then_left_alone(desk: TestDesk, network: CuttingProxy) -> None:
    for quantity in range(1, 11):
        desk.order(("TN1", quantity, ""))
    network.fail("^PUT", answer("503 Down"), times=100)
    greeted: list[str] = []

    def go_down(request: str) -> None:
        if request.startswith("PUT") and not greeted:
            greeted.append(request)
            network.fail("^GET /.well-known", answer("503 Down"), times=100)

    network.on_request = go_down
    done = desk.round()
    assert network.count("^PUT") == 3
    assert (done.waiting, done.reason) == (10, "server-busy")


def test_a_new_epoch_is_taken_over_and_what_is_in_doubt_is_looked_up_first(
    desk: TestDesk, network: CuttingProxy, data: Path
) -> None:
    order = desk.order()
    body = b'{"type":"urn:order-sync:epoch-changed","title":"x","status":412,"retry":"resync","epoch":"%s"}'
    network.fail("^PUT", Cut.BEFORE)
    desk.round()
    network.fail("^PUT", answer("412 Precondition Failed", body % b"not-yet", Content_Type=PROBLEM))
    first = desk.round()
    assert first.waiting == 1
    assert desk.round().pushed == 1
    trail = [request.split()[0] for request in network.requests if "outcomes" in request or request.startswith("PUT")]
    assert trail == ["PUT", "POST", "PUT", "POST", "PUT", "POST", "PUT"]
    assert [row.order_id for row in accepted(data)] == [order.summary.order_id]


def test_a_cancellation_whose_answer_is_lost_is_looked_up_and_counts_once(
    desk: TestDesk, network: CuttingProxy
) -> None:
    order = desk.order()
    desk.round()
    with desk.opened() as application:
        application.orders.cancel(order.summary.order_id)
    network.fail("^PUT .*/requests/", Cut.AFTER)
    assert desk.round().waiting == 1
    assert desk.round().pushed == 1
    assert desk.show(order.summary.order_id).summary.status is Status.CANCELLED
    assert network.count("^PUT .*/requests/") == 1


def test_a_cancellation_that_never_arrived_is_sent_once_more(desk: TestDesk, network: CuttingProxy) -> None:
    order = desk.order()
    desk.round()
    with desk.opened() as application:
        application.orders.cancel(order.summary.order_id)
    network.fail("^PUT .*/requests/", Cut.BEFORE)
    assert desk.round().waiting == 1
    assert desk.round().pushed == 1
    assert desk.show(order.summary.order_id).summary.status is Status.CANCELLED
    assert network.count("^PUT .*/requests/") == 2


def test_a_round_that_is_cut_off_while_sending_leaves_the_order_in_doubt(
    desk: TestDesk, network: CuttingProxy, data: Path
) -> None:
    order = desk.order()
    network.on_request = lambda request: time.sleep(2.0 if request.startswith("PUT") else 0.0)
    with desk.opened() as application:
        assert run(application.sync.round(timeout=1.0)).reason == "timeout"
        assert application.orders.get(order.summary.order_id).summary.delivery_state is DeliveryState.IN_DOUBT
    network.on_request = lambda request: None
    assert desk.round().pushed == 1
    assert len(accepted(data)) == 1


BLOCKED = b'{"blocked":true}'
FEED = r"^GET .*changes"


def believed_nowhere(desk: TestDesk, network: CuttingProxy) -> str:
    """An order the manufacturer accepted, of which this desk hears nothing but refusals of something in between."""
    order_id = desk.order().summary.order_id
    network.fail(PUT, Cut.AFTER)
    network.fail(FEED, Cut.BEFORE, times=3)
    desk.round()
    network.fail("^POST .*outcomes", answer("403 Forbidden", BLOCKED, Content_Type="application/json"), times=2)
    network.fail(PUT, answer("400 Bad Request", BLOCKED, Content_Type="application/json"), times=2)
    for _ in range(2):
        desk.round()
    return order_id


def test_a_refusal_of_something_in_between_never_makes_an_accepted_order_the_desk_s_alone(
    desk: TestDesk, network: CuttingProxy, data: Path
) -> None:
    order_id = believed_nowhere(desk, network)
    assert desk.show(order_id).summary.delivery_state is DeliveryState.IN_DOUBT
    with desk.opened() as application:
        view = application.orders.cancel(order_id)
    assert view.summary.status is Status.SUBMITTED
    for _ in range(2):
        desk.round()
    assert desk.show(order_id).summary.status is Status.CANCELLED
    assert [row.status for row in accepted(data)] == ["cancelled"]


def test_an_order_stuck_here_is_settled_once_the_feed_says_that_it_was_accepted(
    desk: TestDesk, network: CuttingProxy, data: Path
) -> None:
    order_id = desk.order().summary.order_id
    network.fail(PUT, Cut.AFTER)
    network.fail(FEED, Cut.BEFORE)
    desk.round()
    body = b'{"type":"urn:order-sync:odd","title":"no","status":409,"retry":"never"}'
    network.fail("^POST .*outcomes", answer("403 Forbidden", BLOCKED, Content_Type="application/json"))
    network.fail(PUT, answer("409 Conflict", body, Content_Type=PROBLEM))
    desk.round()
    view = desk.show(order_id).summary
    assert (view.status, view.delivery_state) == (Status.ACCEPTED, DeliveryState.IN_DOUBT)
    with desk.opened() as application:
        application.orders.cancel(order_id)
    for _ in range(2):
        desk.round()
    view = desk.show(order_id).summary
    assert (view.status, view.delivery_state) == (Status.CANCELLED, DeliveryState.DONE)
    assert desk.round().attention == 0


def test_an_order_the_server_cannot_use_is_corrected_after_it_was_looked_up(
    desk: TestDesk, network: CuttingProxy, data: Path
) -> None:
    order_id = desk.order(("TN1", 1, "")).summary.order_id
    body = b'{"type":"urn:order-sync:terms-unknown","title":"no","status":409,"retry":"resync"}'
    network.fail(PUT, answer("409 Conflict", body, Content_Type=PROBLEM), times=3)
    for _ in range(3):
        done = desk.round()
        desk.clock.advance(minutes=11)
    assert (done.waiting, done.attention) == (0, 1)
    with desk.opened() as application:
        application.orders.correct(order_id).submit()
    assert desk.round().pushed == 1
    assert len(accepted(data)) == 1
