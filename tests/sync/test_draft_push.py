"""Drafts shared by two desks of one account, with the real server between them: nothing is lost, nothing is doubled."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.contract.drafts import DRAFTS_FEATURE
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import ActionNotPossible, UnknownOrder
from desktop_app.services.shared_views import Side
from desktop_app.services.views import OrderSummary
from desktop_app.services.ways_out import Exit
from desktop_app.settings import AUTHOR
from manufacturer_server.clock import new_uuid, utc_now
from manufacturer_server.lineage import renew_epoch
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.schema import orders
from manufacturer_server.web import open_routes
from tests.support.cutting_proxy import CuttingProxy
from tests.support.desks import TestDesk, connected_desk
from tests.support.server import RunningServer, start_server

Lines = list[tuple[str, int]]
THE_LINES = (("TN1", 12, ""), ("MF9", 2, ""))


def named(desk: TestDesk, name: str) -> TestDesk:
    with desk.opened() as application:
        application.settings.set(AUTHOR, name)
    return desk


@pytest.fixture
def paul(desk: TestDesk) -> TestDesk:
    return named(desk, "Paul")


@pytest.fixture
def sophie(tmp_path: Path, data: Path, network: CuttingProxy, desk: TestDesk) -> TestDesk:
    """A second desk of the same account."""
    return named(connected_desk(tmp_path / "second", network.url, data), "Sophie")


def shared_by(desk: TestDesk, reference: str = "BC-7") -> str:
    """A draft made and shared at `desk`; the server has it. Returns its id."""
    with desk.opened() as application:
        draft = application.orders.new_order(THE_LINES, reference=reference, round_up=False)
        application.orders.sharing.share(draft.order_id)
    desk.round()
    return draft.order_id


def taken_by(desk: TestDesk, draft_id: str) -> None:
    desk.round()
    with desk.opened() as application:
        application.orders.sharing.take(draft_id)
    assert desk.round().reason == ""


def edited(desk: TestDesk, draft_id: str, quantity: int, sku: str = "TN1") -> None:
    with desk.opened() as application:
        session = application.orders.open_draft(draft_id)
        key = next(line.key for line in session.lines() if line.sku == sku)
        session.set_quantity(key, quantity)


def lines_of(desk: TestDesk, number: str) -> Lines:
    with desk.opened() as application:
        view = application.orders.get(number)
        if view.summary.status is Status.DRAFT:
            return [(line.sku, line.quantity) for line in application.orders.open_draft(number).lines()]
        return [(line.sku, line.quantity) for part in view.sub_orders or view.progress for line in part.lines]


def orders_of(desk: TestDesk) -> dict[str, OrderSummary]:
    with desk.opened() as application:
        return {order.order_id: order for order in application.orders.list()}


def offered_to(desk: TestDesk) -> dict[str, OrderSummary]:
    with desk.opened() as application:
        return {order.order_id: order for order in application.orders.sharing.colleagues()}


def settled(desk: TestDesk, draft_id: str, side: Side) -> OrderSummary:
    with desk.opened() as application:
        return application.orders.sharing.settle(draft_id, side)


def submitted(desk: TestDesk, draft_id: str) -> None:
    with desk.opened() as application:
        application.orders.submit(draft_id)


def accepted_at(server: RunningServer) -> list[str]:
    """The ids of the orders in the manufacturer's books."""
    with closing(Database.open(server.data)) as database, database.reading() as connection:
        return list(connection.execute(select(orders.c.order_id).order_by(orders.c.received_at)).scalars())


