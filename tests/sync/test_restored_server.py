"""The manufacturer's server is put back from a copy: nothing any desk ordered is lost, and nothing is there twice."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.events import Notice
from desktop_app.services.order_changes import Change, Less
from desktop_app.services.ways_out import Exit
from manufacturer_server.clock import new_uuid, utc_now
from manufacturer_server.export import export_orders
from manufacturer_server.lineage import renew_epoch
from manufacturer_server.report import ReportRow, report
from manufacturer_server.storage.database import Database
from tests.support import worked_example
from tests.support.cutting_proxy import Cut, CuttingProxy, answer
from tests.support.desks import TestDesk, connected_desk, run
from tests.support.server import RunningServer, import_files, small_catalogue

PUT = r"^PUT .*/revisions/[0-9]+$"


class Manufacturer:
    """The server of the tests behind `network`, with a copy to be put back."""

    def __init__(self, server: RunningServer, network: CuttingProxy, data: Path) -> None:
        self._server, self._network, self._data = server, network, data
        self._copy = data.parent / "copy"

    def back_up(self) -> None:
        """Take the copy."""
        self._restart(lambda: shutil.copytree(self._data, self._copy, dirs_exist_ok=True))

    def put_back(self, *, told: bool = True) -> None:
        """Put the copy in the place of what there is; unless it is `told`, the server must see that by itself."""
        self._restart(lambda: self._exchange(told=told))

    def export(self, folder: Path) -> None:
        """Write what is new for the manufacturer's own system."""
        folder.mkdir(exist_ok=True)
        with closing(Database.open(self._data)) as database:
            export_orders(database, folder, utc_now())

    def stop(self) -> None:
        """End the server."""
        self._server.stop()

    def books(self) -> list[ReportRow]:
        """The orders in the manufacturer's books."""
        with closing(Database.open(self._data)) as database, database.reading() as connection:
            return report(connection).orders

    def _exchange(self, *, told: bool) -> None:
        shutil.rmtree(self._data)
        shutil.copytree(self._copy, self._data)
        if not told:
            return
        with closing(Database.open(self._data)) as database, database.writing() as connection:
            renew_epoch(connection, "put back", utc_now(), new_uuid)

    def _restart(self, meanwhile: Callable[[], object]) -> None:
        self._server.stop()
        meanwhile()
        self._server = RunningServer(self._data)
        self._network.target = self._server.url


@pytest.fixture
def manufacturer(server: RunningServer, network: CuttingProxy, data: Path) -> Iterator[Manufacturer]:
    """The server and its copy."""
    manufacturer = Manufacturer(server, network, data)
    yield manufacturer
    manufacturer.stop()


@pytest.fixture
def other(tmp_path: Path, data: Path, network: CuttingProxy) -> TestDesk:
    """A second desk of the same dealer."""
    return connected_desk(tmp_path / "other", network.url, data)


def sent(desk: TestDesk, quantity: int = 1) -> str:
    """An order that is accepted; returns its id."""
    order_id = desk.order(("TN1", quantity, "")).summary.order_id
    desk.round()
    assert desk.show(order_id).summary.status is Status.ACCEPTED
    return order_id


def test_what_two_desks_ordered_since_the_copy_is_in_the_books_again_once(
    desk: TestDesk, other: TestDesk, manufacturer: Manufacturer
) -> None:
    known = sent(desk)
    manufacturer.back_up()
    lost = [sent(desk, 2), sent(other, 3), sent(desk, 4)]
    numbers = {row.order_id: row.order_no for row in manufacturer.books()}
    manufacturer.put_back()
    assert [row.order_id for row in manufacturer.books()] == [known]
    new = other.order(("MF9", 1, "")).summary.order_id
    for one in (other, desk, other, desk):
        report = one.round()
        assert (report.reason, report.waiting, report.attention) == ("", 0, 0)
    books = manufacturer.books()
    assert sorted(row.order_id for row in books) == sorted([known, *lost, new])
    assert {row.order_id: row.order_no for row in books if row.order_id != new} == numbers
    for row in books:
        for one in (desk, other):
            summary = one.show(row.order_id).summary
            assert (summary.order_no, summary.status) == (row.order_no, Status.ACCEPTED)
            assert (summary.delivery_state, summary.reason) == (DeliveryState.DONE, "")
    told = [event for event in desk.events if isinstance(event, Notice) and event.code == "history-lost"]
    assert dict(told[0].params) == {"again": "2", "person": "0"}


