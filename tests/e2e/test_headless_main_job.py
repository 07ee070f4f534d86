"""The main job through the two programs as a script drives them: processes, files, exit codes, a real socket."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support import worked_example
from tests.support.programs import Desk, ServerProcess, connect, joining_code, run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A manufacturer's server with the files of the worked example."""
    data = tmp_path / "server"
    run("comptoir-server", "init", "--data", data)
    run("comptoir-server", "import", "--data", data, worked_example.write_files(tmp_path / "files"))
    return data


def lines_file(folder: Path, text: str = worked_example.LINES) -> Path:
    """A file of order lines."""
    path = folder / "lines.csv"
    path.write_text(text, encoding="utf-8")
    return path


def report(data: Path) -> list[dict[str, object]]:
    """The accepted orders as the manufacturer sees them."""
    orders: list[dict[str, object]] = run("comptoir-server", "report", "--data", data, "--json").json["orders"]
    return orders


def test_the_worked_example_to_the_cent_at_desk_and_server(data: Path, tmp_path: Path) -> None:
    with ServerProcess(data) as server:
        desk = connect(tmp_path / "desk", server.url, joining_code(data, "D42"))
        found = desk("search", "toner noir", "--json").json["results"]
        assert found[0]["sku"] == "TN1"
        assert found[0]["stock"] == {"N": 140, "S": 3}
        priced = desk("price", "TN1", "--qty", "12", "--json").json
        assert (priced["unit_net"], priced["line_total"], priced["list_price"]) == ("91.6185", "1099.42", "148.3700")
        assert [(row["step"], row["applied"]) for row in priced["trace"]] == [
            ("list", True),
            ("base", True),
            ("qty", True),
            ("promo", False),
        ]
        order = desk("order", "new", "--file", lines_file(tmp_path), "--reference", "BC-7", "--send", "--json").json
    (sub_order,) = order["sub_orders"]
    assert {line["sku"]: line["unit_net"] for line in sub_order["lines"]} == worked_example.UNIT_NETS
    assert {line["sku"]: line["line_total"] for line in sub_order["lines"]} == worked_example.LINE_TOTALS
    assert order["totals"] == worked_example.TOTALS | {"vat": worked_example.VAT}
    assert order["online_bonus"] == worked_example.BONUS
    assert (order["status"], order["delivery_state"]) == ("accepted", "done")
    (accepted,) = report(data)
    assert accepted["order_no"] == order["order_no"]
    assert accepted["total"] == "2665.59"
    assert (accepted["lines"], accepted["account"], accepted["revision"]) == (3, "D42", 1)


def test_an_order_made_offline_leaves_by_itself_and_is_followed_to_its_invoice(data: Path, tmp_path: Path) -> None:
    server = ServerProcess(data)
    with server:
        desk = connect(tmp_path / "desk", server.url, joining_code(data, "D42"))
    offline = desk("order", "new", "--file", lines_file(tmp_path), "--send", "--json").json
    assert offline["order_no"] is None
    assert offline["status"] == "submitted"
    (waiting,) = desk("queue", "--json").json["queue"]
    assert waiting["order_id"] == offline["order_id"]
    assert desk("sync", "--json", expect=1).stderr
    with server:
        synced = desk("sync", "--json").json
        assert (synced["pushed"], synced["waiting"], synced["attention"]) == (1, 0, 0)
        order = desk("order", "show", offline["desk_no"], "--json").json
        assert order["order_no"]
        follow(data, desk, tmp_path, order["order_no"])
    assert len(report(data)) == 1


def test_several_scripts_order_at_once_and_each_gets_its_number(data: Path, tmp_path: Path) -> None:
    with ServerProcess(data) as server, ThreadPoolExecutor() as scripts:
        desk = connect(tmp_path / "desk", server.url, joining_code(data, "D42"))
        path = lines_file(tmp_path)
        started = [
            scripts.submit(desk, "order", "new", "--file", path, "--reference", f"BC-{n}", "--send", "--json")
            for n in range(4)
        ]
        orders = [future.result().json for future in started]
    assert [order["status"] for order in orders] == ["accepted"] * 4
    assert {order["order_no"] for order in orders} == {row["order_no"] for row in report(data)}


