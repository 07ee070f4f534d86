"""Two computers of a dealer, as programs: one sends the other's queue from a file; then one is lost and shut out."""

import json
import platform
from pathlib import Path

from tests.e2e.test_restored_server import books, ordered
from tests.support import worked_example
from tests.support.programs import Desk, ServerProcess, connect, joining_code, run


def queued(desk: Desk, folder: Path, quantity: int) -> str:
    """An order that could not be sent: nobody answered."""
    path = folder / f"queued-{quantity}.csv"
    path.write_text(f"sku,quantity\nTN1,{quantity}\n", encoding="utf-8")
    desk("order", "new", "--file", path, "--send", expect=None)
    (row,) = [row for row in desk("queue").json["queue"] if row["delivery_state"] in ("pending", "waiting")]
    return str(row["order_id"])


def test_a_queue_travels_in_a_file_and_a_lost_computer_hands_over_its_own(tmp_path: Path) -> None:
    data, file = tmp_path / "server", tmp_path / "queue.sealed"
    run("comptoir-server", "init", "--data", data)
    run("comptoir-server", "import", "--data", data, worked_example.write_files(tmp_path / "files"))
    server = ServerProcess(data)
    with server:
        first = connect(tmp_path / "first", server.url, joining_code(data, "D42"))
        second = connect(tmp_path / "second", server.url, joining_code(data, "D42"))
        known = ordered(first, tmp_path, 1)
    carried = queued(first, tmp_path, 2)
    assert first("queue", "export", file).json["messages"] == 1
    with server:
        assert second("queue", "send", file).json["accepted"] == 1
        assert second("queue", "send", file).json["known"] == 1
        assert run("comptoir-server", "open-sealed", "--data", data, file).stdout.count(" 200 MF-") == 1
        assert first("sync").json["waiting"] == 0
        assert first("order", "show", carried).json["status"] == "accepted"
    assert set(books(data)) == {known["order_id"], carried}

    left = queued(first, tmp_path, 3)
    lost = json.loads((first.profile / "profile.json").read_bytes())["client_instance"]
    assert f"{lost}  {platform.node()}  joined" in run("comptoir-server", "desks", "--data", data, "D42").stdout
    run("comptoir-server", "revoke", "--data", data, "--desk", lost, "--wipe", "--reason", "stolen at Lyon")
    assert first("sync", expect=1).json["reason"] == "offline"
    assert [row["order_id"] for row in first("queue").json["queue"]] == [left]
    with server:
        told = first("sync", expect=1)
        assert told.json["reason"] == "desk-departed"
        assert "stolen at Lyon" in told.stderr
        assert "shut out this desk" in first("order", "list", expect=1).stderr
        assert "1 messages handed over" in run("comptoir-server", "desks", "--data", data).stdout
        assert second("sync").json["reason"] == ""
        assert set(books(data)) == {known["order_id"], carried}
        assert " 201 MF-" in run("comptoir-server", "open-sealed", "--data", data, "--kept").stdout
    assert set(books(data)) == {known["order_id"], carried, left}