def test_nothing_new_leaves_before_every_answer_was_compared(
    desk: TestDesk, network: CuttingProxy, manufacturer: Manufacturer
) -> None:
    manufacturer.back_up()
    sent(desk)
    manufacturer.put_back()
    desk.order(("MF9", 1, ""))
    before = network.count(PUT)
    network.fail(r"^POST .*outcomes", Cut.BEFORE)
    assert desk.round().waiting == 1
    assert network.count(PUT) == before
    assert desk.round().waiting == 0
    assert len(manufacturer.books()) == 2


@pytest.mark.parametrize("with_a_new_order", [True, False])
def test_a_server_put_back_by_hand_is_recognised_by_the_first_desk(
    desk: TestDesk, manufacturer: Manufacturer, with_a_new_order: bool
) -> None:
    manufacturer.back_up()
    lost = sent(desk)
    number = desk.show(lost).summary.order_no
    manufacturer.put_back(told=False)
    new = [desk.order(("MF9", 1, "")).summary.order_id] if with_a_new_order else []
    for _ in range(1 if with_a_new_order else 2):
        desk.round()
    books = {row.order_id: row.order_no for row in manufacturer.books()}
    assert (set(books), books[lost]) == ({lost, *new}, number)


def test_orders_of_another_desk_stay_listed_while_it_has_not_sent_them_again(
    desk: TestDesk, other: TestDesk, manufacturer: Manufacturer
) -> None:
    manufacturer.back_up()
    lost = sent(other)
    desk.round()
    manufacturer.put_back()
    desk.round()
    view = desk.show(lost)
    assert (view.summary.status, view.summary.reason) == (Status.ACCEPTED, "history-lost")
    assert [line.sku for part in view.progress for line in part.lines] == ["TN1"]
    other.round()
    desk.round()
    assert desk.show(lost).summary.reason == ""


def test_an_order_waiting_to_leave_again_is_sent_again_after_a_second_loss(
    desk: TestDesk, network: CuttingProxy, manufacturer: Manufacturer
) -> None:
    manufacturer.back_up()
    lost = sent(desk)
    for _ in range(2):
        manufacturer.put_back()
        network.fail(PUT, Cut.AFTER)
        assert desk.round().waiting == 1
    assert desk.show(lost).summary.status is Status.ACCEPTED
    assert desk.round().waiting == 0
    assert [row.order_id for row in manufacturer.books()] == [lost]


def test_a_cancellation_the_server_lost_is_asked_again(desk: TestDesk, manufacturer: Manufacturer) -> None:
    order_id = sent(desk)
    manufacturer.back_up()
    with desk.opened() as application:
        application.orders.cancel(order_id)
    desk.round()
    assert desk.show(order_id).summary.status is Status.CANCELLED
    manufacturer.put_back()
    assert manufacturer.books()[0].status == Status.ACCEPTED
    desk.round()
    assert desk.show(order_id).summary.status is Status.CANCELLED
    assert manufacturer.books()[0].status == Status.CANCELLED


def cancelled(desk: TestDesk) -> str:
    """An order that is accepted and then cancelled; returns its id."""
    order_id = sent(desk)
    with desk.opened() as application:
        application.orders.cancel(order_id)
    desk.round()
    assert desk.show(order_id).summary.status is Status.CANCELLED
    return order_id


def test_an_order_exported_and_cancelled_since_the_copy_is_told_as_cancelled(
    desk: TestDesk, manufacturer: Manufacturer, tmp_path: Path
) -> None:
    manufacturer.back_up()
    order_id = sent(desk)
    number = desk.show(order_id).summary.order_no
    manufacturer.export(tmp_path / "erp")
    with desk.opened() as application:
        application.orders.cancel(order_id)
    desk.round()
    manufacturer.put_back()
    for _ in range(2):
        report = desk.round()
        assert (report.reason, report.waiting, report.attention) == ("", 0, 0)
    assert desk.show(order_id).summary.status is Status.CANCELLED
    (row,) = manufacturer.books()
    assert (row.order_id, row.order_no, row.status) == (order_id, number, Status.CANCELLED)
    manufacturer.export(tmp_path / "erp")
    assert len(list((tmp_path / "erp").glob("orders-*.csv"))) == 1
    (told,) = (tmp_path / "erp").glob("cancellations-*.csv")
    assert number in told.read_text(encoding="utf-8")


def test_an_order_cancelled_since_the_copy_never_leaves_for_the_manufacturer_s_own_system(
    desk: TestDesk, manufacturer: Manufacturer, tmp_path: Path
) -> None:
    manufacturer.back_up()
    order_id = cancelled(desk)
    manufacturer.put_back()
    desk.round()
    assert desk.show(order_id).summary.status is Status.CANCELLED
    assert [row.status for row in manufacturer.books()] == [Status.CANCELLED]
    manufacturer.export(tmp_path / "erp")
    assert list((tmp_path / "erp").iterdir()) == []


