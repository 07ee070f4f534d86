"""An accepted order is changed from a desk: once, whatever the network does, and every desk shows what stands."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import ActionNotPossible
from desktop_app.services.order_changes import Change, Less
from desktop_app.services.views import OrderView
from manufacturer_server.web import open_routes
from tests.support.cutting_proxy import Cut, CuttingProxy, answer
from tests.support.desks import TestDesk, connected_desk
from tests.support.server import import_files
from tests.support.worked_example import FILES

REQUEST = "^PUT .*/requests/"
LESS = Change(lines=(Less("TN1", 11), Less("BK1", 0)), note="Ring twice", wanted_date=date(2027, 3, 20))


def accepted(desk: TestDesk) -> str:
    order_id = desk.order().summary.order_id
    assert desk.round().pushed == 1
    return order_id


def ask(desk: TestDesk, order_id: str, change: Change = LESS) -> OrderView:
    with desk.opened() as application:
        return application.orders.changes.ask(order_id, change)


def quantities(view: OrderView) -> dict[str, int]:
    return {line.sku: line.quantity for part in view.progress for line in part.lines}


def state_of(view: OrderView) -> str:
    assert view.change is not None
    return view.change.state


def test_a_change_waits_in_the_queue_and_is_done_in_the_next_round(desk: TestDesk, network: CuttingProxy) -> None:
    order_id = accepted(desk)
    waiting = ask(desk, order_id)
    assert (state_of(waiting), waiting.summary.delivery_state) == ("waiting", DeliveryState.PENDING)
    assert quantities(waiting) == {"TN1": 12, "MF9": 2, "BK1": 3}
    with desk.opened() as application:
        (queued,) = application.sync.queue()
        assert (queued.kind, queued.order_id) == ("amend", order_id)
    assert desk.round().pushed == 1
    done = desk.show(order_id)
    assert (state_of(done), done.summary.status, done.summary.delivery_state) == (
        "done",
        Status.ACCEPTED,
        DeliveryState.DONE,
    )
    assert quantities(done) == {"TN1": 11, "MF9": 2}
    assert (done.summary.total, done.totals.total, done.summary.lines) == (Decimal("2511.36"), Decimal("2511.36"), 2)
    assert (done.note, done.delivery.wanted_date) == ("Ring twice", date(2027, 3, 20))
    # Why a line costs what it costs is still told, of what is left.
    told = {line.sku: (line.quantity, bool(line.trace)) for part in done.sub_orders for line in part.lines}
    assert told == {"TN1": (11, True), "MF9": (2, True)}
    codes = [entry.code for entry in done.history]
    assert [code for code in codes if code.startswith("amend")] == ["amend-queued", "amended", "amended", "amended"]


def test_another_desk_of_the_account_sees_it_and_can_ask_too(
    desk: TestDesk, network: CuttingProxy, data: Path, tmp_path: Path
) -> None:
    order_id = accepted(desk)
    other = connected_desk(tmp_path / "other", network.url, data)
    other.round()
    ask(other, order_id, Change(lines=(Less("BK1", 1),), reference="BC-9"))
    other.round()
    desk.round()
    for one in (desk, other):
        shown = one.show(order_id)
        assert (quantities(shown)["BK1"], shown.summary.reference) == (1, "BC-9")


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
def test_a_change_that_is_cut_off_happens_once(desk: TestDesk, network: CuttingProxy, cut: Cut) -> None:
    order_id = accepted(desk)
    ask(desk, order_id)
    network.fail(REQUEST, cut)
    assert desk.round().waiting == 1
    assert desk.round().pushed == 1
    done = desk.show(order_id)
    assert (state_of(done), quantities(done)) == ("done", {"TN1": 11, "MF9": 2})
    assert [entry.code for entry in done.history].count("amended") == 3


def test_a_refusal_says_why_and_leaves_the_order_as_it_is(desk: TestDesk, data: Path, tmp_path: Path) -> None:
    order_id = accepted(desk)
    ask(desk, order_id)
    number = desk.show(order_id).summary.order_no
    status = tmp_path / "status.csv"
    status.write_text(f"order_no,wholesaler,sku,state,quantity,date\n{number},N,BK1,shipped,1,2027-01-02\n")
    import_files(data, status)
    desk.round()
    view = desk.show(order_id)
    assert view.change is not None
    assert (view.change.state, view.change.code) == ("refused", "shipped")
    assert view.change.detail
    assert quantities(view) == {"TN1": 12, "MF9": 2, "BK1": 3}
    assert view.summary.status is Status.PARTLY_SHIPPED
    assert "amend-refused" in [entry.code for entry in view.history]


def test_one_wish_at_a_time_waits_for_an_order(desk: TestDesk) -> None:
    order_id = accepted(desk)
    ask(desk, order_id)
    with pytest.raises(ActionNotPossible, match="is already on its way"):
        ask(desk, order_id, Change(note="More"))
    with desk.opened() as application, pytest.raises(ActionNotPossible, match="A change of"):
        application.orders.cancel(order_id)
    desk.round()
    with desk.opened() as application:
        application.orders.cancel(order_id)
    with pytest.raises(ActionNotPossible, match="The cancellation of"):
        ask(desk, order_id, Change(note="More"))
    desk.round()
    with pytest.raises(ActionNotPossible, match="cannot be changed"):
        ask(desk, order_id, Change(note="More"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(), "Nothing is to be changed"),
        (Change(reference="", lines=()), "Nothing is to be changed"),
        (Change(lines=(Less("TN1", 12),)), "only become less"),
        (Change(lines=(Less("TN1", -1),)), "only become less"),
        (Change(lines=(Less("XX", 1),)), "no line of this order"),
        (Change(lines=(Less("TN1", 1, "S"),)), "no line of this order"),
        (Change(lines=(Less("TN1", 0), Less("MF9", 0), Less("BK1", 0))), "cancel the order instead"),
    ],
)
def test_what_cannot_be_is_said_at_once_and_nothing_is_queued(desk: TestDesk, change: Change, words: str) -> None:
    order_id = accepted(desk)
    with pytest.raises(ActionNotPossible, match=words):
        ask(desk, order_id, change)
    with desk.opened() as application:
        assert application.sync.queue() == ()


def test_only_full_packs_can_be_left(desk: TestDesk, data: Path, tmp_path: Path) -> None:
    order_id = accepted(desk)
    products = tmp_path / "products.csv"
    header, *rows = FILES["products.csv"].splitlines()
    products.write_text("\n".join([f"{header},pack_multiple", *(f"{row},4" for row in rows)]), encoding="utf-8")
    import_files(data, products)
    desk.round()
    with pytest.raises(ActionNotPossible, match="10 cannot be ordered"):
        ask(desk, order_id, Change(lines=(Less("TN1", 10),)))


def test_a_server_that_knows_no_changes_is_not_asked(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    order_id = accepted(desk)
    monkeypatch.setattr(open_routes, "FEATURES", ["orders", "cancel-requests"])
    desk.round()
    with pytest.raises(ActionNotPossible, match="takes no changes"):
        ask(desk, order_id)


def test_an_old_server_that_refuses_the_shape_leaves_the_order_as_it_is(desk: TestDesk, network: CuttingProxy) -> None:
    order_id = accepted(desk)
    ask(desk, order_id)
    body = b'{"type":"urn:order-sync:rejected","title":"No","status":422,"detail":"Not known here","retry":"never"}'
    network.fail(REQUEST, answer("422 Unprocessable", body, Content_Type="application/problem+json"))
    desk.round()
    view = desk.show(order_id)
    assert view.change is not None
    assert (view.change.state, view.change.detail) == ("refused", "Not known here")
    assert view.summary.status is Status.ACCEPTED