def test_a_colleague_sees_a_shared_draft_and_takes_it_over(paul: TestDesk, sophie: TestDesk) -> None:
    draft_id = shared_by(paul)
    sophie.round()
    offered = offered_to(sophie)[draft_id]
    assert offered.shared is not None
    assert (offered.reference, offered.lines, offered.shared.holder) == ("BC-7", 2, "Paul")
    assert (offered.total, offered.desk_no) == (orders_of(paul)[draft_id].total, orders_of(paul)[draft_id].desk_no)

    taken_by(sophie, draft_id)
    own = orders_of(sophie)[draft_id]
    assert own.shared is not None
    assert (own.shared.mine, own.shared.told, own.shared.holder) == (True, True, "Sophie")
    assert (own.total, offered_to(sophie)) == (offered.total, {})
    assert lines_of(sophie, draft_id) == [("TN1", 12), ("MF9", 2)]

    paul.round()
    assert draft_id not in orders_of(paul)
    away = offered_to(paul)[draft_id].shared
    assert away is not None
    assert (away.holder, away.mine, away.since) == ("Sophie", False, own.shared.since)


def test_what_the_holder_changes_reaches_the_colleague_who_takes_over(paul: TestDesk, sophie: TestDesk) -> None:
    draft_id = shared_by(paul)
    edited(paul, draft_id, 20)
    paul.round()
    taken_by(sophie, draft_id)
    edited(sophie, draft_id, 25)
    sophie.round()
    taken_by(paul, draft_id)
    assert lines_of(paul, draft_id) == [("TN1", 25), ("MF9", 2)]
    with paul.opened() as application:
        assert application.orders.get(draft_id).author == "Paul"


def test_taking_over_what_the_holder_has_changed_meanwhile_takes_the_newest(paul: TestDesk, sophie: TestDesk) -> None:
    draft_id = shared_by(paul)
    sophie.round()
    with sophie.opened() as application:
        application.orders.sharing.take(draft_id)
    edited(paul, draft_id, 20)
    paul.round()
    sophie.round()
    assert lines_of(sophie, draft_id) == [("TN1", 20), ("MF9", 2)]
    paul.round()
    assert draft_id not in orders_of(paul)


def test_of_two_who_take_it_over_one_has_it(tmp_path: Path, data: Path, paul: TestDesk, sophie: TestDesk) -> None:
    draft_id = shared_by(paul)
    with paul.opened() as application:
        url = application.identity.server_url if application.identity else ""
    lea = named(connected_desk(tmp_path / "third", url, data), "Léa")
    sophie.round()
    for desk in (sophie, lea):
        with desk.opened() as application:
            application.orders.sharing.take(draft_id)
    for desk in (sophie, lea, sophie, paul):
        desk.round()
    assert draft_id in orders_of(sophie)
    for desk in (lea, paul):
        assert draft_id not in orders_of(desk)
        share = offered_to(desk)[draft_id].shared
        assert share is not None
        assert share.holder == "Sophie"


def parted(paul: TestDesk, sophie: TestDesk) -> str:
    """A draft that Sophie has taken over and changed, while Paul, out of reach, has changed it too."""
    draft_id = shared_by(paul)
    taken_by(sophie, draft_id)
    edited(sophie, draft_id, 30)
    sophie.round()
    edited(paul, draft_id, 50)
    assert paul.round().reason == ""
    return draft_id


def test_two_people_on_one_draft_are_shown_both_versions(paul: TestDesk, sophie: TestDesk) -> None:
    draft_id = parted(paul, sophie)
    share = orders_of(paul)[draft_id].shared
    assert share is not None
    assert (share.parted, share.other) == (True, "Sophie")
    assert lines_of(paul, draft_id) == [("TN1", 50), ("MF9", 2)]
    with paul.opened() as application:
        conflict = application.orders.sharing.conflict(draft_id)
        assert conflict is not None
        assert (conflict.holder, conflict.state) == ("Sophie", "open")
        shown = [(line.sku, line.mine, line.theirs, line.differs) for line in conflict.lines]
        assert shown == [("TN1", 50, 30, True), ("MF9", 2, 2, False)]
        assert conflict.lines[0].name
        assert conflict.sides == (Side.BOTH, Side.THEIRS, Side.MINE)
        with pytest.raises(ActionNotPossible):
            application.orders.submit(draft_id)
    # More rounds change nothing by themselves, on neither side.
    paul.round()
    sophie.round()
    assert lines_of(sophie, draft_id) == [("TN1", 30), ("MF9", 2)]
    assert lines_of(paul, draft_id) == [("TN1", 50), ("MF9", 2)]


