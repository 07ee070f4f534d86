"""The drill: the manufacturer's server is put back from a backup while two dealers' desks go on, as programs."""

from pathlib import Path

from tests.support import worked_example
from tests.support.programs import Desk, ServerProcess, connect, joining_code, run


def ordered(desk: Desk, folder: Path, quantity: int, *, send: bool = True) -> dict[str, object]:
    """An order of toner, sent unless asked otherwise."""
    path = folder / f"lines-{quantity}.csv"
    path.write_text(f"sku,quantity\nTN1,{quantity}\n", encoding="utf-8")
    order: dict[str, object] = desk("order", "new", "--file", path, *(["--send"] if send else []), "--json").json
    assert order["status"] == ("accepted" if send else "draft")
    return order


def books(data: Path) -> dict[str, tuple[object, object]]:
    """The manufacturer's orders: id to number and total; none is there twice."""
    rows = run("comptoir-server", "report", "--data", data, "--json").json["orders"]
    found = {row["order_id"]: (row["order_no"], row["total"]) for row in rows}
    assert len(found) == len(rows) == len({row["order_no"] for row in rows})
    return found


def exported(folder: Path) -> list[str]:
    """The order numbers handed out to the manufacturer's own system, line by line in all files."""
    numbers = []
    for path in sorted(folder.rglob("orders-*.csv")):
        rows = path.read_text(encoding="utf-8-sig").splitlines()[1:]
        numbers += [row.split(";" if ";" in row else ",")[0] for row in rows]
    return numbers


def test_nothing_is_lost_or_doubled_when_the_server_is_put_back(tmp_path: Path) -> None:
    data, out, backup = tmp_path / "server", tmp_path / "out", tmp_path / "backup.db"
    run("comptoir-server", "init", "--data", data)
    run("comptoir-server", "import", "--data", data, worked_example.write_files(tmp_path / "files"))
    server = ServerProcess(data)
    with server:
        first = connect(tmp_path / "first", server.url, joining_code(data, "D42"))
        second = connect(tmp_path / "second", server.url, joining_code(data, "D42"))
        known = ordered(first, tmp_path, 1)
        run("comptoir-server", "backup", "--data", data, "--to", backup)
        lost = [ordered(first, tmp_path, 2), ordered(second, tmp_path, 3), ordered(first, tmp_path, 4)]
        cancelled = ordered(second, tmp_path, 5)
        second("order", "cancel", str(cancelled["order_id"]), "--json")
        second("sync", "--json")
        run("comptoir-server", "export", "--data", data, "--out", out)
    before = books(data)
    dearer = worked_example.FILES["products.csv"].replace("148.37", "158.37")

    run("comptoir-server", "restore", "--data", data, "--from", backup, "--exported", out)
    assert set(books(data)) == {known["order_id"]}
    run("comptoir-server", "import", "--data", data, worked_example.write_files(tmp_path / "f2", products=dearer))

    with server:
        new = ordered(second, tmp_path, 6, send=False)
        second("sync", "--json")
        came_back = first("sync", "--json").json
        assert came_back["reconciled"] == {"again": 2, "told": 0, "kept": 1, "changed": 0, "person": 0}
        assert (came_back["waiting"], came_back["attention"]) == (0, 0)
        # The draft was priced before: the new prices are shown first.
        second("order", "send", str(new["order_id"]), expect=1)
        sent = second("order", "send", str(new["order_id"]), "--json").json
        for desk in (second, first):
            assert desk("sync", "--json").json["reason"] == ""
        after = books(data)
        wanted = [known, *lost]
        # The cancelled one comes back too, cancelled as before: the manufacturer's own system may know it.
        whole = [*wanted, sent, cancelled]
        assert {str(order["order_id"]) for order in whole} == set(after)
        assert after[str(cancelled["order_id"])] == before[str(cancelled["order_id"])]
        for order in wanted:
            assert after[str(order["order_id"])] == before[str(order["order_id"])]
            for desk in (first, second):
                shown = desk("order", "show", str(order["order_id"]), "--json").json
                assert (shown["order_no"], shown["reason"]) == (order["order_no"], "")
        assert second("order", "show", str(cancelled["order_id"]), "--json").json["status"] == "cancelled"
        run("comptoir-server", "export", "--data", data, "--out", out)
    handed_out = exported(out)
    # The cancelled one was so before anything was exported.
    assert sorted(handed_out) == sorted({str(number) for number, _ in after.values()} - {str(cancelled["order_no"])})
