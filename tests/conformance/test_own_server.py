"""`comptoir-conformance` against our own server over a real socket: it passes, and the program keeps its promises."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance import receipts
from conformance.checks import CHECKS
from conformance.main import main
from manufacturer_server.cli import main as command
from tests.support.server import RunningServer, filled_server, joining_code, start_server

ROOT = Path(__file__).resolve().parents[2]
WITH_RECEIPTS = {check.name for check in receipts.CHECKS}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    data = filled_server(tmp_path / "server", tmp_path / "files")
    assert command(["require", "--data", str(data), "--client-minimum", "0.3"]) == 0
    with start_server(data) as running:
        yield running


def results(text: str) -> dict[str, str]:
    return {finding["check"]: finding["result"] for finding in json.loads(text)["findings"]}


def tried(server: RunningServer, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any]]:
    code = main([server.url, "--code", joining_code(server.data, "D42"), "--json", *options])
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, report


def test_our_server_passes_and_no_test_order_stays(server: RunningServer, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = tried(server, capsys, "--write", "--other", "D43")
    failed = [finding for finding in report["findings"] if finding["result"] == "failed"]
    assert (code, failed, report["orders_left"]) == (0, [], [])
    assert {finding["check"] for finding in report["findings"] if finding["result"] == "not-tried"} <= WITH_RECEIPTS


def test_without_write_nothing_is_sent_and_the_rest_is_listed(
    server: RunningServer, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = tried(server, capsys, "--other", "D43")
    untried = {finding["check"] for finding in report["findings"] if finding["result"] == "not-tried"}
    assert code == 0
    assert untried == {check.name for check in CHECKS if check.writes}
    assert main([server.url, "--code", joining_code(server.data, "D42"), "--json"]) == 0
    assert results(capsys.readouterr().out)["other-account"] == "not-tried"


def test_without_a_code_the_open_part_is_tried(server: RunningServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([server.url]) == 0
    said = capsys.readouterr().out
    assert said.count("give a joining code (--code)") == 1
    open_to_all = sum(not check.signed_in for check in CHECKS if check.name != "joining")
    assert f"{open_to_all} passed, 0 failed" in said


def test_a_used_code_and_a_silent_address_cannot_be_tried(
    server: RunningServer, capsys: pytest.CaptureFixture[str]
) -> None:
    code = joining_code(server.data, "D42")
    assert main([server.url, "--code", code]) == 0
    assert main([server.url, "--code", code]) == 2
    assert "joining code is not taken" in capsys.readouterr().err
    assert main([f"{server.url}/elsewhere"]) == 2
    assert main(["ftp://example.com"]) == 2
    assert main([server.url, "--write"]) == 2
    server.stop()
    assert main([server.url]) == 2
    assert "got no whole answer" in capsys.readouterr().err


def test_it_runs_as_a_program(server: RunningServer) -> None:
    command = [sys.executable, "-m", "conformance.main", server.url, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(results(done.stdout)) == {check.name for check in CHECKS}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
def test_findings_that_cannot_be_written_are_no_pass(server: RunningServer) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "conformance.main", server.url]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "The system refused: [Errno 28] No space left on device\n")


def test_each_check_has_a_name_of_its_own_and_stands_in_the_documentation() -> None:
    written = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
    listed = {line for line in written.partition("## Rules and checks")[2].splitlines() if line.startswith("- ")}
    promised = {f"- `{check.name}`: {check.title}{' *(writes)*' if check.writes else ''}" for check in CHECKS}
    assert listed == promised
    assert len(promised) == len(CHECKS)
    assert all(f"\n**{check.rule}.** " in written for check in CHECKS)
