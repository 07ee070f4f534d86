"""Taking orders out: each accepted order once, whatever happens in between; and the report of all of them."""

import csv
import json
from contextlib import closing
from pathlib import Path

import pytest

from manufacturer_server import export
from manufacturer_server.cli import main
from manufacturer_server.errors import StorageUnusable
from manufacturer_server.export import COLUMNS, export_orders
from manufacturer_server.storage.database import Database
from tests.support.shop import Desk, Shop, line, order


def exported(folder: Path) -> list[dict[str, str]]:
    """The rows of all files in `folder`, by file name."""
    found: list[dict[str, str]] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


def run(shop: Shop, folder: Path) -> int:
    return main(["export", "--data", str(shop.data), "--out", str(folder)])


def test_an_order_is_written_with_all_the_manufacturer_needs(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    place = {
        "name": "Chantier",
        "street": "1 rue Haute\nPorte B",
        "postcode": "71400",
        "city": "Autun",
        "country": "FR",
    }
    delivery = {"address": place, "wanted_date": "2026-03-20", "mode": "complete"}
    document = order(delivery=delivery, note='"fragile", à l\'étage', end_client="Mairie")
    number = desk.send(document).json()["order_no"]
    assert run(shop, tmp_path / "out") == 0
    rows = exported(tmp_path / "out")
    assert tuple(rows[0]) == COLUMNS
    assert [(row["line"], row["sku"], row["quantity"], row["unit_net"]) for row in rows] == [
        ("1", "TN1", "12", "91.6185"),
        ("2", "MF9", "2", "540.0000"),
        ("3", "BK1", "3", "13.9930"),
    ]
    assert {(row["order_no"], row["order_id"], row["account"], row["order_total"]) for row in rows} == {
        (number, document["order_id"], "D42", "2665.59")
    }
    first = rows[0]
    assert (first["dealer"], first["reference"], first["note"]) == (
        "Bureautique Morvan",
        "BC-7",
        '"fragile", à l\'étage',
    )
    assert (first["delivery_street"], first["delivery_mode"]) == ("1 rue Haute\nPorte B", "complete")
    assert (first["wanted_date"], first["end_client"]) == ("2026-03-20", "Mairie")
    assert first["received_at"] == "2026-03-10T09:30:00+00:00"


def test_each_order_goes_out_once(shop: Shop, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = {desk.send(order()).json()["order_no"] for _ in range(3)}
    assert run(shop, tmp_path / "out") == 0
    assert run(shop, tmp_path / "out") == 0
    assert "No order waits" in capsys.readouterr().out
    assert {row["order_no"] for row in exported(tmp_path / "out")} == first
    second = desk.send(order()).json()["order_no"]
    assert run(shop, tmp_path / "elsewhere") == 0
    assert {row["order_no"] for row in exported(tmp_path / "elsewhere")} == {second}
    names = [path.name for folder in ("out", "elsewhere") for path in (tmp_path / folder).iterdir()]
    assert [name[:13] for name in names] == ["orders-000001", "orders-000002"]


def test_the_dealers_address_is_used_where_no_other_is_given(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    desk.send(order())
    run(shop, tmp_path)
    row = exported(tmp_path)[0]
    assert (row["delivery_name"], row["delivery_street"]) == ("Bureautique Morvan", "4 rue des Halles")


def test_only_accepted_orders_leave(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    desk.send(order(lines=[line("TN1", 12, "9.0000")]))
    cancelled = order()
    desk.send(cancelled)
    desk.cancel(cancelled["order_id"], "r-1")
    assert run(shop, tmp_path / "out") == 0
    assert not (tmp_path / "out").exists()


def test_an_order_cancelled_after_its_export_is_named_once_in_a_file_of_its_own(
    shop: Shop, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = order()
    number = desk.send(document).json()["order_no"]
    run(shop, tmp_path / "one")
    desk.cancel(document["order_id"], "r-1")
    for _ in range(2):
        assert run(shop, tmp_path / "two") == 0
    (path,) = (tmp_path / "two").iterdir()
    assert path.name.startswith("cancellations-000002-")
    assert exported(tmp_path / "two") == [
        {
            "order_no": number,
            "order_id": document["order_id"],
            "account": "D42",
            "cancelled_at": "2026-03-10T09:30:00+00:00",
            "reason": "ordered twice",
        }
    ]
    assert "1 cancelled orders in" in capsys.readouterr().out


def test_a_crash_before_the_orders_are_marked_leaves_no_double(
    shop: Shop, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.send(order())
    written = export._write

    def write_then_die(folder: Path, name: str, content: bytes) -> None:
        written(folder, name, content)
        raise KeyboardInterrupt

    monkeypatch.setattr(export, "_write", write_then_die)
    with closing(Database.open(shop.data)) as database, pytest.raises(KeyboardInterrupt):
        export_orders(database, tmp_path / "out", shop.clock())
    monkeypatch.undo()
    (first,) = (tmp_path / "out").iterdir()
    content = first.read_bytes()
    desk.send(order())
    capsys.readouterr()
    assert run(shop, tmp_path / "out") == 0
    assert f"1 orders in {first}: it lay there, they do not leave again" in capsys.readouterr().out
    assert first.read_bytes() == content
    assert sorted(path.name[:13] for path in (tmp_path / "out").iterdir()) == ["orders-000001", "orders-000002"]
    numbers = [row["order_no"] for row in exported(tmp_path / "out")]
    assert (len(numbers), len(set(numbers))) == (6, 2)


def test_a_folder_that_cannot_be_written_marks_nothing(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    desk.send(order())
    (tmp_path / "file").write_text("x")
    with closing(Database.open(shop.data)) as database, pytest.raises(StorageUnusable, match="no order was exported"):
        export_orders(database, tmp_path / "file" / "out", shop.clock())
    assert run(shop, tmp_path / "file" / "out") == 1
    assert run(shop, tmp_path / "out") == 0
    assert exported(tmp_path / "out")


def test_no_cell_becomes_a_formula(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    texts = ['=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(A1)", "\tx", "\rx"]
    for text in texts:
        desk.send(order(reference=text, author=text, note=text))
    run(shop, tmp_path)
    cells = {row[name] for row in exported(tmp_path) for name in ("reference", "author", "note")}
    assert cells == {f"'{text}" for text in texts}


def test_the_report_lists_accepted_orders(shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    document = order()
    desk.send(order(lines=[line("TN1", 12, "9.0000")]))
    number = desk.send(document).json()["order_no"]
    assert main(["report", "--data", str(shop.data), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "orders": [
            {
                "order_no": number,
                "order_id": document["order_id"],
                "revision": 1,
                "account": "D42",
                "status": "accepted",
                "lines": 3,
                "total": "2665.59",
                "held": False,
                "restored": False,
            }
        ]
    }
    desk.cancel(document["order_id"], "r-1")
    main(["report", "--data", str(shop.data), "--json"])
    assert json.loads(capsys.readouterr().out)["orders"][0]["status"] == "cancelled"
