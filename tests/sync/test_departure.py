"""A lost computer: it is shut out, hands over what had not left, and only then cannot be read any more."""

import base64
import json
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import update

from desktop_app import sealing
from desktop_app.contract.sealed import sealing_key
from desktop_app.credentials import Credentials
from desktop_app.domain.order import DeliveryState
from desktop_app.errors import DeskDeparted, VaultUnavailable
from desktop_app.events import DeskShutOut
from desktop_app.paths import ProfilePaths, set_aside
from desktop_app.services.recovery_service import RecoveryService
from desktop_app.storage.departed_file import read_departed
from manufacturer_server.access import known_desks, revoke
from manufacturer_server.cli import main as server_main
from manufacturer_server.report import report
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.schema import settings
from tests.support.cutting_proxy import Cut, CuttingProxy, answer, portal
from tests.support.desks import MemoryStore, TestDesk, run
from tests.support.server import joining_code

SEALED = r"^PUT .*/sealed/"
SIGNED_IN = r"^(GET|POST|PUT) /v1/accounts"


def forged(**members: object) -> bytes:
    """A 401 as only the manufacturer's server gives it, by somebody in between."""
    problem = {"type": "urn:order-sync:desk-revoked", "title": "Shut out", "status": 401, "wipe": True, **members}
    return answer("401 Unauthorized", json.dumps(problem).encode(), Content_Type="application/problem+json")


def shut_out(desk: TestDesk, data: Path, *, wipe: bool = True, reason: str = "stolen at Lyon") -> None:
    instance = json.loads((desk.root / "profile.json").read_bytes())["client_instance"]
    with closing(Database.open(data)) as database, database.writing() as connection:
        revoke(connection, instance, desk.clock(), wipe=wipe, reason=reason)


def is_whole(desk: TestDesk, *order_ids: str) -> bool:
    """Whether the desk opens, with these orders still in its queue."""
    with desk.opened() as application:
        waiting = {row.order_id for row in application.sync.queue()}
    return set(order_ids) <= waiting and not (desk.root / "departed.json").exists() and bool(desk.store.entries)


def kept(data: Path) -> int:
    with closing(Database.open(data)) as database, database.reading() as connection:
        return sum(desk.handed_over for desk in known_desks(connection))


def booked(data: Path) -> list[str]:
    with closing(Database.open(data)) as database, database.reading() as connection:
        return sorted(row.order_id for row in report(connection).orders)


def recovery_code(desk: TestDesk) -> str:
    with desk.opened() as application:
        code = application.recovery.propose()
        application.recovery.keep(code)
        return code


def test_without_a_wipe_everything_stays_and_a_new_code_goes_on(
    desk: TestDesk, network: CuttingProxy, data: Path
) -> None:
    order_id = desk.order().summary.order_id
    shut_out(desk, data, wipe=False)
    done = desk.round()
    assert done.reason == "desk-revoked"
    assert "stolen at Lyon" in done.message
    assert is_whole(desk, order_id)
    assert network.count(SEALED) == 0
    desk.connect(network.url, joining_code(data, "D42"))
    assert booked(data) == [order_id]


