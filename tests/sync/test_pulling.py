"""What the manufacturer changes arrives, whole and proved; what is cut off or wrong changes nothing."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.events import CatalogChanged, Notice, OrderChanged, TermsChanged
from tests.support import worked_example
from tests.support.cutting_proxy import Cut, CuttingProxy, answer, portal
from tests.support.desks import TestDesk, connected_desk, run
from tests.support.server import import_files, new_server, small_catalogue, start_server

SHARED = r"^GET .*/changes\?collections=families"
OWN = r"^GET .*/changes\?collections=account"
CURSOR_EXPIRED = b'{"type":"urn:order-sync:cursor-expired","title":"x","status":410,"retry":"resync"}'
PROBLEM = "application/problem+json"


def dearer(folder: Path, price: str = "158.37") -> Path:
    """The worked example with another price of the toner."""
    return small_catalogue(folder, products=worked_example.FILES["products.csv"].replace("148.37", price))


def list_price(desk: TestDesk) -> str:
    with desk.opened() as application:
        return str(application.catalog.price("TN1").list_price)


def test_changes_arrive_as_changes(desk: TestDesk, network: CuttingProxy, data: Path, tmp_path: Path) -> None:
    import_files(data, dearer(tmp_path / "new"))
    desk.events.clear()
    done = desk.round()
    assert done.pulled == {"products": 1}
    assert list_price(desk) == "158.3700"
    assert any(isinstance(event, CatalogChanged) for event in desk.events)
    assert network.count(r"^GET .*/catalog$") == 1


def test_new_terms_arrive_and_are_told(desk: TestDesk, data: Path, tmp_path: Path) -> None:
    terms = worked_example.FILES["conditions.csv"].replace("G35,base,35", "G35,base,40")
    import_files(data, small_catalogue(tmp_path / "new", conditions=terms))
    desk.events.clear()
    assert desk.round().pulled == {"terms": 1}
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
    ("collections", "collection"), [("families,wholesalers,products,stock", "stock"), ("account,terms,orders", "terms")]
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


def test_a_download_that_breaks_off_is_taken_up_where_it_was(tmp_path: Path, network: CuttingProxy, data: Path) -> None:
    network.fail(r"^GET .*/catalog/", Cut.MID_BODY, times=2)
    desk = connected_desk(tmp_path / "desk", network.url, data)
    desk.round()
    assert desk.round().pulled["products"] == 3
    assert list_price(desk) == "148.3700"
    assert list((tmp_path / "desk" / "cache").glob("*.part")) == []


def test_a_download_of_other_bytes_is_thrown_away(tmp_path: Path, network: CuttingProxy, data: Path) -> None:
    network.fail(r"^GET .*/catalog/", answer("200 OK", b"x" * 50, Content_Type="application/zstd"))
    desk = connected_desk(tmp_path / "desk", network.url, data)
    with desk.opened() as application:
        assert application.catalog.search("").rows == ()
    assert desk.round().pulled["products"] == 3


def test_a_catalogue_that_shrinks_waits_for_consent(
    desk: TestDesk, network: CuttingProxy, data: Path, tmp_path: Path
) -> None:
    products = "sku,name,list_price,vat_rate\nTN1,Toner noir 12k,148.37,20\n"
    stock = "wholesaler,sku,available\nN,TN1,140\n"
    import_files(data, small_catalogue(tmp_path / "new", products=products, stock=stock), consent=True)
    network.fail(SHARED, answer("410 Gone", CURSOR_EXPIRED, Content_Type=PROBLEM), times=2)
    # Snapshots are made at most once an hour.
    with start_server(data, now=lambda: datetime.now(UTC) + timedelta(hours=2)) as later:
        network.target = later.url
        assert desk.round().reason == "catalogue-shrinks"
        with desk.opened() as application:
            assert len(application.catalog.search("").rows) == 3
            application.sync.agree_to_smaller_catalogue()
            assert run(application.sync.round()).reason == ""
            assert len(application.catalog.search("").rows) == 1


def test_a_server_without_a_catalogue_is_no_failure_of_the_queue(tmp_path: Path) -> None:
    data = new_server(tmp_path / "server")
    (tmp_path / "dealers.csv").write_text("account,name\nD42,Bureautique Morvan\n")
    import_files(data, tmp_path / "dealers.csv")
    with start_server(data) as server:
        desk = connected_desk(tmp_path / "desk", server.url, data)
        done = desk.round()
        assert (done.reason, done.online) == ("catalogue-empty", True)
        import_files(data, small_catalogue(tmp_path / "files"))
        assert desk.round().pulled["products"] == 3


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
    assert {"D43", "SPY"}.isdisjoint(row_id for (row_id,) in rows)


def test_a_damaged_catalogue_file_is_fetched_again_and_orders_are_untouched(desk: TestDesk) -> None:
    order = desk.order()
    desk.round()
    (file,) = desk.root.glob("cache/catalog-*.db")
    for extra in desk.root.glob("cache/catalog-*.db-*"):
        extra.unlink()
    file.write_bytes(b"\x00garbage" * 1_000)
    assert desk.round().pulled["products"] == 3
    assert list_price(desk) == "148.3700"
    assert desk.show(order.summary.order_id).summary.status == "accepted"
    assert len(list(desk.root.glob("cache/catalog-*.db"))) == 1