def test_both_are_kept(paul: TestDesk, sophie: TestDesk) -> None:
    draft_id = parted(paul, sophie)
    own = settled(paul, draft_id, Side.BOTH)
    paul.round()
    assert own.order_id != draft_id
    assert (own.status, own.shared) == (Status.DRAFT, None)
    assert lines_of(paul, own.order_id) == [("TN1", 50), ("MF9", 2)]
    assert draft_id not in orders_of(paul)
    assert draft_id in offered_to(paul)
    sophie.round()
    assert lines_of(sophie, draft_id) == [("TN1", 30), ("MF9", 2)]


def test_theirs_is_taken_and_mine_can_be_taken_up_again(paul: TestDesk, sophie: TestDesk) -> None:
    draft_id = parted(paul, sophie)
    away = settled(paul, draft_id, Side.THEIRS)
    paul.round()
    assert away.status is Status.CANCELLED
    assert draft_id in offered_to(paul)
    with paul.opened() as application:
        application.orders.withdraw(away.order_id)
    assert lines_of(paul, away.order_id) == [("TN1", 50), ("MF9", 2)]


def test_mine_takes_the_place_of_theirs_which_is_put_away(paul: TestDesk, sophie: TestDesk) -> None:
    draft_id = parted(paul, sophie)
    assert settled(paul, draft_id, Side.MINE).order_id == draft_id
    paul.round()
    (away,) = [order for order in orders_of(paul).values() if order.order_id != draft_id]
    assert away.status is Status.CANCELLED
    sophie.round()
    assert draft_id not in orders_of(sophie)
    share = offered_to(sophie)[draft_id].shared
    assert share is not None
    assert share.holder == "Paul"
    taken_by(sophie, draft_id)
    assert lines_of(sophie, draft_id) == [("TN1", 50), ("MF9", 2)]
    with paul.opened() as application:
        application.orders.withdraw(away.order_id)
    assert lines_of(paul, away.order_id) == [("TN1", 30), ("MF9", 2)]


def test_what_the_colleague_did_unseen_meets_mine_put_over_his(paul: TestDesk, sophie: TestDesk) -> None:
    draft_id = parted(paul, sophie)
    edited(sophie, draft_id, 31)
    settled(paul, draft_id, Side.MINE)
    paul.round()
    sophie.round()
    share = orders_of(sophie)[draft_id].shared
    assert share is not None
    assert (share.parted, share.other) == (True, "Paul")
    assert lines_of(sophie, draft_id) == [("TN1", 31), ("MF9", 2)]


def test_a_sent_draft_is_gone_for_the_colleague_and_stands_as_an_order(
    paul: TestDesk, sophie: TestDesk, server: RunningServer
) -> None:
    draft_id = shared_by(paul)
    sophie.round()
    submitted(paul, draft_id)
    paul.round()
    sophie.round()
    assert offered_to(sophie) == {}
    assert orders_of(sophie)[draft_id].status is Status.ACCEPTED
    with pytest.raises(UnknownOrder), sophie.opened() as application:
        application.orders.sharing.take(draft_id)
    paul.round()
    assert orders_of(paul)[draft_id].shared is None
    assert accepted_at(server) == [draft_id]


