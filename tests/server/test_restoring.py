"""A backup made while the server runs, and put back: with a new epoch, and with nothing deleted or given twice."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from manufacturer_server.cli import main
from manufacturer_server.clock import new_uuid
from manufacturer_server.founding import found_server
from manufacturer_server.report import report
from manufacturer_server.sole_use import sole_use
from manufacturer_server.storage.database import FILE_NAME, Database
from tests.support.shop import Desk, Shop, order


def backed_up(shop: Shop) -> Path:
    to = shop.files.parent / "usb" / f"{new_uuid()}.db"
    assert main(["backup", "--data", str(shop.data), "--to", str(to)]) == 0
    return to


def restore(shop: Shop, backup: Path) -> int:
    with shop.stopped():
        return main(["restore", "--data", str(shop.data), "--from", str(backup)])


def orders_in(folder: Path) -> list[str]:
    with closing(Database.open(folder)) as database, database.reading() as connection:
        return [row.order_no for row in report(connection).orders]


def test_a_backup_is_one_whole_file_and_replaces_none(
    shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.send(order())
    backup = backed_up(shop)
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
    alone = shop.files.parent / "alone"
    alone.mkdir()
    shutil.copy(backup, alone / FILE_NAME)
    assert orders_in(alone) == ["MF-2026-000001"]
    before = backup.read_bytes()
    assert main(["backup", "--data", str(shop.data), "--to", str(backup)]) == 1
    assert "replaces nothing" in capsys.readouterr().err
    assert backup.read_bytes() == before


def test_after_a_restore_every_desk_looks_up_and_reads_anew(shop: Shop, desk: Desk) -> None:
    kept, lost = order(), order()
    desk.send(kept)
    backup = backed_up(shop)
    given = desk.send(lost)
    cursor = desk.rows("orders")[-1]["cursor"]
    assert restore(shop, backup) == 0
    refused = desk.send(lost)
    assert refused.status_code == 412
    assert desk.changes("orders", cursor).json()["epoch"] == refused.json()["epoch"]
    desk.epoch = refused.json()["epoch"]
    assert desk.bring_back(lost["order_id"], 1, given, given.request.content).status_code == 204
    assert desk.send(lost).content == given.content
    assert orders_in(shop.data) == ["MF-2026-000001", "MF-2026-000002"]


def test_the_file_before_is_kept(shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    backup = backed_up(shop)
    desk.send(order())
    assert restore(shop, backup) == 0
    (aside,) = shop.data.glob("replaced-*")
    assert str(aside) in capsys.readouterr().out
    assert orders_in(aside) == ["MF-2026-000001"]
    assert orders_in(shop.data) == []
    assert not (shop.data / "restoring").exists()


def test_numbers_of_all_histories_that_were_lost_are_passed_over(shop: Shop, desk: Desk) -> None:
    backup = backed_up(shop)
    numbers = []
    for _ in range(3):
        numbers.append(desk.send(order()).json()["order_no"])
        assert restore(shop, backup) == 0
        desk.epoch = shop.http.get("/.well-known/order-sync").json()["epoch"]
    assert numbers == ["MF-2026-000001", "MF-2026-020001", "MF-2026-040001"]


def test_a_damaged_file_is_replaced_too(shop: Shop, desk: Desk) -> None:
    desk.send(order())
    backup = backed_up(shop)
    with shop.stopped():
        (shop.data / FILE_NAME).write_bytes(b"SQLite format 3\0" + b"\xff" * 50_000)
        assert main(["restore", "--data", str(shop.data), "--from", str(backup)]) == 0
    assert orders_in(shop.data) == ["MF-2026-000001"]
    (aside,) = shop.data.glob("replaced-*")
    assert (aside / FILE_NAME).stat().st_size == 50_016


def test_a_new_machine_starts_from_a_backup(shop: Shop, desk: Desk) -> None:
    desk.send(order())
    backup, folder = backed_up(shop), shop.files.parent / "new-machine"
    assert main(["restore", "--data", str(folder), "--from", str(backup)]) == 0
    assert orders_in(folder) == ["MF-2026-000001"]


def test_what_is_no_backup_of_this_server_changes_nothing(
    shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.send(order())
    backup, files = backed_up(shop), shop.files.parent
    found_server(files / "other", new_id=new_uuid)
    (files / "torn.db").write_bytes(backup.read_bytes()[:60_000])
    (files / "text.db").write_text("x" * 10_000)
    for path, reason in (
        (files / "other" / FILE_NAME, "another server"),
        (files / "torn.db", "could not be copied"),
        (files / "text.db", "could not be copied"),
        (files / "absent.db", "There is no"),
    ):
        assert restore(shop, path) == 1, path
        assert reason in capsys.readouterr().err
    assert not list(shop.data.glob("replaced-*"))
    assert desk.send(order()).status_code == 201
    assert len(orders_in(shop.data)) == 2


def test_nothing_is_replaced_while_a_server_runs(shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.send(order())
    backup = backed_up(shop)
    command = ["restore", "--data", str(shop.data), "--from", str(backup)]
    assert main(command) == 1
    assert "in use by another program" in capsys.readouterr().err
    with shop.stopped(), sole_use(shop.data):
        assert main(command) == 1
        assert "running already" in capsys.readouterr().err
        assert main(["serve", "--data", str(shop.data), "--port", "0"]) == 1
        assert "running already" in capsys.readouterr().err
    assert desk.send(order()).status_code == 201


def test_the_dealers_whose_desks_must_join_again_are_named(
    shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = backed_up(shop)
    later = shop.desk("D43")
    assert restore(shop, backup) == 0
    assert "need a new joining code: D43." in capsys.readouterr().out
    assert (later.get("catalog").status_code, desk.get("catalog").status_code) == (401, 200)
    assert main(["epoch", "--data", str(shop.data)]) == 0
    assert f"restored from {backup.name}" in capsys.readouterr().out
    assert main(["report", "--data", str(shop.data), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"orders": []}
