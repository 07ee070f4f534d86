"""The server as an operator meets it: commands, their exit codes and messages, and a real process on a socket."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from manufacturer_server.cli import main
from manufacturer_server.serving import bound_socket
from tests.support import worked_example
from tests.support.server import new_server
from tests.support.shop import Desk, Shop, StandingClock

PROGRAM = [sys.executable, "-m", "manufacturer_server.cli"]


def started(data: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
    """A serving process and the address it says it listens on."""
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--data", str(data), "--host", "127.0.0.1", "--port", "0", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("listening on http://127.0.0.1:"), (line, process.stderr and process.stderr.read())
    return process, line.split()[-1]


async def test_an_answer_is_sent_at_once_and_not_held_back_for_an_acknowledgement() -> None:
    options: list[int] = []

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        options.append(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()
        await writer.wait_closed()

    with bound_socket("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        async with await asyncio.start_server(serve, sock=bound):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            assert await reader.read() == b""
            writer.close()
            await writer.wait_closed()
    assert options
    assert all(options)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to answer")
def test_a_served_folder_answers_and_ends_in_order(data: Path) -> None:
    process, url = started(data)
    try:
        found = httpx.get(f"{url}/.well-known/order-sync")
        assert found.json()["name"] == "Test manufacturer"
        assert "date" in found.headers
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")
    assert not list(data.glob("*-wal"))


async def test_answers_do_not_wait_for_the_receipt_of_their_heads() -> None:
    found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = writer.get_extra_info("socket")
        found.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with bound_socket("127.0.0.1", 0) as bound:
        async with await asyncio.start_server(connected, sock=bound):
            _, writer = await asyncio.open_connection(*bound.getsockname())
            assert await found
            writer.close()


def test_it_ends_with_whoever_started_it(data: Path) -> None:
    process, url = started(data, "--exit-with-stdin")
    assert httpx.get(f"{url}/.well-known/order-sync").status_code == 200
    assert process.stdin is not None
    process.stdin.close()
    process.stdin = None
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_headers_have_a_limit(shop: Shop) -> None:
    answer = shop.http.get("/.well-known/order-sync", headers={"X-Long": "x" * 40_000})
    assert (answer.status_code, answer.json()["type"]) == (431, "urn:order-sync:headers-too-large")
    try:
        endless = shop.http.get("/.well-known/order-sync", headers={"X-Long": "x" * 2_000_000})
    except httpx.TransportError:
        return
    assert endless.status_code in (400, 431)


def test_a_request_cut_in_half_harms_nobody(shop: Shop, desk: Desk) -> None:
    for part in (
        b"GET /.well",
        b"PUT /v1/accounts/D42/orders/x/revisions/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{",
    ):
        with socket.create_connection(("127.0.0.1", shop.server.port)) as connection:
            connection.sendall(part)
    assert desk.get("catalog").status_code == 200


def test_from_an_empty_folder_to_a_joining_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], clock: StandingClock
) -> None:
    data = str(tmp_path / "new")
    assert main(["init", "--data", data, "--name", "Fabrique", "--order-prefix", "FAB"]) == 0
    assert main(["import", "--data", data, str(worked_example.write_files(tmp_path / "files"))]) == 0
    capsys.readouterr()
    assert main(["token", "--data", data, "D42"]) == 0
    said = capsys.readouterr().out
    code = said.split()[-1]
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert "Bureautique Morvan" in said
    assert main(["report", "--data", data, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"orders": []}
    assert main(["export", "--data", data, "--out", str(tmp_path / "out")]) == 0


def test_refusals_are_one_clear_line_and_exit_1(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent, taken, file = tmp_path / "absent", tmp_path / "taken", tmp_path / "file"
    taken.mkdir()
    file.write_text("x")
    (taken / "x").write_text("x")
    busy = socket.create_server(("127.0.0.1", 0))
    port = str(busy.getsockname()[1])
    for arguments, said in (
        (["init", "--data", str(taken)], "is not empty"),
        (["init", "--data", str(data)], "is not empty"),
        (["init", "--data", str(file / "x")], "cannot be"),
        (["init", "--data", str(absent), "--time-zone", "Nowhere"], "not a time zone"),
        (["import", "--data", str(absent), str(taken)], "There is no server in"),
        (["token", "--data", str(absent), "D42"], "There is no server in"),
        (["token", "--data", str(data), "D99"], "No dealer has the account 'D99'"),
        (["report", "--data", str(absent), "--json"], "There is no server in"),
        (["export", "--data", str(absent), "--out", str(taken)], "There is no server in"),
        (["serve", "--data", str(absent)], "There is no server in"),
        (["serve", "--data", str(data), "--port", port], "Cannot listen on"),
        (["serve", "--data", str(data), "--host", "no.such.host.invalid"], "Cannot listen on"),
        (["serve", "--data", str(data), "--practice-speed", "5"], "practice"),
    ):
        assert main(arguments) == 1, arguments
        captured = capsys.readouterr()
        assert said in captured.err, arguments
        assert len(captured.err.strip().splitlines()) == 1, captured.err
        assert captured.out == ""
    busy.close()
    assert not absent.exists()


def test_wrong_use_is_exit_2(data: Path) -> None:
    for arguments in (
        [],
        ["serve"],
        ["frobnicate"],
        ["token", "--data", str(data)],
        ["report", "--data", str(data)],
        ["serve", "--data", str(data), "--port", "x"],
        ["serve", "--data", str(data), "--practice-speed", "-1"],
        ["init", "--data", str(data), "--order-prefix", "a b"],
    ):
        with pytest.raises(SystemExit) as refused:
            main(arguments)
        assert refused.value.code == 2, arguments


def test_a_new_server_without_products_still_introduces_itself(tmp_path: Path) -> None:
    process, url = started(new_server(tmp_path / "data"), "--exit-with-stdin")
    assert httpx.get(f"{url}/.well-known/order-sync").json()["practice"] is False
    process.communicate(timeout=30)


def test_the_practice_set_is_there_within_seconds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "practice"
    assert main(["init", "--data", str(data), "--practice"]) == 0
    assert main(["token", "--data", str(data), "D101"]) == 0
    assert "Bureautique Morvan" in capsys.readouterr().out
    (snapshot,) = (data / "snapshots").iterdir()
    assert 1_000_000 < snapshot.stat().st_size < 8_000_000