def test_of_two_who_send_it_one_orders_and_the_other_chooses(
    paul: TestDesk, sophie: TestDesk, server: RunningServer
) -> None:
    """Paul sends out of reach what Sophie has taken over, changed and sent: never two orders."""
    draft_id = shared_by(paul)
    taken_by(sophie, draft_id)
    edited(sophie, draft_id, 30)
    submitted(sophie, draft_id)
    submitted(paul, draft_id)
    for desk in (sophie, paul, paul):
        desk.round()
    assert accepted_at(server) == [draft_id]
    stuck = orders_of(paul)[draft_id]
    assert (stuck.delivery_state, stuck.reason) == (DeliveryState.ATTENTION, "key-reused")
    with paul.opened() as application:
        assert set(application.orders.get(draft_id).ways_out) >= {Exit.TAKE_THEIRS, Exit.AS_NEW}
        own = application.orders.exits.take(draft_id, Exit.AS_NEW).summary
    paul.round()
    assert lines_of(paul, own.order_id) == [("TN1", 12), ("MF9", 2)]
    assert lines_of(paul, draft_id) == [("TN1", 30), ("MF9", 2)]
    assert accepted_at(server) == [draft_id]


@pytest.mark.parametrize("side", [Side.BOTH, Side.THEIRS])
def test_taken_over_and_sent_by_the_other_meanwhile(
    paul: TestDesk, sophie: TestDesk, server: RunningServer, side: Side
) -> None:
    """Sophie holds it and has changed it when Paul's order of it arrives: her work is not his order."""
    draft_id = shared_by(paul)
    taken_by(sophie, draft_id)
    edited(sophie, draft_id, 30)
    sophie.round()
    submitted(paul, draft_id)
    paul.round()
    assert accepted_at(server) == [draft_id]
    sophie.round()
    share = orders_of(sophie)[draft_id].shared
    assert share is not None
    assert share.parted
    assert (orders_of(sophie)[draft_id].status, lines_of(sophie, draft_id)[0]) == (Status.DRAFT, ("TN1", 30))
    with sophie.opened() as application:
        conflict = application.orders.sharing.conflict(draft_id)
        assert conflict is not None
        assert (conflict.state, conflict.sides) == ("sent", (Side.BOTH, Side.THEIRS))
        with pytest.raises(ActionNotPossible):
            application.orders.sharing.settle(draft_id, Side.MINE)
    own = settled(sophie, draft_id, side)
    assert own.status is (Status.DRAFT if side is Side.BOTH else Status.CANCELLED)
    assert orders_of(sophie)[draft_id].status is Status.ACCEPTED
    assert lines_of(sophie, draft_id) == [("TN1", 12), ("MF9", 2)]
    for desk in (sophie, paul, sophie):
        assert desk.round().reason == ""
    assert accepted_at(server) == [draft_id]
    assert offered_to(sophie) == offered_to(paul) == {}


def test_a_dropped_draft_vanishes_but_nothing_of_unsaved_work(paul: TestDesk, sophie: TestDesk) -> None:
    clean, worked = shared_by(paul, "A"), shared_by(paul, "B")
    sophie.round()
    with sophie.opened() as application:
        for draft_id in (clean, worked):
            application.orders.sharing.take(draft_id)
    edited(sophie, worked, 40)
    with paul.opened() as application:
        for draft_id in (clean, worked):
            application.orders.cancel(draft_id)
    paul.round()
    sophie.round()
    assert set(orders_of(sophie)) == {worked}
    with sophie.opened() as application:
        conflict = application.orders.sharing.conflict(worked)
    assert conflict is not None
    assert conflict.state == "dropped"
    settled(sophie, worked, Side.MINE)
    sophie.round()
    assert lines_of(sophie, worked) == [("TN1", 40), ("MF9", 2)]
    paul.round()
    assert worked in offered_to(paul)
    assert orders_of(paul)[clean].status is Status.CANCELLED


def test_an_answer_that_was_lost_is_no_colleague(paul: TestDesk, sophie: TestDesk, network: CuttingProxy) -> None:
    """The server has what was sent, the desk does not know it, and the person goes on: his own work is no conflict."""
    draft_id = shared_by(paul)
    edited(paul, draft_id, 20)
    network.fail(r"^PUT .*/drafts/", b"", times=1)
    paul.round()
    edited(paul, draft_id, 21)
    paul.round()
    share = orders_of(paul)[draft_id].shared
    assert share is not None
    assert (share.parted, share.told) == (False, True)
    sophie.round()
    taken_by(sophie, draft_id)
    assert lines_of(sophie, draft_id) == [("TN1", 21), ("MF9", 2)]


