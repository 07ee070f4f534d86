"""Connecting a desk: all of it or nothing, and words that say what to do."""

import json
from pathlib import Path

import pytest

from desktop_app.application import Application
from desktop_app.credentials import Credentials
from desktop_app.errors import (
    BadAddress,
    CodeInvalid,
    ComptoirError,
    NotAServer,
    NotConnected,
    Offline,
    ServerTooNew,
    StorageFailed,
    VaultUnavailable,
    WrongServer,
)
from desktop_app.events import Notice
from tests.support.cutting_proxy import Cut, CuttingProxy, answer, portal
from tests.support.desks import MemoryStore, TestDesk, run
from tests.support.folders import unwritable
from tests.support.server import RunningServer, joining_code

WELL_KNOWN = r"^GET /\.well-known"


def refused(desk: TestDesk, url: str, code: str = "AAAA-BBBB-CCCC") -> ComptoirError:
    """Connecting is refused and leaves neither a folder nor a secret."""
    before = sorted(desk.root.rglob("*")) if desk.root.exists() else None
    with pytest.raises(ComptoirError) as caught:
        desk.connect(url, code)
    assert (sorted(desk.root.rglob("*")) if desk.root.exists() else None) == before
    assert desk.store.entries == {}
    return caught.value


@pytest.fixture
def fresh(tmp_path: Path) -> TestDesk:
    """A desk that was never connected."""
    return TestDesk(tmp_path / "somewhere" / "desk")


def test_a_connected_desk_knows_whom_it_works_for_and_has_the_data(
    fresh: TestDesk, network: CuttingProxy, data: Path
) -> None:
    fresh.connect(network.url, joining_code(data, "D42"))
    with fresh.opened() as application:
        identity = application.identity
        assert identity is not None
        assert (identity.account, identity.dealer, identity.group) == ("D42", "Bureautique Morvan", "gold")
        assert [row.sku for row in application.catalog.search("toner").rows] == ["TN1"]
        assert all(age.verified for age in application.sync.status().collections)


def test_secrets_lie_in_the_vault_and_nowhere_else(fresh: TestDesk, network: CuttingProxy, data: Path) -> None:
    fresh.connect(network.url, joining_code(data, "D42"))
    secrets = list(fresh.store.entries.values())
    assert len(secrets) == 2
    for path in fresh.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(secret.encode() in content or bytes.fromhex(secrets[0]) in content for secret in secrets)
    assert b"Toner" not in (fresh.root / "desk.db").read_bytes()


def test_before_it_is_connected_a_desk_says_so_and_leaves_the_folder_alone(fresh: TestDesk) -> None:
    with fresh.opened() as application:
        assert not application.connected
        assert application.identity is None
        with pytest.raises(NotConnected):
            application.orders  # noqa: B018
    assert not fresh.root.exists()


def test_nothing_listens(fresh: TestDesk) -> None:
    error = refused(fresh, "http://127.0.0.1:9")
    assert isinstance(error, Offline)
    assert "127.0.0.1:9" in error.message


@pytest.mark.parametrize(
    "address",
    ["http://orders.example.com", "ftp://localhost", "", "https://", "https://a b", "https://u:p@host", "http://[::1"],
)
def test_addresses_that_are_none_or_unsafe(fresh: TestDesk, address: str) -> None:
    assert isinstance(refused(fresh, address), BadAddress)


@pytest.mark.parametrize(
    "reply",
    [
        portal(),
        answer("404 Not Found", b"<html>no such page</html>", Content_Type="text/html"),
        answer("404 Not Found", b'{"detail":"Not Found"}', Content_Type="application/json"),
        answer("200 OK", b'{"hello":"world"}', Content_Type="application/json"),
        answer("302 Found", Location="https://elsewhere.example.com/"),
    ],
)
def test_something_else_answers(fresh: TestDesk, network: CuttingProxy, reply: bytes) -> None:
    network.fail(WELL_KNOWN, reply)
    assert isinstance(refused(fresh, network.url), NotAServer)
    assert network.count("join") == 0


def test_a_server_of_another_version(fresh: TestDesk, network: CuttingProxy) -> None:
    body = {"name": "M", "server_id": "s", "api_versions": ["9"], "epoch": "e", "server_time": "2026-01-01T00:00:00Z"}
    network.fail(WELL_KNOWN, answer("200 OK", json.dumps(body).encode(), Content_Type="application/json"))
    assert isinstance(refused(fresh, network.url), ServerTooNew)


def test_a_wrong_code_and_a_used_code(fresh: TestDesk, network: CuttingProxy, data: Path, tmp_path: Path) -> None:
    assert isinstance(refused(fresh, network.url), CodeInvalid)
    code = joining_code(data, "D42")
    TestDesk(tmp_path / "first").connect(network.url, code)
    assert isinstance(refused(fresh, network.url, code), CodeInvalid)


def test_a_folder_that_may_not_be_written(tmp_path: Path, network: CuttingProxy, data: Path) -> None:
    with unwritable(tmp_path) as folder:
        assert isinstance(refused(TestDesk(folder / "desk"), network.url), StorageFailed)
    assert network.count("join") == 0


