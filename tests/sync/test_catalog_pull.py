"""The catalogue arrives whole or not at all: changes, snapshots, downloads that break off, files that are damaged."""

import json
import random
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.events import CatalogChanged, Notice
from desktop_app.sync.worker import SameThread
from manufacturer_server.problems import REGISTRY
from tests.support import worked_example
from tests.support.cutting_proxy import Cut, CuttingProxy, answer
from tests.support.damage import spoil_contents
from tests.support.desks import TestDesk, connected_desk, run
from tests.support.server import import_files, joining_code, new_server, small_catalogue, start_server

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
    assert done.pulled == {"products": 1, "stock_dates": 2}
    assert list_price(desk) == "158.3700"
    assert any(isinstance(event, CatalogChanged) for event in desk.events)
    assert network.count(r"^GET .*/catalog$") == 1


def test_a_download_that_breaks_off_is_taken_up_where_it_was(tmp_path: Path, network: CuttingProxy, data: Path) -> None:
    network.fail(r"^GET .*/catalog/", Cut.MID_BODY, times=2)
    desk = connected_desk(tmp_path / "desk", network.url, data)
    desk.round()
    assert desk.round().pulled["products"] == 3
    assert list_price(desk) == "148.3700"
    assert list((tmp_path / "desk" / "cache").glob("*.part")) == []


def begun(tmp_path: Path, network: CuttingProxy, data: Path) -> TestDesk:
    """A desk whose first download broke off, and a manufacturer who has published another catalogue since."""
    network.fail(r"^GET .*/catalog/", Cut.MID_BODY)
    desk = connected_desk(tmp_path / "desk", network.url, data)
    import_files(data, dearer(tmp_path / "new"), now=lambda: datetime.now(UTC) + timedelta(hours=2))
    assert len(list((data / "snapshots").iterdir())) == 2
    return desk


def test_a_slow_link_ends_what_it_began_though_there_is_a_newer_file(
    tmp_path: Path, network: CuttingProxy, data: Path
) -> None:
    desk = begun(tmp_path, network, data)
    desk.round()
    assert network.count(r"^GET .*/catalog/") == 2
    assert list_price(desk) == "148.3700"
    assert desk.round().pulled["products"] == 1
    assert list_price(desk) == "158.3700"


@pytest.mark.parametrize("slug", ["address-expired", "not-found"])
def test_once_its_address_has_expired_the_newer_one_is_fetched(
    tmp_path: Path, network: CuttingProxy, data: Path, slug: str
) -> None:
    desk = begun(tmp_path, network, data)
    status, retry, title = REGISTRY[slug]
    problem = {"type": f"urn:order-sync:{slug}", "title": title, "status": status, "retry": retry}
    network.fail(r"^GET .*/catalog/", answer(f"{status} x", json.dumps(problem).encode(), Content_Type=PROBLEM))
    assert desk.round().reason == ""
    assert list_price(desk) == "158.3700"
    assert list((tmp_path / "desk" / "cache").glob("*.part")) == []


def test_an_address_that_expires_on_the_way_is_asked_for_anew(
    tmp_path: Path, network: CuttingProxy, data: Path
) -> None:
    """The file is the same: what arrived of it stays."""
    network.fail(r"^GET .*/catalog/", Cut.MID_BODY)
    desk = connected_desk(tmp_path / "desk", network.url, data)
    (part,) = (tmp_path / "desk" / "cache").glob("*.part")
    have = part.stat().st_size
    expired = b'{"type":"urn:order-sync:address-expired","title":"x","status":403,"retry":"resync"}'
    network.fail(r"^GET .*/catalog/", answer("403 Forbidden", expired, Content_Type=PROBLEM))
    assert have > 0
    assert desk.round().reason == ""
    assert network.count(r"^GET .*/catalog$") == 3
    assert list_price(desk) == "148.3700"


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
        desk.events.clear()
        assert desk.round().reason == "catalogue-shrinks"
        assert [event.code for event in desk.events if isinstance(event, Notice)] == ["catalogue-shrinks"]
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


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_catalogue_damaged_in_the_middle_is_fetched_again(desk: TestDesk, share: float) -> None:
    (file,) = desk.root.glob("cache/catalog-*.db")
    with file.open("r+b") as damaged:
        damaged.seek(int(share * file.stat().st_size) // 4096 * 4096)
        damaged.write(random.Random(4).randbytes(4096))
    with desk.opened() as application:
        assert any("fetched again" in problem for problem in application.health().problems())
    assert desk.round().pulled["products"] == 3
    with desk.opened() as application:
        assert application.health().problems() == ()
        assert [row.sku for row in application.catalog.search("toner").rows] == ["TN1"]


def test_who_reads_a_damaged_catalogue_makes_the_next_round_fetch_it(desk: TestDesk) -> None:
    (file,) = desk.root.glob("cache/catalog-*.db")
    for extra in desk.root.glob("cache/catalog-*.db-*"):
        extra.unlink()
    spoil_contents(file)
    with desk.opened() as application:
        with pytest.raises(StorageFailed):
            application.catalog.product("TN1")
        assert run(application.sync.round()).pulled["products"] == 3
        assert application.catalog.product("TN1") is not None


def test_everything_can_run_in_one_thread(tmp_path: Path, network: CuttingProxy, data: Path) -> None:
    desk = TestDesk(tmp_path / "desk", worker=SameThread())
    desk.connect(network.url, joining_code(data, "D42"))
    import_files(data, dearer(tmp_path / "new"))
    assert desk.round().pulled == {"products": 1, "stock_dates": 2}
    assert list_price(desk) == "158.3700"
    assert not any(thread.name.startswith("sync-worker") for thread in threading.enumerate())
