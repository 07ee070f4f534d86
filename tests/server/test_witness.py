"""The witness: a server that was put back by hand knows it before any desk has asked."""

import logging
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from manufacturer_server import witness
from manufacturer_server.application import create_app
from manufacturer_server.cli import main
from manufacturer_server.clock import new_uuid
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.founding import found_server
from manufacturer_server.lineage import all_epochs
from manufacturer_server.storage.database import Database
from manufacturer_server.witness import FILE_NAME
from tests.server.test_serving import started
from tests.support.shop import Desk, Shop, order


@pytest.fixture
def watched(shop: Shop, tmp_path: Path) -> Shop:
    """The shop with a witness on what stands for another disk."""
    shop.witness = tmp_path / FILE_NAME
    restart(shop)
    return shop


def restart(shop: Shop) -> None:
    with shop.stopped():
        pass


def epoch_of(shop: Shop) -> str:
    return str(shop.http.get("/.well-known/order-sync").json()["epoch"])


def test_a_server_put_back_by_hand_begins_a_new_epoch_by_itself(watched: Shop, desk: Desk) -> None:
    backup = watched.backup()
    desk.send(order())
    watched.put_back(backup)
    assert epoch_of(watched) != desk.epoch
    assert desk.send(order()).status_code == 412
    desk.epoch = epoch_of(watched)
    assert desk.send(order()).json()["order_no"] == "MF-2026-020001"
    restart(watched)
    assert epoch_of(watched) == desk.epoch


def test_it_does_so_however_far_another_server_has_come_since(watched: Shop, desk: Desk) -> None:
    backup = watched.backup()
    desk.send(order())
    kept, watched.witness = watched.witness, None
    watched.put_back(backup)
    for _ in range(3):
        assert desk.send(order()).status_code == 201
    watched.witness = kept
    restart(watched)
    assert epoch_of(watched) != desk.epoch


def test_numbers_of_each_lost_history_are_passed_over(watched: Shop, desk: Desk) -> None:
    backup, numbers = watched.backup(), []
    for _ in range(3):
        numbers.append(desk.send(order()).json()["order_no"])
        watched.put_back(backup)
        desk.epoch = epoch_of(watched)
    assert numbers == ["MF-2026-000001", "MF-2026-020001", "MF-2026-040001"]
    with closing(Database.open(watched.data)) as database, database.reading() as connection:
        reasons = [epoch.reason for epoch in all_epochs(connection)]
    assert sorted(reasons) == [
        "founded",
        f"{FILE_NAME} has seen a history that is not here",
        "lost altogether",
    ]


def test_one_that_lags_behind_says_nothing(watched: Shop, desk: Desk, tmp_path: Path) -> None:
    assert watched.witness is not None
    desk.send(order())
    restart(watched)
    lagging = watched.witness.read_bytes()
    desk.send(order())
    restart(watched)
    # As if the machine had stopped before the last note was written.
    watched.witness.write_bytes(lagging)
    restart(watched)
    assert epoch_of(watched) == desk.epoch
    assert desk.send(order()).status_code == 201


def test_it_is_written_while_the_server_runs(watched: Shop, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "EVERY_S", 0.01)
    restart(watched)
    backup = watched.backup()
    assert watched.witness is not None
    before = watched.witness.read_bytes()
    desk.send(order())
    for _ in range(500):
        if watched.witness.read_bytes() != before:
            break
        desk.get("catalog")
    seen = watched.witness.read_bytes()
    watched.server.stop()
    # The machine stopped here, and a person put a backup in the place of the data.
    watched.witness.write_bytes(seen)
    shutil.rmtree(watched.data)
    shutil.copytree(backup, watched.data)
    restart(watched)
    assert epoch_of(watched) != desk.epoch


def test_one_that_cannot_be_read_or_written_stops_nobody(
    watched: Shop, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert watched.witness is not None
    for junk in (b"", b"{", b"\xff", b"{}"):
        with watched.stopped():
            watched.witness.write_bytes(junk)
        assert epoch_of(watched) == desk.epoch
    watched.witness = tmp_path / "absent" / FILE_NAME
    with caplog.at_level(logging.WARNING):
        restart(watched)
    assert "cannot be written" in caplog.text
    assert desk.send(order()).status_code == 201


def test_that_of_another_server_is_refused(watched: Shop, tmp_path: Path) -> None:
    found_server(tmp_path / "other", new_id=new_uuid)
    with pytest.raises(ServerRefusal, match="another server"):
        create_app(tmp_path / "other", witness=watched.witness)


def test_a_restore_by_the_command_is_no_surprise(watched: Shop, desk: Desk, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    main(["backup", "--data", str(watched.data), "--to", str(backup)])
    desk.epoch = watched.renew_epoch()
    desk.send(order())
    restart(watched)
    with watched.stopped():
        main(["restore", "--data", str(watched.data), "--from", str(backup)])
        with closing(Database.open(watched.data)) as database, database.reading() as connection:
            begun = all_epochs(connection)
    with closing(Database.open(watched.data)) as database, database.reading() as connection:
        assert all_epochs(connection) == begun
    assert epoch_of(watched) != desk.epoch


def test_serve_keeps_one_in_the_data_folder(data: Path) -> None:
    process, _ = started(data, "--exit-with-stdin")
    process.communicate(timeout=30)
    assert (data / FILE_NAME).is_file()