def test_a_server_put_back_gets_the_drafts_of_its_desks_again(
    paul: TestDesk, sophie: TestDesk, data: Path, network: CuttingProxy, server: RunningServer
) -> None:
    """One it has never heard of, and one of which it knows an earlier state: both are as they were."""
    known = shared_by(paul, "known")
    server.stop()
    shutil.copytree(data, data.parent / "copy")
    with start_server(data) as later:
        network.target = later.url
        unknown = shared_by(paul, "unknown")
        edited(paul, known, 20)
        assert paul.round().reason == ""
    shutil.rmtree(data)
    shutil.copytree(data.parent / "copy", data)
    with closing(Database.open(data)) as database, database.writing() as connection:
        renew_epoch(connection, "put back", utc_now(), new_uuid)
    with start_server(data) as restored:
        network.target = restored.url
        for desk in (paul, paul, sophie):
            assert desk.round().reason == ""
        assert {order.reference for order in offered_to(sophie).values()} == {"known", "unknown"}
        for draft_id in (known, unknown):
            share = orders_of(paul)[draft_id].shared
            assert share is not None
            assert (share.told, share.parted) == (True, False)
        taken_by(sophie, known)
        assert lines_of(sophie, known) == [("TN1", 20), ("MF9", 2)]


def test_only_what_never_left_is_shared(paul: TestDesk) -> None:
    order = paul.order(*THE_LINES)
    with paul.opened() as application:
        with pytest.raises(ActionNotPossible):
            application.orders.sharing.share(order.summary.order_id)
        application.orders.withdraw(order.summary.order_id)
        application.orders.sharing.share(order.summary.order_id)
    paul.round()
    share = orders_of(paul)[order.summary.order_id].shared
    assert share is not None
    assert share.told


def test_a_withdrawn_order_is_a_shared_draft_again(paul: TestDesk, sophie: TestDesk) -> None:
    draft_id = shared_by(paul)
    with paul.opened() as application:
        application.orders.submit(draft_id)
        application.orders.hold(draft_id)
    paul.round()
    sophie.round()
    assert offered_to(sophie) == {}
    with paul.opened() as application:
        application.orders.withdraw(draft_id)
    paul.round()
    sophie.round()
    assert draft_id in offered_to(sophie)


def test_a_new_desk_and_a_server_of_before(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, server: RunningServer
) -> None:
    """The desk asks for no drafts and shares none; the day the server can, it reads from the start and shares."""
    monkeypatch.setattr(open_routes, "FEATURES", [name for name in open_routes.FEATURES if name != DRAFTS_FEATURE])
    desk = connected_desk(tmp_path / "new", server.url, data)
    with desk.opened() as application:
        draft = application.orders.new_order(THE_LINES, round_up=False)
        assert not application.orders.sharing.possible
        with pytest.raises(ActionNotPossible):
            application.orders.sharing.share(draft.order_id)
        assert "drafts" not in {age.collection for age in application.sync.status().collections}
    order = desk.order(*THE_LINES, reference="sent")
    assert desk.round().reason == ""
    monkeypatch.undo()
    assert desk.round().reason == ""
    with desk.opened() as application:
        application.orders.sharing.share(draft.order_id)
    assert desk.round().reason == ""
    share = orders_of(desk)[draft.order_id].shared
    assert share is not None
    assert share.told
    assert orders_of(desk)[order.summary.order_id].status is Status.ACCEPTED
    # And back again: what is shared stays a draft of this desk.
    monkeypatch.setattr(open_routes, "FEATURES", [name for name in open_routes.FEATURES if name != DRAFTS_FEATURE])
    for _ in range(2):
        assert desk.round().reason == ""
    assert lines_of(desk, draft.order_id) == [("TN1", 12), ("MF9", 2)]