def follow(data: Path, desk: Desk, folder: Path, order_no: str) -> None:
    """Put the order's progress in as the manufacturer's system would, and see each step arrive at the desk."""
    rows = ["order_no,wholesaler,sku,state,quantity,date,tracking,invoice_no,invoice_total"]
    quantities = {"TN1": 12, "MF9": 2, "BK1": 3}
    expected = [("confirmed", "confirmed"), ("shipped", "shipped"), ("invoiced", "invoiced")]
    for day, (state, status) in enumerate(expected, start=2):
        extra = {"confirmed": ",,", "shipped": "8V 4471,,", "invoiced": ",FA-26-1,2665.59"}[state]
        rows += [f"{order_no},N,{sku},{state},{n},2026-12-0{day},{extra}" for sku, n in quantities.items()]
        (folder / "status.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        run("comptoir-server", "import", "--data", data, folder / "status.csv")
        desk("sync", "--json")
        order = desk("order", "show", order_no, "--json").json
        assert order["status"] == status
        assert {line["sku"]: line[state] for line in order["sub_orders"][0]["lines"]} == quantities
    assert any("FA-26-1" in str(entry) for entry in desk("order", "show", order_no, "--json").json["history"])


def test_changed_terms_are_shown_line_by_line_and_confirmed_as_a_new_revision(data: Path, tmp_path: Path) -> None:
    with ServerProcess(data) as server:
        desk = connect(tmp_path / "desk", server.url, joining_code(data, "D42"))
        dearer = worked_example.FILES["products.csv"].replace("148.37", "158.37")
        run("comptoir-server", "import", "--data", data, worked_example.write_files(tmp_path / "f2", products=dearer))
        order = desk("order", "new", "--file", lines_file(tmp_path), "--send", "--json").json
        assert (order["status"], order["delivery_state"]) == ("to_confirm", "attention")
        assert ("price-changed", 1) in [(problem["code"], problem["line"]) for problem in order["problems"]]
        assert report(data) == []
        desk("order", "confirm", order["order_id"], "--without", "MF9", "--json")
        desk("sync", "--json")
        confirmed = desk("order", "show", order["order_id"], "--json").json
    assert (confirmed["status"], confirmed["revision"]) == ("accepted", 2)
    (accepted,) = report(data)
    assert (accepted["revision"], accepted["lines"]) == (2, 2)
    assert accepted["total"] == confirmed["totals"]["total"]


@pytest.mark.parametrize("quantity", ["0", "-1", "1000000000", "abc", "1.5", ""])
def test_a_bad_quantity_refuses_the_file_and_leaves_nothing_behind(data: Path, tmp_path: Path, quantity: str) -> None:
    with ServerProcess(data) as server:
        desk = connect(tmp_path / "desk", server.url, joining_code(data, "D42"))
    path = lines_file(tmp_path, f"sku,quantity\nTN1,5\nMF9,{quantity}\n")
    refused = desk("order", "new", "--file", path, "--json", expect=1)
    assert "3" in refused.stderr
    assert "quantity" in refused.stderr.lower()
    assert desk("order", "list", "--json").json["orders"] == []


def test_wrong_addresses_and_codes_say_what_to_do_and_leave_no_half_profile(data: Path, tmp_path: Path) -> None:
    profile = tmp_path / "desk"
    refused = run("comptoir", "--profile", profile, "connect", "http://127.0.0.1:9", "--code", "X", expect=1)
    assert refused.stderr.strip()
    with ServerProcess(data) as server:
        run("comptoir", "--profile", profile, "connect", server.url, "--code", "NOPE-NOPE-NOPE", expect=1)
        code = joining_code(data, "D42")
        connect(profile, server.url, code)
        second = run(
            "comptoir",
            "--profile",
            tmp_path / "other",
            "connect",
            server.url,
            "--code",
            code,
            "--print-secrets",
            expect=1,
        )
        assert "code" in second.stderr.lower()


def test_the_export_hands_each_accepted_order_out_once(data: Path, tmp_path: Path) -> None:
    with ServerProcess(data) as server:
        desk = connect(tmp_path / "desk", server.url, joining_code(data, "D42"))
        order = desk("order", "new", "--file", lines_file(tmp_path), "--send", "--json").json
    out = tmp_path / "out"
    run("comptoir-server", "export", "--data", data, "--out", out)
    run("comptoir-server", "export", "--data", data, "--out", out)
    texts = [path.read_text(encoding="utf-8-sig") for path in out.rglob("*.csv")]
    assert sum(order["order_no"] in text for text in texts) == 1
