"""Both programs where their output goes nowhere: a reader that has gone, a full disk, closed streams, Ctrl+C."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.support.programs import BIN, run


@pytest.fixture(params=["comptoir", "comptoir-server"])
def command(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """A command of each program that prints to stdout and exits with 0."""
    if request.param == "comptoir":
        return [str(BIN / "comptoir"), "--profile", str(tmp_path / "desk"), "doctor"]
    run("comptoir-server", "init", "--data", tmp_path / "server", "--name", "L\u2019Usine")
    return [str(BIN / "comptoir-server"), "report", "--data", str(tmp_path / "server"), "--json"]


def test_a_reader_that_has_gone_is_no_mistake_to_report(command: list[str]) -> None:
    unread, written = os.pipe()
    os.close(unread)
    done = subprocess.run(command, stdout=written, stderr=subprocess.PIPE, text=True, check=False)
    os.close(written)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
def test_an_answer_that_cannot_be_written_is_said(command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "The system refused: [Errno 28] No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="closing a stream at the start takes a POSIX shell")
def test_closed_streams_are_silence(command: list[str]) -> None:
    done = subprocess.run(["sh", "-c", '"$@" >&- 2>&-', "sh", *command], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="SIGINT cannot be sent to one process there")
def test_ctrl_c_ends_a_command_without_a_word(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        words = [
            str(BIN / "comptoir"),
            "--profile",
            str(tmp_path / "desk"),
            "connect",
            address,
            "--code",
            "X",
            "--print-secrets",
        ]
        program = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        with program, silent.accept()[0] as asking:
            asking.recv(1)
            program.send_signal(signal.SIGINT)
            out, err = program.communicate(timeout=30)
    assert (program.returncode, out, err) == (130, "", "")