def test_a_cancellation_that_cannot_follow_its_order_back_at_once_follows_later(
    desk: TestDesk, manufacturer: Manufacturer, network: CuttingProxy
) -> None:
    manufacturer.back_up()
    order_id = cancelled(desk)
    manufacturer.put_back()
    network.fail(r"^PUT .*/requests/", Cut.BEFORE)
    assert desk.round().waiting == 1
    assert desk.round().waiting == 0
    assert desk.show(order_id).summary.status is Status.CANCELLED
    assert [row.status for row in manufacturer.books()] == [Status.CANCELLED]


def test_an_order_cancelled_by_another_desk_does_not_come_back_alive(
    desk: TestDesk, other: TestDesk, manufacturer: Manufacturer
) -> None:
    manufacturer.back_up()
    order_id = sent(desk)
    other.round()
    with other.opened() as application:
        application.orders.cancel(order_id)
    for one in (other, desk):
        one.round()
        assert one.show(order_id).summary.status is Status.CANCELLED
    manufacturer.put_back()
    for one in (other, desk, other):
        report = one.round()
        assert (report.waiting, report.attention) == (0, 0)
    assert manufacturer.books() == []


def test_prices_that_changed_since_do_not_change_what_was_accepted(
    desk: TestDesk, manufacturer: Manufacturer, data: Path, tmp_path: Path
) -> None:
    manufacturer.back_up()
    lost = sent(desk, 2)
    (before,) = manufacturer.books()
    manufacturer.put_back()
    dearer = worked_example.FILES["products.csv"].replace("148.37", "158.37")
    import_files(data, small_catalogue(tmp_path / "dearer", products=dearer))
    assert desk.round().attention == 0
    (after,) = manufacturer.books()
    assert (after.order_no, after.total) == (before.order_no, before.total)
    with desk.opened() as application:
        assert application.orders.get(lost).history[-1].code in ("sent-again", "restored")


def test_a_late_copy_of_what_was_refused_is_still_refused(
    desk: TestDesk, manufacturer: Manufacturer, network: CuttingProxy, data: Path, tmp_path: Path
) -> None:
    manufacturer.back_up()
    dearer = worked_example.FILES["products.csv"].replace("148.37", "158.37")
    order_id = desk.order(("TN1", 1, "")).summary.order_id
    import_files(data, small_catalogue(tmp_path / "dearer", products=dearer))
    desk.round()
    assert desk.show(order_id).summary.status is Status.TO_CONFIRM
    copy = next(body for request, body in reversed(network.bodies) if re.match(PUT, request))
    manufacturer.put_back()
    desk.round()
    assert network.count("^PUT .*/answer") == 1
    with desk.opened() as application:
        known = application._connected()
        client = known._synchronisation.client

        async def arrive() -> int:
            late = await client.put(f"orders/{order_id}/revisions/1", copy, known.state.epoch)
            await client.close()
            return late.status

        assert run(arrive()) == 409
    assert manufacturer.books() == []


@pytest.mark.parametrize(
    "refusal", [answer("503 Down"), answer("400 Bad Request", b'{"error":"policy"}', Content_Type="application/json")]
)
def test_an_order_does_not_leave_again_before_its_earlier_answer_is_told(
    desk: TestDesk, manufacturer: Manufacturer, network: CuttingProxy, refusal: bytes
) -> None:
    manufacturer.back_up()
    lost = sent(desk)
    number = desk.show(lost).summary.order_no
    manufacturer.put_back()
    network.fail("^PUT .*/answer", refusal)
    before = network.count(PUT)
    assert (desk.round().waiting, network.count(PUT)) == (1, before)
    assert desk.round().waiting == 0
    assert [row.order_no for row in manufacturer.books()] == [number]


def test_a_cancellation_wished_while_it_is_confirmed_again_follows_it(
    desk: TestDesk, manufacturer: Manufacturer, network: CuttingProxy
) -> None:
    manufacturer.back_up()
    lost = sent(desk)
    manufacturer.put_back()
    network.fail("^PUT .*/answer", answer("503 Down"))
    desk.round()
    with desk.opened() as application:
        assert application.orders.cancel(lost).summary.status is Status.ACCEPTED
    for _ in range(2):
        desk.round()
    assert desk.show(lost).summary.status is Status.CANCELLED
    assert [row.status for row in manufacturer.books()] == [Status.CANCELLED]