def test_a_synced_folder_is_refused_and_the_code_stays_good(
    fresh: TestDesk, network: CuttingProxy, data: Path, tmp_path: Path
) -> None:
    code = joining_code(data, "D42")
    mark = tmp_path / "somewhere" / ".stfolder"
    mark.parent.mkdir()
    mark.touch()
    error = refused(fresh, network.url, code)
    assert isinstance(error, StorageFailed)
    assert (error.params["reason"], error.params["by"]) == ("unsafe-synced", "Syncthing")
    assert "own disk" in error.message
    mark.unlink()
    fresh.connect(network.url, code)
    # A desk that is synced later goes on: its orders are there. It says so at each start.
    mark.touch()
    told = []
    with fresh.opened() as application:
        application.events.subscribe(lambda event: told.append(event) if isinstance(event, Notice) else None)
        run(_started(application))
    places = [dict(notice.params) for notice in told if notice.code == "place-unsafe"]
    assert [place["by"] for place in places] == ["Syncthing"]


async def _started(application: Application) -> None:
    await application.start()


def test_a_folder_that_is_a_file(tmp_path: Path, network: CuttingProxy, data: Path) -> None:
    (tmp_path / "file").write_text("")
    error = refused(TestDesk(tmp_path / "file" / "desk"), network.url)
    assert isinstance(error, StorageFailed)
    assert network.count("join") == 0


def test_without_a_key_store_the_code_is_not_used_up(fresh: TestDesk, network: CuttingProxy, data: Path) -> None:
    def no_store() -> MemoryStore:
        raise VaultUnavailable("There is none.")

    code = joining_code(data, "D42")
    application = Application.open(fresh.root, credentials=Credentials({}, store=no_store))
    with pytest.raises(VaultUnavailable):
        run(application.connection.connect(network.url, code))
    assert network.count("join") == 0
    assert not fresh.root.exists()
    fresh.connect(network.url, code)


def test_a_first_synchronisation_that_breaks_off_is_taken_up_later(
    fresh: TestDesk, network: CuttingProxy, data: Path
) -> None:
    network.fail(r"^GET .*/catalog/", Cut.MID_BODY)
    fresh.connect(network.url, joining_code(data, "D42"))
    with fresh.opened() as application:
        assert application.connected
        assert application.catalog.search("toner").rows == ()
    assert fresh.round().pulled["products"] == 3


def test_orders_without_their_profile_are_not_written_over(fresh: TestDesk, network: CuttingProxy, data: Path) -> None:
    fresh.connect(network.url, joining_code(data, "D42"))
    (fresh.root / "profile.json").unlink()
    precious = (fresh.root / "desk.db").read_bytes()
    fresh.store.entries.clear()
    assert isinstance(refused(fresh, network.url, joining_code(data, "D42")), StorageFailed)
    assert (fresh.root / "desk.db").read_bytes() == precious


def test_a_desk_whose_orders_are_gone_says_so_and_makes_no_new_file(desk: TestDesk) -> None:
    desk.order()
    (desk.root / "desk.db").unlink()
    with pytest.raises(StorageFailed) as caught:
        desk.open()
    assert caught.value.params["reason"] == "desk-missing"
    assert not (desk.root / "desk.db").exists()


def test_a_connecting_that_was_killed_is_finished_or_begun_again(
    fresh: TestDesk, network: CuttingProxy, data: Path
) -> None:
    fresh.connect(network.url, joining_code(data, "D42"))
    (fresh.root / "desk.db").rename(fresh.root / "desk.db.new")
    with fresh.opened() as application:
        assert application.connected
    (fresh.root / "desk.db").rename(fresh.root / "desk.db.new")
    (fresh.root / "profile.json").unlink()
    fresh.connect(network.url, joining_code(data, "D42"))
    assert fresh.round().reason == ""
    assert not (fresh.root / "desk.db.new").exists()


def test_joining_again_only_with_the_same_server_and_account(desk: TestDesk, network: CuttingProxy, data: Path) -> None:
    with pytest.raises(WrongServer):
        desk.connect(network.url, joining_code(data, "D43"))
    other = json.dumps(
        {"name": "M", "server_id": "other", "api_versions": ["1"], "epoch": "e", "server_time": "2026-01-01T00:00:00Z"}
    )
    network.fail(WELL_KNOWN, answer("200 OK", other.encode(), Content_Type="application/json"))
    with pytest.raises(WrongServer):
        desk.connect(network.url, "AAAA")
    assert desk.round().reason == ""


def test_another_server_at_the_address_gets_nothing(
    desk: TestDesk, network: CuttingProxy, server: RunningServer
) -> None:
    desk.order()
    other = json.dumps(
        {"name": "M", "server_id": "other", "api_versions": ["1"], "epoch": "e", "server_time": "2026-01-01T00:00:00Z"}
    )
    network.fail(WELL_KNOWN, answer("200 OK", other.encode(), Content_Type="application/json"))
    before = len(network.requests)
    assert desk.round().reason == "wrong-server"
    assert network.requests[before:] == ["GET /.well-known/order-sync"]
    assert desk.round().pushed == 1
