"""What the manufacturer changes arrives, whole and proved; what is cut off or wrong changes nothing."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from desktop_app.contract.documents import ACCOUNT_COLLECTIONS, DRAFTS, SHARED_COLLECTIONS
from desktop_app.contract.orders import OrderRecord, TotalsDoc
from desktop_app.domain.order import Status
from desktop_app.events import Notice, OrderChanged, TermsChanged
from tests.support import worked_example
from tests.support.cutting_proxy import Cut, CuttingProxy, answer, portal
from tests.support.desks import TestDesk
from tests.support.server import import_files, small_catalogue

SHARED = r"^GET .*/changes\?collections=families"
OWN = r"^GET .*/changes\?collections=account"
CURSOR_EXPIRED = b'{"type":"urn:order-sync:cursor-expired","title":"x","status":410,"retry":"resync"}'
PROBLEM = "application/problem+json"


def list_price(desk: TestDesk) -> str:
    with desk.opened() as application:
        return str(application.catalog.price("TN1").list_price)


def test_new_terms_arrive_and_are_told(desk: TestDesk, data: Path, tmp_path: Path) -> None:
    terms = worked_example.FILES["conditions.csv"].replace("G35,base,35", "G35,base,40")
    import_files(data, small_catalogue(tmp_path / "new", conditions=terms))
    desk.events.clear()
    assert desk.round().pulled == {"terms": 1, "stock_dates": 2}
    assert any(isinstance(event, TermsChanged) for event in desk.events)
    with desk.opened() as application:
        assert str(application.catalog.price("TN1", 1).unit_net) == "89.0220"


def test_progress_of_an_order_arrives(desk: TestDesk, data: Path, tmp_path: Path) -> None:
    order = desk.order()
    desk.round()
    number = desk.show(order.summary.order_id).summary.order_no
    (tmp_path / "status.csv").write_text(
        "order_no,wholesaler,sku,state,quantity,date\n"
        + "".join(
            f"{number},N,{sku},confirmed,{n},2026-12-02\n"
            for sku, n, _ in (("TN1", 12, ""), ("MF9", 2, ""), ("BK1", 3, ""))
        )
    )
    import_files(data, tmp_path / "status.csv")
    desk.events.clear()
    desk.round()
    assert desk.show(order.summary.order_id).summary.status == "confirmed"
    assert OrderChanged((order.summary.order_id,)) in desk.events


@pytest.mark.parametrize(
    "effect", [Cut.BEFORE, Cut.MID_BODY, portal(), answer("302 Found", Location="http://evil.example/")]
)
@pytest.mark.parametrize("feed", [SHARED, OWN])
def test_a_page_that_is_cut_off_changes_nothing(
    desk: TestDesk, network: CuttingProxy, data: Path, tmp_path: Path, effect: Cut | bytes, feed: str
) -> None:
    terms = worked_example.FILES["conditions.csv"].replace("G35,base,35", "G35,base,40")
    products = worked_example.FILES["products.csv"].replace("148.37", "158.37")
    import_files(data, small_catalogue(tmp_path / "new", conditions=terms, products=products))
    network.fail(feed, effect)
    broken = desk.round()
    assert (broken.online, broken.reason) == (False, "offline")
    with desk.opened() as application:
        assert application.sync.status().online is False
    assert desk.round().reason == ""
    with desk.opened() as application:
        priced = application.catalog.price("TN1", 1)
    assert (str(priced.list_price), str(priced.unit_net)) == ("158.3700", "95.0220")


@pytest.mark.parametrize("feed", [SHARED, OWN])
def test_a_cursor_the_server_forgot_is_answered_by_reading_anew(
    desk: TestDesk, network: CuttingProxy, feed: str
) -> None:
    order = desk.order()
    network.fail(feed, answer("410 Gone", CURSOR_EXPIRED, Content_Type=PROBLEM))
    done = desk.round()
    assert done.reason == ""
    assert done.pulled["products" if feed == SHARED else "terms"] > 1
    assert desk.show(order.summary.order_id).summary.status == "accepted"
    assert list_price(desk) == "148.3700"


@pytest.mark.parametrize(
    ("collections", "collection"),
    [(",".join(SHARED_COLLECTIONS), "stock"), (",".join((*ACCOUNT_COLLECTIONS, DRAFTS)), "terms")],
)
def test_sums_that_disagree_are_reported_and_mended_once_a_day(
    desk: TestDesk, network: CuttingProxy, data: Path, collections: str, collection: str
) -> None:
    lie = (
        json.dumps(
            {
                "op": "checkpoint",
                "cursor": "x",
                "more": False,
                "epoch": desk_epoch(desk),
                "server_time": "2026-11-24T00:00:00Z",
                "version": 999_999,
                "counts": {collection: 77},
                "hash": {},
            }
        ).encode()
        + b"\n"
    )
    page = answer("200 OK", lie, Content_Type="application/x-ndjson")
    network.fail(rf"^GET .*/changes\?collections={collections}&cursor=.+&", page, times=1)
    desk.events.clear()
    mended = desk.round()
    assert mended.pulled[collection] > 1
    assert any(isinstance(event, Notice) and event.code == "data-defects" for event in desk.events)
    assert desk.round().pulled.get(collection, 0) == 0
    network.fail(rf"^GET .*/changes\?collections={collections}&cursor=.+&", page, times=1)
    assert desk.round().pulled.get(collection, 0) == 0
    with desk.opened() as application:
        ages = {age.collection: age.verified for age in application.sync.status().collections}
    assert ages[collection] is False


def desk_epoch(desk: TestDesk) -> str:
    """The epoch the desk knows."""
    with desk.opened() as application:
        return application._connected().state.epoch


def order_record(order_id: str, account: str) -> object:
    """An order as the feed carries it, of the account named; "" as a server of before wrote it."""
    totals = TotalsDoc("0.00", "0.00", "0.00", "0.00", {}, "0.00")
    number, moment = f"MF-{order_id}", datetime(2026, 3, 10, tzinfo=UTC)
    record = OrderRecord(order_id, number, 1, Status.ACCEPTED, moment, [], totals, "0.00", account=account)
    return json.loads(msgspec.json.encode(record))


def test_rows_of_another_account_are_never_stored(desk: TestDesk, network: CuttingProxy) -> None:
    foreign = [
        {"op": "put", "c": "account", "id": "D43", "rev": 900_001, "d": {"account": "D43", "name": "CANARY"}},
        {
            "op": "put",
            "c": "terms",
            "id": "SPY",
            "rev": 900_002,
            "d": {"id": "SPY", "step": "net", "value": "1", "unit": "NET", "buyer": "dealer:D43", "product": "all"},
        },
        {"op": "put", "c": "orders", "id": "THEIRS", "rev": 900_003, "d": order_record("THEIRS", "D43")},
        {"op": "put", "c": "orders", "id": "OURS", "rev": 900_004, "d": order_record("OURS", "D42")},
        {"op": "put", "c": "orders", "id": "BEFORE", "rev": 900_005, "d": order_record("BEFORE", "")},
        {
            "op": "checkpoint",
            "cursor": "x",
            "more": False,
            "epoch": desk_epoch(desk),
            "server_time": "2026-11-24T00:00:00Z",
            "version": 999_999,
        },
    ]
    body = b"".join(json.dumps(line).encode() + b"\n" for line in foreign)
    network.fail(OWN, answer("200 OK", body, Content_Type="application/x-ndjson"))
    desk.round()
    with desk.opened() as application:
        rows = application._connected().database.connection.execute("SELECT id FROM feed_rows").fetchall()
        listed = {order.order_id for order in application.orders.list()}
    assert {"D43", "SPY", "THEIRS"}.isdisjoint(row_id for (row_id,) in rows)
    assert listed == {"OURS", "BEFORE"}
