"""One desk has no network; another desk of the account sends its queue from a file. Every order is entered once."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import ActionNotPossible, Offline, Unauthorized, WrongQueueFile
from desktop_app.services import queue_file
from desktop_app.services.queue_file import SentQueue
from manufacturer_server.access import known_desks, revoke
from manufacturer_server.report import ReportRow, report
from manufacturer_server.storage.database import Database
from tests.support.cutting_proxy import Cut, CuttingProxy
from tests.support.desks import TestDesk, connected_desk, run
from tests.support.server import RunningServer, filled_server, import_files, joining_code, small_catalogue, start_server
from tests.support.worked_example import FILES

SEALED = r"^PUT .*/sealed/"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "stick" / "queue.sealed"


@pytest.fixture
def other(tmp_path: Path, data: Path, network: CuttingProxy) -> TestDesk:
    """A second desk of the same account."""
    return connected_desk(tmp_path / "other", network.url, data)


def booked(data: Path) -> list[ReportRow]:
    with closing(Database.open(data)) as database, database.reading() as connection:
        return report(connection).orders


def export(desk: TestDesk, file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    with desk.opened() as application:
        application.sync.queue_file.export(file)


def send(desk: TestDesk, file: Path, *, with_held: bool = False) -> SentQueue:
    with desk.opened() as application:
        return run(application.sync.queue_file.send(file, with_held=with_held))


def states(desk: TestDesk, *order_ids: str) -> list[tuple[Status, DeliveryState]]:
    summaries = [desk.show(order_id).summary for order_id in order_ids]
    return [(summary.status, summary.delivery_state) for summary in summaries]


ACCEPTED = (Status.ACCEPTED, DeliveryState.DONE)


def test_each_order_is_entered_once_and_the_first_desk_finds_its_answers(
    desk: TestDesk, other: TestDesk, data: Path, file: Path
) -> None:
    ids = [desk.order(reference=f"BC-{number}").summary.order_id for number in range(3)]
    export(desk, file)
    assert [one.status for one in send(other, file).outcomes] == [201] * 3
    again = send(other, file)
    assert (again.accepted, again.known) == (0, 3)
    assert desk.round().reason == ""
    assert states(desk, *ids) == [ACCEPTED] * 3
    assert sorted(row.order_id for row in booked(data)) == sorted(ids)
    # The other desk knows them by the feed, with their author, and both say how they came.
    other.round()
    for one in (desk, other):
        shown = one.show(ids[0])
        assert shown.summary.reference == "BC-0"
        assert "other-desk" in [entry.code for entry in shown.history]
    assert send(desk, file).known == 3
    assert desk.round().pushed == 0


def test_the_first_desk_may_send_in_between(desk: TestDesk, other: TestDesk, data: Path, file: Path) -> None:
    ids = [desk.order().summary.order_id for _ in range(2)]
    export(desk, file)
    assert desk.round().pushed == 2
    late = desk.order().summary.order_id
    sent = send(other, file)
    assert (sent.accepted, sent.known) == (0, 2)
    desk.round()
    assert states(desk, *ids, late) == [ACCEPTED] * 3
    assert len(booked(data)) == 3


def test_after_the_export_an_order_is_cancelled_by_asking(
    desk: TestDesk, other: TestDesk, data: Path, file: Path
) -> None:
    order_id = desk.order().summary.order_id
    export(desk, file)
    with desk.opened() as application:
        with pytest.raises(ActionNotPossible):
            application.orders.correct(order_id)
        application.orders.cancel(order_id)
    send(other, file)
    for _ in range(2):
        desk.round()
    assert desk.show(order_id).summary.status is Status.CANCELLED
    assert [row.status for row in booked(data)] == ["cancelled"]


def test_held_orders_leave_only_when_a_person_says_so(desk: TestDesk, other: TestDesk, data: Path, file: Path) -> None:
    order_id = desk.order().summary.order_id
    with desk.opened() as application:
        application.orders.hold(order_id)
    export(desk, file)
    with other.opened() as application:
        seen = application.sync.queue_file.look(file)
    assert (seen.messages, seen.held, seen.own) == (1, 1, False)
    assert send(other, file).held == 1
    assert booked(data) == []
    assert send(other, file, with_held=True).accepted == 1
    with desk.opened() as application:
        application.orders.release(order_id)
    assert desk.round().pushed == 1
    assert states(desk, order_id) == [ACCEPTED]
    assert len(booked(data)) == 1


def test_changed_terms_are_decided_at_the_first_desk(
    desk: TestDesk, other: TestDesk, data: Path, file: Path, tmp_path: Path
) -> None:
    order_id = desk.order().summary.order_id
    export(desk, file)
    dearer = FILES["products.csv"].replace("148.37", "158.37").replace("19.99", "25.99")
    import_files(data, small_catalogue(tmp_path / "dearer", products=dearer))
    assert send(other, file).to_confirm == 1
    desk.round()
    assert states(desk, order_id) == [(Status.TO_CONFIRM, DeliveryState.ATTENTION)]
    assert booked(data) == []


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER, Cut.MID_BODY, Cut.TWICE])
def test_a_connection_that_breaks_costs_nothing_but_another_try(
    desk: TestDesk,
    other: TestDesk,
    network: CuttingProxy,
    data: Path,
    file: Path,
    cut: Cut,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queue_file, "PART_RECORDS", 2)
    ids = [desk.order().summary.order_id for _ in range(5)]
    export(desk, file)
    network.fail(SEALED, cut)
    if cut is not Cut.TWICE:
        with pytest.raises(Offline):
            send(other, file)
    sent = send(other, file)
    assert sent.accepted + sent.known == 5
    assert network.count(SEALED) >= 3
    desk.round()
    assert states(desk, *ids) == [ACCEPTED] * 5
    assert len(booked(data)) == 5


def test_a_file_of_another_dealer_or_server_is_refused_before_anything_leaves(
    desk: TestDesk, data: Path, network: CuttingProxy, tmp_path: Path, file: Path
) -> None:
    desk.order()
    export(desk, file)
    stranger = connected_desk(tmp_path / "stranger", network.url, data, "D43")
    with pytest.raises(WrongQueueFile):
        send(stranger, file)
    elsewhere = filled_server(tmp_path / "elsewhere", tmp_path / "files-elsewhere")
    with start_server(elsewhere) as server:
        foreign = connected_desk(tmp_path / "foreign", server.url, elsewhere)
        with pytest.raises(WrongQueueFile):
            send(foreign, file)
    assert network.count(SEALED) == 0


def test_a_desk_that_is_shut_out_sends_for_nobody(desk: TestDesk, other: TestDesk, data: Path, file: Path) -> None:
    desk.order()
    export(desk, file)
    with closing(Database.open(data)) as database, database.writing() as connection:
        for one in known_desks(connection):
            revoke(connection, one.client_instance, other.clock(), wipe=False, reason="")
    with pytest.raises(Unauthorized):
        send(other, file)
    assert booked(data) == []


def test_the_commands(
    tmp_path: Path,
    data: Path,
    server: RunningServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def comptoir(place: str, *words: object, code: int = 0) -> tuple[dict[str, object], str]:
        assert main(["--profile", str(tmp_path / place), *map(str, words)]) == code
        out, err = capsys.readouterr()
        return json.loads(out) if out else {}, err

    secrets = {}
    for place in ("first", "second"):
        code = joining_code(data, "D42")
        secrets[place], _ = comptoir(place, "connect", server.url, "--code", code, "--print-secrets")

    def at(place: str) -> None:
        monkeypatch.setenv("COMPTOIR_TOKEN", str(secrets[place]["token"]))
        monkeypatch.setenv("COMPTOIR_DESK_KEY", str(secrets[place]["desk_key"]))

    at("first")
    lines = tmp_path / "lines.csv"
    lines.write_text("sku,quantity\nTN1,12\nMF9,2\nBK1,3\n", encoding="utf-8")
    server.stop()
    assert main(["--profile", str(tmp_path / "first"), "order", "new", "--file", str(lines), "--send"]) in (0, 1)
    capsys.readouterr()
    file = tmp_path / "queue.sealed"
    exported, words = comptoir("first", "queue", "export", file)
    assert (exported["messages"], exported["held"]) == (1, 0)
    assert "entered once" in words
    with RunningServer(data, port=server.port):
        at("second")
        sent, _ = comptoir("second", "queue", "send", file)
        assert (sent["accepted"], sent["not_taken"]) == (1, 0)
        assert str(sent["messages"]).count("'MF-") == 1
        file.write_bytes(file.read_bytes()[:-1])
        _, words = comptoir("second", "queue", "send", file, code=1)
        assert "damaged" in words
        at("first")
        comptoir("first", "sync")
        listed, _ = comptoir("first", "queue", "--json")
        assert listed == {"queue": []}
