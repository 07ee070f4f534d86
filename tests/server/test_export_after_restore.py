"""What was exported before history was lost does not leave again, and its files stay as they are."""

import csv
import json
from pathlib import Path

import pytest

from manufacturer_server.cli import main
from tests.server.test_restored_orders import send_again
from tests.support import worked_example
from tests.support.shop import Desk, Shop, order


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def run(shop: Shop, folder: Path) -> None:
    assert main(["export", "--data", str(shop.data), "--out", str(folder)]) == 0


def leaving(*folders: Path) -> list[str]:
    """The order_no of each time an order leaves, in any file."""
    found: list[str] = []
    for path in sorted(path for folder in folders for path in folder.glob("orders-*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += dict.fromkeys(row["order_no"] for row in csv.DictReader(file))
    return found


def test_an_exported_order_that_comes_back_does_not_leave_again(shop: Shop, desk: Desk, out: Path) -> None:
    backup = shop.backup()
    given = desk.send(order())
    run(shop, out)
    (file,) = out.iterdir()
    content = file.read_bytes()
    shop.put_back(backup)
    desk.epoch = shop.renew_epoch()
    number = desk.send(order()).json()["order_no"]
    run(shop, out)
    send_again(desk, given)
    run(shop, out)
    assert leaving(out) == [given.json()["order_no"], number]
    assert file.read_bytes() == content


def test_nor_does_one_that_came_back_before_the_folder_was_looked_at(shop: Shop, desk: Desk, out: Path) -> None:
    backup = shop.backup()
    given = desk.send(order())
    run(shop, out)
    shop.put_back(backup)
    desk.epoch = shop.renew_epoch()
    send_again(desk, given)
    run(shop, out)
    assert leaving(out) == [given.json()["order_no"]]


def test_nor_one_that_was_accepted_before_the_backup(shop: Shop, desk: Desk, out: Path) -> None:
    desk.send(order())
    backup = shop.backup()
    run(shop, out)
    shop.put_back(backup)
    run(shop, out)
    assert leaving(out) == ["MF-2026-000001"]


def test_before_anybody_has_noticed_the_loss_no_file_is_written_over(shop: Shop, desk: Desk, out: Path) -> None:
    """The number of the file and of the order are given again: both orders leave, each in a file of its own."""
    backup, first, second = shop.backup(), order(), order()
    desk.send(first)
    run(shop, out)
    (file,) = out.iterdir()
    content = file.read_bytes()
    shop.put_back(backup)
    desk.send(second)
    run(shop, out)
    assert file.read_bytes() == content
    ids = set()
    for path in out.iterdir():
        with path.open(encoding="utf-8", newline="") as rows:
            ids |= {row["order_id"] for row in csv.DictReader(rows)}
    assert ids == {first["order_id"], second["order_id"]}


def test_a_restore_that_is_shown_the_folder_knows_it_wherever_the_next_export_goes(
    shop: Shop, desk: Desk, out: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    assert main(["backup", "--data", str(shop.data), "--to", str(backup)]) == 0
    given = desk.send(order())
    run(shop, out)
    with shop.stopped():
        command = ["restore", "--data", str(shop.data), "--from", str(backup), "--exported", str(out)]
        assert main(command) == 0
    desk.epoch = shop.http.get("/.well-known/order-sync").json()["epoch"]
    send_again(desk, given)
    run(shop, tmp_path / "elsewhere")
    assert leaving(out, tmp_path / "elsewhere") == [given.json()["order_no"]]


def test_an_order_whose_desk_kept_no_answer_has_the_number_it_left_under(shop: Shop, desk: Desk, out: Path) -> None:
    backup, document = shop.backup(), order()
    number = desk.send(document).json()["order_no"]
    run(shop, out)
    shop.put_back(backup)
    desk.epoch = shop.renew_epoch()
    run(shop, out)
    assert desk.send(document).json()["order_no"] == number
    run(shop, out)
    assert leaving(out) == [number]


def test_a_cancellation_that_was_lost_is_told_again_and_one_that_was_not_is_not(
    shop: Shop, desk: Desk, out: Path
) -> None:
    lost, kept = order(), order()
    for document in (lost, kept):
        desk.send(document)
    run(shop, out)
    desk.cancel(kept["order_id"], "r-1")
    backup = shop.backup()
    desk.cancel(lost["order_id"], "r-2")
    run(shop, out)
    shop.put_back(backup)
    run(shop, out)
    assert len(list(out.glob("cancellations-*"))) == 1
    desk.cancel(lost["order_id"], "r-2")
    run(shop, out)
    told = [row["order_id"] for path in sorted(out.glob("cancellations-*")) for row in rows_of(path)]
    assert sorted(told) == sorted([lost["order_id"], kept["order_id"], lost["order_id"]])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_order_that_was_released_and_left_is_held_no_more(
    shop: Shop, desk: Desk, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = worked_example.FILES["dealers.csv"].replace("60000", "1000")
    header, *rows = held.splitlines()
    shop.take_in(dealers="\n".join([f"{header},credit_policy", *(f"{row},hold" for row in rows), ""]))
    number = desk.send(order()).json()["order_no"]
    backup = shop.backup()
    assert main(["release", "--data", str(shop.data), number]) == 0
    run(shop, out)
    shop.put_back(backup)
    run(shop, out)
    capsys.readouterr()
    assert main(["report", "--data", str(shop.data), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["orders"]
    assert (row["order_no"], row["held"]) == (number, False)
    assert leaving(out) == [number]


def test_a_file_that_cannot_be_read_stops_the_export(
    shop: Shop, desk: Desk, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.send(order())
    out.mkdir()
    # Other names are nobody's business.
    (out / "orders-000001-zzzzzzzz.csv").write_text("x")
    (out / "orders-old.csv").write_text("x")
    stray = out / "orders-000007-0123abcd.csv"
    for content in (b"a,b\n1,2\n", b"\xff\xfe", b'order_no,order_id,account\n"x'):
        stray.write_bytes(content)
        assert main(["export", "--data", str(shop.data), "--out", str(out)]) == 1
        assert "no order was exported" in capsys.readouterr().err
    stray.unlink()
    run(shop, out)
    assert len(list(out.glob("orders-000001-*"))) == 2


def test_the_report_names_the_orders_that_came_back(shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.send(order())
    backup = shop.backup()
    given = desk.send(order())
    shop.put_back(backup)
    desk.epoch = shop.renew_epoch()
    send_again(desk, given)
    assert main(["report", "--data", str(shop.data), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["orders"]
    assert {row["order_no"]: row["restored"] for row in rows} == {"MF-2026-000001": False, "MF-2026-000002": True}


def test_the_report_names_the_orders_that_left_and_have_not_come_back(
    shop: Shop, desk: Desk, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, document = shop.backup(), order()
    given = desk.send(document)
    run(shop, out)
    shop.put_back(backup)
    desk.epoch = shop.renew_epoch()
    run(shop, out)
    (file,) = out.iterdir()
    capsys.readouterr()
    main(["report", "--data", str(shop.data), "--json"])
    missing = [{"order_no": "MF-2026-000001", "order_id": document["order_id"], "file": file.name}]
    assert json.loads(capsys.readouterr().out) == {"orders": [], "missing": missing}
    send_again(desk, given)
    main(["report", "--data", str(shop.data), "--json"])
    assert "missing" not in json.loads(capsys.readouterr().out)