def test_with_a_wipe_what_had_not_left_is_handed_over_and_then_nothing_opens_it(
    desk: TestDesk, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = recovery_code(desk)
    sent = desk.order().summary.order_id
    desk.round()
    waiting, held = (desk.order().summary.order_id for _ in range(2))
    with desk.opened() as application:
        application.orders.hold(held)
    shut_out(desk, data)
    assert desk.round().reason == "desk-departed"
    assert any(isinstance(event, DeskShutOut) for event in desk.events)
    departed = read_departed(desk.root / "departed.json")
    assert departed is not None
    assert (departed.messages, departed.reason, departed.key_deleted) == (2, "stolen at Lyon", True)
    assert desk.store.entries == {}
    assert not any((desk.root / name).exists() for name in ("recovery.json", "unsent", "cache"))
    with pytest.raises(DeskDeparted):
        desk.open()
    with pytest.raises(DeskDeparted):
        RecoveryService(desk.root, credentials=Credentials({}, store=lambda: desk.store)).recover(code=code)
    # The manufacturer has them, and lets them in when he has asked.
    assert booked(data) == [sent]
    assert server_main(["open-sealed", "--data", str(data), "--kept"]) == 0
    assert booked(data) == sorted([sent, waiting])
    assert server_main(["open-sealed", "--data", str(data), "--kept", "--with-held"]) == 0
    assert booked(data) == sorted([sent, waiting, held])
    capsys.readouterr()


def test_an_empty_desk_too_goes_only_after_the_server_has_proved_itself(
    desk: TestDesk, network: CuttingProxy, data: Path
) -> None:
    shut_out(desk, data)
    network.fail(SEALED, answer("200 OK", b'{"records":[]}', Content_Type="application/json"))
    assert desk.round().reason == "desk-revoked"
    assert is_whole(desk)
    assert desk.round().reason == "desk-departed"
    assert desk.store.entries == {}


@pytest.mark.parametrize("effect", [Cut.BEFORE, Cut.AFTER, Cut.MID_BODY, portal(), answer("503 Busy")])
def test_as_long_as_the_handing_over_is_not_confirmed_nothing_is_deleted(
    desk: TestDesk, network: CuttingProxy, data: Path, effect: Cut | bytes
) -> None:
    order_id = desk.order().summary.order_id
    shut_out(desk, data)
    network.fail(SEALED, effect, times=3)
    for _ in range(3):
        assert desk.round().reason == "desk-revoked"
        assert is_whole(desk, order_id)
    assert desk.round().reason == "desk-departed"
    assert kept(data) == 1


def test_a_forged_answer_leads_to_nothing(desk: TestDesk, network: CuttingProxy, data: Path) -> None:
    order_id = desk.order().summary.order_id
    records = [
        {"key": "departure/x", "kind": "departure", "status": 202, "sha256": "0" * 64},
        {"key": f"{order_id}/1", "kind": "order", "status": 202, "sha256": "0" * 64},
    ]
    for said in ([], records[:1], records):
        network.fail(SIGNED_IN, forged())
        body = json.dumps({"records": said}).encode()
        network.fail(SEALED, answer("200 OK", body, Content_Type="application/json"))
        desk.round()
        assert is_whole(desk, order_id)
    # Somebody in between may even pass on what the desk hands over: a server that has not shut it out proves nothing.
    network.fail(SIGNED_IN, forged())
    desk.round()
    assert not (desk.root / "departed.json").exists()
    assert desk.store.entries
    assert desk.round().reason == ""
    assert booked(data) == [order_id]


def test_who_names_another_key_to_seal_to_proves_nothing(desk: TestDesk, data: Path) -> None:
    """Somebody in between answers in the server's name with a key of his own: here the server with another secret."""
    order_id = desk.order().summary.order_id
    shut_out(desk, data)
    private = bytes(range(3, 35))
    values = {"value": base64.b64encode(private).decode()}
    with closing(Database.open(data)) as database, database.writing() as connection:
        connection.execute(update(settings).where(settings.c.name == "sealing_secret").values(values))
    assert desk.round().reason == "desk-revoked"
    with desk.opened() as application:
        state = application._connected().state
        assert state.discovery is not None
        assert state.discovery.sealing_key == sealing_key(sealing.public_key(private)) != state.sealing_key
    assert is_whole(desk, order_id)


def test_another_server_at_the_address_is_not_even_asked(desk: TestDesk, network: CuttingProxy) -> None:
    order_id = desk.order().summary.order_id
    introduction = {
        "name": "M",
        "server_id": "another",
        "api_versions": ["1"],
        "epoch": "e",
        "server_time": "2026-11-24T00:00:00Z",
    }
    network.fail(
        r"^GET /\.well-known", answer("200 OK", json.dumps(introduction).encode(), Content_Type="application/json")
    )
    network.fail(SIGNED_IN, forged())
    assert desk.round().reason == "wrong-server"
    assert network.count(SIGNED_IN) == 0 or is_whole(desk, order_id)
    assert is_whole(desk, order_id)


def test_an_order_that_is_saved_while_others_are_handed_over_goes_too(
    desk: TestDesk, network: CuttingProxy, data: Path
) -> None:
    desk.order()
    shut_out(desk, data)
    with desk.opened() as application:
        late: list[str] = []

        def on_request(request: str) -> None:
            if "/sealed/" in request and not late:
                with desk.opened() as beside:
                    session = beside.orders.new_order([("TN1", 1, "")], round_up=False)
                    late.append(session.submit().summary.order_id)

        network.on_request = on_request
        assert run(application.sync.round()).reason == "desk-departed"
    assert late
    assert kept(data) == 2


def test_a_key_store_that_is_locked_is_asked_again_at_the_next_start(desk: TestDesk, data: Path) -> None:
    desk.order()
    shut_out(desk, data)
    with desk.opened() as application:
        application._credentials = Credentials({}, store=_locked)
        assert run(application.sync.round()).reason == "desk-departed"
    assert desk.store.entries
    with pytest.raises(DeskDeparted):
        desk.open()
    assert desk.store.entries == {}
    assert kept(data) == 1


def _locked() -> MemoryStore:
    raise VaultUnavailable("locked", reason="locked")


def test_another_desk_may_begin_in_its_place(desk: TestDesk, network: CuttingProxy, data: Path) -> None:
    shut_out(desk, data)
    desk.round()
    aside = set_aside(ProfilePaths(desk.root), "departed-1")
    assert (aside / "desk.db").exists()
    assert (aside / "departed.json").exists()
    desk.connect(network.url, joining_code(data, "D42"))
    order_id = desk.order().summary.order_id
    assert desk.round().reason == ""
    assert booked(data) == [order_id]
    # Even where the word about the earlier desk came back, it is about another.
    (aside / "departed.json").replace(desk.root / "departed.json")
    assert desk.show(order_id).summary.delivery_state is DeliveryState.DONE
