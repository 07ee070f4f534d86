"""Importing: a file is the whole of its kind, bad rows keep what was there, and nothing is half done."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from manufacturer_server.cli import main
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.documents import last_seq
from tests.support import worked_example
from tests.support.server import new_server
from tests.support.shop import Desk, Shop, StandingClock, order

FILES = worked_example.FILES


def run(data: Path, *arguments: object) -> int:
    return main(["import", "--data", str(data), *map(str, arguments)])


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for kind, text in texts.items():
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
    return folder


def seq(data: Path) -> int:
    with closing(Database.open(data)) as database, database.reading() as connection:
        return last_seq(connection)


def test_the_same_files_again_change_nothing(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = worked_example.write_files(tmp_path / "files")
    (folder / "stock.csv").unlink()
    before = seq(data)
    assert run(data, folder) == 0
    assert seq(data) == before
    said = capsys.readouterr()
    assert "products.csv: 0 added, 0 changed, 0 withdrawn, 3 unchanged, 0 refused" in said.out
    assert said.err == ""


def test_what_a_file_no_longer_names_is_withdrawn(shop: Shop, desk: Desk) -> None:
    without = "\n".join(row for row in FILES["products.csv"].splitlines() if not row.startswith("BK1")) + "\n"
    report = shop.take_in(products=without)
    assert (report.exit_code, report.files[0].changes.withdrawn) == (0, ("BK1",))
    assert set(desk.current("products")) == {"TN1", "MF9"}
    assert set(desk.current("stock")) == {"N/TN1", "N/MF9", "S/TN1"}


def test_merge_only_adds_and_updates(data: Path, tmp_path: Path, shop: Shop, desk: Desk) -> None:
    one = write(tmp_path / "one", products="sku,name,list_price,vat_rate\nTN1,Toner,99,20\nNEW,New,5,20\n")
    assert run(data, one / "products.csv", "--merge") == 0
    held = desk.current("products")
    assert set(held) == {"TN1", "MF9", "BK1", "NEW"}
    assert held["TN1"] == {"sku": "TN1", "name": "Toner", "list_price": "99", "vat_rate": "20"}


def test_withdrawing_more_than_half_needs_consent(
    data: Path, tmp_path: Path, shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    few = write(
        tmp_path / "few",
        products="sku,name,list_price,vat_rate\nTN1,Toner,99,20\n",
        stock=FILES["stock.csv"].replace("140", "1"),
    )
    before = seq(data)
    assert run(data, few) == 1
    said = capsys.readouterr()
    assert "products.csv: would withdraw 2 of 3 products, more than half; nothing was taken" in said.err
    assert "--yes" in said.err
    assert seq(data) == before
    assert run(data, few, "--yes") == 3
    assert set(desk.current("products")) == {"TN1"}
    assert seq(data) > before


def test_an_empty_file_of_a_kind_is_a_shrink_too(data: Path, tmp_path: Path) -> None:
    empty = write(tmp_path / "few", conditions=FILES["conditions.csv"].splitlines()[0] + "\n")
    assert run(data, empty / "conditions.csv") == 1
    assert run(data, empty / "conditions.csv", "--merge") == 0
    assert run(data, empty / "conditions.csv", "--yes") == 0


def test_a_bad_row_keeps_the_earlier_version_of_its_key(
    data: Path, tmp_path: Path, shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    before = desk.current("products")["TN1"]
    text = FILES["products.csv"].replace("148.37", "-148.37").replace("Guide de l'imprimeur", "Guide")
    assert run(data, write(tmp_path / "f", products=text) / "products.csv") == 3
    said = capsys.readouterr()
    assert said.err == "products.csv:2:list_price: '-148.37' is negative\n"
    assert "0 added, 1 changed, 0 withdrawn, 1 unchanged, 1 refused" in said.out
    held = desk.current("products")
    assert held["TN1"] == before
    assert held["BK1"]["name"] == "Guide"


def test_where_rows_cannot_be_told_apart_nothing_is_withdrawn(
    data: Path, tmp_path: Path, shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FILES["products.csv"].replace("\nTN1,", "\n,")
    assert run(data, write(tmp_path / "f", products=text) / "products.csv") == 3
    assert "nothing is withdrawn" in capsys.readouterr().err
    assert set(desk.current("products")) == {"TN1", "MF9", "BK1"}


def test_rows_that_lean_on_something_unknown_are_defects(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(
        tmp_path / "f",
        stock=FILES["stock.csv"] + "X,TN1,5\nN,NOPE,5\n",
        conditions=FILES["conditions.csv"] + "C1,base,1,%,dealer:D99,all,,,,,\n",
        accounts="account,unpaid,as_of\nD42,10,2026-03-01\nD99,10,2026-03-01\n",
    )
    assert run(data, folder) == 3
    assert capsys.readouterr().err.splitlines() == [
        "stock.csv:6:wholesaler: there is no wholesaler 'X'",
        "stock.csv:7:sku: there is no product 'NOPE'",
        "conditions.csv:9:buyer: there is no dealer 'D99'",
        "accounts.csv:3:account: there is no dealer 'D99'",
    ]


def test_a_wholesaler_who_goes_takes_his_stock_along(shop: Shop, desk: Desk) -> None:
    one = "".join(FILES["wholesalers.csv"].splitlines(keepends=True)[:2])
    assert shop.take_in(wholesalers=one).exit_code == 0
    assert set(desk.current("stock")) == {"N/TN1", "N/MF9", "N/BK1"}
    assert set(desk.current("wholesalers")) == {"N"}


def test_files_come_in_the_order_they_need_wherever_they_lie(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = new_server(tmp_path / "new")
    folder = worked_example.write_files(tmp_path / "files")
    names = ["stock.csv", "conditions.csv", "products.csv", "dealers.csv", "wholesalers.csv", "families.csv"]
    (folder / "products.csv").rename(tmp_path / "PRODUCTS.CSV")
    paths = [tmp_path / "PRODUCTS.CSV" if name == "products.csv" else folder / name for name in names]
    assert run(data, *paths) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "families.csv",
        "wholesalers.csv",
        "PRODUCTS.CSV",
        "stock.csv",
        "dealers.csv",
        "conditions.csv",
    ]


def test_one_bad_file_does_not_hold_up_the_others(
    data: Path, tmp_path: Path, shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "f", stock=FILES["stock.csv"].replace("140", "7"))
    (folder / "dealers.csv").write_bytes("account,name\nD42,Léman\n".encode("cp1252"))
    assert run(data, folder) == 3
    assert "dealers.csv:2: byte 0xE9 is not utf-8 text" in capsys.readouterr().err
    assert desk.current("stock")["N/TN1"]["available"] == 7
    assert run(data, folder, "--encoding", "cp1252", "--merge") == 0
    assert desk.current("account")["D42"]["name"] == "Léman"


def test_when_nothing_can_be_taken_the_exit_is_1(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "products.csv").write_bytes(b"\x00\x01\x02")
    (tmp_path / "readme.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    all_bad = write(tmp_path / "bad", products="sku,name,list_price,vat_rate\nTN1,Toner,x,20\n")
    for path, said in (
        (tmp_path / "products.csv", "not a text file"),
        (tmp_path / "absent" / "products.csv", "cannot be read"),
        (tmp_path / "readme.txt", "the name is none of"),
        (tmp_path / "empty", "holds none of"),
        (all_bad / "products.csv", "'x' is not a number"),
    ):
        before = seq(data)
        assert run(data, path, "--merge") == 1, path
        assert said in capsys.readouterr().err
        assert seq(data) == before


def test_two_files_of_one_kind_cannot_both_be_the_whole(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = (worked_example.write_files(tmp_path / name) for name in ("one", "two"))
    assert run(data, one / "products.csv", two / "products.csv") == 3
    assert "already in this run" in capsys.readouterr().err


def test_unknown_columns_and_files_are_named(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = FILES["products.csv"].replace("sku,name", "sku,colour,name").replace("TN1,", "TN1,red,")
    text = text.replace("MF9,", "MF9,,").replace("BK1,", "BK1,,")
    folder = write(tmp_path / "f", products=text, colours="x")
    assert run(data, folder) == 0
    assert capsys.readouterr().err.splitlines() == [
        "colours.csv is no kind of file this server knows; ignored",
        "products.csv: unknown columns ignored: colour",
    ]


def test_line_ends_and_commands_in_a_file_do_not_reach_the_terminal(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FILES["products.csv"].replace("manufacturer_ref\n", 'manufacturer_ref,"prix\nHT",\x1b[31mrouge\n')
    text = text.replace("Toner noir 12k,148.37", '"Toner\r\nnoir\u202e 12k",150')
    assert run(data, write(tmp_path / "f", products=text) / "products.csv", "--dry-run") == 0
    said = capsys.readouterr()
    assert said.err == "products.csv: unknown columns ignored: prix ht,  [31mrouge\n"
    assert "TN1 Toner noir  12k at N" in said.out
    assert not any(mark in said.out for mark in "\r\x1b\u202e")


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FILES["products.csv"].replace("148.37", "158.37").replace("BK1,", "BK2,")
    folder = write(tmp_path / "f", products=text, stock=FILES["stock.csv"].replace("N,BK1", "N,BK2"))
    before, snapshots = seq(data), sorted((data / "snapshots").iterdir())
    assert run(data, folder, "--dry-run") == 0
    out = capsys.readouterr().out
    assert "products.csv: 1 added, 1 changed, 1 withdrawn, 1 unchanged, 0 refused" in out
    assert all(row in out for row in ("  + BK2", "  ~ TN1", "  - BK1", "  + N/BK2", "dry run"))
    assert (seq(data), sorted((data / "snapshots").iterdir())) == (before, snapshots)


@pytest.mark.parametrize("name", ["", "missing/defects.csv", "f", "f/products.csv/defects.csv"])
def test_a_report_that_cannot_be_written_is_refused_before_anything_is_taken(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = write(tmp_path / "f", products=FILES["products.csv"].replace("148.37", "158.37"))
    before = seq(data)
    assert run(data, folder, "--defects", name) == 1
    assert run(data, folder, "--dry-run", "--report", name) == 1
    assert seq(data) == before
    assert capsys.readouterr().err.count("\n") == 2


def test_what_the_accounts_say_survives_the_dealers_and_goes_when_they_go(shop: Shop, desk: Desk) -> None:
    desk.send(order())
    accounts = "account;unpaid;as_of\nD42;1 234,50;2026-03-01\nD43;1;2026-03-01T08:00:00+01:00\n"
    assert shop.take_in(accounts=accounts).exit_code == 0
    assert shop.take_in(dealers=FILES["dealers.csv"].replace("60000", "50000")).exit_code == 0
    account = desk.current("account")["D42"]
    assert (account["unpaid"], account["unpaid_as_of"]) == ("1234.5", "2026-03-01T11:00:00Z")
    assert (account["credit_limit"], account["undelivered"]) == ("50000", "2665.59")
    assert shop.desk("D43").current("account")["D43"]["unpaid_as_of"] == "2026-03-01T07:00:00Z"
    assert shop.take_in(accounts=accounts.replace("D42;1 234,50;2026-03-01\n", "")).exit_code == 0
    assert "unpaid" not in desk.current("account")["D42"]


def test_a_dealer_who_comes_back_still_has_the_open_orders(shop: Shop, desk: Desk) -> None:
    desk.send(order())
    others = "".join(line for line in FILES["dealers.csv"].splitlines(keepends=True) if not line.startswith("D42"))
    assert shop.take_in(dealers=others).exit_code == 0
    assert shop.take_in(dealers=FILES["dealers.csv"]).exit_code == 0
    assert desk.current("account")["D42"]["undelivered"] == "2665.59"


def test_conditions_that_nothing_tells_apart_are_named(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FILES["conditions.csv"] + "G31,base,31,%,group:gold,all,,,,,\nS1,base,31,%,group:silver,all,,,,,\n"
    assert run(data, write(tmp_path / "f", conditions=text) / "conditions.csv") == 0
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("remark: conditions.csv:2: ")
    assert "G30" in said
    assert "G31" in said


def test_the_exit_for_wrong_use_is_2(data: Path, tmp_path: Path) -> None:
    files = ["import", "--data", str(data), "x"]
    for arguments in (files[:-1], [*files, "--encoding", "klingon"], [*files, "--encoding", "hex"]):
        with pytest.raises(SystemExit) as refused:
            main(arguments)
        assert refused.value.code == 2


def test_an_order_that_meets_an_import_waits_for_it(shop: Shop, desk: Desk) -> None:
    with ThreadPoolExecutor(1) as threads, closing(Database.open(shop.data)) as database:
        with database.trial():
            answer = threads.submit(desk.send, order())
            assert desk.get("catalog").status_code == 200
            assert not answer.done()
        assert answer.result().status_code == 201


def test_an_order_that_would_wait_too_long_is_asked_to_come_again(
    data: Path, tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("manufacturer_server.storage.database.BUSY_TIMEOUT_MS", 50)
    with closing(Shop(data, tmp_path / "files", clock)) as shop, closing(Database.open(data)) as database:
        desk, document = shop.desk(), order()
        with database.trial():
            answer = desk.send(document)
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:order-sync:busy")
        assert (answer.json()["retry"], answer.headers["retry-after"]) == ("later", "5")
        assert desk.send(document).status_code == 201