def test_goods_under_way_wait_for_a_person_who_leaves_them_or_has_them_sent_again(
    desk: TestDesk, manufacturer: Manufacturer, data: Path, tmp_path: Path
) -> None:
    manufacturer.back_up()
    orders = [sent(desk), sent(desk)]
    books = {row.order_id: row for row in manufacturer.books()}
    rows = [f"{row.order_no},N,TN1,confirmed,1,2026-12-02,,," for row in books.values()]
    header = "order_no,wholesaler,sku,state,quantity,date,tracking,invoice_no,invoice_total"
    (tmp_path / "status.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    import_files(data, tmp_path / "status.csv")
    desk.round()
    assert {desk.show(order_id).summary.status for order_id in orders} == {Status.CONFIRMED}
    manufacturer.put_back()
    done = desk.round()
    assert (done.attention, done.reconciled["person"], manufacturer.books()) == (2, 2, [])
    with desk.opened() as application:
        status = application.sync.status()
        assert status.loss is not None
        assert (status.loss.again, status.loss.leaving, status.loss.person) == (0, 0, 2)
        application.orders.exits.take(orders[0], Exit.LEAVE)
        application.orders.exits.take(orders[1], Exit.RESEND)
    assert desk.round().attention == 0
    (booked,) = manufacturer.books()
    assert (booked.order_id, booked.order_no) == (orders[1], books[orders[1]].order_no)
    with desk.opened() as application:
        assert application.sync.status().loss is None
    left = desk.show(orders[0]).summary
    assert (left.status, left.delivery_state, left.reason) == (Status.CONFIRMED, DeliveryState.DONE, "")


def test_a_desk_put_back_from_its_own_copy_takes_what_the_manufacturer_has(
    desk: TestDesk, manufacturer: Manufacturer, tmp_path: Path
) -> None:
    order_id = desk.order(("TN1", 2, "")).summary.order_id
    shutil.copytree(desk.root, tmp_path / "desk-copy")
    with desk.opened() as application:
        session = application.orders.correct(order_id)
        session.set_quantity(session.lines()[0].key, 5)
        session.submit()
    desk.round()
    number = desk.show(order_id).summary.order_no
    shutil.rmtree(desk.root)
    shutil.copytree(tmp_path / "desk-copy", desk.root)
    for _ in range(2):
        desk.round()
    view = desk.show(order_id)
    assert (view.summary.reason, view.ways_out) == ("key-reused", ("take-theirs", "as-new"))
    with desk.opened() as application:
        view = application.orders.exits.take(order_id, Exit.TAKE_THEIRS)
    assert (view.summary.status, view.summary.order_no) == (Status.ACCEPTED, number)
    assert [line.quantity for part in view.progress for line in part.lines] == [5]
    assert view.sub_orders == ()
    assert (desk.round().attention, len(manufacturer.books())) == (0, 1)


def test_a_server_that_takes_no_earlier_answers_prices_what_it_lost_anew(
    desk: TestDesk, manufacturer: Manufacturer, network: CuttingProxy
) -> None:
    manufacturer.back_up()
    lost = sent(desk)
    manufacturer.put_back()
    network.fail("^PUT .*/answer", answer("404 Not Found", b"<h1>No</h1>", Content_Type="text/html"))
    assert desk.round().waiting == 0
    (booked,) = manufacturer.books()
    assert (booked.order_id, booked.order_no) == (lost, desk.show(lost).summary.order_no)


@pytest.mark.parametrize("order_lost", [True, False])
def test_a_change_the_server_has_lost_is_made_again_once(
    desk: TestDesk, manufacturer: Manufacturer, *, order_lost: bool
) -> None:
    if order_lost:
        manufacturer.back_up()
    order_id = sent(desk, 4)
    if not order_lost:
        manufacturer.back_up()
    number = desk.show(order_id).summary.order_no
    with desk.opened() as application:
        application.orders.changes.ask(order_id, Change(lines=(Less("TN1", 3),)))
    desk.round()
    changed = desk.show(order_id).summary.total
    manufacturer.put_back()
    for _ in range(3):
        report = desk.round()
    assert (report.reason, report.waiting, report.attention) == ("", 0, 0)
    view = desk.show(order_id)
    assert (view.summary.order_no, view.summary.status, view.summary.total) == (number, Status.ACCEPTED, changed)
    assert [line.quantity for part in view.progress for line in part.lines] == [3]
    assert view.change is not None
    assert view.change.state == "done"
    assert [(row.order_id, row.order_no) for row in manufacturer.books()] == [(order_id, number)]
